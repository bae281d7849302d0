import type { NodeLine } from "./bom.ts";
import { percentOf, type Quantity, times, upToMultiple } from "./quantity.ts";

/**
 * What `assemblies` of an assembly need by one line: quantity per assembly, plus attrition, plus setup once, up to the
 * rounding multiple; each step rounded half up to five decimals. Nothing for no assemblies. Formula: InvenTree's
 * `BomItem.get_required_quantity`.
 */
export function neededBy(line: NodeLine, assemblies: Quantity): Quantity {
  if (assemblies <= 0) return 0;
  const net = times(line.quantity, assemblies);
  const gross = line.attrition === 0 ? net : net + percentOf(net, line.attrition);
  const total = gross + line.setup;
  return line.multiple === 0 ? total : upToMultiple(total, line.multiple);
}

/** Of the `quantity` that a line needs for so many assemblies: what attrition, setup and rounding add to what they hold. */
export function overageOf(
  line: NodeLine,
  built: { readonly quantity: Quantity; readonly assemblies: Quantity },
): Quantity {
  if (line.attrition === 0 && line.setup === 0 && line.multiple === 0) return 0;
  return built.quantity - times(line.quantity, built.assemblies);
}

/**
 * How much of the `quantity` that a line needs for so many `assemblies` is optional when `optional` of them are: all by an
 * optional line, else what the optional ones add to the rest.
 */
export function optionallyNeededBy(
  line: NodeLine,
  built: { readonly quantity: Quantity; readonly assemblies: Quantity; readonly optional: Quantity },
): Quantity {
  if (line.optional || built.optional >= built.assemblies) return built.quantity;
  return built.optional <= 0 ? 0 : built.quantity - neededBy(line, built.assemblies - built.optional);
}
