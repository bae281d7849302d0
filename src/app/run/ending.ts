import { CLAIM_AFTER_RUN_MS } from "../../core/notification/claims.ts";
import { durationInWords } from "../../core/schedule/duration.ts";
import { unlessAborted } from "../../core/unless-aborted.ts";
import type { Receipt } from "../../notify/channel.ts";
import type { Deps } from "../deps.ts";

/** How long the message under way has once the run is to end. */
const LAST_MESSAGE_MS = 2_000;
/** A channel that can report what became of the message does so at once. */
const LAST_WORD_MS = 200;

/** The end of a run, as seen by what sends. */
export interface RunEnd {
  /** By the real clock. */
  readonly now: () => Date;
  /** By when everything that this run claims is over. */
  readonly claimsUntil: Date;
  /** Why nothing more is started; null as long as messages may be sent. */
  readonly reason: () => string | null;
  /** Whether there is time for another message under a claim. */
  readonly mayBegin: (claimedUntil: Date) => boolean;
  /** Sends, and gives up soon after the run is to end: then the outcome is unknown. */
  readonly within: (send: (ending: AbortSignal) => Promise<Receipt>) => Promise<Receipt>;
  /** Aborted with the run. */
  readonly signal: AbortSignal;
}

/** Starts the run's time limit. Call `cancel` when the run is over. */
export function endOf({
  clock,
  runTimeMs,
  endAfter,
}: Pick<Deps, "clock" | "runTimeMs" | "endAfter">): RunEnd & { readonly cancel: () => void } {
  const end = clock.now().getTime() + runTimeMs;
  const isOver = `The time for this run is over (limits.run_time: ${durationInWords(runTimeMs)}).`;
  const { signal, cancel } = endAfter(runTimeMs, isOver);
  const reason = () => {
    if (signal.aborted) return typeof signal.reason === "string" ? signal.reason : isOver;
    return clock.now().getTime() < end ? null : isOver;
  };
  return {
    now: clock.now,
    claimsUntil: new Date(end + CLAIM_AFTER_RUN_MS),
    reason,
    // Whatever it waits for is given up shortly after `end`.
    mayBegin: (claimedUntil) => {
      const now = clock.now().getTime();
      return (
        reason() === null && claimedUntil.getTime() - now > Math.max(0, end - now) + LAST_MESSAGE_MS + LAST_WORD_MS
      );
    },
    within: async (send) => {
      const giveUp = new AbortController();
      const stop = async () => {
        await clock.sleep(LAST_MESSAGE_MS);
        giveUp.abort();
      };
      const onEnd = () => void stop();
      if (signal.aborted) onEnd();
      else signal.addEventListener("abort", onEnd, { once: true });
      const abandoned = new Promise<Receipt>((resolve) => {
        giveUp.signal.addEventListener("abort", () => {
          void clock.sleep(LAST_WORD_MS).then(() => resolve(UNKNOWN));
        });
      });
      try {
        return await Promise.race([send(giveUp.signal), abandoned]);
      } finally {
        signal.removeEventListener("abort", onEnd);
      }
    },
    signal,
    cancel,
  };
}

/** The result of a task, or undefined once the run is to end: it is not waited for any longer. */
export function unlessEnded<T>(task: Promise<T>, { signal }: RunEnd): Promise<T | undefined> {
  return unlessAborted(task, signal);
}

const UNKNOWN: Receipt = {
  kind: "unknown",
  failure: {
    kind: "channel",
    retryable: true,
    message: "the run ended before an answer came: nobody knows whether it arrived",
  },
};
