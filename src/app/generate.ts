import { isError, type Problem } from "../core/problem.ts";
import { fileDiff } from "../system/file-diff.ts";
import { readWorkflows, writeWorkflows } from "../system/workflow-files.ts";
import { type WorkflowSource, workflowsOf } from "./workflows.ts";

/** If `problems` (of monitors and settings) has an error, nothing is compared or written. */
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
  /** For each path of both: the change, as a patch that `git apply` takes. */
  readonly diffs: ReadonlyMap<string, string>;
  /** For each path of both: the new (with `check`: expected) text; null: the file is gone. */
  readonly texts: ReadonlyMap<string, string | null>;
  /** Errors mean that nothing was touched. */
  readonly problems: readonly Problem[];
}

/**
 * Writes the workflows for these monitors and settings, and removes those of ours that are no longer needed; files
 * without our first line are never touched. Throws only if a file or folder cannot be read or written.
 */
export async function generate(options: GenerateOptions): Promise<Generated> {
  const { root, check } = options;
  const { files, problems } = workflowsOf(options);
  const present = await readWorkflows(root, [...files.keys()]);
  const all = [...(options.problems ?? []), ...problems, ...present.problems];
  if (all.some(isError)) {
    return { written: [], removed: [], diffs: new Map(), texts: new Map(), problems: all };
  }
  const written = [...files].filter(([path, text]) => present.texts.get(path) !== text);
  const removed = [...present.texts.keys()].filter((path) => !files.has(path));
  const changes = [...written, ...removed.map((path) => [path, null] as const)];
  const diffs = new Map<string, string>();
  for (const [path, after] of changes) {
    diffs.set(path, await fileDiff({ path, before: present.texts.get(path) ?? null, after }));
  }
  if (!check) await writeWorkflows(root, changes);
  return { written: written.map(([path]) => path), removed, diffs, texts: new Map(changes), problems: all };
}
