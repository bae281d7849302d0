import type {
  CompanyRow,
  PartRow,
  PriceBreakRow,
  PurchaseOrderRow,
  SalesAllocationRow,
  SalesOrderRow,
  StockItemRow,
  SupplierPartRow,
  Tables,
} from "../inventree/tables.ts";
import { dayAfter, type Keyed, keyed } from "./keyed.ts";
import type { PurchaseSpec, SaleSpec, SupplySpec } from "./specs.ts";
import type { CompanySpec } from "./supply.ts";

export interface SupplySpecs {
  readonly companies: readonly CompanySpec[];
  readonly supplies: readonly SupplySpec[];
  readonly parts: Keyed<PartRow>;
}

export interface SupplyTables {
  readonly companies: Keyed<CompanyRow>;
  /** By SKU. */
  readonly supplierParts: Keyed<SupplierPartRow>;
  readonly priceBreaks: readonly PriceBreakRow[];
}

/** Companies, what they sell, and at which prices. */
export function supplyTables({ companies: specs, supplies, parts }: SupplySpecs): SupplyTables {
  const companies = keyed(specs, {
    key: ({ name }) => name,
    row: ({ name, description, is }, pk) => ({
      pk,
      name,
      description,
      currency: "EUR",
      active: true,
      is_customer: is === "customer",
      is_manufacturer: false,
      is_supplier: is === "supplier",
    }),
  });
  const supplierParts = keyed(supplies, {
    key: ({ sku }) => sku,
    row: (spec, pk) => ({
      pk,
      part: parts.row(spec.part).pk,
      supplier: companies.row(spec.supplier).pk,
      SKU: spec.sku,
      MPN: spec.mpn ?? null,
      description: null,
      active: spec.inactive !== true,
      pack_quantity: spec.pack === undefined ? "" : String(spec.pack),
      pack_quantity_native: spec.pack ?? 1,
      available: 0,
    }),
  });
  const prices = supplies.flatMap(({ sku, part, pack = 1, prices = listPrices(parts.row(part), pack) }) =>
    prices.map(([quantity, price]) => ({ part: supplierParts.row(sku).pk, quantity, price, price_currency: "EUR" })),
  );
  return { companies, supplierParts, priceBreaks: prices.map((row, index) => ({ pk: index + 1, ...row })) };
}

/** A pack costs what its parts do at most, and from a hundred packs on what they do at least. */
function listPrices({ pricing_min: least, pricing_max: most }: PartRow, pack: number): [number, number][] {
  if (least === null || most === null) return [];
  const price = (each: number) => Math.round(each * pack * 1e4) / 1e4;
  return least === most
    ? [[1, price(most)]]
    : [
        [1, price(most)],
        [100, price(least)],
      ];
}

const PURCHASE_STATUS = { draft: 10, placed: 20, complete: 30 } satisfies Record<PurchaseSpec["status"], number>;
const SALE_STATUS = { pending: 10, "in progress": 15, complete: 30 } satisfies Record<SaleSpec["status"], number>;

export interface PurchaseNames extends Pick<SupplyTables, "companies" | "supplierParts"> {
  readonly today: string;
}

/** Purchase orders with their lines. */
export function purchaseTables(
  specs: readonly PurchaseSpec[],
  { companies, supplierParts, today }: PurchaseNames,
): Pick<Tables, "purchaseOrders" | "purchaseOrderLines"> {
  const purchaseOrders = specs.map(
    (spec, index): PurchaseOrderRow => ({
      pk: index + 1,
      reference: spec.reference,
      description: spec.description,
      supplier: companies.row(spec.supplier).pk,
      status: PURCHASE_STATUS[spec.status],
      creation_date: dayAfter(today, spec.ordered ?? -1),
      issue_date: dayAfter(today, spec.ordered),
      target_date: dayAfter(today, spec.due),
      total_price: total(spec.lines.map(({ packs, price }) => packs * (price ?? 0))),
    }),
  );
  const lines = specs.flatMap((spec, index) =>
    spec.lines.map((line) => ({
      order: index + 1,
      part: supplierParts.row(line.sku).pk,
      quantity: line.packs,
      received: line.received ?? 0,
      target_date: dayAfter(today, line.due),
      purchase_price: line.price ?? null,
      purchase_price_currency: "EUR",
      reference: "",
    })),
  );
  return { purchaseOrders, purchaseOrderLines: lines.map((line, index) => ({ pk: index + 1, ...line })) };
}

export interface SaleNames {
  readonly companies: Keyed<CompanyRow>;
  readonly parts: Keyed<PartRow>;
  readonly stock: readonly StockItemRow[];
  readonly today: string;
}

/** Sales orders with their lines, and which stock is kept for them. */
export function saleTables(
  specs: readonly SaleSpec[],
  { companies, parts, stock, today }: SaleNames,
): Pick<Tables, "salesOrders" | "salesOrderLines" | "salesAllocations"> {
  const salesOrders = specs.map(
    (spec, index): SalesOrderRow => ({
      pk: index + 1,
      reference: spec.reference,
      description: spec.description,
      customer: companies.row(spec.customer).pk,
      status: SALE_STATUS[spec.status],
      creation_date: dayAfter(today, -20),
      issue_date: null,
      target_date: dayAfter(today, spec.due),
      total_price: total(spec.lines.map(({ quantity, price }) => quantity * (price ?? 0))),
    }),
  );
  const lines = specs.flatMap((spec, index) => spec.lines.map((line) => ({ order: index + 1, line })));
  const salesOrderLines = lines.map(({ order, line }, index) => ({
    pk: index + 1,
    order,
    part: parts.row(line.part).pk,
    quantity: line.quantity,
    shipped: line.shipped ?? 0,
    target_date: null,
    sale_price: line.price ?? null,
    sale_price_currency: "EUR",
    reference: "",
  }));
  const salesAllocations = lines.flatMap(({ line }, index): readonly SalesAllocationRow[] => {
    const item = stock.find((row) => row.part === parts.row(line.part).pk);
    if (!item || line.allocated === undefined) return [];
    return [{ line: index + 1, item: item.pk, quantity: line.allocated, shipped: false }];
  });
  return { salesOrders, salesOrderLines, salesAllocations };
}

function total(amounts: readonly number[]): number {
  return Math.round(amounts.reduce((sum, amount) => sum + amount, 0) * 100) / 100;
}
