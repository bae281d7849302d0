import { type FirstPage, type Reading, readFirstPage, sweep } from "./paginate.ts";
import type { Listing, PartListing } from "./plan.ts";
import { areSinglesCheaper, pagesMs, ROW_COST } from "./request-estimate.ts";
import type { RowReader } from "./row-reader.ts";

/** A listing of which the rows of some parts are wanted. */
export interface OpenListing {
  /**
   * Asks for the first page: most listings have no other, and of the rest it says how long they are. Goes on at once if
   * so many parts will be wanted at least that all pages are cheaper than asking part by part.
   */
  readonly expect: (parts: number) => Promise<void>;
  /** The rows of these parts, and maybe of others; null: of all. Sorted by pk, each once. Throws FailureError. */
  readonly rowsOf: (parts: ReadonlySet<number> | null) => Promise<readonly RowReader[]>;
}

/** Nothing is requested yet. */
export function openListing(reading: Reading, listing: PartListing): OpenListing {
  let first: Promise<FirstPage> | undefined;
  let all: Promise<readonly RowReader[]> | undefined;

  const begin = () => {
    first ??= readFirstPage(reading, listing, { canWait: true });
    return first;
  };
  const readAll = () => {
    all ??= begin().then((page) => sweep(reading, listing, page));
    return all;
  };
  const areMany = (parts: number, page: FirstPage) => {
    const rest = pagesMs({ count: page.count, pageSize: reading.client.pageSize, rows: ROW_COST }, "second");
    return !areSinglesCheaper(parts, rest);
  };

  async function rowsOf(parts: ReadonlySet<number> | null): Promise<readonly RowReader[]> {
    if (parts === null) return readAll();
    if (parts.size === 0) return [];
    const { pageSize } = reading.client;
    // Of a few parts, not even the first page is worth its price.
    const isFirstDear = areSinglesCheaper(parts.size, pagesMs({ count: pageSize, pageSize, rows: ROW_COST }));
    if (first === undefined && isFirstDear) return readEach(reading, listing, [...parts]);
    const page = await begin();
    if (areMany(parts.size, page)) return readAll();
    const [probe = 0, ...others] = parts;
    const rows = await sweep(reading, narrowed(listing, probe));
    // A server that does not know the filter has sent them all.
    return rows.length >= page.count ? rows : merged([rows, await readEach(reading, listing, others)]);
  }

  return {
    expect: async (parts) => {
      if (areMany(parts, await begin())) await readAll();
    },
    rowsOf,
  };
}

async function readEach(
  reading: Reading,
  listing: PartListing,
  parts: readonly number[],
): Promise<readonly RowReader[]> {
  return merged(await Promise.all(parts.map((pk) => sweep(reading, narrowed(listing, pk)))));
}

function narrowed({ path, query, of }: PartListing, part: number): Listing {
  return { path, query: { ...query, ...of(part) } };
}

function merged(lists: readonly (readonly RowReader[])[]): readonly RowReader[] {
  const rows = new Map(lists.flat().map((row) => [row.pk, row]));
  return [...rows.values()].sort((a, b) => a.pk - b.pk);
}
