// What requests cost, in milliseconds: what InvenTree was measured to take on its own machine (docs/performance.md), and
// WAY_MS for each request to come and go. Only comparisons count; a faster server is faster in all of them.

const WAY_MS = 50;
/** A page without its rows. */
const PAGE_MS = 60 + WAY_MS;

/** What rows of a listing cost. */
export interface RowCost {
  readonly rowMs: number;
  /** A row that comes before the page: the database has to count it off. */
  readonly skippedRowMs: number;
}

/** Parts and the like: 500 rows take 200 ms. */
export const ROW_COST: RowCost = { rowMs: 0.4, skippedRowMs: 0.04 };
/** Rows that bring their order, part and supplier part along: nearly twice as long as parts, and as slow. */
export const WIDE_ROWS: RowCost = { rowMs: 0.7, skippedRowMs: 0.04 };
/** BOM lines: the server computes stock figures for each, beside which counting off does not matter. */
export const BOM_ROWS: RowCost = { rowMs: 1.15, skippedRowMs: 0 };
/** One thing requested by its pk, or the few rows of one part. */
export const SINGLE_MS = 50 + WAY_MS;
/** A short list that the server has to look for: parts of a BOM, parts by name. */
export const SHORT_LIST_MS = 70 + WAY_MS;

export interface Extent {
  /** Rows of the listing. */
  readonly count: number;
  readonly pageSize: number;
  readonly rows: RowCost;
}

/** All pages of a listing, or, if its first page is there, the others. */
export function pagesMs({ count, pageSize, rows }: Extent, from: "first" | "second" = "first"): number {
  const pages = Math.max(1, Math.ceil(count / pageSize));
  const gone = from === "first" ? 0 : 1;
  const read = Math.max(0, count - gone * pageSize);
  const skipped = (pageSize * pages * (pages - 1)) / 2;
  return (pages - gone) * PAGE_MS + read * rows.rowMs + skipped * rows.skippedRowMs;
}

/** A choice that is made again and again: to go on asking for what is needed, or to read everything. */
export interface FetchStrategy {
  /**
   * How many rows there are, if reading all of them is now better than a next step that costs so much; null: go on. May have
   * to ask.
   */
  readonly countIfCheaper: (nextMs: number) => Promise<number | null>;
  /** Counts what was asked for. */
  readonly spend: (ms: number) => void;
}

/** Following needs has to cost clearly less than reading everything: what lies below is likely to cost as much again. */
const CAUTION = 2;
/** For so little nobody asks how much there is: about what a full page costs. */
const NOT_WORTH_A_COUNT_MS = 400;

/**
 * Compares the steps so far and the next one with all pages: who gives up has wasted less than half of what reading
 * everything takes, or next to nothing.
 */
export function startChoice({
  countRows,
  ...extent
}: Omit<Extent, "count"> & { readonly countRows: () => Promise<number> }): FetchStrategy {
  let spentMs = 0;
  let count: number | undefined;
  return {
    countIfCheaper: async (nextMs) => {
      if (spentMs + nextMs <= NOT_WORTH_A_COUNT_MS) return null;
      count ??= await countRows();
      return CAUTION * (spentMs + nextMs) > pagesMs({ ...extent, count }) ? count : null;
    },
    spend: (ms) => {
      spentMs += ms;
    },
  };
}
