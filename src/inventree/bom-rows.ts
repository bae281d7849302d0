import type { BomLine } from "../core/calculation/snapshot.ts";
import { countRows, type Reading, sweepAs } from "./paginate.ts";
import { BOM_LINES } from "./plan.ts";
import { BOM_ROWS, SINGLE_MS, startChoice } from "./request-estimate.ts";
import { toBomLine } from "./to-core.ts";

/** BOM lines as far as they were read. */
export interface BomRows {
  /** Those read so far, by the part that owns them. */
  readonly of: (owner: number) => readonly BomLine[];
  /** All read so far, sorted by pk. */
  readonly lines: () => readonly BomLine[];
  /** Whether every line of the server was read. */
  readonly isWhole: () => boolean;
  /** Reads all lines if so many assemblies, whichever they are, make that cheaper. */
  readonly expect: (assemblies: number) => Promise<void>;
  /** Reads the lines of these assemblies and those they inherit, or all if that is cheaper. Each is asked for once. */
  readonly read: (assemblies: readonly number[]) => Promise<void>;
}

/** How many lines a BOM is taken to have before one was seen. */
const USUAL_LINES = 20;

/** Nothing is read yet. */
export function startBomRows(reading: Reading): BomRows {
  const known = new Map<number, BomLine>();
  const byOwner = new Map<number, BomLine[]>();
  const asked = new Set<number>();
  const choice = startChoice({
    countRows: () => countRows(reading, BOM_LINES),
    pageSize: reading.client.pageSize,
    rows: BOM_ROWS,
  });
  let seen = 0;
  let all: Promise<void> | undefined;
  let whole = false;

  const add = (lines: readonly BomLine[]) => {
    for (const line of lines) {
      // A line that several variants inherit comes with each of them.
      if (known.has(line.pk)) continue;
      known.set(line.pk, line);
      const siblings = byOwner.get(line.part);
      if (siblings === undefined) byOwner.set(line.part, [line]);
      else siblings.push(line);
    }
  };

  async function readOne(assembly: number): Promise<void> {
    asked.add(assembly);
    const query = { ...BOM_LINES.query, ...BOM_LINES.of(assembly) };
    const lines = await sweepAs(reading, { ...BOM_LINES, query, as: toBomLine });
    add(lines);
    seen += lines.length;
    choice.spend(priceOf(1, lines.length));
  }

  async function expect(assemblies: number): Promise<void> {
    const lines = asked.size === 0 ? USUAL_LINES : seen / asked.size;
    const count = await choice.countIfCheaper(priceOf(assemblies, assemblies * lines));
    if (count === null) return;
    if (asked.size > 0) reading.log.info("the lists reach so many assemblies that reading all BOM lines is cheaper");
    all ??= sweepAs(reading, { ...BOM_LINES, as: toBomLine }, { count, pages: [] }).then((rows) => {
      add(rows);
      whole = true;
    });
    await all;
  }

  async function read(assemblies: readonly number[]): Promise<void> {
    const open = [...new Set(assemblies)].filter((pk) => !asked.has(pk));
    if (!whole && open.length > 0) await expect(open.length);
    if (!whole) await Promise.all(open.map(readOne));
  }

  return {
    of: (owner) => byOwner.get(owner) ?? [],
    lines: () => [...known.values()].sort((a, b) => a.pk - b.pk),
    isWhole: () => whole,
    expect,
    read,
  };
}

function priceOf(requests: number, rows: number): number {
  return requests * SINGLE_MS + rows * BOM_ROWS.rowMs;
}
