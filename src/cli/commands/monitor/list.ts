import type { Command } from "commander";
import {
  type ListedFile,
  type ListedMonitor,
  listedFile,
  listedMonitor,
  remembered,
} from "../../../app/manage/listing.ts";
import { formatProblem } from "../../../core/problem.ts";
import { cronInWords } from "../../../core/schedule/describe.ts";
import type { Cell } from "../../../core/view/table.ts";
import { painter } from "../../../core/view/terminal.ts";
import { textTable } from "../../../core/view/text-table.ts";
import { wire } from "../../../wire/run.ts";
import type { Io } from "../../io.ts";
import { planLines } from "../../plan-lines.ts";
import { type CommandContext, instantOf, sessionOf } from "../../session.ts";

/** `partwatch monitor list`: all monitors, their next check and last result. */
export function addMonitorList(group: Command, { io }: CommandContext): void {
  group
    .command("list")
    .summary("list all monitors")
    .description(
      "Lists all monitors: active or not, schedule in words, next run, last run and its outcome, and what was short then. Contacts no server.",
    )
    .option("--json", "print it as JSON")
    .option("--now <instant>", "take this instant (RFC 3339) for the next run")
    .addHelpText("after", "\nExample:\n  $ partwatch monitor list\n")
    .action(async (options: { readonly json?: true; readonly now?: string }, command: Command) => {
      const session = sessionOf({ command, io, level: "warning" });
      const now = instantOf(options.now, io.clock);
      const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "none" } });
      try {
        const read = await wired.deps.readMonitors();
        const { state, message } = await remembered(wired.deps.store);
        const monitors = read.monitors.map((monitor) => listedMonitor({ monitor, state, now }));
        const broken = read.broken.map((file) => listedFile(file, state));
        const zone = read.config.monitorDefaults.timezone;
        if (message !== null) io.err(`${message}\n`);
        for (const { path, message } of state?.broken ?? []) io.err(`State branch, ${path}: ${message}\n`);
        if (options.json) io.json(listJson(monitors, broken));
        else io.out(renderList({ monitors, broken, zone, now, io }));
      } finally {
        await wired.close();
      }
    });
}

function listJson(monitors: readonly ListedMonitor[], broken: readonly ListedFile[]) {
  const rows = monitors.map((monitor) => ({
    ...monitor,
    schedule_in_words: cronInWords(monitor.cron_schedule, "en"),
  }));
  return { monitors: rows, broken };
}

function renderList(options: {
  readonly monitors: readonly ListedMonitor[];
  readonly broken: readonly ListedFile[];
  /** For monitors whose own zone is unknown. */
  readonly zone: string;
  readonly now: Date;
  readonly io: Io;
}): string {
  const { monitors, broken, zone, now, io } = options;
  if (monitors.length + broken.length === 0)
    return "No lists here yet. Add one with partwatch monitor add, or add a file to monitors/.\n";
  const table = textTable(
    {
      columns: [
        // So much narrower than other texts that all columns fit into 80.
        { title: "Monitor", align: "left", priority: 1, least: 12 },
        { title: "Active", align: "left", priority: 1 },
        { title: "Schedule", align: "left", priority: 1 },
        { title: "Next run", align: "left", priority: 1 },
        { title: "Last run", align: "left", priority: 1 },
        { title: "Short", align: "right", priority: 1 },
      ],
      rows: [
        ...monitors.map((monitor) => ({ cells: cellsOf(monitor, now) })),
        ...broken.map((file) => ({ cells: brokenCells({ file, zone, now }) })),
      ],
    },
    { width: io.columns, paint: painter(io.color) },
  );
  const problems = broken.flatMap((file) => file.problems.map(formatProblem));
  return `${[table.trimEnd(), ...planLines(monitors, io), ...problems].join("\n")}\n`;
}

function cellsOf(monitor: ListedMonitor, now: Date): Cell[] {
  const { id, active, cron_schedule, timezone, next_run } = monitor;
  const next = next_run === null ? undefined : compact({ instant: next_run, timezone, now });
  return [
    { text: id },
    active ? { text: "yes" } : { text: "no", tone: "muted" },
    { text: cronInWords(cron_schedule, "en") },
    { text: active ? (next?.time ?? "never") : "inactive" },
    ...lastCells({ last: monitor, timezone, now }),
  ];
}

/** It is unclear whether it is active and when it would run; its recorded state is kept. */
function brokenCells({ file, zone, now }: { readonly file: ListedFile; readonly zone: string; readonly now: Date }) {
  const none = { text: "–" };
  const broken: Cell = { text: "broken", tone: "bad" };
  const last = file.id === null ? [none, none] : lastCells({ last: file, timezone: zone, now });
  return [{ text: file.id ?? file.file }, broken, none, none, ...last];
}

function lastCells(options: {
  readonly last: Pick<ListedMonitor, "last_run" | "short">;
  readonly timezone: string;
  readonly now: Date;
}): Cell[] {
  const { last_run: run, short } = options.last;
  const outcome = run?.outcome.replace("_", " ");
  const day =
    run === null ? "" : compact({ instant: run.finished_at, timezone: options.timezone, now: options.now }).day;
  return [
    outcome === undefined
      ? { text: "never" }
      : { text: `${outcome} ${day}`, ...(outcome === "failed" ? { tone: "bad" as const } : {}) },
    { text: short === null ? "–" : String(short), ...((short ?? 0) > 0 ? { tone: "bad" as const } : {}) },
  ];
}

/** `24 Nov 08:00`, in the monitor's zone; with its year instead of the time if that is not this year. */
function compact(options: { readonly instant: string; readonly timezone: string; readonly now: Date }) {
  const parts = (instant: Date) => {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: options.timezone,
      hourCycle: "h23",
      ...{ year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" },
    });
    return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  };
  const { year, month, day, hour, minute } = parts(new Date(options.instant));
  const date = `${day} ${month}`;
  if (year !== parts(options.now).year) return { day: `${date} ${year}`, time: `${date} ${year}` };
  return { day: date, time: `${date} ${hour}:${minute}` };
}
