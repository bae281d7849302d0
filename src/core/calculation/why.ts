import type { PartName, Reason } from "../generated/report.ts";
import type { Graph, PartNode } from "./bom.ts";
import type { Netting } from "./netting.ts";
import { neededBy } from "./requirement.ts";
import type { Part } from "./snapshot.ts";

/** Which entries need which parts. */
export interface Why {
  /** By index of the node: the entries that need it, in list order, each with one shortest path. */
  readonly reasons: readonly (readonly Reason[])[];
  /** By entry's index: the part itself and all that its need brings through what is really built. */
  readonly reached: ReadonlyMap<number, readonly PartNode[]>;
}

/** Follows each entry, breadth first, lines by pk, through the assemblies that are really built. */
export function explain(input: {
  /** null: the entry means no part. */
  readonly entries: readonly { readonly entry: number; readonly node: PartNode | null }[];
  readonly graph: Graph;
  readonly netting: Netting;
}): Why {
  const reasons: Reason[][] = input.graph.nodes.map(() => []);
  const reached = new Map<number, readonly PartNode[]>();
  const names = input.graph.nodes.map((node) => partName(node.part));
  const next = neighbours(input.netting);
  const walks = new Map<PartNode, ShortestPaths>();
  for (const { entry, node } of input.entries) {
    if (node === null) continue;
    const walk = walks.get(node) ?? shortestPaths(node, next);
    walks.set(node, walk);
    reached.set(entry, walk.found);
    for (const each of walk.found) {
      if (each.part.virtual) continue;
      reasons[each.index]?.push({ entry, path: pathTo(each, walk).flatMap((on) => names[on.index] ?? []) });
    }
  }
  return { reasons, reached };
}

/** How a part is named in paths. */
export function partName(part: Part): PartName {
  return { pk: part.pk, name: part.name };
}

interface ShortestPaths {
  /** In the order in which they were met; the first is the start. */
  readonly found: readonly PartNode[];
  readonly from: ReadonlyMap<PartNode, PartNode>;
}

function shortestPaths(start: PartNode, next: (node: PartNode) => readonly PartNode[]): ShortestPaths {
  const found: PartNode[] = [start];
  const from = new Map<PartNode, PartNode>();
  for (const node of found) {
    for (const sub of next(node)) {
      if (sub === start || from.has(sub)) continue;
      from.set(sub, node);
      found.push(sub);
    }
  }
  return { found, from };
}

/** What the build of a part really needs: each part once, by the pk of its first line. */
function neighbours(netting: Netting): (node: PartNode) => readonly PartNode[] {
  const known = new Map<PartNode, readonly PartNode[]>();
  return (node) => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const built = netting.exploded.of(node);
    const needed = built === 0 ? [] : node.lines.filter((line) => neededBy(line, built) > 0);
    const subs = [...new Set(needed.map((line) => line.sub))];
    known.set(node, subs);
    return subs;
  };
}

function pathTo(node: PartNode, walk: ShortestPaths): readonly PartNode[] {
  const path: PartNode[] = [];
  for (let at: PartNode | undefined = node; at !== undefined; at = walk.from.get(at)) path.push(at);
  return path.reverse();
}
