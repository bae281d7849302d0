// This folder is the library YAML ↔ monitor: it finds, reads and validates lists with line numbers, and edits their files
// keeping comments. No adapter: app/ uses it directly.
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import pLimit from "p-limit";
import type { Monitor } from "../core/monitor.ts";
import { isError, type Problem } from "../core/problem.ts";
import { defined } from "../core/records.ts";
import type { Config } from "../core/settings/config.ts";
import { printable } from "../core/text/printable.ts";
import { CONFIG_FILE, type ConfigRead, readConfig } from "./config.ts";
import { readTextFile, type TextFile } from "./file.ts";
import { inOrder, type ParsedMonitor, parseMonitorText } from "./monitor.ts";
import { fillPlan, type KnownLists } from "./plans.ts";
import { pathOf } from "./yaml.ts";

export interface MonitorsRead {
  /** If partwatch.yaml is broken, its valid sections; then nothing may be run. */
  readonly config: Config;
  /** Valid monitors, by file name. None if partwatch.yaml is broken: what it forbids would be unknown. */
  readonly monitors: readonly Monitor[];
  /** Files that cannot be used, partwatch.yaml first. */
  readonly broken: readonly BrokenMonitor[];
  /** All problems of all files. */
  readonly problems: readonly Problem[];
  /** A problem that was found elsewhere, with the position of the field that it names, as far as that is known. */
  readonly locate: (problem: Problem) => Problem;
  /** Whether partwatch.yaml configures GitHub's workflows. */
  readonly namesWorkflows: boolean;
}

/** A file that cannot be used. Its state stays. */
interface BrokenMonitor {
  readonly file: string;
  /** Its monitor's id and name, as far as they can be recognized. */
  readonly id?: string;
  readonly name?: string;
  /** Of its content, so that each content is reported once. */
  readonly digest: string;
  readonly problems: readonly Problem[];
}

export interface MonitorsInput {
  /** The repository's root. */
  readonly root: string;
  /** Default: monitors. */
  readonly folder?: string;
  /** Start of the 366 days for which occurrences are computed. */
  readonly now: Date;
  /** Texts by file that replace those on the disk: to see what would be read if they were written. */
  readonly instead?: ReadonlyMap<string, string>;
}

/** Thousands of files must not exhaust the number of open files. */
const FILES_AT_ONCE = 16;

/** Reads partwatch.yaml and all monitors. A bad file is a problem and does not affect the others; never throws for one. */
export async function readMonitors({
  root,
  folder = "monitors",
  now,
  instead = new Map(),
}: MonitorsInput): Promise<MonitorsRead> {
  const config = await readConfig(root);
  const listing = await listFiles(root, folder);
  const few = pLimit(FILES_AT_ONCE);
  const read = (file: string) =>
    few(() => readOne({ root, file, config: config.config, now, text: instead.get(file) }));
  const names = [...new Set([...listing.files, ...instead.keys()])].sort();
  const files = await Promise.all(names.map(read));
  const judged = withPlans(withLimit(withUniqueIds(files), config.config), config.config).map((one) => ({
    ...one,
    problems: inOrder(one.problems),
  }));
  const broken = [...brokenConfig(config), ...judged.filter(isBroken).map(brokenOf)];
  const usable = config.isBroken ? [] : judged.filter((file) => !isBroken(file));
  return {
    config: config.config,
    monitors: usable.flatMap(({ monitor }) => (monitor === undefined ? [] : [monitor])),
    broken,
    problems: [...config.problems, ...listing.problems, ...judged.flatMap(({ problems }) => problems)],
    locate: locator(config, files),
    namesWorkflows: ["workflow", "schedule", "digest"].some((name) => hasSection(config, name)),
  };
}

function hasSection({ document }: ConfigRead, name: string): boolean {
  const value = document?.value;
  return typeof value === "object" && value !== null && Object.hasOwn(value, name);
}

/** Only the position of crons is kept: keeping the parsed files would cost memory. */
function locator({ document }: ConfigRead, files: readonly FileRead[]): MonitorsRead["locate"] {
  const crons = new Map(files.map(({ file, cronPlace }) => [file, cronPlace]));
  return (problem) => {
    const { file = "", path, line } = problem;
    if (path === undefined || line !== undefined) return problem;
    if (file === CONFIG_FILE) return { ...problem, ...document?.placeOf(pathOf(path)) };
    return path === "cron_schedule" ? { ...problem, ...crons.get(file) } : problem;
  };
}

interface FileRead extends ParsedMonitor {
  readonly file: string;
  readonly digest: string;
}

async function listFiles(
  root: string,
  folder: string,
): Promise<{ readonly files: readonly string[]; readonly problems: Problem[] }> {
  try {
    const names = await readdir(join(root, folder));
    const files = names.filter((name) => /^[^.].*\.ya?ml$/s.test(name)).sort();
    const shouting = names.filter((name) => /^[^.].*\.ya?ml$/is.test(name) && !files.includes(name)).sort();
    const problems = shouting.map((name) => ({
      file: `${folder}/${printable(name)}`,
      message: "is not read: its ending must be .yaml in small letters.",
    }));
    return { files: files.map((name) => `${folder}/${name}`), problems };
  } catch (error) {
    const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") {
      const message = "this folder does not exist yet; lists go into it, as in monitors/sensor-board.yaml.";
      return { files: [], problems: [{ file: folder, message, severity: "warning" }] };
    }
    return {
      files: [],
      problems: [{ file: folder, message: `cannot be read as a folder (${String(code ?? error)}).` }],
    };
  }
}

interface OneFile {
  readonly root: string;
  readonly file: string;
  readonly config: Config;
  readonly now: Date;
  /** Replaces what is on the disk. */
  readonly text: string | undefined;
}

async function readOne({ root, file, config, now, text }: OneFile): Promise<FileRead> {
  const shown = printable(file);
  const read: TextFile =
    text === undefined
      ? await readTextFile({ path: join(root, file), file: shown, within: root })
      : { kind: "text", text, digest: createHash("sha256").update(text).digest("hex") };
  const start = { line: 1, column: 1 };
  if (read.kind === "text")
    return { file: shown, digest: read.digest, ...parseMonitorText({ file: shown, text: read.text, config, now }) };
  const problem =
    read.kind === "absent" ? { file: shown, message: "is gone while it was read; try again." } : read.problem;
  const digest = createHash("sha256").update(problem.message).digest("hex");
  // If the file has no id of its own, the stem is the only hint at whose state to keep.
  const { id } = parseMonitorText({ file: shown, text: "", config, now });
  return { file: shown, digest, idPlace: start, problems: [problem], ...defined({ id }) };
}

/** Two files with one id would share one state: neither of them runs. */
function withUniqueIds(files: readonly FileRead[]): FileRead[] {
  const byId = Map.groupBy(files, ({ id, file }) => id?.toLowerCase() ?? ` ${file}`);
  return files.map((file) => {
    const twins = byId.get(file.id?.toLowerCase() ?? ` ${file.file}`)?.filter((other) => other !== file) ?? [];
    const [twin] = twins;
    if (twin === undefined) return file;
    const message = `"${file.id}" is also the id of ${twin.file}; give one of them an id of its own (id: …).`;
    const problem = { file: file.file, path: "id", ...file.idPlace, message };
    return { ...file, problems: [...file.problems, problem] };
  });
}

/** Files beyond the limit are not run; the others are. */
function withLimit(files: readonly FileRead[], { limits }: Config): FileRead[] {
  return files.map((file, index) => {
    if (index < limits.monitors) return file;
    const message = `is one of ${files.length} monitors, where ${limits.monitors} are the most (limits.monitors in partwatch.yaml).`;
    return { ...file, problems: [...file.problems, { file: file.file, line: 1, column: 1, message }] };
  });
}

/** Plans get the entries of the files that are usable by now. */
function withPlans(files: readonly FileRead[], { limits }: Config): FileRead[] {
  const known: KnownLists = {
    monitors: files.flatMap((file) => (isBroken(file) ? [] : (file.monitor ?? []))),
    broken: files.filter(isBroken).map(({ file, id, isPlan = false }) => ({ file, id, isPlan })),
  };
  return files.map((file) => {
    const { monitor, planPlaces: places } = file;
    if (monitor === undefined || places === undefined || isBroken(file)) return file;
    const filled = fillPlan({ monitor, places, known, mostParts: limits.parts });
    if (filled.kind === "filled") return { ...file, monitor: filled.monitor };
    return { ...file, problems: [...file.problems, ...filled.problems] };
  });
}

function isBroken({ monitor, problems }: FileRead): boolean {
  return monitor === undefined || problems.some(isError);
}

function brokenOf({ file, id, name, digest, problems }: FileRead): BrokenMonitor {
  return { file, digest, problems, ...defined({ id, name }) };
}

function brokenConfig({ isBroken, problems, digest }: ConfigRead): BrokenMonitor[] {
  return isBroken ? [{ file: CONFIG_FILE, digest: digest ?? "", problems }] : [];
}
