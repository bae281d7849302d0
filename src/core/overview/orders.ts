import { byDate } from "../calculation/deliveries.ts";
import type { OrdersFile } from "../notification/ahead-files.ts";
import { byCodeUnits } from "../text/code-units.ts";
import type { PartRow } from "./parts.ts";

/** Where an open order stands, the most urgent first. */
export const ORDER_STATUS = ["late", "week", "later", "undated", "not_placed"] as const;

/** A purchase order that brings parts of lists. */
export interface OpenOrder {
  readonly instance: string;
  /** InvenTree's pk, for a link; null: only a report names it. */
  readonly order: number | null;
  readonly reference: string;
  readonly supplier: string;
  readonly status: (typeof ORDER_STATUS)[number];
  /** YYYY-MM-DD; the first of its lines. */
  readonly date: string | null;
  /** What it brings, by day; those without one last. */
  readonly lines: readonly OpenOrderLine[];
  /** Parts of active lists that it brings. */
  readonly parts: readonly PartRow[];
}

export interface OpenOrderLine {
  /** pk */
  readonly part: number;
  readonly name: string;
  readonly units: string;
  /** Not yet received, in the part's unit. */
  readonly quantity: number;
  /** YYYY-MM-DD; null: none. */
  readonly date: string | null;
}

const WEEK = 7 * 86_400_000;

/**
 * The open orders: as orders/ of the state branch has them, and of parts that were not read for it, as the reports name them.
 * By urgency, then by day.
 */
export function openOrders(
  parts: readonly PartRow[],
  { at, orders = {} }: { readonly at: Date; readonly orders?: Readonly<Record<string, OrdersFile>> },
): readonly OpenOrder[] {
  const rows = new Map(parts.map((part) => [`${part.instance} ${part.pk}`, part]));
  const byOrder = Map.groupBy(
    [...Object.values(orders).flatMap(linesRead), ...linesTold(parts, orders)],
    ({ instance, reference, order }) => `${instance} ${reference === "" ? `#${order}` : reference}`,
  );
  return [...byOrder.values()].flatMap((lines) => orderOf(lines, { rows, at })).sort(byUrgency);
}

interface Line extends OpenOrderLine, Pick<OpenOrder, "instance" | "order" | "reference" | "supplier"> {
  readonly isPlaced: boolean;
}

function linesRead({ instance, orders }: OrdersFile): readonly Line[] {
  return orders.flatMap(({ order, reference, supplier, status, lines }) =>
    lines.map((line) => ({ ...line, instance, order, reference, supplier, isPlaced: status === "placed" })),
  );
}

function linesTold(parts: readonly PartRow[], orders: Readonly<Record<string, OrdersFile>>): readonly Line[] {
  const read = new Map(
    Object.values(orders).map(({ instance, readings }) => [instance, new Set(readings.flatMap((one) => one.parts))]),
  );
  return parts
    .filter(({ instance, pk }) => read.get(instance)?.has(pk) !== true)
    .flatMap(({ instance, pk: part, name, units, uses }) => {
      // Each list says the same of it.
      const told = new Map<string, Line>();
      for (const { line } of uses)
        for (const { reference, supplier, date, quantity, not_placed } of line?.arrivals ?? [])
          told.set(JSON.stringify([reference, date, quantity]), {
            ...{ instance, order: null, reference, supplier, isPlaced: !not_placed },
            ...{ part, name, units, quantity, date },
          });
      return [...told.values()];
    });
}

function orderOf(
  lines: readonly Line[],
  { rows, at }: { readonly rows: ReadonlyMap<string, PartRow>; readonly at: Date },
): OpenOrder[] {
  const [first] = lines;
  if (first === undefined) return [];
  const { instance, reference, supplier } = first;
  const sorted = lines.toSorted((a, b) =>
    byDate({ pk: a.part, targetDate: a.date }, { pk: b.part, targetDate: b.date }),
  );
  const brought = [...new Set(sorted.map(({ part }) => `${instance} ${part}`))];
  const date = sorted[0]?.date ?? null;
  return [
    {
      ...{ instance, reference, supplier, date },
      order: lines.find(({ order }) => order !== null)?.order ?? null,
      status: lines.every(({ isPlaced }) => !isPlaced) ? "not_placed" : statusOf(date, at),
      lines: sorted.map(({ part, name, units, quantity, date: day }) => ({ part, name, units, quantity, date: day })),
      parts: brought.flatMap((key) => rows.get(key) ?? []),
    },
  ];
}

function statusOf(date: string | null, at: Date): OpenOrder["status"] {
  if (date === null) return "undated";
  if (date < at.toISOString().slice(0, 10)) return "late";
  return Date.parse(date) - at.getTime() <= WEEK ? "week" : "later";
}

function byUrgency(a: OpenOrder, b: OpenOrder): number {
  return (
    ORDER_STATUS.indexOf(a.status) - ORDER_STATUS.indexOf(b.status) ||
    byCodeUnits(a.date ?? "~", b.date ?? "~") ||
    byCodeUnits(a.reference, b.reference)
  );
}
