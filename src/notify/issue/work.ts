import type { Clock } from "../../core/clock.ts";
import { type Failure, failureOf } from "../../core/failure.ts";
import type { GithubApi } from "../../core/github-api.ts";
import type { Log } from "../../core/log.ts";
import { type Desk, openDesk } from "./desk.ts";

/** Does something at a desk for which GitHub is needed. */
export type Work = <T>(log: Log, what: (desk: Desk) => Promise<T>) => Promise<Done<T>>;
type Done<T> = { readonly kind: "done"; readonly value: T } | { readonly kind: "failed"; readonly failure: Failure };

/** GitHub's answer to too much at once is to come back after a minute. */
const BUDGET_MS = 120_000;

/** Does something at a desk; what GitHub or the settings refuse is a failure, never an error. Connects with the first work. */
export function workWith(of: {
  readonly connect: () => Promise<GithubApi>;
  readonly clock: Clock;
  readonly budgetMs?: number;
}): Work {
  const { connect, clock, budgetMs = BUDGET_MS } = of;
  let connected: Promise<GithubApi> | undefined;
  return async (log, what) => {
    try {
      connected ??= connect();
      return { kind: "done", value: await what(openDesk({ api: await connected, clock, log, budgetMs })) };
    } catch (error) {
      const failure = failureOf(error);
      // A bug here must not keep the other channels from telling.
      if (failure.kind === "bug") log.error(error instanceof Error ? (error.stack ?? error.message) : failure.message);
      return { kind: "failed", failure };
    }
  };
}
