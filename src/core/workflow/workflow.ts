import type { Problem } from "../problem.ts";
import type { Config } from "../settings/config.ts";
import { servedInstances } from "../settings/instances.ts";
import { MOST_SHARDS } from "../settings/shard.ts";
import { channelNeeds } from "../telling/channels.ts";
import { pullRequestWorkflowText } from "./pull-request.ts";
import { runWorkflowText } from "./run.ts";
import type { ScheduledMonitor } from "./schedule.ts";
import { scheduleTriggers } from "./schedule.ts";
import { stepProblems } from "./steps.ts";

/** Where GitHub looks for workflows. */
export const WORKFLOW_FOLDER = ".github/workflows";

/** First line of every file that the generator writes, and of no other. */
export const WORKFLOW_MARKER =
  "# Written by `partwatch generate` from monitors/ and partwatch.yaml: change those and run it again, not this file.";

/** What another version of Partwatch begins the line with, too. */
const MARKER_START = "# Written by `partwatch generate`";

export interface WorkflowFiles {
  /** Text by path, the paths relative to the repository's root and sorted. */
  readonly files: ReadonlyMap<string, string>;
  /** An error means that the texts are not fit to be written. */
  readonly problems: readonly Problem[];
}

/** The workflows that these monitors and settings ask for: the same input gives the same bytes, in any order. */
export function workflowFiles({
  monitors,
  config,
}: {
  readonly monitors: readonly ScheduledMonitor[];
  readonly config: Pick<Config, "schedule" | "workflow" | "monitorDefaults" | "instances" | "shards">;
}): WorkflowFiles {
  const { triggers, problems } = scheduleTriggers({ monitors, schedule: config.schedule });
  const needs = channelNeeds([config.monitorDefaults, ...monitors].flatMap(({ channels = [] }) => channels));
  const used = monitors.map(({ instance }) => instance ?? config.monitorDefaults.instance);
  const servers = servedInstances(config.instances, used);
  const { workflow } = config;
  const { pullRequest } = workflow;
  const files = new Map<string, string>();
  if (pullRequest !== null) {
    const text = pullRequestWorkflowText({ marker: WORKFLOW_MARKER, workflow, pullRequest, servers });
    files.set(`${WORKFLOW_FOLDER}/partwatch-pull-request.yml`, text);
  }
  files.set(
    `${WORKFLOW_FOLDER}/partwatch.yml`,
    runWorkflowText({ marker: WORKFLOW_MARKER, triggers, config, needs, servers }),
  );
  const jobs = servers.length * config.shards;
  return { files, problems: [...problems, ...stepProblems(config.workflow), ...matrixProblems(jobs)] };
}

function matrixProblems(jobs: number): readonly Problem[] {
  if (jobs <= MOST_SHARDS) return [];
  const message = `${jobs} jobs would be needed for these instances; GitHub starts at most ${MOST_SHARDS} of a matrix.`;
  return [{ file: CONFIG, path: "shards", message }];
}

/** Whether a file's text is ours, so that it may be replaced and removed. */
export function isGenerated(text: string): boolean {
  return text.replace(/^\uFEFF/, "").startsWith(MARKER_START);
}

const CONFIG = "partwatch.yaml";
