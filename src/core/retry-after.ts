/** When a server allows the next request: a time to wait, or an instant. */
export type RetryAfter =
  | { readonly kind: "after"; readonly ms: number }
  | { readonly kind: "at"; readonly epochMs: number };

/** Reads the header `Retry-After`: seconds or an HTTP date (RFC 9110, 10.2.3); undefined if it says nothing. */
export function readRetryAfter(header: unknown): RetryAfter | undefined {
  const text = typeof header === "string" ? header.trim() : "";
  if (/^\d+$/.test(text)) return { kind: "after", ms: Number(text) * 1000 };
  const epochMs = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(epochMs) ? undefined : { kind: "at", epochMs };
}

/** Milliseconds from `now` until a server allows the next request. */
export function msUntil(retry: RetryAfter, now: Date): number {
  return retry.kind === "after" ? retry.ms : Math.max(0, retry.epochMs - now.getTime());
}

/** The header `Retry-After` in milliseconds from `now`; undefined if it says nothing. */
export function parseRetryAfter(header: string | undefined, now: Date): number | undefined {
  const retry = readRetryAfter(header);
  return retry && msUntil(retry, now);
}
