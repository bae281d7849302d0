import type { Command } from "commander";
import { stringify } from "yaml";
import { remembered, type ShownMonitor, shownMonitor } from "../../../app/manage/listing.ts";
import type { Monitor, Plan } from "../../../core/monitor.ts";
import { cronInWords } from "../../../core/schedule/describe.ts";
import { durationText } from "../../../core/schedule/duration.ts";
import { wrapToWidth } from "../../../core/text/text-width.ts";
import { formatFor } from "../../../core/view/format.ts";
import { painter } from "../../../core/view/terminal.ts";
import { wire } from "../../../wire/run.ts";
import type { Io } from "../../io.ts";
import { type CommandContext, instantOf, sessionOf } from "../../session.ts";
import { alertsTable } from "../alerts.ts";
import { usableMonitor } from "./edit.ts";

/** `partwatch monitor show`: everything about one monitor. */
export function addMonitorShow(group: Command, { io }: CommandContext): void {
  group
    .command("show")
    .summary("show everything about a monitor")
    .description(
      "Shows all fields of a monitor, including defaults, and its state: last run, hash of the last notified result, alerts, and next run. Contacts no server.",
    )
    .argument("<monitor>", "its id, or a unique prefix of it")
    .option("--json", "print it as JSON")
    .option("--now <instant>", "take this instant (RFC 3339) for the next runs")
    .addHelpText("after", "\nExample:\n  $ partwatch monitor show sensor-board\n")
    .action(async (reference: string, options: { readonly json?: true; readonly now?: string }, command: Command) => {
      const session = sessionOf({ command, io, level: "warning" });
      const now = instantOf(options.now, io.clock);
      const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "none" } });
      try {
        const monitor = usableMonitor(await wired.deps.readMonitors(), reference);
        const { state, message } = await remembered(wired.deps.store);
        if (message !== null) io.err(`${message}\n`);
        for (const { path, message } of state?.broken ?? []) io.err(`State branch, ${path}: ${message}\n`);
        const shown = shownMonitor({ monitor, state, now });
        if (options.json) io.json(showJson(monitor, shown));
        else io.out(renderShow(monitor, shown, io));
      } finally {
        await wired.close();
      }
    });
}

function showJson(monitor: Monitor, { listed, ...rest }: ShownMonitor) {
  const { next_run: _first, ...more } = listed;
  const schedule_in_words = cronInWords(monitor.cron_schedule, "en");
  return { ...more, ...fieldsOf(monitor), ...planOf(monitor), schedule_in_words, ...rest };
}

function planOf({ plan }: Monitor): { readonly plan?: Omit<Plan, "lists"> } {
  if (plan === undefined) return {};
  const { lists: _, ...made } = plan;
  return { plan: made };
}

function renderShow(monitor: Monitor, shown: ShownMonitor, io: Io): string {
  const paint = painter(io.color);
  const format = formatFor({ language: "en", timezone: monitor.timezone });
  const at = (instant: string | null | undefined) =>
    instant === null || instant === undefined ? "–" : format.instant(new Date(instant));
  const { last_run: last, short } = shown.listed;
  const { id, file, name, cron_schedule: cron, ...fields } = fieldsOf(monitor);
  const delivered = Object.entries(shown.delivered).map(([channel, instant]) => `${channel} ${at(instant)}`);
  const { plan } = monitor;
  const ofLists = plan === undefined ? [] : [["plan of", planWords(plan)] as const];
  const facts: (readonly [string, string])[] = [
    ...ofLists,
    ["schedule", `${monitor.cron_schedule} (${cronInWords(monitor.cron_schedule, "en")})`],
    [monitor.active ? "next runs" : "would run", shown.next_runs.map(at).join("\n") || "never"],
    ["last run", last === null ? "never" : `${last.outcome.replace("_", " ")}, ${at(last.finished_at)}`],
    ...(last?.error === undefined ? [] : [["error", last.error.message] as const]),
    ["last success", at(shown.last_success_at)],
    ["short", short === null ? "–" : String(short)],
    ["last notified", delivered.join("\n") || "–"],
    ["last_hash", shown.last_hash ?? "–"],
  ];
  const said = Object.entries(fields).map(([key, value]) => [key, valueText(value)] as const);
  // Separate, so that a hash fits beside its label.
  const lines = [...labelled(facts, io.columns), "", ...labelled(said, io.columns)];
  const alerts = shown.alerts.map((alert) => ({ monitor: monitor.id, timezone: monitor.timezone, alert }));
  const block = alerts.length === 0 ? ["No alerts."] : [paint("Alerts", "title"), alertsTable(alerts, io)];
  const head = [paint(monitor.name, "title"), `${monitor.id} · ${monitor.file}`];
  return `${[...head, "", ...lines, "", ...block].join("\n")}\n`;
}

/** `2 lists: boards (2 entries), cables (1 entry)`, and those that are left out. */
function planWords({ members, left_out }: Plan): string {
  const counted = (count: number, one: string, other: string) => `${count} ${count === 1 ? one : other}`;
  const lists = members.map(({ id, entries }) => `${id} (${counted(entries, "entry", "entries")})`);
  const head = counted(members.length, "list", "lists");
  const idle = left_out.length === 0 ? [] : [`inactive, so left out: ${left_out.join(", ")}`];
  return [lists.length === 0 ? head : `${head}: ${lists.join(", ")}`, ...idle].join("\n");
}

/** The fields of the file with defaults filled in; for a plan, beside `lists` the parts that they add up to. */
function fieldsOf(monitor: Monitor): Readonly<Record<string, unknown>> {
  const { remind_after_ms: remind, max_lateness_ms: lateness, plan, ...rest } = monitor;
  return {
    ...rest,
    ...(plan === undefined ? {} : { lists: plan.lists }),
    remind_after: remind === null ? null : durationText(remind),
    max_lateness: lateness === null ? null : durationText(lateness),
  };
}

/** As it would be written in the file. */
function valueText(value: unknown): string {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return "–";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((entry) => typeof entry === "string")) return value.join(", ");
  if (Array.isArray(value))
    return value.map((entry) => stringify(entry, { lineWidth: 0, collectionStyle: "flow" }).trimEnd()).join("\n");
  const isNested = typeof value === "object" && !Array.isArray(value);
  if (isNested && Object.keys(value).length === 0) return "–";
  return stringify(value, { lineWidth: 0, collectionStyle: "any" }).trimEnd();
}

/** Labels, followed by texts that may need several lines. */
function labelled(rows: readonly (readonly [label: string, text: string])[], columns: number): string[] {
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  return rows.flatMap(([label, text]) => {
    const lines = text.split("\n").flatMap((line) => {
      const indent = /^ */.exec(line)?.[0] ?? "";
      return wrapToWidth(line.trimStart(), columns - width - indent.length).map((part) => `${indent}${part}`);
    });
    return lines.map((line, index) => `${(index === 0 ? label : "").padEnd(width)}${line}`.trimEnd());
  });
}
