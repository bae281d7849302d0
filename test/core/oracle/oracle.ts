import type { CanBuild, Report, ReportLine, Summary } from "../../../src/core/generated/report.ts";
import { type Ahead, hasDay, lookAhead } from "./ahead.ts";
import { offerOf, piecesOf } from "./buying.ts";
import { canBuild } from "./capacity.ts";
import { type Reach, type Settled, settled } from "./counting.ts";
import { daysAfter } from "./days.ts";
import { howManyOf, namedInSteps } from "./how-many.ts";
import type { Netting, Tally } from "./netting.ts";
import { exactly, positive, shown, sum } from "./numbers.ts";
import { planOf } from "./plan.ts";
import { type Trouble, unknown, unknownToBuy } from "./resolving.ts";
import { alternativesOf, arrivalsOf, costOf, type Finding, findingsOf, outlookOf, watchedOf } from "./sections.ts";
import { named } from "./walk.ts";
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
export function answer(q: Question, claimed: Claimed): Answer {
  return report(q, settled(q), claimed);
}

/** Where several answers are right, that of the other side is looked at first. */
export type Claimed = Pick<Report, "can_build" | "how_many">;

function report(q: Question, whole: Settled, claimed: Claimed): Answer {
  const { graph, counted, reaches } = whole;
  const resolved = whole.resolved.filter((it) => it !== null);
  const roots = resolved.filter((it) => typeof it === "number");
  const unresolved = resolved.filter((it) => typeof it !== "number");
  const linePks = graph.order.filter((pk) => counted.of(pk).required > 0n && !partOf(q, pk).virtual);
  const coming = lookAhead(q, whole);
  const ahead = hasDay(q) ? coming : null;
  const plan = planOf(q, whole, coming?.ready ?? []);
  const lines = linePks.map((pk) => lineOf(q, { pk, counted, reaches, ahead })).sort(bySeverity);
  const short = lines.filter((line) => line.short).map((line) => line.pk);
  const assemblies = [...new Set(roots)].filter((pk) => partOf(q, pk).assembly);
  const can = new Map(
    assemblies.map((assembly) => {
      const levels = claimed.can_build[assembly]?.all_levels ?? null;
      return [assembly, canBuild(q, graph, { assembly, claimed: levels === null ? null : BigInt(levels) })];
    }),
  );
  const steps = stepsOf(q, graph, {
    assemblies,
    resolved: whole.resolved,
    ahead: coming,
    claimed: claimed.how_many ?? {},
  });
  const { watched, problems } = watchedOf(q);
  const isUnreadable = q.snapshot.offers === "unreadable" && lines.some((line) => line.to_order > 0);
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
    ...(steps === null ? {} : { how_many: steps }),
    ...namesOf(q, lines, [...namedIn(can, lines), ...namedInSteps(steps ?? {}), ...waitedFor(coming)]),
    ...(isUnreadable ? { offers: "unreadable" as const } : {}),
    ...(coming === null ? {} : { ready: [...coming.ready] }),
    ...(plan === null ? {} : { plan }),
    ...(q.parts.length > 0 ? { cost: costOf(q, counted, bought) } : {}),
    alternatives: alternativesOf(q, graph, counted),
    ...(q.watch.length > 0 ? { watched } : {}),
    problems: [...unresolved, ...unknownToBuy(q), ...unknownLocations, ...problems],
    data_quality: findingsOf(q, graph, { counted, short }),
    silenced: [],
  };
}

/** Rule 23: of all assemblies where somebody asks; else of those that wait, below which something arrives on a day. */
function stepsOf(
  q: Question,
  graph: Settled["graph"],
  {
    assemblies,
    resolved,
    ahead,
    claimed,
  }: {
    assemblies: readonly number[];
    resolved: Settled["resolved"];
    ahead: Ahead | null;
    claimed: Report["how_many"] & {};
  },
): (Report["how_many"] & {}) | null {
  if (q.byWhen === true) return howManyOf(q, graph, { assemblies, claimed });
  const waiting = (ahead?.ready ?? []).filter(({ state }) => state !== "now").map(({ entry }) => resolved[entry]);
  const wanted = assemblies.filter((pk) => isMade(q, pk) && waiting.includes(pk));
  const arriving = Object.entries(howManyOf(q, graph, { assemblies: wanted, claimed })).filter(
    ([, figures]) => (figures?.steps.length ?? 0) > 1,
  );
  return arriving.length === 0 ? null : Object.fromEntries(arriving);
}

/** Names of parts that are no lines and of which only the pk stands elsewhere; nothing where there are none. */
function namesOf(q: Question, lines: readonly ReportLine[], told: readonly number[]): Pick<Answer, "names"> {
  const others = told.filter((pk) => !lines.some((line) => line.pk === pk));
  return others.length === 0 ? {} : { names: Object.fromEntries(others.map((pk) => [`${pk}`, partOf(q, pk).name])) };
}

function namedIn(can: ReadonlyMap<number, CanBuild>, lines: readonly ReportLine[]): number[] {
  return [
    ...[...can].flatMap(([pk, { limited_by }]) => [pk, ...limited_by]),
    ...lines.flatMap((line) => line.covered_by.map(({ part }) => part)),
  ];
}

function waitedFor(ahead: Ahead | null): number[] {
  const parts = (ahead?.ready ?? []).flatMap(({ waits_for }) => waits_for.map(({ part }) => part));
  return parts.filter((part) => typeof part === "number");
}

interface Counted {
  readonly pk: number;
  readonly counted: Netting;
  readonly reaches: readonly Reach[];
  readonly ahead: Ahead | null;
}

function lineOf(q: Question, { pk, counted, reaches, ahead }: Counted): ReportLine {
  const part = partOf(q, pk);
  const tally = counted.of(pk);
  const { onOrder, inProduction } = incomingOf(q, pk);
  const make = isMade(q, pk);
  const offer = offerOf(q, pk, tally.toOrder);
  const orderBy = tally.toOrder > 0n ? ahead?.orderBy.get(pk) : undefined;
  const has = <T>(name: T, is: boolean): T[] => (is ? [name] : []);
  return {
    ...{ pk, name: part.name, ipn: part.ipn, version: part.revision, units: part.units, link: part.link },
    required: shown(tally.required),
    optional: shown(tally.optional),
    ...(tally.wasted > 0n ? { overage: shown(tally.wasted) } : {}),
    in_stock: shown(stockOf(q, pk)),
    committed: shown(committedOf(q, pk)),
    available: shown(availableOf(q, pk)),
    borrowed: shown(tally.borrowed),
    on_order: shown(onOrder),
    in_production: shown(inProduction),
    missing: shown(tally.missing),
    owed: shown(tally.owed),
    to_order: shown(tally.toOrder),
    order_quantity: shown(orderQuantity(q, pk, tally.toOrder)),
    to_build: shown(tally.toBuild),
    critical: shown(criticalOf(q, pk, counted)),
    make,
    short: !make && isShort(q, { pk, tally, ahead }),
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
    ...arrivalsOf(q, pk, tally.missing),
    ...(offer === null ? {} : { offer }),
    ...(orderBy === undefined ? {} : { order_by: orderBy, ...orderNow(q, orderBy) }),
  };
}

/** Rules 7 and 22. */
function isShort(q: Question, { pk, tally, ahead }: { pk: number; tally: Tally; ahead: Ahead | null }): boolean {
  const { on_order } = q.policy;
  if (on_order === "report" || (on_order === "in_time" && ahead === null)) return tally.missing > 0n;
  return tally.toOrder > 0n || (on_order === "in_time" && tally.missing > 0n && ahead?.tooLate.has(pk) === true);
}

/** Rule 26: up to whole packs of the offer; without one, up to whole pieces. */
function orderQuantity(q: Question, pk: number, toOrder: bigint): bigint {
  const offer = offerOf(q, pk, toOrder);
  return offer === null ? piecesOf(q, pk, toOrder) : BigInt(offer.packs) * exactly(offer.pack);
}

/** What has to be ordered within so many days, where somebody asks. */
function orderNow(q: Question, orderBy: string): Pick<ReportLine, "order_now"> {
  const days = q.orderSoonDays ?? null;
  return days === null ? {} : { order_now: orderBy <= daysAfter(q.today, days) };
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
