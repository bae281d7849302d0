// The life of an alert: active, acknowledged, dismissed, resolved (docs/state.md). All functions are pure.
import { rounded } from "../calculation/quantity.ts";
import type { Report } from "../generated/report.ts";
import { localDate } from "../schedule/local-date.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { type AlertKind, type ResultRow, resultRows, rowKey } from "./significant.ts";
import type { Alert } from "./state.ts";

/** How long a resolved alert is kept. */
export const RESOLVED_KEPT_DAYS = 90;
/** How many resolved alerts of a monitor are kept: the newest. */
export const RESOLVED_KEPT_MOST = 200;

/**
 * The alerts of a monitor after a complete check (never call it after a failed one: unknown resolves nothing). Alerts follow
 * the report, silenced or not; what has not settled stands in it as before. Returns the same array if nothing moved.
 */
export function nextAlerts(check: {
  readonly alerts: readonly Alert[];
  readonly report: Report;
  readonly now: Date;
  /** The monitor's, for the last day of a dismissal. */
  readonly timezone: string;
}): readonly Alert[] {
  const { alerts, now } = check;
  const rows = alertRows(check.report);
  const undated = new Set(resultRows(check.report).flatMap(({ kind, part }) => (kind === "undated" ? [part] : [])));
  const today = localDate(now, check.timezone);
  const at = now.toISOString();
  const kept = alerts.filter((alert) => alert.state === "resolved");
  const open = alerts.filter((alert) => alert.state !== "resolved");
  const known = new Set(open.map(rowKey));
  const next = [
    ...kept,
    ...open.map((alert) => {
      const isUnknown = alert.kind === "late" && undated.has(alert.part);
      return continued(alert, { row: rows.get(rowKey(alert)), isUnknown, at, today });
    }),
    ...[...rows.values()].filter((row) => !known.has(rowKey(row))).map((row) => newAlert(row, at)),
  ];
  const result = pruned(next, now).sort(byPlace);
  return JSON.stringify(result) === JSON.stringify(alerts) ? alerts : result;
}

export interface AlertChoice {
  readonly alerts: readonly Alert[];
  readonly part: number | string;
  /** Absent: all kinds of that part. */
  readonly kind?: AlertKind;
  readonly at: Date;
}

/** Acknowledges the active alerts of a part: they stay in the result, and reminders stop. */
export function acknowledge(choice: AlertChoice & { readonly by: string }): readonly Alert[] {
  const at = choice.at.toISOString();
  return changed(choice, (alert) =>
    alert.state === "active" ? { ...alert, state: "acknowledged", acknowledged: { by: choice.by, at } } : alert,
  );
}

/** Dismisses the open alerts of a part until a day (inclusive, YYYY-MM-DD), or until the quantity exceeds the present one. */
export function dismiss(choice: AlertChoice & { readonly until?: string; readonly by?: string }): readonly Alert[] {
  const at = choice.at.toISOString();
  const until = choice.until === undefined ? {} : { until: choice.until };
  const by = choice.by === undefined ? {} : { by: choice.by };
  return changed(choice, (alert) => ({
    ...alert,
    state: "dismissed",
    dismissed: { at, ...until, ...by, quantity: alert.quantity },
  }));
}

/** Takes back an acknowledgement or a dismissal. */
export function reactivate(choice: AlertChoice): readonly Alert[] {
  return changed(choice, (alert) => (alert.state === "active" ? alert : activeAgain(alert, choice.at.toISOString())));
}

/** When its present decision was made; for one that was taken back, only the instant of becoming active again is known. */
export function decidedAt({ state, acknowledged, dismissed, seen_at }: Alert): string {
  const decided = state === "acknowledged" ? acknowledged?.at : state === "dismissed" ? dismissed?.at : undefined;
  return decided ?? seen_at;
}

/** By part, numbers first, so that a file's history shows what moved and nothing else. */
export function byPlace(a: Alert, b: Alert): number {
  return (
    byPart(a.part, b.part) ||
    byCodeUnits(a.kind, b.kind) ||
    byCodeUnits(a.since, b.since) ||
    byCodeUnits(a.resolved_at ?? "~", b.resolved_at ?? "~")
  );
}

function changed(choice: AlertChoice, change: (alert: Alert) => Alert): readonly Alert[] {
  return choice.alerts.map((alert) => {
    const chosen = alert.part === choice.part && (choice.kind === undefined || alert.kind === choice.kind);
    return chosen && alert.state !== "resolved" ? change(alert) : alert;
  });
}

interface AlertRow extends ResultRow {
  readonly kind: AlertKind;
}

/** By key; what a report says several times of a part (an entry twice, two places) adds up. */
function alertRows(report: Report): ReadonlyMap<string, AlertRow> {
  const rows = new Map<string, AlertRow>();
  for (const row of resultRows(report)) {
    const { kind } = row;
    if (kind === "build" || kind === "undated") continue;
    const known = rows.get(rowKey(row));
    rows.set(rowKey(row), { ...row, kind, quantity: rounded((known?.quantity ?? 0) + row.quantity) });
  }
  return rows;
}

function newAlert(row: AlertRow, at: string): Alert {
  return { part: row.part, kind: row.kind, state: "active", since: at, seen_at: at, ...facts(row) };
}

function continued(
  alert: Alert,
  check: {
    readonly row: AlertRow | undefined;
    /** It is unknown whether it is still so: that resolves nothing. */
    readonly isUnknown: boolean;
    readonly at: string;
    readonly today: string;
  },
): Alert {
  const { row, isUnknown, at, today } = check;
  if (row === undefined && !isUnknown) return { ...alert, state: "resolved", resolved_at: at };
  const now = row === undefined ? alert : { ...alert, ...facts(row) };
  const moved = alert.quantity !== now.quantity || alert.message !== now.message || alert.name !== now.name;
  const seen = moved ? { ...now, seen_at: at } : now;
  return dismissalEnded(seen, today) ? activeAgain(seen, at) : seen;
}

function dismissalEnded({ state, dismissed, quantity }: Alert, today: string): boolean {
  if (state !== "dismissed" || dismissed === undefined) return false;
  return quantity > dismissed.quantity || (dismissed.until !== undefined && today > dismissed.until);
}

function activeAgain(alert: Alert, at: string): Alert {
  const { acknowledged: _acknowledged, dismissed: _dismissed, ...rest } = alert;
  return { ...rest, state: "active", seen_at: at };
}

function facts(row: AlertRow): Pick<Alert, "name" | "quantity" | "threshold" | "message"> {
  const threshold = row.threshold === undefined ? {} : { threshold: row.threshold };
  return { name: row.name, quantity: rounded(row.quantity), ...threshold, message: sentence(row) };
}

/** State is read by people of all languages: plain English, without the part's name. */
function sentence({ kind, quantity, threshold, neededBy }: AlertRow): string {
  switch (kind) {
    case "short":
      return `${rounded(quantity)} missing`;
    case "critical":
      return `enough now, but then ${rounded(quantity)} below minimum stock`;
    case "low":
      return `${rounded(quantity)} below the minimum of ${threshold}`;
    case "out":
      return `nothing available, ${rounded(quantity)} below the minimum of ${threshold}`;
    case "unresolved":
      return `cannot be resolved; ${rounded(quantity)} wanted`;
    case "late":
      return `not in time for ${neededBy}`;
    case "order_now":
      return `${rounded(quantity)} to be ordered now`;
    default:
      return kind satisfies never;
  }
}

function pruned(alerts: readonly Alert[], now: Date): Alert[] {
  const oldest = now.getTime() - RESOLVED_KEPT_DAYS * 86_400_000;
  const resolved = alerts
    .filter((alert) => alert.state === "resolved" && Date.parse(alert.resolved_at ?? alert.seen_at) >= oldest)
    .sort((a, b) => byCodeUnits(b.resolved_at ?? "", a.resolved_at ?? "") || byPlace(a, b));
  return [...alerts.filter((alert) => alert.state !== "resolved"), ...resolved.slice(0, RESOLVED_KEPT_MOST)];
}

function byPart(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return byCodeUnits(a, b);
  return typeof a === "number" ? -1 : 1;
}
