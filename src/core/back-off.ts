export interface BackOff {
  /** The number of the attempt that failed, from 1. */
  readonly attempt: number;
  readonly firstMs: number;
  /** Absent: it doubles without a bound. */
  readonly longestMs?: number;
  /** The share of the wait, from 0 to 1, that is not random. */
  readonly sure: number;
  /** In [0, 1): so that many runs do not all come back at once. */
  readonly chance: number;
}

/** Whole milliseconds until the next attempt: doubles each time, minus a random share. */
export function backOffMs({ attempt, firstMs, longestMs = Number.POSITIVE_INFINITY, sure, chance }: BackOff): number {
  const whole = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return Math.ceil(whole * (sure + (1 - sure) * chance));
}
