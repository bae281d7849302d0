import { resolve } from "node:path";
import { setOutput } from "@actions/core";
import { validate } from "../app/validate.ts";
import { formatProblem, isError } from "../core/problem.ts";
import { annotate } from "../github/annotations.ts";
import { readEvent } from "../github/event.ts";
import { openCheckout } from "../wire/checkout.ts";
import type { ActionCommand } from "./command.ts";
import { actionContext, annotationRoom, folderInWorkspace } from "./context.ts";
import { inGroup, print } from "./group.ts";
import { usesOf } from "./running.ts";
import { writeSummary } from "./summary.ts";
import { problemsSummary } from "./summary-files.ts";

/** Checks monitors and settings: annotations at the lines, all problems in the summary, and the exit code. */
export async function validateFiles({ inputs, env, clock }: ActionCommand): Promise<void> {
  const root = resolve(inputs.root);
  const context = actionContext(env);
  const { pullRequest } = await readEvent(env);
  const checkout = openCheckout(root, { action: usesOf(context.action) });
  const read = await checkout.readForWorkflows(clock.now());
  const base = pullRequest === undefined ? undefined : await checkout.baseOf(pullRequest);
  const renames = base === undefined ? [] : await checkout.renamedSince(base);
  const problems = validate({ root, read, renames, template: await checkout.templateProblems(read.config) });
  const errors = problems.filter(isError).length;
  if (problems.length > 0) await inGroup("Problems", () => print(problems.map(formatProblem).join("\n")));
  annotate(problems, {
    folder: folderInWorkspace(root, context),
    memory: context.annotatedPath,
    ...annotationRoom(context),
  });
  await writeSummary(context.summaryPath, problemsSummary(problems, read.monitors.length));
  setOutput("failed", errors);
  print(`Valid monitors: ${read.monitors.length}. Problems: ${errors}.`);
  if (errors > 0) process.exitCode = 1;
}
