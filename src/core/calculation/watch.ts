import type { ReportProblem, Watched } from "../generated/report.ts";
import type { Policy, SupplierRules, WatchEntry } from "../monitor.ts";
import { defined } from "../records.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { purchaseFor } from "./buying/offer.ts";
import { arrivalsOf, outlookOf } from "./deliveries.ts";
import { incomingOf } from "./incoming-quantity.ts";
import { partIndex } from "./part-index.ts";
import { plain, type Quantity, quantityOf } from "./quantity.ts";
import { unknownReference } from "./report-problem.ts";
import { findParts } from "./resolve.ts";
import type { Part, Snapshot } from "./snapshot.ts";
import { findPlaces, locationsOf, type StockCount, withChildren } from "./stock.ts";

/**
 * Which watched parts are out (nothing available) or low (below minimum; out is reported instead of low). Without `minimum`
 * the part's own minimum stock counts, and a part that has none is watched only if it is named. With `location` only
 * stock there counts and commitments are left out. Of a template, its variants' free stock counts too. One part that
 * several rules watch in one place is reported once, by the worst. Sorted: out first, then by what is lacking, then name.
 * Throws an Error where a rule needs categories, locations or stock items that were not read.
 */
export function watchStock(
  rules: readonly WatchEntry[],
  input: WatchInput,
): { readonly watched: Watched[]; readonly problems: readonly ReportProblem[] } {
  const { snapshot, stock } = input;
  const problems: ReportProblem[] = [];
  const worst = new Map<string, Row>();
  for (const rule of rules) {
    const target = targetOf(rule, snapshot);
    problems.push(...target.problems);
    if (target.place === null) continue;
    for (const part of target.parts) {
      const row = watchPart({ part, place: target.place, rule, stock });
      if (row !== null) keepWorse(worst, row);
    }
  }
  return { watched: [...worst.values()].sort(byUrgency).map((row) => watchedOf(row, input)), problems };
}

export interface WatchInput {
  readonly snapshot: Snapshot;
  readonly stock: StockCount;
  readonly policy: Policy;
  /** pks of assemblies that the policy has bought. */
  readonly buy: ReadonlySet<number>;
  readonly suppliers: SupplierRules;
  /** YYYY-MM-DD in the monitor's zone. */
  readonly today: string;
}

/** Where stock counts: everywhere, or at these locations. */
interface Where {
  readonly location: string | null;
  readonly inside: ReadonlySet<number> | null;
}

interface Row {
  readonly part: Part;
  readonly kind: Watched["kind"];
  readonly available: Quantity;
  readonly minimum: Quantity;
  readonly lacking: Quantity;
  readonly location: string | null;
}

interface Target {
  readonly parts: readonly Part[];
  /** null: there is no such location. */
  readonly place: Where | null;
  readonly problems: readonly ReportProblem[];
}

function targetOf(rule: WatchEntry, snapshot: Snapshot): Target {
  const problems: ReportProblem[] = [];
  const parts = partsOf(rule, snapshot);
  if (typeof parts === "string") problems.push(unknownReference(parts, rule.part ?? rule.category ?? ""));
  const place = whereOf(rule.location, snapshot);
  if (place === null) problems.push(unknownReference("unknown_location", rule.location ?? ""));
  return { parts: typeof parts === "string" ? [] : parts, place, problems };
}

function whereOf(location: WatchEntry["location"], snapshot: Snapshot): Where | null {
  if (location === undefined) return { location: null, inside: null };
  const all = locationsOf(snapshot);
  const places = findPlaces(location, all);
  const [first] = places;
  if (first === undefined) return null;
  // Several of one name: all of them, in the rule's own word.
  return { location: places.length === 1 ? first.path : String(location), inside: withChildren(places, all) };
}

function partsOf(rule: WatchEntry, snapshot: Snapshot): readonly Part[] | "unknown_watch_part" | "unknown_category" {
  if (rule.part !== undefined) {
    const parts = findParts(rule.part, snapshot);
    return parts.length === 0 ? "unknown_watch_part" : parts;
  }
  const all = partIndex(snapshot).inPkOrder;
  if (rule.category === undefined) return all;
  if (snapshot.categories === undefined) throw new Error("The snapshot lacks the categories that the list names");
  const categories = findPlaces(rule.category, snapshot.categories);
  if (categories.length === 0) return "unknown_category";
  const inside = withChildren(categories, snapshot.categories);
  return all.filter((part) => part.category !== null && inside.has(part.category));
}

function watchPart(input: {
  readonly part: Part;
  readonly place: Where;
  readonly rule: WatchEntry;
  readonly stock: StockCount;
}): Row | null {
  const { part, place, rule, stock } = input;
  const minimum = quantityOf(rule.minimum ?? part.minimumStock);
  if (part.virtual) return null;
  if (minimum <= 0 && rule.minimum === undefined && rule.part === undefined) return null;
  const available = place.inside === null ? stock.withVariants(part) : stock.at(part, place.inside);
  if (available > 0 && available >= minimum) return null;
  const kind = available <= 0 ? "out" : "low";
  return { part, kind, available, minimum, lacking: Math.max(0, minimum - available), location: place.location };
}

function keepWorse(worst: Map<string, Row>, row: Row): void {
  const key = `${row.part.pk}/${row.location ?? ""}`;
  const before = worst.get(key);
  if (before === undefined || row.lacking > before.lacking) worst.set(key, row);
}

function byUrgency(a: Row, b: Row): number {
  if (a.kind !== b.kind) return a.kind === "out" ? -1 : 1;
  if (a.lacking !== b.lacking) return b.lacking - a.lacking;
  const same = byCodeUnits(a.part.name, b.part.name) || a.part.pk - b.part.pk;
  return same || byCodeUnits(a.location ?? "", b.location ?? "");
}

function watchedOf(row: Row, input: WatchInput): Watched {
  return {
    pk: row.part.pk,
    name: row.part.name,
    ipn: row.part.ipn,
    version: row.part.revision,
    units: row.part.units,
    kind: row.kind,
    available: plain(row.available),
    minimum: plain(row.minimum),
    lacking: plain(row.lacking),
    location: row.location,
    ...comingTo(row, input),
    ...toOrderOf(row, input),
  };
}

/** What is on order, and when that covers what is lacking, as far as the orders have been read. */
function comingTo(
  { part, lacking }: Row,
  { snapshot, policy, today }: WatchInput,
): Pick<Watched, "on_order" | "outlook" | "arrivals"> {
  const { onOrder } = incomingOf(part, policy);
  const orders = snapshot.purchaseOrderLines.get(part.pk) ?? [];
  const isRead = orders.length > 0 || onOrder === 0;
  return {
    on_order: plain(onOrder),
    ...(lacking > 0 && isRead ? { outlook: outlookOf(lacking, { orders, today }) } : {}),
    ...(lacking > 0 && orders.length > 0 ? { arrivals: arrivalsOf(orders, today) } : {}),
  };
}

/** Stock at one place may come from another, and assemblies are built: nothing is to order of them. */
function toOrderOf(
  { part, lacking, location }: Row,
  { snapshot, policy, buy, suppliers: rules }: WatchInput,
): Pick<Watched, "to_order" | "order_quantity" | "offer"> {
  const { onOrder, inProduction } = incomingOf(part, policy);
  const toOrder = lacking - onOrder - inProduction;
  if (toOrder <= 0 || location !== null || (part.assembly && !buy.has(part.pk))) return {};
  const { quantity, offer } = purchaseFor({ part, toOrder, snapshot, rules });
  return { to_order: plain(toOrder), order_quantity: plain(quantity), ...defined({ offer: offer ?? undefined }) };
}
