import type { Monitor } from "../monitor.ts";
import { nextOccurrences } from "../schedule/schedule.ts";
import type { LastRun } from "./state.ts";

/**
 * How long an expected check may be missing before somebody should look: GitHub drops triggers, the catch-up cron makes
 * up for them every six hours, and both may be late by an hour or two.
 */
export const OVERDUE_AFTER_MS = 8 * 3_600_000;

/** A monitor whose checks seem to have stopped. */
export interface Overdue {
  /** The first occurrence of its cron without a run. */
  readonly expected: Date;
  /** When it was checked last, successfully or not. */
  readonly lastCheck: Date;
}

/**
 * Whether a monitor's check is overdue at that instant: it is active, its cron had an occurrence after the last run that
 * checked it, and since then OVERDUE_AFTER_MS have passed without a run. A failed check was a run; a monitor that was
 * never checked has nothing to measure from.
 */
export function overdue(input: {
  readonly monitor: Pick<Monitor, "active" | "cron_schedule" | "timezone">;
  readonly lastRun: LastRun | undefined;
  readonly now: Date;
}): Overdue | null {
  const { monitor, lastRun, now } = input;
  if (!monitor.active || lastRun === undefined) return null;
  const seen = Math.max(Date.parse(lastRun.scheduled_for ?? lastRun.finished_at), Date.parse(lastRun.finished_at));
  // Most monitors are checked often: no need to evaluate their crons.
  if (now.getTime() - seen < OVERDUE_AFTER_MS) return null;
  const { cron_schedule: cron, timezone } = monitor;
  const [expected] = nextOccurrences({ cron, timezone, after: new Date(seen), count: 1 });
  if (expected === undefined || now.getTime() - expected.getTime() < OVERDUE_AFTER_MS) return null;
  return { expected, lastCheck: new Date(lastRun.finished_at) };
}

/** The same in words, in UTC: `expected 2026-11-24 07:00, last checked 2026-11-23 07:01`. */
export function overdueWords({ expected, lastCheck }: Overdue): string {
  return `expected ${minute(expected)}, last checked ${minute(lastCheck)} (UTC)`;
}

function minute(at: Date): string {
  return at.toISOString().slice(0, 16).replace("T", " ");
}
