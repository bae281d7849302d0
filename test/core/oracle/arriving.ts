import type { ReadyPart } from "../../../src/core/generated/report.ts";
import { leadTimeOf } from "./buying.ts";
import { byDay, daysAfter } from "./days.ts";
import type { Tally } from "./netting.ts";
import { exactly, least, sum } from "./numbers.ts";
import { partOf, type Question } from "./world.ts";

type Because = ReadyPart["because"];

/** The day on which a part has come (null: it has none), why then, and whether that takes an order yet to be placed. */
export interface Arrival {
  readonly day: string | null;
  readonly because: Because;
  readonly ifOrdered: boolean;
}

interface Delivery {
  readonly quantity: bigint;
  readonly day: string | null;
  readonly because: Because;
}

/** What comes on one day, or has none, is taken in this order; the last that is needed says why then, or why never. */
const ORDER: readonly Because[] = ["on_order", "in_production", "to_order", "late", "not_placed", "undated"];

/**
 * Rule 18 for a part of which something is missing. `whole`: what is to order of it for the whole list, by which its
 * supplier is chosen. null: an assembly that is built, of which nothing is on its way.
 */
export function arrivalOf(q: Question, pk: number, { tally, whole }: { tally: Tally; whole: bigint }): Arrival | null {
  const lead = leadTimeOf(q, pk, whole);
  const ordered = lead === null ? null : daysAfter(q.today, lead);
  const newOrder: Delivery = { quantity: tally.toOrder, day: ordered, because: "to_order" };
  const deliveries = [...ordersOf(q, pk, ordered), ...buildsOf(q, pk), ...(tally.toOrder > 0n ? [newOrder] : [])].sort(
    (a, b) => byDay(a.day, b.day) || ORDER.indexOf(a.because) - ORDER.indexOf(b.because),
  );
  if (tally.toBuild > 0n || tally.toOrder > 0n) {
    const last = deliveries.at(-1);
    return last === undefined ? null : { ...last, ifOrdered: isToOrder(deliveries) };
  }
  for (let count = 1; count <= deliveries.length; count += 1) {
    const come = deliveries.slice(0, count);
    const one = come.at(-1);
    if (one === undefined || sum(come.map((it) => it.quantity)) < tally.missing) continue;
    return { ...one, ifOrdered: isToOrder(come) };
  }
  return { day: null, because: "undated", ifOrdered: false };
}

function isToOrder(deliveries: readonly Delivery[]): boolean {
  return deliveries.some(({ because }) => because === "to_order" || because === "not_placed");
}

/** What has come by its day, or should have. */
function due(q: Question, day: string | null, because: Because): Pick<Delivery, "day" | "because"> {
  if (day === null) return { day, because: "undated" };
  return day < q.today ? { day: null, because: "late" } : { day, because };
}

/** Open purchase-order lines; one of a draft comes as if it were ordered today. */
function ordersOf(q: Question, pk: number, ordered: string | null): Delivery[] {
  return (q.snapshot.purchaseOrderLines.get(pk) ?? []).map(({ outstanding, targetDate, placed }) => ({
    quantity: exactly(outstanding),
    ...(placed ? due(q, targetDate, "on_order") : { day: ordered, because: "not_placed" }),
  }));
}

/** Active builds, as far as the policy counts them. */
function buildsOf(q: Question, pk: number): Delivery[] {
  if (q.policy.in_production === "ignore") return [];
  const builds = [...(q.snapshot.builds?.get(pk) ?? [])].sort(
    (a, b) => byDay(a.targetDate, b.targetDate) || a.pk - b.pk,
  );
  let rest = q.policy.in_production === "outputs" ? exactly(partOf(q, pk).building) : null;
  return builds.flatMap(({ outstanding, targetDate }) => {
    const quantity = rest === null ? exactly(outstanding) : least(rest, exactly(outstanding));
    if (rest !== null) rest -= quantity;
    return quantity === 0n ? [] : [{ quantity, ...due(q, targetDate, "in_production") }];
  });
}
