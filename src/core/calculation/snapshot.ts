/**
 * What was read from InvenTree for a run, shared by all its checks. Complete or absent: a snapshot never holds half of
 * what a calculation may ask of it. Quantities are as InvenTree gives them, in the part's unit.
 */
export interface Snapshot {
  /** Origin and path of the server without a trailing slash and without `/api`, for links. */
  readonly serverUrl: string;
  readonly apiVersion: number;
  /** RFC 3339. */
  readonly readAt: string;
  /** The server's default currency; null if it does not say. */
  readonly currency: string | null;
  /** How much of other currencies one of the server's own buys. */
  readonly rates?: Readonly<Record<string, number>>;
  readonly parts: ReadonlyMap<number, Part>;
  /** By the part that owns them; the lines a variant inherits stand under the template above it. Sorted by pk. */
  readonly bomLines: ReadonlyMap<number, readonly BomLine[]>;
  /** By part, of those of which somebody wants to know who supplies them (buying/to-order.ts); sorted by pk. */
  readonly supplierParts: ReadonlyMap<number, readonly SupplierPart[]>;
  /**
   * Price breaks by supplier part, of the parts of which something is to order; absent where nothing is. unreadable: the
   * token may not see them.
   */
  readonly offers?: ReadonlyMap<number, readonly PriceBreak[]> | "unreadable";
  /** Open purchase-order lines by part; sorted by pk. */
  readonly purchaseOrderLines: ReadonlyMap<number, readonly PurchaseOrderLine[]>;
  /** Active build orders by the part that they build; sorted by pk. Absent unless somebody asks by when, or how stock develops. */
  readonly builds?: ReadonlyMap<number, readonly BuildOrder[]>;
  /**
   * What open builds and sales still require, by part; sorted by pk, builds first. Absent unless somebody asks how stock
   * develops, and its policy counts them.
   */
  readonly demands?: ReadonlyMap<number, readonly Demand[]>;
  /** Items that count as in stock, by part. Absent unless a policy or a watch rule narrows stock. */
  readonly stockItems?: ReadonlyMap<number, readonly StockItem[]>;
  /** Absent unless a policy or a watch rule names a location. */
  readonly locations?: ReadonlyMap<number, StockLocation>;
  /** Absent unless a watch rule or a silence names a category. */
  readonly categories?: ReadonlyMap<number, StockLocation>;
}

export interface Part {
  readonly pk: number;
  readonly name: string;
  readonly ipn: string | null;
  readonly revision: string | null;
  readonly units: string;
  /** The part's own link, only if it is http(s). */
  readonly link: string | null;
  readonly category: number | null;
  readonly variantOf: number | null;
  readonly active: boolean;
  readonly assembly: boolean;
  readonly purchaseable: boolean;
  readonly virtual: boolean;
  readonly consumable: boolean;
  readonly isTemplate: boolean;
  readonly minimumStock: number;
  /** Own items only. */
  readonly inStock: number;
  readonly externalStock: number;
  readonly allocatedToBuildOrders: number;
  readonly allocatedToSalesOrders: number;
  /** Exact (not truncated) wherever a fraction can occur; never negative. This part only, no variants. */
  readonly requiredForBuildOrders: number;
  readonly requiredForSalesOrders: number;
  /** Open purchase orders, packs resolved, this part only. */
  readonly onOrder: number;
  /** Outputs of active build orders already created. */
  readonly building: number;
  /** What active build orders have still to complete. Overlaps `building`; never add them. */
  readonly scheduledToBuild: number;
  /** pk of the supplier part that older servers call the part's default. */
  readonly defaultSupplier?: number | null;
  readonly pricingMin: number | null;
  readonly pricingMax: number | null;
}

export interface BomLine {
  readonly pk: number;
  /** The assembly that owns the line. */
  readonly part: number;
  readonly subPart: number;
  /** Per assembly, in the sub-part's unit. */
  readonly quantity: number;
  /** Once per pooled build. */
  readonly setupQuantity: number;
  /** Percent. */
  readonly attrition: number;
  readonly roundingMultiple: number | null;
  readonly optional: boolean;
  readonly consumable: boolean;
  readonly inherited: boolean;
  readonly allowVariants: boolean;
  readonly validated: boolean;
  readonly reference: string;
  /** Sorted by pk of the part. */
  readonly substitutes: readonly number[];
}

export interface SupplierPart {
  readonly pk: number;
  readonly part: number;
  readonly active: boolean;
  readonly packQuantity: number;
  readonly sku: string;
  /** pk of the company; absent or null: the server does not say. */
  readonly supplier?: number | null;
  readonly supplierName: string;
  readonly mpn: string | null;
  /** Only if it is http(s). */
  readonly link: string | null;
  /** Newer servers mark one of a part. */
  readonly primary: boolean;
}

export interface PriceBreak {
  readonly pk: number;
  /** In packs. */
  readonly quantity: number;
  /** Of one pack. */
  readonly price: number;
  readonly currency: string;
}

export interface PurchaseOrderLine {
  readonly pk: number;
  readonly part: number;
  /** Not yet received, packs resolved. */
  readonly outstanding: number;
  /** The line's target date, else the order's; YYYY-MM-DD. */
  readonly targetDate: string | null;
  readonly order: number;
  readonly orderReference: string;
  /** Empty if the token may not see it. */
  readonly supplierName: string;
  /** false: a draft, or on hold. */
  readonly placed: boolean;
}

export interface BuildOrder {
  readonly pk: number;
  readonly part: number;
  /** Not yet completed. */
  readonly outstanding: number;
  /** YYYY-MM-DD. */
  readonly targetDate: string | null;
  readonly reference: string;
}

/** A line of a build order or of a sales order with something still to come off stock. */
export interface Demand {
  readonly kind: "build" | "sale";
  readonly pk: number;
  readonly part: number;
  /** Neither consumed nor shipped. */
  readonly outstanding: number;
  /** The build's; the line's, else the sales order's. YYYY-MM-DD. */
  readonly targetDate: string | null;
  readonly reference: string;
}

export interface StockItem {
  readonly pk: number;
  readonly part: number;
  readonly quantity: number;
  readonly location: number | null;
  /** At an external location. */
  readonly external: boolean;
  /** YYYY-MM-DD. */
  readonly expiryDate: string | null;
}

export interface StockLocation {
  readonly pk: number;
  readonly name: string;
  readonly parent: number | null;
  /** `Electronics/Connectors`. */
  readonly path: string;
}

/** The part of a snapshot that is read only for parts that are missing or low. */
export type Offers = Pick<Snapshot, "supplierParts" | "offers"> & Partial<Pick<Snapshot, "purchaseOrderLines">>;
