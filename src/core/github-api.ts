/**
 * GitHub's API as the adapters use it. Connecting (token, time-outs, rate limits) is done by github/octokit.ts; the
 * adapters only know this, so that they need not know each other.
 */
export interface GithubApi {
  /** The server's name for people: `GitHub`, or another forge with the same API. */
  readonly service: string;
  readonly owner: string;
  readonly name: string;
  /** Calls the REST API for something below `/repos/<owner>/<name>`. Never throws for faults of the outside world. */
  readonly rest: (call: RestCall) => Promise<GithubAnswer>;
  /** How many requests the token had left at the last answer of either API, the lower one; undefined: GitHub did not say. */
  readonly requestsLeft: () => number | undefined;
  /** Runs one named GraphQL operation; the body of the answer is its `data`. Never throws for faults of the outside world. */
  readonly graphql: (call: GraphqlCall) => Promise<GithubAnswer>;
}

interface RestCall extends CallLimits {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below the repository, with a leading slash: `/git/refs`. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

interface GraphqlCall extends CallLimits {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface CallLimits {
  /** Nothing is tried again after this instant. */
  readonly until: Date;
  /** Idempotent: may be tried again if it is unknown whether it was done. */
  readonly repeatable: boolean;
  /** Aborted when nobody waits any longer. */
  readonly ending?: AbortSignal;
  /** Called before waiting for the next attempt. */
  readonly onWait?: () => void;
}

export type GithubAnswer =
  | { readonly kind: "done"; readonly body: unknown }
  /** GitHub said no; nothing was done. */
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly errors: readonly GithubApiError[];
      readonly request: string;
    }
  /** A rate limit that does not end in time; nothing was done. */
  | { readonly kind: "limited"; readonly status: number; readonly message: string; readonly request: string }
  /** 5xx, time-out, broken connection: it may have been done or not. */
  | { readonly kind: "unanswered"; readonly status?: number; readonly message: string; readonly request: string };

/** Any answer to a call that was not carried out, or whose outcome is unknown. */
export type GithubFailure = Exclude<GithubAnswer, { readonly kind: "done" }>;

export interface GithubApiError {
  /** GraphQL's error type: `STALE_DATA`, `FORBIDDEN`, `NOT_FOUND`. */
  readonly type?: string;
  readonly message: string;
}
