import { formatProblem } from "../core/problem.ts";
import type { Cell } from "../core/view/table.ts";
import { painter, type RenderOptions, renderView } from "../core/view/terminal.ts";
import { textTable } from "../core/view/text-table.ts";
import { viewOf } from "../core/view/view.ts";
import { CONFIG_FILE } from "../monitors/config.ts";
import { budgetWords } from "./budget.ts";
import { restWords } from "./delivery-words.ts";
import type { Spent } from "./deps.ts";
import { failureIn, type MonitorOutcome, outcomeName } from "./remember.ts";
import type { RunResult } from "./run.ts";

/**
 * What a run did, for the terminal: the reports, then one line per monitor, then what went wrong. In pieces, to be written
 * as they come: the reports of 1,000 monitors together take more memory than everything else.
 */
export function* renderRun(
  result: RunResult,
  { options, spent }: { readonly options: RenderOptions; readonly spent: Spent },
): Generator<string> {
  for (const report of renderReports(result, options)) yield `${report}\n`;
  yield `${renderOverview(result, options)}\n${closing(result, spent)}\n`;
}

/** The reports of all complete checks, one by one. */
export function* renderReports({ outcomes }: RunResult, options: RenderOptions): Generator<string> {
  for (const outcome of outcomes) if (outcome.kind === "checked") yield reportText(outcome, options);
}

/** One line per monitor, then what went wrong. */
export function renderOverview(result: RunResult, { columns, color }: RenderOptions): string {
  const paint = painter(color);
  const table =
    result.outcomes.length === 0
      ? nothingChecked(result)
      : textTable(overview(result), { width: columns, paint }).trimEnd();
  const problems = result.read.problems.map(formatProblem);
  const forgotten = result.forgotten.map(
    (id) => `Forgotten: ${id}. Its file is gone, and with it what was remembered of it.`,
  );
  return `${[table, ...forgotten, ...problems, ...result.failures.map((failure) => paint(failure, "bad"))].join("\n")}\n`;
}

/** Why a run has checked nothing. */
export function nothingChecked({ which, read }: Pick<RunResult, "which" | "read">): string {
  if (read.broken.some(({ file }) => file === CONFIG_FILE))
    return `${CONFIG_FILE} cannot be used: nothing was checked.`;
  switch (which.kind) {
    case "due":
      return "Nothing is due.";
    case "all":
      return "No monitor is active.";
    case "monitors":
      return "Nothing was checked.";
    case "reaching":
      return "No list reaches these parts: nothing was checked.";
    default:
      return which satisfies never;
  }
}

function reportText(
  { selected, checked, tellings, startedAt }: Extract<MonitorOutcome, { kind: "checked" }>,
  options: RenderOptions,
): string {
  const [delivery] = tellings.deliveries;
  const view = viewOf({
    report: checked.report,
    monitor: selected.monitor,
    at: startedAt,
    alerts: checked.alerts,
    episode: tellings.episode ?? selected.state?.episode ?? null,
    ...(delivery === undefined ? {} : { change: delivery.change }),
  });
  return renderView(view, options);
}

function overview({ outcomes }: RunResult): Parameters<typeof textTable>[0] {
  return {
    columns: [
      { title: "Monitor", align: "left", priority: 1 },
      { title: "Result", align: "left", priority: 1 },
      { title: "Short", align: "right", priority: 1 },
      { title: "To build", align: "right", priority: 3 },
      { title: "Told", align: "left", priority: 2 },
    ],
    rows: outcomes.map((outcome) => ({ cells: overviewCells(outcome) })),
  };
}

function overviewCells(outcome: MonitorOutcome): Cell[] {
  const { id } = outcome.selected.monitor;
  const result = resultWord(outcome);
  const tone = failureIn(outcome) === undefined ? {} : { tone: "bad" as const };
  if (outcome.kind !== "checked")
    return [{ text: id }, { text: result, ...tone }, { text: "–" }, { text: "–" }, { text: "" }];
  const { short, to_build } = outcome.checked.report.summary;
  const bad = short > 0 ? { tone: "bad" as const } : {};
  return [
    { text: id },
    { text: result, ...tone },
    { text: String(short), ...bad },
    { text: String(to_build) },
    { text: toldWords(outcome) },
  ];
}

/** A dry run has told nobody; what it would tell stands in its own column. */
function resultWord(outcome: MonitorOutcome): string {
  const pretended =
    outcome.kind === "checked" &&
    outcome.tellings.deliveries.some((delivery) => delivery.outcome.kind === "would_tell");
  return pretended ? "checked" : outcomeName(outcome).replace("_", " ");
}

function toldWords({ tellings }: Extract<MonitorOutcome, { kind: "checked" }>): string {
  const words = tellings.deliveries.map(({ channel, reason, outcome }) => {
    if (outcome.kind === "would_tell") return `would be told by ${channel} (${reason})`;
    if (outcome.kind === "accepted") return `${channel} (${reason}): ${outcome.accepted.join(", ")}`;
    return `${channel}${restWords(outcome)}`;
  });
  return words.length === 0 ? "nothing to tell" : words.join("; ");
}

function closing({ committed, outcomes, times }: RunResult, spent: Spent): string {
  const commit = committed === null ? "Nothing was committed." : `State: ${committed.commit.slice(0, 12)}.`;
  return outcomes.length === 0 ? commit : `${budgetWords(spent, times).join("\n")} ${commit}`;
}
