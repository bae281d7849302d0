import type { JsonObject } from "./json.ts";

/**
 * The base facts of an embedded InvenTree; everything else in its answers is computed from them. Rows have
 * InvenTree's own field names. `more` holds fields that are only handed through.
 */
export interface Tables {
  /** The server's date, YYYY-MM-DD: what is overdue or expired. */
  readonly today: string;
  readonly currency: CurrencyTable;
  readonly parts: readonly PartRow[];
  readonly bomLines: readonly BomLineRow[];
  readonly substitutes: readonly SubstituteRow[];
  readonly stockItems: readonly StockItemRow[];
  readonly locations: readonly LocationRow[];
  readonly categories: readonly CategoryRow[];
  readonly companies: readonly CompanyRow[];
  readonly supplierParts: readonly SupplierPartRow[];
  readonly priceBreaks: readonly PriceBreakRow[];
  readonly purchaseOrders: readonly PurchaseOrderRow[];
  readonly purchaseOrderLines: readonly PurchaseOrderLineRow[];
  readonly salesOrders: readonly SalesOrderRow[];
  readonly salesOrderLines: readonly SalesOrderLineRow[];
  readonly salesAllocations: readonly SalesAllocationRow[];
  readonly builds: readonly BuildRow[];
  readonly buildLines: readonly BuildLineRow[];
  readonly buildAllocations: readonly BuildAllocationRow[];
}

export interface CurrencyTable {
  readonly base_currency: string;
  readonly exchange_rates: Readonly<Record<string, number>>;
  readonly updated: string | null;
}

interface Row {
  readonly pk: number;
  readonly more?: JsonObject;
}

export interface PartRow extends Row {
  readonly name: string;
  readonly IPN: string | null;
  readonly revision: string | null;
  readonly revision_of: number | null;
  readonly description: string;
  readonly keywords: string | null;
  readonly link: string | null;
  readonly units: string | null;
  readonly category: number | null;
  readonly variant_of: number | null;
  readonly active: boolean;
  readonly assembly: boolean;
  readonly component: boolean;
  readonly is_template: boolean;
  readonly purchaseable: boolean;
  readonly salable: boolean;
  readonly testable: boolean;
  readonly trackable: boolean;
  readonly virtual: boolean;
  readonly consumable: boolean;
  readonly minimum_stock: number;
  readonly pricing_min: number | null;
  readonly pricing_max: number | null;
}

export interface BomLineRow extends Row {
  readonly part: number;
  readonly sub_part: number;
  readonly quantity: number;
  readonly raw_amount: string;
  readonly setup_quantity: number;
  readonly attrition: number;
  readonly rounding_multiple: number | null;
  readonly optional: boolean;
  readonly consumable: boolean;
  readonly inherited: boolean;
  readonly allow_variants: boolean;
  readonly validated: boolean;
  readonly reference: string;
  readonly note: string;
}

export interface SubstituteRow extends Row {
  readonly bom_item: number;
  readonly part: number;
}

export interface StockItemRow extends Row {
  readonly part: number;
  readonly quantity: number;
  readonly location: number | null;
  readonly status: number;
  readonly serial: string | null;
  readonly batch: string | null;
  /** YYYY-MM-DD. */
  readonly expiry_date: string | null;
  readonly is_building: boolean;
  readonly build: number | null;
  readonly belongs_to: number | null;
  readonly consumed_by: number | null;
  readonly customer: number | null;
  readonly parent: number | null;
  readonly purchase_order: number | null;
  readonly sales_order: number | null;
  readonly supplier_part: number | null;
  readonly purchase_price: number | null;
}

export interface LocationRow extends Row {
  readonly name: string;
  readonly description: string;
  readonly parent: number | null;
  readonly structural: boolean;
  readonly external: boolean;
}

export interface CategoryRow extends Row {
  readonly name: string;
  readonly description: string;
  readonly parent: number | null;
  readonly structural: boolean;
}

export interface CompanyRow extends Row {
  readonly name: string;
  readonly description: string;
  readonly currency: string;
  readonly active: boolean;
  readonly is_customer: boolean;
  readonly is_manufacturer: boolean;
  readonly is_supplier: boolean;
}

export interface SupplierPartRow extends Row {
  readonly part: number;
  readonly supplier: number;
  readonly SKU: string;
  readonly MPN: string | null;
  readonly description: string | null;
  readonly active: boolean;
  readonly pack_quantity: string;
  readonly pack_quantity_native: number;
  /** What the supplier says it has. */
  readonly available: number;
}

export interface PriceBreakRow extends Row {
  /** Supplier part. */
  readonly part: number;
  readonly quantity: number;
  readonly price: number;
  readonly price_currency: string;
}

interface OrderRow extends Row {
  readonly reference: string;
  readonly description: string;
  readonly status: number;
  readonly creation_date: string | null;
  readonly issue_date: string | null;
  readonly target_date: string | null;
  readonly total_price: number | null;
}

export interface PurchaseOrderRow extends OrderRow {
  readonly supplier: number;
}

export interface PurchaseOrderLineRow extends Row {
  readonly order: number;
  /** Supplier part; quantities are its packs. */
  readonly part: number;
  readonly quantity: number;
  readonly received: number;
  readonly target_date: string | null;
  readonly purchase_price: number | null;
  readonly purchase_price_currency: string;
  readonly reference: string;
}

export interface SalesOrderRow extends OrderRow {
  readonly customer: number;
}

export interface SalesOrderLineRow extends Row {
  readonly order: number;
  readonly part: number;
  readonly quantity: number;
  readonly shipped: number;
  readonly target_date: string | null;
  readonly sale_price: number | null;
  readonly sale_price_currency: string;
  readonly reference: string;
}

export interface SalesAllocationRow {
  readonly line: number;
  readonly item: number;
  readonly quantity: number;
  /** Its shipment has left. */
  readonly shipped: boolean;
}

export interface BuildRow extends Row {
  readonly reference: string;
  readonly title: string;
  readonly part: number;
  readonly quantity: number;
  readonly completed: number;
  readonly status: number;
  readonly parent: number | null;
  readonly sales_order: number | null;
  readonly creation_date: string | null;
  readonly target_date: string | null;
}

export interface BuildLineRow extends Row {
  readonly build: number;
  readonly bom_item: number;
  readonly quantity: number;
  readonly consumed: number;
}

export interface BuildAllocationRow {
  readonly build_line: number;
  readonly stock_item: number;
  readonly quantity: number;
}
