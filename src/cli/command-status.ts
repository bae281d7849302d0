import type { Command } from "commander";
import { type BrokenFileStatus, type MonitorStatus, type Status, status } from "../app/status.ts";
import { overdueWords } from "../core/schedule/overdue.ts";
import { formatFor } from "../core/view/format.ts";
import type { Cell } from "../core/view/table.ts";
import { textTable } from "../core/view/text-table.ts";
import { wire } from "../wire.ts";
import type { CommandContext } from "./commands.ts";
import type { Io } from "./io.ts";
import { painter } from "./render-view.ts";
import { instantOf, sessionOf } from "./session.ts";

/** `partwatch status`: what is remembered, without asking InvenTree. */
export function addStatus(program: Command, { io }: CommandContext): void {
  program
    .command("status")
    .summary("show what is remembered of each monitor")
    .description(
      "Shows each monitor's last check, what was short then, and its next check, from the state branch. Asks no server.",
    )
    .option("--json", "print it as JSON")
    .option("--now <instant>", "take this instant (RFC 3339) for the next check")
    .addHelpText("after", "\nExample:\n  $ partwatch status\n")
    .action(async (options: { readonly json?: true; readonly now?: string }, command: Command) => {
      const session = sessionOf({ command, io, level: "warning" });
      const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "none" } });
      try {
        const read = await wired.deps.readMonitors();
        const result = await status({ read, store: wired.deps.store, now: instantOf(options.now) });
        const zones = new Map(read.monitors.map((monitor) => [monitor.id, monitor.timezone]));
        io.out(options.json ? `${JSON.stringify(result, null, 2)}\n` : renderStatus(result, zones, io));
      } finally {
        await wired.close();
      }
    });
}

function renderStatus(
  { monitors, broken_files, trouble, broken_state }: Status,
  zones: ReadonlyMap<string, string>,
  io: Io,
): string {
  if (monitors.length + broken_files.length === 0)
    return "There are no monitors here yet: put a file into monitors/.\n";
  const table = textTable(
    {
      columns: [
        { title: "Monitor", align: "left", priority: 1 },
        { title: "Short", align: "right", priority: 1 },
        { title: "To build", align: "right", priority: 3 },
        { title: "Last check", align: "left", priority: 2 },
        { title: "Result", align: "left", priority: 1 },
        { title: "Next", align: "left", priority: 2 },
      ],
      rows: [
        ...monitors.map((monitor) => ({ cells: cellsOf(monitor, zones.get(monitor.id) ?? "UTC") })),
        ...broken_files.map((broken) => ({ cells: brokenCells(broken) })),
      ],
    },
    { width: io.columns, paint: painter(io.color) },
  );
  const troubles = Object.entries(trouble).map(([key, { since, cause }]) => `Trouble since ${since}: ${key}: ${cause}`);
  const broken = broken_state.map(({ path, message }) => `State branch, ${path}: ${message}`);
  const problems = broken_files.flatMap((file) => file.problems);
  return `${[table.trimEnd(), ...overdueLines(monitors), ...problems, ...troubles, ...broken].join("\n")}\n`;
}

function overdueLines(monitors: readonly MonitorStatus[]): readonly string[] {
  const lines = monitors.flatMap(({ id, overdue_since, last_run }) =>
    overdue_since === null || last_run === null
      ? []
      : [
          `${id} is overdue: ${overdueWords({ expected: new Date(overdue_since), lastCheck: new Date(last_run.finished_at) })}`,
        ],
  );
  return lines.length === 0 ? [] : [...lines, "Does its schedule run? partwatch doctor looks into it."];
}

function brokenCells({ file, id }: BrokenFileStatus): Cell[] {
  const unknown = { text: "–" };
  return [{ text: id ?? file }, unknown, unknown, unknown, { text: "broken file", tone: "bad" }, unknown];
}

function cellsOf(monitor: MonitorStatus, timezone: string): Cell[] {
  const format = formatFor({ language: "en", timezone });
  const day = (instant: string | null) => (instant === null ? "–" : format.instant(new Date(instant)));
  const count = (number: number | null): Cell =>
    number === null ? { text: "–" } : { text: String(number), ...(number > 0 ? { tone: "bad" as const } : {}) };
  const outcome = monitor.last_run?.outcome.replace("_", " ") ?? "never checked";
  const isOverdue = monitor.overdue_since !== null;
  return [
    { text: monitor.id, sub: monitor.name },
    count(monitor.short),
    count(monitor.to_build),
    { text: day(monitor.last_run?.started_at ?? null) },
    {
      text: `${outcome}${monitor.active ? "" : ", inactive"}${isOverdue ? ", overdue" : ""}`,
      ...(outcome === "failed" || isOverdue ? { tone: "bad" as const } : {}),
    },
    { text: day(monitor.next_run) },
  ];
}
