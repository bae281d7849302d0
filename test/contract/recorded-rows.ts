import type { JsonObject } from "../../demo/inventree/json.ts";
import type * as Table from "../../demo/inventree/tables.ts";
import { isRaw, type Raw, recordedRows } from "../support/recordings.ts";
import { flag, handedThrough, number, numberOrNull, text, textOrNull } from "./raw.ts";

export function partRow(raw: Raw): Table.PartRow {
  return {
    ...named(raw),
    IPN: textOrNull(raw, "IPN"),
    revision: textOrNull(raw, "revision"),
    revision_of: numberOrNull(raw, "revision_of"),
    keywords: textOrNull(raw, "keywords"),
    link: textOrNull(raw, "link"),
    units: textOrNull(raw, "units"),
    category: numberOrNull(raw, "category"),
    variant_of: numberOrNull(raw, "variant_of"),
    active: flag(raw, "active"),
    assembly: flag(raw, "assembly"),
    component: flag(raw, "component"),
    is_template: flag(raw, "is_template"),
    purchaseable: flag(raw, "purchaseable"),
    salable: flag(raw, "salable"),
    testable: flag(raw, "testable"),
    trackable: flag(raw, "trackable"),
    virtual: flag(raw, "virtual"),
    consumable: flag(raw, "consumable"),
    minimum_stock: number(raw, "minimum_stock"),
    pricing_min: numberOrNull(raw, "pricing_min"),
    pricing_max: numberOrNull(raw, "pricing_max"),
    more: handedThrough(raw, ["creation_date", "creation_user", "image", "thumbnail", "pricing_updated", "starred"]),
  };
}

export function bomLineRow(raw: Raw): Table.BomLineRow {
  return {
    pk: number(raw, "pk"),
    part: number(raw, "part"),
    sub_part: number(raw, "sub_part"),
    quantity: number(raw, "quantity"),
    raw_amount: text(raw, "raw_amount"),
    setup_quantity: number(raw, "setup_quantity"),
    attrition: number(raw, "attrition"),
    rounding_multiple: numberOrNull(raw, "rounding_multiple"),
    optional: flag(raw, "optional"),
    consumable: flag(raw, "consumable"),
    inherited: flag(raw, "inherited"),
    allow_variants: flag(raw, "allow_variants"),
    validated: flag(raw, "validated"),
    reference: text(raw, "reference"),
    note: text(raw, "note"),
  };
}

export function stockItemRow(raw: Raw): Table.StockItemRow {
  return {
    pk: number(raw, "pk"),
    part: number(raw, "part"),
    quantity: number(raw, "quantity"),
    location: numberOrNull(raw, "location"),
    status: number(raw, "status"),
    serial: textOrNull(raw, "serial"),
    batch: textOrNull(raw, "batch"),
    expiry_date: textOrNull(raw, "expiry_date"),
    is_building: flag(raw, "is_building"),
    build: numberOrNull(raw, "build"),
    belongs_to: numberOrNull(raw, "belongs_to"),
    consumed_by: numberOrNull(raw, "consumed_by"),
    customer: numberOrNull(raw, "customer"),
    parent: numberOrNull(raw, "parent"),
    purchase_order: numberOrNull(raw, "purchase_order"),
    sales_order: numberOrNull(raw, "sales_order"),
    supplier_part: numberOrNull(raw, "supplier_part"),
    purchase_price: numberOrNull(raw, "purchase_price"),
    more: handedThrough(raw, [
      "delete_on_deplete",
      "notes",
      "packaging",
      "creation_date",
      "updated",
      "purchase_price_currency",
      "tracking_items",
    ]),
  };
}

export function locationRow(raw: Raw): Table.LocationRow {
  return { ...named(raw), parent: numberOrNull(raw, "parent"), ...places(raw), external: flag(raw, "external") };
}

export function categoryRow(raw: Raw): Table.CategoryRow {
  const more = handedThrough(raw, ["default_keywords"]);
  return { ...named(raw), parent: numberOrNull(raw, "parent"), ...places(raw), more };
}

function named(raw: Raw) {
  return { pk: number(raw, "pk"), name: text(raw, "name"), description: text(raw, "description") };
}

function places(raw: Raw) {
  return { structural: flag(raw, "structural") };
}

export function companyRow(raw: Raw): Table.CompanyRow {
  return {
    ...named(raw),
    currency: text(raw, "currency"),
    active: flag(raw, "active"),
    is_customer: flag(raw, "is_customer"),
    is_manufacturer: flag(raw, "is_manufacturer"),
    is_supplier: flag(raw, "is_supplier"),
    more: {
      ...handedThrough(raw, ["website", "phone", "email", "contact", "image", "notes", "parts_manufactured"]),
      ...companyThumbnails()[number(raw, "pk")],
    },
  };
}

/** Thumbnails stand only where a company is a detail of something. */
function companyThumbnails(): Readonly<Record<number, JsonObject>> {
  const details = [...recordedRows("po.json"), ...recordedRows("so.json")]
    .map((raw) => raw.supplier_detail ?? raw.customer_detail)
    .filter(isRaw);
  return Object.fromEntries(details.map((detail) => [number(detail, "pk"), handedThrough(detail, ["thumbnail"])]));
}

export function supplierPartRow(raw: Raw): Table.SupplierPartRow {
  return {
    pk: number(raw, "pk"),
    part: number(raw, "part"),
    supplier: number(raw, "supplier"),
    SKU: text(raw, "SKU"),
    MPN: textOrNull(raw, "MPN"),
    description: textOrNull(raw, "description"),
    active: flag(raw, "active"),
    pack_quantity: text(raw, "pack_quantity"),
    pack_quantity_native: number(raw, "pack_quantity_native"),
    available: number(raw, "available"),
    more: handedThrough(raw, ["availability_updated", "link", "manufacturer_part", "note", "packaging", "updated"]),
  };
}

export function priceBreakRow(raw: Raw): Table.PriceBreakRow {
  return {
    pk: number(raw, "pk"),
    part: number(raw, "part"),
    quantity: number(raw, "quantity"),
    price: number(raw, "price"),
    price_currency: text(raw, "price_currency"),
    more: handedThrough(raw, ["updated"]),
  };
}

const ORDER_EXTRAS = [
  "created_by",
  "project_code",
  "project_code_detail",
  "project_code_label",
  "responsible",
  "responsible_detail",
  "order_currency",
];

function orderRow(raw: Raw) {
  return {
    pk: number(raw, "pk"),
    reference: text(raw, "reference"),
    description: text(raw, "description"),
    status: number(raw, "status"),
    creation_date: textOrNull(raw, "creation_date"),
    issue_date: textOrNull(raw, "issue_date"),
    target_date: textOrNull(raw, "target_date"),
    total_price: numberOrNull(raw, "total_price"),
  };
}

export function purchaseOrderRow(raw: Raw): Table.PurchaseOrderRow {
  const more = {
    ...handedThrough(raw, [...ORDER_EXTRAS, "complete_date", "supplier_reference"]),
    ...orderNotes("po-line.json")[number(raw, "pk")],
  };
  return { ...orderRow(raw), supplier: number(raw, "supplier"), more };
}

/** An order's notes stand only in the details of its lines. */
function orderNotes(file: string): Readonly<Record<number, JsonObject>> {
  const details = recordedRows(file)
    .map((raw) => raw.order_detail)
    .filter(isRaw);
  return Object.fromEntries(details.map((detail) => [number(detail, "pk"), handedThrough(detail, ["notes"])]));
}

export function purchaseOrderLineRow(raw: Raw): Table.PurchaseOrderLineRow {
  return {
    pk: number(raw, "pk"),
    order: number(raw, "order"),
    part: number(raw, "part"),
    quantity: number(raw, "quantity"),
    received: number(raw, "received"),
    target_date: textOrNull(raw, "target_date"),
    purchase_price: numberOrNull(raw, "purchase_price"),
    purchase_price_currency: text(raw, "purchase_price_currency"),
    reference: text(raw, "reference"),
    more: handedThrough(raw, ["notes", "destination", "destination_detail"]),
  };
}

export function salesOrderRow(raw: Raw): Table.SalesOrderRow {
  const more = {
    ...handedThrough(raw, [
      ...ORDER_EXTRAS,
      "customer_reference",
      "shipment_date",
      "shipments_count",
      "completed_shipments_count",
    ]),
    ...orderNotes("so-line.json")[number(raw, "pk")],
  };
  return { ...orderRow(raw), customer: number(raw, "customer"), more };
}

export function salesOrderLineRow(raw: Raw): Table.SalesOrderLineRow {
  return {
    pk: number(raw, "pk"),
    order: number(raw, "order"),
    part: number(raw, "part"),
    quantity: number(raw, "quantity"),
    shipped: number(raw, "shipped"),
    target_date: textOrNull(raw, "target_date"),
    sale_price: numberOrNull(raw, "sale_price"),
    sale_price_currency: text(raw, "sale_price_currency"),
    reference: text(raw, "reference"),
    more: handedThrough(raw, ["notes"]),
  };
}

export function buildRow(raw: Raw): Table.BuildRow {
  return {
    pk: number(raw, "pk"),
    reference: text(raw, "reference"),
    title: text(raw, "title"),
    part: number(raw, "part"),
    quantity: number(raw, "quantity"),
    completed: number(raw, "completed"),
    status: number(raw, "status"),
    parent: numberOrNull(raw, "parent"),
    sales_order: numberOrNull(raw, "sales_order"),
    creation_date: textOrNull(raw, "creation_date"),
    target_date: textOrNull(raw, "target_date"),
    more: handedThrough(raw, [
      "completion_date",
      "destination",
      "take_from",
      "issued_by",
      "issued_by_detail",
      "responsible",
      "responsible_detail",
    ]),
  };
}
