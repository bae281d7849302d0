import type { CanBuild } from "../generated/report.ts";
import type { Policy } from "../monitor.ts";
import { bomLinesOf, type Graph, isConsumable, type PartNode } from "./bom.ts";
import { type TrialBuild, trialBuild } from "./netting.ts";
import { partIndex, partOf } from "./part-index.ts";
import { ONE, type Quantity, quantityOf } from "./quantity.ts";
import { emptyQuantityMap, type QuantityMap, quantityMapOf } from "./quantity-map.ts";
import type { BomLine, Part, Snapshot } from "./snapshot.ts";

export interface CanBuildInput {
  readonly graph: Graph;
  readonly order: readonly PartNode[];
  /** What is below 0 counts as 0. */
  readonly available: QuantityMap;
  readonly policy: Policy;
  readonly snapshot: Snapshot;
}

/** How many of an assembly could be built: InvenTree's own single-level figure, and ours through all levels. */
export function canBuild(node: PartNode, input: CanBuildInput): CanBuild {
  return { now: canBuildNow(node.part, input.snapshot), ...throughAllLevels(node, input) };
}

/** More than can be counted is no limit. */
export const MOST = 10_000_000_000;

/**
 * The largest whole number that could be built in addition to those in stock, alone, from stock on hand, without a
 * bought part missing; by bisection. null: nothing limits it. What is not made cannot be built.
 */
function throughAllLevels(node: PartNode, input: CanBuildInput): Omit<CanBuild, "now"> {
  if (!node.made) return { all_levels: 0, limited_by: [] };
  return mostOf(trialOf(node, { ...input, coming: emptyQuantityMap(input.graph.nodes.length) }), 0);
}

/** The same number and its limits, looked for from one that was possible with less. */
export function mostOf(build: TrialBuild, from: number): Omit<CanBuild, "now"> {
  const fails = (count: number): boolean => build(count * ONE, "first").length > 0;
  // Where substitutes are used, more stock can be spread so that less is possible.
  let possible = from > 0 && fails(from) ? 0 : from;
  let step = 1;
  let impossible = Math.min(MOST, possible + step);
  while (!fails(impossible)) {
    if (impossible >= MOST) return { all_levels: null, limited_by: [] };
    possible = impossible;
    step *= 8;
    impossible = Math.min(MOST, possible + step);
  }
  while (impossible - possible > 1) {
    const middle = possible + Math.floor((impossible - possible) / 2);
    if (fails(middle)) impossible = middle;
    else possible = middle;
  }
  const limits = build((possible + 1) * ONE, "all").map((limit) => limit.part.pk);
  return { all_levels: possible, limited_by: limits.sort((a, b) => a - b) };
}

/** Builds from stock on hand and from what is `coming`: an earlier commitment takes its part of both. */
export function trialOf(
  node: PartNode,
  { graph, order, available, coming, policy }: Omit<CanBuildInput, "snapshot"> & { readonly coming: QuantityMap },
): TrialBuild {
  const isBelow = reachable(node, graph);
  // What is already there of the assembly itself stays there: the number is in addition to it.
  const there = (each: PartNode): Quantity => (each === node ? 0 : Math.max(0, available.of(each) + coming.of(each)));
  return trialBuild(node, {
    graph,
    order: order.filter((each) => isBelow[each.index] === 1),
    asked: new Map(),
    available: quantityMapOf(graph.nodes, there),
    incoming: emptyQuantityMap(graph.nodes.length),
    substitutes: policy.substitutes,
  });
}

/** By index of the node: 1 for the part itself and all that its lines lead to. Every line is looked at: no Set is as fast. */
export function reachable(node: PartNode, { nodes }: Graph): Uint8Array {
  const isFound = new Uint8Array(nodes.length);
  const found = [node];
  isFound[node.index] = 1;
  for (const each of found) {
    for (const { sub } of each.lines) {
      if (isFound[sub.index] === 1) continue;
      isFound[sub.index] = 1;
      found.push(sub);
    }
  }
  return isFound;
}

/**
 * InvenTree's `Part.can_build`: the least over the lines, own and inherited, whose part is neither virtual nor
 * consumable, of what is available of the part, its variants and the line's substitutes, less setup, per assembly with
 * attrition. Rounding is ignored and variants count even where the line does not allow them, as there.
 */
function canBuildNow(part: Part, snapshot: Snapshot): number {
  const lines = bomLinesOf(part, snapshot).filter(
    (line) => !isConsumable(line, snapshot) && !partOf(snapshot, line.subPart).virtual,
  );
  return lines.length === 0 ? 0 : Math.min(...lines.map((line) => builtFrom(line, snapshot)));
}

function builtFrom(line: BomLine, snapshot: Snapshot): number {
  // Of nothing, InvenTree says, nothing can be built.
  if (line.quantity <= 0) return 0;
  const sub = partOf(snapshot, line.subPart);
  const variants = partIndex(snapshot).variants(sub.pk);
  const substitutes = line.substitutes.map((pk) => partOf(snapshot, pk));
  const there = unallocated([sub]) + unallocated(variants) + unallocated(substitutes) - quantityOf(line.setupQuantity);
  const perAssembly = BigInt(quantityOf(line.quantity)) * BigInt(100 * ONE + quantityOf(line.attrition));
  // Floored here already: the least of the floors is the floor of the least.
  return Number((BigInt(Math.max(0, there)) * BigInt(100 * ONE)) / perAssembly);
}

function unallocated(parts: readonly Part[]): Quantity {
  const sum = parts.reduce(
    (total, part) =>
      total +
      quantityOf(part.inStock) -
      quantityOf(part.allocatedToBuildOrders) -
      quantityOf(part.allocatedToSalesOrders),
    0,
  );
  return Math.max(0, sum);
}
