import type { Policy } from "../monitor.ts";
import { bomLinesOf, type Graph, isConsumable } from "./bom.ts";
import type { Netting } from "./netting.ts";
import type { Snapshot } from "./snapshot.ts";

/** How many different consumables of assemblies really built the policy leaves out. */
export function consumablesLeftOut(input: {
  readonly graph: Graph;
  readonly netting: Netting;
  readonly policy: Policy;
  readonly snapshot: Snapshot;
}): number {
  const { graph, netting, policy, snapshot } = input;
  if (policy.consumables === "include") return 0;
  const leftOut = new Set<number>();
  for (const node of graph.nodes.filter((each) => netting.exploded.of(each) > 0)) {
    for (const line of bomLinesOf(node.part, snapshot)) if (isConsumable(line, snapshot)) leftOut.add(line.subPart);
  }
  return leftOut.size;
}
