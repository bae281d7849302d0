import type { Runner } from "./generated/config.ts";
import type { ActionReference } from "./workflow-settings.ts";
import { runnerText, usesText } from "./workflow-yaml.ts";

/** The workflow that validates pull requests, those of forks too: its text, byte for byte the same for the same settings. */
export function pullRequestWorkflowText({
  marker,
  runsOn,
  checkout,
  action,
}: {
  readonly marker: string;
  readonly runsOn: Runner;
  readonly checkout: ActionReference;
  readonly action: ActionReference;
}): string {
  return `${marker}
name: Partwatch pull request

on:
  pull_request:
    paths: ["monitors/**", "partwatch.yaml", ".github/workflows/partwatch*.yml"]

# Nothing is granted but what a job asks for.
permissions: {}

# Only the newest state of a pull request matters.
concurrency:
  group: partwatch-pull-request-\${{ github.event.pull_request.number }}
  cancel-in-progress: true

jobs:
  validate:
    name: Validate the monitors
    runs-on: ${runnerText(runsOn)}
    timeout-minutes: 10
    permissions:
      contents: read # checks out the pull request; no secret is needed, so forks are served as well
    steps:
      - name: Check out the pull request
        uses: ${usesText(checkout)}
        with:
          persist-credentials: false
          fetch-depth: 2 # the base as well: a renamed monitor is noticed
      - name: Validate monitors and settings
        uses: ${usesText(action)}
        with:
          command: validate
      - name: Compare the workflows with the monitors
        if: \${{ !cancelled() }}
        uses: ${usesText(action)}
        with:
          command: generate-check
`;
}
