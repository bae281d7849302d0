import { tidy } from "../figures.ts";
import { compareValues, type Json, type JsonObject } from "../json.ts";
import { listed, ordered, single } from "../paging.ts";
import { partBrief } from "../part-rows.ts";
import { databaseError } from "../refusal.ts";
import { maySee, type RequestContext, type Route } from "../route.ts";
import { OPEN_PURCHASE_ORDERS } from "../status.ts";
import type { CompanyRow, PriceBreakRow, SupplierPartRow } from "../tables.ts";
import { type Database, sortedByPk } from "../warehouse.ts";

export const COMPANY_ROUTES: readonly Route[] = [
  {
    path: "company/",
    areas: ["purchase_order", "sales_order"],
    creates: true,
    answer: (asked) => listed(asked, { rows: companies(asked), render: (row) => companyRow(asked.warehouse, row) }),
  },
  {
    path: "company/:pk/",
    areas: ["purchase_order", "sales_order"],
    answer: ({ warehouse }, pk) => companyRow(warehouse, single(warehouse.companies, pk, "Company")),
  },
  {
    path: "company/part/",
    areas: ["part", "purchase_order"],
    creates: true,
    answer: (asked) =>
      listed(asked, {
        rows: supplierParts(asked),
        render: (row) => supplierPartRow(asked, row),
        check: (rows) => {
          if (rows.length > MOST_ROWS) throw databaseError(asked.address.pathname);
        },
      }),
  },
  {
    path: "company/part/:pk/",
    areas: ["part", "purchase_order"],
    answer: (asked, pk) => supplierPartRow(asked, single(asked.warehouse.supplierParts, pk, "SupplierPart")),
  },
  {
    path: "company/price-break/",
    areas: ["purchase_order"],
    creates: true,
    answer: (asked) =>
      listed(asked, { rows: priceBreaks(asked), render: (row) => priceBreakRow(asked.warehouse, row) }),
  },
];

/** SQLite takes no more values in one statement. */
const MOST_ROWS = 1_000;

/** A company as it stands in `supplier_detail` and `customer_detail`. */
export function companyBrief(row: CompanyRow): JsonObject {
  const { image, thumbnail, tax_id } = { image: null, thumbnail: null, tax_id: "", ...row.more };
  return {
    pk: row.pk,
    active: row.active,
    name: row.name,
    description: row.description,
    image,
    thumbnail,
    currency: row.currency,
    tax_id,
  };
}

/** A supplier part as it stands in `supplier_part_detail`: without what is counted. */
export function supplierPartBrief(row: SupplierPartRow): JsonObject {
  const { availability_updated: _updated, ...more } = row.more ?? {};
  return {
    link: "",
    primary: false,
    manufacturer_part: null,
    note: null,
    barcode_hash: "",
    packaging: null,
    updated: null,
    notes: null,
    ...more,
    pk: row.pk,
    part: row.part,
    supplier: row.supplier,
    SKU: row.SKU,
    MPN: row.MPN,
    description: row.description,
    active: row.active,
    pack_quantity: row.pack_quantity,
    pack_quantity_native: row.pack_quantity_native,
    in_stock: null,
  };
}

function companies({ query, warehouse }: RequestContext): readonly CompanyRow[] {
  const flags = (["active", "is_customer", "is_manufacturer", "is_supplier"] as const).flatMap((flag) => {
    const wanted = query.filter(flag);
    return wanted === undefined ? [] : [(row: CompanyRow) => row[flag] === wanted];
  });
  const found = warehouse.tables.companies.filter((row) => flags.every((test) => test(row)));
  found.sort((a, b) => compareValues(a.name, b.name) || a.pk - b.pk);
  return ordered(found, query, { name: (row) => row.name });
}

function companyRow(warehouse: Database, row: CompanyRow): JsonObject {
  const { thumbnail: _thumbnail, ...more } = row.more ?? {};
  return {
    website: "",
    phone: "",
    email: null,
    contact: "",
    link: "",
    image: null,
    notes: null,
    parts_manufactured: 0,
    tax_id: "",
    ...more,
    pk: row.pk,
    name: row.name,
    description: row.description,
    currency: row.currency,
    active: row.active,
    is_customer: row.is_customer,
    is_manufacturer: row.is_manufacturer,
    is_supplier: row.is_supplier,
    parts_supplied: warehouse.tables.supplierParts.filter((part) => part.supplier === row.pk).length,
  };
}

function supplierParts({ query, warehouse }: RequestContext): readonly SupplierPartRow[] {
  const part = query.row("part", warehouse.parts);
  const supplier = query.row("supplier", warehouse.companies) ?? query.row("company", warehouse.companies);
  const active = query.filter("active");
  const partActive = query.filter("part_active");
  const sku = query.text("SKU");
  const rows = sortedByPk(warehouse.tables.supplierParts).filter(
    (row) =>
      (part === undefined || row.part === part) &&
      (supplier === undefined || row.supplier === supplier) &&
      (active === undefined || row.active === active) &&
      (partActive === undefined || warehouse.parts.get(row.part)?.active === partActive) &&
      (sku === undefined || row.SKU === sku),
  );
  return ordered(rows, query, {
    part: (row) => warehouse.parts.get(row.part)?.name ?? null,
    supplier: (row) => warehouse.companies.get(row.supplier)?.name ?? null,
    SKU: (row) => row.SKU,
    MPN: (row) => row.MPN,
    active: (row) => row.active,
  });
}

function supplierPartRow(asked: RequestContext, row: SupplierPartRow): JsonObject {
  const { query, warehouse } = asked;
  const part = warehouse.parts.get(row.part);
  const supplier = warehouse.companies.get(row.supplier);
  const found: Record<string, Json> = {
    ...supplierPartBrief(row),
    availability_updated: row.more?.availability_updated ?? null,
    available: row.available,
    in_stock: warehouse.suppliedStock.get(row.pk) ?? 0,
    on_order: packsOnOrder(warehouse, row.pk),
  };
  if (query.wants("part_detail") && part && maySee(asked, "part")) found.part_detail = partBrief(part);
  if (query.wants("supplier_detail") && supplier && maySee(asked, "purchase_order")) {
    found.supplier_detail = companyBrief(supplier);
  }
  return found;
}

function packsOnOrder(warehouse: Database, supplierPart: number): number {
  return (warehouse.purchaseLinesFor.get(supplierPart) ?? [])
    .filter((line) => OPEN_PURCHASE_ORDERS.has(warehouse.purchaseOrders.get(line.order)?.status ?? 0))
    .reduce((sum, line) => tidy(sum + Math.max(0, line.quantity - line.received)), 0);
}

function priceBreaks({ query, warehouse }: RequestContext): readonly PriceBreakRow[] {
  const basePart = query.row("base_part", warehouse.parts);
  const supplierPart = query.row("part", warehouse.supplierParts);
  const supplier = query.row("supplier", warehouse.companies);
  const rows = warehouse.tables.priceBreaks.filter((row) => {
    const sold = warehouse.supplierParts.get(row.part);
    return (
      (basePart === undefined || sold?.part === basePart) &&
      (supplierPart === undefined || row.part === supplierPart) &&
      (supplier === undefined || sold?.supplier === supplier)
    );
  });
  rows.sort((a, b) => a.quantity - b.quantity || a.pk - b.pk);
  return ordered(rows, query, { quantity: (row) => row.quantity, price: (row) => row.price });
}

function priceBreakRow(warehouse: Database, row: PriceBreakRow): JsonObject {
  return {
    updated: null,
    ...row.more,
    pk: row.pk,
    part: row.part,
    quantity: row.quantity,
    price: row.price,
    price_currency: row.price_currency,
    supplier: warehouse.supplierParts.get(row.part)?.supplier ?? null,
  };
}
