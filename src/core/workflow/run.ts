import type { Config } from "../settings/config.ts";
import type { Instance } from "../settings/instances.ts";
import { shardTexts } from "../settings/shard.ts";
import type { ChannelNeeds } from "../telling/channels.ts";
import { environmentText } from "./environment.ts";
import type { Trigger } from "./schedule.ts";
import type { WorkflowSettings } from "./settings.ts";
import { quoted, runnerText, stepsText, usesText } from "./yaml.ts";

/** The workflow that checks what is due: its text, byte for byte the same for the same settings and triggers. */
export function runWorkflowText({
  marker,
  triggers,
  config,
  needs,
  servers,
}: {
  readonly marker: string;
  readonly triggers: readonly Trigger[];
  readonly config: Pick<Config, "workflow" | "shards">;
  readonly needs: ChannelNeeds;
  /** Those that are served. */
  readonly servers: readonly Instance[];
}): string {
  const { workflow, shards } = config;
  const axes = { instance: servers.length > 1, shard: shards > 1 };
  return `${marker}
name: Partwatch

on:
${scheduleText(triggers)}  # A monitor that was added or changed is checked at once.
  push:
    branches: [${quoted(workflow.branch)}]
    paths: ["monitors/**", "partwatch.yaml"]
${DISPATCH}
# Nothing is granted but what a job asks for.
permissions: {}

# Scheduled runs wait for each other. A run that somebody asked for stands alone: of those that wait GitHub keeps only the
# newest, and what was asked for would be lost. Two runs at once cannot overwrite each other's state.
concurrency:
  group: partwatch-\${{ endsWith(github.event_name, '_dispatch') && github.run_id || 'due' }}

jobs:
  check:
    name: Check what is due${matrixName(axes)}
${matrixText(axes, { servers, shards })}${jobText(workflow)}    permissions:
      contents: write # commits what was told to the state branch
${needs.issues ? ISSUES : ""}    steps:
      - name: Check out the monitors
        uses: ${usesText(workflow.checkout)}
        with:
          persist-credentials: false # state is committed through the API
${stepsText(workflow.stepsBefore, 6)}      - name: Check, tell and remember
        uses: ${usesText(workflow.action)}
        with:
          command: run
          # Empty unless the run was started by hand. What a repository_dispatch asks for is read from its event file.
          monitors: \${{ inputs.monitor }}
          force: \${{ inputs.force }}
          dry-run: \${{ inputs.dry_run }}
${axesOf(axes)
  .map((axis) => `          ${axis}: \${{ matrix.${axis} }}\n`)
  .join("")}        env:
${environmentText({ servers, variables: needs.variables, perServer: axes.instance })}`;
}

interface Axes {
  readonly instance: boolean;
  readonly shard: boolean;
}

function axesOf({ instance, shard }: Axes): readonly string[] {
  return [...(instance ? ["instance"] : []), ...(shard ? ["shard"] : [])];
}

/** GitHub tells the jobs of a matrix apart by their names. */
function matrixName(axes: Axes): string {
  const words = axesOf(axes).map((axis) => `\${{ matrix.${axis} }}`);
  return words.length === 0 ? "" : ` (${words.join(", ")})`;
}

/** Ordinary runs that share the monitors; each commits what it has told by itself. */
function matrixText(
  { instance, shard }: Axes,
  { servers, shards }: { readonly servers: readonly Instance[]; readonly shards: number },
): string {
  if (!instance && !shard) return "";
  const labels = servers.map(({ label }) => quoted(label)).join(", ");
  const parts = shardTexts(shards).map(quoted).join(", ");
  return [
    "# Each job sees to its own monitors; one that fails stops none of the others.",
    "strategy:",
    "  fail-fast: false",
    "  matrix:",
    ...(instance ? [`    instance: [${labels}]`] : []),
    ...(shard ? [`    shard: [${parts}]`] : []),
  ]
    .map((line) => `    ${line}\n`)
    .join("");
}

const DISPATCH = `  workflow_dispatch:
    inputs:
      monitor:
        description: Id of the monitor to check, or several with commas between; empty for all that are due
        type: string
        default: ""
      force:
        description: Tell even if nothing changed
        type: boolean
        default: false
      dry_run:
        description: Send and remember nothing
        type: boolean
        default: false
  # Stock has just changed. client_payload: { "monitors": [ids] } or { "parts": [pks or IPNs] }; neither for all that are due.
  repository_dispatch:
    types: [partwatch-check]
`;

const ISSUES = "      issues: write # opens, updates and closes the issues of lists that have this channel\n";

function scheduleText(triggers: readonly Trigger[]): string {
  if (triggers.length === 0) return "";
  return `  # When GitHub wakes the checks. Which monitors are due, the run decides itself.\n  schedule:\n${triggers.map(triggerText).join("")}`;
}

function triggerText({ cron, zone, reasons }: Trigger): string {
  const comments = reasons.map((reason) => `    # ${reason}\n`).join("");
  const timezone = zone === null ? "" : `      timezone: ${quoted(zone)}\n`;
  return `${comments}    - cron: ${quoted(cron)}\n${timezone}`;
}

function jobText({ condition, runsOn, environment, timeoutMinutes }: WorkflowSettings): string {
  return [
    ...(condition === null ? [] : [`if: ${quoted(condition)}`]),
    `runs-on: ${runnerText(runsOn)}`,
    ...(environment === null ? [] : [`environment: ${quoted(environment)}`]),
    `timeout-minutes: ${timeoutMinutes}`,
  ]
    .map((line) => `    ${line}\n`)
    .join("");
}
