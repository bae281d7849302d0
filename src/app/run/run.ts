import { reaches } from "../../core/calculation/watched-parts.ts";
import type { Failure } from "../../core/failure.ts";
import type { Monitor } from "../../core/monitor.ts";
import { overdue, overdueWords } from "../../core/notification/overdue.ts";
import type { StateFiles } from "../../core/notification/state.ts";
import type { Log } from "../../core/ports.ts";
import { problemText } from "../../core/problem.ts";
import { own } from "../../core/records.ts";
import type { Channel } from "../../notify/channel.ts";
import { brokenFor } from "../../state/files.ts";
import type { Deps } from "../deps.ts";
import { monitorLinks } from "../monitor-links.ts";
import { aheadOf } from "./ahead.ts";
import { type Batches, runBatches } from "./batches.ts";
import { refuseNoLists, refuseOtherState } from "./belonging.ts";
import { alertsWithDecisions } from "./channel-decisions.ts";
import { checkMonitor } from "./check.ts";
import { switchedOn } from "./decision.ts";
import { endOf, type RunEnd, unlessEnded } from "./ending.ts";
import { failuresOf, stateFailures, unknownState } from "./failures.ts";
import { incidentsInSending } from "./incidents.ts";
import { keptCheck, keptState } from "./kept-report.ts";
import { remember } from "./last-commit.ts";
import { type NotificationPlan, type PlanOptions, planMonitor } from "./plan.ts";
import { readInstances, type SnapshotResult } from "./read.ts";
import { endedChannels, endedMonitors } from "./removed-monitors.ts";
import { electReporter } from "./reporting-role.ts";
import type { RunRequest } from "./run-request.ts";
import type { RunResult } from "./run-result.ts";
import { isNamed, type Selected, type Selection, select } from "./select.ts";
import { settleIncidents } from "./settle-incidents.ts";
import { deltaOf, isLeft, type MonitorOutcome } from "./state-delta.ts";
import { type Stopwatch, startStopwatch, timed } from "./stopwatch.ts";

/**
 * One run: check what is due, claim by a commit what is to be sent, send it, record it. One broken monitor, channel or
 * file stops none of the others. Throws FailureError (kind state) only if the state cannot be read: without it, everybody
 * would be notified of everything again.
 */
export async function run(given: Deps, order: RunRequest): Promise<RunResult> {
  const stopwatch = startStopwatch(given.clock);
  const end = endOf(given);
  try {
    const result = await runOnce(timed(given, stopwatch), { order, stopwatch, end });
    return { ...result, times: stopwatch.times() };
  } finally {
    end.cancel();
  }
}

interface RunContext {
  readonly order: RunRequest;
  readonly stopwatch: Stopwatch;
  readonly end: RunEnd;
}

async function runOnce(deps: Deps, { order, stopwatch, end }: RunContext): Promise<Omit<RunResult, "times">> {
  const { log } = deps;
  const present = presentClock(deps, order);
  const read = await deps.readMonitors();
  for (const problem of read.problems) log[problem.severity ?? "error"](problemText(problem), { step: "validate" });
  refuseNoLists(read, deps.root);
  const state = keptState(await deps.store.read());
  if (order.acceptState !== true) refuseOtherState({ label: deps.store.label, root: deps.place, read, state });
  for (const broken of state.broken) log.error(`${broken.path}: ${broken.message}`, { step: "state" });
  const channelsOf = (monitor: Monitor) => switchedOn(deps.channels, monitor);
  const namesOf = (monitor: Monitor) => channelsOf(monitor).map((channel) => channel.name);
  const candidates = select({ monitors: read.monitors, state, order, channelsOf: namesOf });
  logUnusual(candidates, { log, now: order.now });
  const runId = deps.randomId();
  const claimClock = () => ({ now: end.now(), runTimeMs: deps.runTimeMs, takeOver: order.takeOver === true });
  const readings =
    (await unlessEnded(readInstances(deps, { ...candidates, now: order.now }), end)) ??
    new Map<string, SnapshotResult>();
  const selection = { ...candidates, selected: candidates.selected.filter((one) => concerns(one, order, readings)) };
  const down = new Map<string, Failure>();
  const batches = await runBatches({
    deps,
    end,
    down,
    dryRun: order.dryRun,
    selected: selection.selected,
    channelsOf: (selected) => namesOf(selected.monitor),
    incidentsOf: (outcomes) => incidentsInSending({ deps, state, outcomes, at: order.now }),
    prepare: (selected) =>
      prepare({
        deps,
        stopwatch,
        down,
        order,
        selected,
        reading: readings.get(selected.monitor.instance),
        state,
        present,
        channels: channelsOf(selected.monitor),
        claiming: { run: runId, until: end.claimsUntil, clock: claimClock() },
      }),
  });
  const skipped = selection.skipped.map((selected): MonitorOutcome => {
    log.info(`skipped: the occurrence of ${selected.scheduledFor} is older than max_lateness`, {
      monitor: selected.monitor.id,
    });
    return { kind: "skipped", selected, at: present() };
  });
  const outcomes = [...batches.outcomes, ...skipped];
  const isCut = batches.left.length > 0 || outcomes.some(isLeft);
  const ended = end.signal.aborted || isCut ? end.reason() : null;
  const base = {
    which: order.which,
    read,
    selection,
    outcomes,
    state,
    claimFailure: batches.failure,
    ended: endWords(ended, batches),
  };
  if (order.dryRun) return { ...base, forgotten: [], committed: null, stateFailure: null, failures: failuresOf(base) };
  const role = electReporter({ monitors: read.monitors, state, order, channelsOf: namesOf });
  const observed = { read, state, outcomes, readings, at: order.now, role };
  const incidents = await settleIncidents({ deps, end, batches, observed, runId, clock: claimClock() });
  const mayEnd = role.shared && base.ended === null && batches.failure === null;
  const mayForget = mayEnd && outcomes.length > 0;
  const forgotten = mayForget ? await endedMonitors({ deps, read, state, end, clock: claimClock() }) : [];
  const silent = mayEnd ? await endedChannels({ deps, read, state, end, clock: claimClock() }) : {};
  const delta = deltaOf({
    outcomes,
    remembered: incidents.remembered,
    order,
    system: incidents.system,
    notices: incidents.notices,
    removed: forgotten,
    state,
    ended: silent,
    root: deps.place,
    inactive: read.monitors
      .filter(({ active, id }) => !active && (own(state.runs, id)?.next_at ?? null) !== null)
      .map(({ id }) => id),
    channelsOf: (selected) => namesOf(selected.monitor),
  });
  const { secrets } = deps;
  const defaults = read.config.monitorDefaults;
  const ahead = await aheadOf({ outcomes, readings, state, defaults, now: order.now, secrets, log });
  const claimFailure = batches.failure ?? incidents.failure;
  const hasSent =
    Object.keys({ ...batches.unremembered, ...incidents.notices }).length > 0 || batches.committed !== null;
  const isEmpty =
    outcomes.length === 0 && Object.keys({ ...incidents.system, ...incidents.notices, ...silent }).length === 0;
  // What could not be written is not tried again, unless there is something to record.
  const skips = isEmpty || (claimFailure !== null && !hasSent);
  const remembered = skips
    ? { committed: null, stateFailure: claimFailure }
    : await remember(deps, { delta: { ...delta, ...ahead }, outcomes, hasSent });
  const isGone = (id: string) => own(remembered.committed?.files.monitors, id) === undefined;
  const result = { ...base, forgotten: forgotten.filter(isGone), claimFailure, ...remembered };
  return { ...result, failures: [...failuresOf(result), ...stateFailures({ ...result, hasSent })] };
}

/** Why the run ended early, with the lists that it did not get to. */
function endWords(reason: string | null, { left, outcomes }: Batches): string | null {
  if (reason === null) return null;
  const waiting = left.length + outcomes.filter(isLeft).length;
  const lists = waiting === 1 ? "1 list stays" : `${waiting} lists stay`;
  return waiting === 0 ? reason : `${reason} ${lists} due: the next run goes on with ${waiting === 1 ? "it" : "them"}.`;
}

/** Of a run for some parts, only the monitors that these parts matter to; where that cannot be known, they fail. */
function concerns(
  { monitor }: Selected,
  { which }: RunRequest,
  readings: ReadonlyMap<string, SnapshotResult>,
): boolean {
  if (which.kind !== "reaching" || which.ids.some((id) => isNamed(monitor, id))) return true;
  const reading = readings.get(monitor.instance);
  return reading?.kind !== "read" || reaches({ monitor, snapshot: reading.snapshot, parts: which.parts });
}

interface Preparing extends Omit<RunContext, "end"> {
  /** What identifies its claims. */
  readonly claiming: Pick<PlanOptions, "run" | "until" | "clock">;
  readonly deps: Deps;
  readonly selected: Selected;
  readonly reading: SnapshotResult | undefined;
  readonly state: StateFiles;
  readonly present: () => Date;
  readonly channels: readonly Channel[];
  readonly down: Map<string, Failure>;
}

async function prepare({
  deps,
  stopwatch,
  down,
  order,
  selected,
  reading,
  state,
  present,
  channels,
  claiming,
}: Preparing): Promise<MonitorOutcome | NotificationPlan> {
  const { monitor } = selected;
  const log = deps.log.with({ monitor: monitor.id });
  const startedAt = present();
  const failed = (failure: Failure, step: string): MonitorOutcome => {
    log.error(failure.message, { step });
    return { kind: "failed", selected, failure, startedAt, finishedAt: present() };
  };
  const [broken] = brokenFor(state, monitor.id);
  if (broken !== undefined) return failed(unknownState(broken), "state");
  if (reading === undefined || reading.kind === "failed") {
    const nothing: Failure = { kind: "bug", retryable: false, message: "nothing was read for this monitor" };
    return failed(reading?.failure ?? nothing, "check");
  }
  log.info("started", { step: "check", reason: selected.reason });
  const { snapshot } = reading;
  const alerts = await alertsWithDecisions({ channels, selected, at: order.now, log });
  const result = stopwatch.time("calculation", () =>
    checkMonitor({
      monitor,
      snapshot,
      alerts,
      settling: selected.state?.settling,
      occurrence: selected.occurrence,
      previousReport: own(state.reports, monitor.id),
      now: order.now,
      onBug: (error) =>
        log.error(error instanceof Error ? (error.stack ?? error.message) : String(error), { step: "check" }),
    }),
  );
  if (result.kind === "failed") return failed(result.failure, "check");
  const { lines, short, to_build, critical } = result.report.summary;
  log.info("ends", { step: "check", lines, short, to_build, critical });
  const plan = await planMonitor({
    ...claiming,
    selected,
    checked: result,
    previousReport: own(state.reports, monitor.id),
    channels,
    force: order.force,
    dryRun: order.dryRun,
    now: order.now,
    startedAt,
    finishedAt: present,
    links: { ...monitorLinks(monitor, { deps, known: selected.state }), inventree: snapshot.serverUrl },
    down,
    log,
  });
  return { ...plan, checked: keptCheck(plan.checked) };
}

function logUnusual(selection: Selection, { log, now }: { readonly log: Log; readonly now: Date }): void {
  for (const id of selection.elsewhere)
    log.info("belongs to another server or shard: this run does not check it", { monitor: id });
  for (const { monitor, lastRun, reason } of selection.selected) {
    const late = overdue({ monitor, lastRun, now });
    if (late !== null) log.warning(`was overdue: ${overdueWords(late)}`, { monitor: monitor.id });
    if (reason === "asked" && !monitor.active)
      log.warning("is inactive; it is checked because it was named", { monitor: monitor.id });
  }
}

/** The present as people see it: moved by --now, and going on from there. */
function presentClock(deps: Deps, order: RunRequest): () => Date {
  const started = deps.clock.now().getTime();
  return () => new Date(order.now.getTime() + deps.clock.now().getTime() - started);
}
