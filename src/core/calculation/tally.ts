import type { PartNode } from "./bom.ts";
import type { Quantity } from "./quantity.ts";

/** A quantity for each node of a graph; 0 where nothing was counted. */
export interface Tally {
  readonly of: (node: PartNode) => Quantity;
}

export interface GrowingTally extends Tally {
  readonly add: (node: PartNode, quantity: Quantity) => void;
  readonly clear: () => void;
}

export function emptyTally(size: number): GrowingTally {
  const quantities = new Float64Array(size);
  return {
    of: (node) => quantities[node.index] ?? 0,
    add: (node, quantity) => {
      quantities[node.index] = (quantities[node.index] ?? 0) + quantity;
    },
    clear: () => {
      quantities.fill(0);
    },
  };
}

/** What a function says of each node, asked once. */
export function tallyOf(nodes: readonly PartNode[], quantityOf: (node: PartNode) => Quantity): Tally {
  const tally = emptyTally(nodes.length);
  for (const node of nodes) tally.add(node, quantityOf(node));
  return tally;
}
