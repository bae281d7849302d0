import type { ReportProblem } from "../generated/report.ts";
import type { ListEntry, Policy } from "../monitor.ts";
import { type Graph, type PartNode, walkBom } from "./bom.ts";
import { incomingOf } from "./incoming-quantity.ts";
import { type Netting, net } from "./netting.ts";
import { processingOrder } from "./order.ts";
import type { Quantity } from "./quantity.ts";
import { type QuantityMap, quantityMapOf } from "./quantity-map.ts";
import { tooLargeProblem } from "./report-problem.ts";
import { type Resolution, resolveEntries } from "./resolve.ts";
import type { Part, Snapshot } from "./snapshot.ts";
import type { StockCount } from "./stock.ts";
import { explain } from "./why.ts";

/** The list, counted: what each entry means, and what is required, there and missing of each part behind it. */
export interface Count {
  readonly entries: readonly CountedEntry[];
  readonly graph: Graph;
  readonly order: readonly PartNode[];
  readonly netting: Netting;
  readonly available: QuantityMap;
  readonly incoming: QuantityMap;
  readonly problems: readonly ReportProblem[];
  /** What the entries mean, before anything was left out as too large. */
  readonly resolution: Resolution;
}

export interface CountedEntry {
  readonly entry: number;
  readonly quantity: Quantity;
  /** null: could not be resolved, or is too large to be counted. */
  readonly node: PartNode | null;
}

export interface CountInput {
  readonly parts: readonly ListEntry[];
  readonly policy: Policy;
  readonly buy: ReadonlySet<number>;
  readonly snapshot: Snapshot;
  readonly stock: StockCount;
}

/**
 * Counts the list. Where a quantity would go beyond what can be counted, the entries behind it are left out with a
 * problem each, and the rest is counted again.
 */
export function countList(input: CountInput): Count {
  const resolution = resolveEntries(input.parts, input.snapshot);
  return { ...countEntries(resolution, input), resolution };
}

/**
 * Counts the list as if only some of its entries were on it. `alike`: nothing but the quantities can differ, so that what
 * was walked and ordered for the whole list is walked and ordered for these, too.
 */
export function countSome(
  whole: Count,
  {
    input,
    included,
    alike,
  }: { readonly input: CountInput; readonly included: ReadonlySet<number>; readonly alike: boolean },
): Count {
  const { resolution } = whole;
  if (alike) {
    const entries = whole.entries.filter(({ entry }) => included.has(entry));
    return { ...whole, entries, netting: netOf(entries, { graph: whole, input }) };
  }
  const entries = resolution.entries.filter(({ entry }) => included.has(entry));
  return { ...countEntries({ entries, problems: [] }, input), resolution };
}

/**
 * Whether the walk and the order of the whole list serve any part of it: no line was left out as a cycle, no entry as too
 * large, and all that could lend stock to several parts is asked in the one order that the rules wish for.
 */
export function isAlikeInParts(whole: Count, { substitutes }: Policy): boolean {
  const { graph, problems, resolution } = whole;
  return (
    problems.length === resolution.problems.length &&
    graph.cycles.length === 0 &&
    (substitutes === "suggest" || graph.replaceable.length === 0) &&
    hasVariantsFirst(whole)
  );
}

/** What requires a variant, and a variant that is itself a template, is counted before the template. */
function hasVariantsFirst({ graph, order }: Count): boolean {
  const templates = graph.nodes.filter(({ variants }) => variants.length > 0);
  if (templates.length === 0) return true;
  const place = new Map(order.map((node, index) => [node, index]));
  const placeOf = (node: PartNode) => place.get(node) ?? -1;
  const lastDemand = new Map<PartNode, number>();
  for (const node of order) for (const { sub } of node.lines) lastDemand.set(sub, placeOf(node));
  return templates.every((template) =>
    template.variants.every((variant) => {
      const isTemplate = variant.part.isTemplate || variant.variants.length > 0;
      const latest = Math.max(lastDemand.get(variant) ?? -1, isTemplate ? placeOf(variant) : -1);
      return latest < placeOf(template) || !place.has(template);
    }),
  );
}

function netOf(
  entries: readonly CountedEntry[],
  { graph: { graph, order, available, incoming }, input }: { readonly graph: Walked; readonly input: CountInput },
): Netting {
  const { substitutes } = input.policy;
  return net({ graph, order, asked: askedFor(entries), available, incoming, substitutes });
}

type Walked = Pick<Count, "graph" | "order" | "available" | "incoming">;

function countEntries({ entries: resolved, problems }: Resolution, input: CountInput): Omit<Count, "resolution"> {
  const { snapshot, policy, buy, stock } = input;
  const roots = resolved.flatMap(({ part }) => (part === null ? [] : [part]));
  const graph = walkBom(roots, { snapshot, policy, buy });
  const order = processingOrder(graph);
  const entries = resolved.map(({ entry, quantity, part }) => ({ entry, quantity, node: nodeOf(part, graph) }));
  const available = quantityMapOf(graph.nodes, (node) => stock.of(node.part).available);
  const incoming = quantityMapOf(graph.nodes, (node) => {
    const { onOrder, inProduction } = incomingOf(node.part, policy);
    return onOrder + inProduction;
  });
  const netting = netOf(entries, { graph: { graph, order, available, incoming }, input });
  if (netting.tooLarge === null) return { entries, graph, order, netting, available, incoming, problems };
  const behind = entriesBehind(netting.tooLarge, { entries, graph, netting });
  const left = resolved.map((each) => (behind.has(each.entry) ? { ...each, part: null } : each));
  const { tooLarge } = netting;
  const more = [...behind].flatMap((entry) => {
    const row = input.parts[entry];
    return row === undefined ? [] : [tooLargeProblem(entry, { asked: row, node: tooLarge })];
  });
  return countEntries({ entries: left, problems: [...problems, ...more] }, input);
}

function nodeOf(part: Part | null, graph: Graph): PartNode | null {
  return part === null ? null : (graph.byPk.get(part.pk) ?? null);
}

function askedFor(entries: readonly CountedEntry[]): ReadonlyMap<PartNode, Quantity> {
  const asked = new Map<PartNode, Quantity>();
  for (const { node, quantity } of entries) {
    if (node !== null) asked.set(node, (asked.get(node) ?? 0) + quantity);
  }
  return asked;
}

function entriesBehind(node: PartNode, count: Pick<Count, "entries" | "graph" | "netting">): ReadonlySet<number> {
  const { reached } = explain(count);
  const behind = [...reached].filter(([, nodes]) => nodes.includes(node)).map(([entry]) => entry);
  if (behind.length === 0) throw new Error(`Nothing asks for part ${node.part.pk}, and yet it is required`);
  return new Set(behind);
}
