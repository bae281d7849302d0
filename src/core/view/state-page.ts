// The two faces of the state branch: a table for people and the same for machines. Both are recomputed from the merged state
// at every commit, and know no other source (no clock): the same state gives the same bytes.

import { OVERDUE_AFTER_MS } from "../notification/overdue.ts";
import { type Alert, type MonitorRuns, STATE_VERSION, type StateFiles } from "../notification/state.ts";
import { own } from "../records.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { markdownText } from "./markdown.ts";

/** One monitor in README.md and data.json; field names are those of data.json. */
export interface StateRow {
  readonly id: string;
  readonly name: string;
  /**
   * broken: its file cannot be used, so that it is not checked. failed: the last check, or its notification, failed. short: parts
   * are short, low or out. new: never checked.
   */
  readonly status: "broken" | "failed" | "short" | "covered" | "new";
  readonly outcome: MonitorRuns["last_run"]["outcome"] | null;
  readonly error: string | null;
  /** Of the last complete check; null: there was none. */
  readonly short: number | null;
  readonly to_build: number | null;
  readonly critical: number | null;
  /** Percent. */
  readonly coverage: number | null;
  /** Active and acknowledged ones, of all kinds. */
  readonly alerts: number;
  readonly last_check: string | null;
  readonly last_success: string | null;
  readonly next: string | null;
  /** When it should have been checked; null: its check is not overdue, as far as the latest run can tell. */
  readonly overdue_since: string | null;
  /** When each channel was notified. */
  readonly delivered: Readonly<Record<string, string>>;
}

export interface StateData {
  readonly schema_version: typeof STATE_VERSION;
  readonly monitors: readonly StateRow[];
  readonly incidents: readonly { readonly key: string; readonly since: string; readonly cause: string }[];
  readonly broken: StateFiles["broken"];
}

/** data.json as a value. */
export function stateData(files: StateFiles): StateData {
  const ids = new Set([...Object.keys(files.monitors), ...Object.keys(files.runs)]);
  const latest = Math.max(...Object.values(files.runs).map(({ last_run }) => Date.parse(last_run.finished_at)));
  const incidents = Object.entries(files.system).map(([key, { since, cause }]) => ({ key, since, cause }));
  return {
    schema_version: STATE_VERSION,
    monitors: [...ids].map((id) => rowOf(id, { files, latest })).sort(byUrgency),
    incidents: incidents.sort((a, b) => byCodeUnits(a.key, b.key)),
    broken: files.broken,
  };
}

/** README.md: what a person wants to know who opens the branch in the browser. Foreign text cannot break out of its cell. */
export function stateReadme(files: StateFiles): string {
  const { monitors, incidents, broken } = stateData(files);
  const table = monitors.map((row) => readmeRow(row, { hasReport: own(files.reports, row.id) !== undefined }));
  const blocks = [
    "# Partwatch state",
    "Written by Partwatch at every run; do not edit. Times are UTC. `data.json` has the same for machines.",
    table.length === 0 ? "No monitor has been checked yet." : [...HEAD, ...table].join("\n"),
    ...section(
      "Trouble",
      incidents.map(
        ({ key, since, cause }) => `- **${markdownText(key)}** since ${instant(since)}: ${markdownText(cause)}`,
      ),
    ),
    ...section(
      "Overdue checks",
      monitors.flatMap(({ name, overdue_since, last_check }) =>
        overdue_since === null
          ? []
          : [
              `- **${markdownText(name)}** was expected at ${instant(overdue_since)}; its last check was at ${instant(last_check ?? "")}. Check what starts it: a schedule, a runner.`,
            ],
      ),
    ),
    ...section(
      "Failed checks",
      monitors
        .filter((row) => row.status === "failed")
        .map((row) => `- **${markdownText(row.name)}**: ${markdownText(row.error ?? "no cause is known")}`),
    ),
    ...section(
      "Files that cannot be read",
      broken.map(({ path, message }) => `- **${markdownText(path)}** ${markdownText(message)}`),
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const HEAD = [
  "| Monitor | Status | Short | To build | Coverage | Last check | Next check | Notified |",
  "| --- | --- | ---: | ---: | ---: | --- | --- | --- |",
] as const;

const URGENCY = ["broken", "failed", "short", "new", "covered"] as const satisfies readonly StateRow["status"][];

function rowOf(id: string, { files, latest }: { readonly files: StateFiles; readonly latest: number }): StateRow {
  const state = own(files.monitors, id);
  const runs = own(files.runs, id);
  const broken = runs?.file !== undefined && own(files.system, `file:${runs.file}`) !== undefined;
  const next = broken ? null : (runs?.next_at ?? null);
  const last = runs?.result;
  const alerts = (state?.alerts ?? []).filter((alert) => alert.state === "active" || alert.state === "acknowledged");
  return {
    id,
    name: runs?.name ?? state?.name ?? id,
    status: broken ? "broken" : statusOf(runs, alerts),
    outcome: runs?.last_run.outcome ?? null,
    error: runs?.last_run.error?.message ?? null,
    short: last?.short ?? null,
    to_build: last?.to_build ?? null,
    critical: last?.critical ?? null,
    coverage: last?.coverage ?? null,
    alerts: alerts.length,
    last_check: runs?.last_run.finished_at ?? null,
    last_success: runs?.last_success_at ?? null,
    next,
    overdue_since: next !== null && latest - Date.parse(next) >= OVERDUE_AFTER_MS ? next : null,
    delivered: Object.fromEntries(
      Object.entries(state?.delivered ?? {}).map(([channel, delivered]) => [channel, delivered.at]),
    ),
  };
}

function statusOf(runs: MonitorRuns | undefined, alerts: readonly Alert[]): StateRow["status"] {
  if (runs?.last_run.outcome === "failed") return "failed";
  if (alerts.some(({ kind }) => kind !== "critical" && kind !== "order_now")) return "short";
  const last = runs?.result;
  if (last === undefined) return "new";
  return last.short > 0 ? "short" : "covered";
}

function byUrgency(a: StateRow, b: StateRow): number {
  return (
    URGENCY.indexOf(a.status) - URGENCY.indexOf(b.status) || byCodeUnits(a.name, b.name) || byCodeUnits(a.id, b.id)
  );
}

function readmeRow(row: StateRow, { hasReport }: { readonly hasReport: boolean }): string {
  const name = markdownText(row.name);
  const delivered = Object.entries(row.delivered).map(([channel, at]) => `${markdownText(channel)} ${instant(at)}`);
  const cells = [
    hasReport ? `[${name}](reports/${row.id}.json)` : name,
    row.outcome === "skipped" ? `${row.status} (skipped)` : row.status,
    count(row.short),
    count(row.to_build),
    row.coverage === null ? "" : `${row.coverage}%`,
    row.last_check === null ? "" : instant(row.last_check),
    row.next === null ? "" : `${instant(row.next)}${row.overdue_since === null ? "" : " **overdue**"}`,
    delivered.join(", "),
  ];
  return `| ${cells.join(" | ")} |`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.join("\n")];
}

function count(value: number | null): string {
  return value === null ? "" : String(value);
}

function instant(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? markdownText(text) : at.toISOString().slice(0, 16).replace("T", " ");
}
