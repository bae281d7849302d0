import { backOffMs } from "../core/back-off.ts";

/** Most attempts of one request, the first included. */
export const MAX_ATTEMPTS = 5;

const FIRST_CEILING_MS = 500;

export interface Backoff {
  /** How often it was tried already, from 1. */
  readonly attempt: number;
  /** What the server asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** In [0, 1). */
  readonly random: number;
}

/**
 * Milliseconds until the next attempt: exponential with full jitter (anything between 0 and the ceiling, so that many
 * runs do not come back at once), but never sooner than the server asked for.
 */
export function backoffMs({ attempt, retryAfterMs, random }: Backoff): number {
  return Math.max(backOffMs({ attempt, firstMs: FIRST_CEILING_MS, sure: 0, chance: random }), retryAfterMs ?? 0);
}
