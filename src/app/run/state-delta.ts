import type { Failure } from "../../core/failure.ts";
import { monitorMark } from "../../core/notification/claims.ts";
import { checkOutcome } from "../../core/notification/decide.ts";
import { digestUntil, nextCheck } from "../../core/notification/digest.ts";
import { lastHash } from "../../core/notification/record-delivery.ts";
import type { Settlement } from "../../core/notification/sending.ts";
import { canonicalJson } from "../../core/notification/significant.ts";
import type {
  DeliveryRecord,
  HistoryPoint,
  Incident,
  LastRun,
  MonitorDelta,
  RunDelta,
  StateDelta,
  StateFiles,
} from "../../core/notification/state.ts";
import { defined, own } from "../../core/records.ts";
import type { Checked } from "./check.ts";
import type { Delivery, DeliveryOutcome } from "./delivery.ts";
import type { Notifications } from "./notify.ts";
import type { RunRequest } from "./run-request.ts";
import type { Selected } from "./select.ts";

/** What happened to one monitor in this run. */
export type MonitorOutcome =
  | {
      readonly kind: "checked";
      readonly selected: Selected;
      readonly checked: Checked;
      readonly notifications: Notifications;
      readonly startedAt: Date;
      readonly finishedAt: Date;
    }
  | {
      readonly kind: "failed";
      readonly selected: Selected;
      readonly failure: Failure;
      readonly startedAt: Date;
      readonly finishedAt: Date;
    }
  | { readonly kind: "skipped"; readonly selected: Selected & { readonly scheduledFor: string }; readonly at: Date };

/** Everything that a run records in the state; a delivery is recorded only if a channel has accepted it. */
export function deltaOf(run: {
  readonly outcomes: readonly MonitorOutcome[];
  /** Ids of the lists that an earlier commit of this run has recorded. */
  readonly remembered: ReadonlySet<string>;
  readonly order: RunRequest;
  readonly system: Readonly<Record<string, Incident | null>>;
  readonly notices: StateDelta["notices"];
  readonly removed: readonly string[];
  /** As it was read. */
  readonly state: StateFiles;
  /** What was closed on channels that lists no longer use, by id, then channel; with the lists' names. */
  readonly ended: Readonly<Record<string, Pick<MonitorDelta, "name" | "ended">>>;
  /** Where the lists are in their repository. */
  readonly root: string | undefined;
  /** Monitors that were expected to be checked and are switched off. */
  readonly inactive: readonly string[];
  /** Names of the channels that a monitor uses. */
  readonly channelsOf: (selected: Selected) => readonly string[];
}): StateDelta {
  const monitors = new Map<string, MonitorDelta>();
  const runs = new Map<string, RunDelta>();
  for (const outcome of run.outcomes) {
    const { id } = outcome.selected.monitor;
    if (!isLeft(outcome)) runs.set(id, runDelta(outcome, run.order));
    if (outcome.kind !== "checked" || run.remembered.has(id)) continue;
    const delta = monitorDelta(outcome, run.channelsOf(outcome.selected));
    if (delta !== undefined) monitors.set(id, delta);
  }
  for (const [id, ended] of Object.entries(run.ended))
    monitors.set(id, { delivered: {}, ...monitors.get(id), ...ended });
  const { system, notices, removed, inactive, root } = run;
  const more = { ...(inactive.length === 0 ? {} : { inactive }), ...defined({ root }) };
  const deltas = { monitors: Object.fromEntries(monitors), runs: Object.fromEntries(runs) };
  const marks = removed.map((id) => [id, monitorMark(own(run.state.monitors, id))] as const);
  const removedAs = removed.length === 0 ? {} : { removedAs: Object.fromEntries(marks) };
  return { ...deltas, system, removed, ...removedAs, ...defined({ notices }), ...more };
}

/** Whether the run ended before its first message: it stays due, as if it had not been checked. */
export function isLeft(outcome: MonitorOutcome): boolean {
  if (outcome.kind !== "checked") return false;
  const kinds = outcome.notifications.deliveries.map((delivery) => delivery.outcome.kind);
  return kinds.includes("not_begun") && !kinds.some((kind) => kind === "accepted" || kind === "unknown");
}

/** How the check ended, for people and machines. */
export function outcomeName(outcome: MonitorOutcome): LastRun["outcome"] {
  switch (outcome.kind) {
    case "failed":
      return "failed";
    case "skipped":
      return "skipped";
    case "checked":
      return checkOutcome(outcome.notifications.deliveries.flatMap(({ outcome: { kind } }) => WEIGHT[kind]));
    default:
      return outcome satisfies never;
  }
}

const WEIGHT: Readonly<Record<DeliveryOutcome["kind"], readonly ("accepted" | "failed" | "elsewhere")[]>> = {
  accepted: ["accepted"],
  failed: ["failed"],
  unknown: ["failed"],
  not_claimed: ["failed"],
  not_begun: ["failed"],
  elsewhere: ["elsewhere"],
  waiting: [],
  gave_up: [],
  would_notify: [],
};

/** The failure of a monitor's check, or of the first channel that did not take its notification. */
export function failureIn(outcome: MonitorOutcome): Failure | undefined {
  if (outcome.kind === "failed") return outcome.failure;
  if (outcome.kind === "skipped") return undefined;
  for (const { outcome: delivery } of outcome.notifications.deliveries)
    if (delivery.kind === "failed" || delivery.kind === "unknown") return delivery.failure;
  return undefined;
}

/** What to record of a list, beside its last run; undefined if nothing changed. */
export function monitorDelta(
  outcome: Extract<MonitorOutcome, { kind: "checked" }>,
  channels: readonly string[],
): MonitorDelta | undefined {
  const { selected, checked, notifications } = outcome;
  const delivered = Object.fromEntries(notifications.deliveries.flatMap(acceptedDelivered));
  const before = selected.state?.alerts ?? [];
  const moved = checked.alerts !== before && !(selected.state === undefined && checked.alerts.length === 0);
  const settled = { ...notifications.settled, ...Object.fromEntries(notifications.deliveries.flatMap(givenUp)) };
  const settling = settlingDelta(checked, selected);
  const hasMoved = moved || settling.settling !== undefined;
  if (Object.keys(delivered).length + Object.keys(settled).length === 0 && !hasMoved) return undefined;
  const all = { ...selected.state?.delivered, ...delivered };
  const { recipients, channels: settings } = selected.monitor;
  const hash = lastHash({ delivered: all, recipients: settings.email.active ? recipients : [], channels });
  return {
    name: selected.monitor.name,
    delivered,
    ...(Object.keys(settled).length === 0 ? {} : { settled }),
    ...(hash === null || hash === selected.state?.last_hash ? {} : { last_hash: hash }),
    ...(moved ? { alerts: { before, after: checked.alerts } } : {}),
    ...settling,
    ...defined({ episode: notifications.episode, report: notifications.report }),
  };
}

function settlingDelta({ settling }: Checked, { state }: Selected): Pick<MonitorDelta, "settling"> {
  if (settling === undefined) return state?.settling === undefined ? {} : { settling: null };
  return canonicalJson(settling) === canonicalJson(state?.settling) ? {} : { settling };
}

function acceptedDelivered({ channel, outcome }: Delivery): [string, DeliveryRecord][] {
  if (outcome.kind !== "accepted" && outcome.kind !== "gave_up" && outcome.kind !== "unknown") return [];
  return outcome.delivered === undefined ? [] : [[channel, outcome.delivered]];
}

/** Sent often enough: the claim ends as if it had been accepted. */
function givenUp({ channel, outcome }: Delivery): [string, Settlement][] {
  return outcome.kind === "gave_up" ? [[channel, { kind: "gave_up", sending: outcome.sending }]] : [];
}

function runDelta(outcome: MonitorOutcome, order: RunRequest): RunDelta {
  const { monitor, lastRun } = outcome.selected;
  const failure = failureIn(outcome);
  const scheduledFor = scheduledForAfter(outcome);
  const last: LastRun = {
    ...defined({ scheduled_for: scheduledFor }),
    ...manualAt(outcome, order, lastRun),
    ...digestUntil({ monitor, lastRun, now: order.now, isSettled: isSettled(outcome) }),
    started_at: (outcome.kind === "skipped" ? outcome.at : outcome.startedAt).toISOString(),
    finished_at: (outcome.kind === "skipped" ? outcome.at : outcome.finishedAt).toISOString(),
    outcome: outcomeName(outcome),
    ...defined({ error: failure, run_url: order.runUrl }),
  };
  const next = nextCheck(monitor, order.now);
  return {
    name: monitor.name,
    file: monitor.file,
    next_at: next === undefined || !monitor.active ? null : next.toISOString(),
    last_run: last,
    ...(outcome.kind === "checked" ? { point: point(outcome.checked, order.now), notified: notified(outcome) } : {}),
  };
}

/** Whether every channel has received what it should. */
function isSettled(outcome: MonitorOutcome): boolean {
  if (outcome.kind !== "checked") return false;
  return outcome.notifications.deliveries.every(({ outcome: { kind } }) => kind === "accepted" || kind === "gave_up");
}

/** Moves with every completed check of the schedule and with a skip; a failed check and one by hand leave it. */
function scheduledForAfter(outcome: MonitorOutcome): string | undefined {
  const { lastRun, scheduledFor } = outcome.selected;
  return outcome.kind === "failed" || scheduledFor === undefined ? lastRun?.scheduled_for : scheduledFor;
}

function manualAt(
  outcome: MonitorOutcome,
  order: RunRequest,
  lastRun: LastRun | undefined,
): Pick<LastRun, "manual_at"> {
  if (outcome.selected.reason === "asked") return { manual_at: order.now.toISOString() };
  return lastRun?.manual_at === undefined ? {} : { manual_at: lastRun.manual_at };
}

function point({ report, hash }: Checked, at: Date): HistoryPoint {
  const { short, to_build, critical, coverage } = report.summary;
  const watched = (kind: "low" | "out") => (report.watched ?? []).filter((row) => row.kind === kind).length;
  const counts = { short, to_build, critical, low: watched("low"), out: watched("out"), coverage };
  return { at: at.toISOString(), hash, ...counts };
}

function notified({ notifications }: Extract<MonitorOutcome, { kind: "checked" }>): readonly string[] {
  return notifications.deliveries.flatMap(({ channel, outcome }) => (outcome.kind === "accepted" ? [channel] : []));
}
