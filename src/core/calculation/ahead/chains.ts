import type { PartNode } from "../bom.ts";
import type { Count } from "../count.ts";
import { neededBy } from "../requirement.ts";

/** The assemblies that are built one after another for an entry. */
export interface Chains {
  /** The longest such chain, the entry itself among it. */
  readonly longest: number;
  /** The longest chain from a part, itself left out, up to the entry; null: the part is not needed below the entry. */
  readonly above: (node: PartNode) => number | null;
}

/** Follows an entry down through the builds that its list really needs. Phantoms are built with what they are part of. */
export function chainsOf(entry: PartNode, { graph, order, netting }: Count): Chains {
  const above = new Int32Array(graph.nodes.length).fill(-1);
  above[entry.index] = 0;
  let longest = 0;
  // Each part comes after all that require it, so that its own number is final when it is looked at.
  for (const node of order) {
    const number = above[node.index] ?? -1;
    const built = netting.exploded.of(node);
    if (number < 0 || built === 0) continue;
    const with_ = number + (node.part.virtual ? 0 : 1);
    longest = Math.max(longest, with_);
    for (const line of node.lines) {
      if ((above[line.sub.index] ?? -1) < with_ && neededBy(line, built) > 0) above[line.sub.index] = with_;
    }
  }
  return {
    longest,
    above: (node) => {
      const number = above[node.index] ?? -1;
      return number < 0 ? null : number;
    },
  };
}
