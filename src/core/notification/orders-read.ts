import { quantityOf } from "../calculation/quantity.ts";
import type { PurchaseOrderLine, Snapshot } from "../calculation/snapshot.ts";
import type { Report } from "../generated/report.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { clip, plainText } from "../text/plain-text.ts";
import type { KnownOrder, OrdersRead } from "./ahead-files.ts";

const LONGEST_NAME = 80;

/** The open orders of the parts of these reports, as the snapshot that they were made from has them. */
export function ordersRead(
  reports: readonly Report[],
  { snapshot, at }: { readonly snapshot: Snapshot; readonly at: Date },
): OrdersRead {
  const parts = [...new Set(reports.flatMap(partsOf))].sort((a, b) => a - b);
  const lines = parts
    .flatMap((part) => snapshot.purchaseOrderLines.get(part) ?? [])
    .filter(({ outstanding }) => quantityOf(outstanding) > 0);
  const orders = [...Map.groupBy(lines, ({ order }) => order).values()].flatMap((its) => orderOf(its, snapshot));
  return {
    at: at.toISOString(),
    parts,
    orders: orders.sort((a, b) => byCodeUnits(a.reference, b.reference) || a.order - b.order),
  };
}

/** Of a watched part, orders were read only where the report says when they come. */
function partsOf({ lines, watched = [] }: Report): readonly number[] {
  return [...lines.map(({ pk }) => pk), ...watched.flatMap(({ pk, outlook }) => (outlook === undefined ? [] : [pk]))];
}

function orderOf(lines: readonly PurchaseOrderLine[], { parts }: Snapshot): KnownOrder[] {
  const [first] = lines;
  if (first === undefined) return [];
  const short = (text: string) => clip(plainText(text), LONGEST_NAME);
  return [
    {
      order: first.order,
      reference: short(first.orderReference),
      supplier: short(first.supplierName),
      status: first.placed ? "placed" : "not_placed",
      lines: lines
        .map(({ part, outstanding: quantity, targetDate: date }) => {
          const known = parts.get(part);
          return { part, name: short(known?.name ?? `#${part}`), units: known?.units ?? "", quantity, date };
        })
        .sort((a, b) => byCodeUnits(a.date ?? "~", b.date ?? "~") || a.part - b.part || a.quantity - b.quantity),
    },
  ];
}
