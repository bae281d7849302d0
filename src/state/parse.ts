// One file of the state branch, from its text to what it says. What cannot be read is thrown as Unreadable, in words.
import type { Report } from "../core/generated/report.ts";
import { migrated } from "../core/telling/migrate.ts";
import { type Incident, type MonitorHistory, type MonitorState, STATE_VERSION } from "../core/telling/state.ts";
import { plainText } from "../core/view/plain-text.ts";
import { firstError, type RunsFile, stateSchemas } from "./schema.ts";

/** The form of reports that this program knows; it goes its own way. */
const REPORT_VERSION = 1;

/** A file that is broken, or newer than this program; the message says what is wrong. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

/** A file's JSON. Throws Unreadable. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    // V8 quotes the text, line breaks and all.
    const why = plainText(error instanceof Error ? error.message : String(error));
    throw new Unreadable(`is not valid JSON (${why}): mend it, or delete it.`, { cause: error });
  }
}

export function monitorState(file: unknown, id: string): MonitorState {
  const monitor = stateSchemas().monitor();
  refuseNewer(file);
  const json = migrated("monitor", file);
  if (!monitor(json)) throw wrong(firstError(monitor.errors));
  if (json.id !== id) throw wrong(`id is ${JSON.stringify(json.id)}, but the file's name says ${id}`);
  return json;
}

export function report(json: unknown): Report {
  const isReport = stateSchemas().report();
  refuseNewer(json, REPORT_VERSION);
  if (!isReport(json)) throw wrong(firstError(isReport.errors));
  return json;
}

export function runsFile(file: unknown): RunsFile {
  const runs = stateSchemas().runs();
  refuseNewer(file);
  const json = migrated("runs", file);
  if (!runs(json)) throw wrong(firstError(runs.errors));
  return json;
}

export function monitorHistory(json: unknown, id: string): MonitorHistory {
  const history = stateSchemas().history();
  refuseNewer(json);
  if (!history(json)) throw wrong(firstError(history.errors));
  if (json.id !== id) throw wrong(`id is ${JSON.stringify(json.id)}, but the file's name says ${id}`);
  return json;
}

export function incidents(file: unknown): Readonly<Record<string, Incident>> {
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
