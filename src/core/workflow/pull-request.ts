import type { Instance } from "../settings/instances.ts";
import type { WorkflowSettings } from "../settings/workflow-settings.ts";
import { previewEnvironmentText } from "./environment.ts";
import { quoted, runnerText, stepsText, usesText } from "./yaml.ts";

/**
 * The workflow that validates pull requests, those of forks too, and shows what those of this repository do: its text, byte
 * for byte the same for the same settings.
 */
export function pullRequestWorkflowText({
  marker,
  workflow,
  pullRequest,
  servers,
  template,
}: {
  readonly marker: string;
  readonly workflow: WorkflowSettings;
  readonly pullRequest: NonNullable<WorkflowSettings["pullRequest"]>;
  /** Those that are served. */
  readonly servers: readonly Instance[];
  /** A file of mails that is checked as well. */
  readonly template: string | null;
}): string {
  const { checkout, action } = workflow;
  return `${marker}
name: Partwatch pull request

on:
  pull_request:
    paths: ["monitors/**", "partwatch.yaml", ${template === null ? "" : `${quoted(template)}, `}"${workflow.folder}/partwatch*.yml"]

# No permissions but those that a job asks for.
permissions: {}

# Only the newest state of a pull request matters.
concurrency:
  group: partwatch-pull-request-\${{ github.event.pull_request.number }}
  cancel-in-progress: true

jobs:
  validate:
    name: Validate the monitors
    runs-on: ${runnerText(pullRequest.runsOn)}
    timeout-minutes: 10
    permissions:
      contents: read # checks out the pull request; no secret is needed, so forks are served as well
    steps:
      - name: Check out the pull request
        uses: ${usesText(checkout)}
        with:
          persist-credentials: false
          fetch-depth: ${depth(workflow)} # the base as well: a renamed monitor is noticed
      - name: Validate monitors and settings
        uses: ${usesText(action)}
        with:
          command: validate
      - name: Compare the workflows with the monitors
        if: \${{ !cancelled() }}
        uses: ${usesText(action)}
        with:
          command: generate-check
${pullRequest.preview ? previewJob(workflow, servers) : ""}`;
}

function previewJob(workflow: WorkflowSettings, servers: readonly Instance[]): string {
  const { stepsBefore, namesServers } = workflow;
  const environment = namesServers ? null : workflow.environment;
  return `
  preview:
    name: Show what is changed
    # Forks have no secrets, and may not write comments.
    if: ${quoted(conditionOf(workflow))}
    runs-on: ${runnerText(workflow.runsOn)}
${environment === null ? "" : `    environment: ${quoted(environment)}\n`}    timeout-minutes: ${workflow.timeoutMinutes}
    permissions:
      contents: read # checks out the pull request, and reads the state branch
      pull-requests: write # writes the effect of the change into one comment
    steps:
      - name: Check out the pull request
        uses: ${usesText(workflow.checkout)}
        with:
          persist-credentials: false
          fetch-depth: ${depth(workflow)} # the base as well: it is compared with
${stepsText(stepsBefore, 6)}      - name: Show what the change does
        uses: ${usesText(workflow.action)}
        with:
          command: preview
        env:
${previewEnvironmentText(servers)}`;
}

/** GitHub checks out the merge, whose parent the base is; others the branch, whose past has it further back. */
function depth({ namesServers }: WorkflowSettings): number {
  return namesServers ? 0 : 2;
}

const SAME_REPOSITORY = "github.event.pull_request.head.repo.full_name == github.repository";

/** Where no checks are run, there is no server to be asked either. */
function conditionOf({ condition }: WorkflowSettings): string {
  if (condition === null) return SAME_REPOSITORY;
  const [, inner] = /^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(condition) ?? [];
  const expression = (inner ?? condition).trim();
  // What mixes text and expressions is no expression that another could be joined with.
  return expression.includes("${{") ? SAME_REPOSITORY : `${SAME_REPOSITORY} && (${expression})`;
}
