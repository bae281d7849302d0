export interface BackOff {
  /** How often it was tried already, from 1. */
  readonly attempt: number;
  readonly firstMs: number;
  /** Absent: it doubles without a bound. */
  readonly longestMs?: number;
  /** The share of the wait, from 0 to 1, that chance does not take away. */
  readonly sure: number;
  /** In [0, 1): so that many runs do not all come back at once. */
  readonly chance: number;
}

/** Whole milliseconds until the next attempt: they double each time, less what chance takes away. */
export function backOffMs({ attempt, firstMs, longestMs = Number.POSITIVE_INFINITY, sure, chance }: BackOff): number {
  const whole = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return Math.ceil(whole * (sure + (1 - sure) * chance));
}
