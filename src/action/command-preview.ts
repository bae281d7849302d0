import { resolve } from "node:path";
import { isDebug, notice, setOutput } from "@actions/core";
import { changedMonitors } from "../app/preview/changed-monitors.ts";
import { previewChanges } from "../app/preview/changes.ts";
import { FailureError } from "../core/failure.ts";
import type { Log } from "../core/ports.ts";
import { type PreviewFrame, previewBody, takenBackBody } from "../core/preview/body.ts";
import type { Changes, MonitorPreview, PullRequestPreview } from "../core/preview/from-change.ts";
import { own } from "../core/records.ts";
import { DEFAULT_INSTANCE } from "../core/settings/instances.ts";
import { withoutSecrets } from "../core/text/without-secrets.ts";
import { summarize } from "../core/view/report-status.ts";
import { annotate } from "../github/annotations.ts";
import { type GithubEvent, type PullRequestEvent, readEvent } from "../github/event.ts";
import type { CommentWriteResult } from "../github/pull-request-comment.ts";
import { createLog } from "../system/log.ts";
import { openCheckout } from "../wire/checkout.ts";
import { type CommentClient, openComment } from "../wire/comment.ts";
import { wire } from "../wire/run.ts";
import type { ActionCommand } from "./command.ts";
import { type ActionContext, actionContext, annotationRoom, folderInWorkspace } from "./context.ts";
import { inGroup, print, type WithCommands } from "./group.ts";
import { maskFurther } from "./secrets.ts";
import { writeSummary } from "./summary.ts";

/**
 * Writes the effect of a pull request into its one comment. External faults (InvenTree, GitHub, a permission) are reported
 * and leave the step green: whether the change is right is the validation's answer. Throws FailureError if the step itself
 * is set up wrong: for another event, without a token or without the base in the checkout.
 */
export async function previewPullRequest(command: ActionCommand): Promise<void> {
  const context = actionContext(command.env);
  const pullRequest = pullRequestOf(await readEvent(command.env));
  if (pullRequest.headRepository?.toLowerCase() !== context.repository.toLowerCase())
    return summarizeAs(
      context,
      "This pull request comes from a fork: there is no preview, and no server is contacted.",
    );
  const { inputs, clock } = command;
  const log = createLog({
    format: inputs.logFormat,
    level: isDebug() ? "debug" : "info",
    write: print,
    now: clock.now,
    secrets: command.secrets,
  });
  const root = resolve(inputs.root);
  const marker = markerOf(folderInWorkspace(root, context));
  const comment = openComment({
    settings: { ...context, token: inputs.token },
    number: pullRequest.number,
    marker,
    log,
    clock,
  });
  const occasion: PreviewContext = { ...command, context, pullRequest, comment, marker, root, log, now: clock.now() };
  const changes = await changesOf(occasion);
  if (isNothing(changes)) return takenBack(occasion);
  const { preview, secrets } = await inGroup("Log of the preview", (withCommands) =>
    previewOf(occasion, { changes, withCommands }),
  );
  // GitHub masks logs, but no comments.
  const body = withoutSecrets(previewBody(preview, frameOf(occasion)), { secrets, shortest: SHORTEST_SECRET });
  const written = await inGroup("Comment", () => occasion.comment.put(body));
  await present(occasion, { preview, body, written });
}

/** Characters: shorter ones would be found in any text. */
const SHORTEST_SECRET = 4;

interface PreviewContext extends ActionCommand {
  readonly context: ActionContext;
  readonly pullRequest: PullRequestEvent & { readonly number: number };
  readonly comment: CommentClient;
  /** Its first line, which readers do not see. */
  readonly marker: string;
  readonly root: string;
  readonly log: Log;
  readonly now: Date;
}

function pullRequestOf({ name, pullRequest }: GithubEvent): PreviewContext["pullRequest"] {
  // Its checkout is the base, next to secrets: there is nothing to preview, and no safe way to fetch the change.
  if (name === "pull_request_target")
    throw misused("The command preview does not work on pull_request_target; start the workflow on: pull_request.");
  const { number } = pullRequest ?? {};
  if (pullRequest === undefined || number === undefined)
    throw misused(`The command preview needs a pull request; start the workflow on: pull_request (this is ${name}).`);
  return { ...pullRequest, number };
}

async function summarizeAs({ summaryPath }: ActionContext, message: string): Promise<void> {
  notice(message);
  await writeSummary(summaryPath, ["## Partwatch: preview", message]);
  setCounts({ checked: 0, short: 0, failed: 0 });
}

/** Each folder with lists has a comment of its own. */
function markerOf(folderInWorkspace: string): string {
  const folder = folderInWorkspace.replaceAll(/[^\w./-]/g, "_");
  return `<!-- partwatch preview${folder === "" ? "" : ` ${folder}`} -->`;
}

function frameOf(occasion: PreviewContext): PreviewFrame {
  return { marker: occasion.marker, commit: occasion.pullRequest.headCommit, at: occasion.now };
}

async function changesOf({ root, pullRequest, now }: PreviewContext): Promise<Changes> {
  const checkout = openCheckout(root);
  const base = await checkout.baseOf(pullRequest);
  if (base === undefined)
    throw misused(
      "The checkout does not have what this pull request would be merged into. Add to actions/checkout: with: { fetch-depth: 2 } (on Gitea and Forgejo: 0)",
    );
  return changedMonitors({ root, commit: base, read: await checkout.read(now), now });
}

function isNothing({ monitors, deleted, broken, config }: Changes): boolean {
  return monitors.length + deleted.length + broken.length === 0 && !config;
}

/** If there is no comment, nothing needs to be withdrawn. */
async function takenBack(occasion: PreviewContext): Promise<void> {
  const found = await inGroup("Comment", () => occasion.comment.find());
  if (found.kind === "found" && found.comment === undefined)
    return summarizeAs(occasion.context, "This pull request changes no monitor: nothing to preview.");
  const body = takenBackBody(frameOf(occasion));
  const written = found.kind === "refused" ? found : await inGroup("Comment", () => occasion.comment.put(body));
  await present(occasion, { body, written });
}

async function previewOf(
  { root, env, log, clock, context, inputs, secrets, now, pullRequest }: PreviewContext,
  { changes, withCommands }: { readonly changes: Changes; readonly withCommands: WithCommands },
): Promise<{ readonly preview: PullRequestPreview; readonly secrets: readonly string[] }> {
  const wired = await wire({
    root,
    env,
    log,
    clock,
    github: { ...context, token: inputs.token, isDefaultBranch: false },
    // A server without settings fails the monitors that need it, and no others.
    needs: { inventree: false, mail: "pretend" },
    trusted: await openCheckout(root).serversBefore(pullRequest),
  });
  withCommands(() => maskFurther(wired.secrets, secrets));
  try {
    const preview = await previewChanges({ deps: wired.deps, changes, now });
    const addresses = [DEFAULT_INSTANCE, ...wired.config.instances].map(({ urlEnv }) => own(env, urlEnv) ?? "");
    return { preview: withoutAddresses(preview, addresses), secrets: [...secrets, ...wired.secrets] };
  } finally {
    await wired.close();
  }
}

/** A server's address may be a secret of the repository, and anybody may read a pull request. */
function withoutAddresses(preview: PullRequestPreview, addresses: readonly string[]): PullRequestPreview {
  const urls = addresses.flatMap((address) => (URL.canParse(address.trim()) ? [new URL(address.trim())] : []));
  const names = urls.flatMap(({ href, host, hostname }) => [href, href.replace(/\/$/, ""), host, hostname]);
  const hide = (message: string) => names.reduce((text, name) => text.replaceAll(name, "InvenTree"), message);
  const monitors = preview.monitors.map((one): MonitorPreview => {
    const { effect } = one;
    return effect?.kind === "failed" ? { ...one, effect: { ...effect, message: hide(effect.message) } } : one;
  });
  return { ...preview, monitors };
}

/** Annotations, summary, outputs: the run shows what the pull request's comment shows. */
async function present(
  { context, root }: PreviewContext,
  options: { readonly preview?: PullRequestPreview; readonly body: string; readonly written: CommentWriteResult },
): Promise<void> {
  const { preview, body, written } = options;
  const monitors = preview?.monitors ?? [];
  const failed = monitors.flatMap(({ change, effect }) =>
    effect?.kind === "failed" ? [{ file: change.monitor.file, message: effect.message }] : [],
  );
  const refused = written.kind === "refused" ? [{ message: written.message }] : [];
  const incident = [...refused, ...failed].map((problem) => ({ ...problem, severity: "warning" as const }));
  annotate(incident, {
    folder: folderInWorkspace(root, context),
    memory: context.annotatedPath,
    ...annotationRoom(context),
  });
  await writeSummary(context.summaryPath, [body]);
  // Elsewhere nobody sees a summary; and what could not be commented has to be shown somewhere.
  if (context.forge !== "github" || written.kind === "refused") await inGroup("Preview", () => print(body));
  const reports = monitors.flatMap(({ effect }) => (effect?.kind === "checked" ? [effect.report] : []));
  const short = reports.reduce((sum, report) => sum + summarize(report).short, 0);
  setCounts({ checked: reports.length, short, failed: incident.length });
  if (written.kind !== "refused") print(`The comment is ${written.kind}.`);
}

function setCounts(counts: { readonly checked: number; readonly short: number; readonly failed: number }): void {
  setOutput("checked", counts.checked);
  setOutput("short", counts.short);
  setOutput("failed", counts.failed);
}

function misused(message: string): FailureError {
  return new FailureError({ kind: "config", retryable: false, message });
}
