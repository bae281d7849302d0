import type { ChannelNeeds } from "../channels.ts";
import type { Config } from "../settings/config.ts";
import type { Instance } from "../settings/instances.ts";
import { shardTexts } from "../settings/shard.ts";
import type { ScheduleTarget, WorkflowSettings } from "../settings/workflow-settings.ts";
import { environmentText } from "./environment.ts";
import { forgeName } from "./forge-name.ts";
import { publishJobText } from "./pages.ts";
import type { Trigger } from "./schedule.ts";
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
  readonly config: Pick<Config, "schedule" | "workflow" | "shards" | "mail" | "dashboard">;
  readonly needs: ChannelNeeds;
  /** Those that are served. */
  readonly servers: readonly Instance[];
}): string {
  const { workflow, shards, mail } = config;
  const { target } = config.schedule;
  const forge = forgeName(target);
  const isGithub = !workflow.namesServers;
  const publishes = config.dashboard.pages && isGithub;
  const axes = { instance: servers.length > 1, shard: shards > 1 };
  return `${marker}
name: Partwatch

on:
${scheduleText(triggers, target)}  # A monitor that was added or changed is checked right away.
  push:
    branches: [${quoted(workflow.branch)}]
    paths: ["monitors/**", "partwatch.yaml"]
${DISPATCH}${isGithub ? REPOSITORY_DISPATCH : ""}
# No permissions but those that a job asks for.
permissions: {}

# Scheduled runs wait for each other. A run started by hand does not wait:
# of waiting runs ${forge} keeps only the newest. Two runs at once cannot overwrite each other's state.
concurrency:
  group: partwatch-\${{ endsWith(github.event_name, '_dispatch') && github.run_id || 'due' }}

jobs:
  check:
    name: Check what is due${matrixName(axes)}
${matrixText(axes, { servers, shards })}${jobText(workflow)}    permissions:
      contents: write # records what was sent on the state branch
${needs.issues ? ISSUES : ""}${publishes && axesOf(axes).length === 0 ? OUTPUTS : ""}    steps:
      - name: Check out the monitors
        uses: ${usesText(workflow.checkout)}
        with:
          persist-credentials: false # ${isGithub ? "state is committed through the API" : "the push of the state gets the token for itself"}
${stepsText(workflow.stepsBefore, 6)}      - name: Check, notify and record
${publishes ? "        id: check\n" : ""}        uses: ${usesText(workflow.action)}
        with:
          command: run
          # Empty unless the run was started by hand.${isGithub ? " What a repository_dispatch asks for is read from its event file." : ""}
          monitors: \${{ inputs.monitor }}
          force: \${{ inputs.force }}
          dry-run: \${{ inputs.dry_run }}
          accept-state: \${{ inputs.accept_state }}
          test-mail: \${{ inputs.test_mail }}
${axesOf(axes)
  .map((axis) => `          ${axis}: \${{ matrix.${axis} }}\n`)
  .join("")}        env:
${environmentText({ servers, mail, variables: needs.variables, perServer: axes.instance })}${publishes ? publishJobText(workflow, { isOneJob: axesOf(axes).length === 0 }) : ""}`;
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

/** Ordinary runs that share the monitors; each commits its own results. */
function matrixText(
  { instance, shard }: Axes,
  { servers, shards }: { readonly servers: readonly Instance[]; readonly shards: number },
): string {
  if (!instance && !shard) return "";
  const labels = servers.map(({ label }) => quoted(label)).join(", ");
  const parts = shardTexts(shards).map(quoted).join(", ");
  return [
    "# Each job checks its own monitors; one that fails does not stop the others.",
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
        description: Ids of the monitors to check, separated by commas; empty for all that are due
        type: string
        default: ""
      force:
        description: Notify even if nothing changed
        type: boolean
        default: false
      dry_run:
        description: Send and record nothing
        type: boolean
        default: false
      test_mail:
        description: Check no list, but examine the setup and send a test mail to the admins
        type: boolean
        default: false
      accept_state:
        description: Go on with the state branch as it is, where it is refused as gone, set back, or another folder's
        type: boolean
        default: false
`;

/** GitHub's alone; elsewhere whoever changes stock starts the workflow by the API, with the input monitor. */
const REPOSITORY_DISPATCH = `  # Stock has just changed. client_payload: { "monitors": [ids] } or { "parts": [pks or IPNs] }; neither for all that are due.
  repository_dispatch:
    types: [partwatch-check]
`;

const OUTPUTS = `    outputs:
      checked: \${{ steps.check.outputs.checked }}
`;

const ISSUES = "      issues: write # opens, updates and closes the issues of lists that have this channel\n";

function scheduleText(triggers: readonly Trigger[], target: ScheduleTarget): string {
  if (triggers.length === 0) return "";
  const text = target === "gitea" || target === "forgejo" ? zonedTriggerText : triggerText;
  return `  # When ${forgeName(target)} starts a run. The run itself decides which monitors are due.\n  schedule:\n${triggers.map((trigger) => commentsOf(trigger) + text(trigger)).join("")}`;
}

function commentsOf({ reasons }: Trigger): string {
  return reasons.map((reason) => `    # ${reason}\n`).join("");
}

/** `timezone:` is silently ignored there; the cron itself names the zone. */
function zonedTriggerText({ cron, zone }: Trigger): string {
  return `    - cron: ${quoted(zone === null ? cron : `TZ=${zone} ${cron}`)}\n`;
}

function triggerText({ cron, zone }: Trigger): string {
  const timezone = zone === null ? "" : `      timezone: ${quoted(zone)}\n`;
  return `    - cron: ${quoted(cron)}\n${timezone}`;
}

function jobText({ condition, runsOn, environment, timeoutMinutes, namesServers }: WorkflowSettings): string {
  return [
    ...(condition === null ? [] : [`if: ${quoted(condition)}`]),
    `runs-on: ${runnerText(runsOn)}`,
    ...(environment === null || namesServers ? [] : [`environment: ${quoted(environment)}`]),
    `timeout-minutes: ${timeoutMinutes}`,
  ]
    .map((line) => `    ${line}\n`)
    .join("");
}
