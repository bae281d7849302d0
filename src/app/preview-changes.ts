import { resolvedRows } from "../core/calculation/resolved-rows.ts";
import { type Failure, FailureError } from "../core/failure.ts";
import type { Monitor } from "../core/monitor.ts";
import type { Changes, Effect, MonitorPreview, PullRequestPreview } from "../core/preview/of-change.ts";
import { own } from "../core/records.ts";
import { compare } from "../core/telling/change.ts";
import type { Alert, StateFiles } from "../core/telling/state.ts";
import { brokenFor } from "../state/files.ts";
import { type Checked, checkMonitor } from "./check.ts";
import type { Deps } from "./deps.ts";
import { unknownState } from "./failures.ts";
import { type Reading, readInstances } from "./read.ts";
import { wouldTell } from "./would-tell.ts";

/**
 * Checks what a pull request changes against today's stock, as it is and as it was, and asks what would be told. Nobody is
 * told, nothing is remembered. What cannot be read is said in the effects; throws for bugs alone.
 */
export async function previewChanges(question: {
  readonly deps: Deps;
  readonly changes: Changes;
  readonly now: Date;
}): Promise<PullRequestPreview> {
  const { deps, changes, now } = question;
  const state = await readState(deps);
  const asked = changes.monitors.filter((change) => change.before === undefined || change.fields.length > 0);
  const both = asked.flatMap(({ monitor, before }) => (before === undefined ? [monitor] : [monitor, before]));
  const readings = await readInstances(
    deps,
    both.map((monitor) => ({ monitor })),
  );
  const alone = { deps, state, readings, now };
  const monitors = changes.monitors.map((change): MonitorPreview => {
    if (!asked.includes(change)) return { change };
    return { change, effect: effectOf({ ...alone, monitor: change.monitor, before: change.before }) };
  });
  const deleted = changes.deleted.map((one) => ({ deleted: one, openAlerts: openAlerts(one.before, state) }));
  return { changes, monitors, deleted };
}

/** What is remembered, or why it cannot be read. */
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

interface Question {
  readonly deps: Deps;
  readonly state: State;
  readonly readings: ReadonlyMap<string, Reading>;
  readonly now: Date;
  readonly monitor: Monitor;
  readonly before: Monitor | undefined;
}

function effectOf(question: Question): Effect {
  const { monitor, before, state, deps, now, readings } = question;
  const alerts = alertsOf(monitor, state);
  const checked = check(question, { monitor, alerts });
  const reading = readings.get(monitor.instance);
  if (checked.kind === "failed" || reading?.kind !== "read")
    return { kind: "failed", message: checked.kind === "failed" ? checked.failure.message : NOTHING_READ };
  const old = before === undefined ? undefined : check(question, { monitor: before, alerts });
  return {
    kind: "checked",
    report: checked.report,
    alerts: checked.alerts,
    rows: resolvedRows(monitor, reading.snapshot),
    ...(old?.kind === "checked" ? { against: against(old, { checked, monitor }) } : {}),
    telling: tellingOf({ monitor, state, checked, deps, now }),
  };
}

const NOTHING_READ = "nothing was read for this monitor";

function check(
  { readings, now, deps }: Question,
  of: { readonly monitor: Monitor; readonly alerts: readonly Alert[] },
): ReturnType<typeof checkMonitor> {
  const reading = readings.get(of.monitor.instance);
  if (reading?.kind !== "read")
    return { kind: "failed", failure: reading?.failure ?? { kind: "bug", retryable: false, message: NOTHING_READ } };
  const onBug = (error: unknown) =>
    deps.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error), { step: "check" });
  return checkMonitor({ ...of, snapshot: reading.snapshot, now, onBug });
}

/** The list as it was, and as it is, with the same stock: every difference, whether it would be told or not. */
function against(
  old: Checked,
  { checked, monitor }: { readonly checked: Checked; readonly monitor: Monitor },
): NonNullable<Extract<Effect, { readonly kind: "checked" }>["against"]> {
  const change = compare({
    previous: { significant: old.significant, list_digest: old.listDigest },
    next: checked.significant,
    report: checked.report,
    previousReport: old.report,
    listDigest: checked.listDigest,
    significance: monitor.significance,
  });
  return { change, report: old.report };
}

function tellingOf(of: {
  readonly monitor: Monitor;
  readonly state: State;
  readonly checked: Checked;
  readonly deps: Deps;
  readonly now: Date;
}): Extract<Effect, { readonly kind: "checked" }>["telling"] {
  const { monitor, state, checked, deps, now } = of;
  if ("message" in state) return state.message;
  const [broken] = brokenFor(state, monitor.id);
  if (broken !== undefined) return unknownState(broken).message;
  return wouldTell({ monitor, checked, state, channels: deps.channels, now });
}

function alertsOf({ id }: Monitor, state: State): readonly Alert[] {
  return "message" in state ? [] : (own(state.monitors, id)?.alerts ?? []);
}

function openAlerts(before: Monitor | undefined, state: State): number | null {
  if (before === undefined || "message" in state) return null;
  return alertsOf(before, state).filter((alert) => alert.state !== "resolved").length;
}
