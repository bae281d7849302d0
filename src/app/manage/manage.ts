import { join } from "node:path";
import type { Monitor } from "../../core/monitor.ts";
import type { Problem } from "../../core/problem.ts";
import { fileNameFor } from "../../core/settings/monitor-id.ts";
import { editMonitorText, type FieldChanges } from "../../monitors/edit.ts";
import { newMonitorText } from "../../monitors/new.ts";
import { namedByPlans } from "../../monitors/plans.ts";
import {
  alreadyThere,
  createMonitorFile,
  hasMonitorSchema,
  readMonitorFile,
  removeMonitorFile,
  rewriteMonitorFile,
} from "../../monitors/write.ts";
import { isThere } from "../../system/files.ts";
import { judged, type Managing } from "./draft.ts";
import type { KnownMonitor } from "./find-monitor.ts";

/** What became of a monitor's file. If refused, nothing was written, and the problems say why. */
export interface Managed {
  readonly action: "added" | "updated" | "unchanged" | "deleted" | "refused";
  readonly id: string;
  readonly file: string;
  /** Names of the fields that changed. */
  readonly changed: readonly string[];
  /** As it is now. */
  readonly monitor?: Monitor;
  /** Errors if it was refused; else warnings. */
  readonly problems: readonly Problem[];
}

/**
 * Adds a monitor in a file of its own, named after its id or its name. It is validated before anything is written, and an
 * existing file is never overwritten.
 */
export async function createMonitor(
  managing: Managing & { readonly id?: string | undefined; readonly fields: FieldChanges },
): Promise<Managed> {
  const { root, id, fields } = managing;
  const { name } = fields;
  const stem = id === undefined ? fileNameFor(typeof name === "string" ? name : "") : `${id}.yaml`;
  const file = `monitors/${stem}`;
  const base = { id: id ?? stem.replace(/\.yaml$/, ""), file, changed: [] };
  if (await isThere(join(root, file))) return { ...base, action: "refused", problems: [alreadyThere(file)] };
  const text = newMonitorText({ fields, hasSchema: await hasMonitorSchema(root) });
  const { monitor, problems } = await judged({ ...managing, file, text });
  if (monitor === undefined) return { ...base, action: "refused", problems };
  const taken = await createMonitorFile({ root, file, text });
  if (taken !== null) return { ...base, action: "refused", problems: [taken] };
  return { ...base, action: "added", monitor, problems };
}

/** Changes fields of a monitor in its file, keeping everything else; validated before anything is written. */
export async function updateMonitor(
  managing: Managing & { readonly known: KnownMonitor; readonly changes: FieldChanges },
): Promise<Managed> {
  const { root, known } = managing;
  const { id, file } = known;
  const read = await readMonitorFile({ root, file });
  if (read.kind === "unusable") return { action: "refused", id, file, changed: [], problems: [read.problem] };
  const edited = editMonitorText({ file, text: read.text, changes: withoutDefaults(managing) });
  if (edited.kind === "refused") return { action: "refused", id, file, changed: [], problems: edited.problems };
  const { text, changed } = edited;
  const { monitor, problems } = await judged({ ...managing, file, text });
  if (monitor === undefined) return { action: "refused", id, file, changed: [], problems };
  if (text === read.text) return { action: "unchanged", id, file, changed, monitor, problems };
  const problem = await rewriteMonitorFile({ root, file, text, hasMark: read.hasMark });
  if (problem !== null) return { action: "refused", id, file, changed: [], problems: [problem] };
  return { action: "updated", id: monitor.id, file, changed, monitor, problems };
}

/** Removes a monitor's file. Its state is removed by the next run on the default branch. */
export async function deleteMonitor({
  root,
  read,
  known: { id, file },
}: Pick<Managing, "root" | "read"> & { readonly known: KnownMonitor }): Promise<Managed> {
  const problem = await removeMonitorFile({ root, file });
  if (problem !== null) return { action: "refused", id, file, changed: [], problems: [problem] };
  return { action: "deleted", id, file, changed: [], problems: plansNaming(read, id) };
}

/** What to change elsewhere once the list of that id is gone, as warnings. */
export function plansNaming({ monitors }: Managing["read"], id: string): readonly Problem[] {
  return namedByPlans(monitors, id);
}

/** A monitor is active by default: no line is needed for that. */
function withoutDefaults({ known, changes }: { readonly known: KnownMonitor; readonly changes: FieldChanges }) {
  if (changes.active !== true || known.monitor?.active !== true) return changes;
  const { active: _said, ...rest } = changes;
  return rest;
}
