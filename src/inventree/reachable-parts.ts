import { findParts, resolveEntries } from "../core/calculation/resolve.ts";
import type { BomLine, Snapshot, StockLocation } from "../core/calculation/snapshot.ts";
import { namedParts, type SnapshotRequest } from "../core/calculation/snapshot-request.ts";
import { findPlaces, withChildren } from "../core/calculation/stock.ts";
import { FailureError } from "../core/failure.ts";
import type { BomRows } from "./bom-rows.ts";
import { lookups } from "./lookup.ts";
import type { Reading } from "./paginate.ts";
import type { PartRows } from "./part-rows.ts";
import { partsInBom, partsInCategory } from "./plan.ts";
import type { RowReader } from "./row-reader.ts";
import { toPart } from "./to-core.ts";

export interface ReachOptions {
  readonly need: SnapshotRequest;
  readonly reading: Reading;
  readonly parts: PartRows;
  readonly bom: BomRows;
  readonly categories: ReadonlyMap<number, StockLocation>;
}

/**
 * Follows lists and watch rules level by level through BOMs and reads what is unknown. Returns the parts that can be lines
 * of a report, watched parts and substitutes; what lists do not reach cannot matter to their reports. Policies are left
 * aside: all lines are followed, as if all assemblies were built. Throws FailureError.
 */
export async function reach(options: ReachOptions): Promise<ReadonlySet<number>> {
  const { need, parts, bom, categories } = options;
  // An entry is likely to be an assembly, and of what many lists need, BOM lines take longest.
  await Promise.all([bom.expect(distinct(need.entries)), readNamed(options)]);
  const known = partsOnly(parts.known);
  const entries = resolveEntries(need.entries, known).entries.flatMap(({ part }) => part?.pk ?? []);
  const below = await walkDown(new Set(entries), options);
  return new Set([...below, ...watchedParts(need, { known, categories })]);
}

function distinct(entries: SnapshotRequest["entries"]): number {
  return new Set(entries.map(({ pk, ipn, name, version }) => JSON.stringify([pk, ipn, name, version]))).size;
}

/**
 * Reads what entries, watch rules and policies name: names and IPNs in bulk, pks one by one, as InvenTree has it; everything
 * where the database does not take the expressions.
 */
async function readNamed({ need, reading, parts, categories }: ReachOptions): Promise<void> {
  const { pks, names, ipns } = namedParts(need);
  const inside = need.watch.flatMap(({ category }) => (category === undefined ? [] : findPlaces(category, categories)));
  const listings = [
    ...lookups("name", names),
    ...lookups("IPN", ipns),
    ...[...new Set(inside.map((place) => place.pk))].map(partsInCategory),
  ];
  try {
    await parts.readListings(listings, pks);
  } catch (error) {
    const status = error instanceof FailureError ? error.failure.status : undefined;
    if (status !== 400 && status !== 500) throw error;
    reading.log.info("the server cannot look up these names: reading all parts instead", { status });
    await parts.readAll();
  }
}

/** The pks of watched parts. */
function watchedParts(
  { watch }: SnapshotRequest,
  { known, categories }: { readonly known: Snapshot; readonly categories: ReadonlyMap<number, StockLocation> },
): readonly number[] {
  const parts = [...known.parts.values()];
  return watch.flatMap((rule) => {
    if (rule.part !== undefined) return findParts(rule.part, known).map((part) => part.pk);
    if (rule.category === undefined) return parts.map((part) => part.pk);
    const inside = withChildren(findPlaces(rule.category, categories), categories);
    return parts.filter(({ category }) => category !== null && inside.has(category)).map((part) => part.pk);
  });
}

/** These parts and all below them, with the substitutes of their lines. */
async function walkDown(roots: ReadonlySet<number>, { parts, bom }: ReachOptions): Promise<ReadonlySet<number>> {
  const walked = new Set(roots);
  const substitutes = new Set<number>();
  for (let level = [...roots]; level.length > 0; ) {
    const assemblies = level.filter((pk) => parts.known.get(pk)?.flag("assembly"));
    await Promise.all([
      bom.read(assemblies),
      parts.readListings(assemblies.map(partsInBom)),
      // Where the list of parts is there, a template that it does not hold is worth a question of its own.
      readTemplates(parts, parts.isWhole() ? level : assemblies),
    ]);
    const lines = assemblies.flatMap((assembly) => linesOf(assembly, { parts, bom }));
    const wanted = new Map<number, string>();
    for (const line of lines) addWanted(wanted, { line, known: parts.known });
    await parts.read(wanted);
    for (const line of lines) for (const pk of line.substitutes) substitutes.add(pk);
    level = [...new Set(lines.map((line) => line.subPart))].filter((pk) => !walked.has(pk));
    for (const pk of level) walked.add(pk);
  }
  return new Set([...walked, ...substitutes]);
}

/** Adds what a line needs and nobody has read, with its reason in words; of several lines, the first one is named. */
function addWanted(
  wanted: Map<number, string>,
  { line, known }: { readonly line: BomLine; readonly known: PartRows["known"] },
): void {
  const isNew = (pk: number) => !known.has(pk) && !wanted.has(pk);
  if (isNew(line.subPart)) wanted.set(line.subPart, `BOM line ${line.pk} needs part ${line.subPart}`);
  for (const pk of line.substitutes) if (isNew(pk)) wanted.set(pk, `BOM line ${line.pk} has the substitute ${pk}`);
}

/** The templates above these parts, whatever the height: variants inherit their lines. */
async function readTemplates(parts: PartRows, variants: readonly number[]): Promise<void> {
  const seen = new Set<number>();
  for (let level = [...variants]; level.length > 0; ) {
    const wanted = new Map<number, string>();
    for (const pk of level) {
      const template = parts.known.get(pk)?.keyOrNull("variant_of") ?? null;
      if (template === null || seen.has(template)) continue;
      seen.add(template);
      wanted.set(template, `part ${pk} is a variant of part ${template}`);
    }
    await parts.read(wanted);
    level = [...wanted.keys()];
  }
}

/** An assembly's own lines and those it inherits. */
function linesOf(
  assembly: number,
  { parts, bom }: { readonly parts: PartRows; readonly bom: BomRows },
): readonly BomLine[] {
  const lines = [...bom.of(assembly)];
  const seen = new Set([assembly]);
  for (let above = templateOf(assembly, parts); above !== null && !seen.has(above); above = templateOf(above, parts)) {
    seen.add(above);
    lines.push(...bom.of(above).filter((line) => line.inherited));
  }
  return lines;
}

function templateOf(pk: number, parts: PartRows): number | null {
  return parts.known.get(pk)?.keyOrNull("variant_of") ?? null;
}

/** What the rules for finding parts look at. */
function partsOnly(rows: ReadonlyMap<number, RowReader>): Snapshot {
  return {
    serverUrl: "",
    apiVersion: 0,
    readAt: "",
    currency: null,
    parts: new Map([...rows].map(([pk, row]) => [pk, toPart(row)])),
    bomLines: new Map(),
    supplierParts: new Map(),
    purchaseOrderLines: new Map(),
  };
}
