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
export function pagesMs(extent: Extent, from: "first" | "second" = "first"): number {
  const { count, pageSize, rows } = extent;
  const pages = pagesOf(extent);
  const gone = from === "first" ? 0 : 1;
  const read = Math.max(0, count - gone * pageSize);
  const skipped = (pageSize * pages * (pages - 1)) / 2;
  return (pages - gone) * PAGE_MS + read * rows.rowMs + skipped * rows.skippedRowMs;
}

function pagesOf({ count, pageSize }: Extent): number {
  return Math.max(1, Math.ceil(count / pageSize));
}

/**
 * Asking for single things has to cost less than half: what lies below them is likely to cost as much again, and many
 * small requests weigh more on a server than few large ones.
 */
const CAUTION = 2;

/** Whether so many single requests are clearly cheaper than all those pages. */
export function areSinglesCheaper(singles: number, allPagesMs: number): boolean {
  return CAUTION * singles * SINGLE_MS < allPagesMs;
}

/** Some requests and what they cost. */
export interface RequestEstimate {
  readonly requests: number;
  readonly ms: number;
}

/** A choice that is made again and again: to go on asking for what is needed, or to read everything. */
export interface FetchStrategy {
  /** Whether reading everything is now the better plan, if this is the next step. */
  readonly isEverythingCheaper: (next: RequestEstimate) => boolean;
  /** Counts what was requested. */
  readonly spend: (price: RequestEstimate) => void;
}

/**
 * Compares the steps so far and the next one with all pages. Needs are followed only as long as that takes no more
 * requests than there are pages, and clearly less time. So whoever gives up has wasted fewer requests than there are
 * pages, and less than half of the time that reading everything takes.
 */
export function startChoice(everything: Extent): FetchStrategy {
  const allMs = pagesMs(everything);
  const pages = pagesOf(everything);
  let requests = 0;
  let ms = 0;
  return {
    isEverythingCheaper: (next) => requests + next.requests > pages || CAUTION * (ms + next.ms) > allMs,
    spend: (price) => {
      requests += price.requests;
      ms += price.ms;
    },
  };
}
