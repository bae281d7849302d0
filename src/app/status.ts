import { type Monitor, plannedLists } from "../core/monitor.ts";
import { takenOverAt } from "../core/notification/claims.ts";
import { nextCheck } from "../core/notification/digest.ts";
import { overdue } from "../core/notification/overdue.ts";
import type { Incident, LastRun, StateFiles } from "../core/notification/state.ts";
import { formatProblem } from "../core/problem.ts";
import { defined, own } from "../core/records.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { StateStore } from "../state/store.ts";

/** The recorded state of one monitor. */
export interface RememberedStatus {
  readonly last_run: LastRun | null;
  readonly last_success_at: string | null;
  readonly last_hash: string | null;
  readonly notified_at: string | null;
  /** null: never checked. */
  readonly short: number | null;
  readonly to_build: number | null;
  readonly critical: number | null;
  readonly coverage: number | null;
}

/** The recorded state of one monitor, beside the fields of its file. */
export interface MonitorStatus extends RememberedStatus {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly active: boolean;
  /** Ids of its lists; only of a plan. */
  readonly lists?: readonly string[];
  readonly next_run: string | null;
  /** When it should have been checked; null: its check is not overdue. */
  readonly overdue_since: string | null;
}

/** A file that cannot be used: its monitor is not checked, and its state stays. */
export interface BrokenFileStatus extends RememberedStatus {
  readonly file: string;
  /** As far as it can be recognized. */
  readonly id: string | null;
  readonly problems: readonly string[];
}

/** A monitor that exists only in the state. */
export interface OrphanStatus extends RememberedStatus {
  readonly id: string;
  readonly name: string;
}

/** A message that was claimed before it was sent, and whose outcome is not recorded. */
export interface StatusClaim {
  readonly id: string;
  readonly channel: string;
  /** Ids of the other lists in the same mail; absent: it is the list's own. */
  readonly with?: readonly string[];
  readonly run: string;
  /** Of the check. */
  readonly at: string;
  readonly until: string;
  readonly taken_over_at: string;
  readonly fate: "unknown" | null;
}

export interface Status {
  readonly monitors: readonly MonitorStatus[];
  readonly broken_files: readonly BrokenFileStatus[];
  /** Monitors in the state for which there is no file here; all, if partwatch.yaml is broken. */
  readonly without_file: readonly OrphanStatus[];
  /** Messages being sent, or whose outcome is unknown. */
  readonly sending: readonly StatusClaim[];
  readonly incidents: Readonly<Record<string, Incident>>;
  readonly broken_state: StateFiles["broken"];
}

/** What is known without asking InvenTree. Throws FailureError (kind state) if the state cannot be read. */
export async function status(input: {
  readonly read: MonitorsRead;
  readonly store: StateStore;
  readonly now: Date;
}): Promise<Status> {
  const state = await input.store.read();
  const { monitors, broken } = input.read;
  const known = new Set([...monitors, ...broken].map(({ id }) => id));
  return {
    monitors: monitors.map((monitor) => statusOf(monitor, state, input.now)),
    broken_files: broken.map(({ file, id, problems }) => ({
      file,
      id: id ?? null,
      problems: problems.map(formatProblem),
      ...rememberedOf(id, state),
    })),
    without_file: Object.entries(state.runs).flatMap(([id, { name }]) =>
      known.has(id) ? [] : [{ id, name: name ?? id, ...rememberedOf(id, state) }],
    ),
    sending: Object.values(state.monitors).flatMap(({ id, sending = {} }) =>
      Object.entries(sending).map(([channel, { run, at, until, fate, with: others }]) => ({
        id,
        channel,
        ...defined({ with: others }),
        run,
        at,
        until,
        taken_over_at: takenOverAt({ until }).toISOString(),
        fate: fate ?? null,
      })),
    ),
    incidents: state.system,
    broken_state: state.broken,
  };
}

function statusOf(monitor: Monitor, state: StateFiles, now: Date): MonitorStatus {
  const remembered = rememberedOf(monitor.id, state);
  const lastRun = remembered.last_run ?? undefined;
  const next = nextCheck(monitor, now);
  return {
    id: monitor.id,
    name: monitor.name,
    file: monitor.file,
    active: monitor.active,
    ...defined({ lists: plannedLists(monitor) }),
    ...remembered,
    next_run: monitor.active && next !== undefined ? next.toISOString() : null,
    overdue_since: overdue({ monitor, lastRun, now })?.expected.toISOString() ?? null,
  };
}

function rememberedOf(id: string | undefined, state: StateFiles): RememberedStatus {
  const known = id === undefined ? undefined : own(state.monitors, id);
  const runs = id === undefined ? undefined : own(state.runs, id);
  const point = runs?.result;
  const delivered = Object.values(known?.delivered ?? {}).map(({ at }) => at);
  return {
    last_run: runs?.last_run ?? null,
    last_success_at: runs?.last_success_at ?? null,
    last_hash: known?.last_hash ?? null,
    notified_at: delivered.sort().at(-1) ?? null,
    short: point?.short ?? null,
    to_build: point?.to_build ?? null,
    critical: point?.critical ?? null,
    coverage: point?.coverage ?? null,
  };
}
