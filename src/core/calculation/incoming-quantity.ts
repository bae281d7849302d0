import type { Policy } from "../monitor.ts";
import { type Quantity, quantityOf } from "./quantity.ts";
import type { Part } from "./snapshot.ts";

/** What is on its way of a part: open purchase orders, and production as the policy counts it. */
export function incomingOf(
  part: Part,
  policy: Policy,
): { readonly onOrder: Quantity; readonly inProduction: Quantity } {
  return { onOrder: Math.max(0, quantityOf(part.onOrder)), inProduction: inProductionOf(part, policy.in_production) };
}

function inProductionOf(part: Part, counted: Policy["in_production"]): Quantity {
  switch (counted) {
    case "scheduled":
      return Math.max(0, quantityOf(part.scheduledToBuild));
    case "outputs":
      return Math.max(0, quantityOf(part.building));
    case "ignore":
      return 0;
    default:
      return counted satisfies never;
  }
}
