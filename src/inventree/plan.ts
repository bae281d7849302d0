import {
  asksByWhen,
  asksForDemands,
  countsRequired,
  namesCategory,
  narrowsStock,
  type SnapshotRequest,
} from "../core/calculation/snapshot-request.ts";
import type { Query } from "./client.ts";
import { BOM_ROWS, ROW_COST, type RowCost, WIDE_ROWS } from "./request-estimate.ts";

/** A list of InvenTree's that is read page by page. */
export interface Listing {
  readonly path: string;
  readonly query: Query;
}

/** A listing of which only the rows of some parts are wanted. */
export interface PartListing extends Listing {
  /** What narrows it to the rows of one part. */
  readonly of: (pk: number) => Query;
  readonly rows: RowCost;
}

/** What a run has to read, as data. */
export interface Plan {
  /** Every part is wanted, not only what lists name and BOMs bring. */
  readonly allParts: boolean;
  readonly stockItems: boolean;
  /** Also without a named location: they show which stock is external. */
  readonly locations: boolean;
  readonly categories: boolean;
  /** What open orders require, line by line. */
  readonly required: boolean;
  /** Active builds with their days: somebody asks by when. */
  readonly builds: boolean;
  /** What is on order of every part that is reached; else it is asked of those that are missing, once that is known (offers.ts). */
  readonly orders: boolean;
}

/** Decides what has to be read. Whether it is followed or everything is read is decided on the way (request-estimate.ts). */
export function planReading(need: SnapshotRequest): Plan {
  const stock = narrowsStock(need);
  const isList = need.entries.length > 0;
  return {
    allParts: need.watch.some((rule) => rule.all === true),
    stockItems: stock,
    locations: stock,
    categories: namesCategory(need),
    required: countsRequired(need),
    builds: isList && asksByWhen(need),
    orders: isList && (need.orders === true || asksByWhen(need) || asksForDemands(need)),
  };
}

export const PARTS: Listing = { path: "/api/part/", query: {} };

/** All parts that are variants of another, whatever the depth; below one template by `of`. */
export const VARIANTS: PartListing = {
  path: "/api/part/",
  query: { is_variant: true },
  of: (template) => ({ ancestor: template }),
  rows: ROW_COST,
};

/** What could be built of each line costs the server much and nobody here asks for it. By `of` with inherited lines. */
export const BOM_LINES: PartListing = {
  path: "/api/bom/",
  query: { substitutes: true, can_build: false },
  of: (assembly) => ({ part: assembly }),
  rows: BOM_ROWS,
};

/** The parts in the BOM of one assembly. */
export function partsInBom(assembly: number): Listing {
  return { path: "/api/part/", query: { in_bom_for: assembly } };
}

/** The parts of a category and of those in it. */
export function partsInCategory(category: number): Listing {
  return { path: "/api/part/", query: { category, cascade: true } };
}

export const SUPPLIER_PARTS: PartListing = {
  path: "/api/company/part/",
  query: { supplier_detail: true },
  of: (part) => ({ part }),
  rows: ROW_COST,
};

export const PRICE_BREAKS: PartListing = {
  path: "/api/company/price-break/",
  query: {},
  of: (part) => ({ base_part: part }),
  rows: ROW_COST,
};

export const PURCHASE_ORDER_LINES: PartListing = {
  path: "/api/order/po-line/",
  // Who supplies it and in which packs comes with `part_detail`: without it, all supplier parts would have to be read.
  query: { pending: true, received: false, order_detail: true, part_detail: true },
  of: (part) => ({ base_part: part }),
  rows: WIDE_ROWS,
};

export const STOCK_ITEMS: PartListing = {
  path: "/api/stock/",
  query: { in_stock: true, part_detail: false },
  of: (part) => ({ part, include_variants: false }),
  rows: ROW_COST,
};

export const LOCATIONS: Listing = { path: "/api/stock/location/", query: {} };
export const CATEGORIES: Listing = { path: "/api/part/category/", query: {} };

export const BUILDS: PartListing = {
  path: "/api/build/",
  query: { active: true, part_detail: false },
  of: (part) => ({ part }),
  rows: ROW_COST,
};

export const BUILD_LINES: PartListing = {
  path: "/api/build/line/",
  query: { order_outstanding: true },
  of: (part) => ({ part }),
  rows: ROW_COST,
};

export const SALES_ORDER_LINES: PartListing = {
  path: "/api/order/so-line/",
  query: { order_outstanding: true, completed: false, order_detail: true },
  of: (part) => ({ part }),
  rows: ROW_COST,
};
