import { formatProblem, type Problem } from "../core/problem.ts";
import { own } from "../core/records.ts";
import type { Config } from "../core/settings/config.ts";
import { CONFIG_FILE } from "../monitors/config.ts";
import { readTextFile } from "../monitors/file.ts";
import { newMonitorText } from "../monitors/new.ts";
import { type Presets, readPresets } from "../monitors/presets.ts";
import type { OldList } from "../monitors/presets-list.ts";
import { type MonitorsRead, readMonitors } from "../monitors/read.ts";
import { createMonitorFile, hasMonitorSchema } from "../monitors/write.ts";
import { pathText } from "../monitors/yaml.ts";
import { placeFor } from "./import-places.ts";

/** What became of one list of the old file. */
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

export interface ImportQuestion {
  readonly root: string;
  readonly now: Date;
  readonly path: string;
  /** How the user knows the file. */
  readonly file: string;
  /** For lists that have none. */
  readonly schedule: string;
  /** For lists that have none. */
  readonly recipients: readonly string[];
  readonly dryRun: boolean;
}

/**
 * Takes over the lists of an old presets file as monitors, each in a file of its own. What can be no monitor is refused with
 * the reason, at its line there; the others are written. Nothing that is there is overwritten.
 */
export async function importPresets(question: ImportQuestion): Promise<Imported> {
  const { root, now, path, file } = question;
  const text = await readTextFile({ path, file });
  if (text.kind === "absent") return { lists: [], notes: [], problems: [{ file, message: "does not exist." }] };
  if (text.kind === "unusable") return { lists: [], notes: [], problems: [text.problem] };
  const before = await readMonitors({ root, now });
  const broken = before.broken.find((one) => one.file === CONFIG_FILE);
  if (broken !== undefined) return { lists: [], notes: [], problems: broken.problems };
  const presets = readPresets({ file, text: text.text });
  const planned = await plan({ question, presets, before });
  const judged = await judge({ question, presets, before, planned });
  const lists = question.dryRun ? judged : await Promise.all(judged.map((one) => write(root, one)));
  return { lists: lists.map(({ text: _text, ...list }) => list), notes: presets.notes, problems: presets.problems };
}

/** A list with the text that its file is to have. */
interface PlannedList extends ImportedList {
  readonly text: string;
}

type PlannedOld = PlannedList & { readonly own: string | undefined; readonly old: OldList };

interface Planning {
  readonly question: ImportQuestion;
  readonly presets: Presets;
  readonly before: MonitorsRead;
}

/** Each list with the file that it is to have. */
async function plan({ question, presets, before }: Planning): Promise<readonly PlannedOld[]> {
  const { root, file: presetsFile } = question;
  const hasSchema = await hasMonitorSchema(root);
  const planned: PlannedOld[] = [];
  for (const old of presets.lists) {
    const { fields, notes } = completed({ old, question, config: before.config });
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

/** What the old list lacks and a monitor needs. Without a schedule or anybody to tell it is taken over switched off. */
function completed(of: { readonly old: OldList; readonly question: ImportQuestion; readonly config: Config }): {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
} {
  const { old, question, config } = of;
  const { cron_schedule: cron, recipients } = old.fields;
  const hasCron = cron !== undefined;
  const given = recipients ?? (question.recipients.length > 0 ? question.recipients : undefined);
  const isHeard = given !== undefined || config.monitorDefaults.recipients.length > 0;
  const lacks = [...(hasCron ? [] : ["no schedule"]), ...(isHeard ? [] : ["nobody to tell"])];
  const fix = [
    ...(hasCron ? [] : ["look at its cron_schedule"]),
    ...(isHeard ? [] : ["add recipients and take out channels"]),
  ];
  const note = `has ${lacks.join(" and ")}: taken over as inactive; ${fix.join(", ")}, then activate it.`;
  return {
    fields: {
      ...old.fields,
      cron_schedule: cron ?? question.schedule,
      recipients: given,
      ...(lacks.length > 0 ? { active: false } : {}),
      ...(isHeard ? {} : { channels: { email: { active: false } } }),
    },
    notes: lacks.length > 0 ? [...old.notes, note] : old.notes,
  };
}

/** What `validate` would say of them all together; the reason stands at its place in the old file. */
async function judge({
  question,
  presets,
  before,
  planned,
}: Planning & { readonly planned: readonly PlannedOld[] }): Promise<readonly PlannedList[]> {
  const wanted = planned.filter(({ outcome }) => outcome === "imported");
  const after = await readMonitors({
    root: question.root,
    now: question.now,
    instead: new Map(wanted.map(({ file, text }) => [file, text])),
  });
  const known = new Set(before.problems.map(formatProblem));
  return planned.map(({ old, own: _own, ...list }) => {
    if (list.outcome !== "imported") return list;
    const own = after.problems.filter((problem) => problem.file === list.file && !known.has(formatProblem(problem)));
    const problems = own
      .filter(({ severity }) => severity !== "warning")
      .map((problem) => inOldFile(problem, { file: question.file, old, presets }));
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
