import type { BomRows } from "./bom-rows.ts";
import type { OpenListing } from "./listing.ts";
import type { PartRows } from "./part-rows.ts";
import type { RowReader } from "./row-reader.ts";

/**
 * Reads the variants of what was reached, whatever the depth. Returns the parts whose stock and commitments count: with
 * the variants, all that was reached; null: all parts, because all parts and BOM lines are there.
 */
export async function scopeOf(
  reached: ReadonlySet<number>,
  { parts, bom, variants }: { readonly parts: PartRows; readonly bom: BomRows; readonly variants: OpenListing },
): Promise<ReadonlySet<number> | null> {
  if (parts.isWhole() && bom.isWhole()) return null;
  if (!parts.isWhole()) {
    const templates = [...reached].filter((pk) => parts.known.get(pk)?.flag("is_template"));
    const rows = await variants.rowsOf(new Set(templates));
    const below = descendants(reached, rows);
    parts.add(rows.filter((row) => below.has(row.pk)));
  }
  return new Set([...reached, ...descendants(reached, [...parts.known.values()])]);
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
