// Merges one run's changes into the present state branch. Two runs may meet there: for different monitors
// the order does not matter, and for the same one the later record wins per channel. Applied twice, a delta changes nothing
// more. Pure.
import { defined, own } from "../records.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { channelMark, monitorMark } from "./claims.ts";
import type { Episode } from "./episode.ts";
import { mergeOrders, mergeOutlook, withoutList } from "./merge-ahead.ts";
import { mergeAlerts } from "./merge-alerts.ts";
import { channelsAfter } from "./merge-claims.ts";
import { countsOf, mergeHistory } from "./merge-history.ts";
import { mergeIncidents } from "./merge-incidents.ts";
import { mergePeople } from "./record-delivery.ts";
import { laterSettling, type Settling } from "./settling.ts";
import {
  type CheckCounts,
  type DeliveryRecord,
  type HistoryPoint,
  type LastRun,
  type MonitorDelta,
  type MonitorRuns,
  type MonitorState,
  type RunDelta,
  STATE_VERSION,
  type StateDelta,
  type StateFiles,
} from "./state.ts";

/** The state after a delta. Files in `broken` are up to the store: it leaves them as they are. */
export function applyDelta(files: StateFiles, delta: StateDelta): StateFiles {
  const monitors = new Map(Object.entries(files.monitors));
  const reports = new Map(Object.entries(files.reports));
  const runs = new Map(Object.entries(files.runs));
  const histories = new Map(Object.entries(files.histories));
  const system = new Map(Object.entries(files.system));
  const orders = new Map(Object.entries(files.orders));
  const outlooks = new Map(Object.entries(files.outlooks));
  for (const [instance, read] of Object.entries(delta.orders ?? {}))
    orders.set(instance, mergeOrders(instance, orders.get(instance), read));
  for (const [instance, made] of Object.entries(delta.outlooks ?? {}))
    outlooks.set(instance, mergeOutlook(instance, outlooks.get(instance), made));
  for (const [id, moved] of Object.entries(delta.monitors)) {
    const merged = mergeMonitor({ id, current: monitors.get(id), moved });
    monitors.set(id, merged.state);
    if (moved.report !== undefined && merged.prevails) reports.set(id, moved.report);
  }
  for (const [id, run] of Object.entries(delta.runs)) {
    runs.set(id, mergeRuns(runs.get(id), run));
    histories.set(id, mergeHistory(id, { current: histories.get(id), run }));
  }
  mergeIncidents(system, delta);
  for (const id of delta.inactive ?? []) {
    const current = runs.get(id);
    if (current !== undefined) runs.set(id, { ...current, next_at: null });
  }
  for (const id of delta.removed) {
    // Another run may be sending there by now.
    const mark = own(delta.removedAs, id);
    if (mark !== undefined && mark !== monitorMark(own(files.monitors, id))) continue;
    for (const map of [monitors, reports, runs, histories]) map.delete(id);
    for (const [instance, outlook] of outlooks) outlooks.set(instance, withoutList(outlook, id));
  }
  return {
    monitors: sorted(monitors),
    reports: sorted(reports),
    runs: sorted(runs),
    histories: sorted(histories),
    orders: sorted(orders),
    outlooks: sorted(outlooks),
    ...rootOf(delta.root ?? files.root),
    generation: files.generation,
    system: sorted(system),
    broken: files.broken,
  };
}

/** A delta without changes. */
export const EMPTY_DELTA: StateDelta = { monitors: {}, runs: {}, system: {}, removed: [] };

/** The state of a new monitor. */
export const EMPTY_STATE: StateFiles = {
  monitors: {},
  reports: {},
  runs: {},
  histories: {},
  orders: {},
  outlooks: {},
  generation: 0,
  system: {},
  broken: [],
};

function rootOf(root: string | undefined): Pick<StateFiles, "root"> {
  return root === undefined ? {} : { root };
}

function mergeMonitor(meeting: {
  readonly id: string;
  readonly current: MonitorState | undefined;
  readonly moved: MonitorDelta;
}): { readonly state: MonitorState; readonly prevails: boolean } {
  const { id, current, moved } = meeting;
  const { delivered, sending, moved: channels } = channelsAfter(current, moved, laterDelivery);
  const after = new Map(delivered);
  const claims = new Map(sending);
  for (const [channel, mark] of Object.entries(moved.ended ?? {})) {
    // What another run has delivered there since is kept.
    if (channelMark(delivered.get(channel), sending.get(channel)) !== mark) continue;
    after.delete(channel);
    claims.delete(channel);
  }
  const episode =
    moved.episode === undefined ? (current?.episode ?? null) : laterEpisode(current?.episode, moved.episode);
  const { sending: _sending, settling: _settling, ...kept } = current ?? { sending: undefined, settling: undefined };
  const settling = settlingAfter(current?.settling, moved.settling);
  const born = current?.born ?? moved.born;
  const state: MonitorState = {
    ...kept,
    schema_version: STATE_VERSION,
    id,
    name: moved.name,
    ...defined({ born }),
    last_hash: laterHash(current, { moved, channels }),
    delivered: sorted(after),
    ...(claims.size === 0 ? {} : { sending: sorted(claims) }),
    alerts: moved.alerts === undefined ? (current?.alerts ?? []) : mergeAlerts(current?.alerts ?? [], moved.alerts),
    ...defined({ settling }),
    episode,
  };
  // Its report is the one that was last sent if its notification is the last word on at least one channel.
  return { state, prevails: channels.size > 0 || Object.keys(moved.delivered).length === 0 };
}

function settlingAfter(theirs: Settling | undefined, mine: MonitorDelta["settling"]): Settling | undefined {
  if (mine === undefined) return theirs;
  return mine === null ? undefined : laterSettling(theirs, mine);
}

/** `last_hash` goes with the notification that it comes from. */
function laterHash(
  current: MonitorState | undefined,
  { moved, channels }: { readonly moved: MonitorDelta; readonly channels: ReadonlySet<string> },
): string | null {
  if (moved.last_hash === undefined) return current?.last_hash ?? null;
  const sources = Object.entries(moved.delivered).filter(([, mine]) => mine.hash === moved.last_hash);
  const wins = sources.length === 0 || sources.some(([channel]) => channels.has(channel));
  return wins ? moved.last_hash : (current?.last_hash ?? null);
}

function isLater(mine: DeliveryRecord, theirs: DeliveryRecord | undefined): boolean {
  if (theirs === undefined) return true;
  const order = byInstant(mine.at, theirs.at) || mine.seq - theirs.seq || byCodeUnits(mine.hash, theirs.hash);
  return order >= 0;
}

/** The later notification, with the greater number: no number is ever used again. */
function laterDelivery(theirs: DeliveryRecord | undefined, mine: DeliveryRecord): DeliveryRecord {
  if (theirs === undefined) return mine;
  const later = isLater(mine, theirs) ? mine : theirs;
  const seq = Math.max(mine.seq, theirs.seq);
  const same = mine.at === theirs.at && mine.seq === theirs.seq && mine.hash === theirs.hash;
  return same ? stillOwed(mine, theirs) : { ...later, seq };
}

/** Two records of one notification: pending is who is pending in both, since each run may have reached somebody. */
function stillOwed(mine: DeliveryRecord, theirs: DeliveryRecord): DeliveryRecord {
  const { pending, change, to, refused, doubtful, ...base } = mine;
  const people = to === undefined ? theirs : theirs.to === undefined ? mine : mergePeople(theirs, mine);
  const rest = {
    ...base,
    ...defined({ to: people.to, refused: people.refused }),
  };
  const both = (pending ?? []).filter((address) => theirs.pending?.includes(address) === true);
  const isSettled = (address: string) => people.to?.includes(address) === true || !own(theirs.doubtful, address);
  const doubts = Object.entries(doubtful ?? {}).filter(([address]) => !isSettled(address));
  if (both.length + doubts.length === 0) return rest;
  return {
    ...rest,
    ...(both.length === 0 ? {} : { pending: both }),
    ...(doubts.length === 0 ? {} : { doubtful: Object.fromEntries(doubts) }),
    ...defined({ change }),
  };
}

/** Numbers only grow, and what has ended stays so: an episode that opens again is a new one. */
function laterEpisode(theirs: Episode | null | undefined, mine: Episode | null): Episode | null {
  if (theirs === null || theirs === undefined) return mine;
  if (mine === null || theirs.number > mine.number) return theirs;
  if (mine.number > theirs.number) return mine;
  const [first, second] = byInstant(mine.since, theirs.since) <= 0 ? [mine, theirs] : [theirs, mine];
  const until = [first.until, second.until].filter((instant) => instant !== undefined).sort(byInstant)[0];
  const root = first.root ?? second.root;
  return {
    ...first,
    open: mine.open && theirs.open,
    ...defined({ until, root }),
  };
}

function mergeRuns(current: MonitorRuns | undefined, delta: RunDelta): MonitorRuns {
  const mine = delta.last_run;
  const newer = current === undefined || byRun(mine, current.last_run) >= 0;
  const words: Pick<MonitorRuns, "name" | "file" | "next_at"> = newer ? delta : current;
  const success = latest(current?.last_success_at, delta.point === undefined ? undefined : mine.finished_at);
  const result = laterResult(current?.result, delta.point);
  return {
    ...current,
    ...defined({ name: words.name, file: words.file, next_at: words.next_at }),
    last_run: mergeLastRun(current?.last_run, mine),
    ...defined({ last_success_at: success, result }),
  };
}

/** The newer run's record; no occurrence is checked twice, and a check by hand stays known. */
function mergeLastRun(theirs: LastRun | undefined, mine: LastRun): LastRun {
  if (theirs === undefined) return mine;
  const newer = byRun(mine, theirs) >= 0 ? mine : theirs;
  const scheduledFor = latest(theirs.scheduled_for, mine.scheduled_for);
  const manualAt = latest(theirs.manual_at, mine.manual_at);
  return {
    ...newer,
    ...defined({ scheduled_for: scheduledFor, manual_at: manualAt }),
  };
}

function byRun(a: LastRun, b: LastRun): number {
  return byInstant(a.started_at, b.started_at) || byInstant(a.finished_at, b.finished_at);
}

function countsKey({ short, to_build, critical, low, out, coverage }: CheckCounts): string {
  return JSON.stringify([short, to_build, critical, low, out, coverage]);
}

function laterResult(theirs: MonitorRuns["result"], point: HistoryPoint | undefined): MonitorRuns["result"] {
  if (point === undefined) return theirs;
  const mine = { at: point.at, ...countsOf(point) };
  if (theirs === undefined) return mine;
  const order = byInstant(mine.at, theirs.at) || byCodeUnits(countsKey(mine), countsKey(theirs));
  return order >= 0 ? mine : theirs;
}

function latest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return byInstant(a, b) >= 0 ? a : b;
}

function byInstant(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}

function sorted<T>(map: ReadonlyMap<string, T>): Readonly<Record<string, T>> {
  return Object.fromEntries([...map].sort(([a], [b]) => byCodeUnits(a, b)));
}
