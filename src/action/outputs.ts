import { setOutput } from "@actions/core";
import type { MonitorJson, RunJson } from "../app/run/json.ts";
import type { RunResult } from "../app/run/run-result.ts";
import type { Failure } from "../core/failure.ts";
import { isError } from "../core/problem.ts";
import { jsonText } from "../core/text/foreign-text.ts";

/** GitHub takes 1 MB of outputs per job, counted in UTF-16; other steps may need some of it. */
const MOST_CHARACTERS = 400_000;

/** Sets the action's outputs; see action.yml. */
export function setOutputs(result: RunResult, json: RunJson): void {
  const checked = result.outcomes.flatMap((outcome) => (outcome.kind === "checked" ? [outcome] : []));
  const accepted = checked.filter(({ notifications }) =>
    notifications.deliveries.some(({ outcome }) => outcome.kind === "accepted"),
  );
  const short = checked.reduce((sum, { checked: { report } }) => sum + report.summary.short, 0);
  const errors = result.read.problems.filter(isError);
  const files = new Set(errors.map(({ file, path }) => file ?? path));
  const ids = json.monitors.flatMap(({ deliveries }) =>
    deliveries.flatMap(({ channel, ref }) => (channel === "email" && ref !== null ? [ref] : [])),
  );
  setOutput("checked", checked.length);
  setOutput("notified", accepted.length);
  setOutput("short", short);
  setOutput("failed", result.failures.length + files.size);
  setOutput("report-json", fitting(json));
  // Lists that share a mail share its id.
  setOutput("message-ids", jsonText([...new Set(ids)]));
}

/** For a run that could not start. */
export function setBrokenOutputs(failure: Failure): void {
  const json: RunJson = {
    monitors: [],
    problems: [],
    failures: [failure.message],
    state: { commit: null, conflicts: 0, error: failure.kind === "state" ? failure : null },
    spent: { requests: 0, retries: 0, bytes: 0, milliseconds: 0 },
    times: { server: 0, calculation: 0, mail: 0, state: 0 },
  };
  for (const name of ["checked", "notified", "short"]) setOutput(name, 0);
  setOutput("failed", 1);
  setOutput("report-json", jsonText(json));
  setOutput("message-ids", "[]");
}

/** The least important goes first: the reports, then the recipients, then all but the first monitors. */
function fitting(json: RunJson): string {
  const without = (change: (monitor: MonitorJson) => MonitorJson) => ({ ...json, monitors: json.monitors.map(change) });
  const smaller = [
    () => json,
    () => without((monitor) => ({ ...monitor, report: null })),
    () => without((monitor) => ({ ...monitor, report: null, deliveries: [] })),
    () => ({ ...json, problems: [], monitors: [] }),
  ];
  for (const make of smaller) {
    const text = textOf(make());
    if (text !== undefined) return text;
  }
  return jsonText({ ...json, problems: [], monitors: [], failures: [] });
}

/** undefined if it would be too long: the text of 1,000 reports takes more memory than everything else. */
function textOf(json: RunJson): string | undefined {
  let characters = 0;
  for (const monitor of json.monitors) {
    characters += jsonText(monitor).length;
    if (characters > MOST_CHARACTERS) return undefined;
  }
  const text = jsonText(json);
  return text.length <= MOST_CHARACTERS ? text : undefined;
}
