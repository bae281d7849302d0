import { failureIn, type MonitorOutcome, outcomeName } from "../app/remember.ts";
import type { RunResult } from "../app/run.ts";
import { nothingChecked } from "../app/run-text.ts";
import { escaped } from "../core/foreign-text.ts";
import { markdownText, viewMarkdown } from "../core/view/markdown.ts";
import { viewOf } from "../core/view/view.ts";
import { problemList } from "./summary-files.ts";

/** A mail has all rows in its CSV; here more of them would only hide the next report. */
const ROWS = 100;

/**
 * A run: one line per monitor, what failed, files that cannot be used, then the reports. Part by part: of many reports, most
 * have no room.
 */
export function* runSummary(result: RunResult, { dryRun }: { readonly dryRun: boolean }): Generator<string> {
  const { outcomes, failures, read } = result;
  yield "## Partwatch";
  if (dryRun) yield "A dry run: nobody was told, and nothing is remembered.";
  yield outcomes.length === 0 ? nothingChecked(result) : overview(outcomes);
  yield* failureList(failures);
  if (read.problems.length > 0) yield* ["### Files", ...problemList(read.problems)];
  for (const outcome of outcomes) if (outcome.kind === "checked") yield reportOf(outcome);
}

/** A run that could not even begin. */
export function brokenSummary(message: string): readonly string[] {
  return ["## Partwatch", ...failureList([message])];
}

function failureList(failures: readonly string[]): readonly string[] {
  if (failures.length === 0) return [];
  return [`### Failed\n\n${failures.map(item).join("\n")}`];
}

/** What a failure says may go on for lines, as YAML to be added does: those stay as they are. */
function item(failure: string): string {
  const [first = "", ...rest] = escaped(failure).split("\n");
  if (rest.length === 0) return `- ${markdownText(first)}`;
  const fence = "`".repeat(Math.max(3, ...[...failure.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return [`- ${markdownText(first)}`, "", fence, ...rest, fence]
    .map((line, at) => (at === 0 ? line : `  ${line}`))
    .join("\n");
}

function overview(outcomes: readonly MonitorOutcome[]): string {
  return `| Monitor | Result | Short | To build | Told |\n| --- | --- | --: | --: | --- |\n${outcomes.map(row).join("\n")}`;
}

function row(outcome: MonitorOutcome): string {
  const { id, name } = outcome.selected.monitor;
  const checked = outcome.kind === "checked" ? outcome : undefined;
  const { short = "–", to_build = "–" } = checked?.checked.report.summary ?? {};
  const would = checked?.tellings.deliveries.some(({ outcome: delivery }) => delivery.kind === "would_tell");
  const told = checked?.tellings.deliveries
    .map(({ channel, outcome: delivery }) => (would ? channel : `${channel} ${delivery.kind}`))
    .join(", ");
  const words = would ? "would tell" : outcomeName(outcome).replace("_", " ");
  const result = failureIn(outcome) === undefined ? words : `**${words}**`;
  const nothing = checked === undefined ? "–" : "nothing to tell";
  return `| ${markdownText(name)} (${markdownText(id)}) | ${result} | ${short} | ${to_build} | ${told || nothing} |`;
}

function reportOf({
  selected,
  checked,
  tellings,
  startedAt,
}: Extract<MonitorOutcome, { readonly kind: "checked" }>): string {
  const [delivery] = tellings.deliveries;
  const view = viewOf({
    report: checked.report,
    monitor: selected.monitor,
    at: startedAt,
    alerts: checked.alerts,
    episode: tellings.episode ?? selected.state?.episode ?? null,
    ...(delivery === undefined ? {} : { change: delivery.change }),
  });
  return viewMarkdown(view, { rows: ROWS });
}
