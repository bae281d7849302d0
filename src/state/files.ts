// The files of the state branch as texts, for every store alike: reading them, and what a delta changes in them.

import type { Report } from "../core/generated/report.ts";
import { applyDelta } from "../core/telling/merge.ts";
import { migrated } from "../core/telling/migrate.ts";
import {
  type BrokenFile,
  type Incident,
  type MonitorRuns,
  type MonitorState,
  STATE_VERSION,
  type StateDelta,
  type StateFiles,
} from "../core/telling/state.ts";
import { stateData, stateReadme } from "../core/telling/state-page.ts";
import { plainText } from "../core/view/plain-text.ts";
import { prettyJson } from "./json.ts";
import { firstError, stateSchemas } from "./schema.ts";

/** The form of reports that this program knows; it goes its own way. */
const REPORT_VERSION = 1;
const MONITOR_FILE = /^(state|reports)\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})\.json$/;

/** Whether a path on the branch is Partwatch's. Everything else there is left alone. */
export function isStatePath(path: string): boolean {
  return MONITOR_FILE.test(path) || ["runs.json", "system.json", "README.md", "data.json"].includes(path);
}

/**
 * Whether a branch with these files may be Partwatch's: it has a file of ours, or nothing that anybody would miss. A branch
 * that holds somebody's sources was named by mistake.
 */
export function isStateBranch(paths: readonly string[]): boolean {
  const harmless = /^(README(\.\w+)?|LICEN[CS]E(\.\w+)?|\.[^/]*)$/i;
  const ours = (path: string) => isStatePath(path) && path !== "README.md";
  return paths.some(ours) || paths.every((path) => harmless.test(path));
}

/** Reads the files. A text that is broken or newer than this program becomes an entry of `broken`; others stay readable. */
export function readFiles(texts: ReadonlyMap<string, string>): StateFiles {
  const monitors: Record<string, MonitorState> = {};
  const reports: Record<string, Report> = {};
  let runs: Readonly<Record<string, MonitorRuns>> = {};
  let system: Readonly<Record<string, Incident>> = {};
  const broken: BrokenFile[] = [];
  const paths = [...texts.keys()].filter((path) => isStatePath(path) && !DERIVED.has(path)).sort();
  for (const path of paths) {
    try {
      const json = parsed(texts.get(path) ?? "");
      const [, folder, id] = MONITOR_FILE.exec(path) ?? [];
      if (folder === "state" && id !== undefined) monitors[id] = monitorState(json, id);
      if (folder === "reports" && id !== undefined) reports[id] = report(json);
      if (path === "runs.json") runs = monitorRuns(json);
      if (path === "system.json") system = incidents(json);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      broken.push({ path, message: `${error.message} It is left as it is, and nothing is remembered in it.` });
    }
  }
  return { monitors, reports, runs, system, broken };
}

export interface FileChanges {
  /** The new text of each file that changes; null: it goes. Files that would stay the same are not here. */
  readonly changes: ReadonlyMap<string, string | null>;
  /** Broken or newer files that the delta would have changed. */
  readonly skipped: readonly string[];
}

/** What a delta changes on a branch with these files. Files that it does not touch keep their bytes. */
export function changesOf(texts: ReadonlyMap<string, string>, delta: StateDelta): FileChanges {
  const before = readFiles(texts);
  const broken = new Set(before.broken.map((file) => file.path));
  const after = applyDelta(before, delta);
  const wanted = new Map<string, string | null>();
  for (const id of Object.keys(delta.monitors)) {
    wanted.set(`state/${id}.json`, textOf(after.monitors[id]));
    if (after.reports[id] !== before.reports[id]) wanted.set(`reports/${id}.json`, textOf(after.reports[id]));
  }
  for (const id of delta.removed) for (const folder of ["state", "reports"]) wanted.set(`${folder}/${id}.json`, null);
  const forgotten = delta.removed.some((id) => before.runs[id] !== undefined);
  const isRunsTouched = Object.keys(delta.runs).length + (delta.inactive?.length ?? 0) > 0 || forgotten;
  if (isRunsTouched) wanted.set("runs.json", versioned(after.runs));
  if (Object.keys(delta.system).length > 0) wanted.set("system.json", versioned(after.system));
  const skipped = [...wanted.keys()].filter((path) => broken.has(path)).sort();
  const standing = withoutSkipped(after, broken);
  wanted.set("README.md", stateReadme(standing));
  wanted.set("data.json", prettyJson(stateData(standing)));
  const changes = [...wanted].filter(([path, text]) => !broken.has(path) && (texts.get(path) ?? null) !== text);
  return { changes: new Map(changes.sort(([a], [b]) => (a < b ? -1 : 1))), skipped };
}

/** The broken files that keep a monitor from being remembered: its own, and the one of all runs. */
export function brokenFor(files: StateFiles, id: string): readonly BrokenFile[] {
  const paths = [`state/${id}.json`, `reports/${id}.json`, "runs.json"];
  return files.broken.filter((file) => paths.includes(file.path));
}

/** Recomputed at every commit and never read: what stands there cannot be wrong. */
const DERIVED = new Set(["README.md", "data.json"]);

class Unreadable extends Error {
  override readonly name = "Unreadable";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    // V8 quotes the text, line breaks and all.
    const why = plainText(error instanceof Error ? error.message : String(error));
    throw new Unreadable(`is not valid JSON (${why}): mend it, or delete it.`, { cause: error });
  }
}

function monitorState(file: unknown, id: string): MonitorState {
  const monitor = stateSchemas().monitor();
  refuseNewer(file);
  const json = migrated("monitor", file);
  if (!monitor(json)) throw wrong(firstError(monitor.errors));
  if (json.id !== id) throw wrong(`id is ${JSON.stringify(json.id)}, but the file's name says ${id}`);
  return json;
}

function report(json: unknown): Report {
  const isReport = stateSchemas().report();
  refuseNewer(json, REPORT_VERSION);
  if (!isReport(json)) throw wrong(firstError(isReport.errors));
  return json;
}

function monitorRuns(file: unknown): Readonly<Record<string, MonitorRuns>> {
  const runs = stateSchemas().runs();
  refuseNewer(file);
  const json = migrated("runs", file);
  if (!runs(json)) throw wrong(firstError(runs.errors));
  return withoutVersion(json);
}

function incidents(file: unknown): Readonly<Record<string, Incident>> {
  const system = stateSchemas().system();
  refuseNewer(file);
  const json = migrated("system", file);
  if (!system(json)) throw wrong(firstError(system.errors));
  return withoutVersion(json);
}

function refuseNewer(json: unknown, newest: number = STATE_VERSION): void {
  if (typeof json !== "object" || json === null || !("schema_version" in json)) return;
  const version = json.schema_version;
  if (typeof version !== "number" || version <= newest) return;
  throw new Unreadable(
    `has schema_version ${version}, and this Partwatch knows ${newest}: it was written by a newer one; update Partwatch.`,
  );
}

function wrong(what: string): Unreadable {
  return new Unreadable(`is not what Partwatch writes (${what}): mend it, or delete it.`);
}

/** The version stands beside the ids; no id can be called that (monitors/ reserves it). */
function withoutVersion<T>(file: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(file).filter(([key]) => key !== "schema_version"));
}

function versioned(entries: Readonly<Record<string, unknown>>): string {
  return prettyJson({ ...entries, schema_version: STATE_VERSION });
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : prettyJson(value);
}

/** What really stands on the branch: a file that is left alone says nothing of what this run learned. */
function withoutSkipped(after: StateFiles, broken: ReadonlySet<string>): StateFiles {
  const readable = <T>(folder: string, entries: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(entries).filter(([id]) => !broken.has(`${folder}/${id}.json`)));
  return {
    ...after,
    monitors: readable("state", after.monitors),
    reports: readable("reports", after.reports),
    runs: broken.has("runs.json") ? {} : after.runs,
    system: broken.has("system.json") ? {} : after.system,
  };
}
