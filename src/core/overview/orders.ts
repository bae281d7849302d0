import { byCodeUnits } from "../text/code-units.ts";
import type { PartRow } from "./parts.ts";

/** Where an open order stands, the most urgent first. */
export const ORDER_STATUS = ["late", "week", "later", "undated", "not_placed"] as const;

/** A purchase order that brings something of what is missing. */
export interface OpenOrder {
  readonly instance: string;
  readonly reference: string;
  readonly supplier: string;
  readonly status: (typeof ORDER_STATUS)[number];
  /** YYYY-MM-DD; the first of its lines. */
  readonly date: string | null;
  /** Parts that it brings. */
  readonly parts: readonly PartRow[];
}

const WEEK = 7 * 86_400_000;

/** The open orders of parts that are missing, as the reports name them; by urgency, then by day. */
export function openOrders(parts: readonly PartRow[], { at }: { readonly at: Date }): readonly OpenOrder[] {
  const orders = new Map<string, OpenOrder>();
  for (const part of parts) {
    const arrivals = part.uses.flatMap(({ line }) => line?.arrivals ?? []);
    for (const { reference, supplier, date, late, not_placed } of arrivals) {
      const key = `${part.instance} ${reference}`;
      const known = orders.get(key);
      const first = known?.date === undefined || (date !== null && date < (known.date ?? "~")) ? date : known.date;
      orders.set(key, {
        instance: part.instance,
        reference,
        supplier,
        status: not_placed ? "not_placed" : late || known?.status === "late" ? "late" : statusOf(first, at),
        date: first,
        parts: [...new Set([...(known?.parts ?? []), part])],
      });
    }
  }
  return [...orders.values()].sort(byUrgency);
}

function statusOf(date: string | null, at: Date): OpenOrder["status"] {
  if (date === null) return "undated";
  return Date.parse(date) - at.getTime() <= WEEK ? "week" : "later";
}

function byUrgency(a: OpenOrder, b: OpenOrder): number {
  return (
    ORDER_STATUS.indexOf(a.status) - ORDER_STATUS.indexOf(b.status) ||
    byCodeUnits(a.date ?? "~", b.date ?? "~") ||
    byCodeUnits(a.reference, b.reference)
  );
}
