import type { Report } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import { overdue } from "../notification/overdue.ts";
import type {
  Alert,
  CheckCounts,
  HistoryPoint,
  LastRun,
  MonitorRuns,
  RecentCheck,
  StateFiles,
} from "../notification/state.ts";
import type { Problem } from "../problem.ts";
import { own } from "../records.ts";
import { nextOccurrences } from "../schedule/schedule.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { summarize } from "../view/report-status.ts";
import { type ListAhead, listAhead, presentReport } from "./ahead.ts";

/**
 * Where a list stands, the most urgent first. broken: its file cannot be used. unreadable: what is remembered of it cannot be
 * read. failed: the last check, or its notification, failed. overdue: it should have been checked long ago.
 */
export const LIST_STATUS = [
  "broken",
  "unreadable",
  "failed",
  "overdue",
  "short",
  "new",
  "covered",
  "inactive",
] as const;

const DAY = 86_400_000;

export interface ListRow {
  readonly id: string;
  readonly name: string;
  /** null: it exists only in the state, without a file. */
  readonly file: string | null;
  readonly instance: string;
  readonly status: (typeof LIST_STATUS)[number];
  /** What is wrong with its file. */
  readonly problems: readonly Problem[];
  /** null: its file cannot be used, or there is none. */
  readonly monitor: Monitor | null;
  /** The report as last notified, its deliveries as last read. */
  readonly report: Report | null;
  /** By when it is ready, at most a day old where it is not stale; null: nothing is known. */
  readonly ahead: ListAhead | null;
  /** When that was. */
  readonly reportedAt: Date | null;
  /** Open alerts by kind, without what is dismissed or silenced: `short` holds unresolved entries too. */
  readonly open: { readonly short: number; readonly low: number; readonly out: number; readonly critical: number };
  /** Of the last complete check; null: there was none. */
  readonly result: (CheckCounts & { readonly at: string }) | null;
  /** The figures are of an earlier check than the last, or of one that should have been repeated by now. */
  readonly isStale: boolean;
  readonly lastRun: LastRun | null;
  readonly lastCheck: Date | null;
  readonly lastSuccess: Date | null;
  readonly next: Date | null;
  /** The next of its schedule; none while it is switched off. */
  readonly nextChecks: readonly Date[];
  readonly overdueSince: Date | null;
  /** Since when something is short without a break. */
  readonly since: Date | null;
  /** The newest last. */
  readonly history: readonly HistoryPoint[];
  readonly recent: readonly RecentCheck[];
  /** When each channel was notified; by channel. */
  readonly delivered: readonly { readonly channel: string; readonly at: Date; readonly ref: string }[];
}

/** Every list that has a file; those with problems first. If partwatch.yaml cannot be used no list is valid: their recorded state is shown. */
export function listRows({ monitors, broken, state, now }: OverviewInput): readonly ListRow[] {
  const files = broken.filter(({ file }) => file.startsWith("monitors/"));
  const idOf = new Map(Object.entries(state.runs).map(([id, { file }]) => [file, id]));
  const known = { state, now, nextOf: nextAfter(now) };
  const rows = [
    ...monitors.map((monitor) => rowOf(monitor.id, { monitor, problems: [], ...known })),
    ...files.map(({ id, name, file, problems }) =>
      rowOf(id ?? idOf.get(file) ?? file, { file, name, problems, ...known }),
    ),
  ];
  const ids = new Set(rows.map(({ id }) => id));
  const remembered = Object.keys({ ...state.monitors, ...state.runs }).filter((id) => !ids.has(id));
  const unknown = files.length < broken.length ? remembered : [];
  return [...rows, ...unknown.map((id) => rowOf(id, { problems: [], ...known }))].sort(byUrgency);
}

/** Parts that were short, low or out. */
export function lackingAt({ short, low = 0, out = 0 }: CheckCounts): number {
  return short + low + out;
}

/** How many parts were short on each of the last days, the last one `at`; as long as nothing was known, nothing. */
export function shortDays(
  { history }: ListRow,
  { at, days }: { readonly at: Date; readonly days: number },
): readonly number[] {
  const times = history.map((point) => ({ time: Date.parse(point.at), short: lackingAt(point) }));
  const firstKnown = times[0]?.time ?? Number.POSITIVE_INFINITY;
  return Array.from({ length: days }, (_, index) => at.getTime() - (days - 1 - index) * DAY)
    .filter((instant) => instant >= firstKnown)
    .map((instant) => times.findLast(({ time }) => time <= instant)?.short ?? 0);
}

/** Without what is dismissed or silenced. */
export function isOpen(alert: Alert, isSilenced: (kind: Alert["kind"], part: Alert["part"]) => boolean): boolean {
  return (alert.state === "active" || alert.state === "acknowledged") && !isSilenced(alert.kind, alert.part);
}

interface Known {
  readonly monitor?: Monitor;
  readonly file?: string;
  readonly name?: string | undefined;
  readonly problems: readonly Problem[];
  readonly state: StateFiles;
  readonly now: Date;
  readonly nextOf: (monitor: Monitor) => readonly Date[];
}

function rowOf(id: string, { monitor, file, name, problems, state, now, nextOf }: Known): ListRow {
  const runs = own(state.runs, id);
  const known = own(state.monitors, id);
  const told = own(state.reports, id) ?? null;
  const instance = monitor?.instance ?? "default";
  const open = openAlerts(known?.alerts ?? [], told);
  const isUnreadable = state.broken.some(({ path }) => [`state/${id}.json`, `reports/${id}.json`].includes(path));
  const late = monitor === undefined ? null : overdue({ monitor, lastRun: runs?.last_run, now });
  const nextChecks = monitor?.active === true ? nextOf(monitor) : [];
  const delivered = Object.entries(known?.delivered ?? {}).map(([channel, { at, ref }]) => ({
    channel,
    at: new Date(at),
    ref,
  }));
  const reportedAt = delivered.map(({ at }) => at).sort((a, b) => b.getTime() - a.getTime())[0] ?? null;
  const isBroken = monitor === undefined;
  const ahead = listAhead({ id, instance }, { state, now });
  return {
    id,
    name: monitor?.name ?? name ?? runs?.name ?? known?.name ?? id,
    file: monitor?.file ?? file ?? null,
    instance,
    status: isBroken ? "broken" : statusOf({ monitor, runs, open, isUnreadable, isOverdue: late !== null }),
    problems,
    monitor: monitor ?? null,
    report: presentReport(told, { state, instance, reportedAt, ahead, now, timezone: monitor?.timezone ?? "UTC" }),
    reportedAt,
    ahead,
    open,
    result: runs?.result ?? null,
    isStale: isBroken || late !== null || isUnreadable || isFailed(runs),
    lastRun: runs?.last_run ?? null,
    lastCheck: dateOf(runs?.last_run.finished_at),
    lastSuccess: dateOf(runs?.last_success_at),
    next: nextChecks[0] ?? null,
    nextChecks,
    overdueSince: late?.expected ?? null,
    history: own(state.histories, id)?.points ?? [],
    recent: own(state.histories, id)?.recent ?? [],
    since: known?.episode?.open === true ? dateOf(known.episode.since) : null,
    delivered,
  };
}

function openAlerts(alerts: readonly Alert[], report: Report | null): ListRow["open"] {
  const isSilenced = report === null ? () => false : summarize(report).isSilenced;
  const open = alerts.filter((alert) => isOpen(alert, isSilenced));
  const count = (...kinds: Alert["kind"][]) => open.filter(({ kind }) => kinds.includes(kind)).length;
  return { short: count("short", "unresolved"), low: count("low"), out: count("out"), critical: count("critical") };
}

function statusOf({
  monitor,
  runs,
  open,
  isUnreadable,
  isOverdue,
}: {
  readonly monitor: Monitor;
  readonly runs: MonitorRuns | undefined;
  readonly open: ListRow["open"];
  readonly isUnreadable: boolean;
  readonly isOverdue: boolean;
}): ListRow["status"] {
  if (isUnreadable) return "unreadable";
  if (!monitor.active) return "inactive";
  if (runs?.last_run.outcome === "failed") return "failed";
  if (isOverdue) return "overdue";
  if (open.short + open.low + open.out > 0) return "short";
  return runs?.result === undefined ? "new" : "covered";
}

/** The last check was not complete; one whose notification failed was. */
function isFailed(runs: MonitorRuns | undefined): boolean {
  if (runs === undefined || runs.last_run.outcome !== "failed") return false;
  return runs.last_success_at === undefined || runs.last_success_at < runs.last_run.finished_at;
}

const NEXT = 4;

/** The next occurrences of a list's schedule. Hundreds of lists share a few schedules, and each takes a while to look through. */
function nextAfter(now: Date): (monitor: Monitor) => readonly Date[] {
  const known = new Map<string, readonly Date[]>();
  return ({ cron_schedule: cron, timezone }) => {
    const key = `${timezone} ${cron}`;
    const found = known.get(key) ?? nextOccurrences({ cron, timezone, after: now, count: NEXT });
    known.set(key, found);
    return found;
  };
}

function dateOf(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text);
}

function byUrgency(a: ListRow, b: ListRow): number {
  return (
    LIST_STATUS.indexOf(a.status) - LIST_STATUS.indexOf(b.status) ||
    lacking(b) - lacking(a) ||
    byCodeUnits(a.name, b.name) ||
    byCodeUnits(a.id, b.id)
  );
}

function lacking({ open }: ListRow): number {
  return open.short + open.low + open.out;
}

export interface OverviewInput {
  /** Valid lists. */
  readonly monitors: readonly Monitor[];
  /** Files that cannot be used. */
  readonly broken: readonly UnusableFile[];
  /** With histories. */
  readonly state: StateFiles;
  readonly now: Date;
}

/** A file that cannot be used; id and name as far as they can be made out. */
export interface UnusableFile {
  readonly file: string;
  readonly id?: string;
  readonly name?: string;
  readonly problems: readonly Problem[];
}
