import { FailureError } from "../core/failure.ts";
import { type Reading, sweep, sweepAs } from "./paginate.ts";
import { type Listing, PARTS } from "./plan.ts";
import { type RequestEstimate, ROW_COST, SHORT_LIST_MS, SINGLE_MS, startChoice } from "./request-estimate.ts";
import { fieldsOf, incomplete, type RowReader } from "./row-reader.ts";
import { toPart } from "./to-core.ts";

/** Why a part is needed, by its pk, in words: `BOM line 7 needs part 50`. */
export type NeededParts = ReadonlyMap<number, string>;

/** The rows of parts as far as they were read. */
export interface PartRows {
  readonly known: ReadonlyMap<number, RowReader>;
  /** Whether every part of the server was read. */
  readonly isWhole: () => boolean;
  /** Reads every part. */
  readonly readAll: () => Promise<void>;
  /**
   * Reads what is still unknown of these parts: by listings that hold several of them, and the others one by one, unless
   * reading everything is cheaper. Throws the server's refusal: a list with a part that cannot be read has no answer.
   */
  readonly read: (wanted: NeededParts, listings?: readonly PartsTogether[]) => Promise<void>;
  /** Reads a listing of parts and returns its rows. */
  readonly readListing: (listing: Listing) => Promise<readonly RowReader[]>;
  /** Takes rows that somebody else read. */
  readonly add: (rows: readonly RowReader[]) => void;
  /** Reads parts that may not exist. */
  readonly readIfThere: (pks: Iterable<number>) => Promise<void>;
}

/** A listing that holds these parts, among others. */
export interface PartsTogether {
  readonly listing: Listing;
  readonly parts: readonly number[];
}

/** Nothing is read yet. `count` is how many parts the server has. */
export function startPartRows(reading: Reading, count: number): PartRows {
  const known = new Map<number, RowReader>();
  const choice = startChoice({ count, pageSize: reading.client.pageSize, rows: ROW_COST });
  let all: Promise<void> | undefined;
  let whole = false;

  const add = (rows: readonly RowReader[]) => {
    for (const row of rows) known.set(row.pk, row);
  };

  function readAll(): Promise<void> {
    all ??= sweepAs(reading, { ...PARTS, as: withPart }, { count, pages: [] }).then((rows) => {
      add(rows);
      whole = true;
    });
    return all;
  }

  async function readListing(listing: Listing): Promise<readonly RowReader[]> {
    choice.spend(priceOf({ lists: 1, singles: 0 }));
    const rows = await sweep(reading, listing);
    add(rows);
    // A server that does not know the filter has sent them all.
    if (rows.length >= count) whole = true;
    return rows;
  }

  async function read(wanted: NeededParts, listings: readonly PartsTogether[] = []): Promise<void> {
    const missing = () => [...wanted].filter(([pk]) => !known.has(pk));
    if (missing().length === 0) return;
    const plan = whole ? [] : fewest(new Set(missing().map(([pk]) => pk)), listings);
    const together = new Set(plan.flatMap(({ parts }) => parts));
    const singles = missing().filter(([pk]) => !together.has(pk)).length;
    if (!whole && choice.isEverythingCheaper(priceOf({ lists: plan.length, singles }))) {
      reading.log.info("the lists reach so many parts that reading all of them is cheaper");
      await readAll();
    } else await Promise.all(plan.map(({ listing }) => readListing(listing)));
    choice.spend(priceOf({ lists: 0, singles: missing().length }));
    const outside = whole ? ", which the part list does not hold" : "";
    add(await Promise.all(missing().map(([pk, from]) => readPart(reading, pk, from + outside))));
  }

  async function readIfThere(pks: Iterable<number>): Promise<void> {
    if (whole) return;
    const missing = [...pks].filter((pk) => !known.has(pk));
    choice.spend(priceOf({ lists: 0, singles: missing.length }));
    const rows = await Promise.all(missing.map((pk) => readPartIfThere(reading, pk)));
    add(rows.filter((row) => row !== null));
  }

  return { known, isWhole: () => whole, readAll, read, readListing, add, readIfThere };
}

/**
 * Finds by these listings, or by reading everything where the database does not take the expressions. Throws
 * FailureError.
 */
export async function lookUp(parts: PartRows, listings: readonly Listing[], { log }: Reading): Promise<void> {
  try {
    await Promise.all(listings.map((listing) => parts.readListing(listing)));
  } catch (error) {
    const status = error instanceof FailureError ? error.failure.status : undefined;
    if (status !== 400 && status !== 500) throw error;
    log.info("the server cannot look up these names: reading all parts instead", { status });
    await parts.readAll();
  }
}

/** The row, after its part was made: toPart() remembers it. */
function withPart(row: RowReader): RowReader {
  toPart(row);
  return row;
}

function priceOf({ lists, singles }: { readonly lists: number; readonly singles: number }): RequestEstimate {
  return { requests: lists + singles, ms: lists * SHORT_LIST_MS + singles * SINGLE_MS };
}

/** The listings that bring most of what is missing, as long as one brings two parts or more. */
function fewest(missing: ReadonlySet<number>, listings: readonly PartsTogether[]): readonly PartsTogether[] {
  const open = new Set(missing);
  const chosen: PartsTogether[] = [];
  for (const candidate of listings.toSorted((a, b) => b.parts.length - a.parts.length)) {
    const parts = [...new Set(candidate.parts)].filter((pk) => open.has(pk));
    if (parts.length < 2) continue;
    chosen.push({ ...candidate, parts });
    for (const pk of parts) open.delete(pk);
  }
  return chosen;
}

async function readPartIfThere(reading: Reading, pk: number): Promise<RowReader | null> {
  try {
    return await requestPart(reading, pk);
  } catch (error) {
    if (error instanceof FailureError && error.failure.status === 404) return null;
    throw error;
  }
}

async function readPart(reading: Reading, pk: number, from: string): Promise<RowReader> {
  try {
    return await requestPart(reading, pk);
  } catch (error) {
    if (!(error instanceof FailureError) || reading.signal.aborted) throw error;
    const { failure } = error;
    const incident = failure.status === 404 ? "incomplete" : (failure.incident ?? "incomplete");
    throw new FailureError({ ...failure, incident, message: `${from}: ${failure.message}` }, { cause: error });
  }
}

async function requestPart({ client, signal }: Reading, pk: number): Promise<RowReader> {
  const path = `/api/part/${pk}/`;
  const row = fieldsOf(await client.get(path, {}, { signal }), path);
  if (row.pk !== pk) throw incomplete(`[GET] ${path}: part ${row.pk} came`);
  return row;
}
