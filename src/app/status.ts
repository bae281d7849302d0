import type { Monitor } from "../core/monitor.ts";
import { formatProblem } from "../core/problem.ts";
import { overdue } from "../core/schedule/overdue.ts";
import { nextOccurrences } from "../core/schedule/schedule.ts";
import type { LastRun, StateFiles, Trouble } from "../core/telling/state.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { StateStore } from "../state/store.ts";

/** What is remembered of one monitor, beside what its file says. */
export interface MonitorStatus {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly active: boolean;
  readonly last_run: LastRun | null;
  readonly last_success_at: string | null;
  readonly last_hash: string | null;
  readonly told_at: string | null;
  /** null: never checked. */
  readonly short: number | null;
  readonly to_build: number | null;
  readonly critical: number | null;
  readonly coverage: number | null;
  readonly next_run: string | null;
  /** When it should have been checked; null: its check is not overdue. */
  readonly overdue_since: string | null;
}

/** A file that cannot be used: its monitor is not checked, and its state stays. */
export interface BrokenFileStatus {
  readonly file: string;
  /** As far as it can be made out. */
  readonly id: string | null;
  readonly problems: readonly string[];
}

export interface Status {
  readonly monitors: readonly MonitorStatus[];
  readonly broken_files: readonly BrokenFileStatus[];
  readonly trouble: Readonly<Record<string, Trouble>>;
  readonly broken_state: StateFiles["broken"];
}

/** What is known without asking InvenTree. Throws FailureError (kind state) if the state cannot be read. */
export async function status(question: {
  readonly read: MonitorsRead;
  readonly store: StateStore;
  readonly now: Date;
}): Promise<Status> {
  const state = await question.store.read();
  return {
    monitors: question.read.monitors.map((monitor) => statusOf(monitor, state, question.now)),
    broken_files: question.read.broken.map(({ file, id, problems }) => ({
      file,
      id: id ?? null,
      problems: problems.map(formatProblem),
    })),
    trouble: state.system,
    broken_state: state.broken,
  };
}

function statusOf(monitor: Monitor, state: StateFiles, now: Date): MonitorStatus {
  const known = state.monitors[monitor.id];
  const runs = state.runs[monitor.id];
  const point = runs?.history.at(-1);
  const [next] = nextOccurrences({ cron: monitor.cron_schedule, timezone: monitor.timezone, after: now, count: 1 });
  const told = Object.values(known?.told ?? {}).map(({ at }) => at);
  return {
    id: monitor.id,
    name: monitor.name,
    file: monitor.file,
    active: monitor.active,
    last_run: runs?.last_run ?? null,
    last_success_at: runs?.last_success_at ?? null,
    last_hash: known?.last_hash ?? null,
    told_at: told.sort().at(-1) ?? null,
    short: point?.short ?? null,
    to_build: point?.to_build ?? null,
    critical: point?.critical ?? null,
    coverage: point?.coverage ?? null,
    next_run: monitor.active && next !== undefined ? next.toISOString() : null,
    overdue_since: overdue({ monitor, lastRun: runs?.last_run, now })?.expected.toISOString() ?? null,
  };
}
