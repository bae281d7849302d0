import { rounded } from "../core/calculation/quantity.ts";
import type { Demand, Part } from "../core/calculation/snapshot.ts";
import { type OpenListing, openListing } from "./listing.ts";
import type { Reading } from "./paginate.ts";
import { BUILD_LINES, SALES_ORDER_LINES } from "./plan.ts";
import type { RowReader } from "./row-reader.ts";
import { isActiveBuild } from "./to-core.ts";

// The part list rounds what open orders require to whole numbers (62.5 becomes 62, 0.5 becomes 0), and lines that were shipped
// or consumed beyond their quantity take from what other lines still require. The orders' own lines are exact.

/** What the lines of open orders say. */
export interface OrderRows {
  readonly builds: readonly RowReader[];
  readonly buildLines: readonly RowReader[];
  readonly salesOrderLines: readonly RowReader[];
  /** The parts of which they are complete; null: all. */
  readonly scope: ReadonlySet<number> | null;
}

/** The lines of open orders; their first pages may be under way. */
export interface OpenOrderReader {
  /** Asks for the first pages. */
  readonly begin: () => Promise<void>;
  /** What open orders require of the parts in scope; null: of all. Throws FailureError. */
  readonly read: (scope: ReadonlySet<number> | null) => Promise<OrderRows>;
}

/** Nothing is asked for yet. Which builds are active matters only where a build has lines. */
export function openOrderReader(reading: Reading, builds: OpenListing): OpenOrderReader {
  const [buildLines, salesOrderLines] = [openListing(reading, BUILD_LINES), openListing(reading, SALES_ORDER_LINES)];
  return {
    begin: async () => {
      const beginBuilds = async () => ((await buildLines.begin()) > 0 ? await builds.begin() : 0);
      await Promise.all([beginBuilds(), salesOrderLines.begin()]);
    },
    read: async (scope) => {
      const [lineRows, soldRows] = await Promise.all([buildLines.rowsOf(scope), salesOrderLines.rowsOf(scope)]);
      const buildRows = lineRows.length === 0 ? [] : await builds.rowsOf(null);
      return { builds: buildRows, buildLines: lineRows, salesOrderLines: soldRows, scope };
    },
  };
}

/** The same parts with exact requirements: Σ(quantity − done) over lines of active builds and open sales orders. */
export function withExactRequirements(parts: readonly Part[], orders: OrderRows): readonly Part[] {
  const forBuilds = sumForBuilds(orders);
  const forSales = sumForSales(orders.salesOrderLines);
  return parts.map((part) => {
    if (orders.scope !== null && !orders.scope.has(part.pk)) return part;
    return {
      ...part,
      requiredForBuildOrders: forBuilds.get(part.pk) ?? 0,
      requiredForSalesOrders: forSales.get(part.pk) ?? 0,
    };
  });
}

/** Pending, in progress, shipped, on hold. */
const OPEN_SALES_ORDER = [10, 15, 20, 25];

/** The same lines one by one, with their days. */
export function demandsOf({ builds, buildLines, salesOrderLines }: OrderRows): readonly Demand[] {
  const active = new Map(builds.filter(isActiveBuild).map((row) => [row.pk, row]));
  const forBuilds = buildLines.flatMap((row): Demand[] => {
    const build = active.get(row.key("build"));
    if (build === undefined) return [];
    const outstanding = rounded(row.amount("quantity") - row.amount("consumed"));
    const [targetDate, reference] = [build.dateOrNull("target_date"), build.text("reference")];
    return [{ kind: "build", pk: row.pk, part: row.key("part"), outstanding, targetDate, reference }];
  });
  const forSales = salesOrderLines.flatMap((row): Demand[] => {
    const part = row.keyOrNull("part");
    const order = row.row("order_detail");
    if (part === null || !isOpenSale(order)) return [];
    const outstanding = rounded(row.amount("quantity") - row.amount("shipped"));
    const targetDate = row.dateOrNull("target_date") ?? order.dateOrNull("target_date");
    return [{ kind: "sale", pk: row.pk, part, outstanding, targetDate, reference: order.text("reference") }];
  });
  return [...forBuilds, ...forSales].filter(({ outstanding }) => outstanding > 0);
}

function sumForBuilds({ builds, buildLines }: OrderRows): ReadonlyMap<number, number> {
  const active = new Set(builds.filter(isActiveBuild).map((row) => row.pk));
  const sums = new Map<number, number>();
  for (const row of buildLines) {
    // A server that ignores the filter sends the lines of finished builds too.
    if (active.has(row.key("build"))) add(sums, row.key("part"), row.amount("quantity") - row.amount("consumed"));
  }
  return sums;
}

function sumForSales(lines: readonly RowReader[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const row of lines) {
    const part = row.keyOrNull("part");
    if (isOpenSale(row.row("order_detail")) && part !== null)
      add(sums, part, row.amount("quantity") - row.amount("shipped"));
  }
  return sums;
}

function isOpenSale(order: RowReader): boolean {
  return OPEN_SALES_ORDER.includes(order.amount("status"));
}

/** Done beyond one line's quantity takes nothing off another line, as in InvenTree's `requirements/`. */
function add(sums: Map<number, number>, part: number, quantity: number): void {
  sums.set(part, rounded((sums.get(part) ?? 0) + Math.max(0, quantity)));
}
