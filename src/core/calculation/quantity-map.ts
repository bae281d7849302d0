import type { PartNode } from "./bom.ts";
import type { Quantity } from "./quantity.ts";

/** A quantity for each node of a graph; 0 where nothing was counted. */
export interface QuantityMap {
  readonly of: (node: PartNode) => Quantity;
}

export interface GrowingQuantityMap extends QuantityMap {
  readonly add: (node: PartNode, quantity: Quantity) => void;
  readonly clear: () => void;
}

export function emptyQuantityMap(size: number): GrowingQuantityMap {
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
export function quantityMapOf(nodes: readonly PartNode[], quantityOf: (node: PartNode) => Quantity): QuantityMap {
  const quantities = emptyQuantityMap(nodes.length);
  for (const node of nodes) quantities.add(node, quantityOf(node));
  return quantities;
}
