import type { Outlook } from "../generated/report.ts";
import { type Quantity, quantityOf } from "./quantity.ts";
import type { PurchaseOrderLine } from "./snapshot.ts";

/**
 * When open purchase orders cover what is missing: the first date on which they do (`late` if that is before `today`),
 * `undated` if only orders without a date do, `not_covered` if all of them do not. Production does not count here.
 * Dates are YYYY-MM-DD.
 */
export function outlookOf(
  missing: Quantity,
  { orders, today }: { readonly orders: readonly PurchaseOrderLine[]; readonly today: string },
): Outlook {
  let left = missing;
  for (const order of orders.toSorted(byDate)) {
    left -= Math.max(0, quantityOf(order.outstanding));
    if (left > 0) continue;
    const date = order.targetDate;
    if (date === null) return { state: "undated", date };
    return { state: date < today ? "late" : "covered", date };
  }
  return { state: "not_covered", date: null };
}

function byDate(a: PurchaseOrderLine, b: PurchaseOrderLine): number {
  if (a.targetDate === b.targetDate) return a.pk - b.pk;
  if (a.targetDate === null) return 1;
  if (b.targetDate === null) return -1;
  return a.targetDate < b.targetDate ? -1 : 1;
}
