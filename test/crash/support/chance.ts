/** Chance that comes again: the same seed, the same numbers (mulberry32). */
export interface Chance {
  /** In [0, 1). */
  readonly next: () => number;
  /** Whether something of that likelihood happens. */
  readonly happens: (likelihood: number) => boolean;
  readonly below: (count: number) => number;
  readonly oneOf: <T>(values: readonly [T, ...T[]]) => T;
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    next,
    below,
    happens: (likelihood) => next() < likelihood,
    oneOf: (values) => values[below(values.length)] ?? values[0],
  };
}
