import type { Policy } from "../monitor.ts";
import { partIndex, partOf } from "./part-index.ts";
import { type Quantity, quantityOf } from "./quantity.ts";
import type { BomLine, Part, Snapshot } from "./snapshot.ts";

/** A part on the walk from the list through the BOMs, or one whose stock may stand in for such a part. */
export interface PartNode {
  /** Position in `Graph.nodes`. */
  index: number;
  readonly part: Part;
  /** An assembly with BOM lines that no policy says to buy. */
  readonly made: boolean;
  /** Those that count, by pk. */
  readonly lines: NodeLine[];
  /** Parts below a template, by pk. */
  readonly variants: PartNode[];
}

/** A BOM line that counts, below one assembly (an inherited line counts below each variant on its own). */
export interface NodeLine {
  readonly line: BomLine;
  readonly sub: PartNode;
  readonly optional: boolean;
  readonly allowVariants: boolean;
  readonly quantity: Quantity;
  readonly setup: Quantity;
  /** Percent. */
  readonly attrition: Quantity;
  /** 0: none. */
  readonly multiple: Quantity;
  /** By pk. */
  substitutes: readonly PartNode[];
}

/** A BOM line that is ignored because it leads back to an assembly above it. */
export interface Cycle {
  readonly line: BomLine;
  /** From the part that the line leads back to, down to that part again. */
  readonly path: readonly Part[];
}

export interface Graph {
  /** First those that the walk met, by pk; then those of which only the stock matters, by pk. */
  readonly nodes: readonly PartNode[];
  /** How many of `nodes` the walk met. */
  readonly walked: number;
  readonly byPk: ReadonlyMap<number, PartNode>;
  /** Lines of the walk whose part has substitutes there. */
  readonly replaceable: readonly NodeLine[];
  readonly cycles: readonly Cycle[];
}

/** What the policy says about assemblies and their lines. */
export interface BomRules {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  /** pks that are bought although they have a BOM. */
  readonly buy: ReadonlySet<number>;
}

/**
 * Walks depth-first from the roots in their order, lines by pk, through the lines that count under the policy. A line
 * that closes a cycle on that walk is left out and reported with the path. Throws an Error if the snapshot lacks a part.
 */
export function walkBom(roots: readonly Part[], rules: BomRules): Graph {
  const byPk = new Map<number, PartNode>();
  const cycles: Cycle[] = [];
  const replaceable: NodeLine[] = [];
  for (const root of roots) if (!byPk.has(root.pk)) descend(root, { rules, byPk, replaceable, cycles });
  const walked = [...byPk.values()].sort(byPartPk);
  linkStandIns({ walked, replaceable, byPk, snapshot: rules.snapshot });
  const nodes = [...walked, ...[...byPk.values()].slice(walked.length).sort(byPartPk)];
  nodes.forEach((node, index) => {
    node.index = index;
  });
  return { nodes, walked: walked.length, byPk, replaceable, cycles };
}

/** All BOM lines of an assembly, by pk: its own and the inherited ones of the templates above it. */
export function bomLinesOf(part: Part, snapshot: Snapshot): readonly BomLine[] {
  if (!part.assembly) return [];
  const inherited = partIndex(snapshot)
    .templates(part)
    .flatMap((template) => (snapshot.bomLines.get(template.pk) ?? []).filter((line) => line.inherited));
  const own = snapshot.bomLines.get(part.pk) ?? [];
  const lines = inherited.length === 0 ? own : [...own, ...inherited];
  const sorted = lines.every((line, index) => index === 0 || (lines[index - 1]?.pk ?? 0) <= line.pk);
  return sorted ? lines : [...lines].sort((a, b) => a.pk - b.pk);
}

/** Whether a line counts as consumable: by its own flag or by its part's. */
export function isConsumable(line: BomLine, snapshot: Snapshot): boolean {
  return line.consumable || partOf(snapshot, line.subPart).consumable;
}

interface Walk {
  readonly rules: BomRules;
  readonly byPk: Map<number, PartNode>;
  readonly replaceable: NodeLine[];
  readonly cycles: Cycle[];
}

interface Step {
  readonly node: PartNode;
  readonly lines: readonly BomLine[];
  next: number;
}

// No recursion: a chain of assemblies may be deeper than the stack.
function descend(root: Part, walk: Walk): void {
  const path: Step[] = [enter(root, walk)];
  const onPath = new Set([root.pk]);
  for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
    const line = step.lines[step.next];
    step.next += 1;
    if (line === undefined) {
      path.pop();
      onPath.delete(step.node.part.pk);
      continue;
    }
    if (onPath.has(line.subPart)) {
      walk.cycles.push({ line, path: loop(path, line.subPart) });
      continue;
    }
    let sub = walk.byPk.get(line.subPart);
    if (sub === undefined) {
      const below = enter(partOf(walk.rules.snapshot, line.subPart), walk);
      sub = below.node;
      path.push(below);
      onPath.add(line.subPart);
    }
    const counted = nodeLine(line, sub);
    step.node.lines.push(counted);
    if (line.substitutes.length > 0) walk.replaceable.push(counted);
  }
}

function enter(part: Part, walk: Walk): Step {
  const { snapshot, buy } = walk.rules;
  const all = bomLinesOf(part, snapshot);
  // A virtual assembly cannot be bought: it is exploded whatever the policy says.
  const made = all.length > 0 && (part.virtual || !buy.has(part.pk));
  const node: PartNode = { index: -1, part, made, lines: [], variants: [] };
  walk.byPk.set(part.pk, node);
  return { node, lines: made ? all.filter((line) => counts(line, walk.rules)) : [], next: 0 };
}

function counts(line: BomLine, { policy, snapshot }: BomRules): boolean {
  if (line.optional && policy.optional === "exclude") return false;
  return policy.consumables === "include" || !isConsumable(line, snapshot);
}

function nodeLine(line: BomLine, sub: PartNode): NodeLine {
  return {
    line,
    sub,
    optional: line.optional,
    allowVariants: line.allowVariants,
    quantity: Math.max(0, quantityOf(line.quantity)),
    setup: Math.max(0, quantityOf(line.setupQuantity)),
    attrition: Math.max(0, quantityOf(line.attrition)),
    multiple: line.roundingMultiple === null ? 0 : Math.max(0, quantityOf(line.roundingMultiple)),
    substitutes: NONE,
  };
}

/** Few lines have substitutes: the others share this. */
const NONE: readonly PartNode[] = [];

/** Links templates to their variants and lines to their substitutes, which may lie beside the walk. */
function linkStandIns({
  walked,
  replaceable,
  byPk,
  snapshot,
}: {
  readonly walked: readonly PartNode[];
  readonly replaceable: readonly NodeLine[];
  readonly byPk: Map<number, PartNode>;
  readonly snapshot: Snapshot;
}): void {
  const nodeOf = (part: Part): PartNode => {
    const known = byPk.get(part.pk);
    if (known !== undefined) return known;
    const node: PartNode = { index: -1, part, made: false, lines: [], variants: [] };
    byPk.set(part.pk, node);
    return node;
  };
  const { variants } = partIndex(snapshot);
  for (const node of walked) for (const variant of variants(node.part.pk)) node.variants.push(nodeOf(variant));
  for (const line of replaceable) {
    const pks = [...new Set(line.line.substitutes)].filter((pk) => pk !== line.sub.part.pk).sort((a, b) => a - b);
    line.substitutes = pks.map((pk) => nodeOf(partOf(snapshot, pk)));
  }
}

function loop(path: readonly Step[], back: number): readonly Part[] {
  const parts = path.map((step) => step.node.part);
  const from = parts.findIndex((part) => part.pk === back);
  return [...parts.slice(from), ...parts.slice(from, from + 1)];
}

function byPartPk(a: PartNode, b: PartNode): number {
  return a.part.pk - b.part.pk;
}
