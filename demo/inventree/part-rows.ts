import { tidy } from "./figures.ts";
import type { Json, JsonObject } from "./json.ts";
import type { BomLineRow, PartRow } from "./tables.ts";
import type { Database } from "./warehouse.ts";

/** A part as lists and its own page show it. */
export function partRow(warehouse: Database, part: PartRow): JsonObject {
  const category = part.category === null ? undefined : warehouse.categories.get(part.category);
  return {
    ...PART_DEFAULTS,
    ...baseFields(part),
    ...part.more,
    category: part.category,
    category_name: category?.row.name ?? "",
    full_name: fullName(part),
    minimum_stock: part.minimum_stock,
    revision_of: part.revision_of,
    revision_count: warehouse.revisionsOf.get(part.pk) ?? 0,
    keywords: part.keywords,
    link: part.link,
    variant_of: part.variant_of,
    pricing_min: part.pricing_min,
    pricing_max: part.pricing_max,
    category_default_location: null,
    ...stockFields(warehouse, part.pk),
  };
}

/** A part as it stands in `part_detail`; its minimum stock is a string there. */
export function partBrief(part: PartRow, pricing: "priced" | "unpriced" = "priced"): JsonObject {
  const { image, thumbnail, barcode_hash, default_location, default_expiry, locked } = {
    ...PART_DEFAULTS,
    ...part.more,
  };
  const prices = pricing === "priced" ? { pricing_min: part.pricing_min, pricing_max: part.pricing_max } : {};
  return {
    ...baseFields(part),
    full_name: fullName(part),
    image,
    thumbnail,
    barcode_hash,
    default_location,
    default_expiry,
    locked,
    category_default_location: null,
    minimum_stock: part.minimum_stock.toFixed(6),
    ...prices,
  };
}

/** `IPN | name | revision`, as far as they are there. */
export function fullName(part: PartRow): string {
  return [part.IPN, part.name, part.revision].filter((word) => word !== null && word !== "").join(" | ");
}

/** Own stock, less what is allocated, never below 0. */
export function availableStock(warehouse: Database, part: number): number {
  return Math.max(0, freeStock(warehouse, part));
}

/** What variants have free, together; never below 0. */
export function availableVariantStock(warehouse: Database, part: number): number {
  return Math.max(
    0,
    total(warehouse.below(part), (variant) => freeStock(warehouse, variant)),
  );
}

/** A BOM line's own view of stock; its `can_build` ignores rounding and counts variants whether allowed or not. */
export function lineStock(warehouse: Database, line: BomLineRow): JsonObject & { readonly can_build: number } {
  const own = availableStock(warehouse, line.sub_part);
  const variants = availableVariantStock(warehouse, line.sub_part);
  const substituteParts = (warehouse.substitutesOf.get(line.pk) ?? []).map((row) => row.part);
  const substitutes = Math.max(
    0,
    total(substituteParts, (part) => freeStock(warehouse, part)),
  );
  const figures = warehouse.figures(line.sub_part);
  const perAssembly = line.quantity * (1 + line.attrition / 100);
  const usable = own + variants + substitutes - line.setup_quantity;
  return {
    available_stock: own,
    available_substitute_stock: substitutes,
    available_variant_stock: variants,
    external_stock: figures.external,
    on_order: figures.onOrder,
    building: figures.building,
    can_build: perAssembly > 0 ? Math.max(0, usable / perAssembly) : 0,
  };
}

/** The lines of an assembly and those it inherits from the templates above it, by pk. */
export function linesWithInherited(warehouse: Database, part: number): readonly BomLineRow[] {
  const inherited = warehouse
    .above(part)
    .flatMap((template) => (warehouse.linesOf.get(template) ?? []).filter((line) => line.inherited));
  return [...(warehouse.linesOf.get(part) ?? []), ...inherited].sort((a, b) => a.pk - b.pk);
}

/** `part/<pk>/requirements/`: exact, and with all variants except for what is on order. */
export function requirements(warehouse: Database, part: PartRow): JsonObject {
  const tree = [part.pk, ...warehouse.below(part.pk)].map(warehouse.figures);
  const stock = total(tree, (figures) => figures.inStock);
  const allocatedToBuilds = total(tree, (figures) => figures.allocatedToAnyBuild);
  const allocatedToSales = total(tree, (figures) => figures.allocatedToSales);
  return {
    total_stock: stock,
    unallocated_stock: Math.max(0, tidy(stock - allocatedToBuilds - allocatedToSales)),
    can_build: canBuild(warehouse, part.pk),
    ordering: warehouse.figures(part.pk).onOrder,
    building: total(tree, (figures) => figures.building),
    scheduled_to_build: Math.trunc(total(tree, (figures) => figures.scheduled)),
    required_for_build_orders: total(tree, (figures) => figures.requiredForBuildsClamped),
    allocated_to_build_orders: allocatedToBuilds,
    required_for_sales_orders: total(tree, (figures) => figures.requiredForSalesClamped),
    allocated_to_sales_orders: allocatedToSales,
  };
}

/** A sum without the dust of binary fractions. */
export function total<Row>(rows: readonly Row[], amount: (row: Row) => number): number {
  return tidy(rows.reduce((sum, row) => sum + amount(row), 0));
}

const PART_DEFAULTS = {
  barcode_hash: "",
  creation_date: null,
  creation_user: null,
  default_expiry: 0,
  default_location: null,
  image: null,
  thumbnail: "/static/img/blank_image.thumbnail.png",
  locked: false,
  maximum_stock: 0,
  starred: false,
  pricing_updated: null,
  responsible: null,
} satisfies JsonObject;

function baseFields(part: PartRow): JsonObject {
  return {
    pk: part.pk,
    name: part.name,
    IPN: part.IPN,
    revision: part.revision,
    description: part.description,
    units: part.units,
    active: part.active,
    assembly: part.assembly,
    component: part.component,
    is_template: part.is_template,
    purchaseable: part.purchaseable,
    salable: part.salable,
    testable: part.testable,
    trackable: part.trackable,
    virtual: part.virtual,
    consumable: part.consumable,
  };
}

/** `unallocated_stock` mixes scopes: variants' stock is in it, their allocations are not. Required is truncated. */
function stockFields(warehouse: Database, part: number): Record<string, Json> {
  const own = warehouse.figures(part);
  const variantStock = total(warehouse.below(part), (variant) => warehouse.figures(variant).inStock);
  const stock = tidy(own.inStock + variantStock);
  return {
    in_stock: own.inStock,
    variant_stock: variantStock,
    total_in_stock: stock,
    external_stock: own.external,
    stock_item_count: own.items,
    allocated_to_build_orders: own.allocatedToBuilds,
    allocated_to_sales_orders: own.allocatedToSales,
    unallocated_stock: Math.max(0, tidy(stock - own.allocatedToBuilds - own.allocatedToSales)),
    required_for_build_orders: Math.trunc(own.requiredForBuilds),
    required_for_sales_orders: Math.trunc(own.requiredForSales),
    ordering: own.onOrder,
    building: own.building,
    scheduled_to_build: own.scheduled,
  };
}

function freeStock(warehouse: Database, part: number): number {
  const { inStock: stock, allocatedToBuilds, allocatedToSales } = warehouse.figures(part);
  return tidy(stock - allocatedToBuilds - allocatedToSales);
}

/** InvenTree's single-level figure: optional lines count, virtual and consumable parts do not; 0 without a BOM. */
function canBuild(warehouse: Database, part: number): number {
  const counting = linesWithInherited(warehouse, part).filter((line) => {
    const subPart = warehouse.parts.get(line.sub_part);
    return subPart && !subPart.virtual && !subPart.consumable && !line.consumable;
  });
  const least = Math.min(...counting.map((line) => lineStock(warehouse, line).can_build));
  return Number.isFinite(least) ? Math.floor(least) : 0;
}
