// What requests cost, in milliseconds: what InvenTree was measured to take on its own machine (docs/performance.md), and
// WAY_MS for each request to come and go. Only comparisons count; a faster server is faster in all of them.

const WAY_MS = 50;
/** A page without its rows. */
const PAGE_MS = 60 + WAY_MS;
/** A row that comes before the page: the database has to count it off. */
const SKIPPED_ROW_MS = 0.04;

/** A row of a list of parts and the like: 500 take 200 ms. */
export const ROW_MS = 0.4;
/** A BOM line: the server computes stock figures for each. */
export const BOM_ROW_MS = 1.15;
/** One thing asked for by its pk, or the few rows of one part. */
export const SINGLE_MS = 50 + WAY_MS;
/** A short list that the server has to look for: parts of a BOM, parts by name. */
export const SHORT_LIST_MS = 70 + WAY_MS;

export interface Extent {
  /** Rows of the listing. */
  readonly count: number;
  readonly pageSize: number;
  readonly rowMs: number;
}

/** All pages of a listing, or, if its first page is there, the others. */
export function pagesMs({ count, pageSize, rowMs }: Extent, from: "first" | "second" = "first"): number {
  const pages = Math.max(1, Math.ceil(count / pageSize));
  const skippedPages = from === "first" ? 0 : 1;
  const rows = Math.max(0, count - skippedPages * pageSize);
  const skippedRows = (pageSize * (pages * (pages - 1))) / 2;
  return (pages - skippedPages) * PAGE_MS + rows * rowMs + skippedRows * SKIPPED_ROW_MS;
}

/** A choice that is made again and again: to go on asking for what is needed, or to read everything. */
export interface Choice {
  /** Whether reading everything is now the cheaper plan, if the next step costs so many milliseconds. */
  readonly isEverythingCheaper: (nextMs: number) => boolean;
  /** Counts what was asked for. */
  readonly spend: (ms: number) => void;
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

/**
 * Compares what the steps so far and the next one cost, twice, with everything. So needs are followed only as long as
 * that is clearly cheaper, and whoever gives up has wasted less than half of what reading everything costs.
 */
export function startChoice(everythingMs: number): Choice {
  let spent = 0;
  return {
    isEverythingCheaper: (nextMs) => CAUTION * (spent + nextMs) > everythingMs,
    spend: (ms) => {
      spent += ms;
    },
  };
}
