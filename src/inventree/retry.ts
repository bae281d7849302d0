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
  const ceiling = FIRST_CEILING_MS * 2 ** (attempt - 1);
  return Math.ceil(Math.max(random * ceiling, retryAfterMs ?? 0));
}
