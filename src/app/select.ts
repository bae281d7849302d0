import type { Monitor } from "../core/monitor.ts";
import { own } from "../core/records.ts";
import { due, latestBefore } from "../core/schedule/schedule.ts";
import { isInScope } from "../core/scope.ts";
import type { LastRun, MonitorState, StateFiles } from "../core/telling/state.ts";
import { owes } from "../core/telling/telling.ts";
import type { RunOrder } from "./order.ts";

/** A monitor that is to be checked now, and why. */
export interface Selected {
  readonly monitor: Monitor;
  readonly state: MonitorState | undefined;
  readonly lastRun: LastRun | undefined;
  readonly reason: "new" | "occurrence" | "failed" | "owed" | "asked";
  /** What a completed check of the schedule records; undefined for a check by hand. */
  readonly scheduledFor: string | undefined;
  /** The occurrence that `always` tells for. */
  readonly occurrence: Date | undefined;
}

export interface Selection {
  readonly selected: readonly Selected[];
  /** Their latest occurrence is older than max_lateness: recorded, not checked. */
  readonly skipped: readonly (Selected & { readonly scheduledFor: string })[];
  /** Ids that were asked for and do not exist. */
  readonly unknown: readonly string[];
  /** Ids that were asked for and belong to another server or shard. */
  readonly elsewhere: readonly string[];
}

/** Which monitors a run checks. `channelsOf` gives the names of the channels that are switched on for a monitor. */
export function select(question: {
  readonly monitors: readonly Monitor[];
  readonly state: StateFiles;
  readonly order: RunOrder;
  readonly channelsOf: (monitor: Monitor) => readonly string[];
}): Selection {
  const { monitors, state, order } = question;
  const here = monitors.filter((monitor) => isInScope(monitor, order));
  const { which } = order;
  if (which.kind === "due") return selectDue(question, here);
  const ids = which.kind === "all" ? [] : which.ids;
  const all = which.kind !== "monitors";
  const isAsked = (monitor: Monitor) => ids.some((id) => isNamed(monitor, id));
  const wanted = here.filter((monitor) => (all && monitor.active) || isAsked(monitor));
  const unknown = ids.filter((id) => !monitors.some((monitor) => isNamed(monitor, id)));
  const elsewhere = ids.filter((id) => !unknown.includes(id) && !here.some((monitor) => isNamed(monitor, id)));
  return { selected: wanted.map((monitor) => byHand(monitor, state, order.now)), skipped: [], unknown, elsewhere };
}

/** Ids are unique without regard to case. */
export function isNamed({ id }: Pick<Monitor, "id">, wanted: string): boolean {
  return id.toLowerCase() === wanted.toLowerCase();
}

function selectDue(question: Parameters<typeof select>[0], monitors: readonly Monitor[]): Selection {
  const { state, order, channelsOf } = question;
  const selected: Selected[] = [];
  const skipped: (Selected & { scheduledFor: string })[] = [];
  for (const monitor of monitors.filter((monitor) => monitor.active)) {
    const known = remembered(monitor, state);
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
      }),
      maxLatenessMs: monitor.max_lateness_ms,
      now: order.now,
    });
    if (answer.kind === "not_due") continue;
    const { scheduledFor } = answer;
    const base = { monitor, ...known, scheduledFor, occurrence: new Date(scheduledFor) };
    if (answer.kind === "skipped") skipped.push({ ...base, reason: "occurrence" });
    else selected.push({ ...base, reason: answer.reason });
  }
  return { selected, skipped, unknown: [], elsewhere: [] };
}

function byHand(monitor: Monitor, state: StateFiles, now: Date): Selected {
  const latest = latestBefore({ cron: monitor.cron_schedule, timezone: monitor.timezone, notAfter: now });
  return {
    monitor,
    ...remembered(monitor, state),
    reason: "asked",
    scheduledFor: undefined,
    occurrence: latest ?? undefined,
  };
}

function remembered(monitor: Monitor, state: StateFiles): Pick<Selected, "state" | "lastRun"> {
  return { state: own(state.monitors, monitor.id), lastRun: own(state.runs, monitor.id)?.last_run };
}
