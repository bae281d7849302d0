import type { ChannelNeeds } from "./channels.ts";
import type { Config } from "./config.ts";
import type { Trigger } from "./workflow-schedule.ts";
import type { WorkflowSettings } from "./workflow-settings.ts";
import { quoted, runnerText, stepsText, usesText } from "./workflow-yaml.ts";

/** The workflow that checks what is due: its text, byte for byte the same for the same settings and triggers. */
export function runWorkflowText({
  marker,
  triggers,
  config,
  needs,
}: {
  readonly marker: string;
  readonly triggers: readonly Trigger[];
  readonly config: Pick<Config, "workflow">;
  readonly needs: ChannelNeeds;
}): string {
  const { workflow } = config;
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
    name: Check what is due
${jobText(workflow)}    permissions:
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
        env:
${[...ENVIRONMENT, ...needs.variables.map(secret)].map(([name, value]) => `          ${name}: \${{ ${value} }}\n`).join("")}`;
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

// Secrets by name. What is no secret may stand in the repository's variables or, like the rest, in its secrets.
const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ...["INVENTREE_URL"].map(either),
  ...["INVENTREE_API_TOKEN"].map(secret),
  ...["EMAIL_SMTP_SERVER", "EMAIL_SMTP_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "EMAIL_USERNAME"].map(either),
  ...["EMAIL_PASSWORD"].map(secret),
  ...["EMAIL_SENDER_ADDRESS", "ADMIN_EMAIL_RECIPIENTS", "GLOBAL_EMAIL_NOTIFICATIONS_ENABLED"].map(either),
];

const ISSUES = "      issues: write # opens, updates and closes the issues of lists that have this channel\n";

function either(name: string): readonly [string, string] {
  return [name, `vars.${name} || secrets.${name}`];
}

function secret(name: string): readonly [string, string] {
  return [name, `secrets.${name}`];
}

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
