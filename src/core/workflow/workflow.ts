import type { Problem } from "../problem.ts";
import type { Config } from "../settings/config.ts";
import { servedInstances } from "../settings/instances.ts";
import { MOST_SHARDS } from "../settings/shard.ts";
import { channelNeeds } from "../telling/channels.ts";
import { pullRequestWorkflowText } from "./pull-request.ts";
import { runWorkflowText } from "./run.ts";
import type { ScheduledMonitor } from "./schedule.ts";
import { scheduleTriggers } from "./schedule.ts";
import type { ActionReference, WorkflowSettings } from "./settings.ts";
import { actionReference } from "./settings.ts";

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
  return { files, problems: [...problems, ...actionProblems(config.workflow), ...matrixProblems(jobs)] };
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

function actionProblems({ action, actionIsNamed, checkout, stepsBefore }: WorkflowSettings): readonly Problem[] {
  const unnamed = `is not set, so the workflows run the release that this version of Partwatch knows (${action.uses}); write it into partwatch.yaml, so that they stay the same with another version.`;
  return [
    ...(actionIsNamed ? [] : [warning("workflow.action", unnamed)]),
    ...referenceProblems("workflow.action", action),
    ...referenceProblems("workflow.checkout", checkout),
    ...stepsBefore.flatMap((step, index) => stepProblems(`workflow.steps_before[${index}]`, step)),
  ];
}

function stepProblems(path: string, step: WorkflowSettings["stepsBefore"][number]): readonly Problem[] {
  if ((step.uses === undefined) === (step.run === undefined)) {
    return [{ file: CONFIG, path, message: "a step has either uses or run." }];
  }
  return step.uses === undefined ? [] : referenceProblems(`${path}.uses`, actionReference(step.uses));
}

/** A folder of this repository (./), a container, or an action, which is best pinned by commit with its version behind. */
function referenceProblems(path: string, { uses, version }: ActionReference): readonly Problem[] {
  if (/^(?:\.\/\S*|docker:\/\/\S+)$/.test(uses)) return [];
  const ref = /^[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@(\S+)$/.exec(uses)?.[1];
  if (ref === undefined) {
    const message = `"${uses}" is no action; write "owner/name@<commit SHA> # v1.2.3" or "./folder".`;
    return [{ file: CONFIG, path, message }];
  }
  if (!/^[0-9a-f]{40}$/.test(ref)) {
    const pinned = `"${uses.slice(0, -ref.length)}<commit SHA> # ${ref}"`;
    return [warning(path, `"${uses}" can change under your feet; pin it by commit: ${pinned}.`)];
  }
  if (version !== null) return [];
  return [warning(path, `"${uses}" does not say its version; write it behind, within quotes: "${uses} # v1.2.3".`)];
}

const CONFIG = "partwatch.yaml";

function warning(path: string, message: string): Problem {
  return { file: CONFIG, path, message, severity: "warning" };
}
