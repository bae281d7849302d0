import { formatProblem } from "../core/problem.ts";
import { own } from "../core/records.ts";
import { overdue, overdueWords } from "../core/schedule/overdue.ts";
import type { Incident, StateFiles } from "../core/telling/state.ts";
import { type Finding, instanceFindings } from "../core/telling/trouble.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import { deliveryFindings } from "./delivery-findings.ts";
import { goneFindings } from "./gone-findings.ts";
import type { Reading } from "./read.ts";
import type { MonitorOutcome } from "./remember.ts";
import type { Voice } from "./voice.ts";

/** What a run has seen. */
export interface Looking {
  readonly read: MonitorsRead;
  /** As the run began. */
  readonly state: StateFiles;
  readonly outcomes: readonly MonitorOutcome[];
  readonly readings: ReadonlyMap<string, Reading>;
  readonly at: Date;
  readonly voice: Voice;
}

/** Everything that it has found out about possible troubles and may speak of; `newest` is what is remembered by now. */
export function findingsOf(looking: Looking, newest: StateFiles): readonly Finding[] {
  const { outcomes, readings, voice } = looking;
  return [
    ...[...readings].flatMap(([label, reading]) => serverFindings({ looking, newest, label, reading })),
    ...checkFindings(outcomes),
    ...(voice.shared ? sharedFindings(looking, newest) : []),
    ...deliveryFindings(outcomes),
  ];
}

/** That other monitors are overdue now is no news, but what is remembered names those that are. */
export function overdueNow(looking: Looking, newest: StateFiles): Readonly<Record<string, Incident>> {
  const known = newest.system[OVERDUE];
  const cause = looking.voice.shared ? (overdueFindings(looking)[0]?.cause ?? null) : null;
  return known === undefined || cause === null || cause === known.cause ? {} : { [OVERDUE]: { ...known, cause } };
}

const OVERDUE = "overdue";

/**
 * The server as this run has found it. Of several runs that share its monitors one says at once that it is in trouble; the
 * others do if nobody has by the next time, for what they ask may be what is refused. It is well again when the lists of
 * all of them could be read: the last one to read its lists says so, or the one that speaks.
 */
function serverFindings(of: {
  readonly looking: Looking;
  readonly newest: StateFiles;
  readonly label: string;
  readonly reading: Reading;
}): readonly Finding[] {
  const { looking, newest, label, reading } = of;
  const { outcomes, voice, read } = looking;
  const own = outcomes.filter(({ selected }) => selected.monitor.instance === label);
  const hadFailed = own.some(({ selected }) => isUnread(looking.state, selected.monitor.id));
  const speaks = voice.server(label) || hadFailed;
  const names = own.map(({ selected }) => selected.monitor.name);
  const found = instanceFindings(label, reading.kind === "failed" ? reading.failure : null, names);
  if (!voice.sharesServers) return found;
  if (!speaks) return [];
  if (reading.kind === "failed") return found.filter(({ cause }) => cause !== null);
  const ids = new Set(own.map(({ selected }) => selected.monitor.id));
  const others = read.monitors.filter((monitor) => monitor.instance === label && !ids.has(monitor.id));
  return others.some((monitor) => voice.isSeenTo(monitor) && isUnread(newest, monitor.id)) ? [] : found;
}

/** Whether its last check failed because of its server. */
function isUnread({ runs }: StateFiles, id: string): boolean {
  const last = own(runs, id)?.last_run;
  return last?.outcome === "failed" && last.error?.kind === "inventree";
}

/** What every run sees, whichever monitors are its own. */
function sharedFindings(looking: Looking, newest: StateFiles): readonly Finding[] {
  return [
    ...fileFindings(looking.read, newest),
    ...goneFindings(looking.read, newest),
    ...stateFindings(looking.state, looking.outcomes),
    ...overdueFindings(looking),
  ];
}

/** Monitors that no run sees to, this one included; one trouble, however many they are. */
function overdueFindings({ read, state, outcomes, voice }: Looking): readonly Finding[] {
  if (state.broken.some(({ path }) => path === "runs.json")) return [];
  const seenTo = new Set(outcomes.map(({ selected }) => selected.monitor.id));
  const found = read.monitors.flatMap((monitor) => {
    const lastRun = own(state.runs, monitor.id)?.last_run;
    const late = seenTo.has(monitor.id) ? null : overdue({ monitor, lastRun, now: voice.present });
    return late === null ? [] : [{ name: monitor.name, words: `${monitor.file}: ${overdueWords(late)}` }];
  });
  const cause = found.length === 0 ? null : found.map(({ words }) => words).join("\n");
  return [{ key: OVERDUE, cause, monitors: found.map(({ name }) => name) }];
}

/** Files that cannot be used: each is one trouble, whatever number of problems it has. A file that is gone is well again. */
function fileFindings(read: MonitorsRead, state: StateFiles): readonly Finding[] {
  const problems = read.problems.filter((problem) => problem.file !== undefined && problem.severity !== "warning");
  const byFile = Map.groupBy(problems, (problem) => problem.file ?? "");
  const broken = [...byFile].map(([file, all]) => ({
    key: `file:${file}`,
    cause: all.map(formatProblem).join("\n"),
    monitors: [file],
  }));
  const remembered = Object.keys(state.system)
    .filter((key) => key.startsWith("file:"))
    .map((key) => key.slice("file:".length));
  const well = remembered
    .filter((file) => !byFile.has(file))
    .map((file) => ({ key: `file:${file}`, cause: null, monitors: [file] }));
  return [...broken, ...well];
}

/** Lists that could be read but not counted; well again once a check has counted them, or with their file. */
function checkFindings(outcomes: readonly MonitorOutcome[]): readonly Finding[] {
  return outcomes.flatMap((outcome): Finding[] => {
    const { id, name } = outcome.selected.monitor;
    if (outcome.kind === "checked") return [{ key: `check:${id}`, cause: null, monitors: [name] }];
    if (outcome.kind === "skipped" || outcome.failure.incident !== undefined) return [];
    // These are one trouble for all lists: of the server, or of the state branch.
    if (outcome.failure.kind === "inventree" || outcome.failure.kind === "state") return [];
    return [{ key: `check:${id}`, cause: outcome.failure.message, monitors: [name] }];
  });
}

/** A file of the state branch that cannot be read is one trouble, however many lists it keeps from being told. */
function stateFindings({ broken }: StateFiles, outcomes: readonly MonitorOutcome[]): readonly Finding[] {
  if (broken.length === 0) return [{ key: "state", cause: null, monitors: [] }];
  const untold = outcomes.filter((outcome) => outcome.kind === "failed" && outcome.failure.kind === "state");
  const cause = broken.map(({ path, message }) => `${path}: ${message}`).join("\n");
  return [{ key: "state", cause, monitors: untold.map(({ selected }) => selected.monitor.name) }];
}
