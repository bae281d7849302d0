import { isError } from "../core/problem.ts";
import type { Config } from "../core/settings/config.ts";
import { printable } from "../core/text/printable.ts";
import type { ScheduledMonitor } from "../core/workflow/schedule.ts";
import { type WorkflowFiles, workflowFiles } from "../core/workflow/workflow.ts";
import { CONFIG_FILE } from "../monitors/config.ts";
import type { MonitorsRead } from "../monitors/read.ts";

/** What the workflows depend on. */
export interface WorkflowSource extends Partial<Pick<MonitorsRead, "problems" | "locate">> {
  readonly monitors: readonly ScheduledMonitor[];
  readonly config: Pick<
    Config,
    "schedule" | "workflow" | "monitorDefaults" | "instances" | "shards" | "mail" | "heartbeat" | "dashboard"
  >;
}

/** The workflows for these monitors and settings; their problems, each at its line. */
export function workflowsOf({ monitors, config, problems = [], locate = (one) => one }: WorkflowSource): WorkflowFiles {
  const { files, problems: found } = workflowFiles({ monitors, config });
  const isBroken = problems.some((problem) => problem.file === CONFIG_FILE && isError(problem));
  // What seems to be missing may be in the section that is broken.
  const sure = isBroken ? found.filter((problem) => isError(problem)) : found;
  return { files, problems: sure.map((problem) => ({ ...locate(problem), message: printable(problem.message) })) };
}
