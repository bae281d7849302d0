// When a list with notify_condition digest is reported: at the occurrences of the digest's cron, however often it is checked. Pure.
import type { Monitor } from "../monitor.ts";
import { cronOf } from "../schedule/cron.ts";
import { latestOccurrence } from "../schedule/occurrences.ts";
import { nextOccurrences } from "../schedule/schedule.ts";
import type { LastRun } from "./state.ts";

type Scheduled = Pick<Monitor, "cron_schedule" | "timezone" | "digest">;

/**
 * The occurrence of the digest that the list still has to be reported for: the latest one, however many were missed. undefined:
 * there is none, or the list is in no digest. A list that is new in the digest waits for the next one.
 */
export function digestDue(input: {
  readonly monitor: Pick<Monitor, "digest">;
  readonly lastRun: Pick<LastRun, "digest_until"> | undefined;
  readonly now: Date;
}): Date | undefined {
  const { digest } = input.monitor;
  const until = input.lastRun?.digest_until;
  if (digest === null || until === undefined) return undefined;
  const span = { after: Date.parse(until), until: input.now.getTime() };
  if (span.after >= span.until) return undefined;
  const found = latestOccurrence({ cron: cronOf(digest.cron), zone: digest.timezone, ...span });
  return found === undefined ? undefined : new Date(found);
}

/** Up to when everything is settled after a run: nothing is pending any more for digests until then. */
export function digestUntil(input: {
  readonly monitor: Pick<Monitor, "digest">;
  readonly lastRun: Pick<LastRun, "digest_until"> | undefined;
  readonly now: Date;
  /** Every channel has received what it should. */
  readonly isSettled: boolean;
}): Pick<LastRun, "digest_until"> {
  if (input.monitor.digest === null) return {};
  const before = input.lastRun?.digest_until;
  return { digest_until: before === undefined || input.isSettled ? input.now.toISOString() : before };
}

/** The occurrence that a notification is for, and is sent once for; undefined: it depends only on the result. */
export function notifiedOccurrence(input: {
  readonly monitor: Pick<Monitor, "notify_condition">;
  /** Of the list's own cron. */
  readonly occurrence: Date | undefined;
  /** As by digestDue(). */
  readonly digest: Date | undefined;
}): Date | undefined {
  switch (input.monitor.notify_condition) {
    case "always":
      return input.occurrence;
    case "digest":
      return input.digest;
    default:
      return undefined;
  }
}

/** When a list is checked next after that instant: by its own cron, or for the digest. */
export function nextCheck({ cron_schedule: cron, timezone, digest }: Scheduled, after: Date): Date | undefined {
  const [own] = nextOccurrences({ cron, timezone, after, count: 1 });
  const [next] = digest === null ? [] : nextOccurrences({ ...digest, after, count: 1 });
  if (own === undefined || next === undefined) return own ?? next;
  return new Date(Math.min(own.getTime(), next.getTime()));
}
