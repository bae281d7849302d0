import type { ReportProblem } from "../generated/report.ts";
import type { ListEntry, Policy } from "../monitor.ts";
import { type Graph, type PartNode, walkBom } from "./bom.ts";
import { type Netting, net } from "./netting.ts";
import { processingOrder } from "./order.ts";
import type { Quantity } from "./quantity.ts";
import { incomingOf } from "./report-line.ts";
import { tooLargeProblem } from "./report-problem.ts";
import { type Resolution, resolveEntries } from "./resolve.ts";
import type { Part, Snapshot } from "./snapshot.ts";
import type { StockCount } from "./stock.ts";
import { type Tally, tallyOf } from "./tally.ts";
import { explain } from "./why.ts";

/** The list, counted: what each entry means, and what is required, there and missing of each part behind it. */
export interface Count {
  readonly entries: readonly CountedEntry[];
  readonly graph: Graph;
  readonly order: readonly PartNode[];
  readonly netting: Netting;
  readonly available: Tally;
  readonly problems: readonly ReportProblem[];
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
  const { entries, problems } = resolveEntries(input.parts, input.snapshot);
  return countEntries({ entries, problems }, input);
}

function countEntries({ entries: resolved, problems }: Resolution, input: CountInput): Count {
  const { snapshot, policy, buy, stock } = input;
  const roots = resolved.flatMap(({ part }) => (part === null ? [] : [part]));
  const graph = walkBom(roots, { snapshot, policy, buy });
  const order = processingOrder(graph);
  const entries = resolved.map(({ entry, quantity, part }) => ({ entry, quantity, node: nodeOf(part, graph) }));
  const available = tallyOf(graph.nodes, (node) => stock.of(node.part).available);
  const incoming = tallyOf(graph.nodes, (node) => {
    const { onOrder, inProduction } = incomingOf(node.part, policy);
    return onOrder + inProduction;
  });
  const asked = askedFor(entries);
  const netting = net({ graph, order, asked, available, incoming, substitutes: policy.substitutes });
  if (netting.tooLarge === null) return { entries, graph, order, netting, available, problems };
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
