/**
 * Exact quantities for the oracle: whole numbers of 0.00001 in a BigInt, rounded half up to it after each operation.
 * Nothing here is shared with the code under test.
 */

/** One piece, in units of 0.00001. */
export const ONE = 100_000n;

/**
 * The quantity nearest to a number as people write it, half up, in units of 0.00001 or of other decimals. Throws a
 * RangeError for what is no finite number.
 */
export function exactly(value: number, decimals = 5): bigint {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no quantity`);
  if (Number.isSafeInteger(value)) return BigInt(value) * 10n ** BigInt(decimals);
  const [mantissa = "0", exponent = "0"] = Math.abs(value).toString().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const digits = BigInt(whole + fraction);
  const shift = Number(exponent) - fraction.length + decimals;
  const magnitude = shift >= 0 ? digits * 10n ** BigInt(shift) : divided(digits, 10n ** BigInt(-shift));
  return value < 0 ? -magnitude : magnitude;
}

/** The number that a report shows. */
export function shown(quantity: bigint): number {
  return Number(quantity) / Number(ONE);
}

/** a / b, to a whole number, half up; for a ≥ 0 and b > 0. */
export function divided(a: bigint, b: bigint): bigint {
  return (2n * a + b) / (2n * b);
}

/** Product of two quantities, half up to 0.00001. */
export function times(a: bigint, b: bigint): bigint {
  return divided(a * b, ONE);
}

/** The next multiple that is not less; the quantity itself where the multiple is 0. */
export function upTo(quantity: bigint, multiple: bigint): bigint {
  if (multiple === 0n) return quantity;
  return ((quantity + multiple - 1n) / multiple) * multiple;
}

export function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function positive(a: bigint): bigint {
  return most(a, 0n);
}

export function sum(quantities: Iterable<bigint>): bigint {
  let total = 0n;
  for (const quantity of quantities) total += quantity;
  return total;
}
