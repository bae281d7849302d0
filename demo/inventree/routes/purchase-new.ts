// New purchase orders and their lines, checked as InvenTree checks them.
import { tidy } from "../figures.ts";
import { Refusal } from "../refusal.ts";
import type { Created, Creation } from "../route.ts";
import type { PurchaseOrderLineRow, PurchaseOrderRow, Tables } from "../tables.ts";
import type { Database } from "../warehouse.ts";
import { readSent } from "./sent.ts";

const PENDING = 10;
const REFERENCE = /^PO-?(\d+)$/;

/** The reference that a new order is offered: the next one, as wide as the newest. */
export function nextReference({ tables }: Database): string {
  const newest = tables.purchaseOrders.toSorted((a, b) => numberIn(b.reference) - numberIn(a.reference))[0];
  if (newest === undefined) return "PO-0001";
  const next = String(numberIn(newest.reference) + 1);
  return newest.reference.replace(/\d+/, (digits) => next.padStart(digits.length, "0"));
}

function numberIn(reference: string): number {
  return Number(/\d+/.exec(reference)?.[0] ?? 0);
}

/** POST /api/order/po/: a pending order without lines. */
export function newOrder({ warehouse, body }: Creation): Created {
  const { tables } = warehouse;
  const sent = readSent(body);
  const reference = sent.text("reference", { isRequired: true, most: 64 });
  const supplier = sent.row("supplier", warehouse.companies, { isRequired: true });
  const description = sent.text("description", { most: 250 });
  const notes = sent.text("notes", { most: 50_000 });
  const target = sent.day("target_date");
  if (!sent.isWrong("reference")) {
    if (!REFERENCE.test(reference)) sent.refuse("reference", "Reference must match required pattern: PO-{ref:04d}");
    else if (tables.purchaseOrders.some((order) => order.reference === reference))
      sent.refuse("reference", "Purchase Order with this Order Reference already exists.");
  }
  sent.end();
  const row: PurchaseOrderRow = {
    pk: nextPk(tables.purchaseOrders),
    reference,
    description,
    supplier: supplier ?? 0,
    status: PENDING,
    creation_date: tables.today,
    issue_date: null,
    target_date: target,
    total_price: null,
    more: { notes },
  };
  const next: Tables = { ...tables, purchaseOrders: [...tables.purchaseOrders, row] };
  return { tables: next, pk: row.pk };
}

/** POST /api/order/po-line/: a new line, or unless it is to stay apart more of the line of the same part and day. */
export function newOrderLine({ warehouse, body }: Creation): Created {
  const { tables } = warehouse;
  const sent = readSent(body);
  const order = sent.row("order", warehouse.purchaseOrders, { isRequired: true });
  const part = sent.row("part", warehouse.supplierParts, { isRequired: true });
  const quantity = sent.number("quantity", { isRequired: true, least: 0 });
  const reference = sent.text("reference", { most: 100 });
  const notes = sent.text("notes", { most: 500 });
  const target = sent.day("target_date");
  const price = sent.number("purchase_price", {});
  const currency = sent.text("purchase_price_currency", { most: 3 });
  if (!sent.isWrong("quantity") && quantity === 0) sent.refuse("quantity", "Quantity must be greater than zero");
  const supplierPart = warehouse.supplierParts.get(part ?? 0);
  const into = warehouse.purchaseOrders.get(order ?? 0);
  if (supplierPart !== undefined && into !== undefined && supplierPart.supplier !== into.supplier) {
    sent.refuse("part", "Supplier must match purchase order");
    sent.refuse("order", "Purchase order must match supplier");
  }
  sent.end();
  if (supplierPart === undefined || into === undefined) throw new Refusal(400, {});
  const isSame = (line: PurchaseOrderLineRow) =>
    line.order === into.pk && line.part === supplierPart.pk && line.target_date === target;
  const other = sent.flag("merge_items", true) ? tables.purchaseOrderLines.find(isSame) : undefined;
  const packs = tidy((other?.quantity ?? 0) + (quantity ?? 0));
  const auto = sent.flag("auto_pricing", false) ? priceOf(tables, { part: supplierPart.pk, packs }) : undefined;
  const row: PurchaseOrderLineRow = {
    ...(other ?? {
      pk: nextPk(tables.purchaseOrderLines),
      order: into.pk,
      part: supplierPart.pk,
      received: 0,
      target_date: target,
      reference,
      more: { notes },
    }),
    quantity: packs,
    purchase_price: auto?.price ?? price ?? other?.purchase_price ?? null,
    purchase_price_currency: auto?.price_currency ?? (currency || tables.currency.base_currency),
  };
  const kept = tables.purchaseOrderLines.filter((line) => line !== other);
  const next: Tables = { ...tables, purchaseOrderLines: [...kept, row] };
  return { tables: next, pk: row.pk };
}

function priceOf({ priceBreaks }: Tables, { part, packs }: { readonly part: number; readonly packs: number }) {
  const breaks = priceBreaks.filter((row) => row.part === part).toSorted((a, b) => a.quantity - b.quantity);
  return breaks.findLast(({ quantity }) => quantity <= packs) ?? breaks[0];
}

function nextPk(rows: readonly { readonly pk: number }[]): number {
  return rows.reduce((most, { pk }) => Math.max(most, pk), 0) + 1;
}
