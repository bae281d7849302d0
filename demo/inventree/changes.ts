import { inStock, tidy } from "./figures.ts";
import type { PurchaseOrderLineRow, StockItemRow, Tables } from "./tables.ts";

/** Stock of a part becomes that much: its first usable item has it all (a new one, if there is none), others nothing. */
export function withStock(tables: Tables, { part, quantity }: { part: number; quantity: number }): Tables {
  const usable = tables.stockItems.filter((item) => item.part === part && inStock(item));
  const [first = newItem(tables, part), ...others] = usable;
  const emptied = new Set(others);
  const kept = tables.stockItems.filter((item) => item !== first);
  return {
    ...tables,
    stockItems: [...kept.map((item) => (emptied.has(item) ? { ...item, quantity: 0 } : item)), { ...first, quantity }],
  };
}

/** A stock item is used up, as far as there is something; an empty one stays with quantity 0. */
export function withItemLeft(tables: Tables, { item, quantity }: { item: number; quantity: number }): Tables {
  return {
    ...tables,
    stockItems: tables.stockItems.map((row) => (row.pk === item ? { ...row, quantity } : row)),
  };
}

export interface GoodsReceipt {
  /** Purchase-order line. */
  readonly line: number;
  /** In packs; absent: all that is outstanding. */
  readonly packs?: number;
  readonly location?: number;
}

/** Receives a purchase-order line into stock; the order is complete once all its lines are. */
export function withReceived(tables: Tables, { line: pk, packs, location }: GoodsReceipt): Tables {
  const line = found(tables.purchaseOrderLines, pk);
  const supplierPart = found(tables.supplierParts, line.part);
  const arriving = packs ?? Math.max(0, line.quantity - line.received);
  const lines = tables.purchaseOrderLines.map(
    (row): PurchaseOrderLineRow => (row.pk === pk ? { ...row, received: tidy(row.received + arriving) } : row),
  );
  const item: StockItemRow = {
    ...newItem(tables, supplierPart.part),
    quantity: tidy(arriving * supplierPart.pack_quantity_native),
    location: location ?? null,
    purchase_order: line.order,
    purchase_price: line.purchase_price,
    supplier_part: supplierPart.pk,
  };
  const complete = lines.filter((row) => row.order === line.order).every((row) => row.received >= row.quantity);
  return {
    ...tables,
    stockItems: [...tables.stockItems, item],
    purchaseOrderLines: lines,
    purchaseOrders: complete
      ? tables.purchaseOrders.map((row) => (row.pk === line.order ? { ...row, status: COMPLETE } : row))
      : tables.purchaseOrders,
  };
}

const COMPLETE = 30;

function newItem(tables: Tables, part: number): StockItemRow {
  return {
    pk: tables.stockItems.reduce((most, row) => Math.max(most, row.pk), 0) + 1,
    part,
    quantity: 0,
    location: null,
    status: 10,
    serial: null,
    batch: null,
    expiry_date: null,
    is_building: false,
    build: null,
    belongs_to: null,
    consumed_by: null,
    customer: null,
    parent: null,
    purchase_order: null,
    sales_order: null,
    supplier_part: null,
    purchase_price: null,
  };
}

function found<Row extends { readonly pk: number }>(rows: readonly Row[], pk: number): Row {
  const row = rows.find((candidate) => candidate.pk === pk);
  if (!row) throw new Error(`The embedded InvenTree has no row ${pk} there.`);
  return row;
}
