import { lstat, mkdir, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Problem } from "../core/problem.ts";
import { isGenerated, WORKFLOW_FOLDER } from "../core/workflow/workflow.ts";
import { fileDiff } from "../system/file-diff.ts";
import { type WorkflowSource, workflowsOf } from "./workflows.ts";

/** With an error among `problems`, what is wrong with monitors and settings, nothing is compared or written. */
export interface GenerateOptions extends WorkflowSource {
  /** The repository's folder. */
  readonly root: string;
  /** true: nothing is written, the differences are only shown. */
  readonly check: boolean;
}

export interface Generated {
  /** Paths of files that were (with `check`: are to be) created or changed. */
  readonly written: readonly string[];
  /** Paths of files of ours that are no longer wanted and were (with `check`: are to be) removed. */
  readonly removed: readonly string[];
  /** Per path of both, what changes, as a patch that `git apply` takes. */
  readonly diffs: ReadonlyMap<string, string>;
  /** Per path of both, what the file is (with `check`: is to be); null: it is not there. */
  readonly texts: ReadonlyMap<string, string | null>;
  /** Errors mean that nothing was touched. */
  readonly problems: readonly Problem[];
}

/**
 * Writes the workflows that monitors and settings ask for, and removes those of ours that are no longer wanted; files that
 * do not bear our first line are never touched. Throws only where a file or folder cannot be read or written.
 */
export async function generate(options: GenerateOptions): Promise<Generated> {
  const { root, check } = options;
  const { files, problems } = workflowsOf(options);
  const present = await readWorkflows(root, [...files.keys()]);
  const all = [...(options.problems ?? []), ...problems, ...present.problems];
  if (all.some(({ severity }) => severity !== "warning")) {
    return { written: [], removed: [], diffs: new Map(), texts: new Map(), problems: all };
  }
  const written = [...files].filter(([path, text]) => present.texts.get(path) !== text);
  const removed = [...present.texts.keys()].filter((path) => !files.has(path));
  const changes = [...written, ...removed.map((path) => [path, null] as const)];
  const diffs = new Map<string, string>();
  for (const [path, after] of changes) {
    diffs.set(path, await fileDiff({ path, before: present.texts.get(path) ?? null, after }));
  }
  if (!check) await apply(root, changes);
  return { written: written.map(([path]) => path), removed, diffs, texts: new Map(changes), problems: all };
}

interface PresentWorkflows {
  /** Of ours only; line ends as Git stores them, whatever the checkout makes of them. */
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

async function readWorkflows(root: string, wanted: readonly string[]): Promise<PresentWorkflows> {
  const outside = await escapeProblem(root);
  if (outside !== null) return { texts: new Map(), problems: [outside] };
  const entries = await readdir(join(root, WORKFLOW_FOLDER), { withFileTypes: true }).catch(ifMissing([]));
  const names = entries.filter(({ name }) => /\.ya?ml$/.test(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  for (const entry of names) {
    const path = `${WORKFLOW_FOLDER}/${entry.name}`;
    const text = entry.isFile() ? await readFile(join(root, path), "utf8") : "";
    if (isGenerated(text)) texts.set(path, text.replaceAll("\r\n", "\n"));
    else if (wanted.includes(path)) problems.push({ file: path, message: FOREIGN });
  }
  return { texts, problems };
}

const FOREIGN =
  "stands where Partwatch writes its workflow, and was not written by it; rename or remove it, then run partwatch generate again.";

/** A link would lead the writing out of the repository. */
async function escapeProblem(root: string): Promise<Problem | null> {
  for (const folder of [".github", WORKFLOW_FOLDER]) {
    const stats = await lstat(join(root, folder)).catch(ifMissing(null));
    if (stats === null) return null;
    // A link may lead nowhere, too.
    const place = await realpath(join(root, folder)).catch(ifMissing(""));
    const inside = relative(await realpath(root), place);
    if (!stats.isDirectory() || inside !== folder.replaceAll("/", sep)) {
      return {
        file: folder,
        message: "is no folder of this repository; make it one, then run partwatch generate again.",
      };
    }
  }
  return null;
}

function ifMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === "ENOENT") return value;
    throw error;
  };
}

async function apply(root: string, changes: readonly (readonly [path: string, text: string | null])[]): Promise<void> {
  if (changes.length > 0) await mkdir(join(root, WORKFLOW_FOLDER), { recursive: true });
  for (const [path, text] of changes) {
    if (text === null) await rm(join(root, path));
    else await writeFile(join(root, path), text);
  }
}
