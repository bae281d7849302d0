import type { MonitorFile } from "../core/generated/monitor.ts";
import type { Monitor } from "../core/monitor.ts";
import { printable } from "../core/printable.ts";
import type { Problem } from "../core/problem.ts";
import { field } from "../core/records.ts";
import { cronOf } from "../core/schedule/cron.ts";
import { durationMs } from "../core/schedule/duration.ts";
import { type Config, policyOver } from "../core/settings/config.ts";
import { idFrom, idProblem } from "../core/settings/monitor-id.ts";
import { channelsOver } from "../core/telling/channels.ts";
import { listProblems, monitorBreaches } from "./rules.ts";
import { isMonitorFile, schemaProblems } from "./schema.ts";
import { type Place, parseYaml, type YamlDocument } from "./yaml.ts";

/** A parts list with its rules, before anybody is to be told of it: what `calc --from` takes. */
export type List = Pick<
  Monitor,
  "name" | "description" | "language" | "timezone" | "instance" | "parts" | "watch" | "policy"
>;

export interface MonitorText {
  /** Relative to the repository's root, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly config: Config;
  /** Start of the 366 days whose occurrences are looked at. */
  readonly now: Date;
}

export interface ParsedMonitor {
  /** Absent where there is an error among the problems. */
  readonly monitor?: Monitor;
  /** As far as it can be made out. */
  readonly id?: string;
  readonly name?: string;
  /** Where the id stands, for those who compare ids; 1:1 if it is the file's stem. */
  readonly idPlace: Place & { readonly path?: string };
  /** Where the cron stands, for those who know what GitHub makes of it. */
  readonly cronPlace?: Place;
  readonly problems: readonly Problem[];
}

/** A file that is one day to have thousands of problems is told of its first ones. */
const MAX_PROBLEMS = 100;

/** A monitor from the text of its file, or all that is wrong with it; its id is not compared with others here. */
export function parseMonitorText(question: MonitorText): ParsedMonitor {
  const { file, text, config, now } = question;
  const { document, problems } = parseYaml({ file, text });
  const start = { line: 1, column: 1 };
  if (document === undefined) return { ...named(file, undefined), idPlace: start, problems: bounded(file, problems) };
  const all = [
    ...problems,
    ...schemaProblems("monitor", document),
    ...monitorBreaches({ document, config, now }),
    ...stemProblems(file, document),
  ];
  const { value } = document;
  const own = textOf(value, "id") !== undefined;
  const idPlace = own ? { ...document.placeOf(["id"]), path: "id" } : start;
  const names = named(file, value);
  if (hasErrors(all) || !isMonitorFile(value)) return { ...names, idPlace, problems: bounded(file, all) };
  const cronPlace = document.placeOf(["cron_schedule"]);
  return { ...names, idPlace, cronPlace, problems: all, monitor: monitorFrom({ file, value, config }) };
}

/** A monitor-shaped file that is no monitor yet: name, cron and recipients may be missing, parts or watch may not. */
export function parseListText(question: MonitorText): { readonly list?: List; readonly problems: readonly Problem[] } {
  const { file, text } = question;
  const { document, problems } = parseYaml({ file, text });
  if (document === undefined) return { problems: bounded(file, problems) };
  const optional = schemaProblems("monitor", document, ["name", "cron_schedule"]);
  const all = [...problems, ...optional, ...listProblems({ ...question, document })];
  const { value } = document;
  const complete: unknown =
    typeof value === "object" ? { name: stemOf(file), cron_schedule: "0 0 * * *", ...value } : value;
  if (hasErrors(all) || !isMonitorFile(complete)) return { problems: bounded(file, all) };
  return { list: listFrom(complete, question.config), problems: all };
}

/** The file's name without folder and ending. */
export function stemOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1).replace(/\.ya?ml$/i, "");
}

interface ValidFile {
  readonly file: string;
  readonly value: MonitorFile;
  readonly config: Config;
}

function monitorFrom({ file, value, config }: ValidFile): Monitor {
  const defaults = config.monitorDefaults;
  return {
    ...listFrom(value, config),
    id: value.id ?? stemOf(file),
    file,
    tags: value.tags ?? [],
    active: value.active ?? true,
    cron_schedule: cronOf(value.cron_schedule).text,
    recipients: value.recipients ?? defaults.recipients,
    notify_condition: value.notify_condition ?? defaults.notify_condition,
    significance: { ...defaults.significance, ...value.significance },
    remind_after_ms: value.remind_after === undefined ? defaults.remind_after_ms : durationMs(value.remind_after),
    max_lateness_ms: value.max_lateness === undefined ? defaults.max_lateness_ms : durationMs(value.max_lateness),
    silences: value.silences ?? [],
    channels: channelsOver(defaults.channels, value.channels),
  };
}

function listFrom(value: MonitorFile, { monitorDefaults: defaults }: Config): List {
  return {
    name: value.name,
    description: value.description ?? "",
    language: value.language ?? defaults.language,
    timezone: value.timezone ?? defaults.timezone,
    instance: value.instance ?? defaults.instance,
    parts: value.parts ?? [],
    watch: value.watch ?? [],
    policy: policyOver(defaults.policy, value.policy),
  };
}

/** Without `id:` the stem is the id, and has to look like one. */
function stemProblems(file: string, document: YamlDocument): Problem[] {
  if (textOf(document.value, "id") !== undefined) return [];
  const stem = stemOf(file);
  const problem = idProblem(stem);
  if (problem === undefined) return [];
  const proposal = idFrom(stem);
  const message = `the file's name makes the id "${printable(stem, 80)}", which ${problem.split(";")[0]}; rename it to ${proposal}.yaml or add id: ${proposal}.`;
  return [{ file, line: 1, column: 1, path: "id", message }];
}

function named(file: string, value: unknown): Pick<ParsedMonitor, "id" | "name"> {
  const id = textOf(value, "id") ?? stemOf(file);
  const name = textOf(value, "name");
  return { ...(idProblem(id) === undefined ? { id } : {}), ...(name === undefined ? {} : { name }) };
}

function textOf(value: unknown, name: string): string | undefined {
  const text = field(value, name);
  return typeof text === "string" ? text : undefined;
}

function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity !== "warning");
}

/** In the order of the file, and not more than people read. */
export function bounded(file: string, problems: readonly Problem[]): Problem[] {
  const sorted = inOrder(problems);
  if (sorted.length <= MAX_PROBLEMS) return sorted;
  const rest = { file, message: `has more problems; these are the first ${MAX_PROBLEMS}.` };
  return [...sorted.slice(0, MAX_PROBLEMS), rest];
}

/** In the order of the file; what concerns no line comes last. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const line = (problem: Problem) => problem.line ?? Number.MAX_SAFE_INTEGER;
  return problems.toSorted((a, b) => line(a) - line(b) || (a.column ?? 0) - (b.column ?? 0));
}
