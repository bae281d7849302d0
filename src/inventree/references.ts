import { FailureError } from "../core/failure.ts";
import type { BomLine, Part } from "../core/snapshot.ts";
import { type Fields, fieldsOf, incomplete } from "./field.ts";
import type { Reading } from "./sweep.ts";
import { toPart } from "./to-core.ts";

/**
 * The rows of all parts that BOM lines and variants name and that the part list did not hold, asked for one by one.
 * Throws the server's refusal: a list with a part that cannot be read has no answer, and half of one is none.
 */
export async function readMissingParts(
  reading: Reading,
  partRows: readonly Fields[],
  bomLines: readonly BomLine[],
): Promise<readonly Fields[]> {
  const known = new Map(partRows.map((row) => [row.pk, toPart(row)]));
  const found: Fields[] = [];
  for (;;) {
    const missing = [...references(known, bomLines)].filter(([pk]) => !known.has(pk));
    if (missing.length === 0) return found;
    const rows = await Promise.all(missing.map(([pk, from]) => readPart(reading, pk, from)));
    found.push(...rows);
    // A part found so may itself be a variant of one that is missing.
    for (const row of rows) known.set(row.pk, toPart(row));
  }
}

/** Every part that is named somewhere, with who names it first. */
function references(parts: ReadonlyMap<number, Part>, bomLines: readonly BomLine[]): ReadonlyMap<number, string> {
  const named = new Map<number, string>();
  const name = (pk: number | null, from: string) => {
    if (pk !== null && !named.has(pk)) named.set(pk, from);
  };
  for (const line of bomLines) {
    name(line.subPart, `BOM line ${line.pk} needs part ${line.subPart}`);
    name(line.part, `BOM line ${line.pk} belongs to part ${line.part}`);
    for (const pk of line.substitutes) name(pk, `BOM line ${line.pk} has the substitute ${pk}`);
  }
  for (const part of parts.values()) name(part.variantOf, `part ${part.pk} is a variant of part ${part.variantOf}`);
  return named;
}

async function readPart({ client, signal }: Reading, pk: number, from: string): Promise<Fields> {
  const path = `/api/part/${pk}/`;
  try {
    const row = fieldsOf(await client.get(path, {}, { signal }), path);
    if (row.pk !== pk) throw incomplete(`[GET] ${path}: part ${row.pk} came`);
    return row;
  } catch (error) {
    if (!(error instanceof FailureError) || signal.aborted) throw error;
    const { failure } = error;
    const trouble = failure.status === 404 ? "incomplete" : (failure.trouble ?? "incomplete");
    const message = `${from}, which the part list does not hold: ${failure.message}`;
    throw new FailureError({ ...failure, trouble, message }, { cause: error });
  }
}
