import type { Arrival, Outlook } from "../generated/report.ts";
import { plain, type Quantity, quantityOf } from "./quantity.ts";
import type { PurchaseOrderLine } from "./snapshot.ts";

/**
 * When open purchase orders cover what is missing: those with a day from `today` on count first, then late ones, then those
 * without a day, drafts among them. `late` if it takes a late one, `undated` if one without a day, `not_covered` if all of
 * them do not suffice. Production does not count here. Dates are YYYY-MM-DD.
 */
export function outlookOf(
  missing: Quantity,
  { orders, today }: { readonly orders: readonly PurchaseOrderLine[]; readonly today: string },
): Outlook {
  const byDay = orders.filter(isDated).toSorted(byDate);
  const undated = orders.filter((order) => !isDated(order)).map((order) => ({ ...order, targetDate: null }));
  const inTurn = [...byDay.filter((it) => !isPast(it, today)), ...byDay.filter((it) => isPast(it, today)), ...undated];
  let left = missing;
  for (const order of inTurn) {
    left -= Math.max(0, quantityOf(order.outstanding));
    if (left > 0) continue;
    const date = order.targetDate;
    if (date === null) return { state: "undated", date };
    return { state: isPast(order, today) ? "late" : "covered", date };
  }
  return { state: "not_covered", date: null };
}

/** A draft has no day, whatever it says: nobody delivers it yet. */
function isDated({ placed, targetDate }: PurchaseOrderLine): boolean {
  return placed && targetDate !== null;
}

function isPast({ targetDate }: PurchaseOrderLine, today: string): boolean {
  return targetDate !== null && targetDate < today;
}

/** The same orders as people read them: by day, those without one last. An order that nobody has placed cannot be late. */
export function arrivalsOf(orders: readonly PurchaseOrderLine[], today: string): Arrival[] {
  return orders.toSorted(byDate).map(({ targetDate, outstanding, orderReference, supplierName, placed }) => ({
    date: targetDate,
    quantity: plain(Math.max(0, quantityOf(outstanding))),
    reference: orderReference,
    supplier: supplierName,
    late: placed && targetDate !== null && targetDate < today,
    not_placed: !placed,
  }));
}

/** By the day on which it was to come, what has none last. */
export function byDate(a: Dated, b: Dated): number {
  if (a.targetDate === b.targetDate) return a.pk - b.pk;
  if (a.targetDate === null) return 1;
  if (b.targetDate === null) return -1;
  return a.targetDate < b.targetDate ? -1 : 1;
}

type Dated = Pick<PurchaseOrderLine, "pk" | "targetDate">;
