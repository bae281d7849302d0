import { resolve } from "node:path";
import * as core from "@actions/core";
import { generate } from "../app/generate.ts";
import { formatProblem } from "../core/problem.ts";
import { annotate } from "../github/annotations.ts";
import { readMonitors } from "../monitors/read.ts";
import { actionContext } from "./context.ts";
import type { Inputs } from "./inputs.ts";
import { problemsSummary, staleSummary, writeSummary } from "./summary.ts";

/** Compares the workflows with the monitors; a stale one is shown as a patch. */
export async function checkWorkflows(inputs: Inputs, env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const root = resolve(inputs.root);
  const { monitors, config, problems: found } = await readMonitors({ root });
  const { diffs, problems } = await generate({ root, check: true, monitors, config, problems: found });
  for (const problem of problems) core.info(formatProblem(problem));
  annotate(problems);
  for (const [path, diff] of diffs) {
    core.error(
      "is not what the monitors say. Run `npx partwatch generate` and commit the result; the step summary has the patch.",
      { title: "Stale workflow", file: path },
    );
    core.info(diff);
  }
  const errors = problems.filter((problem) => problem.severity !== "warning");
  const parts = errors.length > 0 ? problemsSummary(problems, monitors.length) : staleSummary(diffs);
  await writeSummary(actionContext(env).summaryPath, parts);
  core.setOutput("failed", errors.length + diffs.size);
  if (errors.length + diffs.size > 0) process.exitCode = 1;
}
