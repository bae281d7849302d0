import { ACTIVE_BUILDS, OPEN_PURCHASE_ORDERS, OPEN_SALES_ORDERS, USABLE_STOCK } from "./status.ts";
import type { StockItemRow, Tables } from "./tables.ts";

/** What is there, wanted and coming of one part, without its variants, in the part's unit. */
export interface Figures {
  readonly inStock: number;
  /** Part of `inStock` at external locations. */
  readonly external: number;
  /** All its stock items, also those not in stock. */
  readonly items: number;
  /** Own items allocated to active builds. */
  readonly allocatedToBuilds: number;
  /** Own items allocated to any build. */
  readonly allocatedToAnyBuild: number;
  /** Own items allocated to open sales orders and not yet shipped. */
  readonly allocatedToSales: number;
  /** Lines of active builds less consumed, gross of allocations. */
  readonly requiredForBuilds: number;
  /** The same, no line below 0. */
  readonly requiredForBuildsClamped: number;
  /** Lines of open sales orders less shipped; below 0 where more was shipped than ordered. */
  readonly requiredForSales: number;
  readonly requiredForSalesClamped: number;
  /** Open purchase orders, packs resolved. */
  readonly onOrder: number;
  /** Outputs of active builds already created. */
  readonly building: number;
  /** What active builds have still to complete. */
  readonly scheduled: number;
}

export const NO_FIGURES: Figures = {
  inStock: 0,
  external: 0,
  items: 0,
  allocatedToBuilds: 0,
  allocatedToAnyBuild: 0,
  allocatedToSales: 0,
  requiredForBuilds: 0,
  requiredForBuildsClamped: 0,
  requiredForSales: 0,
  requiredForSalesClamped: 0,
  onOrder: 0,
  building: 0,
  scheduled: 0,
};

/** The figures of all parts that have any. */
export function figuresOf(tables: Tables): ReadonlyMap<number, Figures> {
  const figures = new Map<number, { -readonly [Name in keyof Figures]: number }>();
  const add = (part: number | undefined, name: keyof Figures, quantity: number) => {
    if (part === undefined) return;
    const own = figures.get(part) ?? { ...NO_FIGURES };
    own[name] = tidy(own[name] + quantity);
    figures.set(part, own);
  };
  countStock(tables, add);
  countBuilds(tables, add);
  countSales(tables, add);
  countPurchases(tables, add);
  return figures;
}

/** Whether an item counts as in stock: some of it, usable, and not sold, installed, consumed or being built. */
export function inStock(item: StockItemRow): boolean {
  return (
    item.quantity > 0 &&
    item.sales_order === null &&
    item.belongs_to === null &&
    item.consumed_by === null &&
    item.customer === null &&
    !item.is_building &&
    USABLE_STOCK.has(item.status)
  );
}

/** Rounds away what binary sums of decimals leave behind; the database counts in decimals. */
export function tidy(quantity: number): number {
  return Math.round(quantity * 1e6) / 1e6;
}

type Add = (part: number | undefined, name: keyof Figures, quantity: number) => void;

function countStock(tables: Tables, add: Add): void {
  const external = new Set(tables.locations.filter((row) => row.external).map((row) => row.pk));
  const active = activeBuilds(tables);
  for (const item of tables.stockItems) {
    add(item.part, "items", 1);
    if (item.is_building && item.build !== null && active.has(item.build)) add(item.part, "building", item.quantity);
    if (!inStock(item)) continue;
    add(item.part, "inStock", item.quantity);
    if (item.location !== null && external.has(item.location)) add(item.part, "external", item.quantity);
  }
}

function countBuilds(tables: Tables, add: Add): void {
  const active = activeBuilds(tables);
  const subParts = new Map(tables.bomLines.map((line) => [line.pk, line.sub_part]));
  const lines = new Map(tables.buildLines.map((line) => [line.pk, line]));
  const itemParts = new Map(tables.stockItems.map((item) => [item.pk, item.part]));
  for (const build of tables.builds) {
    if (active.has(build.pk)) add(build.part, "scheduled", Math.max(0, build.quantity - build.completed));
  }
  for (const line of tables.buildLines) {
    if (!active.has(line.build)) continue;
    const open = line.quantity - line.consumed;
    add(subParts.get(line.bom_item), "requiredForBuilds", open);
    add(subParts.get(line.bom_item), "requiredForBuildsClamped", Math.max(0, open));
  }
  for (const allocation of tables.buildAllocations) {
    const part = itemParts.get(allocation.stock_item);
    const line = lines.get(allocation.build_line);
    add(part, "allocatedToAnyBuild", allocation.quantity);
    if (line && active.has(line.build)) add(part, "allocatedToBuilds", allocation.quantity);
  }
}

function countSales(tables: Tables, add: Add): void {
  const open = new Set(tables.salesOrders.filter((row) => OPEN_SALES_ORDERS.has(row.status)).map((row) => row.pk));
  const lines = new Map(tables.salesOrderLines.map((line) => [line.pk, line]));
  const itemParts = new Map(tables.stockItems.map((item) => [item.pk, item.part]));
  for (const line of tables.salesOrderLines) {
    if (!open.has(line.order)) continue;
    add(line.part, "requiredForSales", line.quantity - line.shipped);
    add(line.part, "requiredForSalesClamped", Math.max(0, line.quantity - line.shipped));
  }
  for (const allocation of tables.salesAllocations) {
    const line = lines.get(allocation.line);
    if (!line || !open.has(line.order) || allocation.shipped) continue;
    add(itemParts.get(allocation.item), "allocatedToSales", allocation.quantity);
  }
}

function countPurchases(tables: Tables, add: Add): void {
  const open = new Set(
    tables.purchaseOrders.filter((row) => OPEN_PURCHASE_ORDERS.has(row.status)).map((row) => row.pk),
  );
  const supplierParts = new Map(tables.supplierParts.map((row) => [row.pk, row]));
  for (const line of tables.purchaseOrderLines) {
    const supplierPart = supplierParts.get(line.part);
    if (!supplierPart || !open.has(line.order)) continue;
    add(supplierPart.part, "onOrder", Math.max(0, line.quantity - line.received) * supplierPart.pack_quantity_native);
  }
}

function activeBuilds(tables: Tables): ReadonlySet<number> {
  return new Set(tables.builds.filter((row) => ACTIVE_BUILDS.has(row.status)).map((row) => row.pk));
}
