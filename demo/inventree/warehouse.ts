import { type Figures, figuresOf, inStock, NO_FIGURES, tidy } from "./figures.ts";
import { compareValues } from "./json.ts";
import { type Place, placesOf } from "./places.ts";
import type * as Table from "./tables.ts";

/** The tables with everything that is looked up or computed from them; recreated whenever they change. */
export interface Database {
  readonly tables: Table.Tables;
  readonly parts: ReadonlyMap<number, Table.PartRow>;
  readonly bomLines: ReadonlyMap<number, Table.BomLineRow>;
  readonly linesOf: ReadonlyMap<number, readonly Table.BomLineRow[]>;
  readonly substitutesOf: ReadonlyMap<number, readonly Table.SubstituteRow[]>;
  readonly stockItems: ReadonlyMap<number, Table.StockItemRow>;
  readonly companies: ReadonlyMap<number, Table.CompanyRow>;
  readonly supplierParts: ReadonlyMap<number, Table.SupplierPartRow>;
  readonly purchaseOrders: ReadonlyMap<number, Table.PurchaseOrderRow>;
  readonly purchaseLinesOf: ReadonlyMap<number, readonly Table.PurchaseOrderLineRow[]>;
  /** By supplier part. */
  readonly purchaseLinesFor: ReadonlyMap<number, readonly Table.PurchaseOrderLineRow[]>;
  readonly salesOrders: ReadonlyMap<number, Table.SalesOrderRow>;
  readonly salesLinesOf: ReadonlyMap<number, readonly Table.SalesOrderLineRow[]>;
  readonly salesAllocationsOf: ReadonlyMap<number, readonly Table.SalesAllocationRow[]>;
  readonly builds: ReadonlyMap<number, Table.BuildRow>;
  readonly buildAllocationsOf: ReadonlyMap<number, readonly Table.BuildAllocationRow[]>;
  readonly locations: ReadonlyMap<number, Place<Table.LocationRow>>;
  readonly categories: ReadonlyMap<number, Place<Table.CategoryRow>>;
  /** How many revisions a part has. */
  readonly revisionsOf: ReadonlyMap<number, number>;
  /** Stock items by the item that they are installed in, or were split from. */
  readonly installedIn: ReadonlyMap<number, number>;
  readonly splitFrom: ReadonlyMap<number, number>;
  /** Quantity of a stock item allocated to builds and sales, shipped or not. */
  readonly allocatedOf: ReadonlyMap<number, number>;
  /** Usable stock by supplier part. */
  readonly suppliedStock: ReadonlyMap<number, number>;
  /** Parts, stock items and so on in the order that lists have. */
  readonly partList: readonly Table.PartRow[];
  readonly stockList: readonly Table.StockItemRow[];
  /** A part's own figures, without its variants'. */
  readonly figures: (part: number) => Figures;
  /** Variants of a part, their variants and so on. */
  readonly below: (part: number) => readonly number[];
  /** Templates of a part, the nearest first. */
  readonly above: (part: number) => readonly number[];
}

/** Looks through the tables once. */
export function warehouseOf(tables: Table.Tables): Database {
  const parts = byPk(tables.parts);
  const bomLines = byPk(tables.bomLines);
  const supplierParts = byPk(tables.supplierParts);
  const locations = placesOf(tables.locations);
  const variants = grouped(tables.parts, (part) => part.variant_of);
  const figures = figuresOf(tables);
  return {
    tables,
    parts,
    bomLines,
    linesOf: grouped(sortedByPk(tables.bomLines), (line) => line.part),
    substitutesOf: grouped(sortedByPk(tables.substitutes), (row) => row.bom_item),
    stockItems: byPk(tables.stockItems),
    companies: byPk(tables.companies),
    supplierParts,
    purchaseOrders: byPk(tables.purchaseOrders),
    purchaseLinesOf: grouped(tables.purchaseOrderLines, (line) => line.order),
    purchaseLinesFor: grouped(tables.purchaseOrderLines, (line) => line.part),
    salesOrders: byPk(tables.salesOrders),
    salesLinesOf: grouped(tables.salesOrderLines, (line) => line.order),
    salesAllocationsOf: grouped(tables.salesAllocations, (row) => row.line),
    builds: byPk(tables.builds),
    buildAllocationsOf: grouped(tables.buildAllocations, (row) => row.build_line),
    locations,
    categories: placesOf(tables.categories),
    revisionsOf: counted(tables.parts, (part) => part.revision_of),
    installedIn: counted(tables.stockItems, (item) => item.belongs_to),
    splitFrom: counted(tables.stockItems, (item) => item.parent),
    allocatedOf: allocatedOf(tables),
    suppliedStock: summed(
      tables.stockItems.filter(inStock),
      (item) => item.supplier_part,
      (item) => item.quantity,
    ),
    partList: [...tables.parts].sort((a, b) => compareValues(a.name, b.name) || a.pk - b.pk),
    stockList: stockList(tables.stockItems, { parts, locations }),
    figures: (part) => figures.get(part) ?? NO_FIGURES,
    below: (part) => below(variants, part),
    above: (part) => above(parts, part),
  };
}

/** Rows by their pk. */
export function byPk<Row extends { readonly pk: number }>(rows: readonly Row[]): ReadonlyMap<number, Row> {
  return new Map(rows.map((row) => [row.pk, row]));
}

/** Rows in the order of their pk. */
export function sortedByPk<Row extends { readonly pk: number }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => a.pk - b.pk);
}

function grouped<Row>(rows: readonly Row[], key: (row: Row) => number | null): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = key(row);
    if (group === null) continue;
    const members = groups.get(group);
    if (members) members.push(row);
    else groups.set(group, [row]);
  }
  return groups;
}

function counted<Row>(rows: readonly Row[], key: (row: Row) => number | null): ReadonlyMap<number, number> {
  return summed(rows, key, () => 1);
}

function summed<Row>(
  rows: readonly Row[],
  key: (row: Row) => number | null,
  amount: (row: Row) => number,
): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const row of rows) {
    const group = key(row);
    if (group !== null) sums.set(group, tidy((sums.get(group) ?? 0) + amount(row)));
  }
  return sums;
}

function allocatedOf(tables: Table.Tables): ReadonlyMap<number, number> {
  const allocations = [
    ...tables.buildAllocations.map((row) => ({ item: row.stock_item, quantity: row.quantity })),
    ...tables.salesAllocations,
  ];
  return summed(
    allocations,
    (row) => row.item,
    (row) => row.quantity,
  );
}

function stockList(
  items: readonly Table.StockItemRow[],
  names: Pick<Database, "parts" | "locations">,
): readonly Table.StockItemRow[] {
  const partName = (item: Table.StockItemRow) => names.parts.get(item.part)?.name ?? null;
  const locationName = (item: Table.StockItemRow) =>
    item.location === null ? null : (names.locations.get(item.location)?.row.name ?? null);
  return [...items].sort(
    (a, b) =>
      compareValues(partName(a), partName(b)) ||
      a.quantity - b.quantity ||
      compareValues(locationName(a), locationName(b)) ||
      a.pk - b.pk,
  );
}

function below(variants: ReadonlyMap<number, readonly Table.PartRow[]>, part: number): readonly number[] {
  const found: number[] = [];
  const open = [part];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const variant of variants.get(next) ?? []) {
      if (variant.pk === part || found.includes(variant.pk)) continue;
      found.push(variant.pk);
      open.push(variant.pk);
    }
  }
  return found;
}

function above(parts: ReadonlyMap<number, Table.PartRow>, part: number): readonly number[] {
  const found: number[] = [];
  let template = parts.get(part)?.variant_of ?? null;
  while (template !== null && !found.includes(template)) {
    found.push(template);
    template = parts.get(template)?.variant_of ?? null;
  }
  return found;
}
