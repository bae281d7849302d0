// A snapshot of a few words: what a test does not say is as dull as possible.
import type {
  BomLine,
  BuildOrder,
  Part,
  PurchaseOrderLine,
  Snapshot,
  StockItem,
  StockLocation,
  SupplierPart,
} from "../../../src/core/calculation/snapshot.ts";

export type PartGiven = Partial<Part> & { readonly pk: number };
export type LineGiven = Partial<BomLine> & { readonly pk: number; readonly part: number; readonly subPart: number };
type SupplierGiven = Partial<SupplierPart> & { readonly pk: number; readonly part: number };
type OrderGiven = Partial<PurchaseOrderLine> & { readonly pk: number; readonly part: number };
type BuildGiven = Partial<BuildOrder> & { readonly pk: number; readonly part: number };
type ItemGiven = Partial<StockItem> & { readonly pk: number; readonly part: number };
export type PlaceGiven = Partial<StockLocation> & { readonly pk: number };

export interface SnapshotGiven {
  readonly parts: readonly PartGiven[];
  readonly lines?: readonly LineGiven[];
  /** Unless given, each part has one, in packs of 1. */
  readonly supplierParts?: readonly SupplierGiven[];
  readonly orders?: readonly OrderGiven[];
  readonly offers?: Snapshot["offers"] & {};
  readonly rates?: Readonly<Record<string, number>>;
  readonly builds?: readonly BuildGiven[];
  readonly stockItems?: readonly ItemGiven[];
  readonly locations?: readonly PlaceGiven[];
  readonly categories?: readonly PlaceGiven[];
}

/** Parts that own lines are assemblies, parts with variants are templates; all others are bought. */
export function snapshotOf(given: SnapshotGiven): Snapshot {
  const lines = given.lines ?? [];
  const owners = new Set(lines.map((line) => line.part));
  const templates = new Set(given.parts.map((part) => part.variantOf));
  const parts = given.parts.map((part) =>
    partOf(part, { assembly: owners.has(part.pk), isTemplate: templates.has(part.pk) }),
  );
  return {
    serverUrl: "https://inventree.example",
    apiVersion: 530,
    readAt: "2026-11-20T08:00:00Z",
    currency: "EUR",
    parts: new Map(parts.map((part) => [part.pk, part])),
    bomLines: byPart(lines.map(lineOf)),
    supplierParts: byPart((given.supplierParts ?? given.parts.map(({ pk }) => ({ pk, part: pk }))).map(supplierOf)),
    purchaseOrderLines: byPart((given.orders ?? []).map(orderOf)),
    ...(given.offers === undefined ? {} : { offers: given.offers }),
    ...(given.rates === undefined ? {} : { rates: given.rates }),
    ...(given.builds === undefined ? {} : { builds: byPart(given.builds.map(buildOf)) }),
    ...(given.stockItems === undefined ? {} : { stockItems: byPart(given.stockItems.map(itemOf)) }),
    ...(given.locations === undefined ? {} : { locations: placesOf(given.locations) }),
    ...(given.categories === undefined ? {} : { categories: placesOf(given.categories) }),
  };
}

function partOf(given: PartGiven, kind: { readonly assembly: boolean; readonly isTemplate: boolean }): Part {
  return {
    name: `Part ${given.pk}`,
    ipn: null,
    revision: null,
    units: "",
    link: null,
    category: null,
    variantOf: null,
    active: true,
    ...kind,
    purchaseable: !kind.assembly,
    virtual: false,
    consumable: false,
    minimumStock: 0,
    inStock: 0,
    externalStock: 0,
    allocatedToBuildOrders: 0,
    allocatedToSalesOrders: 0,
    requiredForBuildOrders: 0,
    requiredForSalesOrders: 0,
    onOrder: 0,
    building: 0,
    scheduledToBuild: 0,
    pricingMin: null,
    pricingMax: null,
    ...given,
  };
}

function lineOf(given: LineGiven): BomLine {
  return {
    quantity: 1,
    setupQuantity: 0,
    attrition: 0,
    roundingMultiple: null,
    optional: false,
    consumable: false,
    inherited: false,
    allowVariants: false,
    validated: true,
    reference: "",
    substitutes: [],
    ...given,
  };
}

function supplierOf(given: SupplierGiven): SupplierPart {
  return {
    active: true,
    packQuantity: 1,
    sku: `SKU-${given.pk}`,
    supplierName: "Supplier",
    mpn: null,
    link: null,
    primary: false,
    ...given,
  };
}

function orderOf(given: OrderGiven): PurchaseOrderLine {
  return {
    outstanding: 0,
    targetDate: null,
    order: given.pk,
    orderReference: `PO-${given.pk}`,
    supplierName: "Supplier",
    placed: true,
    ...given,
  };
}

function buildOf(given: BuildGiven): BuildOrder {
  return { outstanding: 0, targetDate: null, reference: `BO-${given.pk}`, ...given };
}

function itemOf(given: ItemGiven): StockItem {
  return { quantity: 0, location: null, external: false, expiryDate: null, ...given };
}

function placesOf(given: readonly PlaceGiven[]): ReadonlyMap<number, StockLocation> {
  return new Map(
    given.map((place) => [place.pk, { name: `Place ${place.pk}`, parent: null, path: `Place ${place.pk}`, ...place }]),
  );
}

function byPart<Row extends { readonly part: number }>(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
  return Map.groupBy(rows, (row) => row.part);
}
