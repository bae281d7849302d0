// What a check adds to a monitor's history. The order in which checks come does not matter, and one that comes twice counts once.
import { byCodeUnits } from "../text/code-units.ts";
import {
  type CheckCounts,
  type HistoryPoint,
  type MonitorHistory,
  type RecentCheck,
  type RunDelta,
  STATE_VERSION,
} from "./state.ts";

/** Most points in a monitor's history: the newest are kept. */
export const HISTORY_MOST = 400;
/** Most checks in it. */
export const RECENT_MOST = 20;
/** A hash says here only whether the result is another one: of 400, so much of it says that. */
const HASH_LENGTH = 16;
/** A cause in words; who wants all of it finds it in runs.json while it lasts, and in the run's log. */
const LONGEST_ERROR = 300;

export function mergeHistory(
  id: string,
  { current, run }: { readonly current: MonitorHistory | undefined; readonly run: RunDelta },
): MonitorHistory {
  const points = [...(current?.points ?? []), ...(run.point === undefined ? [] : [run.point])];
  return {
    ...current,
    schema_version: STATE_VERSION,
    id,
    points: thinned(points.map((point) => ({ ...point, hash: point.hash.slice(0, HASH_LENGTH) }))),
    recent: newest([...(current?.recent ?? []), checkOf(run)]),
  };
}

/** The counts of a point, without instant and hash. */
export function countsOf({ at: _at, hash: _hash, ...counts }: HistoryPoint): CheckCounts {
  return counts;
}

function checkOf({ last_run, point, notified }: RunDelta): RecentCheck {
  const { started_at, finished_at, outcome, error } = last_run;
  return {
    at: started_at,
    outcome,
    ms: Math.max(0, Date.parse(finished_at) - Date.parse(started_at)),
    ...(point === undefined ? {} : { counts: countsOf(point) }),
    ...(notified === undefined || notified.length === 0 ? {} : { notified }),
    ...(error === undefined ? {} : { error: error.message.slice(0, LONGEST_ERROR) }),
  };
}

function newest(checks: readonly RecentCheck[]): readonly RecentCheck[] {
  const byText = new Map(checks.map((check) => [keyOf(check), check]));
  const sorted = [...byText].toSorted(
    ([one, a], [two, b]) => Date.parse(a.at) - Date.parse(b.at) || byCodeUnits(one, two),
  );
  return sorted.slice(-RECENT_MOST).map(([, check]) => check);
}

/** The same check has the same key, whatever the order of its fields in a file. */
function keyOf({ at, outcome, ms, counts, notified, error }: RecentCheck): string {
  return JSON.stringify([at, outcome, ms, counts?.short, counts?.coverage, notified, error]);
}

/** One point per day (UTC) and per change, the newest 400. */
function thinned(points: readonly HistoryPoint[]): readonly HistoryPoint[] {
  const kept: HistoryPoint[] = [];
  for (const point of points.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || byCodeUnits(a.hash, b.hash))) {
    const last = kept.at(-1);
    const same = last !== undefined && last.hash === point.hash && last.at.slice(0, 10) === point.at.slice(0, 10);
    if (!same) kept.push(point);
  }
  return kept.slice(-HISTORY_MOST);
}
