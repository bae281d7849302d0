import type { Clock } from "../core/clock.ts";
import { FailureError } from "../core/failure.ts";
import type { Log } from "../core/log.ts";

/** How long all commits of a run may wait for others, together. */
export const COMMIT_BUDGET_MS = 120_000;

const FIRST_WAIT_MS = 50;
/** Many writers at once: the more often one has lost, the longer it makes room for the others. */
const LONGEST_WAIT_MS = 10_000;

export interface Budget {
  leftMs: number;
}

export interface Patience {
  /** Waits, longer from time to time. Throws FailureError (kind state) when the time is over. */
  readonly wait: (cause: string) => Promise<void>;
  /** Takes from the budget what was spent since the first wait. */
  readonly end: () => void;
}

export function patienceOf(of: {
  readonly clock: Clock;
  readonly log: Log;
  readonly label: string;
  readonly budget: Budget;
}): Patience {
  const { clock, log, label, budget } = of;
  let tries = 0;
  let since: number | undefined;
  let begun = clock.now().getTime();
  const spent = () => (since === undefined ? 0 : clock.now().getTime() - since);
  return {
    wait: async (cause) => {
      const now = clock.now().getTime();
      since ??= now;
      tries += 1;
      if (spent() >= budget.leftMs) {
        const message = `could not get at the state (${label}): tried ${tries} times in ${Math.round(spent() / 1000)} s, and others were always faster or kept it locked. Git said: ${cause}`;
        throw new FailureError({ kind: "state", retryable: true, message: message.replace(/\s+/g, " ") });
      }
      // A machine under load takes long for each try: then shorter waits would only add to its load.
      const first = Math.max(FIRST_WAIT_MS, now - begun);
      const longest = Math.min(LONGEST_WAIT_MS, first * 2 ** (tries - 1));
      const waitMs = Math.ceil(Math.min(clock.random() * longest, budget.leftMs - spent()));
      log.info(`could not get at the state (${label}), trying again`, {
        step: "state",
        attempt: tries,
        cause,
        wait_ms: waitMs,
      });
      await clock.sleep(waitMs);
      begun = clock.now().getTime();
    },
    end: () => {
      budget.leftMs -= spent();
      since = undefined;
    },
  };
}
