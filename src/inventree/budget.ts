import { FailureError } from "../core/failure.ts";
import type { Clock, RequestCost } from "../core/ports.ts";

export interface ClientLimits {
  /** Requests in flight. */
  readonly maxConcurrency: number;
  /** Requests altogether, retries included. */
  readonly maxRequests: number;
  readonly requestTimeoutMs: number;
  /** For everything from the first request on, waits included. */
  readonly timeBudgetMs: number;
  /** Rows a page; at most 500 are requested. */
  readonly pageSize: number;
}

/** What a run may still ask of a server, and what it has cost. */
export interface RequestBudget {
  /** Counts one more and returns the milliseconds left. Throws FailureError if nothing is left. */
  readonly countRequest: (request: string) => number;
  readonly countRetry: () => void;
  readonly countAnswer: (bytes: number, ms: number) => void;
  /** Infinite before the first request. */
  readonly remainingMs: () => number;
  readonly spent: () => RequestCost;
  /** `300 s`. */
  readonly words: string;
}

/** The time budget begins with the first request. */
export function startBudget(clock: Clock, limits: Pick<ClientLimits, "maxRequests" | "timeBudgetMs">): RequestBudget {
  const spent = { requests: 0, retries: 0, bytes: 0, milliseconds: 0 };
  const words = `${limits.timeBudgetMs / 1000} s`;
  let deadline = Number.POSITIVE_INFINITY;
  const remainingMs = () => deadline - clock.now().getTime();
  return {
    words,
    remainingMs,
    countRequest: (request) => {
      if (spent.requests >= limits.maxRequests)
        throw exhausted(
          `${request}: not asked: this run has made its ${limits.maxRequests} requests (inventree.max_requests)`,
          "incomplete",
        );
      if (spent.requests === 0) deadline = clock.now().getTime() + limits.timeBudgetMs;
      if (remainingMs() <= 0)
        throw exhausted(
          `${request}: not asked: the time budget of ${words} is used up (inventree.time_budget)`,
          "unreachable",
        );
      spent.requests += 1;
      return remainingMs();
    },
    countRetry: () => {
      spent.retries += 1;
    },
    countAnswer: (bytes, ms) => {
      spent.bytes += bytes;
      spent.milliseconds += ms;
    },
    spent: () => ({ ...spent }),
  };
}

function exhausted(message: string, incident: "incomplete" | "unreachable"): FailureError {
  return new FailureError({ kind: "inventree", retryable: incident === "unreachable", message, incident });
}
