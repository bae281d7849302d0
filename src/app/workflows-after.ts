import { formatProblem, isError } from "../core/problem.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import { generate } from "./generate.ts";

/** Whether the workflows match the monitors after one was changed. */
export interface WorkflowsAfter {
  /** They do not match, and were left so. */
  readonly due: boolean;
  /** They should have been written, but could not be. */
  readonly failed: boolean;
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly problems: readonly string[];
}

/** Compares the workflows with what the monitors ask for, or writes them. */
export async function workflowsAfter({
  root,
  write,
  read,
}: {
  readonly root: string;
  readonly write: boolean;
  /** The workflow files in the checkout. */
  readonly read: MonitorsRead;
}): Promise<WorkflowsAfter> {
  const result = await generate({ root, check: !write, ...read });
  const failed = result.problems.some(isError);
  const said = write ? result.problems.map(formatProblem) : [];
  if (!write) return { due: failed || result.diffs.size > 0, failed: false, written: [], removed: [], problems: said };
  return { due: false, failed, written: result.written, removed: result.removed, problems: said };
}
