import type { LocationRow, PartRow, StockItemRow, SupplierPartRow } from "../inventree/tables.ts";
import { dayAfter, type Keyed } from "./keyed.ts";
import type { StockSpec } from "./specs.ts";

export interface StockNames {
  readonly parts: Keyed<PartRow>;
  readonly locations: Keyed<LocationRow>;
  readonly supplierParts: Keyed<SupplierPartRow>;
  readonly today: string;
}

/** Stock items, as bought from the part's first supplier. */
export function stockRows(specs: readonly StockSpec[], names: StockNames): readonly StockItemRow[] {
  const suppliers = new Map(names.supplierParts.rows.map((row) => [row.part, row.pk] as const).reverse());
  return specs.map((spec, index): StockItemRow => {
    const part = names.parts.row(spec.part).pk;
    return {
      ...plainItem(index + 1, part),
      quantity: spec.quantity,
      location: names.locations.row(spec.location).pk,
      status: spec.status ?? 10,
      batch: spec.batch ?? "",
      expiry_date: dayAfter(names.today, spec.expiresIn),
      supplier_part: suppliers.get(part) ?? null,
    };
  });
}

/** An item of stock of which nothing is known yet. */
export function plainItem(pk: number, part: number): StockItemRow {
  return {
    pk,
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
