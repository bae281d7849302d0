import type { Clock } from "../core/clock.ts";
import type { Log } from "../core/log.ts";
import type { Client, Query } from "./client.ts";
import { type Fields, fieldsOf, incomplete, isRow } from "./field.ts";
import type { Listing } from "./plan.ts";
import { backoffMs } from "./retry.ts";

/** What reading needs of the world. */
export interface Reading {
  readonly client: Client;
  readonly clock: Clock;
  readonly log: Log;
  /** Stops everything that is still under way. */
  readonly signal: AbortSignal;
}

const MAX_READINGS = 3;

/**
 * Reads all rows of a listing, page by page at offsets of our own (`next` is never followed). Pages of a list that
 * changes meanwhile can repeat or miss rows: then everything is read again, three times at most. Rows are sorted by pk.
 * Throws FailureError (incomplete).
 */
export async function sweep(reading: Reading, listing: Listing): Promise<readonly Fields[]> {
  for (let attempt = 1; ; attempt++) {
    const pages = await readPages(reading, listing);
    const rows = pages.flatMap((page) => page.results).map((row) => fieldsOf(row, listing.path));
    const wrong = discrepancy(pages, rows);
    if (wrong === undefined) return rows.sort((a, b) => a.pk - b.pk);
    const words = `[GET] ${listing.path}: the list changed while it was read (${wrong})`;
    if (attempt >= MAX_READINGS) throw incomplete(`${words}, ${attempt} times in a row`, true);
    const ms = backoffMs({ attempt, retryAfterMs: undefined, random: reading.clock.random() });
    reading.log.info(`${words}, reading it again`, { attempt, wait_ms: ms });
    await reading.clock.sleep(ms);
    reading.signal.throwIfAborted();
  }
}

interface Page {
  readonly count: number;
  readonly results: readonly unknown[];
}

async function readPages(reading: Reading, listing: Listing): Promise<readonly Page[]> {
  const { pageSize } = reading.client;
  const first = await readPage(reading, listing, 0);
  const more = Math.max(0, Math.ceil(first.count / pageSize) - 1);
  const rest = Array.from({ length: more }, (_, index) => readPage(reading, listing, (index + 1) * pageSize));
  return [first, ...(await Promise.all(rest))];
}

async function readPage({ client, signal }: Reading, listing: Listing, offset: number): Promise<Page> {
  const query: Query = { ...listing.query, limit: client.pageSize, offset };
  const complaint = (body: unknown) => (isPage(body) ? undefined : "the answer is no page with count and results");
  const body = await client.get(listing.path, query, { signal, complaint });
  if (!isPage(body)) throw incomplete(`[GET] ${listing.path}: the answer is no page with count and results`);
  if (body.results.length <= client.pageSize) return body;
  throw incomplete(`[GET] ${listing.path}: ${body.results.length} rows came where ${client.pageSize} were asked for`);
}

function isPage(body: unknown): body is Page & Readonly<Record<string, unknown>> {
  if (!isRow(body)) return false;
  const { count, results } = body;
  return typeof count === "number" && Number.isSafeInteger(count) && count >= 0 && Array.isArray(results);
}

/** Why these pages cannot be one whole list, in words. */
function discrepancy(pages: readonly Page[], rows: readonly Fields[]): string | undefined {
  const counts = [...new Set(pages.map((page) => page.count))];
  if (counts.length > 1) return `its count went from ${counts[0]} to ${counts.at(-1)}`;
  const distinct = new Set(rows.map((row) => row.pk)).size;
  if (distinct < rows.length) return `${rows.length - distinct} rows came twice`;
  if (rows.length !== counts[0]) return `${rows.length} of ${counts[0]} rows came`;
  return undefined;
}
