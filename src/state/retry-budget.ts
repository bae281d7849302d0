import { backOffMs } from "../core/back-off.ts";
import { FailureError } from "../core/failure.ts";
import type { Clock, Log } from "../core/ports.ts";

/** How long all commits of a run may wait for others, together. */
export const COMMIT_BUDGET_MS = 120_000;

const FIRST_WAIT_MS = 50;
/** Many writers at once: the more often one has lost, the longer it makes room for the others. */
const LONGEST_WAIT_MS = 10_000;

export interface RetryBudget {
  leftMs: number;
}

/** What one reading or commit takes from the budget. */
export interface Spending {
  /** Its first wait: the time counts from now on. */
  readonly begin: () => void;
  readonly spentMs: () => number;
  /** Takes it from the budget. */
  readonly end: () => void;
}

export function spendingOf({ clock, budget }: { readonly clock: Clock; readonly budget: RetryBudget }): Spending {
  let since: number | undefined;
  const spentMs = () => (since === undefined ? 0 : clock.now().getTime() - since);
  return {
    begin: () => {
      since ??= clock.now().getTime();
    },
    spentMs,
    end: () => {
      budget.leftMs -= spentMs();
      since = undefined;
    },
  };
}

export interface Retries {
  /** Waits, longer from time to time. Throws FailureError (kind state) when the time is over. */
  readonly wait: (cause: string) => Promise<void>;
  /** Takes from the budget what was spent since the first wait. */
  readonly end: () => void;
}

export function retriesWithin(options: {
  readonly clock: Clock;
  readonly log: Log;
  readonly label: string;
  readonly budget: RetryBudget;
}): Retries {
  const { clock, log, label, budget } = options;
  const spending = spendingOf(options);
  const spent = spending.spentMs;
  let tries = 0;
  let begun = clock.now().getTime();
  return {
    wait: async (cause) => {
      const now = clock.now().getTime();
      spending.begin();
      tries += 1;
      if (spent() >= budget.leftMs) {
        const message = `could not get at the state (${label}): tried ${tries} times in ${Math.round(spent() / 1000)} s, and others were always faster or kept it locked. Git said: ${cause}`;
        throw new FailureError({ kind: "state", retryable: true, message: message.replace(/\s+/g, " ") });
      }
      // A machine under load takes long for each try: then shorter waits would only add to its load.
      const firstMs = Math.max(FIRST_WAIT_MS, now - begun);
      const chance = clock.random();
      const pauseMs = backOffMs({ attempt: tries, firstMs, longestMs: LONGEST_WAIT_MS, sure: 0, chance });
      const waitMs = Math.min(pauseMs, budget.leftMs - spent());
      log.info(`could not get at the state (${label}), trying again`, {
        step: "state",
        attempt: tries,
        cause,
        wait_ms: waitMs,
      });
      await clock.sleep(waitMs);
      begun = clock.now().getTime();
    },
    end: spending.end,
  };
}
