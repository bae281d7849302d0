import { FailureError } from "../core/failure.ts";
import { countRows, type Reading, sweep, sweepAs } from "./paginate.ts";
import { type Listing, PARTS } from "./plan.ts";
import { ROW_COST, SHORT_LIST_MS, SINGLE_MS, startChoice } from "./request-estimate.ts";
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
  /** Reads listings of parts, and parts that may not exist, or everything if that is cheaper. */
  readonly readListings: (listings: readonly Listing[], pks?: ReadonlySet<number>) => Promise<void>;
  /**
   * Reads what is still unknown of these parts one by one, unless reading everything is cheaper. Throws the server's
   * refusal: a list with a part that cannot be read has no answer.
   */
  readonly read: (wanted: NeededParts) => Promise<void>;
  /** Takes rows that somebody else read. */
  readonly add: (rows: readonly RowReader[]) => void;
}

/** Nothing is read yet. */
export function startPartRows(reading: Reading): PartRows {
  const known = new Map<number, RowReader>();
  const choice = startChoice({
    countRows: () => countRows(reading, PARTS),
    pageSize: reading.client.pageSize,
    rows: ROW_COST,
  });
  let all: Promise<void> | undefined;
  let whole = false;

  const add = (rows: readonly RowReader[]) => {
    for (const row of rows) known.set(row.pk, row);
  };

  function readAll(count?: number): Promise<void> {
    const counted = count === undefined ? undefined : { count, pages: [] };
    all ??= sweepAs(reading, { ...PARTS, as: withPart }, counted).then((rows) => {
      add(rows);
      whole = true;
    });
    return all;
  }

  /** Reads everything if that is cheaper than these requests. */
  async function readAllIfCheaper(ms: number): Promise<void> {
    const count = whole ? null : await choice.countIfCheaper(ms);
    if (count === null) {
      choice.spend(ms);
      return;
    }
    if (known.size > 0) reading.log.info("the lists reach so many parts that reading all of them is cheaper");
    await readAll(count);
  }

  async function readListings(listings: readonly Listing[], pks: ReadonlySet<number> = new Set()): Promise<void> {
    if (whole || listings.length + pks.size === 0) return;
    await readAllIfCheaper(listings.length * SHORT_LIST_MS + pks.size * SINGLE_MS);
    if (whole) return;
    const found = await Promise.all([
      ...listings.map((listing) => sweep(reading, listing)),
      ...[...pks].map((pk) => readPartIfThere(reading, pk)),
    ]);
    add(found.flat());
  }

  async function read(wanted: NeededParts): Promise<void> {
    const missing = () => [...wanted].filter(([pk]) => !known.has(pk));
    if (missing().length === 0) return;
    await readAllIfCheaper(missing().length * SINGLE_MS);
    const outside = whole ? ", which the part list does not hold" : "";
    add(await Promise.all(missing().map(([pk, from]) => readPart(reading, pk, from + outside))));
  }

  return { known, isWhole: () => whole, readAll: () => readAll(), readListings, read, add };
}

/** The row, after its part was made: toPart() remembers it. */
function withPart(row: RowReader): RowReader {
  toPart(row);
  return row;
}

async function readPartIfThere(reading: Reading, pk: number): Promise<readonly RowReader[]> {
  try {
    return [await requestPart(reading, pk)];
  } catch (error) {
    if (error instanceof FailureError && error.failure.status === 404) return [];
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
