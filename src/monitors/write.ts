import { createHash } from "node:crypto";
import { access, mkdir, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { Problem } from "../core/problem.ts";
import { readTextFile } from "./file.ts";

export interface MonitorFilePlace {
  /** The repository's root. */
  readonly root: string;
  /** Relative to it, with `/`. */
  readonly file: string;
}

export type MonitorFileText =
  | { readonly kind: "text"; readonly text: string; readonly hasMark: boolean }
  | { readonly kind: "unusable"; readonly problem: Problem };

/** The text of a monitor's file, and whether it begins with the byte order mark that some Windows editors write. */
export async function readMonitorFile({ root, file }: MonitorFilePlace): Promise<MonitorFileText> {
  const read = await readTextFile({ path: join(root, file), file, within: root });
  if (read.kind === "absent") return { kind: "unusable", problem: { file, message: "is gone; try again." } };
  if (read.kind === "unusable") return read;
  const { text, digest } = read;
  return { kind: "text", text, hasMark: createHash("sha256").update(text).digest("hex") !== digest };
}

/** Writes a new file; an existing one, of whatever kind, stays as it is and is a problem. */
export async function createMonitorFile({
  root,
  file,
  text,
}: MonitorFilePlace & { readonly text: string }): Promise<Problem | null> {
  const folder = dirname(file);
  const made = await attempt(folder, async () => void (await mkdir(join(root, folder), { recursive: true })));
  if (made !== null) return made;
  const inside = relative(await realpath(root), await realpath(join(root, folder)));
  if (inside === ".." || inside.startsWith(`..${sep}`))
    return { file: folder, message: "is a link that leads out of the repository; put a folder here." };
  return await attempt(file, () => writeFile(join(root, file), text, { flag: "wx" }));
}

/** Writes a new text into an existing file. */
export async function rewriteMonitorFile({
  root,
  file,
  text,
  hasMark,
}: MonitorFilePlace & { readonly text: string; readonly hasMark: boolean }): Promise<Problem | null> {
  return await attempt(file, () => writeFile(join(root, file), hasMark ? `\uFEFF${text}` : text));
}

/** Removes a monitor's file; of a link, only the link, never its target. */
export async function removeMonitorFile({ root, file }: MonitorFilePlace): Promise<Problem | null> {
  return await attempt(file, () => rm(join(root, file)));
}

/** A refusal of the operating system is a problem for the user to fix. */
async function attempt(file: string, work: () => Promise<void>): Promise<Problem | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    if (error.code === "EEXIST") return alreadyThere(file);
    return { file, message: `cannot be written (${String(error.code)}); check what is there, and its permissions.` };
  }
}

/** Whether the repository has the schema for completion in editors. */
export async function hasMonitorSchema(root: string): Promise<boolean> {
  return await access(join(root, "schemas/monitor.schema.json")).then(
    () => true,
    () => false,
  );
}

/** Why a new monitor cannot have that file. */
export function alreadyThere(file: string): Problem {
  return { file, message: "is there already and stays as it is; choose another name, or move it away." };
}
