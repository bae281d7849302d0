// A change of a list's file before it is written: what the file would say, and what the rules have against it.
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

/** What all of these know of the repository. */
export interface Managing {
  readonly root: string;
  readonly now: Date;
  /** The monitors as they are before the change. */
  readonly read: MonitorsRead;
}

export interface Draft {
  readonly file: string;
  /** null: there is no such file yet. */
  readonly before: string | null;
  readonly after: string;
  /** Absent where the rules have something against it. */
  readonly monitor?: Monitor;
  /** Errors and warnings, of the text as it would be. */
  readonly problems: readonly Problem[];
}

/** What the file says now; a problem where it cannot be read. */
export async function fileText(place: { readonly root: string; readonly file: string }): Promise<string | Problem> {
  const read = await readMonitorFile(place);
  return read.kind === "text" ? read.text : read.problem;
}

/** The fields of a file's text; null: it is no YAML of fields, and can only be changed as a text. */
export function fieldsIn(file: string, text: string): Readonly<Record<string, unknown>> | null {
  const { document, problems } = parseYaml({ file, text });
  const value = document?.value;
  if (problems.length > 0 || typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value));
}

/** Other values for some fields, or with `text` a whole new text. */
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

/** A new file of these fields. */
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

/** What `validate` would say if that text were written; `monitor` is absent where it has something against it. */
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
  /** Somebody else has changed the file since: what it says now; null: it is gone. */
  | { readonly kind: "changed"; readonly now: string | null }
  | { readonly kind: "refused"; readonly problem: Problem };

/** Writes it, if the file still says what the draft began with. */
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

/** Removes the file, if it still says that. */
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
