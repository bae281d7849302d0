import {
  asksByWhen,
  countsRequired,
  namedParts,
  namesCategory,
  narrowsStock,
  type SnapshotRequest,
} from "../core/calculation/snapshot-request.ts";
import type { Query } from "./client.ts";
import { ROW_COST, SHORT_LIST_MS, SINGLE_MS, startChoice } from "./request-estimate.ts";

/** A list of InvenTree's that is read page by page. */
export interface Listing {
  readonly path: string;
  readonly query: Query;
}

/** A listing of which only the rows of some parts are wanted. */
export interface PartListing extends Listing {
  /** What narrows it to the rows of one part. */
  readonly of: (pk: number) => Query;
}

/** How a run begins to read, as data. */
export interface ReadPlan {
  /**
   * all: every part, in pages. reached: those that lists name and BOMs bring, level by level, until reading all turns
   * out to be cheaper.
   */
  readonly parts: "all" | "reached";
  /** The same of BOM lines, assembly by assembly. none: no list has entries, and stock alone is watched. */
  readonly bomLines: "all" | "reached" | "none";
  readonly stockItems: boolean;
  /** Also without a named location: they show which stock is external. */
  readonly locations: boolean;
  readonly categories: boolean;
  /** What open orders require, line by line. */
  readonly required: boolean;
  /** Active builds with their days: somebody asks by when. */
  readonly builds: boolean;
}

/** How much a server holds. */
export interface ServerSize {
  readonly parts: number;
  /** null: not requested, because no list has entries. */
  readonly bomLines: number | null;
  /** Rows a page. */
  readonly pageSize: number;
}

/**
 * Decides how to begin. What fits one page is read whole, for one request; a longer listing only where naming what is
 * needed would already cost about as much (cost.ts).
 */
export function planReading(need: SnapshotRequest, { parts, bomLines, pageSize }: ServerSize): ReadPlan {
  const stock = narrowsStock(need);
  const { pks, names, ipns } = namedParts(need);
  const entries = new Set(
    need.entries.map((entry) => JSON.stringify([entry.pk, entry.ipn, entry.name, entry.version])),
  );
  // Variants are read in any case, and each entry is likely to be an assembly.
  const lists = Math.ceil((names.size + ipns.size) / NAMES_A_LIST) + 1 + entries.size;
  const least = { requests: lists + pks.size, ms: lists * SHORT_LIST_MS + pks.size * SINGLE_MS };
  const allParts =
    parts <= pageSize ||
    need.watch.some((rule) => rule.all === true) ||
    startChoice({ count: parts, pageSize, rows: ROW_COST }).isEverythingCheaper(least);
  return {
    parts: allParts ? "all" : "reached",
    bomLines: bomLines === null ? "none" : bomLines <= pageSize ? "all" : "reached",
    stockItems: stock,
    locations: stock,
    categories: namesCategory(need),
    required: countsRequired(need),
    builds: asksByWhen(need),
  };
}

/** About so many names fit one address. */
const NAMES_A_LIST = 100;

export const PARTS: Listing = { path: "/api/part/", query: {} };

/** All parts that are variants of another, whatever the depth; below one template by `of`. */
export const VARIANTS: PartListing = {
  path: "/api/part/",
  query: { is_variant: true },
  of: (template) => ({ ancestor: template }),
};

/** What could be built of each line costs the server much and nobody here asks for it. By `of` with inherited lines. */
export const BOM_LINES: PartListing = {
  path: "/api/bom/",
  query: { substitutes: true, can_build: false },
  of: (assembly) => ({ part: assembly }),
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
};

export const PRICE_BREAKS: PartListing = {
  path: "/api/company/price-break/",
  query: {},
  of: (part) => ({ base_part: part }),
};

export const PURCHASE_ORDER_LINES: PartListing = {
  path: "/api/order/po-line/",
  // Who supplies it and in which packs comes with `part_detail`: without it, all supplier parts would have to be read.
  query: { pending: true, order_detail: true, part_detail: true },
  of: (part) => ({ base_part: part }),
};

export const STOCK_ITEMS: PartListing = {
  path: "/api/stock/",
  query: { in_stock: true, part_detail: false },
  of: (part) => ({ part, include_variants: false }),
};

export const LOCATIONS: Listing = { path: "/api/stock/location/", query: {} };
export const CATEGORIES: Listing = { path: "/api/part/category/", query: {} };

export const BUILDS: PartListing = {
  path: "/api/build/",
  query: { active: true, part_detail: false },
  of: (part) => ({ part }),
};

export const BUILD_LINES: PartListing = {
  path: "/api/build/line/",
  query: { order_outstanding: true },
  of: (part) => ({ part }),
};

export const SALES_ORDER_LINES: PartListing = {
  path: "/api/order/so-line/",
  query: { order_outstanding: true, order_detail: true },
  of: (part) => ({ part }),
};
