import type { Graph, NodeLine, PartNode } from "./bom.ts";
import { LARGEST, type Quantity } from "./quantity.ts";
import { emptyQuantityMap, type GrowingQuantityMap, type QuantityMap } from "./quantity-map.ts";
import { neededBy, optionallyNeededBy, overageOf } from "./requirement.ts";

/** Gross to net, each part once: what is asked for, what stock serves, what must be built. */
export interface Netting {
  readonly required: QuantityMap;
  /** Of required: what optional paths bring. */
  readonly optional: QuantityMap;
  /** Of required: what attrition, setup and rounding of the BOM lines add. */
  readonly overage: QuantityMap;
  /** Free stock of variants that is used for this part. */
  readonly borrowed: QuantityMap;
  /** Stock of this part that is used for templates above it and for parts that it replaces. */
  readonly lent: QuantityMap;
  /** What substitutes cover. */
  readonly substituted: QuantityMap;
  readonly missing: QuantityMap;
  readonly owed: QuantityMap;
  /** Missing that nothing incoming covers: to build or to order. */
  readonly lacking: QuantityMap;
  /** Assemblies whose lines are applied: to build, or all that is required of a phantom. */
  readonly exploded: QuantityMap;
  /** Demands by lines with substitutes, by the part that they replace. */
  readonly replaceable: ReadonlyMap<PartNode, readonly Replaceable[]>;
  readonly covered: ReadonlyMap<PartNode, readonly Covered[]>;
  /** The part at which a quantity went beyond what can be counted; nothing behind it is counted. */
  readonly tooLarge: PartNode | null;
}

/** What one line of assemblies really built needs of a part that has substitutes there. */
interface Replaceable {
  readonly line: NodeLine;
  readonly quantity: Quantity;
}

interface Covered {
  /** pk of the BOM line. */
  readonly line: number;
  readonly substitute: PartNode;
  readonly quantity: Quantity;
}

export interface NettingInput {
  readonly graph: Graph;
  readonly order: readonly PartNode[];
  /** What the list asks for; it may be served by variants. */
  readonly asked: ReadonlyMap<PartNode, Quantity>;
  readonly available: QuantityMap;
  readonly incoming: QuantityMap;
  readonly substitutes: "suggest" | "use";
}

/** Processes the parts in the given order; the result of one part is final when those after it are looked at. */
export function net(input: NettingInput): Netting {
  const work = { ...input, ...emptyTallies(input.graph) };
  for (const [node, quantity] of input.asked) work.flexible.add(node, quantity);
  for (const node of input.order) {
    process(node, work);
    if (beyondCounting(node, work)) return { ...work, tooLarge: node };
  }
  return { ...work, tooLarge: null };
}

/**
 * Can-build: whether a number of assemblies of one part, ignoring its own stock, can be built, and which bought parts are
 * missing: all of them, or the first met. `input.order` holds what lies below the part.
 */
export function trialBuild(built: PartNode, input: NettingInput): TrialBuild {
  const tallies = { ...emptyTallies(input.graph), optional: UNCOUNTED, overage: UNCOUNTED };
  const work = { ...input, ...tallies };
  return (assemblies, which) => {
    for (const quantities of Object.values(tallies)) quantities.clear();
    const missing: PartNode[] = [];
    for (const node of input.order) {
      if (node === built) explode(node, { assemblies, optional: 0, work });
      else process(node, work);
      if (node.made || work.missing.of(node) === 0) continue;
      missing.push(node);
      if (which === "first") break;
    }
    return missing;
  };
}

/** Of what is missing in a trial, nobody asks how much is optional, or more than the assemblies hold. */
const UNCOUNTED: GrowingQuantityMap = { of: () => 0, add: () => {}, clear: () => {} };

export type TrialBuild = (assemblies: Quantity, which: "first" | "all") => readonly PartNode[];

/** A part's stock that nothing needs: what is available, less its own requirement, less what it lent. */
export function freeOf(
  node: PartNode,
  { available, netting }: { readonly available: QuantityMap; readonly netting: Netting },
): Quantity {
  return Math.max(0, available.of(node) - netting.required.of(node) - netting.lent.of(node));
}

type Tallies = ReturnType<typeof emptyTallies>;
type Work = NettingInput & Tallies;

function emptyTallies(graph: Graph) {
  const quantities = (): GrowingQuantityMap => emptyQuantityMap(graph.nodes.length);
  return {
    /** Required by lines that do not allow variants. */
    strict: quantities(),
    /** Required by lines that allow variants, and by the list. */
    flexible: quantities(),
    required: quantities(),
    optional: quantities(),
    overage: quantities(),
    borrowed: quantities(),
    lent: quantities(),
    substituted: quantities(),
    missing: quantities(),
    owed: quantities(),
    lacking: quantities(),
    exploded: quantities(),
    replaceable: new Map<PartNode, Replaceable[]>(),
    covered: new Map<PartNode, Covered[]>(),
  };
}

function process(node: PartNode, work: Work): void {
  const required = requiredNow(node, work);
  if (required === 0) return;
  work.required.add(node, required);
  const optional = work.optional.of(node);
  if (node.part.virtual) {
    explode(node, { assemblies: required, optional, work });
    return;
  }
  cover(node, work);
  if (!node.made) return;
  const assemblies = work.lacking.of(node);
  explode(node, { assemblies, optional: optional === required ? assemblies : optional, work });
}

function cover(node: PartNode, work: Work): void {
  const available = work.available.of(node);
  if (node.variants.length > 0) borrow(node, work);
  const borrowed = work.borrowed.of(node);
  // Where a cycle put this part before one that requires its stock, what it lent is gone for its own requirement.
  const missing = Math.max(0, work.required.of(node) + work.lent.of(node) - available - borrowed);
  if (missing > 0 && work.substitutes === "use") substitute(node, { missing, work });
  const left = missing - work.substituted.of(node);
  const deficit = Math.max(0, -available);
  work.missing.add(node, left);
  work.owed.add(node, Math.min(left, Math.max(0, deficit - borrowed)));
  work.lacking.add(node, Math.max(0, left - work.incoming.of(node)));
}

/** Variants cover a template's deficit first, then the demand that allows them; strict demand has own stock first. */
function borrow(node: PartNode, work: Work): void {
  const available = work.available.of(node);
  const deficit = Math.max(0, -available);
  const own = Math.max(0, available - work.lent.of(node));
  const ownForFlexible = Math.max(0, own - work.strict.of(node));
  let wanted = deficit + Math.max(0, work.flexible.of(node) - ownForFlexible);
  for (const variant of node.variants) {
    if (wanted === 0) return;
    const taken = Math.min(wanted, freeNow(variant, work));
    work.lent.add(variant, taken);
    work.borrowed.add(node, taken);
    wanted -= taken;
  }
}

/** Lines by pk, their substitutes by pk; together at most what the line needs. */
function substitute(node: PartNode, { missing, work }: { readonly missing: Quantity; readonly work: Work }): void {
  const covered: Covered[] = [];
  let wanted = missing;
  for (const { line, quantity } of (work.replaceable.get(node) ?? []).toSorted(byLine)) {
    let ofLine = Math.min(wanted, quantity);
    for (const stand of line.substitutes) {
      const taken = Math.min(ofLine, freeNow(stand, work));
      if (taken === 0) continue;
      work.lent.add(stand, taken);
      work.substituted.add(node, taken);
      covered.push({ line: line.line.pk, substitute: stand, quantity: taken });
      ofLine -= taken;
      wanted -= taken;
    }
  }
  if (covered.length > 0) work.covered.set(node, covered);
}

function explode(
  node: PartNode,
  built: { readonly assemblies: Quantity; readonly optional: Quantity; readonly work: Work },
): void {
  const { assemblies, optional, work } = built;
  if (assemblies === 0) return;
  work.exploded.add(node, assemblies);
  for (const line of node.lines) {
    const quantity = neededBy(line, assemblies);
    if (quantity === 0) continue;
    (line.allowVariants ? work.flexible : work.strict).add(line.sub, quantity);
    work.overage.add(line.sub, overageOf(line, { quantity, assemblies }));
    if (line.optional || optional > 0) {
      work.optional.add(line.sub, optionallyNeededBy(line, { quantity, assemblies, optional }));
    }
    if (line.substitutes.length > 0) note({ line, quantity }, work);
  }
}

function note(demand: Replaceable, { replaceable }: Work): void {
  const list = replaceable.get(demand.line.sub);
  if (list === undefined) replaceable.set(demand.line.sub, [demand]);
  else list.push(demand);
}

function freeNow(node: PartNode, work: Work): Quantity {
  return Math.max(0, work.available.of(node) - requiredNow(node, work) - work.lent.of(node));
}

function requiredNow(node: PartNode, work: Work): Quantity {
  return work.strict.of(node) + work.flexible.of(node);
}

function beyondCounting(node: PartNode, work: Work): boolean {
  if (work.required.of(node) === 0) return false;
  if (work.required.of(node) > LARGEST) return true;
  if (node.part.virtual) return false;
  return [work.available, work.missing, work.incoming].some((quantities) => Math.abs(quantities.of(node)) > LARGEST);
}

function byLine(a: Replaceable, b: Replaceable): number {
  return a.line.line.pk - b.line.line.pk;
}
