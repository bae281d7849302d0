import type { CanBuild, Report, ReportLine, Summary } from "../../../src/core/generated/report.ts";
import { canBuild } from "./capacity.ts";
import { type Netting, needed, net, type Tally } from "./netting.ts";
import { exactly, ONE, positive, shown, sum, upTo } from "./numbers.ts";
import { resolve, type Trouble, unknown, unknownToBuy, words } from "./resolving.ts";
import { alternativesOf, costOf, type Finding, findingsOf, outlookOf, watchedOf } from "./sections.ts";
import { named, type Walk, walk } from "./walk.ts";
import {
  availableOf,
  bomOf,
  boughtByPolicy,
  committedOf,
  incomingOf,
  isConsumable,
  isMade,
  isNarrowed,
  partOf,
  placesWithin,
  type Question,
  stockOf,
  variantsBelow,
} from "./world.ts";

/** A report without wordings: messages are left out. */
export type Answer = Omit<Report, "problems" | "data_quality" | "names"> & {
  readonly names?: Readonly<Record<string, string>>;
  readonly problems: readonly Trouble[];
  readonly data_quality: readonly Finding[];
};

/**
 * The calculation once more: naive, slow and exact, written from docs/calculation.md alone, rule by rule. Lists without
 * an order of their own (problems, data quality, alternatives) come in any. `claimed`: see canBuild.
 */
export function answer(q: Question, claimed: Report["can_build"]): Answer {
  const resolved = q.parts.map((entry, index) => resolve(q, entry, index));
  for (;;) {
    const counting = count(q, resolved);
    const { graph, counted, reaches } = counting;
    const tooLarge = graph.order.find((pk) => isTooLarge(q, pk, counted.of(pk)));
    if (tooLarge === undefined) return report(q, resolved, { ...counting, claimed });
    // The entries behind such a quantity are left out of the whole calculation.
    for (const [index, entry] of q.parts.entries()) {
      const pk = resolved[index];
      if (typeof pk !== "number" || !reaches[index]?.has(tooLarge)) continue;
      const rest = { entry: index, words: words(entry), quantity: entry.quantity, matches: [tooLarge] };
      resolved[index] = { kind: "quantity_too_large", ...rest };
    }
  }
}

/** Nothing above it is counted. */
const MOST = 10_000_000_000n * ONE;

/** Of a part that is required: whether anything that its line would show is. A virtual part has no line. */
function isTooLarge(q: Question, pk: number, { required, missing }: Tally): boolean {
  if (required === 0n || partOf(q, pk).virtual) return required > MOST;
  const available = availableOf(q, pk);
  const { onOrder, inProduction } = incomingOf(q, pk);
  return [required, missing, available, -available, onOrder + inProduction].some((figure) => figure > MOST);
}

interface Counting {
  readonly graph: Walk;
  readonly counted: Netting;
  readonly reaches: readonly Reach[];
}

function count(q: Question, resolved: readonly (number | Trouble)[]): Counting {
  const roots = resolved.filter((it) => typeof it === "number");
  const graph = walk(q, roots);
  const counted = net(q, graph, {
    wanted: q.parts.flatMap(({ quantity }, index) => {
      const pk = resolved[index];
      return typeof pk === "number" ? [{ pk, quantity: exactly(quantity) }] : [];
    }),
    forced: null,
    available: (pk) => availableOf(q, pk),
    countIncoming: true,
  });
  const reaches = resolved.map((it) => (typeof it === "number" ? reachOf(graph, counted, it) : new Map()));
  return { graph, counted, reaches };
}

interface Reporting extends Counting {
  readonly claimed: Report["can_build"];
}

function report(q: Question, resolved: readonly (number | Trouble)[], reporting: Reporting): Answer {
  const { graph, counted, reaches, claimed } = reporting;
  const roots = resolved.filter((it) => typeof it === "number");
  const unresolved = resolved.filter((it) => typeof it !== "number");
  const linePks = graph.order.filter((pk) => counted.of(pk).required > 0n && !partOf(q, pk).virtual);
  const lines = linePks.map((pk) => lineOf(q, { pk, counted, reaches })).sort(bySeverity);
  const short = lines.filter((line) => line.short).map((line) => line.pk);
  const assemblies = [...new Set(roots)].filter((pk) => partOf(q, pk).assembly);
  const can = new Map(
    assemblies.map((assembly) => {
      const levels = claimed[assembly]?.all_levels ?? null;
      return [assembly, canBuild(q, graph, { assembly, claimed: levels === null ? null : BigInt(levels) })];
    }),
  );
  const { watched, problems } = watchedOf(q);
  const unknownLocations = q.policy.stock.locations
    .filter((place) => placesWithin(q.snapshot.locations, place) === null)
    .map((place) => unknown("unknown_location", place));

  const bought = linePks.filter((pk) => !isMade(q, pk));
  const consumables = graph.order
    .filter((pk) => counted.of(pk).built > 0n && q.policy.consumables === "exclude")
    .flatMap((pk) => bomOf(q, pk).filter((line) => isConsumable(q, line)));
  const available = resolved.filter((it, index) => {
    const reach = reaches[index];
    return typeof it === "number" && reach !== undefined && !short.some((pk) => reach.has(pk));
  });
  const summary: Summary = {
    parts_requested: q.parts.length,
    parts_available: available.length,
    coverage: coverageOf(q, resolved, can),
    lines: lines.length,
    short: short.length + unresolved.length,
    to_build: lines.filter((line) => line.to_build > 0).length,
    critical: lines.filter((line) => line.critical > 0).length,
    unresolved: unresolved.length,
    low: watched.filter((it) => it.kind === "low").length,
    out: watched.filter((it) => it.kind === "out").length,
    consumables_left_out: new Set(consumables.map((line) => line.subPart)).size,
  };
  return {
    schema_version: 1,
    summary,
    lines,
    can_build: Object.fromEntries(can),
    ...namesOf(q, can, lines),
    ...(q.parts.length > 0 ? { cost: costOf(q, counted, bought) } : {}),
    alternatives: alternativesOf(q, graph, counted),
    ...(q.watch.length > 0 ? { watched } : {}),
    problems: [...unresolved, ...unknownToBuy(q), ...unknownLocations, ...problems],
    data_quality: findingsOf(q, graph, { counted, short }),
    silenced: [],
  };
}

/** Names of parts in can_build and covered_by that are no lines; nothing where there are none. */
function namesOf(q: Question, can: ReadonlyMap<number, CanBuild>, lines: readonly ReportLine[]): Pick<Answer, "names"> {
  const told = [
    ...[...can].flatMap(([pk, { limited_by }]) => [pk, ...limited_by]),
    ...lines.flatMap((line) => line.covered_by.map(({ part }) => part)),
  ].filter((pk) => !lines.some((line) => line.pk === pk));
  return told.length === 0 ? {} : { names: Object.fromEntries(told.map((pk) => [`${pk}`, partOf(q, pk).name])) };
}

/** Pk of each part behind an entry, with the shortest path to it (rule 13), through what is really built. */
type Reach = ReadonlyMap<number, readonly number[]>;

function reachOf(graph: Walk, counted: Netting, root: number): Reach {
  const paths = new Map<number, readonly number[]>([[root, [root]]]);
  for (const [pk, path] of paths) {
    // A line that needs nothing, because its quantity is 0, is no reason.
    const lines = graph.lines(pk).filter((line) => needed(line, counted.of(pk).built) > 0n);
    for (const { subPart } of lines) if (!paths.has(subPart)) paths.set(subPart, [...path, subPart]);
  }
  return paths;
}

interface Counted {
  readonly pk: number;
  readonly counted: Netting;
  readonly reaches: readonly Reach[];
}

function lineOf(q: Question, { pk, counted, reaches }: Counted): ReportLine {
  const part = partOf(q, pk);
  const tally = counted.of(pk);
  const { onOrder, inProduction } = incomingOf(q, pk);
  const make = isMade(q, pk);
  const isShort = !make && (q.policy.on_order === "count" ? tally.toOrder > 0n : tally.missing > 0n);
  const supplier = (q.snapshot.supplierParts.get(pk) ?? []).find((it) => it.active);
  const has = <T>(name: T, is: boolean): T[] => (is ? [name] : []);
  return {
    ...{ pk, name: part.name, ipn: part.ipn, version: part.revision, units: part.units, link: part.link },
    required: shown(tally.required),
    optional: shown(tally.optional),
    in_stock: shown(stockOf(q, pk)),
    committed: shown(committedOf(q, pk)),
    available: shown(availableOf(q, pk)),
    borrowed: shown(tally.borrowed),
    on_order: shown(onOrder),
    in_production: shown(inProduction),
    missing: shown(tally.missing),
    owed: shown(tally.owed),
    to_order: shown(tally.toOrder),
    order_quantity: shown(upTo(tally.toOrder, exactly(supplier?.packQuantity ?? 0))),
    to_build: shown(tally.toBuild),
    critical: shown(criticalOf(q, pk, counted)),
    make,
    short: isShort,
    covered_by: tally.coveredBy.map(({ line, part: by, quantity }) => ({ line, part: by, quantity: shown(quantity) })),
    flags: [
      ...has("optional" as const, tally.optional > 0n),
      ...has("template" as const, part.isTemplate || variantsBelow(q, pk).length > 0),
      ...has("inactive" as const, !part.active),
      ...has("policy_buy" as const, part.assembly && boughtByPolicy(q, pk)),
    ],
    notes: [...has("stock_narrowed" as const, isNarrowed(q)), ...has("variants_used" as const, tally.borrowed > 0n)],
    why: reaches.flatMap((reach, entry) => {
      const path = reach.get(pk);
      return path === undefined ? [] : [{ entry, path: named(q, path) }];
    }),
    outlook: outlookOf(q, pk, tally.missing),
  };
}

/** Rule 11: how far what is left is below minimum stock, if nothing is missing. */
function criticalOf(q: Question, pk: number, counted: Netting): bigint {
  const minimum = exactly(partOf(q, pk).minimumStock);
  const { missing, required, borrowed, lent, coveredBy } = counted.of(pk);
  if (minimum === 0n || missing > 0n) return 0n;
  const substitutes = sum(coveredBy.map((it) => it.quantity));
  const variants = sum(variantsBelow(q, pk).map((variant) => counted.free(variant.pk)));
  return positive(minimum - (availableOf(q, pk) + borrowed + substitutes - required - lent + variants));
}

/** The exact mean over the entries, each alone, floored to whole percent. */
function coverageOf(q: Question, resolved: readonly (number | Trouble)[], can: ReadonlyMap<number, CanBuild>): number {
  // A fraction is [numerator, denominator]; their sum is kept over a common denominator.
  let [above, below] = [0n, 1n];
  for (const [index, pk] of resolved.entries()) {
    const quantity = exactly(q.parts[index]?.quantity ?? 0);
    const served = typeof pk === "number" ? servedOf(q, pk, can) : 0n;
    const share = served === null || served > quantity ? quantity : positive(served);
    above = above * quantity + share * below;
    below *= quantity;
  }
  const entries = BigInt(resolved.length);
  return entries === 0n ? 100 : Number((above * 100n) / (below * entries));
}

/** What stock on hand could serve of an entry, alone; null: all of it, whatever the quantity. */
function servedOf(q: Question, pk: number, can: ReadonlyMap<number, CanBuild>): bigint | null {
  const part = partOf(q, pk);
  if (part.virtual && !isMade(q, pk)) return null;
  const levels = can.get(pk)?.all_levels;
  if (levels === null) return null;
  const variants = variantsBelow(q, pk).map((variant) => positive(availableOf(q, variant.pk)));
  return availableOf(q, pk) + sum(variants) + exactly(levels ?? 0);
}

/** Short lines first, then to build, critical, the rest; each by how much, then by name, then by pk. */
function bySeverity(a: ReportLine, b: ReportLine): number {
  const names = a.name === b.name ? 0 : a.name < b.name ? -1 : 1;
  return groupOf(a) - groupOf(b) || severityOf(b) - severityOf(a) || names || a.pk - b.pk;
}

function groupOf(line: ReportLine): number {
  if (line.short) return 0;
  if (line.to_build > 0) return 1;
  return line.critical > 0 ? 2 : 3;
}

function severityOf(line: ReportLine): number {
  return [line.missing, line.to_build, line.critical, 0][groupOf(line)] ?? 0;
}
