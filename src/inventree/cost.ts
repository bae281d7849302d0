// What requests cost a server, as InvenTree was measured (docs/performance.md): so much for each request and each row,
// and a little for each row before the page. Only comparisons count; a faster server is faster in all of them.

/** Milliseconds for a row of a list of parts and the like: 500 take 200 ms. */
export const ROW_MS = 0.4;
/** Milliseconds for a BOM line: the server computes stock figures for each. */
export const BOM_ROW_MS = 1.15;
/** Milliseconds for one thing asked for by its pk, or the few rows of one part. */
export const SINGLE_MS = 50;
/** Milliseconds for a short list that the server has to look for: parts of a BOM, parts by name. */
export const SHORT_LIST_MS = 70;

const PAGE_MS = 60;
const SKIPPED_ROW_MS = 0.04;

export interface Extent {
  /** Rows of the listing. */
  readonly count: number;
  readonly pageSize: number;
  readonly rowMs: number;
}

/** Milliseconds for all pages of a listing, or, if its first page is there, for the others. */
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

/** What lies below is expected to cost as much again as what is known. */
const FORESIGHT = 2;

/**
 * Compares what the steps so far and the next one cost, twice, with everything. So needs are followed only as long as
 * that is clearly cheaper, and whoever gives up has wasted less than half of what reading everything costs.
 */
export function startChoice(everythingMs: number): Choice {
  let spent = 0;
  return {
    isEverythingCheaper: (nextMs) => FORESIGHT * (spent + nextMs) > everythingMs,
    spend: (ms) => {
      spent += ms;
    },
  };
}
