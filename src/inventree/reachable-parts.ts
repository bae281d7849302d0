import { findParts, resolveEntries } from "../core/calculation/resolve.ts";
import type { BomLine, Snapshot, StockLocation } from "../core/calculation/snapshot.ts";
import { namedParts, type SnapshotRequest } from "../core/calculation/snapshot-request.ts";
import { findPlaces, withChildren } from "../core/calculation/stock.ts";
import type { BomRows } from "./bom-rows.ts";
import { lookups } from "./lookup.ts";
import type { Reading } from "./paginate.ts";
import { lookUp, type PartRows } from "./part-rows.ts";
import { partsInBom, partsInCategory } from "./plan.ts";
import type { RowReader } from "./row-reader.ts";
import { toPart } from "./to-core.ts";

/** What lists reach; what they do not reach cannot matter to their reports. */
export interface Reached {
  /** Parts that lists name and those that BOMs bring: they can be lines. */
  readonly walked: ReadonlySet<number>;
  /** Beside these: watched parts and substitutes. The stock of all of them counts, and that of their variants. */
  readonly standIns: ReadonlySet<number>;
}

export interface ReachOptions {
  readonly need: SnapshotRequest;
  readonly reading: Reading;
  readonly parts: PartRows;
  readonly bom: BomRows;
  readonly categories: ReadonlyMap<number, StockLocation>;
  /** Called at each level with how many parts can be lines at least. */
  readonly expect: (parts: number) => void;
}

/**
 * Follows lists and watch rules level by level through BOMs and reads what is unknown. Policies are left aside: all
 * lines are followed, as if all assemblies were built. Throws FailureError.
 */
export async function reach(options: ReachOptions): Promise<Reached> {
  const { need, reading, parts, categories } = options;
  await Promise.all([readNamed(parts, { need, reading }), readCategories(parts, { need, categories })]);
  const known = partsOnly(parts.known);
  const entries = resolveEntries(need.entries, known).entries.flatMap(({ part }) => part?.pk ?? []);
  const { walked, substitutes } = await walkDown(new Set(entries), options);
  return { walked, standIns: new Set([...watchedParts(need, { known, categories }), ...substitutes]) };
}

/** Reads what entries, watch rules and policies name: names and IPNs in bulk, pks one by one, as InvenTree has it. */
async function readNamed(
  parts: PartRows,
  { need, reading }: { readonly need: SnapshotRequest; readonly reading: Reading },
): Promise<void> {
  if (parts.isWhole()) return;
  const { pks, names, ipns } = namedParts(need);
  await Promise.all([
    lookUp(parts, [...lookups("name", names), ...lookups("IPN", ipns)], reading),
    parts.readIfThere(pks),
  ]);
}

async function readCategories(
  parts: PartRows,
  { need, categories }: { readonly need: SnapshotRequest; readonly categories: ReadonlyMap<number, StockLocation> },
): Promise<void> {
  if (parts.isWhole()) return;
  const named = need.watch.flatMap(({ category }) => (category === undefined ? [] : findPlaces(category, categories)));
  const pks = new Set(named.map((place) => place.pk));
  await Promise.all([...pks].map((pk) => parts.readListing(partsInCategory(pk))));
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

interface Walked {
  readonly walked: ReadonlySet<number>;
  readonly substitutes: ReadonlySet<number>;
}

async function walkDown(roots: ReadonlySet<number>, { parts, bom, expect }: ReachOptions): Promise<Walked> {
  const walked = new Set(roots);
  const substitutes = new Set<number>();
  for (let level = [...roots]; level.length > 0; ) {
    const assemblies = level.filter((pk) => parts.known.get(pk)?.flag("assembly"));
    // Where the list of parts is there, a template that it does not hold is worth a question of its own.
    await Promise.all([bom.read(assemblies), readTemplates(parts, parts.isWhole() ? level : assemblies)]);
    const boms = assemblies.map((assembly) => ({ assembly, lines: linesOf(assembly, { parts, bom }) }));
    const wanted = new Map<number, string>();
    for (const { lines } of boms) for (const line of lines) addWanted(wanted, { line, known: parts.known });
    const together = boms.map(({ assembly, lines }) => ({
      listing: partsInBom(assembly),
      parts: lines.map((line) => line.subPart).filter((pk) => !parts.known.has(pk)),
    }));
    const next = new Set(boms.flatMap(({ lines }) => lines.map((line) => line.subPart)));
    expect(new Set([...walked, ...next]).size);
    await parts.read(wanted, together);
    for (const { lines } of boms) for (const line of lines) for (const pk of line.substitutes) substitutes.add(pk);
    level = [...next].filter((pk) => !walked.has(pk));
    for (const pk of level) walked.add(pk);
  }
  return { walked, substitutes };
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
