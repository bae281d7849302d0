import type { Graph, NodeLine, PartNode } from "./bom.ts";

/**
 * The order in which parts are counted: each after all that require it. On top of that, as far as it closes no cycle:
 * what requires a variant, and a variant that is itself a template, before its template; and what requires a substitute
 * before the part that it replaces. These wishes are granted in that order, by the pk of the later part, then of the
 * earlier one; one that would close a cycle with what already holds is dropped. Of the parts whose turn it could be, the
 * least pk.
 */
export function processingOrder(graph: Graph): readonly PartNode[] {
  const nodes = graph.nodes.slice(0, graph.walked);
  const after: number[][] = nodes.map((node) => node.lines.map((line) => line.sub.index));
  const wishes = wishesOf(nodes, graph.replaceable);
  if (wishes.length > 0) grant(wishes, after);
  return leastFirst(after).flatMap((index) => nodes[index] ?? []);
}

interface Wish {
  readonly before: number;
  readonly after: number;
}

function wishesOf(nodes: readonly PartNode[], replaceable: readonly NodeLine[]): readonly Wish[] {
  const templates = nodes.filter((node) => node.variants.length > 0);
  if (templates.length === 0 && replaceable.length === 0) return [];
  const parents = parentsOf(nodes);
  const variants: Wish[] = [];
  const nested: Wish[] = [];
  for (const template of templates) {
    for (const variant of template.variants) {
      for (const before of parents[variant.index] ?? []) variants.push({ before, after: template.index });
      const walked = variant.index < nodes.length;
      if (walked && isTemplate(variant)) nested.push({ before: variant.index, after: template.index });
    }
  }
  const substitutes: Wish[] = [];
  for (const { sub, substitutes: stand } of replaceable) {
    for (const substitute of stand) {
      for (const before of parents[substitute.index] ?? []) substitutes.push({ before, after: sub.index });
    }
  }
  return [variants, nested, substitutes].flatMap((wishes) => sortedOnce(wishes, nodes.length));
}

function isTemplate(node: PartNode): boolean {
  return node.part.isTemplate || node.variants.length > 0;
}

function sortedOnce(wishes: readonly Wish[], size: number): readonly Wish[] {
  const keys = new Set(
    wishes.filter((wish) => wish.before !== wish.after).map((wish) => wish.after * size + wish.before),
  );
  return [...keys].sort((a, b) => a - b).map((key) => ({ before: key % size, after: Math.floor(key / size) }));
}

/** By index of a walked part: the indices of the assemblies that require it, each once. */
function parentsOf(nodes: readonly PartNode[]): readonly (readonly number[])[] {
  const parents: number[][] = nodes.map(() => []);
  for (const node of nodes) {
    for (const line of node.lines) {
      const list = parents[line.sub.index];
      if (list !== undefined && list.at(-1) !== node.index) list.push(node.index);
    }
  }
  return parents;
}

/**
 * Adds to `after` each wish that closes no cycle with what is there. Keeps a topological order up to date (Pearce and
 * Kelly, "A Dynamic Topological Sort Algorithm for Directed Acyclic Graphs", 2007), so that only the parts between the
 * two ends of a wish are looked at.
 */
function grant(wishes: readonly Wish[], after: number[][]): void {
  const before: number[][] = after.map(() => []);
  after.forEach((list, index) => {
    for (const next of list) before[next]?.push(index);
  });
  const place = new Int32Array(after.length);
  leastFirst(after).forEach((index, position) => {
    place[index] = position;
  });
  for (const wish of wishes) {
    if (!makeRoom({ wish, after, before, place })) continue;
    after[wish.before]?.push(wish.after);
    before[wish.after]?.push(wish.before);
  }
}

interface Room {
  readonly wish: Wish;
  readonly after: readonly (readonly number[])[];
  readonly before: readonly (readonly number[])[];
  readonly place: Int32Array;
}

/** Moves the wish's ends into the wished order; false if the later one already has to come before the earlier one. */
function makeRoom({ wish, after, before, place }: Room): boolean {
  const placeOf = (index: number): number => place[index] ?? 0;
  const low = placeOf(wish.after);
  const high = placeOf(wish.before);
  if (high < low) return true;
  const behind = reach(wish.after, after, (index) => placeOf(index) <= high);
  if (behind.has(wish.before)) return false;
  const ahead = reach(wish.before, before, (index) => placeOf(index) >= low);
  const inPlace = (found: ReadonlySet<number>): readonly number[] => [...found].sort((a, b) => placeOf(a) - placeOf(b));
  const moved = [...inPlace(ahead), ...inPlace(behind)];
  const places = moved.map(placeOf).sort((a, b) => a - b);
  moved.forEach((index, at) => {
    place[index] = places[at] ?? 0;
  });
  return true;
}

function reach(
  from: number,
  edges: readonly (readonly number[])[],
  within: (index: number) => boolean,
): ReadonlySet<number> {
  const found = new Set([from]);
  for (const index of found) {
    for (const next of edges[index] ?? []) if (within(next)) found.add(next);
  }
  return found;
}

/** Topological order; of the indices whose turn it could be, the least. Indices are in the order of the pks. */
function leastFirst(after: readonly (readonly number[])[]): readonly number[] {
  const waitingFor = new Int32Array(after.length);
  for (const list of after) for (const next of list) waitingFor[next] = (waitingFor[next] ?? 0) + 1;
  const ready = leastHeap();
  waitingFor.forEach((count, index) => {
    if (count === 0) ready.push(index);
  });
  const order: number[] = [];
  for (let index = ready.pop(); index !== undefined; index = ready.pop()) {
    order.push(index);
    for (const next of after[index] ?? []) {
      const left = (waitingFor[next] ?? 0) - 1;
      waitingFor[next] = left;
      if (left === 0) ready.push(next);
    }
  }
  return order;
}

interface LeastHeap {
  readonly push: (value: number) => void;
  readonly pop: () => number | undefined;
}

function leastHeap(): LeastHeap {
  const heap: number[] = [];
  const at = (index: number): number => heap[index] ?? Number.POSITIVE_INFINITY;
  const push = (value: number): void => {
    let index = heap.length;
    for (; index > 0; index = (index - 1) >> 1) {
      const parent = at((index - 1) >> 1);
      if (parent <= value) break;
      heap[index] = parent;
    }
    heap[index] = value;
  };
  const pop = (): number | undefined => {
    const least = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return least;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const child = at(left + 1) < at(left) ? left + 1 : left;
      if (at(child) >= last) break;
      heap[index] = at(child);
      index = child;
    }
    heap[index] = last;
    return least;
  };
  return { push, pop };
}
