// One file of the state branch, from its text to what it says. What cannot be read is thrown as Unreadable, in words.

import type { ErrorObject } from "ajv";
import type { Report } from "../core/generated/report.ts";
import type { OrdersFile, OutlookFile } from "../core/notification/ahead-files.ts";
import { migrated } from "../core/notification/migrate.ts";
import { type Incident, type MonitorHistory, type MonitorState, STATE_VERSION } from "../core/notification/state.ts";
import { field } from "../core/records.ts";
import { plainText } from "../core/text/plain-text.ts";
import {
  historyValidator,
  ordersValidator,
  outlookValidator,
  type RunsFile,
  reportValidator,
  runsValidator,
  stateValidator,
  systemValidator,
} from "./validators.ts";

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
    throw new Unreadable(`is not valid JSON (${why}): fix it, or delete it.`, { cause: error });
  }
}

export function monitorState(file: unknown, id: string): MonitorState {
  const monitor = stateValidator();
  refuseNewer(file);
  const json = migrated("monitor", file);
  if (!monitor(json)) throw wrong(firstError(monitor.errors));
  if (json.id !== id) throw wrong(`id is ${JSON.stringify(json.id)}, but the file's name says ${id}`);
  return json;
}

export function report(json: unknown): Report {
  const isReport = reportValidator();
  refuseNewer(json, REPORT_VERSION);
  if (!isReport(json)) throw wrong(firstError(isReport.errors));
  return json;
}

export function runsFile(file: unknown): RunsFile {
  const runs = runsValidator();
  refuseNewer(file);
  const json = migrated("runs", file);
  if (!runs(json)) throw wrong(firstError(runs.errors));
  return json;
}

/** How many runs a runs.json counts; none where there is none, or a broken one, which is reported elsewhere. */
export function generationIn(runsJson: string | undefined): number {
  if (runsJson === undefined) return 0;
  try {
    return runsFile(parsed(runsJson)).generation;
  } catch (error) {
    if (error instanceof Unreadable) return 0;
    throw error;
  }
}

export function monitorHistory(json: unknown, id: string): MonitorHistory {
  const history = historyValidator();
  refuseNewer(json);
  if (!history(json)) throw wrong(firstError(history.errors));
  if (json.id !== id) throw wrong(`id is ${JSON.stringify(json.id)}, but the file's name says ${id}`);
  return json;
}

export function ordersFile(json: unknown, instance: string): OrdersFile {
  const orders = ordersValidator();
  refuseNewer(json);
  if (!orders(json)) throw wrong(firstError(orders.errors));
  if (json.instance !== instance) throw wrongInstance(json, instance);
  return json;
}

export function outlookFile(json: unknown, instance: string): OutlookFile {
  const outlook = outlookValidator();
  refuseNewer(json);
  if (!outlook(json)) throw wrong(firstError(outlook.errors));
  if (json.instance !== instance) throw wrongInstance(json, instance);
  return json;
}

export function incidents(file: unknown): Readonly<Record<string, Incident>> {
  const system = systemValidator();
  refuseNewer(file);
  const json = migrated("system", file);
  if (!system(json)) throw wrong(firstError(system.errors));
  return withoutVersion(json);
}

function refuseNewer(json: unknown, newest: number = STATE_VERSION): void {
  const version = field(json, "schema_version");
  if (typeof version !== "number" || version <= newest) return;
  throw new Unreadable(
    `has schema_version ${version}, and this Partwatch knows ${newest}: it was written by a newer one; update Partwatch.`,
  );
}

/** The first thing that is wrong, in words: `alerts/0/state must be equal to one of the allowed values`. */
function firstError(errors: readonly ErrorObject[] | null | undefined): string {
  const [error] = errors ?? [];
  if (error === undefined) return "does not match its schema";
  const where = error.instancePath === "" ? "" : `${error.instancePath.slice(1)} `;
  return `${where}${error.message ?? "is wrong"}`;
}

function wrongInstance({ instance }: { readonly instance: string }, expected: string): Unreadable {
  return wrong(`instance is ${JSON.stringify(instance)}, but the file's name says ${expected}`);
}

function wrong(what: string): Unreadable {
  return new Unreadable(`is not what Partwatch writes (${what}): fix it, or delete it.`);
}

/** The version stands beside the ids; no id can be called that (monitors/ reserves it). */
function withoutVersion<T>(file: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(file).filter(([key]) => key !== "schema_version"));
}
