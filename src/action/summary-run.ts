import { restWords } from "../app/run/describe-delivery.ts";
import type { RunResult } from "../app/run/run-result.ts";
import { failureIn, type MonitorOutcome, outcomeName } from "../app/run/state-delta.ts";
import { nothingChecked } from "../app/run/text.ts";
import type { Failure } from "../core/failure.ts";
import { escaped } from "../core/text/foreign-text.ts";
import { formatFor } from "../core/view/format.ts";
import { markdownText, viewMarkdown } from "../core/view/markdown.ts";
import { textsFor } from "../core/view/texts/texts-for.ts";
import { viewOf } from "../core/view/view.ts";
import { problemList } from "./summary-files.ts";

/** A mail has all rows in its CSV; here more of them would only hide the next report. */
const ROWS = 100;

/**
 * A run: one line per monitor, what failed, files that cannot be used, then the reports. In parts: of many reports, most
 * do not fit.
 */
export function* runSummary(result: RunResult, { dryRun }: { readonly dryRun: boolean }): Generator<string> {
  const { outcomes, failures, read } = result;
  yield "## Partwatch";
  if (dryRun) yield "Dry run: nobody was notified, and nothing was recorded.";
  yield outcomes.length === 0 ? nothingChecked(result) : overview(outcomes);
  yield* failureList(failures);
  yield* fixList(outcomes);
  if (read.problems.length > 0) yield* ["### Files", ...problemList(read.problems)];
  for (const outcome of outcomes) if (outcome.kind === "checked") yield reportOf(outcome);
}

/** A run that could not start; if settings are missing, with the page for setting them. */
export function brokenSummary(failure: Failure, settingsUrl: string): readonly string[] {
  if (!isUnset(failure)) return ["## Partwatch", ...failureList([failure.message])];
  // One line per setting.
  return ["## Partwatch", ...failureList(failure.message.split("\n")), settingsPlace(settingsUrl)];
}

/** Where missing settings are set, as Markdown. */
export function settingsPlace(settingsUrl: string): string {
  return `Secrets and variables are set in [the repository's settings](${settingsUrl}); then run the workflow again.`;
}

/** Whether settings are missing that belong in the repository's secrets and variables. */
export function isUnset({ kind, message }: Failure): boolean {
  return kind === "config" && /^[A-Z_]+: is not set/m.test(message);
}

function failureList(failures: readonly string[]): readonly string[] {
  if (failures.length === 0) return [];
  return [`### Failed\n\n${failures.map(item).join("\n")}`];
}

function fixList(outcomes: readonly MonitorOutcome[]): readonly string[] {
  const items = fixesIn(outcomes).map(({ title, fix }) => `- **${markdownText(title)}.** ${fix}`);
  return items.length === 0 ? [] : [`### What to do\n\n${items.join("\n")}`];
}

/** Incidents of servers with their fixes, as in the admins' mail; once each. */
export function fixesIn(
  outcomes: readonly MonitorOutcome[],
): readonly { readonly title: string; readonly fix: string }[] {
  const { admin } = textsFor(formatFor({ language: "en", timezone: "UTC" }));
  return [...new Map(outcomes.flatMap(incidentsOf))].map(([key, cause]) => ({
    title: admin.title(key),
    fix: admin.usualFix(key, cause),
  }));
}

/** Keys of incidents, each with its cause. */
function incidentsOf(outcome: MonitorOutcome): readonly (readonly [key: string, cause: string])[] {
  if (outcome.kind === "skipped") return [];
  if (outcome.kind === "failed") {
    const { incident, message } = outcome.failure;
    return incident === undefined ? [] : [[`${outcome.selected.monitor.instance}/${incident}`, message]];
  }
  return outcome.notifications.deliveries.some(
    ({ channel, outcome: { kind } }) => channel === "email" && kind === "failed",
  )
    ? [["mail", ""]]
    : [];
}

/** A failure may have several lines, such as YAML to be added: these are kept. */
function item(failure: string): string {
  const [first = "", ...rest] = escaped(failure).split("\n");
  if (rest.length === 0) return `- ${markdownText(first)}`;
  const fence = "`".repeat(Math.max(3, ...[...failure.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return [`- ${markdownText(first)}`, "", fence, ...rest, fence]
    .map((line, at) => (at === 0 ? line : `  ${line}`))
    .join("\n");
}

function overview(outcomes: readonly MonitorOutcome[]): string {
  return `| Monitor | Result | Short | To build | Notified |\n| --- | --- | --: | --: | --- |\n${outcomes.map(row).join("\n")}`;
}

function row(outcome: MonitorOutcome): string {
  const { id, name } = outcome.selected.monitor;
  const checked = outcome.kind === "checked" ? outcome : undefined;
  const { short = "–", to_build = "–" } = checked?.checked.report.summary ?? {};
  const would = checked?.notifications.deliveries.some(({ outcome: delivery }) => delivery.kind === "would_notify");
  const delivered = checked?.notifications.deliveries
    .map(({ channel, outcome: delivery }) => {
      if (would || delivery.kind === "would_notify") return channel;
      return delivery.kind === "accepted"
        ? sentWords(channel, delivery.accepted.length)
        : markdownText(`${channel}${restWords(delivery)}`);
    })
    .join(", ");
  const words = would ? "would notify" : outcomeName(outcome).replace("_", " ");
  const result = failureIn(outcome) === undefined ? words : `**${words}**`;
  const nothing = checked === undefined ? "–" : "nothing to send";
  return `| ${markdownText(name)} (${markdownText(id)}) | ${result} | ${short} | ${to_build} | ${delivered || nothing} |`;
}

/** What was done; never for whom: anybody can read the summaries of a public repository. */
function sentWords(channel: string, recipients: number): string {
  if (channel === "email") return `mail sent to ${recipients} ${recipients === 1 ? "address" : "addresses"}`;
  return channel === "issue" ? "issue written" : `${channel} sent`;
}

function reportOf({
  selected,
  checked,
  notifications,
  startedAt,
}: Extract<MonitorOutcome, { readonly kind: "checked" }>): string {
  const [delivery] = notifications.deliveries;
  const view = viewOf({
    report: checked.report,
    monitor: selected.monitor,
    at: startedAt,
    alerts: checked.alerts,
    episode: notifications.episode ?? selected.state?.episode ?? null,
    ...(delivery === undefined ? {} : { change: delivery.change }),
  });
  return viewMarkdown(view, { rows: ROWS });
}
