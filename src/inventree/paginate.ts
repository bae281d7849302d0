import type { Clock, Log } from "../core/ports.ts";
import { isRecord } from "../core/records.ts";
import type { Pace } from "./adaptive-concurrency.ts";
import { backoffMs } from "./backoff.ts";
import type { Client, Query } from "./client.ts";
import { PageTooLarge } from "./errors.ts";
import type { Listing } from "./plan.ts";
import { fieldsOf, incomplete, type RowReader } from "./row-reader.ts";

/** What reading depends on. */
export interface Reading {
  readonly client: Client;
  readonly clock: Clock;
  readonly log: Log;
  /** Stops everything that is still under way. */
  readonly signal: AbortSignal;
  readonly pace: Pace;
  /** Rows a page, by listing, if the server could not give as many as requested. */
  readonly pageSizes: Map<string, number>;
}

/** The beginning of a listing, which says how long it is. */
export interface FirstPage<Row = RowReader> {
  readonly count: number;
  /** Empty if only the count is known. */
  readonly pages: readonly Page<Row>[];
}

interface Page<Row> {
  readonly count: number;
  readonly rows: readonly Row[];
}

/** A listing, and what its rows are turned into as they come: while other pages are under way, this takes no time. */
interface ListingAs<Row> extends Listing {
  readonly as: (row: RowReader) => Row;
}

const asTheyAre = (row: RowReader): RowReader => row;

const MAX_READINGS = 3;
/** A server that cannot give so few rows is broken, not overburdened. */
const SMALL_PAGE = 50;

/** How many rows a listing has. Throws FailureError. */
export async function countRows(reading: Reading, listing: Listing): Promise<number> {
  const { client, signal } = reading;
  const body = await client.get(listing.path, { ...listing.query, limit: 1 }, { signal, complaint });
  if (!isPage(body)) throw incomplete(`[GET] ${listing.path}: ${complaint(body)}`);
  return body.count;
}

/**
 * Reads the first page of a listing, to be handed to `sweep` if the others are wanted. `canWait`: nothing else waits for
 * it. Throws FailureError.
 */
export async function readFirstPage(
  reading: Reading,
  listing: Listing,
  { canWait }: { readonly canWait: boolean } = { canWait: false },
): Promise<FirstPage> {
  return readFirst(reading, { ...listing, as: asTheyAre }, { canWait });
}

/**
 * Reads all rows of a listing, page by page at offsets of our own (`next` is never followed). Pages of a list that
 * changes meanwhile can repeat or miss rows: then everything is read again, three times at most. Pages that the server
 * cannot give are asked for in halves. Rows are sorted by pk. Throws FailureError (incomplete).
 */
export function sweep(reading: Reading, listing: Listing, first?: FirstPage): Promise<readonly RowReader[]> {
  return sweepAs(reading, { ...listing, as: asTheyAre }, first);
}

/** As `sweep`, with the rows turned into something else. */
export async function sweepAs<Row extends { readonly pk: number }>(
  reading: Reading,
  listing: ListingAs<Row>,
  first?: FirstPage<Row>,
): Promise<readonly Row[]> {
  for (let attempt = 1; ; attempt++) {
    const begun = attempt === 1 && first !== undefined ? first : await readFirst(reading, listing, { canWait: false });
    const pages = await readOthers(reading, listing, begun);
    const rows = pages.flatMap((page) => page.rows);
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

async function readFirst<Row>(
  reading: Reading,
  listing: ListingAs<Row>,
  { canWait }: { readonly canWait: boolean },
): Promise<FirstPage<Row>> {
  const pages = await readRange(reading, listing, { offset: 0, size: reading.client.pageSize, canWait });
  return { pages, count: pages[0]?.count ?? 0 };
}

async function readOthers<Row>(
  reading: Reading,
  listing: ListingAs<Row>,
  first: FirstPage<Row>,
): Promise<readonly Page<Row>[]> {
  const size = reading.client.pageSize;
  const known = first.pages.length === 0 ? 0 : 1;
  // A list that was empty when counted is requested once, too.
  const more = Math.max(1 - known, Math.ceil(first.count / size) - known);
  const rest = Array.from({ length: more }, (_, index) =>
    reading.pace.run(() => readRange(reading, listing, { offset: (index + known) * size, size })),
  );
  return [...first.pages, ...(await Promise.all(rest)).flat()];
}

/** Rows from an offset on. */
interface Range {
  readonly offset: number;
  readonly size: number;
  readonly canWait?: boolean;
}

/** One page, or several smaller ones where the server could not give so many rows at once. */
async function readRange<Row>(reading: Reading, listing: ListingAs<Row>, range: Range): Promise<readonly Page<Row>[]> {
  const { pace, pageSizes, log } = reading;
  const most = pageSizes.get(keyOf(listing)) ?? reading.client.pageSize;
  if (range.size > most) {
    const pages: Page<Row>[] = [];
    for (const part of partsOf(range, most)) pages.push(...(await readRange(reading, listing, part)));
    return pages;
  }
  try {
    return [await readPage(reading, listing, range)];
  } catch (error) {
    if (!(error instanceof PageTooLarge)) throw error;
    const size = Math.ceil(range.size / 2);
    log.info(`[GET] ${listing.path}: no page of ${range.size} rows came, asking for ${size}`, { cause: error.message });
    pace.slowDown();
    pageSizes.set(keyOf(listing), Math.min(size, pageSizes.get(keyOf(listing)) ?? size));
    return readRange(reading, listing, range);
  }
}

function partsOf({ offset, size, ...how }: Range, most: number): readonly Range[] {
  const count = Math.ceil(size / most);
  return Array.from({ length: count }, (_, index) => ({
    ...how,
    offset: offset + index * most,
    size: Math.min(most, size - index * most),
  }));
}

async function readPage<Row>(reading: Reading, listing: ListingAs<Row>, range: Range): Promise<Page<Row>> {
  const { client, signal, pace } = reading;
  const { offset, size, canWait = false } = range;
  const query: Query = { ...listing.query, limit: size, offset };
  const divisible = size > SMALL_PAGE;
  const onAnswer = (ms: number) => pace.answered(`${keyOf(listing)} ${size}`, ms);
  const body = await client.get(listing.path, query, { signal, complaint, divisible, onAnswer, canWait });
  if (!isPage(body)) throw incomplete(`[GET] ${listing.path}: ${complaint(body)}`);
  const { count, results } = body;
  if (results.length <= size) return { count, rows: results.map((row) => listing.as(fieldsOf(row, listing.path))) };
  throw incomplete(`[GET] ${listing.path}: ${results.length} rows came where ${size} were asked for`);
}

function keyOf({ path, query }: Listing): string {
  return `${path} ${JSON.stringify(query)}`;
}

function complaint(body: unknown): string | undefined {
  return isPage(body) ? undefined : "the answer is not a page with count and results";
}

function isPage(body: unknown): body is { readonly count: number; readonly results: readonly unknown[] } {
  if (!isRecord(body)) return false;
  const { count, results } = body;
  return typeof count === "number" && Number.isSafeInteger(count) && count >= 0 && Array.isArray(results);
}

/** Why these pages cannot be one whole list, in words. */
function discrepancy(
  pages: readonly { readonly count: number }[],
  rows: readonly { readonly pk: number }[],
): string | undefined {
  const counts = [...new Set(pages.map((page) => page.count))];
  if (counts.length > 1) return `its count went from ${counts[0]} to ${counts.at(-1)}`;
  const distinct = new Set(rows.map((row) => row.pk)).size;
  if (distinct < rows.length) return `${rows.length - distinct} rows came twice`;
  if (rows.length !== counts[0]) return `${rows.length} of ${counts[0]} rows came`;
  return undefined;
}
