import { resolve } from "node:path";
import { isDebug, notice } from "@actions/core";
import { type FailOn, failsOn } from "../app/run/fail-on.ts";
import { allFailures, isRed } from "../app/run/failures.ts";
import { type RunJson, runJson } from "../app/run/json.ts";
import { run } from "../app/run/run.ts";
import type { MonitorSelection, RunRequest } from "../app/run/run-request.ts";
import type { RunResult } from "../app/run/run-result.ts";
import { renderOverview, renderReports } from "../app/run/text.ts";
import { failureOf } from "../core/failure.ts";
import type { Problem } from "../core/problem.ts";
import { defined } from "../core/records.ts";
import { annotate } from "../github/annotations.ts";
import { type GithubEvent, readEvent } from "../github/event.ts";
import { createLog } from "../system/log.ts";
import { endOnSignal, endSoon } from "../system/signals.ts";
import { openCheckout } from "../wire/checkout.ts";
import { type Heartbeat, openHeartbeat } from "../wire/heartbeat.ts";
import { wire } from "../wire/run.ts";
import type { ActionCommand } from "./command.ts";
import { type ActionContext, actionContext, annotationRoom, folderInWorkspace } from "./context.ts";
import { inGroup, print, type WithCommands } from "./group.ts";
import type { Inputs } from "./inputs.ts";
import { setBrokenOutputs, setOutputs } from "./outputs.ts";
import { maskFurther } from "./secrets.ts";
import { writeSummary } from "./summary.ts";
import { brokenSummary, fixesIn, isUnset, runSummary } from "./summary-run.ts";

/**
 * Checks what is due or was asked for, notifies, and records on the state branch through GitHub's API. Errors that keep a run
 * from starting are thrown on, after they are in summary and outputs.
 */
export async function runDue(command: ActionCommand): Promise<void> {
  const context = actionContext(command.env);
  try {
    const event = await readEvent(command.env);
    const order = orderOf(command, context, event);
    if (order.dryRun && !command.inputs.dryRun)
      notice("This is not the default branch: a dry run. Nobody is notified and nothing is recorded.");
    const { result, json } = await inGroup("Log of the run", (withCommands) =>
      check(command, { context, order, event, isDefault: isDefaultBranch(context, event), withCommands }),
    );
    await present(result, { context, order, json, inputs: command.inputs });
  } catch (error) {
    const failure = failureOf(error);
    await writeSummary(context.summaryPath, brokenSummary(failure, context.settingsUrl));
    if (context.forge !== "github" && isUnset(failure))
      print(`Secrets and variables are set at ${context.settingsUrl}; then run the workflow again.`);
    setBrokenOutputs(failure);
    throw error;
  }
}

const CLOSING_MS = 300;

interface NotifiedCounts {
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
    withCommands,
  }: {
    readonly context: ActionContext;
    readonly order: RunRequest;
    readonly event: GithubEvent;
    readonly isDefault: boolean;
    readonly withCommands: WithCommands;
  },
): Promise<NotifiedCounts> {
  const log = createLog({
    format: inputs.logFormat,
    level: isDebug() ? "debug" : "info",
    write: print,
    now: clock.now,
    secrets,
  });
  const root = resolve(inputs.root);
  const { pullRequest } = event;
  const ending = endOnSignal();
  const heartbeat = openHeartbeat({ log, clock, ending });
  const wired = await wire({
    root,
    env,
    log,
    clock,
    ending,
    acceptState: inputs.acceptState,
    github: { ...context, token: inputs.token, isDefaultBranch: isDefault },
    needs: {
      inventree: true,
      mail: order.dryRun ? "pretend" : "send",
      ...defined({ instance: order.instance }),
    },
    ...(pullRequest === undefined ? {} : { trusted: await openCheckout(root).serversBefore(pullRequest) }),
    onSettings: (found) => {
      // A check of a named list says nothing about the schedule; a pull request may have put its own server there.
      const isScheduled = order.which.kind === "due" || order.which.kind === "all";
      if (!order.dryRun && isScheduled && pullRequest === undefined)
        heartbeat.begin({ ...found, secrets: [...found.secrets, ...secrets] });
    },
  }).catch((error: unknown) => endedBy(error, heartbeat));
  let hasEnded = false;
  withCommands(() => maskFurther(wired.secrets, secrets));
  try {
    const result = await run(wired.deps, order);
    hasEnded = result.ended !== null;
    await heartbeat.end(allFailures(result));
    return { result, json: runJson(result, wired.spent()) };
  } catch (error) {
    return await endedBy(error, heartbeat);
  } finally {
    // Whatever still waits for an answer would keep the process alive.
    await (hasEnded ? Promise.race([wired.close(), clock.sleep(CLOSING_MS)]) : wired.close());
    if (hasEnded) endSoon();
  }
}

/** Reports to the heartbeat server why there was no run, and throws that on. */
async function endedBy(error: unknown, heartbeat: Heartbeat): Promise<never> {
  await heartbeat.end([failureOf(error).message]);
  throw error;
}

/** Log, annotations, summary, outputs, exit code: each of them shows what happened. */
async function present(
  result: RunResult,
  options: {
    readonly context: ActionContext;
    readonly order: RunRequest;
    readonly json: RunJson;
    readonly inputs: Inputs;
  },
): Promise<void> {
  const { context, order, json, inputs } = options;
  const terminal = { columns: 120, color: false };
  if (result.outcomes.some(({ kind }) => kind === "checked"))
    await inGroup("Reports", () => {
      for (const report of renderReports(result, terminal)) print(`${report}\n`);
    });
  await inGroup("Overview", () => print(renderOverview(result, terminal)));
  const fixes = fixesIn(result.outcomes);
  // Nobody sees a summary there.
  if (context.forge !== "github" && fixes.length > 0)
    await inGroup("What to do", () => print(fixes.map(({ title, fix }) => `${title}. ${fix}`).join("\n")));
  const unwanted = unwantedIn(result, inputs.failOn);
  const failures = [...result.failures.map((message) => ({ message })), ...unwanted];
  annotate([...failures, ...result.read.problems], {
    folder: folderInWorkspace(resolve(inputs.root), context),
    memory: context.annotatedPath,
    ...annotationRoom(context),
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

function orderOf({ inputs, clock }: ActionCommand, context: ActionContext, event: GithubEvent): RunRequest {
  const elsewhere = !isDefaultBranch(context, event) && !inputs.anyBranch;
  return {
    ...inputs.scope,
    which: whichOf(inputs, event),
    force: inputs.force,
    dryRun: inputs.dryRun || elsewhere,
    acceptState: inputs.acceptState,
    now: clock.now(),
    ...defined({ runUrl: context.runUrl }),
  };
}

function whichOf({ monitors, all }: Inputs, { payload }: GithubEvent): MonitorSelection {
  if (monitors.length > 0) return { kind: "monitors", ids: monitors };
  if (payload.parts.length > 0) return { kind: "reaching", parts: payload.parts, ids: payload.monitors };
  if (payload.monitors.length > 0) return { kind: "monitors", ids: payload.monitors };
  return all ? { kind: "all" } : { kind: "due" };
}

/** Events that do not name the default branch happen only on it. */
function isDefaultBranch({ refName, refType }: ActionContext, event: GithubEvent): boolean {
  if (event.pullRequest !== undefined || event.name.startsWith("pull_request")) return false;
  return event.defaultBranch === undefined || (refType === "branch" && refName === event.defaultBranch);
}
