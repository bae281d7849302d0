import * as core from "@actions/core";
import type { RunResult } from "../app/run.ts";
import type { RunJson } from "../app/run-json.ts";

/** GitHub takes 1 MB of outputs a job, counted in UTF-16; other steps may want some of it. */
const MOST_CHARACTERS = 400_000;

/** Sets the action's outputs; see action.yml. */
export function setOutputs(result: RunResult, json: RunJson): void {
  const checked = result.outcomes.flatMap((outcome) => (outcome.kind === "checked" ? [outcome] : []));
  const accepted = checked.filter(({ tellings }) =>
    tellings.deliveries.some(({ outcome }) => outcome.kind === "accepted"),
  );
  core.setOutput("checked", checked.length);
  core.setOutput("told", accepted.length);
  core.setOutput(
    "short",
    checked.reduce((sum, { checked: { report } }) => sum + report.summary.short, 0),
  );
  core.setOutput("failed", result.failures.length);
  core.setOutput("report-json", fitting(json));
  const ids = json.monitors.flatMap(({ told }) =>
    told.flatMap(({ channel, ref }) => (channel === "email" && ref !== null ? [ref] : [])),
  );
  core.setOutput("message-ids", JSON.stringify(ids));
}

function fitting(json: RunJson): string {
  const whole = JSON.stringify(json);
  if (whole.length <= MOST_CHARACTERS) return whole;
  return JSON.stringify({ ...json, monitors: json.monitors.map((monitor) => ({ ...monitor, report: null })) });
}
