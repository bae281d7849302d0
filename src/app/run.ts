import { reaches } from "../core/calculation/reach.ts";
import type { Failure } from "../core/failure.ts";
import { failureOf } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import type { Monitor } from "../core/monitor.ts";
import { problemText } from "../core/problem.ts";
import { overdue, overdueWords } from "../core/schedule/overdue.ts";
import type { StateFiles } from "../core/telling/state.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { Channel } from "../notify/channel.ts";
import { brokenFor } from "../state/files.ts";
import type { Committed } from "../state/store.ts";
import { refuseNoLists, refuseOtherState } from "./belonging.ts";
import { checkMonitor } from "./check.ts";
import { switchedOn } from "./decision.ts";
import type { Deps } from "./deps.ts";
import { failuresOf, stateFailures, unknownState } from "./failures.ts";
import { endedMonitors } from "./gone.ts";
import type { RunOrder, Which } from "./order.ts";
import { heardAlerts } from "./people.ts";
import { type Reading, readInstances } from "./read.ts";
import { deltaOf, type MonitorOutcome, outcomeName } from "./remember.ts";
import { isNamed, type Selected, type Selection, select } from "./select.ts";
import { type Stopwatch, startStopwatch, type Times, timed } from "./stopwatch.ts";
import { tellMonitor } from "./tell.ts";
import { settleTroubles } from "./troubles.ts";
import { voiceOf } from "./voice.ts";

/** What a run did. Everything that was told is in `outcomes`; `committed` is null if there was nothing to remember. */
export interface RunResult {
  /** What the run was asked for. */
  readonly which: Which;
  readonly read: MonitorsRead;
  readonly selection: Selection;
  readonly outcomes: readonly MonitorOutcome[];
  /** Lists whose files are gone: nothing is remembered of them any longer. */
  readonly forgotten: readonly string[];
  readonly state: StateFiles;
  readonly committed: Committed | null;
  /** Why the state could not be committed: what was told may be told again. */
  readonly stateFailure: Failure | null;
  /** What failed, one sentence each; problems of files are in `read`. */
  readonly failures: readonly string[];
  /** Where the time went. */
  readonly times: Times;
}

/**
 * One run: check what is due, tell whom it concerns, remember what was told, in one commit. One broken monitor, channel or
 * file stops none of the others. Throws FailureError (kind state) only if the state cannot be read: without it, everybody
 * would be told everything again.
 */
export async function run(given: Deps, order: RunOrder): Promise<RunResult> {
  const stopwatch = startStopwatch(given.clock);
  const result = await runOnce(timed(given, stopwatch), { order, stopwatch });
  return { ...result, times: stopwatch.times() };
}

interface Occasion {
  readonly order: RunOrder;
  readonly stopwatch: Stopwatch;
}

async function runOnce(deps: Deps, { order, stopwatch }: Occasion): Promise<Omit<RunResult, "times">> {
  const { log } = deps;
  const present = presentClock(deps, order);
  const read = await deps.readMonitors();
  for (const problem of read.problems) log[problem.severity ?? "error"](problemText(problem), { step: "validate" });
  refuseNoLists(read, deps.root);
  const state = await deps.store.read();
  if (order.acceptState !== true) refuseOtherState({ label: deps.store.label, root: deps.place, read, state });
  for (const broken of state.broken) log.error(`${broken.path}: ${broken.message}`, { step: "state" });
  const channelsOf = (monitor: Monitor) => switchedOn(deps.channels, monitor);
  const namesOf = (monitor: Monitor) => channelsOf(monitor).map((channel) => channel.name);
  const candidates = select({ monitors: read.monitors, state, order, channelsOf: namesOf });
  sayUnusual(candidates, { log, now: order.now });
  const readings = await readInstances(deps, candidates.selected);
  const selection = { ...candidates, selected: candidates.selected.filter((one) => concerns(one, order, readings)) };
  const outcomes: MonitorOutcome[] = [];
  const down = new Map<string, Failure>();
  for (const selected of selection.selected) {
    outcomes.push(
      await handle({
        deps,
        stopwatch,
        down,
        order,
        selected,
        reading: readings.get(selected.monitor.instance),
        state,
        present,
        channels: channelsOf(selected.monitor),
      }),
    );
  }
  for (const selected of selection.skipped) {
    log.info(`skipped: the occurrence of ${selected.scheduledFor} is older than max_lateness`, {
      monitor: selected.monitor.id,
    });
    outcomes.push({ kind: "skipped", selected, at: present() });
  }
  const base = { which: order.which, read, selection, outcomes, state };
  if (order.dryRun) return { ...base, forgotten: [], committed: null, stateFailure: null, failures: failuresOf(base) };
  const voice = voiceOf({ monitors: read.monitors, state, order, channelsOf: namesOf });
  const system = await settleTroubles({ deps, read, state, outcomes, readings, at: order.now, voice });
  const forgotten = outcomes.length === 0 || !voice.shared ? [] : await endedMonitors({ deps, read, state });
  const delta = deltaOf({
    outcomes,
    order,
    system,
    removed: forgotten,
    root: deps.place,
    inactive: read.monitors
      .filter(({ active, id }) => !active && (state.runs[id]?.next_at ?? null) !== null)
      .map(({ id }) => id),
    channelsOf: (selected) => namesOf(selected.monitor),
  });
  const isEmpty = outcomes.length === 0 && Object.keys(system).length === 0;
  const remembered = isEmpty ? { committed: null, stateFailure: null } : await remember(deps, delta, outcomes);
  return { ...base, forgotten, ...remembered, failures: [...failuresOf(base), ...stateFailures(remembered)] };
}

/** Of a run for some parts, only the monitors that these parts matter to; where that cannot be known, they fail. */
function concerns({ monitor }: Selected, { which }: RunOrder, readings: ReadonlyMap<string, Reading>): boolean {
  if (which.kind !== "reaching" || which.ids.some((id) => isNamed(monitor, id))) return true;
  const reading = readings.get(monitor.instance);
  return reading?.kind !== "read" || reaches({ monitor, snapshot: reading.snapshot, parts: which.parts });
}

interface Handling extends Occasion {
  readonly deps: Deps;
  readonly selected: Selected;
  readonly reading: Reading | undefined;
  readonly state: StateFiles;
  readonly present: () => Date;
  readonly channels: readonly Channel[];
  readonly down: Map<string, Failure>;
}

async function handle({
  deps,
  stopwatch,
  down,
  order,
  selected,
  reading,
  state,
  present,
  channels,
}: Handling): Promise<MonitorOutcome> {
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
  log.info("begins", { step: "check", reason: selected.reason });
  const { snapshot } = reading;
  const alerts = await heardAlerts({ channels, selected, at: order.now, log });
  const result = stopwatch.time("calculation", () =>
    checkMonitor({
      monitor,
      snapshot,
      alerts,
      now: order.now,
      onBug: (error) =>
        log.error(error instanceof Error ? (error.stack ?? error.message) : String(error), { step: "check" }),
    }),
  );
  if (result.kind === "failed") return failed(result.failure, "check");
  const { lines, short, to_build, critical } = result.report.summary;
  log.info("ends", { step: "check", lines, short, to_build, critical });
  const monitorFile = deps.fileUrl(monitor.file);
  const tellings = await tellMonitor({
    selected,
    checked: result,
    previousReport: state.reports[monitor.id],
    channels,
    force: order.force,
    dryRun: order.dryRun,
    now: order.now,
    links: {
      ...deps.links,
      inventree: snapshot.serverUrl,
      ...(monitorFile === undefined ? {} : { monitorFile }),
    },
    down,
    log,
  });
  return { kind: "checked", selected, checked: result, tellings, startedAt, finishedAt: present() };
}

async function remember(
  deps: Deps,
  delta: ReturnType<typeof deltaOf>,
  outcomes: readonly MonitorOutcome[],
): Promise<Pick<RunResult, "committed" | "stateFailure">> {
  try {
    const committed = await deps.store.commit(delta, commitMessage(outcomes, delta.removed));
    deps.log.info("state committed", {
      step: "state",
      commit: committed.commit.slice(0, 12),
      conflicts: committed.conflicts,
    });
    return { committed, stateFailure: null };
  } catch (error) {
    const failure = failureOf(error);
    deps.log.error(`${failure.message} What was told in this run may be told once more.`, { step: "state" });
    return { committed: null, stateFailure: failure };
  }
}

/** `Check sensor-board: told (short 3); cables: unchanged`: what `git log --oneline` of the state branch shows. */
function commitMessage(outcomes: readonly MonitorOutcome[], forgotten: readonly string[]): string {
  const message = checksMessage(outcomes);
  if (forgotten.length === 0) return message;
  return `${message}\n\nForget ${forgotten.join(", ")}: no file of theirs is left`;
}

function checksMessage(outcomes: readonly MonitorOutcome[]): string {
  const lines = outcomes.map((outcome) => {
    const short = outcome.kind === "checked" ? `, short ${outcome.checked.report.summary.short}` : "";
    return `${outcome.selected.monitor.id}: ${outcomeName(outcome).replace("_", " ")}${short}`;
  });
  if (lines.length === 0) return "Remember trouble";
  if (lines.length === 1) return `Check ${lines[0]}`;
  return `Check ${lines.length} monitors\n\n${lines.join("\n")}`;
}

function sayUnusual(selection: Selection, { log, now }: { readonly log: Log; readonly now: Date }): void {
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
function presentClock(deps: Deps, order: RunOrder): () => Date {
  const started = deps.clock.now().getTime();
  return () => new Date(order.now.getTime() + deps.clock.now().getTime() - started);
}
