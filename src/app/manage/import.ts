import { formatProblem, isError, type Problem } from "../../core/problem.ts";
import { own } from "../../core/records.ts";
import type { Config } from "../../core/settings/config.ts";
import { CONFIG_FILE } from "../../monitors/config.ts";
import { readTextFile } from "../../monitors/file.ts";
import type { OldList } from "../../monitors/legacy-list.ts";
import { type Presets, readPresets } from "../../monitors/legacy-list-file.ts";
import { newMonitorText } from "../../monitors/new.ts";
import { type MonitorsRead, readMonitors } from "../../monitors/read.ts";
import { createMonitorFile, hasMonitorSchema } from "../../monitors/write.ts";
import { pathText } from "../../monitors/yaml.ts";
import { placeFor } from "./import-places.ts";

/** The result for one list of the old file. */
export interface ImportedList {
  readonly name: string;
  /** kept: it is in the repository already. */
  readonly outcome: "imported" | "kept" | "refused";
  /** The monitor's file. */
  readonly file: string;
  readonly id: string;
  /** What was left out or changed. */
  readonly notes: readonly string[];
  /** Why it was refused. */
  readonly problems: readonly Problem[];
}

export interface Imported {
  readonly lists: readonly ImportedList[];
  readonly notes: readonly string[];
  /** What is wrong with the file itself. */
  readonly problems: readonly Problem[];
}

export interface ImportInput {
  readonly root: string;
  readonly now: Date;
  readonly path: string;
  /** The file's name as the user gave it. */
  readonly file: string;
  /** For lists that have none. */
  readonly schedule: string;
  /** For lists that have none. */
  readonly recipients: readonly string[];
  readonly dryRun: boolean;
}

/**
 * Imports the lists of an old presets file as monitors, each into a file of its own. What cannot become a monitor is refused
 * with the reason and its line there; the others are written. No existing file is overwritten.
 */
export async function importPresets(input: ImportInput): Promise<Imported> {
  const { root, now, path, file } = input;
  const text = await readTextFile({ path, file });
  if (text.kind === "absent") return { lists: [], notes: [], problems: [{ file, message: "does not exist." }] };
  if (text.kind === "unusable") return { lists: [], notes: [], problems: [text.problem] };
  const before = await readMonitors({ root, now });
  const broken = before.broken.find((one) => one.file === CONFIG_FILE);
  if (broken !== undefined) return { lists: [], notes: [], problems: broken.problems };
  const presets = readPresets({ file, text: text.text });
  const planned = await plan({ request: input, presets, before });
  const judged = await judge({ request: input, presets, before, planned });
  const lists = input.dryRun ? judged : await Promise.all(judged.map((one) => write(root, one)));
  return { lists: lists.map(({ text: _text, ...list }) => list), notes: presets.notes, problems: presets.problems };
}

/** A list with the text for its file. */
interface PlannedList extends ImportedList {
  readonly text: string;
}

type PlannedOld = PlannedList & { readonly own: string | undefined; readonly old: OldList };

interface Planning {
  readonly request: ImportInput;
  readonly presets: Presets;
  readonly before: MonitorsRead;
}

/** Each list with its file. */
async function plan({ request, presets, before }: Planning): Promise<readonly PlannedOld[]> {
  const { root, file: presetsFile } = request;
  const hasSchema = await hasMonitorSchema(root);
  const planned: PlannedOld[] = [];
  for (const old of presets.lists) {
    const { fields, notes } = completed({ old, request, config: before.config });
    const name = typeof fields.name === "string" ? fields.name : "";
    const own = typeof fields.id === "string" ? fields.id : undefined;
    const wanted = { name, own, text: newMonitorText({ fields, hasSchema }) };
    const { refusal, ...placed } = await placeFor(wanted, { root, before, planned });
    const path = [...old.path, ...(refusal?.path ?? [])];
    const problems: Problem[] =
      refusal === undefined
        ? []
        : [{ file: presetsFile, ...presets.placeOf(path), path: pathText(path), message: refusal.message }];
    planned.push({ ...wanted, ...placed, notes, problems, old });
  }
  return planned;
}

/** What the old list lacks and a monitor needs. Without a schedule or recipients it is imported inactive. */
function completed(options: { readonly old: OldList; readonly request: ImportInput; readonly config: Config }): {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
} {
  const { old, request, config } = options;
  const { cron_schedule: cron, recipients } = old.fields;
  const hasCron = cron !== undefined;
  const given = recipients ?? (request.recipients.length > 0 ? request.recipients : undefined);
  const notifiesSomebody = given !== undefined || config.monitorDefaults.recipients.length > 0;
  const lacks = [...(hasCron ? [] : ["no schedule"]), ...(notifiesSomebody ? [] : ["no recipients"])];
  const fix = [
    ...(hasCron ? [] : ["look at its cron_schedule"]),
    ...(notifiesSomebody ? [] : ["add recipients and take out channels"]),
  ];
  const note = `has ${lacks.join(" and ")}: taken over as inactive; ${fix.join(", ")}, then activate it.`;
  return {
    fields: {
      ...old.fields,
      cron_schedule: cron ?? request.schedule,
      recipients: given,
      ...(lacks.length > 0 ? { active: false } : {}),
      ...(notifiesSomebody ? {} : { channels: { email: { active: false } } }),
    },
    notes: lacks.length > 0 ? [...old.notes, note] : old.notes,
  };
}

/** What `validate` would say about all of them together; each problem at its place in the old file. */
async function judge({
  request,
  presets,
  before,
  planned,
}: Planning & { readonly planned: readonly PlannedOld[] }): Promise<readonly PlannedList[]> {
  const wanted = planned.filter(({ outcome }) => outcome === "imported");
  const after = await readMonitors({
    root: request.root,
    now: request.now,
    instead: new Map(wanted.map(({ file, text }) => [file, text])),
  });
  const known = new Set(before.problems.map(formatProblem));
  return planned.map(({ old, own: _own, ...list }) => {
    if (list.outcome !== "imported") return list;
    const own = after.problems.filter((problem) => problem.file === list.file && !known.has(formatProblem(problem)));
    const problems = own.filter(isError).map((problem) => inOldFile(problem, { file: request.file, old, presets }));
    return problems.length === 0 ? list : { ...list, outcome: "refused" as const, problems };
  });
}

function inOldFile(
  problem: Problem,
  { file, old, presets }: { readonly file: string; readonly old: OldList; readonly presets: Presets },
): Problem {
  const steps = (problem.path ?? "").match(/[^.[\]]+/g) ?? [];
  const path = steps.map((step, index) => {
    if (index === 0) return own(old.sources, step) ?? step;
    const number = /^\d+$/.test(step) ? Number(step) : undefined;
    if (index === 1 && steps[0] === "parts" && number !== undefined) return old.entries[number] ?? number;
    return number ?? step;
  });
  const full = [...old.path, ...path];
  return { ...problem, file, path: pathText(full), ...presets.placeOf(full) };
}

async function write(root: string, list: PlannedList): Promise<PlannedList> {
  if (list.outcome !== "imported") return list;
  const taken = await createMonitorFile({ root, file: list.file, text: list.text });
  return taken === null ? list : { ...list, outcome: "refused", problems: [taken] };
}
