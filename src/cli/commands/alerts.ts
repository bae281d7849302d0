import type { Command } from "commander";
import { alertsIn, type MonitorAlert, partWords } from "../../app/manage/alerts.ts";
import { findId } from "../../app/manage/find-monitor.ts";
import type { Alert, StateFiles } from "../../core/notification/state.ts";
import { formatFor } from "../../core/view/format.ts";
import type { Cell } from "../../core/view/table.ts";
import { painter } from "../../core/view/terminal.ts";
import { textTable } from "../../core/view/text-table.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import { wire } from "../../wire/run.ts";
import { CommandError, FAILED } from "../exit.ts";
import type { Io } from "../io.ts";
import { type CommandContext, sessionOf } from "../session.ts";

/** `partwatch alerts`: what is short, critical, low or out, and what people have decided about it. */
export function addAlerts(command: Command, { io, exit }: CommandContext): void {
  command
    .description(
      "Shows what was short, critical, low, out, unresolved, late or to be ordered soon at the last check of each monitor, since when, and whether somebody has acknowledged or dismissed it. Contacts no server.",
    )
    .argument("[monitor]", "its id, or a unique prefix of it")
    .option("--all", "resolved ones too (they are kept for 90 days)")
    .option("--json", "print them as JSON")
    .addHelpText("after", "\nExample:\n  $ partwatch alerts sensor-board\n")
    .action(
      async (
        reference: string | undefined,
        options: { readonly all?: true; readonly json?: true },
        command: Command,
      ) => {
        const session = sessionOf({ command, io, level: "warning" });
        const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "none" } });
        try {
          const [read, state] = await Promise.all([wired.deps.readMonitors(), wired.deps.store.read()]);
          const ids = reference === undefined ? undefined : [rememberedId(reference, read, state)];
          const alerts = alertsIn(state, { ids, resolved: options.all === true });
          const rows = alerts.map((one) => ({ ...one, timezone: zoneOf(one.monitor, read) }));
          for (const { path, message } of state.broken) io.err(`State branch, ${path}: ${message}\n`);
          if (state.broken.length > 0) exit(FAILED);
          if (options.json) io.json({ alerts: alerts.map(({ monitor, alert }) => ({ monitor, ...alert })) });
          else if (rows.length > 0) io.out(`${alertsTable(rows, io)}\n`);
          else io.out(options.all ? "No alerts.\n" : "No open alerts.\n");
        } finally {
          await wired.close();
        }
      },
    );
}

/** The matching id of a monitor with a file or a state. Throws CommandError if there is none, or more than one. */
export function rememberedId(reference: string, read: MonitorsRead, state: StateFiles): string {
  const known = new Set([
    ...read.monitors.map(({ id }) => id),
    ...read.broken.flatMap(({ id }) => id ?? []),
    ...Object.keys(state.monitors),
  ]);
  const { ids, message } = findId({ ids: [...known], named: read.monitors, reference });
  const [id, ...others] = ids;
  if (id === undefined) throw new CommandError(message);
  if (others.length > 0)
    throw new CommandError(`${reference} is a prefix of several ids: ${ids.join(", ")}. Type more of it.`);
  return id;
}

/** The zone in which a monitor's dates are shown. */
export function zoneOf(id: string, read: MonitorsRead): string {
  return read.monitors.find((monitor) => monitor.id === id)?.timezone ?? read.config.monitorDefaults.timezone;
}

/** Alerts as a table, without a line break at the end. */
export function alertsTable(rows: readonly (MonitorAlert & { readonly timezone: string })[], io: Io): string {
  const isOne = new Set(rows.map(({ monitor }) => monitor)).size === 1;
  return textTable(
    {
      columns: [
        { title: "Monitor", align: "left", priority: isOne ? 3 : 1 },
        { title: "Part", align: "left", priority: 1 },
        { title: "PK", align: "left", priority: 2 },
        { title: "Kind", align: "left", priority: 1 },
        { title: "Quantity", align: "right", priority: 1 },
        { title: "State", align: "left", priority: 1 },
        { title: "Since", align: "left", priority: 2 },
      ],
      rows: rows.map((row) => ({ cells: cellsOf(row) })),
    },
    { width: io.columns, paint: painter(io.color) },
  );
}

function cellsOf({ monitor, alert, timezone }: MonitorAlert & { readonly timezone: string }): Cell[] {
  const format = formatFor({ language: "en", timezone });
  const isActive = alert.state === "active";
  return [
    { text: monitor },
    { text: alert.name },
    { text: typeof alert.part === "number" ? partWords(alert.part) : "–" },
    { text: alert.kind, ...(isActive && alert.kind !== "critical" ? { tone: "bad" as const } : {}) },
    { text: format.quantity(alert.quantity) },
    { text: stateWords(alert, (instant) => format.dayOf(new Date(instant))) },
    { text: format.dayOf(new Date(alert.since)) },
  ];
}

function stateWords({ state, acknowledged, dismissed, resolved_at }: Alert, day: (instant: string) => string): string {
  if (state === "acknowledged" && acknowledged !== undefined) return `acknowledged by ${acknowledged.by}`;
  if (state === "dismissed" && dismissed !== undefined) return dismissedWords(dismissed);
  if (state === "resolved" && resolved_at !== undefined) return `resolved ${day(resolved_at)}`;
  return state;
}

/** `dismissed by Ann until 2026-12-31`. */
export function dismissedWords({ by, until }: NonNullable<Alert["dismissed"]>): string {
  return `dismissed${by === undefined ? "" : ` by ${by}`}${until === undefined ? "" : ` until ${until}`}`;
}
