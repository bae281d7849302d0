import type { Problem } from "../core/problem.ts";
import { parseMonitorText } from "../monitors/monitor.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { Rename } from "../system/git-changes.ts";
import { hasWorkflow } from "../system/workflow-files.ts";
import { workflowsOf } from "./workflows.ts";

/**
 * All problems of what was read, and of the mails' template; those of the workflows, where there are any or partwatch.yaml has something to say of them;
 * and a warning for each monitor whose file was renamed without keeping its id.
 */
export function validate(input: {
  /** The repository's folder. */
  readonly root: string;
  readonly read: MonitorsRead;
  readonly renames: readonly Rename[];
  readonly template: readonly Problem[];
}): readonly Problem[] {
  const { root, read, renames, template } = input;
  const workflows = read.namesWorkflows || hasWorkflow(root) ? workflowsOf(read).problems : [];
  const ids = new Set(read.monitors.map((monitor) => monitor.id.toLowerCase()));
  const lost = renames.flatMap(({ from, to, before }): Problem[] => {
    const monitor = read.monitors.find((one) => one.file === to);
    const { id: old } = parseMonitorText({ file: from, text: before, config: read.config, now: ANY_TIME });
    // Somebody deliberately wrote down another id; an old id that still exists is not lost.
    if (monitor === undefined || old === undefined || monitor.id !== stem(to) || ids.has(old.toLowerCase())) return [];
    const message = `was ${from}; as monitor ${monitor.id} it starts again, with a first mail. To continue as before, add \`id: ${old}\`.`;
    return [{ file: to, line: 1, column: 1, path: "id", message, severity: "warning" }];
  });
  return [...read.problems, ...template, ...workflows, ...lost];
}

/** A file's id does not depend on when it is read. */
const ANY_TIME = new Date(0);

function stem(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1).replace(/\.ya?ml$/i, "");
}
