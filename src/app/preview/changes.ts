import { type Failure, FailureError } from "../../core/failure.ts";
import type { Monitor } from "../../core/monitor.ts";
import { compareResults } from "../../core/notification/change.ts";
import type { Alert, StateFiles } from "../../core/notification/state.ts";
import type { Changes, Effect, MonitorPreview, PullRequestPreview } from "../../core/preview/from-change.ts";
import { resolvedRows } from "../../core/preview/resolved-rows.ts";
import { own } from "../../core/records.ts";
import { latestBefore } from "../../core/schedule/schedule.ts";
import { brokenFor } from "../../state/files.ts";
import type { Deps } from "../deps.ts";
import { type Checked, checkMonitor } from "../run/check.ts";
import { plannedNotifications } from "../run/decision.ts";
import { unknownState } from "../run/failures.ts";
import { readInstances, type SnapshotResult } from "../run/read.ts";

/**
 * Checks a pull request's changes against today's stock, before and after, and works out what would be sent. Nobody is
 * notified, nothing is recorded. What cannot be read is stated in the effects; throws only for bugs.
 */
export async function previewChanges(input: {
  readonly deps: Deps;
  readonly changes: Changes;
  readonly now: Date;
}): Promise<PullRequestPreview> {
  const { deps, changes, now } = input;
  const state = await readState(deps);
  const asked = changes.monitors.filter((change) => change.before === undefined || change.fields.length > 0);
  const both = asked.flatMap(({ monitor, before }) => (before === undefined ? [monitor] : [monitor, before]));
  const readings = await readInstances(deps, { selected: both.map((monitor) => ({ monitor })), now });
  const alone = { deps, state, readings, now };
  const monitors = changes.monitors.map((change): MonitorPreview => {
    if (!asked.includes(change)) return { change };
    return { change, effect: effectOf({ ...alone, monitor: change.monitor, before: change.before }) };
  });
  const deleted = changes.deleted.map((one) => ({ deleted: one, openAlerts: openAlerts(one.before, state) }));
  return { changes, monitors, deleted };
}

/** The recorded state, or why it cannot be read. */
type State = StateFiles | Failure;

async function readState(deps: Deps): Promise<State> {
  try {
    return await deps.store.read();
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    deps.log.warning(error.failure.message, { step: "state" });
    return error.failure;
  }
}

interface EffectInput {
  readonly deps: Deps;
  readonly state: State;
  readonly readings: ReadonlyMap<string, SnapshotResult>;
  readonly now: Date;
  readonly monitor: Monitor;
  readonly before: Monitor | undefined;
}

function effectOf(input: EffectInput): Effect {
  const { monitor, before, state, deps, now, readings } = input;
  const alerts = alertsOf(monitor, state);
  const checked = check(input, { monitor, alerts, ...waitingOf(monitor, { state, now }) });
  const reading = readings.get(monitor.instance);
  if (checked.kind === "failed" || reading?.kind !== "read")
    return { kind: "failed", message: checked.kind === "failed" ? checked.failure.message : NOTHING_READ };
  const old = before === undefined ? undefined : check(input, { monitor: before, alerts });
  return {
    kind: "checked",
    // Today's stock, whatever still has to settle before a notification.
    report: checked.facts,
    alerts: checked.alerts,
    rows: resolvedRows(monitor, reading.snapshot),
    ...(old?.kind === "checked" ? { against: against(old, { checked, monitor }) } : {}),
    notification: notificationOf({ monitor, state, checked, deps, now }),
  };
}

const NOTHING_READ = "nothing was read for this monitor";

function check(
  { readings, now, deps }: EffectInput,
  options: Pick<Parameters<typeof checkMonitor>[0], "monitor" | "alerts" | "settling" | "occurrence">,
): ReturnType<typeof checkMonitor> {
  const reading = readings.get(options.monitor.instance);
  if (reading?.kind !== "read")
    return { kind: "failed", failure: reading?.failure ?? { kind: "bug", retryable: false, message: NOTHING_READ } };
  const onBug = (error: unknown) =>
    deps.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error), { step: "check" });
  return checkMonitor({ ...options, snapshot: reading.snapshot, now, onBug });
}

/** The list before and after the change, with the same stock: every difference, whether it would be sent or not. */
function against(
  old: Checked,
  { checked, monitor }: { readonly checked: Checked; readonly monitor: Monitor },
): NonNullable<Extract<Effect, { readonly kind: "checked" }>["against"]> {
  const change = compareResults({
    previous: { significant: old.present, list_digest: old.listDigest },
    next: checked.present,
    report: checked.facts,
    previousReport: old.facts,
    listDigest: checked.listDigest,
    significance: monitor.significance,
  });
  return { change, report: old.facts };
}

/** What the next run would hold back until it has settled. */
function waitingOf(
  { id, cron_schedule: cron, timezone }: Monitor,
  { state, now }: Pick<EffectInput, "state" | "now">,
): Pick<Parameters<typeof checkMonitor>[0], "settling" | "occurrence"> {
  if ("message" in state) return {};
  return {
    settling: own(state.monitors, id)?.settling,
    occurrence: latestBefore({ cron, timezone, notAfter: now }) ?? undefined,
  };
}

function notificationOf(options: {
  readonly monitor: Monitor;
  readonly state: State;
  readonly checked: Checked;
  readonly deps: Deps;
  readonly now: Date;
}): Extract<Effect, { readonly kind: "checked" }>["notification"] {
  const { monitor, state, checked, deps, now } = options;
  if ("message" in state) return state.message;
  const [broken] = brokenFor(state, monitor.id);
  if (broken !== undefined) return unknownState(broken).message;
  return plannedNotifications({ monitor, checked, state, channels: deps.channels, now });
}

function alertsOf({ id }: Monitor, state: State): readonly Alert[] {
  return "message" in state ? [] : (own(state.monitors, id)?.alerts ?? []);
}

function openAlerts(before: Monitor | undefined, state: State): number | null {
  if (before === undefined || "message" in state) return null;
  return alertsOf(before, state).filter((alert) => alert.state !== "resolved").length;
}
