import { resolve } from "node:path";
import { isDebug, notice } from "@actions/core";
import { type FailOn, failsOn } from "../app/fail-on.ts";
import { isRed } from "../app/failures.ts";
import type { RunOrder, Which } from "../app/order.ts";
import { type RunResult, run } from "../app/run.ts";
import { type RunJson, runJson } from "../app/run-json.ts";
import { renderOverview, renderReports } from "../app/run-text.ts";
import { failureOf } from "../core/failure.ts";
import type { Problem } from "../core/problem.ts";
import { annotate } from "../github/annotations.ts";
import { type GithubEvent, readEvent } from "../github/event.ts";
import { createLog } from "../system/log.ts";
import { endOnSignal, endSoon } from "../system/signals.ts";
import { wire } from "../wire.ts";
import { openCheckout } from "../wire-checkout.ts";
import type { ActionCommand } from "./command.ts";
import { type ActionContext, actionContext, folderInWorkspace } from "./context.ts";
import { type Heed, inGroup, say } from "./group.ts";
import type { Inputs } from "./inputs.ts";
import { setBrokenOutputs, setOutputs } from "./outputs.ts";
import { maskFurther } from "./secrets.ts";
import { writeSummary } from "./summary.ts";
import { brokenSummary, runSummary } from "./summary-run.ts";

/**
 * Checks what is due or was asked for, tells, and remembers on the state branch through GitHub's API. What keeps a run from
 * beginning is thrown on, after summary and outputs say it.
 */
export async function runDue(command: ActionCommand): Promise<void> {
  const context = actionContext(command.env);
  try {
    const event = await readEvent(command.env);
    const order = orderOf(command, context, event);
    if (order.dryRun && !command.inputs.dryRun)
      notice("This is not the default branch: a dry run. Nobody is told, nothing is remembered.");
    const { result, json } = await inGroup("Log of the run", (heed) =>
      check(command, { context, order, event, isDefault: isDefaultBranch(context, event), heed }),
    );
    await present(result, { context, order, json, inputs: command.inputs });
  } catch (error) {
    const failure = failureOf(error);
    await writeSummary(context.summaryPath, brokenSummary(failure.message));
    setBrokenOutputs(failure);
    throw error;
  }
}

const CLOSING_MS = 300;

interface Told {
  readonly result: RunResult;
  readonly json: RunJson;
}

async function check(
  { inputs, env, secrets, clock }: ActionCommand,
  {
    context,
    order,
    event,
    isDefault,
    heed,
  }: {
    readonly context: ActionContext;
    readonly order: RunOrder;
    readonly event: GithubEvent;
    readonly isDefault: boolean;
    readonly heed: Heed;
  },
): Promise<Told> {
  const log = createLog({
    format: inputs.logFormat,
    level: isDebug() ? "debug" : "info",
    write: say,
    now: clock.now,
    secrets,
  });
  const root = resolve(inputs.root);
  const { pullRequest } = event;
  const wired = await wire({
    root,
    env,
    log,
    clock,
    ending: endOnSignal(),
    github: { ...context, token: inputs.token, isDefaultBranch: isDefault },
    needs: {
      inventree: true,
      mail: order.dryRun ? "pretend" : "send",
      ...(order.instance === undefined ? {} : { instance: order.instance }),
    },
    ...(pullRequest === undefined ? {} : { trusted: await openCheckout(root).serversBefore(pullRequest) }),
  });
  let hasEnded = false;
  heed(() => maskFurther(wired.secrets, secrets));
  try {
    const result = await run(wired.deps, order);
    hasEnded = result.ended !== null;
    return { result, json: runJson(result, wired.spent()) };
  } finally {
    // What still waits for an answer would keep everything waiting.
    await (hasEnded ? Promise.race([wired.close(), clock.sleep(CLOSING_MS)]) : wired.close());
    if (hasEnded) endSoon();
  }
}

/** Log, annotations, summary, outputs, exit code: whoever looks at one of them sees what happened. */
async function present(
  result: RunResult,
  of: {
    readonly context: ActionContext;
    readonly order: RunOrder;
    readonly json: RunJson;
    readonly inputs: Inputs;
  },
): Promise<void> {
  const { context, order, json, inputs } = of;
  const terminal = { columns: 120, color: false };
  if (result.outcomes.some(({ kind }) => kind === "checked"))
    await inGroup("Reports", () => {
      for (const report of renderReports(result, terminal)) say(`${report}\n`);
    });
  await inGroup("Overview", () => say(renderOverview(result, terminal)));
  const unwanted = unwantedIn(result, inputs.failOn);
  const failures = [...result.failures.map((message) => ({ message })), ...unwanted];
  annotate([...failures, ...result.read.problems], {
    folder: folderInWorkspace(resolve(inputs.root), context),
    memory: context.annotatedPath,
  });
  await writeSummary(context.summaryPath, runSummary(result, order));
  setOutputs(result, json);
  if (isRed(result) || unwanted.length > 0) process.exitCode = 1;
}

/** A shortage is no failure, unless the input fail-on says so: then the step says why it is red. */
function unwantedIn({ outcomes }: RunResult, failOn: FailOn | undefined): readonly Problem[] {
  const fails = failsOn(failOn);
  const names = outcomes.flatMap((outcome) =>
    outcome.kind === "checked" && fails(outcome.checked.report) ? [outcome.selected.monitor.id] : [],
  );
  if (failOn === undefined || names.length === 0) return [];
  const what = failOn === "short" ? "Parts are short" : "Parts are short or critical";
  return [{ message: `${what}, and fail-on is ${failOn}: ${names.join(", ")}.` }];
}

function orderOf({ inputs, clock }: ActionCommand, context: ActionContext, event: GithubEvent): RunOrder {
  const elsewhere = !isDefaultBranch(context, event) && !inputs.anyBranch;
  return {
    ...inputs.scope,
    which: whichOf(inputs, event),
    force: inputs.force,
    dryRun: inputs.dryRun || elsewhere,
    now: clock.now(),
    ...(context.runUrl === undefined ? {} : { runUrl: context.runUrl }),
  };
}

function whichOf({ monitors, all }: Inputs, { payload }: GithubEvent): Which {
  if (monitors.length > 0) return { kind: "monitors", ids: monitors };
  if (payload.parts.length > 0) return { kind: "reaching", parts: payload.parts, ids: payload.monitors };
  if (payload.monitors.length > 0) return { kind: "monitors", ids: payload.monitors };
  return all ? { kind: "all" } : { kind: "due" };
}

/** Events that do not say which branch is the default one happen only there. */
function isDefaultBranch({ refName, refType }: ActionContext, event: GithubEvent): boolean {
  if (event.pullRequest !== undefined || event.name.startsWith("pull_request")) return false;
  return event.defaultBranch === undefined || (refType === "branch" && refName === event.defaultBranch);
}
