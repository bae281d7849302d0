import type { PartName, Reason } from "../generated/report.ts";
import type { Graph, PartNode } from "./bom.ts";
import type { Netting } from "./netting.ts";
import { neededBy } from "./requirement.ts";
import type { Part } from "./snapshot.ts";

/** Which entries need which parts. */
export interface Why {
  /**
   * By index of the node: the entries that need it, in list order, each with one shortest path; where the paths of all
   * together name more than MOST_NAMED parts, only the first with one.
   */
  readonly reasons: readonly (readonly Reason[])[];
  /** By entry's index: the part itself and all that its need brings through what is really built. */
  readonly reached: ReadonlyMap<number, readonly PartNode[]>;
}

/** Paths that name more parts than that would make a report of tens of megabytes, which nobody reads. */
export const MOST_NAMED = 250_000;

interface WhyInput {
  /** null: the entry means no part. */
  readonly entries: readonly { readonly entry: number; readonly node: PartNode | null }[];
  readonly graph: Graph;
  readonly netting: Netting;
}

/** Follows each entry, breadth first, lines by pk, through the assemblies that are really built. */
export function explain({ entries, graph, netting }: WhyInput): Why {
  const next = neighbours(graph, netting);
  const walks = new Map<PartNode, ShortestPaths>();
  const walked = entries.flatMap(({ entry, node }) => {
    if (node === null) return [];
    const walk = walks.get(node) ?? shortestPaths(node, { next, size: graph.nodes.length });
    walks.set(node, walk);
    return [{ entry, walk }];
  });
  const areAllNamed = walked.reduce((sum, { walk }) => sum + walk.named, 0) <= MOST_NAMED;
  const names = graph.nodes.map((node) => partName(node.part));
  const reasons: Reason[][] = graph.nodes.map(() => []);
  for (const { entry, walk } of walked) {
    // One for all lines: of many entries and parts there are a million.
    const unnamed: Reason = { entry, path: [] };
    for (const node of walk.found) {
      if (node.part.virtual) continue;
      const of = reasons[node.index];
      const hasPath = areAllNamed || of?.length === 0;
      of?.push(hasPath ? { entry, path: pathTo(node.index, { walk, names }) } : unnamed);
    }
  }
  return { reasons, reached: new Map(walked.map(({ entry, walk }) => [entry, walk.found])) };
}

/** How a part is named in paths. */
export function partName(part: Part): PartName {
  return { pk: part.pk, name: part.name };
}

interface ShortestPaths {
  /** In the order in which they were met; the first is the start. */
  readonly found: readonly PartNode[];
  /** By index of the node: that of the node before it; itself at the start. */
  readonly from: Int32Array;
  /** How many parts all of these paths name. */
  readonly named: number;
}

const UNMET = -1;

function shortestPaths(
  start: PartNode,
  { next, size }: { readonly next: (node: PartNode) => readonly PartNode[]; readonly size: number },
): ShortestPaths {
  const found: PartNode[] = [start];
  const from = new Int32Array(size).fill(UNMET);
  const length = new Int32Array(size);
  from[start.index] = start.index;
  length[start.index] = 1;
  let named = 0;
  for (const node of found) {
    const reached = length[node.index] ?? 0;
    named += reached;
    for (const sub of next(node)) {
      if (from[sub.index] !== UNMET) continue;
      from[sub.index] = node.index;
      length[sub.index] = reached + 1;
      found.push(sub);
    }
  }
  return { found, from, named };
}

/** What the build of a part really needs: each part once, by the pk of its first line. */
function neighbours(graph: Graph, netting: Netting): (node: PartNode) => readonly PartNode[] {
  const known: (readonly PartNode[] | undefined)[] = graph.nodes.map(() => undefined);
  return (node) => {
    const before = known[node.index];
    if (before !== undefined) return before;
    const built = netting.exploded.of(node);
    const needed = built === 0 ? [] : node.lines.filter((line) => neededBy(line, built) > 0);
    const subs = [...new Set(needed.map((line) => line.sub))];
    known[node.index] = subs;
    return subs;
  };
}

function pathTo(
  index: number,
  { walk: { from }, names }: { readonly walk: ShortestPaths; readonly names: readonly PartName[] },
): PartName[] {
  const path: PartName[] = [];
  for (let at = index; ; at = from[at] ?? at) {
    const name = names[at];
    if (name !== undefined) path.push(name);
    if (from[at] === at || from[at] === undefined) return path.reverse();
  }
}
