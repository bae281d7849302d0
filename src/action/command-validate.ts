import { resolve } from "node:path";
import * as core from "@actions/core";
import { validate } from "../app/validate.ts";
import { formatProblem } from "../core/problem.ts";
import { annotate } from "../github/annotations.ts";
import { readMonitors } from "../monitors/read.ts";
import { renamedSince } from "../system/renames.ts";
import { actionContext } from "./context.ts";
import type { Inputs } from "./inputs.ts";
import { problemsSummary, writeSummary } from "./summary.ts";

/** Checks monitors and settings: annotations at the very lines, all problems in the summary, and the exit code. */
export async function validateFiles(inputs: Inputs, env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const root = resolve(inputs.root);
  const read = await readMonitors({ root });
  // In a pull request the checkout is the merge; its first parent is the base.
  const renames =
    env.GITHUB_EVENT_NAME === "pull_request" ? await renamedSince({ root, commit: "HEAD^1", folder: "monitors" }) : [];
  const problems = validate({ read, renames });
  for (const problem of problems) core.info(formatProblem(problem));
  annotate(problems);
  await writeSummary(actionContext(env).summaryPath, problemsSummary(problems, read.monitors.length));
  const errors = problems.filter((problem) => problem.severity !== "warning").length;
  core.setOutput("failed", errors);
  core.info(`${read.monitors.length} valid monitors, ${errors} problems.`);
  if (errors > 0) process.exitCode = 1;
}
