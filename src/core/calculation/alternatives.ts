import type { Alternative } from "../generated/report.ts";
import type { PartNode } from "./bom.ts";
import { freeOf, type Netting } from "./netting.ts";
import { plain } from "./quantity.ts";
import type { QuantityMap } from "./quantity-map.ts";

/**
 * The substitutes of lines of assemblies really built whose part is missing, with what they have free: in the order of
 * the missing parts, lines by pk, substitutes by pk.
 */
export function alternativesOf(
  missing: readonly PartNode[],
  stock: { readonly netting: Netting; readonly available: QuantityMap },
): Alternative[] {
  const found = new Map<string, Alternative>();
  for (const node of missing) {
    const lines = (stock.netting.replaceable.get(node) ?? []).toSorted((a, b) => a.line.line.pk - b.line.line.pk);
    for (const { line } of lines) {
      for (const substitute of line.substitutes) {
        const { pk, name, ipn } = substitute.part;
        const free = plain(freeOf(substitute, stock));
        // An inherited line may be used by several variants: it is listed once.
        found.set(`${line.line.pk}/${pk}`, { line: line.line.pk, for: node.part.pk, pk, name, ipn, free });
      }
    }
  }
  return [...found.values()];
}
