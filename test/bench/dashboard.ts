import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dashboardFiles } from "../../src/app/dashboard/dashboard.ts";
import { nextAlerts } from "../../src/core/notification/alerts.ts";
import { EMPTY_STATE } from "../../src/core/notification/merge.ts";
import { significantResult } from "../../src/core/notification/significant.ts";
import { STATE_VERSION, type StateFiles } from "../../src/core/notification/state.ts";
import { defaultConfig } from "../../src/core/settings/config.ts";
import type { MonitorsRead } from "../../src/monitors/read.ts";
import { writeDashboard } from "../../src/system/dashboard-files.ts";
import { longReport } from "../notify/fixture-report.ts";
import { monitor } from "../notify/fixtures.ts";
import { inWords, markdownTable, timed, verdict } from "./table.ts";

const LISTS = 1_000;
const LINES = 30;
const DAYS = 60;
const DAY = 86_400_000;
const NOW = new Date("2026-11-27T08:00:00Z");
const AIM_S = 2;
const AIM_KB = 200;

/** What it takes to make the pages of a thousand lists, each with its report, alerts and history, and to write them. */
export async function benchDashboard(): Promise<string> {
  const input = dashboardInput({ lists: LISTS, days: DAYS });
  const folder = await mkdtemp(join(tmpdir(), "partwatch-bench-"));
  try {
    const before = process.cpuUsage();
    const made = await timed(() => dashboardFiles(input));
    const { user, system } = process.cpuUsage(before);
    const written = await timed(() => writeDashboard(folder, made.result));
    const again = await timed(async () => writeDashboard(folder, await dashboardFiles(input)));
    const sizes = [...made.result]
      .filter(([path]) => path.endsWith(".html"))
      .map(([, text]) => Buffer.byteLength(text));
    const bytes = [...made.result.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    return [
      "## The dashboard",
      markdownTable(
        ["lists", "files", "size", "CPU", "made", "written", "made and written again, nothing new"],
        [
          [
            LISTS,
            made.result.size,
            `${(bytes / 1e6).toFixed(0)} MB`,
            inWords((user + system) / 1000),
            inWords(made.ms),
            inWords(written.ms),
            inWords(again.ms),
          ],
        ],
      ),
      [
        verdict(`${LISTS} lists`, { value: (made.ms + written.ms) / 1000, aim: AIM_S, unit: "s" }),
        verdict("the largest page", { value: Math.max(...sizes) / 1000, aim: AIM_KB, unit: "kB" }),
      ].join("\n"),
    ].join("\n\n");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the pages of so many lists are made of, each with a history of so many days. */
export function dashboardInput({ lists, days }: { readonly lists: number; readonly days: number }) {
  const ids = Array.from({ length: lists }, (_, index) => `list-${index}`);
  return {
    read: readOf(ids),
    state: stateOf(ids, days),
    now: NOW,
    inventreeUrl: () => undefined,
    fileUrl: () => undefined,
    secrets: ["a secret of somebody"],
  };
}

function readOf(ids: readonly string[]): MonitorsRead {
  return {
    config: defaultConfig(),
    monitors: ids.map((id, index) => monitor({ id, name: `List ${index}`, file: `monitors/${id}.yaml` })),
    broken: [],
    problems: [],
    locate: (problem) => problem,
    namesWorkflows: false,
  };
}

function stateOf(ids: readonly string[], days: number): StateFiles {
  const report = longReport(LINES);
  const at = new Date(NOW.getTime() - 2 * 3_600_000).toISOString();
  const alerts = nextAlerts({ alerts: [], report, now: new Date(NOW.getTime() - 9 * DAY), timezone: "UTC" });
  const { short, to_build, critical, coverage } = report.summary;
  const counts = { short, to_build, critical, low: 0, out: 0, coverage };
  const delivered = {
    email: { hash: "a", significant: significantResult(report), seq: 1, at, ref: "<1>", list_digest: "a" },
  };
  const run = { scheduled_for: at, started_at: at, finished_at: at, outcome: "unchanged" as const };
  const points = Array.from({ length: days }, (_, index) => ({
    at: new Date(NOW.getTime() - (days - index) * DAY).toISOString(),
    hash: String(index % 7),
    ...counts,
    short: short + (index % 7),
  }));
  const recent = points.slice(-20).map((point) => ({ at: point.at, outcome: "unchanged" as const, ms: 900, counts }));
  const each = <T>(of: (id: string) => T) => Object.fromEntries(ids.map((id) => [id, of(id)]));
  return {
    ...EMPTY_STATE,
    monitors: each((id) => ({
      schema_version: STATE_VERSION,
      id,
      name: id,
      last_hash: "a",
      delivered,
      alerts,
      episode: { number: 1, open: true, since: at },
    })),
    reports: each(() => report),
    runs: each((id) => ({ name: id, last_run: run, last_success_at: at, result: { at, ...counts } })),
    histories: each((id) => ({ schema_version: STATE_VERSION, id, points, recent })),
  };
}
