import { FailureError } from "../../core/failure.ts";
import { type Monitor, plannedLists } from "../../core/monitor.ts";
import type { Alert, LastRun, MonitorState, StateFiles } from "../../core/notification/state.ts";
import type { Problem } from "../../core/problem.ts";
import { defined, own } from "../../core/records.ts";
import { nextOccurrences } from "../../core/schedule/schedule.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import type { StateStore } from "../../state/store.ts";

/** The recorded state, as far as it can be read: monitors are listed even without a state. */
export interface Remembered {
  readonly state: StateFiles | null;
  /** Why it could not be read. */
  readonly message: string | null;
}

/** Reads the state. Never throws if it cannot be read. */
export async function remembered(store: StateStore): Promise<Remembered> {
  try {
    return { state: await store.read(), message: null };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { state: null, message: error.message };
  }
}

/** A row of `monitor list`; field names are those of --json. */
export interface ListedMonitor {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly active: boolean;
  /** Ids of its lists; only of a plan. */
  readonly lists?: readonly string[];
  readonly cron_schedule: string;
  readonly timezone: string;
  /** null: it is inactive, or its cron has no further occurrence. */
  readonly next_run: string | null;
  readonly last_run: LastRun | null;
  /** Parts that are short as of the last complete check; null: there was none. */
  readonly short: number | null;
}

/** A file that cannot be used, with the recorded state of its monitor, which is kept. */
export interface ListedFile extends Pick<ListedMonitor, "last_run" | "short"> {
  readonly file: string;
  /** As far as they can be recognized. */
  readonly id: string | null;
  readonly name: string | null;
  readonly problems: readonly Problem[];
}

/** A broken file as `monitor list` shows it. */
export function listedFile(
  { file, id, name, problems }: MonitorsRead["broken"][number],
  state: StateFiles | null,
): ListedFile {
  return { file, id: id ?? null, name: name ?? null, problems, ...lastOf(id, state) };
}

function lastOf(id: string | undefined, state: StateFiles | null): Pick<ListedMonitor, "last_run" | "short"> {
  const runs = id === undefined ? undefined : own(state?.runs, id);
  return { last_run: runs?.last_run ?? null, short: runs?.result?.short ?? null };
}

/** One monitor as `monitor list` shows it. */
export function listedMonitor(input: {
  readonly monitor: Monitor;
  readonly state: StateFiles | null;
  readonly now: Date;
}): ListedMonitor {
  const { monitor, state, now } = input;
  const { id, name, file, active, cron_schedule, timezone } = monitor;
  const [next] = nextRuns({ monitor, now, count: 1 });
  return {
    id,
    name,
    file,
    active,
    ...defined({ lists: plannedLists(monitor) }),
    cron_schedule,
    timezone,
    next_run: active && next !== undefined ? next.toISOString() : null,
    ...lastOf(id, state),
  };
}

/** What `monitor show` shows beside the monitor's fields; field names are those of --json. */
export interface ShownMonitor {
  readonly listed: ListedMonitor;
  readonly last_hash: string | null;
  readonly last_success_at: string | null;
  /** When each channel was notified. */
  readonly delivered: Readonly<Record<string, string>>;
  /** By the schedule, as if it were active. */
  readonly next_runs: readonly string[];
  /** Open ones. */
  readonly alerts: readonly Alert[];
}

/** One monitor with its whole recorded state. */
export function shownMonitor(input: Parameters<typeof listedMonitor>[0]): ShownMonitor {
  const { monitor, state, now } = input;
  const known: MonitorState | undefined = own(state?.monitors, monitor.id);
  return {
    listed: listedMonitor(input),
    last_hash: known?.last_hash ?? null,
    last_success_at: own(state?.runs, monitor.id)?.last_success_at ?? null,
    delivered: Object.fromEntries(Object.entries(known?.delivered ?? {}).map(([channel, { at }]) => [channel, at])),
    next_runs: nextRuns({ monitor, now, count: 3 }).map((at) => at.toISOString()),
    alerts: (known?.alerts ?? []).filter((alert) => alert.state !== "resolved"),
  };
}

function nextRuns({ monitor, now, count }: { readonly monitor: Monitor; readonly now: Date; readonly count: number }) {
  return nextOccurrences({ cron: monitor.cron_schedule, timezone: monitor.timezone, after: now, count });
}
