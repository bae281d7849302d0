import { channelsOver } from "../core/channels.ts";
import type { MonitorFile } from "../core/generated/monitor.ts";
import type { ListEntry, Monitor } from "../core/monitor.ts";
import { isError, type Problem } from "../core/problem.ts";
import { defined, field, textIn } from "../core/records.ts";
import { cronOf } from "../core/schedule/cron.ts";
import { daysOf, durationMs } from "../core/schedule/duration.ts";
import { type Config, policyOver } from "../core/settings/config.ts";
import { idFrom, idProblem } from "../core/settings/monitor-id.ts";
import { printable } from "../core/text/printable.ts";
import { type ReadResult, withIndentAdvice } from "./indent-advice.ts";
import { type PlanPlaces, planPlaces } from "./plans.ts";
import { listProblems, monitorBreaches } from "./rules.ts";
import { isMonitorFile, schemaProblems } from "./schema.ts";
import { withShapeSlips } from "./shape-slips.ts";
import { silentReadings } from "./silent-readings.ts";
import { parseYaml, type YamlDocument } from "./yaml.ts";
import type { SourcePosition } from "./yaml-faults.ts";

/** A parts list with its rules, without recipients: what `calc --from` takes. */
export type List = Pick<
  Monitor,
  | "name"
  | "description"
  | "language"
  | "timezone"
  | "instance"
  | "parts"
  | "plan"
  | "watch"
  | "policy"
  | "needed_by"
  | "lead_times"
  | "suppliers"
  | "order_soon_days"
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
  /** Absent if there are errors. A plan does not know its lists here and has no entries. */
  readonly monitor?: Monitor;
  /** Only of a plan, as far as it can be recognized. */
  readonly isPlan?: boolean;
  readonly planPlaces?: PlanPlaces;
  /** As far as it can be recognized. */
  readonly id?: string;
  readonly name?: string;
  /** The position of the id, for comparing ids between files; 1:1 if it is the file's stem. */
  readonly idPlace: SourcePosition & { readonly path?: string };
  /** The position of the cron, for problems about how GitHub runs it. */
  readonly cronPlace?: SourcePosition;
  readonly problems: readonly Problem[];
}

/** A file with thousands of problems is reported with the first ones only. */
const MAX_PROBLEMS = 100;

/** A monitor from the text of its file, or all its problems; its id is not compared with others here. */
export function parseMonitorText(input: MonitorText): ParsedMonitor {
  const { file, text, config } = input;
  const judge = (written: string) => judgeMonitor({ ...input, text: written });
  const judged = judge(text);
  const { document } = judged.parsed;
  const all = withIndentAdvice({ file, text, judged, judge });
  const start = { line: 1, column: 1 };
  if (document === undefined) return { ...named(file, undefined), idPlace: start, problems: bounded(file, all) };
  const { value } = document;
  const own = textIn(value, "id") !== undefined;
  const idPlace = own ? { ...document.placeOf(["id"]), path: "id" } : start;
  const isPlan = field(value, "lists") !== undefined;
  const names = { ...named(file, value), ...(isPlan ? { isPlan } : {}) };
  if (hasErrors(all) || !isMonitorFile(value)) return { ...names, idPlace, problems: bounded(file, all) };
  const cronPlace = document.placeOf(["cron_schedule"]);
  const monitor = monitorFrom({ file, value, config });
  const places = planPlaces(document, monitor);
  return { ...names, idPlace, cronPlace, problems: all, monitor, ...defined({ planPlaces: places }) };
}

function judgeMonitor({ file, text, config, now }: MonitorText): ReadResult {
  const parsed = parseYaml({ file, text });
  const { document, problems } = parsed;
  if (document === undefined) return { parsed, problems };
  const found = [
    ...schemaProblems("monitor", document),
    ...monitorBreaches({ document, config, now }),
    ...stemProblems(file, document),
  ];
  const readings = silentReadings({ document, config, now, found });
  return { parsed, problems: [...problems, ...withShapeSlips(document, found), ...readings] };
}

/** A monitor-shaped file that is not a monitor (yet): name, cron and recipients may be missing, parts or watch may not. */
export function parseListText(input: MonitorText): { readonly list?: List; readonly problems: readonly Problem[] } {
  const { file, text } = input;
  const judge = (written: string) => judgeList({ ...input, text: written });
  const judged = judge(text);
  const all = withIndentAdvice({ file, text, judged, judge });
  const value = judged.parsed.document?.value;
  const complete: unknown =
    typeof value === "object" ? { name: stemOf(file), cron_schedule: "0 0 * * *", ...value } : value;
  if (hasErrors(all) || !isMonitorFile(complete)) return { problems: bounded(file, all) };
  return { list: listFrom(complete, input.config), problems: all };
}

/** The lists that it names have not been read. */
function planAlone(document: YamlDocument): Problem {
  const message = "is a plan, whose parts are those of other lists; put it into monitors/ and use partwatch preview.";
  return { file: document.file, ...document.keyPlaceOf(["lists"]), path: "lists", message };
}

function judgeList(input: MonitorText): ReadResult {
  const parsed = parseYaml(input);
  const { document, problems } = parsed;
  if (document === undefined) return { parsed, problems };
  const optional = schemaProblems("monitor", document, ["name", "cron_schedule"]);
  const plan = field(document.value, "lists") === undefined ? [] : [planAlone(document)];
  const found = [...optional, ...plan, ...listProblems({ ...input, document })];
  const readings = silentReadings({ ...input, document, found });
  return { parsed, problems: [...problems, ...withShapeSlips(document, found), ...readings] };
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
  const condition = value.notify_condition ?? defaults.notify_condition;
  return {
    ...listFrom(value, config),
    id: value.id ?? stemOf(file),
    file,
    tags: value.tags ?? [],
    active: value.active ?? true,
    cron_schedule: cronOf(value.cron_schedule).text,
    recipients: value.recipients ?? defaults.recipients,
    notify_condition: condition,
    digest: condition === "digest" ? defaults.digest : null,
    significance: { ...defaults.significance, ...value.significance },
    for: value.for ?? defaults.for,
    recover: value.recover ?? defaults.recover,
    remind_after_ms: value.remind_after === undefined ? defaults.remind_after_ms : durationMs(value.remind_after),
    max_lateness_ms: value.max_lateness === undefined ? defaults.max_lateness_ms : durationMs(value.max_lateness),
    silences: value.silences ?? [],
    channels: channelsOver(defaults.channels, value.channels),
  };
}

/** A list with only these parts, and the defaults of everything else. */
export function listOfParts(name: string, parts: readonly ListEntry[], config: Config): List {
  return { ...listFrom({ name, cron_schedule: "0 0 * * *" }, config), parts };
}

function listFrom(value: MonitorFile, { monitorDefaults: defaults }: Config): List {
  return {
    name: value.name,
    description: value.description ?? "",
    language: value.language ?? defaults.language,
    timezone: value.timezone ?? defaults.timezone,
    instance: value.instance ?? defaults.instance,
    parts: (value.parts ?? []).map((entry) => withDay(entry, value.needed_by)),
    ...(value.lists === undefined ? {} : { plan: { lists: value.lists, members: [], left_out: [] } }),
    watch: value.watch ?? [],
    policy: policyOver(defaults.policy, value.policy),
    needed_by: value.needed_by ?? null,
    lead_times: defaults.lead_times,
    suppliers: defaults.suppliers,
    order_soon_days: value.order_soon === undefined ? defaults.order_soon_days : daysOf(value.order_soon),
  };
}

/** An entry without a date of its own is needed by the list's. */
function withDay(entry: ListEntry, listDay: string | undefined): ListEntry {
  return listDay === undefined || entry.needed_by !== undefined ? entry : { ...entry, needed_by: listDay };
}

/** Without `id:` the stem is the id, and has to be a valid one. */
function stemProblems(file: string, document: YamlDocument): Problem[] {
  if (textIn(document.value, "id") !== undefined) return [];
  const stem = stemOf(file);
  const problem = idProblem(stem);
  if (problem === undefined) return [];
  const proposal = idFrom(stem);
  const message = `the file's name makes the id "${printable(stem, 80)}", which ${problem.split(";")[0]}; rename it to ${proposal}.yaml or add id: ${proposal}.`;
  return [{ file, line: 1, column: 1, path: "id", message }];
}

function named(file: string, value: unknown): Pick<ParsedMonitor, "id" | "name"> {
  const id = textIn(value, "id") ?? stemOf(file);
  const name = textIn(value, "name");
  return { ...(idProblem(id) === undefined ? { id } : {}), ...defined({ name }) };
}

function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(isError);
}

/** In the order of the file, and no more than people read. */
export function bounded(file: string, problems: readonly Problem[]): Problem[] {
  const sorted = inOrder(problems);
  if (sorted.length <= MAX_PROBLEMS) return sorted;
  const rest = { file, message: `has more problems; these are the first ${MAX_PROBLEMS}.` };
  return [...sorted.slice(0, MAX_PROBLEMS), rest];
}

/** In the order of the file; what has no line comes last. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const line = (problem: Problem) => problem.line ?? Number.MAX_SAFE_INTEGER;
  return problems.toSorted((a, b) => line(a) - line(b) || (a.column ?? 0) - (b.column ?? 0));
}
