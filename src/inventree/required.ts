import type { BomLine, Part } from "../core/calculation/snapshot.ts";
import type { Fields } from "./field.ts";
import { openListing } from "./listing.ts";
import { BUILD_LINES, BUILDS, SALES_ORDER_LINES } from "./plan.ts";
import type { Reading } from "./sweep.ts";
import { toFiveDecimals, toPart } from "./to-core.ts";

// The part list cuts what open orders require to whole numbers (62.5 is told as 62, 0.5 as 0), and sales orders that
// were shipped beyond their quantity make it too small, even negative. The orders' own lines are exact.

/** What is known after parts and BOM lines were read. */
interface Known {
  readonly rows: readonly Fields[];
  readonly bomLines: readonly BomLine[];
}

/** Whether the whole numbers of the part list can hide something. */
function canHideFractions({ rows, bomLines }: Known): boolean {
  return (
    rows.map(toPart).some((part) => part.units !== "" || quantitiesOf(part).some(isFraction)) ||
    bomLines.some((line) => isFraction(line.quantity) || isFraction(line.setupQuantity) || hasOddMultiple(line)) ||
    bomLines.some((line) => line.attrition > 0 && line.roundingMultiple === null) ||
    rows.some((row) => row.amount("required_for_build_orders") < 0 || row.amount("required_for_sales_orders") < 0)
  );
}

/** What the lines of open orders say. */
export interface OrderRows {
  readonly builds: readonly Fields[];
  readonly buildLines: readonly Fields[];
  readonly salesOrderLines: readonly Fields[];
  /** The parts of which they are complete; null: all. */
  readonly scope: ReadonlySet<number> | null;
}

/** The lines of open orders; their first pages may be under way. */
export interface OpenOrders {
  /** Asks for the first pages. */
  readonly begin: () => Promise<void>;
  /**
   * What open orders require of the parts in scope. null if all parts and BOM lines are known (scope null) and show that
   * the part list's whole numbers are the truth; of some parts only, their BOMs alone cannot show it. Throws FailureError.
   */
  readonly read: (known: Known & { readonly scope: ReadonlySet<number> | null }) => Promise<OrderRows | null>;
}

/** Nothing is asked for yet. */
export function openOrders(reading: Reading): OpenOrders {
  const [builds, buildLines, salesOrderLines] = [
    openListing(reading, BUILDS),
    openListing(reading, BUILD_LINES),
    openListing(reading, SALES_ORDER_LINES),
  ];
  return {
    begin: async () => {
      await Promise.all([builds, buildLines, salesOrderLines].map((listing) => listing.expect(0)));
    },
    read: async ({ rows, bomLines, scope }) => {
      if (scope === null && !canHideFractions({ rows, bomLines })) return null;
      const [builtRows, lineRows, soldRows] = await Promise.all([
        builds.rowsOf(null),
        buildLines.rowsOf(scope),
        salesOrderLines.rowsOf(scope),
      ]);
      return { builds: builtRows, buildLines: lineRows, salesOrderLines: soldRows, scope };
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

/** Pending, production, on hold. */
const ACTIVE_BUILD = [10, 20, 25];
/** Pending, in progress, shipped, on hold. */
const OPEN_SALES_ORDER = [10, 15, 20, 25];

function sumForBuilds({ builds, buildLines }: OrderRows): ReadonlyMap<number, number> {
  const active = new Set(builds.filter((row) => ACTIVE_BUILD.includes(row.amount("status"))).map((row) => row.pk));
  const sums = new Map<number, number>();
  for (const row of buildLines) {
    // A server that ignores the filter sends the lines of finished builds too.
    if (active.has(row.key("build"))) add(sums, row.key("part"), row.amount("quantity") - row.amount("consumed"));
  }
  return sums;
}

function sumForSales(lines: readonly Fields[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const row of lines) {
    const part = row.keyOrNull("part");
    const open = OPEN_SALES_ORDER.includes(row.row("order_detail").amount("status"));
    if (open && part !== null) add(sums, part, row.amount("quantity") - row.amount("shipped"));
  }
  return sums;
}

/** Done beyond one line's quantity takes nothing off another line, as in InvenTree's `requirements/`. */
function add(sums: Map<number, number>, part: number, quantity: number): void {
  sums.set(part, toFiveDecimals((sums.get(part) ?? 0) + Math.max(0, quantity)));
}

function quantitiesOf(part: Part): readonly number[] {
  return [
    part.inStock,
    part.minimumStock,
    part.allocatedToBuildOrders,
    part.allocatedToSalesOrders,
    part.onOrder,
    part.building,
    part.scheduledToBuild,
  ];
}

function hasOddMultiple(line: BomLine): boolean {
  return line.roundingMultiple !== null && isFraction(line.roundingMultiple);
}

function isFraction(quantity: number): boolean {
  return !Number.isInteger(quantity);
}
