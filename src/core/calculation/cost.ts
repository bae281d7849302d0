import type { Cost, CostRange } from "../generated/report.ts";
import { ONE, type Quantity } from "./quantity.ts";
import type { Part } from "./snapshot.ts";

/** Quantities of one bought part, as the calculation counts them. */
export interface Bought {
  readonly part: Part;
  readonly required: Quantity;
  readonly missing: Quantity;
  readonly toOrder: Quantity;
}

/**
 * What the bought lines cost, from the parts' least to their greatest price in the server's currency. A line without a
 * price is counted, not guessed; one of which nothing is required, missing or to order adds nothing to that range.
 */
export function costOf(lines: readonly Bought[], currency: string | null): Cost {
  return {
    currency,
    required: rangeOf(lines, (line) => line.required),
    missing: rangeOf(lines, (line) => line.missing),
    to_order: rangeOf(lines, (line) => line.toOrder),
  };
}

function rangeOf(lines: readonly Bought[], quantityIn: (line: Bought) => Quantity): CostRange {
  let min = 0n;
  let max = 0n;
  let unpriced = 0;
  for (const line of lines) {
    const quantity = quantityIn(line);
    const { pricingMin, pricingMax } = line.part;
    if (quantity === 0) continue;
    if (pricingMin === null || pricingMax === null) {
      unpriced += 1;
      continue;
    }
    min += BigInt(quantity) * inMillionths(pricingMin);
    max += BigInt(quantity) * inMillionths(pricingMax);
  }
  return { min: plainCost(min), max: plainCost(max), unpriced };
}

const MILLION = 1_000_000;

/** InvenTree has prices of up to six decimals. */
function inMillionths(price: number): bigint {
  const whole = Math.trunc(price);
  return BigInt(whole) * BigInt(MILLION) + BigInt(Math.round((price - whole) * MILLION));
}

/** A product of a price in millionths and a quantity, as a number of at most five decimals. */
function plainCost(product: bigint): number {
  const divisor = BigInt(MILLION);
  return Number((product + divisor / 2n) / divisor) / ONE;
}
