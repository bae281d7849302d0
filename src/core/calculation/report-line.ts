import type { ReportLine } from "../generated/report.ts";
import type { Policy } from "../monitor.ts";
import { addDays } from "../schedule/days.ts";
import { byCodeUnits } from "../text/code-units.ts";
import type { Ahead } from "./ahead/ready.ts";
import type { PartNode } from "./bom.ts";
import type { Purchase } from "./buying/offer.ts";
import { arrivalsOf, outlookOf } from "./deliveries.ts";
import { incomingOf } from "./incoming-quantity.ts";
import { freeOf, type Netting } from "./netting.ts";
import { plain, type Quantity, quantityOf } from "./quantity.ts";
import type { QuantityMap } from "./quantity-map.ts";
import type { Snapshot } from "./snapshot.ts";
import type { StockCount } from "./stock.ts";
import type { Why } from "./why.ts";

export interface LineInput {
  readonly why: Why;
  readonly netting: Netting;
  readonly available: QuantityMap;
  readonly policy: Policy;
  readonly buy: ReadonlySet<number>;
  readonly snapshot: Snapshot;
  readonly stock: StockCount;
  /** YYYY-MM-DD in the monitor's zone. */
  readonly today: string;
  /** By pk, of the bought parts of which something is to order. */
  readonly purchases: ReadonlyMap<number, Purchase>;
  /** null: no entry has a date. */
  readonly ahead: Ahead | null;
  /** What has to be ordered within so many days is marked; null: nothing is. */
  readonly orderSoonDays: number | null;
}

/** One part of the report, with all of its figures as people see them. */
export function reportLine(node: PartNode, input: LineInput): ReportLine {
  const { netting, policy, snapshot, stock } = input;
  const { part, made } = node;
  const { inStock, committed, available } = stock.of(part);
  const { onOrder, inProduction } = incomingOf(part, policy);
  const missing = netting.missing.of(node);
  const lacking = netting.lacking.of(node);
  const overage = netting.overage.of(node);
  const orders = snapshot.purchaseOrderLines.get(part.pk) ?? [];
  const purchase = input.purchases.get(part.pk);
  return {
    pk: part.pk,
    name: part.name,
    ipn: part.ipn,
    version: part.revision,
    units: part.units,
    link: part.link,
    required: plain(netting.required.of(node)),
    optional: plain(netting.optional.of(node)),
    ...(overage === 0 ? {} : { overage: plain(overage) }),
    in_stock: plain(inStock),
    committed: plain(committed),
    available: plain(available),
    borrowed: plain(netting.borrowed.of(node)),
    on_order: plain(onOrder),
    in_production: plain(inProduction),
    missing: plain(missing),
    owed: plain(netting.owed.of(node)),
    to_order: made ? 0 : plain(lacking),
    order_quantity: plain(purchase?.quantity ?? 0),
    to_build: made ? plain(lacking) : 0,
    critical: plain(belowMinimum(node, input)),
    make: made,
    short: isShort(node, input),
    covered_by: coveredBy(node, netting),
    flags: flagsOf(node, input),
    notes: notesOf(node, input),
    why: [...(input.why.reasons[node.index] ?? [])],
    outlook: missing === 0 ? null : outlookOf(missing, { orders, today: input.today }),
    ...(missing === 0 || orders.length === 0 ? {} : { arrivals: arrivalsOf(orders, input.today) }),
    ...(purchase === undefined || purchase.offer === null ? {} : { offer: purchase.offer }),
    ...(purchase === undefined ? {} : orderDay(part.pk, input)),
  };
}

/**
 * A bought part of which something is missing now. With `on_order: count` only if what is on its way does not cover it;
 * with `in_time` and dates only if that does not cover it or comes too late for one of them.
 */
export function isShort(node: PartNode, { netting, policy, ahead }: Pick<LineInput, "netting" | "policy" | "ahead">) {
  if (node.made || node.part.virtual) return false;
  if (policy.on_order === "count") return netting.lacking.of(node) > 0;
  if (policy.on_order === "report" || ahead === null) return netting.missing.of(node) > 0;
  // What a later entry brought in, as a variant or substitute, is not missing in the end.
  return netting.missing.of(node) > 0 && (netting.lacking.of(node) > 0 || ahead.tooLate.has(node.part.pk));
}

function orderDay(pk: number, { ahead, orderSoonDays, today }: LineInput): Pick<ReportLine, "order_by" | "order_now"> {
  const order_by = ahead?.orderBy.get(pk);
  if (order_by === undefined) return {};
  return orderSoonDays === null ? { order_by } : { order_by, order_now: order_by <= addDays(today, orderSoonDays) };
}

/** Short lines first, then to build, critical, the rest; each by how much, then name, then pk. */
export function byUrgency(a: ReportLine, b: ReportLine): number {
  const group = urgency(a) - urgency(b);
  if (group !== 0) return group;
  const much = howMuch(b) - howMuch(a);
  if (much !== 0) return much;
  return byCodeUnits(a.name, b.name) || a.pk - b.pk;
}

function urgency(line: ReportLine): 0 | 1 | 2 | 3 {
  if (line.short) return 0;
  if (line.to_build > 0) return 1;
  return line.critical > 0 ? 2 : 3;
}

function howMuch(line: ReportLine): number {
  if (line.short) return line.missing;
  return line.to_build > 0 ? line.to_build : line.critical;
}

/** How far what is left falls below the part's minimum stock; 0 where something is missing, which is said already. */
function belowMinimum(node: PartNode, { netting, available }: LineInput): Quantity {
  const minimum = quantityOf(node.part.minimumStock);
  if (minimum <= 0 || netting.missing.of(node) > 0) return 0;
  const variants = node.variants.reduce((sum, variant) => sum + freeOf(variant, { available, netting }), 0);
  const there = available.of(node) + netting.borrowed.of(node) + netting.substituted.of(node) + variants;
  return Math.max(0, minimum - (there - netting.required.of(node) - netting.lent.of(node)));
}

function coveredBy(node: PartNode, netting: Netting): ReportLine["covered_by"] {
  const pooled = new Map<string, ReportLine["covered_by"][number]>();
  // An inherited line may be used by several variants: it is listed once.
  for (const { line, substitute, quantity } of netting.covered.get(node) ?? []) {
    const key = `${line}/${substitute.part.pk}`;
    const before = pooled.get(key)?.quantity ?? 0;
    pooled.set(key, { line, part: substitute.part.pk, quantity: plain(quantityOf(before) + quantity) });
  }
  return [...pooled.values()].sort((a, b) => a.line - b.line || a.part - b.part);
}

function flagsOf(node: PartNode, { netting, buy }: LineInput): ReportLine["flags"] {
  const { part } = node;
  const flags: ReportLine["flags"] = [];
  if (netting.optional.of(node) > 0) flags.push("optional");
  if (part.isTemplate || node.variants.length > 0) flags.push("template");
  if (!part.active) flags.push("inactive");
  if (part.assembly && !node.made && buy.has(part.pk)) flags.push("policy_buy");
  return flags;
}

function notesOf(node: PartNode, { netting, stock }: LineInput): ReportLine["notes"] {
  const notes: ReportLine["notes"] = [];
  if (stock.narrowed) notes.push("stock_narrowed");
  if (netting.borrowed.of(node) > 0) notes.push("variants_used");
  return notes;
}
