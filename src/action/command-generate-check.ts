import { resolve } from "node:path";
import { setOutput } from "@actions/core";
import { generate } from "../app/generate.ts";
import { formatProblem, isError, type Problem } from "../core/problem.ts";
import { defined } from "../core/records.ts";
import type { Config } from "../core/settings/config.ts";
import { annotate } from "../github/annotations.ts";
import { readEvent } from "../github/event.ts";
import { openCheckout } from "../wire/checkout.ts";
import type { ActionCommand } from "./command.ts";
import { actionContext, annotationRoom, folderInWorkspace } from "./context.ts";
import { inGroup, print } from "./group.ts";
import { type CloneSteps, cloneSteps, usesOf } from "./running.ts";
import { type StaleFile, staleFiles } from "./stale-file.ts";
import { writeSummary } from "./summary.ts";
import { problemsSummary, staleSummary, staleText } from "./summary-files.ts";

/** Compares the workflows with the monitors; a stale one is reported with its expected text, and how to write it. */
export async function checkWorkflows({ inputs, env, clock }: ActionCommand): Promise<void> {
  const root = resolve(inputs.root);
  const context = actionContext(env);
  const folder = folderInWorkspace(root, context);
  const { pullRequest } = await readEvent(env);
  const read = await openCheckout(root, { action: usesOf(context.action) }).readForWorkflows(clock.now());
  const { diffs, texts, problems } = await generate({ root, check: true, ...read });
  const steps = cloneSteps({ ...context, ...serverOf(read.config.workflow), root: folder });
  const files = staleFiles({ diffs, texts, folder, ...context, pullRequest });
  const stale = files.map((file) =>
    staleProblem(file, { steps, place: context.forge === "github" ? "step summary" : "log" }),
  );
  const errors = problems.filter(isError);
  if (problems.length > 0) await inGroup("Problems", () => print(problems.map(formatProblem).join("\n")));
  if (diffs.size > 0) await inGroup("What is missing in the workflows", () => print([...diffs.values()].join("")));
  // Nobody sees a summary there.
  if (diffs.size > 0 && context.forge !== "github")
    await inGroup("What to do", () => print(staleText({ files, steps })));
  // Warnings are at their lines already: the command validate, which checks pull requests too, has reported them.
  annotate([...stale, ...errors], { folder, memory: context.annotatedPath, ...annotationRoom(context) });
  const summary =
    errors.length > 0 ? problemsSummary(problems, read.monitors.length) : staleSummary({ files, diffs, steps });
  await writeSummary(context.summaryPath, summary);
  setOutput("failed", errors.length + diffs.size);
  if (errors.length + diffs.size > 0) process.exitCode = 1;
}

/** Where the action is loaded from, if that is configured. */
function serverOf({ action }: Config["workflow"]): { readonly serverUrl?: string } {
  return defined({ serverUrl: /^(https?:\/\/[^/]+)\//.exec(action.uses)?.[1] });
}

/** The annotation itself says what to do: many see no more of a run. */
function staleProblem(
  { path, action, url }: StaleFile,
  { steps: { generate }, place }: { readonly steps: CloneSteps; readonly place: string },
): Problem {
  const at = url === undefined ? "" : ` at ${url}`;
  const what = {
    edit: `Replace it${at} by the file in the ${place}`,
    new: `Create it${at} from the ${place}`,
    delete: `Delete it${at}`,
  }[action];
  return { file: path, line: 1, message: `is out of date. ${what}, or run in a clone: ${generate}` };
}
