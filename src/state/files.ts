// The files of the state branch as texts, for every store alike: reading them, and what a delta changes in them.

import type { Report } from "../core/generated/report.ts";
import type { OrdersFile, OutlookFile } from "../core/notification/ahead-files.ts";
import { applyDelta } from "../core/notification/merge.ts";
import { historiesOfVersion1 } from "../core/notification/migrate.ts";
import {
  type BrokenStateFile,
  type Incident,
  type MonitorHistory,
  type MonitorState,
  STATE_VERSION,
  type StateDelta,
  type StateFiles,
} from "../core/notification/state.ts";
import { defined, own } from "../core/records.ts";
import { byKey } from "../core/text/code-units.ts";
import { stateData, stateReadme } from "../core/view/state-page.ts";
import { prettyJson } from "./json.ts";
import {
  incidents,
  monitorHistory,
  monitorState,
  ordersFile,
  outlookFile,
  parsed,
  report,
  runsFile,
  Unreadable,
} from "./parse.ts";
import {
  instanceFile,
  isDerived,
  isOfVersion1,
  isReadAlways,
  isStatePath,
  MONITOR_FOLDERS,
  monitorFile,
} from "./paths.ts";
import type { RunsFile } from "./validators.ts";

/** Reads the files. A text that is broken or newer than this program becomes an entry of `broken`; others stay readable. */
export function readFiles(texts: ReadonlyMap<string, string>): StateFiles {
  const monitors = new Map<string, MonitorState>();
  const reports = new Map<string, Report>();
  const histories = new Map<string, MonitorHistory>();
  const orders = new Map<string, OrdersFile>();
  const outlooks = new Map<string, OutlookFile>();
  let runs: Omit<RunsFile, "schema_version"> = { generation: 0, monitors: {} };
  let system: Readonly<Record<string, Incident>> = {};
  const broken: BrokenStateFile[] = [];
  const paths = [...texts.keys()].filter((path) => isStatePath(path) && !isDerived(path)).sort();
  for (const path of paths) {
    try {
      const json = parsed(texts.get(path) ?? "");
      const { folder, id = "" } = monitorFile(path) ?? {};
      if (folder === "state") monitors.set(id, monitorState(json, id));
      if (folder === "reports") reports.set(id, report(json));
      if (folder === "history") histories.set(id, monitorHistory(json, id));
      const { folder: ahead, instance = "" } = instanceFile(path) ?? {};
      if (ahead === "orders") orders.set(instance, ordersFile(json, instance));
      if (ahead === "outlook") outlooks.set(instance, outlookFile(json, instance));
      if (path === "system.json") system = incidents(json);
      if (path !== "runs.json") continue;
      runs = runsFile(json);
      for (const [one, file] of historiesOfVersion1(json)) histories.set(one, monitorHistory(file, one));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      broken.push({ path, message: `${error.message} It is left as it is, and nothing is recorded in it.` });
    }
  }
  return {
    monitors: Object.fromEntries(monitors),
    reports: Object.fromEntries(reports),
    runs: runs.monitors,
    histories: Object.fromEntries(histories),
    orders: Object.fromEntries(orders),
    outlooks: Object.fromEntries(outlooks),
    ...defined({ root: runs.root }),
    generation: runs.generation,
    system,
    broken,
  };
}

export interface FileChanges {
  /** The new text of each file that changes; null: it goes. Files that would stay the same are not here. */
  readonly changes: ReadonlyMap<string, string | null>;
  /** Broken or newer files that the delta would have changed. */
  readonly skipped: readonly string[];
  /** What stands on the branch with these changes, as far as its files were read. */
  readonly files: StateFiles;
}

/**
 * What a delta changes on a branch with these files (those that paths.ts's `touchedBy` names). Files that it does not touch
 * keep their bytes; but where they are of an older form, all of them move to today's in this commit.
 */
export function stateFileChanges(texts: ReadonlyMap<string, string>, delta: StateDelta): FileChanges {
  const before = readFiles(texts);
  const broken = new Set(before.broken.map((file) => file.path));
  const after = applyDelta(before, delta);
  const isOld = isOfVersion1(texts.get("runs.json") ?? "");
  const wanted = isOld
    ? new Map([...everyFile(after), ...touchedFiles({ before, after, delta })])
    : touchedFiles({ before, after, delta });
  const skipped = [...wanted.keys()].filter((path) => broken.has(path)).sort();
  const isChanged = ([path, text]: readonly [string, string | null]) =>
    !broken.has(path) && (texts.get(path) ?? null) !== text;
  const counted = wanted.has("runs.json") && !broken.has("runs.json") && [...wanted].some(isChanged);
  const files = withoutSkipped(
    counted && !delta.interim ? { ...after, generation: after.generation + 1 } : after,
    broken,
  );
  if (counted) wanted.set("runs.json", runsText(files));
  if (!delta.interim) {
    // Not every commit reads every history: a page that named broken ones would say now this, now that.
    const shown = { ...files, broken: files.broken.filter(({ path }) => isReadAlways(path)) };
    wanted.set("README.md", stateReadme(shown));
    wanted.set("data.json", prettyJson(stateData(shown)));
  }
  const changes = [...wanted].filter(isChanged).sort(byKey);
  return { changes: new Map(changes), skipped, files };
}

/** The broken files that keep a monitor's state from being recorded: its own, and that of all runs. */
export function brokenFor(files: StateFiles, id: string): readonly BrokenStateFile[] {
  const paths = [`state/${id}.json`, `reports/${id}.json`, "runs.json"];
  return files.broken.filter((file) => paths.includes(file.path));
}

interface Step {
  readonly before: StateFiles;
  readonly after: StateFiles;
  readonly delta: StateDelta;
}

type Texts = Map<string, string | null>;

function touchedFiles({ before, after, delta }: Step): Texts {
  const wanted: Texts = new Map();
  for (const id of Object.keys(delta.monitors)) {
    wanted.set(`state/${id}.json`, textOf(own(after.monitors, id)));
    if (own(after.reports, id) !== own(before.reports, id))
      wanted.set(`reports/${id}.json`, textOf(own(after.reports, id)));
  }
  if (Object.keys({ ...delta.system, ...delta.notices }).length > 0) wanted.set("system.json", versioned(after.system));
  if (delta.interim) return wanted;
  for (const id of Object.keys(delta.runs)) wanted.set(`history/${id}.json`, textOf(own(after.histories, id)));
  const isGone = (id: string) => own(after.monitors, id) === undefined && own(after.runs, id) === undefined;
  const removed = delta.removed.filter(isGone);
  for (const id of removed) for (const folder of MONITOR_FOLDERS) wanted.set(`${folder}/${id}.json`, null);
  for (const instance of Object.keys(delta.orders ?? {}))
    wanted.set(`orders/${instance}.json`, textOf(own(after.orders, instance)));
  for (const [instance, outlook] of Object.entries(after.outlooks))
    if (outlook !== own(before.outlooks, instance)) wanted.set(`outlook/${instance}.json`, textOf(outlook));
  const isForgotten = removed.some((id) => own(before.runs, id) !== undefined);
  const isTouched = Object.keys(delta.runs).length + (delta.inactive?.length ?? 0) > 0 || isForgotten;
  if (isTouched || after.root !== before.root) wanted.set("runs.json", runsText(after));
  return wanted;
}

/** All files but those that are recomputed; what was not there stays away. */
function everyFile(files: StateFiles): Texts {
  const of = (folder: string, entries: Readonly<Record<string, unknown>>) =>
    Object.entries(entries).map(([id, value]): [string, string | null] => [`${folder}/${id}.json`, textOf(value)]);
  const system = Object.keys(files.system).length === 0 ? [] : [["system.json", versioned(files.system)] as const];
  return new Map([
    ...of("state", files.monitors),
    ...of("history", files.histories),
    ["runs.json", runsText(files)],
    ...system,
  ]);
}

function runsText({ runs, root, generation }: StateFiles): string {
  return prettyJson({ schema_version: STATE_VERSION, generation, root, monitors: runs });
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
    histories: readable("history", after.histories),
    orders: readable("orders", after.orders),
    outlooks: readable("outlook", after.outlooks),
    runs: broken.has("runs.json") ? {} : after.runs,
    system: broken.has("system.json") ? {} : after.system,
  };
}
