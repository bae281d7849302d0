import type { Monitor } from "../../core/monitor.ts";
import { owes } from "../../core/notification/decide.ts";
import { digestDue, nextCheck } from "../../core/notification/digest.ts";
import type { LastRun, MonitorState, StateFiles } from "../../core/notification/state.ts";
import { own } from "../../core/records.ts";
import { due, latestBefore } from "../../core/schedule/schedule.ts";
import { isInScope } from "../../core/settings/scope.ts";
import type { RunRequest } from "./run-request.ts";

/** A monitor that is to be checked now, and why. */
export interface Selected {
  readonly monitor: Monitor;
  readonly state: MonitorState | undefined;
  readonly lastRun: LastRun | undefined;
  readonly reason: "new" | "occurrence" | "failed" | "owed" | "asked";
  /** What a completed check of the schedule records; undefined for a check by hand. */
  readonly scheduledFor: string | undefined;
  /** The occurrence for which `always` notifies. */
  readonly occurrence: Date | undefined;
  /** The occurrence of the digest that is due. */
  readonly digest: Date | undefined;
}

export interface Selection {
  readonly selected: readonly Selected[];
  /** Their latest occurrence is older than max_lateness: recorded, not checked. */
  readonly skipped: readonly (Selected & { readonly scheduledFor: string })[];
  /** Ids that were asked for and do not exist. */
  readonly unknown: readonly string[];
  /** Ids that were asked for and belong to another server or shard. */
  readonly elsewhere: readonly string[];
  /** Of the lists that are not due, the one that will be first; null: none will, or they were not looked at. */
  readonly next: NextCheck | null;
}

export interface NextCheck {
  readonly monitor: Monitor;
  /** The occurrence of its cron. */
  readonly at: Date;
}

/** Which monitors a run checks. `channelsOf` returns the names of the channels that a monitor uses. */
export function select(input: {
  readonly monitors: readonly Monitor[];
  readonly state: StateFiles;
  readonly order: RunRequest;
  readonly channelsOf: (monitor: Monitor) => readonly string[];
}): Selection {
  const { monitors, state, order } = input;
  const here = monitors.filter((monitor) => isInScope(monitor, order));
  const { which } = order;
  if (which.kind === "due") return selectDue(input, here);
  const ids = which.kind === "all" ? [] : which.ids;
  const all = which.kind !== "monitors";
  const isAsked = (monitor: Monitor) => ids.some((id) => isNamed(monitor, id));
  const wanted = here.filter((monitor) => (all && monitor.active) || isAsked(monitor));
  const unknown = ids.filter((id) => !monitors.some((monitor) => isNamed(monitor, id)));
  const elsewhere = ids.filter((id) => !unknown.includes(id) && !here.some((monitor) => isNamed(monitor, id)));
  return {
    selected: wanted.map((monitor) => byHand(monitor, state, order.now)),
    skipped: [],
    unknown,
    elsewhere,
    next: null,
  };
}

/** Ids are unique without regard to case. */
export function isNamed({ id }: Pick<Monitor, "id">, wanted: string): boolean {
  return id.toLowerCase() === wanted.toLowerCase();
}

function selectDue(input: Parameters<typeof select>[0], monitors: readonly Monitor[]): Selection {
  const { state, order, channelsOf } = input;
  const selected: Selected[] = [];
  const skipped: (Selected & { scheduledFor: string })[] = [];
  let next: NextCheck | null = null;
  for (const monitor of monitors.filter((monitor) => monitor.active)) {
    const known = remembered(monitor, { state, now: order.now });
    const answer = due({
      cron: monitor.cron_schedule,
      timezone: monitor.timezone,
      lastRun: known.lastRun ?? null,
      owes: owes({
        delivered: known.state?.delivered ?? {},
        sending: known.state?.sending,
        lastRun: known.lastRun,
        channels: channelsOf(monitor),
        recipients: monitor.recipients,
        notify_condition: monitor.notify_condition,
        digest: known.digest,
      }),
      maxLatenessMs: monitor.max_lateness_ms,
      now: order.now,
    });
    if (answer.kind === "not_due") {
      next = sooner(next, monitor, nextCheck(monitor, order.now));
      continue;
    }
    const { scheduledFor } = answer;
    const base = { monitor, ...known, scheduledFor, occurrence: new Date(scheduledFor) };
    if (answer.kind === "skipped") skipped.push({ ...base, reason: "occurrence" });
    else selected.push({ ...base, reason: answer.reason });
  }
  return { selected, skipped, unknown: [], elsewhere: [], next };
}

function sooner(first: NextCheck | null, monitor: Monitor, at: Date | undefined): NextCheck | null {
  if (at === undefined) return first;
  return first === null || at < first.at ? { monitor, at } : first;
}

function byHand(monitor: Monitor, state: StateFiles, now: Date): Selected {
  const latest = latestBefore({ cron: monitor.cron_schedule, timezone: monitor.timezone, notAfter: now });
  return {
    monitor,
    ...remembered(monitor, { state, now }),
    reason: "asked",
    scheduledFor: undefined,
    occurrence: latest ?? undefined,
  };
}

function remembered(
  monitor: Monitor,
  { state, now }: { readonly state: StateFiles; readonly now: Date },
): Pick<Selected, "state" | "lastRun" | "digest"> {
  const lastRun = own(state.runs, monitor.id)?.last_run;
  return { state: own(state.monitors, monitor.id), lastRun, digest: digestDue({ monitor, lastRun, now }) };
}
