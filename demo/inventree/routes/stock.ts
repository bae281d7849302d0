import { inStock } from "../figures.ts";
import type { Json, JsonObject } from "../json.ts";
import { listed, ordered, type SortKey, single } from "../paging.ts";
import { partBrief } from "../part-rows.ts";
import { maySee, type RequestContext, type Route } from "../route.ts";
import { STOCK_STATUS_NAMES } from "../status.ts";
import type { StockItemRow } from "../tables.ts";
import type { Database } from "../warehouse.ts";
import { locationRow } from "./place.ts";

export const STOCK_ROUTES: readonly Route[] = [
  {
    path: "stock/",
    areas: ["stock"],
    creates: true,
    answer: (asked) =>
      listed(asked, {
        rows: ordered(matching(asked), asked.query, sortKeys(asked.warehouse)),
        render: (item) => stockRow(asked, item),
      }),
  },
  {
    path: "stock/:pk/",
    areas: ["stock"],
    answer: (asked, pk) => stockRow(asked, single(asked.warehouse.stockItems, pk, "StockItem")),
  },
];

type Test = (item: StockItemRow) => boolean;

function matching(asked: RequestContext): readonly StockItemRow[] {
  const tests = [...placeTests(asked), ...stateTests(asked)];
  return asked.warehouse.stockList.filter((item) => tests.every((test) => test(item)));
}

function placeTests({ query, warehouse }: RequestContext): readonly Test[] {
  const tests: Test[] = [];
  const part = query.row("part", warehouse.parts);
  if (part !== undefined) {
    const parts = new Set(query.wants("include_variants", true) ? [part, ...warehouse.below(part)] : [part]);
    tests.push((item) => parts.has(item.part));
  }
  const location = query.numberOrNull("location");
  if (location !== undefined) {
    const tree = location === null ? [] : (warehouse.locations.get(location)?.tree ?? []);
    const places = new Set<number | null>(query.wants("cascade", true) && tree.length > 0 ? tree : [location]);
    tests.push((item) => places.has(item.location));
  }
  const supplierPart = query.row("supplier_part", warehouse.supplierParts);
  if (supplierPart !== undefined) tests.push((item) => item.supplier_part === supplierPart);
  const ipn = query.text("IPN");
  if (ipn !== undefined) tests.push((item) => warehouse.parts.get(item.part)?.IPN === ipn);
  return tests;
}

function stateTests({ query, warehouse }: RequestContext): readonly Test[] {
  const tests: Test[] = [];
  const status = query.number("status");
  if (status !== undefined) tests.push((item) => item.status === status);
  const filters: readonly (readonly [string, Test])[] = [
    ["in_stock", inStock],
    ["is_building", (item) => item.is_building],
    ["expired", (item) => expired(warehouse, item)],
    ["external", (item) => item.location !== null && warehouse.locations.get(item.location)?.row.external === true],
    ["active", (item) => warehouse.parts.get(item.part)?.active === true],
    ["assembly", (item) => warehouse.parts.get(item.part)?.assembly === true],
    ["allocated", (item) => (warehouse.allocatedOf.get(item.pk) ?? 0) > 0],
    ["serialized", (item) => item.serial !== null && item.serial !== ""],
  ];
  for (const [name, test] of filters) {
    const wanted = query.filter(name);
    if (wanted !== undefined) tests.push((item) => test(item) === wanted);
  }
  return tests;
}

function stockRow(asked: RequestContext, item: StockItemRow): JsonObject {
  const { query, warehouse } = asked;
  const supplierPart = item.supplier_part === null ? undefined : warehouse.supplierParts.get(item.supplier_part);
  const part = warehouse.parts.get(item.part);
  const place = item.location === null ? undefined : warehouse.locations.get(item.location);
  const row: Record<string, Json> = {
    ...DEFAULTS,
    status_custom_key: item.status,
    ...item.more,
    pk: item.pk,
    part: item.part,
    quantity: item.quantity,
    serial: item.serial,
    batch: item.batch,
    location: item.location,
    belongs_to: item.belongs_to,
    build: item.build,
    consumed_by: item.consumed_by,
    customer: item.customer,
    parent: item.parent,
    expiry_date: item.expiry_date,
    in_stock: inStock(item),
    is_building: item.is_building,
    purchase_order: item.purchase_order,
    purchase_order_reference: referenceOf(warehouse.purchaseOrders, item.purchase_order),
    sales_order: item.sales_order,
    sales_order_reference: referenceOf(warehouse.salesOrders, item.sales_order),
    status: item.status,
    status_text: STOCK_STATUS_NAMES.get(item.status) ?? "",
    supplier_part: item.supplier_part,
    SKU: supplierPart?.SKU ?? null,
    MPN: supplierPart?.MPN ?? null,
    purchase_price: item.purchase_price,
    allocated: warehouse.allocatedOf.get(item.pk) ?? 0,
    expired: expired(warehouse, item),
    installed_items: warehouse.installedIn.get(item.pk) ?? 0,
    child_items: warehouse.splitFrom.get(item.pk) ?? 0,
  };
  if (query.wants("part_detail", true) && part && maySee(asked, "part")) row.part_detail = partBrief(part);
  if (query.wants("location_detail") && maySee(asked, "stock_location")) {
    row.location_detail = place ? locationRow(warehouse, place) : null;
  }
  return row;
}

const DEFAULTS = {
  delete_on_deplete: true,
  link: "",
  notes: null,
  owner: null,
  packaging: null,
  barcode_hash: "",
  creation_date: null,
  stocktake_date: null,
  updated: null,
  purchase_price_currency: "",
  stale: false,
  tracking_items: 0,
} satisfies JsonObject;

function expired(warehouse: Database, item: StockItemRow): boolean {
  return inStock(item) && item.expiry_date !== null && item.expiry_date < warehouse.tables.today;
}

function referenceOf(orders: ReadonlyMap<number, { readonly reference: string }>, order: number | null): string | null {
  return order === null ? null : (orders.get(order)?.reference ?? null);
}

function sortKeys(warehouse: Database): Readonly<Record<string, SortKey<StockItemRow>>> {
  const part = (item: StockItemRow) => warehouse.parts.get(item.part);
  return {
    part: (item) => part(item)?.name ?? null,
    part__name: (item) => part(item)?.name ?? null,
    part__IPN: (item) => part(item)?.IPN ?? null,
    IPN: (item) => part(item)?.IPN ?? null,
    quantity: (item) => item.quantity,
    stock: (item) => item.quantity,
    status: (item) => item.status,
    batch: (item) => item.batch,
    expiry_date: (item) => item.expiry_date,
    location: (item) => (item.location === null ? null : (warehouse.locations.get(item.location)?.pathstring ?? null)),
  };
}
