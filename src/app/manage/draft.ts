// A change of a list's file before it is written: the new text, and its problems.
import type { Monitor } from "../../core/monitor.ts";
import { formatProblem, type Problem } from "../../core/problem.ts";
import { CONFIG_FILE } from "../../monitors/config.ts";
import { editMonitorText, type FieldChanges } from "../../monitors/edit.ts";
import { newMonitorText } from "../../monitors/new.ts";
import { type MonitorsRead, readMonitors } from "../../monitors/read.ts";
import {
  createMonitorFile,
  hasMonitorSchema,
  readMonitorFile,
  removeMonitorFile,
  rewriteMonitorFile,
} from "../../monitors/write.ts";
import { parseYaml } from "../../monitors/yaml.ts";

/** What all of these need from the repository. */
export interface Managing {
  readonly root: string;
  readonly now: Date;
  /** The monitors before the change. */
  readonly read: MonitorsRead;
}

export interface Draft {
  readonly file: string;
  /** null: there is no such file yet. */
  readonly before: string | null;
  readonly after: string;
  /** Absent if there are errors. */
  readonly monitor?: Monitor;
  /** Errors and warnings of the new text. */
  readonly problems: readonly Problem[];
}

/** The file's present text; a problem if it cannot be read. */
export async function fileText(place: { readonly root: string; readonly file: string }): Promise<string | Problem> {
  const read = await readMonitorFile(place);
  return read.kind === "text" ? read.text : read.problem;
}

/** The fields of a file's text; null: it is not a YAML mapping, and can only be changed as text. */
export function fieldsIn(file: string, text: string): Readonly<Record<string, unknown>> | null {
  const { document, problems } = parseYaml({ file, text });
  const value = document?.value;
  if (problems.length > 0 || typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value));
}

/** New values for some fields, or with `text` a whole new text. */
export async function draftChange(
  managing: Managing & {
    readonly file: string;
    readonly before: string;
    readonly change: { readonly fields: FieldChanges } | { readonly text: string };
  },
): Promise<Draft> {
  const { file, before, change } = managing;
  if ("text" in change) return judgedDraft(managing, { file, before, after: change.text });
  const edited = editMonitorText({ file, text: before, changes: change.fields });
  if (edited.kind === "refused") return { file, before, after: before, problems: edited.problems };
  return judgedDraft(managing, { file, before, after: edited.text });
}

/** A new file with these fields. */
export async function draftNew(
  managing: Managing & { readonly file: string; readonly fields: FieldChanges },
): Promise<Draft> {
  const { root, file, fields } = managing;
  const after = newMonitorText({ fields, hasSchema: await hasMonitorSchema(root) });
  return judgedDraft(managing, { file, before: null, after });
}

async function judgedDraft(managing: Managing, texts: Pick<Draft, "file" | "before" | "after">): Promise<Draft> {
  return { ...texts, ...(await judged({ ...managing, file: texts.file, text: texts.after })) };
}

/** What `validate` would say about that text; `monitor` is absent if there are errors. */
export async function judged(
  options: Managing & { readonly file: string; readonly text: string },
): Promise<{ readonly monitor?: Monitor; readonly problems: readonly Problem[] }> {
  const { root, now, read, file, text } = options;
  const after = await readMonitors({ root, now, instead: new Map([[file, text]]) });
  const known = new Set(read.problems.map(formatProblem));
  const problems = after.problems.filter(
    (problem) => problem.file === file || problem.file === CONFIG_FILE || !known.has(formatProblem(problem)),
  );
  const monitor = after.monitors.find((one) => one.file === file);
  const isFine = problems.every(({ severity }) => severity === "warning");
  return isFine && monitor !== undefined ? { monitor, problems } : { problems };
}

export type DraftWriteResult =
  | { readonly kind: "written" }
  /** Somebody else has changed the file since: its present text; null: it is gone. */
  | { readonly kind: "changed"; readonly now: string | null }
  | { readonly kind: "refused"; readonly problem: Problem };

/** Writes it, if the file has not changed since the draft was made. */
export async function writeDraft({
  root,
  draft: { file, before, after },
}: {
  readonly root: string;
  readonly draft: Pick<Draft, "file" | "before" | "after">;
}): Promise<DraftWriteResult> {
  if (before === null) return outcome(await createMonitorFile({ root, file, text: after }));
  const read = await readMonitorFile({ root, file });
  if (read.kind === "unusable") return { kind: "refused", problem: read.problem };
  if (read.text !== before) return { kind: "changed", now: read.text };
  return outcome(await rewriteMonitorFile({ root, file, text: after, hasMark: read.hasMark }));
}

/** Removes the file, if it has not changed since. */
export async function removeAsSeen({
  root,
  file,
  before,
}: {
  readonly root: string;
  readonly file: string;
  readonly before: string;
}): Promise<DraftWriteResult> {
  const read = await readMonitorFile({ root, file });
  if (read.kind === "text" && read.text !== before) return { kind: "changed", now: read.text };
  return outcome(await removeMonitorFile({ root, file }));
}

function outcome(problem: Problem | null): DraftWriteResult {
  return problem === null ? { kind: "written" } : { kind: "refused", problem };
}
