import { resolve } from "node:path";
import * as core from "@actions/core";
import { failsOn } from "../app/fail-on.ts";
import { isRed } from "../app/failures.ts";
import type { RunOrder, Which } from "../app/order.ts";
import { run } from "../app/run.ts";
import { runJson } from "../app/run-json.ts";
import { annotate } from "../github/annotations.ts";
import { type GithubEvent, readEvent } from "../github/event.ts";
import { createLog } from "../system/log.ts";
import { wire } from "../wire.ts";
import { type ActionContext, actionContext } from "./context.ts";
import type { Inputs } from "./inputs.ts";
import { setOutputs } from "./outputs.ts";
import { runSummary, writeSummary } from "./summary.ts";

/** Checks what is due or was asked for, tells, and remembers on the state branch through GitHub's API. */
export async function runDue(inputs: Inputs, env: Readonly<Record<string, string | undefined>>): Promise<void> {
  for (const name of ["INVENTREE_API_TOKEN", "EMAIL_PASSWORD"]) if (env[name]) core.setSecret(env[name]);
  const context = actionContext(env);
  const event = await readEvent(env);
  const order = orderOf(inputs, context, event);
  const log = createLog({
    format: inputs.logFormat,
    level: core.isDebug() ? "debug" : "info",
    write: (line) => void process.stdout.write(line),
    now: () => new Date(),
    secrets: [inputs.token, env.INVENTREE_API_TOKEN ?? "", env.EMAIL_PASSWORD ?? ""],
  });
  const wired = await wire({
    root: resolve(inputs.root),
    env,
    log,
    github: { ...context, token: inputs.token, isDefaultBranch: isDefaultBranch(context, event) },
    needs: { inventree: true, mail: order.dryRun ? "pretend" : "send" },
  });
  try {
    core.startGroup("Log of the run");
    const result = await run(wired.deps, order).finally(() => core.endGroup());
    annotate([...result.read.problems, ...result.failures.map((message) => ({ message }))]);
    await writeSummary(context.summaryPath, runSummary(result));
    setOutputs(result, runJson(result, wired.spent()));
    const reports = result.outcomes.flatMap((outcome) => (outcome.kind === "checked" ? [outcome.checked.report] : []));
    if (isRed(result) || reports.some(failsOn(inputs.failOn))) process.exitCode = 1;
  } finally {
    await wired.close();
  }
}

function orderOf(inputs: Inputs, context: ActionContext, event: GithubEvent): RunOrder {
  const elsewhere = !isDefaultBranch(context, event) && !inputs.anyBranch;
  if (elsewhere && !inputs.dryRun)
    core.notice(`This is not the default branch: a dry run. Nobody is told, nothing is remembered.`);
  return {
    which: whichOf(inputs, event),
    force: inputs.force,
    dryRun: inputs.dryRun || elsewhere,
    now: new Date(),
    ...(context.runUrl === undefined ? {} : { runUrl: context.runUrl }),
  };
}

function whichOf({ monitors, all }: Inputs, { payload }: GithubEvent): Which {
  if (monitors.length > 0) return { kind: "monitors", ids: monitors };
  if (payload.parts.length > 0) return { kind: "reaching", parts: payload.parts, ids: payload.monitors };
  if (payload.monitors.length > 0) return { kind: "monitors", ids: payload.monitors };
  return all ? { kind: "all" } : { kind: "due" };
}

/** Events that do not say which branch is the default one run only there (schedule, repository_dispatch). */
function isDefaultBranch({ refName, refType }: ActionContext, { defaultBranch, name }: GithubEvent): boolean {
  if (name === "pull_request" || name === "pull_request_target") return false;
  return defaultBranch === undefined || (refType === "branch" && refName === defaultBranch);
}
