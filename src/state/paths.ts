// Which files of the branch are Partwatch's, and which of them a reading needs.
import type { StateDelta } from "../core/notification/state.ts";

const MONITOR_FILE = /^(state|reports|history)\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})\.json$/;
const INSTANCE_FILE = /^(orders|outlook)\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})\.json$/;

/** Folders of the branch that have a file per monitor. */
export const MONITOR_FOLDERS = ["state", "reports", "history"] as const;

/** All folders of the branch that are Partwatch's. */
export const FOLDERS: readonly string[] = [...MONITOR_FOLDERS, "orders", "outlook"];

/** Recomputed and never read: a wrong one does no harm. */
const DERIVED = ["README.md", "data.json"];

/** The monitor that a file is of. */
export function monitorFile(path: string): { readonly folder: string; readonly id: string } | undefined {
  const [, folder, id] = MONITOR_FILE.exec(path) ?? [];
  return folder === undefined || id === undefined ? undefined : { folder, id };
}

/** The server that a file is of. */
export function instanceFile(path: string): { readonly folder: string; readonly instance: string } | undefined {
  const [, folder, instance] = INSTANCE_FILE.exec(path) ?? [];
  return folder === undefined || instance === undefined ? undefined : { folder, instance };
}

/** Whether a path on the branch is Partwatch's. Everything else there is left alone. */
export function isStatePath(path: string): boolean {
  return (
    MONITOR_FILE.test(path) ||
    INSTANCE_FILE.test(path) ||
    ["runs.json", "system.json"].includes(path) ||
    isDerived(path)
  );
}

export function isDerived(path: string): boolean {
  return DERIVED.includes(path);
}

/**
 * Whether a branch with these files may be Partwatch's: it has a file of ours, or nothing that anybody would miss. A branch
 * that holds somebody's sources was named by mistake.
 */
export function isStateBranch(paths: readonly string[]): boolean {
  const harmless = /^(README(\.\w+)?|LICEN[CS]E(\.\w+)?|\.[^/]*)$/i;
  const ours = (path: string) => isStatePath(path) && path !== "README.md";
  return paths.some(ours) || paths.every((path) => harmless.test(path));
}

/** Which of Partwatch's files in folders are read, once runs.json is known (undefined: there is none). */
export type StateFileFilter = (runsJson: string | undefined) => (path: string) => boolean;

/** What a run has to know. Histories stay where they are: together they are larger than everything else. */
export const wholeState: StateFileFilter = () => isReadAlways;

/** Whether every reading of the state has that file. */
export function isReadAlways(path: string): boolean {
  return monitorFile(path)?.folder !== "history";
}

/** Histories too. */
export const wholeBranch: StateFileFilter = () => () => true;

/** What a commit of this delta needs; all of it where the files are still of an older form. */
export function touchedBy(delta: StateDelta): StateFileFilter {
  const moved = new Set(Object.keys(delta.monitors));
  const checked = new Set([...Object.keys(delta.runs), ...delta.removed]);
  return (runsJson) => (path) => {
    const file = monitorFile(path);
    if (instanceFile(path) !== undefined) return !delta.interim;
    if (file === undefined || (runsJson !== undefined && isOfVersion1(runsJson))) return true;
    if (delta.interim) return file.folder !== "history" && moved.has(file.id);
    return file.folder !== "history" || checked.has(file.id);
  };
}

/** Whether that file was written by version 1. Inside of texts, quotes have a backslash before them. */
export function isOfVersion1(text: string): boolean {
  return /"schema_version":\s*1\b/.test(text);
}
