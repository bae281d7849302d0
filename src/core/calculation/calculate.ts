import type { CanBuild, HowMany, Ready, Report, ReportLine, ReportProblem, Summary } from "../generated/report.ts";
import type { LeadTimes, ListEntry, Plan, Policy, SupplierRules, WatchEntry } from "../monitor.ts";
import { defined } from "../records.ts";
import { howMany, howManyUnasked } from "./ahead/how-many.ts";
import { hasDates, lookAhead, looksAhead } from "./ahead/ready.ts";
import { alternativesOf } from "./alternatives.ts";
import type { PartNode } from "./bom.ts";
import { purchasesOf, supplierOf } from "./buying/offer.ts";
import { canBuild } from "./can-build.ts";
import { consumablesLeftOut } from "./consumables.ts";
import { costOf } from "./cost.ts";
import { type Count, type CountedEntry, countList } from "./count.ts";
import { coveragePercent } from "./coverage.ts";
import { partOf } from "./part-index.ts";
import { planReport } from "./plan.ts";
import { dataQualityOf } from "./quality.ts";
import { byUrgency, isShort, reportLine } from "./report-line.ts";
import { unknownReference } from "./report-problem.ts";
import { findParts } from "./resolve.ts";
import type { Snapshot } from "./snapshot.ts";
import { countStock, type StockCount } from "./stock.ts";
import { watchStock } from "./watch.ts";
import { explain, type Why } from "./why.ts";

export interface CalculationInput {
  readonly parts: readonly ListEntry[];
  /** The lists that these are the entries of; absent: they are of one list. */
  readonly plan?: Plan;
  readonly watch: readonly WatchEntry[];
  readonly policy: Policy;
  readonly snapshot: Snapshot;
  /** YYYY-MM-DD in the monitor's zone: decides what is late and what has expired. */
  readonly today: string;
  readonly leadTimes?: LeadTimes;
  readonly suppliers?: SupplierRules;
  /** What has to be ordered within so many days is marked. */
  readonly orderSoonDays?: number | null;
  /** Whether it is asked how many of each assembly could be built by when. */
  readonly byWhen?: boolean;
}

/**
 * The report of a parts list and of watch rules against a snapshot, by the rules of docs/calculation.md. `silenced` is
 * empty: silences are taken out later. Throws an Error where the snapshot lacks what the list needs.
 */
export function calculate(input: CalculationInput): Report {
  const { parts, plan, policy, snapshot, today, leadTimes = {}, orderSoonDays = null, suppliers = NO_RULES } = input;
  const stock = countStock({ snapshot, policy, today });
  const { buy, problems } = policyParts(policy, { snapshot, stock });
  const count = countList({ parts, policy, buy, snapshot, stock });
  const { graph, netting, available } = count;
  const why = explain(count);
  const required = graph.nodes.filter((node) => netting.required.of(node) > 0 && !node.part.virtual);
  const purchases = purchasesOf(graph.nodes, { netting, snapshot, rules: suppliers });
  const supplier = (pk: number) => supplierOf(pk, { purchases, snapshot, rules: suppliers });
  const coming = looksAhead(input) ? lookAhead(count, { ...input, buy, stock, leadTimes, supplierOf: supplier }) : null;
  // Where nobody has said by when, nothing is too late.
  const ahead = hasDates(parts) ? coming : null;
  const context = { netting, available, policy, buy, snapshot, stock, why, purchases, ahead, today, orderSoonDays };
  const rows = required.map((node) => ({ node, line: reportLine(node, context) }));
  rows.sort((a, b) => byUrgency(a.line, b.line));
  const lines = rows.map(({ line }) => line);
  const short = new Set(required.filter((node) => isShort(node, { netting, policy, ahead })));
  const abilities = abilitiesOf(count, input);
  const steps = stepsOf(count, { ...input, ready: coming?.ready ?? [] });
  const watching = watchStock(input.watch, { snapshot, stock, policy, buy, suppliers, today });
  const missing = rows.filter(({ line }) => line.missing > 0).map(({ node }) => node);
  return {
    schema_version: 1,
    summary: {
      ...listSummary(count.entries, lines),
      parts_available: availableEntries(why, short),
      coverage: coverageOf(count.entries, { abilities, stock }),
      low: watching.watched.filter(({ kind }) => kind === "low").length,
      out: watching.watched.filter(({ kind }) => kind === "out").length,
      consumables_left_out: consumablesLeftOut({ graph, netting, policy, snapshot }),
    },
    lines,
    can_build: Object.fromEntries(abilities),
    ...defined({ how_many: steps }),
    ...namesBeside(lines, { abilities, steps, ready: coming?.ready ?? [], snapshot }),
    ...(purchases.size > 0 && snapshot.offers === "unreadable" ? { offers: "unreadable" } : {}),
    ...(coming === null ? {} : { ready: coming.ready }),
    ...(plan === undefined
      ? {}
      : { plan: planReport(plan, { ...input, buy, stock, count, ready: coming?.ready ?? [] }) }),
    ...(parts.length === 0 ? {} : { cost: costOf(rows.flatMap(bought(count)), snapshot.currency) }),
    alternatives: alternativesOf(missing, { netting, available }),
    ...(input.watch.length === 0 ? {} : { watched: watching.watched }),
    problems: [...count.problems, ...problems, ...watching.problems].sort(byEntry),
    data_quality: dataQualityOf({ graph, netting, short, snapshot, stock }),
    silenced: [],
  };
}

const NO_RULES: SupplierRules = { prefer: [], avoid: [] };

function policyParts(
  policy: Policy,
  { snapshot, stock }: { readonly snapshot: Snapshot; readonly stock: StockCount },
): { readonly buy: ReadonlySet<number>; readonly problems: readonly ReportProblem[] } {
  const named = policy.buy.map((reference) => ({ reference, parts: findParts(reference, snapshot) }));
  const unknown = named.filter(({ parts }) => parts.length === 0);
  return {
    buy: new Set(named.flatMap(({ parts }) => parts.map((part) => part.pk))),
    problems: [
      ...unknown.map(({ reference }) => unknownReference("unknown_policy_part", reference)),
      ...stock.unknownLocations.map((reference) => unknownReference("unknown_location", reference)),
    ],
  };
}

function assembliesOf({ entries }: Count): readonly PartNode[] {
  return [...new Set(entries.flatMap(({ node }) => (node?.part.assembly === true ? [node] : [])))];
}

/**
 * How many could be built, from which day on: of all assemblies, or, unasked, of those that have to wait, as far as
 * something arrives.
 */
function stepsOf(
  count: Count,
  { byWhen = false, ready, ...input }: CalculationInput & { readonly ready: readonly Ready[] },
): Report["how_many"] {
  const counting = { ...count, ...input };
  if (byWhen) return howMany(assembliesOf(count), counting);
  const waiting = new Set(ready.filter(({ state }) => state !== "now").map(({ entry }) => entry));
  if (waiting.size === 0) return undefined;
  const entries = count.entries.filter(({ entry }) => waiting.has(entry));
  const steps = howManyUnasked(assembliesOf({ ...count, entries }), counting);
  return Object.keys(steps).length === 0 ? undefined : steps;
}

/** Can-build of each assembly of the list, by pk. */
function abilitiesOf(count: Count, { policy, snapshot }: CalculationInput): ReadonlyMap<number, CanBuild> {
  return new Map(assembliesOf(count).map((node) => [node.part.pk, canBuild(node, { ...count, policy, snapshot })]));
}

/** Names of parts that are not lines and that would appear only by their pk: readers need the name. */
function namesBeside(
  lines: readonly ReportLine[],
  {
    abilities,
    steps = {},
    ready,
    snapshot,
  }: {
    readonly steps: Report["how_many"];
    readonly abilities: ReadonlyMap<number, CanBuild>;
    readonly ready: readonly Ready[];
    readonly snapshot: Snapshot;
  },
): Pick<Report, "names"> {
  const named = new Set(lines.map((line) => line.pk));
  const delivered = [
    ...[...abilities].flatMap(([pk, { limited_by }]) => [pk, ...limited_by]),
    ...Object.values(steps).flatMap(partsOfSteps),
    ...lines.flatMap((line) => line.covered_by.map(({ part }) => part)),
    ...ready.flatMap(({ waits_for }) => waits_for.flatMap(({ part }) => (typeof part === "number" ? [part] : []))),
  ];
  const others = delivered.filter((pk) => !named.has(pk));
  if (others.length === 0) return {};
  return { names: Object.fromEntries(others.map((pk) => [pk, partOf(snapshot, pk).name])) };
}

function partsOfSteps(figures: HowMany | undefined): number[] {
  const { steps, without_day } = figures ?? { steps: [], without_day: [] };
  return [...steps.flatMap(({ limited_by }) => limited_by), ...without_day.map(({ part }) => part)];
}

function listSummary(
  entries: readonly CountedEntry[],
  lines: readonly ReportLine[],
): Pick<Summary, "parts_requested" | "lines" | "short" | "to_build" | "critical" | "unresolved"> {
  const unresolved = entries.filter(({ node }) => node === null).length;
  return {
    parts_requested: entries.length,
    lines: lines.length,
    short: lines.filter((line) => line.short).length + unresolved,
    to_build: lines.filter((line) => line.to_build > 0).length,
    critical: lines.filter((line) => line.critical > 0).length,
    unresolved,
  };
}

/** Entries behind which nothing is short. */
function availableEntries(why: Why, short: ReadonlySet<object>): number {
  return [...why.reached.values()].filter((nodes) => !nodes.some((node) => short.has(node))).length;
}

function coverageOf(
  entries: readonly CountedEntry[],
  { abilities, stock }: { readonly abilities: ReadonlyMap<number, CanBuild>; readonly stock: StockCount },
): number {
  return coveragePercent(
    entries.map(({ node, quantity }) => {
      if (node === null) return { quantity, available: null, allLevels: 0, nothingToCover: false };
      const ability = abilities.get(node.part.pk);
      return {
        quantity,
        available: stock.withVariants(node.part),
        allLevels: ability === undefined ? 0 : ability.all_levels,
        nothingToCover: node.part.virtual && !node.made,
      };
    }),
  );
}

function bought({ netting }: Count) {
  return ({ node }: { readonly node: Count["order"][number] }) =>
    node.made
      ? []
      : [
          {
            part: node.part,
            required: netting.required.of(node),
            missing: netting.missing.of(node),
            toOrder: netting.lacking.of(node),
          },
        ];
}

function byEntry(a: ReportProblem, b: ReportProblem): number {
  return (a.entry ?? Number.POSITIVE_INFINITY) - (b.entry ?? Number.POSITIVE_INFINITY) || 0;
}
