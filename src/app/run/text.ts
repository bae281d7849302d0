import type { Monitor } from "../../core/monitor.ts";
import type { RequestCost } from "../../core/ports.ts";
import { formatProblem } from "../../core/problem.ts";
import { formatFor } from "../../core/view/format.ts";
import type { Cell } from "../../core/view/table.ts";
import { painter, type RenderOptions, renderView } from "../../core/view/terminal.ts";
import { textTable } from "../../core/view/text-table.ts";
import { viewOf } from "../../core/view/view.ts";
import { CONFIG_FILE } from "../../monitors/config.ts";
import { restWords } from "./describe-delivery.ts";
import type { RunResult } from "./run-result.ts";
import type { NextCheck } from "./select.ts";
import { failureIn, type MonitorOutcome, outcomeName } from "./state-delta.ts";
import type { Times } from "./stopwatch.ts";

/**
 * What a run did, for the terminal: the reports, then one line per monitor, then what went wrong. In pieces, to be written
 * as they come: the reports of 1,000 monitors together take more memory than everything else.
 */
export function* renderRun(
  result: RunResult,
  { options, spent }: { readonly options: RenderOptions; readonly spent: RequestCost },
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
    (id) => `Forgotten: ${id}. Its file is gone, so its recorded state was removed.`,
  );
  return `${[table, ...forgotten, ...problems, ...result.failures.map((failure) => paint(failure, "bad"))].join("\n")}\n`;
}

/** Why a run has checked nothing. */
export function nothingChecked({ which, read, selection }: Pick<RunResult, "which" | "read" | "selection">): string {
  if (read.broken.some(({ file }) => file === CONFIG_FILE))
    return `${CONFIG_FILE} cannot be used: nothing was checked.`;
  switch (which.kind) {
    case "due":
      return `Nothing is due. ${nextWords(selection.next, read.monitors)}`;
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

/** `Next: sensor-board, Mon, 30 Nov 2026, 07:10 CET.`, in the list's zone. */
function nextWords(next: NextCheck | null, monitors: readonly Monitor[]): string {
  if (!monitors.some(({ active }) => active)) return "No list is active.";
  if (next === null) return "No list will be due within a year.";
  const { id, timezone } = next.monitor;
  return `Next: ${id}, ${formatFor({ language: "en", timezone }).instant(next.at)}.`;
}

function reportText(
  { selected, checked, notifications, startedAt }: Extract<MonitorOutcome, { kind: "checked" }>,
  options: RenderOptions,
): string {
  const [delivery] = notifications.deliveries;
  const view = viewOf({
    report: checked.report,
    monitor: selected.monitor,
    at: startedAt,
    alerts: checked.alerts,
    episode: notifications.episode ?? selected.state?.episode ?? null,
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
      { title: "Notified", align: "left", priority: 2 },
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
    { text: notifiedWords(outcome) },
  ];
}

/** A dry run has notified nobody; what it would send has its own column. */
function resultWord(outcome: MonitorOutcome): string {
  const pretended =
    outcome.kind === "checked" &&
    outcome.notifications.deliveries.some((delivery) => delivery.outcome.kind === "would_notify");
  return pretended ? "checked" : outcomeName(outcome).replace("_", " ");
}

function notifiedWords({ notifications }: Extract<MonitorOutcome, { kind: "checked" }>): string {
  const words = notifications.deliveries.map(({ channel, reason, outcome, with: others = [] }) => {
    const mail = others.length === 0 ? channel : `${channel} with ${others.join(", ")}`;
    if (outcome.kind === "would_notify") return `would be notified by ${mail} (${reason})`;
    if (outcome.kind === "accepted") return `${mail} (${reason}): ${outcome.accepted.join(", ")}`;
    return `${channel}${restWords(outcome)}`;
  });
  return words.length === 0 ? "nothing to send" : words.join("; ");
}

function closing({ committed, outcomes, times }: RunResult, spent: RequestCost): string {
  const commit = committed === null ? "Nothing was committed." : `State: ${committed.commit.slice(0, 12)}.`;
  return outcomes.length === 0 ? commit : `${budgetWords(spent, times).join("\n")} ${commit}`;
}

/** What a run has cost, in two sentences: `InvenTree: 11 requests, 0 retries, 912 KiB, 1.9 s.` and where time went. */
function budgetWords(spent: RequestCost, times: Times): readonly [string, string] {
  const asked = `${spent.requests} requests, ${spent.retries} retries, ${(spent.bytes / 1024).toFixed(0)} KiB`;
  const { server, calculation, mail, state } = times;
  return [
    `InvenTree: ${asked}, ${seconds(server)}.`,
    `Calculation ${seconds(calculation)}, mail ${seconds(mail)}, state ${seconds(state)}.`,
  ];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
