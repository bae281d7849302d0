import type * as Table from "../../demo/inventree/tables.ts";

/** A part of which only what matters is said. */
export function part(fields: Partial<Table.PartRow> & { readonly pk: number }): Table.PartRow {
  return {
    name: `Part ${fields.pk}`,
    IPN: null,
    revision: "",
    revision_of: null,
    description: "",
    keywords: null,
    link: "",
    units: "",
    category: null,
    variant_of: null,
    active: true,
    assembly: false,
    component: true,
    is_template: false,
    purchaseable: true,
    salable: false,
    testable: false,
    trackable: false,
    virtual: false,
    consumable: false,
    minimum_stock: 0,
    pricing_min: null,
    pricing_max: null,
    ...fields,
  };
}

export function bomLine(
  fields: Partial<Table.BomLineRow> & Pick<Table.BomLineRow, "pk" | "part" | "sub_part">,
): Table.BomLineRow {
  return {
    quantity: 1,
    raw_amount: "1",
    setup_quantity: 0,
    attrition: 0,
    rounding_multiple: null,
    optional: false,
    consumable: false,
    inherited: false,
    allow_variants: false,
    validated: true,
    reference: "",
    note: "",
    ...fields,
  };
}

export function stockItem(
  fields: Partial<Table.StockItemRow> & Pick<Table.StockItemRow, "pk" | "part" | "quantity">,
): Table.StockItemRow {
  return {
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
    ...fields,
  };
}

export function build(
  fields: Partial<Table.BuildRow> & Pick<Table.BuildRow, "pk" | "part" | "quantity">,
): Table.BuildRow {
  return {
    reference: `BO-${fields.pk}`,
    title: "",
    completed: 0,
    status: 20,
    parent: null,
    sales_order: null,
    creation_date: null,
    target_date: null,
    ...fields,
  };
}

/** Tables that hold what is given and nothing else. */
export function tables(fields: Partial<Table.Tables>): Table.Tables {
  return {
    today: "2026-11-20",
    currency: { base_currency: "EUR", exchange_rates: { EUR: 1 }, updated: null },
    parts: [],
    bomLines: [],
    substitutes: [],
    stockItems: [],
    locations: [],
    categories: [],
    companies: [],
    supplierParts: [],
    priceBreaks: [],
    purchaseOrders: [],
    purchaseOrderLines: [],
    salesOrders: [],
    salesOrderLines: [],
    salesAllocations: [],
    builds: [],
    buildLines: [],
    buildAllocations: [],
    ...fields,
  };
}

/** A purchase order of supplier part 1 (packs of 10, for part 1), and its line. */
export function purchase(status: number, line: Partial<Table.PurchaseOrderLineRow> = {}): Partial<Table.Tables> {
  return {
    companies: [
      {
        pk: 1,
        name: "Supplier",
        description: "",
        currency: "EUR",
        active: true,
        is_customer: true,
        is_manufacturer: false,
        is_supplier: true,
      },
    ],
    supplierParts: [
      {
        pk: 1,
        part: 1,
        supplier: 1,
        SKU: "S-1",
        MPN: null,
        description: null,
        active: true,
        pack_quantity: "10",
        pack_quantity_native: 10,
        available: 0,
      },
    ],
    purchaseOrders: [
      {
        pk: 1,
        reference: "PO-1",
        description: "",
        supplier: 1,
        status,
        creation_date: null,
        issue_date: null,
        target_date: "2026-12-01",
        total_price: null,
      },
    ],
    purchaseOrderLines: [
      {
        pk: 1,
        order: 1,
        part: 1,
        quantity: 5,
        received: 2,
        target_date: null,
        purchase_price: null,
        purchase_price_currency: "EUR",
        reference: "",
        ...line,
      },
    ],
  };
}

/** A sales order of part 1, and its line. */
export function sale(status: number, line: Partial<Table.SalesOrderLineRow>): Partial<Table.Tables> {
  return {
    salesOrders: [
      {
        pk: 1,
        reference: "SO-1",
        description: "",
        customer: 1,
        status,
        creation_date: null,
        issue_date: null,
        target_date: null,
        total_price: null,
      },
    ],
    salesOrderLines: [
      {
        pk: 1,
        order: 1,
        part: 1,
        quantity: 5,
        shipped: 0,
        target_date: null,
        sale_price: null,
        sale_price_currency: "EUR",
        reference: "",
        ...line,
      },
    ],
  };
}
