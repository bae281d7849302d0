import { type Command, Option } from "commander";
import { elsewhereWords } from "../../app/run/describe-delivery.ts";
import { type MonitorStatus, type RememberedStatus, type Status, status } from "../../app/status.ts";
import { statusMetrics } from "../../app/status-metrics.ts";
import { overdueWords } from "../../core/notification/overdue.ts";
import { wrapToWidth } from "../../core/text/text-width.ts";
import { formatFor } from "../../core/view/format.ts";
import type { Cell } from "../../core/view/table.ts";
import { painter } from "../../core/view/terminal.ts";
import { textTable } from "../../core/view/text-table.ts";
import { textsFor } from "../../core/view/texts/texts-for.ts";
import { wire } from "../../wire/run.ts";
import { CommandError, USAGE } from "../exit.ts";
import type { Io } from "../io.ts";
import { planLines } from "../plan-lines.ts";
import { type CommandContext, instantOf, sessionOf } from "../session.ts";

/** `partwatch status`: the recorded state, without asking InvenTree. */
export function addStatus(command: Command, { io }: CommandContext): void {
  command
    .description(
      "Shows each monitor's last check, what was short then, and its next check, from the state branch. Contacts no server.",
    )
    .option("--json", "print it as JSON")
    .addOption(
      new Option("--format <format>", "openmetrics: print it as metrics for Prometheus and others").choices([
        "text",
        "json",
        "openmetrics",
      ]),
    )
    .option("--now <instant>", "take this instant (RFC 3339) for the next check")
    .addHelpText("after", "\nExample:\n  $ partwatch status\n  $ partwatch status --format openmetrics\n")
    .action(async (options: StatusOptions, command: Command) => {
      const format = formatOf(options);
      const session = sessionOf({ command, io, level: "warning" });
      const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "none" } });
      try {
        const read = await wired.deps.readMonitors();
        const result = await status({ read, store: wired.deps.store, now: instantOf(options.now, io.clock) });
        const zones = new Map(read.monitors.map((monitor) => [monitor.id, monitor.timezone]));
        const zoneOf = (id: string) => zones.get(id) ?? read.config.monitorDefaults.timezone;
        if (format === "json") io.json(result);
        else if (format === "openmetrics") io.asIs.out(statusMetrics(result));
        else io.out(renderStatus(result, zoneOf, io));
      } finally {
        await wired.close();
      }
    });
}

interface StatusOptions {
  readonly json?: true;
  readonly format?: "text" | "json" | "openmetrics";
  readonly now?: string;
}

function formatOf({ json, format }: StatusOptions): NonNullable<StatusOptions["format"]> {
  if (json && format !== undefined && format !== "json")
    throw new CommandError(`--json and --format ${format} exclude each other.`, USAGE);
  return json ? "json" : (format ?? "text");
}

function renderStatus(
  { monitors, broken_files, without_file, sending, incidents: known, broken_state }: Status,
  zoneOf: (id: string) => string,
  io: Io,
): string {
  if (monitors.length + broken_files.length + without_file.length === 0)
    return "No lists here yet: add a file to monitors/.\n";
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
        ...monitors.map((monitor) => ({ cells: monitorCells(monitor, zoneOf(monitor.id)) })),
        ...broken_files.map((broken) => ({ cells: brokenCells(broken, zoneOf(broken.id ?? "")) })),
        ...without_file.map((orphan) => ({ cells: orphanCells(orphan, zoneOf(orphan.id)) })),
      ],
    },
    { width: io.columns, paint: painter(io.color) },
  );
  const shown = new Set(broken_files.map(({ file }) => `file:${file}`));
  const incidents = Object.entries(known).map(([key, { since, cause }]) => {
    const format = formatFor({ language: "en", timezone: zoneOf("") });
    const words = `${textsFor(format).admin.title(key)}, since ${format.instant(new Date(since))}`;
    return wrapToWidth(shown.has(key) ? `${words}.` : `${words}: ${cause}`, io.columns).join("\n");
  });
  const claims = sending.map((claim) => {
    const words =
      claim.fate === null
        ? elsewhereWords(claim)
        : `nobody knows whether the message of ${claim.at} arrived; the next runs make up for it`;
    return wrapToWidth(`${claim.id}: ${claim.channel}: ${words}`, io.columns).join("\n");
  });
  const broken = broken_state.map(({ path, message }) => `State branch, ${path}: ${message}`);
  const problems = broken_files.flatMap((file) => file.problems);
  return `${[table.trimEnd(), ...planLines(monitors, io), ...overdueLines(monitors), ...problems, ...claims, ...incidents, ...broken].join("\n")}\n`;
}

function overdueLines(monitors: readonly MonitorStatus[]): readonly string[] {
  const lines = monitors.flatMap(({ id, overdue_since, last_run }) =>
    overdue_since === null || last_run === null
      ? []
      : [
          `${id} is overdue: ${overdueWords({ expected: new Date(overdue_since), lastCheck: new Date(last_run.finished_at) })}`,
        ],
  );
  return lines.length === 0 ? [] : [...lines, "Is its schedule running? Ask partwatch doctor."];
}

function monitorCells(monitor: MonitorStatus, timezone: string): Cell[] {
  const { id, name, active, overdue_since, next_run, last_run } = monitor;
  const outcome = outcomeWords(monitor);
  const isOverdue = overdue_since !== null;
  return [
    { text: id, sub: name },
    ...rememberedCells(monitor, timezone),
    {
      text: `${outcome}${active ? "" : ", inactive"}${isOverdue ? ", overdue" : ""}`,
      ...(last_run?.outcome === "failed" || isOverdue ? { tone: "bad" as const } : {}),
    },
    { text: instantWords(next_run, timezone) },
  ];
}

/** A broken file is not checked; its monitor's recorded state is kept. */
function brokenCells(broken: Status["broken_files"][number], timezone: string): Cell[] {
  return [
    { text: broken.id ?? broken.file },
    ...rememberedCells(broken, timezone),
    { text: "broken file", tone: "bad" },
    { text: "–" },
  ];
}

function orphanCells(orphan: Status["without_file"][number], timezone: string): Cell[] {
  const result = { text: `${outcomeWords(orphan)}, no usable file` };
  return [{ text: orphan.id, sub: orphan.name }, ...rememberedCells(orphan, timezone), result, { text: "–" }];
}

function outcomeWords({ last_run }: RememberedStatus): string {
  return last_run?.outcome.replace("_", " ") ?? "never checked";
}

/** Short, to build, last check. */
function rememberedCells({ short, to_build, last_run }: RememberedStatus, timezone: string): Cell[] {
  return [countCell(short), countCell(to_build), { text: instantWords(last_run?.started_at ?? null, timezone) }];
}

function countCell(number: number | null): Cell {
  return number === null ? { text: "–" } : { text: String(number), ...(number > 0 ? { tone: "bad" as const } : {}) };
}

function instantWords(instant: string | null, timezone: string): string {
  return instant === null ? "–" : formatFor({ language: "en", timezone }).instant(new Date(instant));
}
