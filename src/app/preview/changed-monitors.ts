import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ListEntry, Monitor } from "../../core/monitor.ts";
import type { BrokenFile, ChangedMonitor, Changes, DeletedMonitor } from "../../core/preview/from-change.ts";
import { isError, type Problem } from "../../core/problem.ts";
import { defined } from "../../core/records.ts";
import { isAllowed } from "../../core/settings/address.ts";
import { byCodeUnits } from "../../core/text/code-units.ts";
import { CONFIG_FILE } from "../../monitors/config.ts";
import { readTextFile } from "../../monitors/file.ts";
import { parseMonitorText } from "../../monitors/monitor.ts";
import { fillPlan } from "../../monitors/plans.ts";
import { type MonitorsRead, readMonitors } from "../../monitors/read.ts";
import { withFilesAt } from "../../system/files-at.ts";
import { changedSince, type FileChange } from "../../system/git-changes.ts";

const FOLDER = "monitors";

/**
 * The monitors that differ from those of that commit, because of their own file, partwatch.yaml or a plan's lists, by file. Throws
 * if Git cannot say what has changed.
 */
export async function changedMonitors(input: {
  readonly root: string;
  /** The commit with which the work tree is compared. */
  readonly commit: string;
  readonly read: MonitorsRead;
  readonly now: Date;
}): Promise<Changes> {
  const { root, commit, read, now } = input;
  const paths = [FOLDER, CONFIG_FILE];
  const files = await changedSince({ root, commit, paths });
  const old = await withFilesAt({ root, commit, paths }, (folder) => readMonitors({ root: folder, now }));
  const touched = new Set(files.map(({ file }) => file));
  const comparison: Comparison = { read, old, files: withoutOthers(files), touched };
  const shown = await Promise.all(comparison.files.map((file) => changedMonitor({ ...comparison, root, now, file })));
  const own = shown.filter((one) => one !== undefined);
  const gone = deletedFiles(comparison, own);
  return {
    monitors: [...withNewHomes(own, gone), ...changedByOthers(comparison)].sort((a, b) =>
      byCodeUnits(a.monitor.file, b.monitor.file),
    ),
    deleted: gone.filter(({ before }) => before === undefined || !own.some((one) => isSame(one, before))),
    broken: brokenFiles(comparison, own),
    config: touched.has(CONFIG_FILE),
    brokenBefore: read.broken.filter((file) => wasBroken(file, comparison)).map(({ file }) => file),
    allowedRecipients: read.config.allowedRecipients,
  };
}

interface Comparison {
  readonly read: MonitorsRead;
  readonly old: MonitorsRead;
  readonly touched: ReadonlySet<string>;
  /** Of monitors. */
  readonly files: readonly FileChange[];
}

/** Only what is read as a monitor. */
function withoutOthers(files: readonly FileChange[]): readonly FileChange[] {
  return files.filter(({ file, from }) => isMonitorFile(file) || (from !== undefined && isMonitorFile(from)));
}

function isMonitorFile(path: string): boolean {
  return /^monitors\/[^./][^/]*\.ya?ml$/i.test(path);
}

async function changedMonitor(
  input: Comparison & { readonly root: string; readonly now: Date; readonly file: FileChange },
): Promise<ChangedMonitor | undefined> {
  const { read, old, file } = input;
  if (file.sort === "deleted") return undefined;
  const found = read.monitors.find((one) => one.file === file.file);
  const monitor = found ?? (await withAnyRecipients(input));
  if (monitor === undefined) return undefined;
  const there = old.monitors.find((one) => one.file === (file.from ?? file.file));
  const isNew = file.sort === "added" || (file.from !== undefined && (there === undefined || !isKin(there, monitor)));
  const before = isNew ? undefined : there;
  const { allowedRecipients } = read.config;
  return {
    sort: isNew ? "added" : file.from === undefined ? "edited" : "renamed",
    monitor,
    ...defined({ before }),
    ...(isNew || file.from === undefined ? {} : { from: file.from }),
    fields: before === undefined ? [] : fieldsOf(before, monitor),
    ...defined({ lists: before === undefined ? undefined : listsBetween(before, monitor) }),
    notAllowed: monitor.recipients.filter((address) => !isAllowed(address, allowedRecipients)),
    problems: problemsOf(read, file.file),
  };
}

/** All lists look alike to Git: a list succeeds another only if it has at least its id, its name or its parts. */
function isKin(before: Monitor, after: Monitor): boolean {
  return before.id === after.id || before.name === after.name || isDeepStrictEqual(before.parts, after.parts);
}

/** The monitor of a file with no problem except a recipient who is not allowed. */
async function withAnyRecipients(input: {
  readonly root: string;
  readonly now: Date;
  readonly read: MonitorsRead;
  readonly file: FileChange;
}): Promise<Monitor | undefined> {
  const { root, now, read, file } = input;
  const errors = problemsOf(read, file.file).filter(isError);
  if (errors.length === 0 || !errors.every(({ path }) => path?.startsWith("recipients") === true)) return undefined;
  const text = await readTextFile({ path: join(root, file.file), file: file.file, within: root });
  if (text.kind !== "text") return undefined;
  const config = { ...read.config, allowedRecipients: [] };
  const { monitor, planPlaces: places } = parseMonitorText({ file: file.file, text: text.text, config, now });
  if (monitor === undefined || places === undefined) return monitor;
  const { monitors, broken } = read;
  const known = {
    monitors,
    broken: broken.filter((one) => one.file !== file.file).map((one) => ({ ...one, isPlan: false })),
  };
  const filled = fillPlan({ monitor, places, known, mostParts: config.limits.parts });
  return filled.kind === "filled" ? filled.monitor : undefined;
}

function fieldsOf(before: Monitor, after: Monitor): readonly string[] {
  const pairs = new Map<string, unknown>(Object.entries(before));
  const others = Object.entries(after).filter(([name, value]) => !isDeepStrictEqual(pairs.get(name), value));
  const names = others.map(([name]) => name.replace(/_ms$/, "")).filter((name) => name !== "file");
  // A plan's file has `lists`; its parts are those of its lists.
  return after.plan === undefined
    ? names
    : [...new Set(names.map((name) => (/^(?:parts|plan)$/.test(name) ? "lists" : name)))];
}

/** For a plan, the lists that come, go, or have other entries; undefined: it is not a plan. */
function listsBetween(before: Monitor, after: Monitor): readonly string[] | undefined {
  if (after.plan === undefined) return undefined;
  const [old, now] = [entriesByList(before), entriesByList(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((list) => !isDeepStrictEqual(old.get(list), now.get(list)))
    .sort(byCodeUnits);
}

function entriesByList({ id, parts }: Monitor): ReadonlyMap<string, readonly ListEntry[]> {
  return Map.groupBy(parts, ({ list = id }) => list);
}

/** Monitors that change with partwatch.yaml or another list of a plan, although their files stay the same. */
function changedByOthers({ read, old, touched }: Comparison): readonly ChangedMonitor[] {
  return read.monitors.flatMap((monitor): readonly ChangedMonitor[] => {
    const before = old.monitors.find(({ file }) => file === monitor.file);
    if (touched.has(monitor.file) || before === undefined) return [];
    const fields = fieldsOf(before, monitor);
    const problems = problemsOf(read, monitor.file);
    if (fields.length === 0) return [];
    const lists = listsBetween(before, monitor);
    return [{ sort: "edited", monitor, before, fields, notAllowed: [], problems, ...defined({ lists }) }];
  });
}

function deletedFiles({ old, files }: Comparison, own: readonly ChangedMonitor[]): readonly DeletedMonitor[] {
  const moved = new Set(own.map(({ from }) => from));
  const gone = files
    .map(({ sort, file, from }) => (sort === "deleted" ? file : from))
    .filter((file) => file !== undefined && isMonitorFile(file) && !moved.has(file))
    .filter((file) => file !== undefined);
  return gone.map((file) => {
    const before = old.monitors.find((one) => one.file === file);
    return before === undefined ? { file } : { file, before };
  });
}

/** Git sees no rename in a file that was rewritten; the id that it keeps shows that it is the same monitor. */
function withNewHomes(own: readonly ChangedMonitor[], gone: readonly DeletedMonitor[]): readonly ChangedMonitor[] {
  return own.map((one) => {
    const before = gone.find((file) => file.before !== undefined && isSame(one, file.before))?.before;
    if (one.sort !== "added" || before === undefined) return one;
    return { ...one, sort: "renamed", before, from: before.file, fields: fieldsOf(before, one.monitor) };
  });
}

function isSame({ monitor }: ChangedMonitor, before: Monitor): boolean {
  return monitor.id === before.id;
}

/** Files that this change breaks: by a change of their own, of another file or of partwatch.yaml. */
function brokenFiles(comparison: Comparison, own: readonly ChangedMonitor[]): readonly BrokenFile[] {
  const { read, files } = comparison;
  const shown = new Set(own.map(({ monitor }) => monitor.file));
  const changed = files.filter(({ sort, file }) => sort !== "deleted" && isMonitorFile(file) && !shown.has(file));
  const others = read.broken.filter((file) => !shown.has(file.file) && !wasBroken(file, comparison));
  const paths = new Set([...others.map(({ file }) => file), ...changed.map(({ file }) => file)]);
  return [...paths].sort(byConfigFirst).map((file) => ({ file, problems: problemsOf(read, file) }));
}

function byConfigFirst(a: string, b: string): number {
  if (a === CONFIG_FILE || b === CONFIG_FILE) return a === CONFIG_FILE ? -1 : 1;
  return byCodeUnits(a, b);
}

/** Whether a file that this change does not touch had the same problems before. */
function wasBroken(file: MonitorsRead["broken"][number], { old, touched }: Comparison): boolean {
  if (touched.has(file.file)) return false;
  const before = old.broken.find((one) => one.file === file.file);
  return before !== undefined && isDeepStrictEqual(messages(before.problems), messages(file.problems));
}

function messages(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ message }) => message);
}

function problemsOf({ problems }: MonitorsRead, file: string): readonly Problem[] {
  return problems.filter((problem) => problem.file === file);
}
