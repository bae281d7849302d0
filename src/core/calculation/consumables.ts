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
  const built = graph.nodes.filter((node) => netting.exploded.of(node) > 0);
  const lines = built.flatMap((node) => bomLinesOf(node.part, snapshot));
  return new Set(lines.filter((line) => isConsumable(line, snapshot)).map((line) => line.subPart)).size;
}
