import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../../src/core/generated/report.ts";
import { nextAlerts } from "../../src/core/notification/alerts.ts";
import { EMPTY_STATE } from "../../src/core/notification/merge.ts";
import { significantResult } from "../../src/core/notification/significant.ts";
import { STATE_VERSION, type StateFiles } from "../../src/core/notification/state.ts";
import { readMonitors } from "../../src/monitors/read.ts";
import { systemClock } from "../../src/system/clock.ts";
import { silentLog } from "../../src/system/log.ts";
import { createApp } from "../../src/web/app.ts";
import type { Live } from "../../src/wire/live.ts";
import { longReport } from "../notify/fixture-report.ts";
import { inWords, markdownTable, median, verdict } from "./table.ts";

const LISTS = 1_000;
/** Of each list, and of no other: 10,000 parts in all. */
const PARTS = 10;
const ROUNDS = 5;
const NOW = new Date("2026-11-27T08:00:00Z");
const DAY = 86_400_000;
const PAGES = ["/", "/lists", "/lists/list-500", "/parts", "/alerts", "/find?q=capacitor+77", "/find.js"] as const;
const AIMS: Readonly<Record<string, number>> = { "/": 300, "/find?q=capacitor+77": 100 };

/** What pages of the local UI take with a thousand lists and ten thousand parts, beside the same pages of no list at all. */
export async function benchUi(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "partwatch-bench-"));
  try {
    const [empty, full] = [join(folder, "empty"), join(folder, "full")];
    await Promise.all([empty, full].map((root) => mkdir(join(root, "monitors"), { recursive: true })));
    for (const id of ids()) await writeFile(join(full, "monitors", `${id}.yaml`), listText(id));
    const without = pagesOf(empty, EMPTY_STATE);
    const withAll = pagesOf(full, stateOf());
    const blank = await middle(() => without("/"));
    const first = await spent(() => withAll("/"));
    const rows: (readonly [path: string, ms: number, kilobytes: number])[] = [];
    for (const path of PAGES) {
      const { length } = await withAll(path);
      rows.push([path, await middle(() => withAll(path)), length / 1000]);
    }
    return [
      "## The local UI",
      markdownTable(
        ["page", "CPU", "times the empty overview", "size"],
        [
          ["`/` without a list", inWords(blank), 1, ""],
          ["`/`, the first time", inWords(first), (first / blank).toFixed(0), ""],
          ...rows.map(
            ([path, ms, kilobytes]) =>
              [`\`${path}\``, inWords(ms), (ms / blank).toFixed(0), `${kilobytes.toFixed(0)} kB`] as const,
          ),
        ],
      ),
      rows
        .filter(([path]) => AIMS[path] !== undefined)
        .map(([path, ms]) => verdict(`\`${path}\``, { value: ms, aim: AIMS[path] ?? 0, unit: "ms" }))
        .join("\n"),
    ].join("\n\n");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function middle(task: () => Promise<string>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await spent(task));
  return median(times);
}

/** CPU time in milliseconds: on a machine that does other things as well, the only one that says something. */
async function spent(task: () => Promise<string>): Promise<number> {
  const before = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The UI over that folder: its files are read for each page, the state branch stands in memory, as it does for five seconds. */
function pagesOf(root: string, state: StateFiles): (path: string) => Promise<string> {
  const behind = { state, inventreeUrl: () => undefined, fileUrl: () => undefined, secrets: ["a secret of somebody"] };
  const live: Live = {
    known: async () => ({ read: await readMonitors({ root, now: NOW }), ...behind }),
    forget: () => {},
  };
  const guard = { port: 1, entry: undefined, session: "s", formToken: "f" };
  const wiring = { root, env: {}, log: silentLog, clock: systemClock };
  const app = createApp({ guard, now: () => NOW, wiring, live }, () => {});
  return async (path) => {
    const response = await app.answer(new Request(`http://127.0.0.1:1${path}`), { kind: "allowed" });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text.slice(0, 300)}`);
    return text;
  };
}

function ids(): readonly string[] {
  return Array.from({ length: LISTS }, (_, index) => `list-${index}`);
}

function listText(id: string): string {
  return `name: ${id} of the workshop\ncron_schedule: "10 7 * * 1-5"\nrecipients: [stock@example.com]\nparts:\n  - { name: Board ${id}, quantity: 25 }\n`;
}

function stateOf(): StateFiles {
  const at = new Date(NOW.getTime() - 2 * 3_600_000).toISOString();
  const run = { scheduled_for: at, started_at: at, finished_at: at, outcome: "unchanged" as const };
  const each = <T>(of: (id: string, index: number) => T) =>
    Object.fromEntries(ids().map((id, index) => [id, of(id, index)]));
  const reports = ids().map((_, index) => reportOf(index));
  const report = (index: number): Report => reports[index] ?? reportOf(index);
  const counts = (index: number) => {
    const { short, to_build, critical, coverage } = report(index).summary;
    return { short, to_build, critical, low: 0, out: 0, coverage };
  };
  return {
    ...EMPTY_STATE,
    monitors: each((id, index) => ({
      ...{ schema_version: STATE_VERSION, id, name: id, last_hash: "a" },
      delivered: {
        email: { hash: "a", significant: significantResult(report(index)), seq: 1, at, ref: "<1>", list_digest: "a" },
      },
      alerts: nextAlerts({
        ...{ alerts: [], report: report(index), now: new Date(NOW.getTime() - 9 * DAY), timezone: "UTC" },
      }),
      episode: { number: 1, open: true, since: at },
    })),
    reports: each((_, index) => report(index)),
    runs: each((id, index) => ({ name: id, last_run: run, last_success_at: at, result: { at, ...counts(index) } })),
    histories: each((id, index) => ({
      ...{ schema_version: STATE_VERSION, id },
      points: [{ at, hash: "a", ...counts(index) }],
      recent: [{ at, outcome: "unchanged" as const, ms: 900, counts: counts(index) }],
    })),
  };
}

function reportOf(index: number): Report {
  const report = longReport(PARTS);
  const lines = report.lines.map((line, at) => {
    const pk = 1 + index * PARTS + at;
    return { ...line, pk, name: `${line.name} ${pk}`, ipn: `CAP-${pk}` };
  });
  return { ...report, lines };
}
