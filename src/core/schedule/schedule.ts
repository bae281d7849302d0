import { cronOf } from "./cron.ts";
import { laterOccurrences, latestOccurrence, nextOccurrence, occurrences } from "./occurrences.ts";

/** No occurrence older than this is looked for when a monitor is new. */
const YEAR = 366 * 86_400_000;

export interface DueInput {
  /** The current cron and zone, whatever they were when the monitor was last checked. */
  readonly cron: string;
  readonly timezone: string;
  /** null: the monitor was never checked. Without scheduled_for, no scheduled check was ever completed. */
  readonly lastRun: { readonly scheduled_for?: string; readonly outcome: string } | null;
  /** A delivery on some channel is still pending. */
  readonly owes: boolean;
  readonly maxLatenessMs: number | null;
  readonly now: Date;
}

/** Whether to check a monitor now. Instants are RFC 3339. */
export type Due =
  | { readonly kind: "due"; readonly reason: "new" | "occurrence" | "failed" | "owed"; readonly scheduledFor: string }
  /** Its latest occurrence is too old: recorded as skipped, without a check. */
  | { readonly kind: "skipped"; readonly scheduledFor: string }
  | { readonly kind: "not_due"; readonly next: string | null };

/**
 * Decides from state alone, no matter what started the process. `scheduledFor` is what a completed check records: the
 * latest occurrence not later than now, so several missed ones are one check.
 */
export function due({ cron, timezone, lastRun, owes, maxLatenessMs, now }: DueInput): Due {
  const schedule = { cron: cronOf(cron), zone: timezone };
  const until = now.getTime();
  if (lastRun?.scheduled_for === undefined) {
    const latest = latestOccurrence({ ...schedule, after: until - YEAR, until });
    return { kind: "due", reason: "new", scheduledFor: instant(latest ?? until) };
  }
  const after = Date.parse(lastRun.scheduled_for);
  const missed = after < until ? latestOccurrence({ ...schedule, after, until }) : undefined;
  const scheduledFor = missed === undefined ? lastRun.scheduled_for : instant(missed);
  // What failed or is pending is made up for, however late.
  if (owes) return { kind: "due", reason: "owed", scheduledFor };
  if (lastRun.outcome === "failed") return { kind: "due", reason: "failed", scheduledFor };
  if (missed === undefined) {
    const next = nextOccurrence({ ...schedule, after: Math.max(after, until) });
    return { kind: "not_due", next: next === undefined ? null : instant(next) };
  }
  if (maxLatenessMs !== null && until - missed > maxLatenessMs) return { kind: "skipped", scheduledFor };
  return { kind: "due", reason: "occurrence", scheduledFor };
}

/** The latest occurrence not later than `notAfter`, within the year before it. */
export function latestBefore(input: {
  readonly cron: string;
  readonly timezone: string;
  readonly notAfter: Date;
}): Date | null {
  const until = input.notAfter.getTime();
  const found = latestOccurrence({ cron: cronOf(input.cron), zone: input.timezone, after: until - YEAR, until });
  return found === undefined ? null : new Date(found);
}

/** The next occurrences after that instant, at most `count` of them. */
export function nextOccurrences(input: {
  readonly cron: string;
  readonly timezone: string;
  readonly after: Date;
  readonly count: number;
}): Date[] {
  const later = laterOccurrences({
    cron: cronOf(input.cron),
    zone: input.timezone,
    after: input.after.getTime(),
  });
  return [...later.take(input.count)].map((at) => new Date(at));
}

/** Every occurrence after `after` and not later than `until`, ascending. */
export function occurrencesBetween(input: {
  readonly cron: string;
  readonly timezone: string;
  readonly after: Date;
  readonly until: Date;
}): Date[] {
  const { cron, timezone, after, until } = input;
  const span = { cron: cronOf(cron), zone: timezone, after: after.getTime(), until: until.getTime() };
  return [...occurrences(span)].map((at) => new Date(at));
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
