// Exact arithmetic with quantities of five decimals, as InvenTree has them: all of the calculation counts whole numbers
// of 0.00001. A double holds them exactly up to 90,000,000,000; people may ask for 10,000,000,000.

/** A quantity as a whole number of 0.00001. */
export type Quantity = number;

/** One piece. */
export const ONE: Quantity = 100_000;

/** Beyond 10,000,000,000 nothing is shown as right any more. */
export const LARGEST: Quantity = 10_000_000_000 * ONE;

/** Far beyond all that is shown; keeps sums finite when can-build tries absurd numbers. */
const BEYOND: Quantity = 1e30;
const HUNDRED_PERCENT = 100 * ONE;

/** A number as people and InvenTree write it, rounded half up to five decimals. Throws a RangeError if it is not finite. */
export function quantityOf(value: number): Quantity {
  if (!Number.isFinite(value)) throw new RangeError(`Not a quantity: ${value}`);
  const scaled = value * ONE;
  const rounded = Math.round(scaled);
  // Adding 0 turns -0 into 0.
  if (Math.abs(scaled - rounded) < 0.4) return rounded + 0;
  // Near a half the product's own error would decide (1.000005 * 1e5 = 100000.49999999999): shift the decimal point.
  const [digits = "0", exponent = "0"] = value.toExponential().split("e");
  return Math.round(Number(`${digits}e${Number(exponent) + 5}`)) + 0;
}

/** A quantity as a plain number for people: five decimals at most, never -0. */
export function plain(quantity: Quantity): number {
  return quantity / ONE + 0;
}

/** To at most five decimals, never -0: sums of differences carry binary dust. */
export function rounded(value: number): number {
  return plain(quantityOf(value));
}

/** `a` times `b`, neither below 0, rounded half up to five decimals. */
export function times(a: Quantity, b: Quantity): Quantity {
  return productOver(ONE, { a, b });
}

/** So many percent of `a`, neither below 0, rounded half up to five decimals. */
export function percentOf(a: Quantity, percent: Quantity): Quantity {
  return productOver(HUNDRED_PERCENT, { a, b: percent });
}

/** `a`, up to the next multiple. */
export function upToMultiple(a: Quantity, multiple: Quantity): Quantity {
  const over = a % multiple;
  return over === 0 ? a : a + (multiple - over);
}

/** a · b over the divisor, rounded half up, exactly as long as the result can be shown. */
function productOver(divisor: number, { a, b }: { readonly a: Quantity; readonly b: Quantity }): Quantity {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER - divisor) {
    const raised = product + divisor / 2;
    return (raised - (raised % divisor)) / divisor;
  }
  if (product / divisor > BEYOND) return BEYOND;
  return Number((BigInt(a) * BigInt(b) + BigInt(divisor / 2)) / BigInt(divisor));
}
