import type { HowMany, WithoutDay } from "../../generated/report.ts";
import type { PartNode } from "../bom.ts";
import { type CanBuildInput, MOST, mostOf, reachable, trialOf } from "../can-build.ts";
import { plain } from "../quantity.ts";
import { emptyQuantityMap } from "../quantity-map.ts";
import { type Event, eventsOf } from "./incoming.ts";

/** Of more nobody can make use. */
const MOST_STEPS = 60;

interface HowManyInput extends CanBuildInput {
  /** YYYY-MM-DD in the monitor's zone. */
  readonly today: string;
}

/** By pk: how many of each assembly could be built, from stock at hand and from each day on which something arrives. */
export function howMany(assemblies: readonly PartNode[], input: HowManyInput): Record<string, HowMany> {
  return Object.fromEntries(assemblies.map((node) => [node.part.pk, stepsOf(node, input)]));
}

/**
 * The same for checks, without being requested: only assemblies that need something which arrives on a known day, and only as
 * many as can be calculated for each of these days beside the check itself.
 */
export function howManyUnasked(assemblies: readonly PartNode[], input: HowManyInput): Record<string, HowMany> {
  let left = MOST_COUNTED_AGAIN;
  return Object.fromEntries(
    assemblies.flatMap((node) => {
      if (!node.made || left <= 0) return [];
      const below = arrivalsBelow(node, input);
      const all = below.parts * below.days.length;
      const isTold = below.days.length > 0 && all <= left;
      // To look below an assembly has its price, too.
      left -= isTold ? all : below.parts;
      return isTold ? [[node.part.pk, stepsOf(node, input, below)]] : [];
    }),
  );
}

/** Parts, each for each day: some hundredths of a second. */
const MOST_COUNTED_AGAIN = 20_000;

interface Below {
  /** How many. */
  readonly parts: number;
  readonly arrivals: readonly Coming[];
  /** In order, as many as are steps. */
  readonly days: readonly string[];
}

function arrivalsBelow(assembly: PartNode, input: HowManyInput): Below {
  const parts = partsBelow(assembly, input);
  const arrivals = parts.flatMap((node) => arrivalsOf(node, input));
  const days = [...new Set(arrivals.flatMap(({ event: { day } }) => (day === null ? [] : [day])))].sort();
  return { parts: parts.length, arrivals, days: days.slice(0, MOST_STEPS - 1) };
}

function stepsOf(
  assembly: PartNode,
  input: HowManyInput,
  { arrivals, days }: Below = arrivalsBelow(assembly, input),
): HowMany {
  if (!assembly.made) return { steps: [{ date: null, number: 0, limited_by: [] }], without_day: [] };
  const coming = emptyQuantityMap(input.graph.nodes.length);
  const steps: HowMany["steps"] = [];
  let from = 0;
  for (const date of [null, ...days]) {
    for (const { node, event } of arrivals) if (date !== null && event.day === date) coming.add(node, event.quantity);
    const { all_levels: number, limited_by } = mostOf(trialOf(assembly, { ...input, coming }), from);
    from = number ?? MOST;
    steps.push({ date, number, limited_by });
  }
  return { steps, without_day: withoutDay(arrivals) };
}

/** All that its lines lead to, with the variants and substitutes that may stand in for it; never the assembly itself. */
function partsBelow(assembly: PartNode, { graph }: HowManyInput): readonly PartNode[] {
  const isBelow = reachable(assembly, graph);
  const below = new Set<PartNode>();
  for (const node of graph.nodes) {
    if (isBelow[node.index] !== 1) continue;
    for (const { sub, substitutes } of node.lines) {
      for (const each of [sub, ...sub.variants, ...substitutes]) below.add(each);
    }
  }
  below.delete(assembly);
  return [...below].filter(({ part }) => !part.virtual).sort((a, b) => a.part.pk - b.part.pk);
}

interface Coming {
  readonly node: PartNode;
  readonly event: Event;
}

/** A draft has no day here: an order that nobody places brings nothing. */
function arrivalsOf(node: PartNode, { snapshot, policy, today }: HowManyInput): readonly Coming[] {
  return eventsOf(node.part, { snapshot, policy, today, leadTime: null }).map((event) => ({ node, event }));
}

const REASONS: readonly WithoutDay["because"][] = ["late", "not_placed", "undated"];

/** In the order of the arrivals' parts: of each, one row for each reason. */
function withoutDay(arrivals: readonly Coming[]): WithoutDay[] {
  const undated = Map.groupBy(
    arrivals.filter(({ event }) => event.day === null),
    ({ node }) => node,
  );
  return [...undated].flatMap(([{ part }, of]) =>
    REASONS.flatMap((because) => {
      const events = of.filter(({ event }) => event.because === because);
      const quantity = events.reduce((sum, { event }) => sum + event.quantity, 0);
      return quantity > 0 ? [{ part: part.pk, quantity: plain(quantity), because }] : [];
    }),
  );
}
