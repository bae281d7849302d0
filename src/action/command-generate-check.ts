import { resolve } from "node:path";
import { setOutput } from "@actions/core";
import { generate } from "../app/generate.ts";
import { formatProblem, type Problem } from "../core/problem.ts";
import { annotate } from "../github/annotations.ts";
import { readEvent } from "../github/event.ts";
import { openCheckout } from "../wire-checkout.ts";
import type { ActionCommand } from "./command.ts";
import { type ActionContext, actionContext, folderInWorkspace } from "./context.ts";
import { inGroup, say } from "./group.ts";
import { writeSummary } from "./summary.ts";
import { problemsSummary, staleSummary } from "./summary-files.ts";

/** Compares the workflows with the monitors; a stale one is told with the command that mends it, and shown as a patch. */
export async function checkWorkflows({ inputs, env, clock }: ActionCommand): Promise<void> {
  const root = resolve(inputs.root);
  const context = actionContext(env);
  const { pullRequest } = await readEvent(env);
  const read = await openCheckout(root).read(clock.now());
  const { diffs, texts, problems } = await generate({ root, check: true, ...read });
  const command = generateCommand(context);
  const stale = [...diffs.keys()].map((file) => staleProblem(file, command));
  const errors = problems.filter((problem) => problem.severity !== "warning");
  if (problems.length > 0) await inGroup("Problems", () => say(problems.map(formatProblem).join("\n")));
  if (diffs.size > 0) await inGroup("What the workflows lack", () => say([...diffs.values()].join("")));
  // What is unwise stands at its line already: the command validate, which pull requests are checked by too, has said it.
  annotate([...stale, ...errors], { folder: folderInWorkspace(root, context) });
  const summary =
    errors.length > 0
      ? problemsSummary(problems, read.monitors.length)
      : staleSummary({ diffs, texts, command }, { context, pullRequest });
  await writeSummary(context.summaryPath, summary);
  setOutput("failed", errors.length + diffs.size);
  if (errors.length + diffs.size > 0) process.exitCode = 1;
}

function staleProblem(file: string, command: string): Problem {
  const message = `is not what the monitors say. Run \`${command}\` and commit the result, or take the patch in the step summary.`;
  return { file, line: 1, message };
}

/** What somebody types in a clone. The action's own commit writes the same bytes that it compares with. */
function generateCommand({ action, serverUrl }: ActionContext): string {
  if (action === undefined || !/^[\w.-]+\/[\w.-]+$/.test(action.repository) || !/^[\w./-]+$/.test(action.ref))
    return "node bin/partwatch.cjs generate";
  const { repository, ref } = action;
  const at = serverUrl === "https://github.com" ? `github:${repository}` : `git+${serverUrl}/${repository}.git`;
  return `npx --yes "${at}#${ref}" generate`;
}
