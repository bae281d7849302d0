import { channelNeeds, noIssuesOn } from "../channels.ts";
import type { Problem } from "../problem.ts";
import type { Config } from "../settings/config.ts";
import { servedInstances } from "../settings/instances.ts";
import { MOST_SHARDS } from "../settings/shard.ts";
import { forgeName } from "./forge-name.ts";
import { gitlabJobsText, gitlabProblems } from "./gitlab.ts";
import { pagesProblems } from "./pages.ts";
import { pullRequestWorkflowText } from "./pull-request.ts";
import { runWorkflowText } from "./run.ts";
import { type ScheduledMonitor, scheduleTriggers } from "./schedule.ts";
import { stepProblems } from "./steps.ts";

/** Where forges look for workflows, and where GitLab's jobs stand: files of ours in them may be replaced and removed. */
export const WORKFLOW_FOLDERS = [".github/workflows", ".gitea/workflows", ".forgejo/workflows", ".gitlab"] as const;

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
  readonly config: Pick<
    Config,
    "schedule" | "workflow" | "monitorDefaults" | "instances" | "shards" | "mail" | "heartbeat" | "dashboard"
  >;
}): WorkflowFiles {
  const { triggers, problems } = scheduleTriggers({ monitors, schedule: config.schedule });
  const channels = channelNeeds([config.monitorDefaults, ...monitors].flatMap(({ channels = [] }) => channels));
  const { urlEnv } = config.heartbeat ?? { urlEnv: null };
  const needs = {
    ...channels,
    variables: [...new Set([...channels.variables, ...(urlEnv === null ? [] : [urlEnv])])].sort(),
  };
  const used = monitors.map(({ instance }) => instance ?? config.monitorDefaults.instance);
  const servers = servedInstances(config.instances, used);
  const { workflow, schedule } = config;
  if (schedule.target === "gitlab") {
    const text = gitlabJobsText({ marker: WORKFLOW_MARKER, config });
    const files = new Map([[`${workflow.folder}/partwatch.yml`, text]]);
    return {
      files,
      problems: [...problems, ...stepProblems(workflow), ...gitlabProblems(config), ...pagesProblems(config)],
    };
  }
  const { pullRequest } = workflow;
  const files = new Map<string, string>();
  if (pullRequest !== null) {
    const text = pullRequestWorkflowText({
      marker: WORKFLOW_MARKER,
      workflow,
      pullRequest,
      servers,
      template: config.mail.template,
    });
    files.set(`${workflow.folder}/partwatch-pull-request.yml`, text);
  }
  files.set(
    `${workflow.folder}/partwatch.yml`,
    runWorkflowText({ marker: WORKFLOW_MARKER, triggers, config, needs, servers }),
  );
  const jobs = servers.length * config.shards;
  return {
    files,
    problems: [
      ...problems,
      ...stepProblems(workflow),
      ...forgeProblems(config),
      ...issueProblems({ monitors, config }),
      ...matrixProblems(jobs),
      ...pagesProblems(config),
    ],
  };
}

/** What these settings ask for and the forge does not have. */
function forgeProblems({ schedule: { target }, workflow }: Pick<Config, "schedule" | "workflow">): readonly Problem[] {
  if ((target !== "gitea" && target !== "forgejo") || workflow.environment === null) return [];
  const message = `${forgeName(target)} has no environments: it is left out. Set the secrets in the repository or its organization, and remove this line.`;
  return [{ file: CONFIG, path: "workflow.environment", message, severity: "warning" }];
}

/** Lists, and partwatch.yaml for all of them, that notify by issues where there are none that Partwatch could use. */
function issueProblems({
  monitors,
  config,
}: {
  readonly monitors: readonly ScheduledMonitor[];
  readonly config: Pick<Config, "schedule" | "monitorDefaults">;
}): readonly Problem[] {
  const { target } = config.schedule;
  if (target !== "gitea" && target !== "forgejo") return [];
  const users = [...monitors, { file: CONFIG, channels: config.monitorDefaults.channels }];
  return users
    .filter(({ channels }) => channels?.issue.active)
    .map(({ file }) => ({ file, path: "channels.issue", message: noIssuesOn(target) }));
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
