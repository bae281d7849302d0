import type { Graph, NodeLine, PartNode } from "./bom.ts";
import { LARGEST, type Quantity } from "./quantity.ts";
import { neededBy, optionallyNeededBy } from "./requirement.ts";

/** Gross to net, each part once: what is asked for, what stock serves, what must be built. All by index of the node. */
export interface Netting {
  readonly required: Float64Array;
  /** Of required: what optional paths bring. */
  readonly optional: Float64Array;
  /** Free stock of variants that is used for this part. */
  readonly borrowed: Float64Array;
  /** Stock of this part that is used for templates above it and for parts that it replaces. */
  readonly lent: Float64Array;
  readonly substituted: Float64Array;
  readonly missing: Float64Array;
  readonly owed: Float64Array;
  /** Missing that nothing incoming covers: to build or to order. */
  readonly lacking: Float64Array;
  /** Assemblies whose lines are applied: to build, or all that is required of a phantom. */
  readonly exploded: Float64Array;
  /** Demands by lines with substitutes, by index of the part that they replace. */
  readonly replaceable: ReadonlyMap<number, readonly Replaceable[]>;
  readonly covered: ReadonlyMap<number, readonly Covered[]>;
  /** The part at which a quantity went beyond what can be counted; nothing behind it is counted. */
  readonly tooLarge: PartNode | null;
}

/** What one line of assemblies really built needs of a part that has substitutes there. */
export interface Replaceable {
  readonly line: NodeLine;
  readonly quantity: Quantity;
}

export interface Covered {
  readonly line: number;
  readonly substitute: PartNode;
  readonly quantity: Quantity;
}

export interface NettingInput {
  readonly graph: Graph;
  readonly order: readonly PartNode[];
  /** What the list asks for; it may be served by variants. */
  readonly asked: ReadonlyMap<PartNode, Quantity>;
  /** By index of the node. */
  readonly available: Float64Array;
  readonly incoming: Float64Array;
  readonly substitutes: "suggest" | "use";
  /** Can-build: so many of this part are built, whatever is there of it. */
  readonly build?: { readonly node: PartNode; readonly assemblies: Quantity };
}

/**
 * Processes the parts in the given order; the result of one part is final when those after it are looked at. Whoever
 * asks many times gives a work space, which holds the latest result only.
 */
export function net(input: NettingInput, work: WorkSpace = workSpace(input.graph)): Netting {
  for (const [node, quantity] of input.asked) add(work.flexible, node, quantity);
  for (const node of input.order) {
    if (input.build?.node === node) {
      explode(node, { assemblies: input.build.assemblies, optional: 0 }, work);
      continue;
    }
    const required = of(work.strict, node) + of(work.flexible, node);
    if (required === 0) continue;
    work.required[node.index] = required;
    if (node.part.virtual) {
      if (required > LARGEST && input.build === undefined) return { ...work, tooLarge: node };
      explode(node, { assemblies: required, optional: of(work.optional, node) }, work);
      continue;
    }
    cover(node, input, work);
    if (input.build === undefined && beyondCounting(node, input, work)) return { ...work, tooLarge: node };
    const assemblies = node.made ? of(work.lacking, node) : 0;
    const optional = of(work.optional, node);
    explode(node, { assemblies, optional: optional === required ? assemblies : optional }, work);
  }
  return { ...work, tooLarge: null };
}

export function workSpace(graph: Graph): WorkSpace {
  const numbers = (): Float64Array => new Float64Array(graph.nodes.length);
  return {
    strict: numbers(),
    flexible: numbers(),
    required: numbers(),
    optional: numbers(),
    borrowed: numbers(),
    lent: numbers(),
    substituted: numbers(),
    missing: numbers(),
    owed: numbers(),
    lacking: numbers(),
    exploded: numbers(),
    replaceable: new Map(),
    covered: new Map(),
  };
}

/** Forgets what was counted in it. */
export function clear(work: WorkSpace): void {
  for (const kept of Object.values(work)) {
    if (kept instanceof Float64Array) kept.fill(0);
    else kept.clear();
  }
}

/** A part's stock that nothing here needs: what is available, less its own requirement, less what it lent. */
export function freeOf(
  node: PartNode,
  stock: { readonly available: Float64Array; readonly netting: Netting },
): Quantity {
  const { available, netting } = stock;
  return Math.max(0, of(available, node) - of(netting.required, node) - of(netting.lent, node));
}

export interface WorkSpace extends Omit<Netting, "tooLarge" | "replaceable" | "covered"> {
  /** Required by lines that do not allow variants. */
  readonly strict: Float64Array;
  /** Required by lines that allow variants, and by the list. */
  readonly flexible: Float64Array;
  readonly replaceable: Map<number, Replaceable[]>;
  readonly covered: Map<number, Covered[]>;
}

function cover(node: PartNode, input: NettingInput, work: WorkSpace): void {
  const available = of(input.available, node);
  // Where a cycle put this part before one that requires its stock, what it lent is gone for its own requirement.
  const required = of(work.required, node) + of(work.lent, node);
  const deficit = Math.max(0, -available);
  if (node.variants.length > 0) borrow(node, deficit, input, work);
  const borrowed = of(work.borrowed, node);
  const missing = Math.max(0, required - available - borrowed);
  if (missing > 0 && input.substitutes === "use") substitute(node, missing, input, work);
  const left = missing - of(work.substituted, node);
  work.missing[node.index] = left;
  work.owed[node.index] = Math.min(left, Math.max(0, deficit - borrowed));
  work.lacking[node.index] = Math.max(0, left - of(input.incoming, node));
}

/** Variants cover a template's deficit first, then the demand that allows them; strict demand has own stock first. */
function borrow(node: PartNode, deficit: Quantity, input: NettingInput, work: WorkSpace): void {
  const own = Math.max(0, of(input.available, node) - of(work.lent, node));
  const ownForFlexible = Math.max(0, own - of(work.strict, node));
  let wanted = deficit + Math.max(0, of(work.flexible, node) - ownForFlexible);
  for (const variant of node.variants) {
    if (wanted === 0) return;
    const taken = Math.min(wanted, freeNow(variant, input, work));
    add(work.lent, variant, taken);
    add(work.borrowed, node, taken);
    wanted -= taken;
  }
}

/** Lines by pk, their substitutes by pk; together at most what the line needs. */
function substitute(node: PartNode, missing: Quantity, input: NettingInput, work: WorkSpace): void {
  const lines = (work.replaceable.get(node.index) ?? []).toSorted((a, b) => a.line.line.pk - b.line.line.pk);
  const covered: Covered[] = [];
  let wanted = missing;
  for (const { line, quantity } of lines) {
    let ofLine = Math.min(wanted, quantity);
    for (const stand of line.substitutes) {
      const taken = Math.min(ofLine, freeNow(stand, input, work));
      if (taken === 0) continue;
      add(work.lent, stand, taken);
      add(work.substituted, node, taken);
      covered.push({ line: line.line.pk, substitute: stand, quantity: taken });
      ofLine -= taken;
      wanted -= taken;
    }
  }
  if (covered.length > 0) work.covered.set(node.index, covered);
}

function freeNow(node: PartNode, input: NettingInput, work: WorkSpace): Quantity {
  const own = of(work.strict, node) + of(work.flexible, node);
  return Math.max(0, of(input.available, node) - own - of(work.lent, node));
}

function explode(
  node: PartNode,
  built: { readonly assemblies: Quantity; readonly optional: Quantity },
  work: WorkSpace,
): void {
  if (built.assemblies === 0) return;
  work.exploded[node.index] = built.assemblies;
  for (const line of node.lines) {
    const quantity = neededBy(line, built.assemblies);
    if (quantity === 0) continue;
    add(line.line.allowVariants ? work.flexible : work.strict, line.sub, quantity);
    const optional = optionallyNeededBy(line, built);
    if (optional > 0) add(work.optional, line.sub, optional);
    if (line.substitutes.length > 0) note(work.replaceable, line, quantity);
  }
}

function note(replaceable: Map<number, Replaceable[]>, line: NodeLine, quantity: Quantity): void {
  const list = replaceable.get(line.sub.index);
  if (list === undefined) replaceable.set(line.sub.index, [{ line, quantity }]);
  else list.push({ line, quantity });
}

function beyondCounting(node: PartNode, input: NettingInput, work: WorkSpace): boolean {
  return [work.required, input.available, work.missing, input.incoming].some(
    (list) => Math.abs(of(list, node)) > LARGEST,
  );
}

function of(list: Float64Array, node: PartNode): Quantity {
  return list[node.index] ?? 0;
}

function add(list: Float64Array, node: PartNode, quantity: Quantity): void {
  list[node.index] = of(list, node) + quantity;
}
