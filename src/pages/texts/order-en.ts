import type { OutlookUnoffered } from "../../core/notification/ahead-files.ts";
import type { OpenOrder } from "../../core/overview/orders.ts";
import type { Format } from "../../core/view/format.ts";

/** Words about orders and what is to order, in English. */
export function orderEn(format: Format) {
  const count = (n: number, one: string, other: string) => `${format.quantity(n)} ${format.plural(n, { one, other })}`;
  return {
    ordersTitle: "Purchase orders",
    ordersOpen: (n: number) => `${format.quantity(n)} open`,
    ordersWords: (rows: readonly string[]) => `Open purchase orders. ${rows.join(", ")}.`,
    orderStatus: {
      late: "Late",
      week: "Due within 7 days",
      later: "Due later",
      undated: "Without a date",
      not_placed: "Not placed yet",
    } as Readonly<Record<OpenOrder["status"], string>>,
    basket: {
      title: (suppliers: number) => `To order from ${count(suppliers, "supplier", "suppliers")}.`,
      none: "Nothing to order.",
      unknown: "We do not know what is to order now.",
      lead: (names: string) => `For ${names}: each shortage counted once, packs rounded once.`,
      without: (names: string) => `Not counted, because they were not checked in the same run: ${names}.`,
      sku: "SKU",
      each: "Each",
      sum: "Sum",
      by: "Order by",
      reason: "Reason",
      nobodyOffers: "Nobody offers",
      unpriced: (n: number) => `${count(n, "line", "lines")} without a price`,
      leftOut: (n: number) => `${count(n, "more line is", "more lines are")} not shown; partwatch order shows all.`,
      reasons: {
        no_supplier_part: "no supplier part",
        none_active: "no active supplier part",
        unreadable: "offers cannot be read",
        not_read: "only all lists together lack it",
      } as Readonly<Record<OutlookUnoffered["reason"], string>>,
      csv: "CSV",
    },
    asOf: (when: string) => `As of ${when}`,
    stale: (when: string) => `These figures are of ${when}: nothing newer is known.`,
    old: "Old",
  };
}

export type OrderTexts = ReturnType<typeof orderEn>;
