import type { BomRows } from "./bom-rows.ts";
import type { OpenListing } from "./listing.ts";
import type { PartRows } from "./part-rows.ts";
import type { Reached } from "./reachable-parts.ts";
import type { RowReader } from "./row-reader.ts";

/** The parts of which more is read than their rows. */
export interface Scope {
  /** Those that can be lines of a report: who supplies them, what is ordered. */
  readonly lines: ReadonlySet<number>;
  /** Those whose stock and commitments count: beside these, stand-ins and the variants of all of them. */
  readonly stock: ReadonlySet<number>;
}

/**
 * Reads the variants of what was reached, whatever the depth, and says what more is to be read. null: of all parts,
 * because all parts and BOM lines are there.
 */
export async function scopeOf(options: {
  readonly reached: Reached;
  readonly parts: PartRows;
  readonly bom: BomRows;
  readonly variants: OpenListing;
}): Promise<Scope | null> {
  const { parts, bom, variants } = options;
  const { walked, standIns } = options.reached;
  if (parts.isWhole() && bom.isWhole()) return null;
  const reached = new Set([...walked, ...standIns]);
  if (!parts.isWhole()) {
    const templates = [...reached].filter((pk) => parts.known.get(pk)?.flag("is_template"));
    const rows = await variants.rowsOf(new Set(templates));
    const below = descendants(reached, rows);
    parts.add(rows.filter((row) => below.has(row.pk)));
  }
  return { lines: walked, stock: new Set([...reached, ...descendants(reached, [...parts.known.values()])]) };
}

/** The pks of all rows below these parts. */
function descendants(roots: ReadonlySet<number>, rows: readonly RowReader[]): ReadonlySet<number> {
  const children = Map.groupBy(rows, (row) => row.keyOrNull("variant_of"));
  const found = new Set<number>();
  const open = [...roots];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { pk } of children.get(at) ?? []) {
      if (found.has(pk)) continue;
      found.add(pk);
      open.push(pk);
    }
  }
  return found;
}
