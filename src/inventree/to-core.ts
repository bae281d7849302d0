import { rounded } from "../core/calculation/quantity.ts";
import type {
  BomLine,
  BuildOrder,
  Part,
  PriceBreak,
  PurchaseOrderLine,
  StockItem,
  StockLocation,
  SupplierPart,
} from "../core/calculation/snapshot.ts";
import type { RowReader } from "./row-reader.ts";

// Raw rows into core's types. Texts pass unchanged, whatever they hold: who shows them escapes them.
// All of these throw FailureError (incomplete) that names the field which cannot be read.

// A row is looked at several times while a snapshot is read, and never changes.
const parts = new WeakMap<RowReader, Part>();

/** A part from a row of the list; its required quantity may still be truncated, see order-requirements.ts. */
export function toPart(row: RowReader): Part {
  const known = parts.get(row);
  if (known !== undefined) return known;
  const part = partOf(row);
  parts.set(row, part);
  return part;
}

function partOf(row: RowReader): Part {
  return {
    pk: row.pk,
    name: row.text("name"),
    ipn: row.textOrNull("IPN"),
    revision: row.textOrNull("revision"),
    units: row.textOrNull("units") ?? "",
    link: toLink(row.textOrNull("link")),
    category: row.keyOrNull("category"),
    variantOf: row.keyOrNull("variant_of"),
    active: row.flag("active"),
    assembly: row.flag("assembly"),
    purchaseable: row.flag("purchaseable"),
    virtual: row.flag("virtual"),
    consumable: row.flagOr("consumable", false), // since API 516
    isTemplate: row.flag("is_template"),
    minimumStock: row.amount("minimum_stock"),
    inStock: row.amount("in_stock"),
    externalStock: row.amount("external_stock"),
    allocatedToBuildOrders: row.amount("allocated_to_build_orders"),
    allocatedToSalesOrders: row.amount("allocated_to_sales_orders"),
    requiredForBuildOrders: Math.max(0, row.amount("required_for_build_orders")),
    requiredForSalesOrders: Math.max(0, row.amount("required_for_sales_orders")),
    onOrder: row.amount("ordering"),
    building: row.amount("building"),
    scheduledToBuild: row.amount("scheduled_to_build"),
    defaultSupplier: row.keyOrNull("default_supplier"),
    pricingMin: row.amountOrNull("pricing_min"),
    pricingMax: row.amountOrNull("pricing_max"),
  };
}

/** A line of a bill of materials, with its substitutes: a server that left them out is noticed. */
export function toBomLine(row: RowReader): BomLine {
  const multiple = row.amountOrNull("rounding_multiple");
  const substitutes = row.rows("substitutes").map((substitute) => substitute.key("part"));
  return {
    pk: row.pk,
    part: row.key("part"),
    subPart: row.key("sub_part"),
    quantity: row.quantity("quantity"),
    setupQuantity: row.quantity("setup_quantity"),
    attrition: row.quantity("attrition"),
    roundingMultiple: multiple !== null && multiple > 0 ? multiple : null,
    optional: row.flag("optional"),
    consumable: row.flag("consumable"),
    inherited: row.flag("inherited"),
    allowVariants: row.flag("allow_variants"),
    validated: row.flag("validated"),
    reference: row.textOrNull("reference") ?? "",
    substitutes: [...new Set(substitutes)].sort((a, b) => a - b),
  };
}

/** The supplier's name is empty if the token may not see companies: InvenTree then leaves the detail out. */
export function toSupplierPart(row: RowReader): SupplierPart {
  return {
    pk: row.pk,
    part: row.key("part"),
    active: row.flag("active"),
    packQuantity: row.quantity("pack_quantity_native"),
    sku: row.textOrNull("SKU") ?? "",
    supplier: row.keyOrNull("supplier"),
    supplierName: row.rowOrNull("supplier_detail")?.textOrNull("name") ?? "",
    mpn: row.textOrNull("MPN"),
    link: toLink(row.textOrNull("link")),
    primary: row.flagOr("primary", false),
  };
}

/** A price of a supplier part; null where it names none. */
export function toPriceBreak(row: RowReader): (PriceBreak & { readonly supplierPart: number }) | null {
  const price = row.amountOrNull("price");
  const quantity = row.quantity("quantity");
  const currency = row.textOrNull("price_currency") ?? "";
  return price === null || price < 0 ? null : { pk: row.pk, supplierPart: row.key("part"), quantity, price, currency };
}

/** Statuses of orders that are neither complete nor given up: pending, placed, on hold. */
const OPEN_PURCHASE_ORDER = [10, 20, 25];
const PLACED = 20;

/**
 * An open purchase-order line with something still to come, in the part's unit; null for any other line: a server that
 * does not know the filter sends those too, and of parts that are not wanted. A line whose supplier part is gone counts
 * nowhere in InvenTree, nor here.
 */
export function toPurchaseOrderLine(row: RowReader, isWanted: (part: number) => boolean): PurchaseOrderLine | null {
  const order = row.row("order_detail");
  const packs = row.amount("quantity") - row.amount("received");
  const isOpen = OPEN_PURCHASE_ORDER.includes(order.amount("status"));
  if (!isOpen || row.keyOrNull("part") === null || packs <= 0) return null;
  const supplierPart = row.row("supplier_part_detail");
  const part = supplierPart.key("part");
  const outstanding = rounded(packs * supplierPart.quantity("pack_quantity_native"));
  // Packs of nothing bring nothing.
  if (!isWanted(part) || outstanding <= 0) return null;
  return {
    pk: row.pk,
    part,
    outstanding,
    targetDate: row.dateOrNull("target_date") ?? order.dateOrNull("target_date"),
    order: order.pk,
    orderReference: order.text("reference"),
    supplierName: order.textOrNull("supplier_name") ?? "",
    placed: order.amount("status") === PLACED,
  };
}

/** Pending, production, on hold. */
const ACTIVE_BUILD = [10, 20, 25];

/** A server that does not know the filter sends finished builds, too. */
export function isActiveBuild(row: RowReader): boolean {
  return ACTIVE_BUILD.includes(row.amount("status"));
}

/** A build order with something still to come; null for any other. */
export function toBuildOrder(row: RowReader): BuildOrder | null {
  const outstanding = rounded(row.amount("quantity") - row.amount("completed"));
  if (!isActiveBuild(row) || outstanding <= 0) return null;
  const targetDate = row.dateOrNull("target_date");
  return { pk: row.pk, part: row.key("part"), outstanding, targetDate, reference: row.text("reference") };
}

/** An item that counts as in stock; null for any other: a server that does not know the filter sends those too. */
export function toStockItem(row: RowReader, externalLocations: ReadonlySet<number>): StockItem | null {
  if (!row.flag("in_stock")) return null;
  const location = row.keyOrNull("location");
  return {
    pk: row.pk,
    part: row.key("part"),
    quantity: row.amount("quantity"),
    location,
    external: location !== null && externalLocations.has(location),
    expiryDate: row.dateOrNull("expiry_date"),
  };
}

/** A location or category. */
export function toPlace(row: RowReader): StockLocation {
  const name = row.text("name");
  return {
    pk: row.pk,
    name,
    parent: row.keyOrNull("parent"),
    path: row.textOrNull("pathstring") ?? name,
  };
}

/** Only what a browser may open from a mail. */
function toLink(text: string | null): string | null {
  const url = text === null ? null : URL.parse(text.trim());
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}
