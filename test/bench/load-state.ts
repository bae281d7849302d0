import { dashboardFiles } from "../../src/app/dashboard/dashboard.ts";
import { nextAlerts } from "../../src/core/notification/alerts.ts";
import { HISTORY_MOST, mergeHistory } from "../../src/core/notification/merge-history.ts";
import type { Alert, MonitorHistory } from "../../src/core/notification/state.ts";
import { prettyJson } from "../../src/state/json.ts";
import { longReport } from "../notify/fixture-report.ts";
import { dashboardInput } from "./dashboard.ts";
import { inWords, markdownTable, type verdict } from "./table.ts";

const DAY = 86_400_000;
const YEARS = 5;
const START = Date.parse("2026-01-01T06:00:00Z");

/** What grows with the years and with the alerts: histories, alerts, the dashboard. In CPU time, which other work disturbs little. */
export async function benchLoadState(bound: typeof verdict): Promise<string> {
  const alerts = { few: await alertsCpu(1_000), many: await alertsCpu(10_000) };
  const history = await historyOf(YEARS * 365);
  const pages = {
    few: await cpuMs(() => dashboardFiles(dashboardInput({ lists: 250, days: HISTORY_MOST }))),
    many: await cpuMs(() => dashboardFiles(dashboardInput({ lists: 1_000, days: HISTORY_MOST }))),
  };
  return [
    markdownTable(
      ["what", "CPU"],
      [
        ["a check of a list with 1,000 alerts: which go on, which are new, as text", inWords(alerts.few)],
        ["a check of a list with 10,000 alerts", inWords(alerts.many)],
        ["a day's entry in a history, in its first year", inWords(history.firstYearMs / 365)],
        ["in its fifth year", inWords(history.lastYearMs / 365)],
        ["dashboard of 250 lists, five years each", inWords(pages.few)],
        ["dashboard of 1,000 lists, five years each", inWords(pages.many)],
      ],
    ),
    [
      bound("10,000 alerts beside 1,000", { value: alerts.many / alerts.few, aim: 15, unit: "×" }),
      bound("a history of five years", { value: history.bytes / 1_000, aim: 100, unit: "kB" }),
      bound("the fifth year of a history beside the second", {
        value: history.lastYearMs / history.secondYearMs,
        aim: 1.5,
        unit: "×",
      }),
      bound("dashboard of 1,000 lists beside 250", { value: pages.many / pages.few, aim: 5, unit: "×" }),
    ].join("\n"),
  ].join("\n\n");
}

async function cpuMs(task: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Every part of the list is short; the next check finds them short again. */
async function alertsCpu(count: number): Promise<number> {
  const report = longReport(count);
  const check = (alerts: readonly Alert[], day: number) =>
    nextAlerts({ alerts, report, now: new Date(START + day * DAY), timezone: "UTC" });
  const known = check([], 0);
  if (known.length < count) throw new Error(`${known.length} alerts of ${count} rows`);
  // The quickest of three: what disturbs only adds.
  const turns: number[] = [];
  for (const day of [1, 2, 3]) turns.push(await cpuMs(() => prettyJson(check(known, day))));
  return Math.min(...turns);
}

/** A check a day, each with another result. */
async function historyOf(days: number) {
  let history: MonitorHistory | undefined;
  const spent: number[] = [];
  for (let day = 0; day < days; day += 1) {
    const at = new Date(START + day * DAY).toISOString();
    const counts = { short: day % 40, to_build: 2, critical: 1, low: 0, out: 0, coverage: day % 100 };
    const last_run = { started_at: at, finished_at: at, outcome: "unchanged" as const };
    const point = { at, hash: String(day).padStart(16, "0"), ...counts };
    const run = { name: "Board", file: "monitors/board.yaml", next_at: null, last_run, point };
    const before = process.cpuUsage();
    history = mergeHistory("board", { current: history, run });
    const { user, system } = process.cpuUsage(before);
    spent.push((user + system) / 1_000);
  }
  const year = (number: number) => spent.slice((number - 1) * 365, number * 365).reduce((sum, ms) => sum + ms, 0);
  return {
    bytes: Buffer.byteLength(prettyJson(history)),
    firstYearMs: year(1),
    secondYearMs: year(2),
    lastYearMs: year(YEARS),
  };
}
