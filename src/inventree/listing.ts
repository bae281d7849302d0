import { type FirstPage, type Reading, readFirstPage, sweep } from "./paginate.ts";
import type { PartListing } from "./plan.ts";
import { pagesMs, SINGLE_MS } from "./request-estimate.ts";
import type { RowReader } from "./row-reader.ts";

/** A listing of which the rows of some parts are wanted. */
export interface OpenListing {
  /**
   * Asks for the first page: most listings have no other, and of the rest it says how long they are; for few others, too.
   * Returns how many rows there are.
   */
  readonly begin: () => Promise<number>;
  /** The rows of these parts, and maybe of others; null: of all. Sorted by pk, each once. Throws FailureError. */
  readonly rowsOf: (parts: ReadonlySet<number> | null) => Promise<readonly RowReader[]>;
}

/** Nothing is requested yet. */
export function openListing(reading: Reading, listing: PartListing): OpenListing {
  const { pageSize } = reading.client;
  const { rows } = listing;
  let begun: Promise<FirstPage> | undefined;
  let all: Promise<readonly RowReader[]> | undefined;

  const readAll = (page: FirstPage) => {
    all ??= sweep(reading, listing, page);
    return all;
  };
  const begin = () => {
    begun ??= readFirstPage(reading, listing, { canWait: true }).then(async (page) => {
      if (!areFew(SURELY, pagesMs({ count: page.count, pageSize, rows }, "second"))) await readAll(page);
      return page;
    });
    return begun;
  };
  const ofOne = (part: number) =>
    sweep(reading, { path: listing.path, query: { ...listing.query, ...listing.of(part) } });
  const ofEach = async (parts: Iterable<number>) => merged(await Promise.all([...parts].map(ofOne)));

  async function rowsOf(parts: ReadonlySet<number> | null): Promise<readonly RowReader[]> {
    if (parts?.size === 0) return [];
    // Of a few parts, not even the first page is worth its price.
    if (parts !== null && begun === undefined && areFew(parts.size, pagesMs({ count: pageSize, pageSize, rows })))
      return ofEach(parts);
    const page = await begin();
    const rest = pagesMs({ count: page.count, pageSize, rows }, "second");
    if (parts === null || all !== undefined || !areFew(parts.size, rest)) return readAll(page);
    const [probe = 0, ...others] = parts;
    const found = await ofOne(probe);
    // A server that does not know the filter has sent them all.
    return found.length >= page.count ? found : merged([found, await ofEach(others)]);
  }

  return { begin: async () => (await begin()).count, rowsOf };
}

/** So many parts at least are wanted of whatever is begun before that is known. */
const SURELY = 3;

function areFew(parts: number, pages: number): boolean {
  return parts * SINGLE_MS < pages;
}

function merged(lists: readonly (readonly RowReader[])[]): readonly RowReader[] {
  const rows = new Map(lists.flat().map((row) => [row.pk, row]));
  return [...rows.values()].sort((a, b) => a.pk - b.pk);
}
