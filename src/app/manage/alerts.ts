import { acknowledge, dismiss, reactivate } from "../../core/notification/alerts.ts";
import { EMPTY_DELTA } from "../../core/notification/merge.ts";
import type { AlertKind } from "../../core/notification/significant.ts";
import type { Alert, MonitorState, StateFiles } from "../../core/notification/state.ts";
import { defined, own } from "../../core/records.ts";
import { plainText } from "../../core/text/plain-text.ts";
import { referenceWords } from "../../core/text/reference-words.ts";
import { brokenFor } from "../../state/files.ts";
import type { StateStore } from "../../state/store.ts";

/** An alert, with its monitor. */
export interface MonitorAlert {
  readonly monitor: string;
  readonly alert: Alert;
}

/** The alerts of the state, by monitor, then part; resolved ones only if asked for. */
export function alertsIn(
  state: StateFiles,
  { ids, resolved }: { readonly ids?: readonly string[] | undefined; readonly resolved: boolean },
): readonly MonitorAlert[] {
  return Object.values(state.monitors)
    .filter(({ id }) => ids === undefined || ids.includes(id))
    .flatMap(({ id, alerts }) => alerts.map((alert) => ({ monitor: id, alert })))
    .filter(({ alert }) => resolved || alert.state !== "resolved");
}

/** What somebody decides about an alert. */
export type Decision =
  | { readonly kind: "acknowledge"; readonly by: string }
  /** Until that day (YYYY-MM-DD) inclusive, or until more is missing. */
  | { readonly kind: "dismiss"; readonly until?: string; readonly by: string }
  | { readonly kind: "undo"; readonly by: string };

export type Decided =
  | { readonly kind: "decided"; readonly alerts: readonly Alert[]; readonly commit: string }
  /** It was in that state already. */
  | { readonly kind: "unchanged"; readonly alerts: readonly Alert[] }
  | { readonly kind: "refused"; readonly message: string };

/**
 * Acknowledges, dismisses or takes that back for the open alerts of a part, in one commit that touches nothing else. Throws
 * FailureError (kind state) if the state cannot be read or committed.
 */
export async function decide(input: {
  readonly store: StateStore;
  readonly id: string;
  /** A name, `ipn=X`, `#pk`, or an unresolved entry's words. */
  readonly part: string;
  readonly alertKind?: AlertKind | undefined;
  readonly decision: Decision;
  readonly at: Date;
}): Promise<Decided> {
  const { store, id, decision } = input;
  const state = await store.read();
  const [broken] = brokenFor(state, id);
  if (broken !== undefined) return refused(`State branch, ${broken.path}: ${broken.message}`);
  const known = own(state.monitors, id);
  if (known === undefined) return refused(`Nothing is recorded for ${id} yet: it has no alerts.`);
  const chosen = chosenAlerts(input, known, state);
  if (typeof chosen === "string") return refused(chosen);
  const after = chosen.flatMap((alert) => decidedAlert(alert, input));
  const moved = after.filter((alert, index) => JSON.stringify(alert) !== JSON.stringify(chosen[index]));
  if (moved.length === 0) {
    const dismissed = chosen.find((alert) => alert.state === "dismissed");
    return decision.kind === "acknowledge" && dismissed !== undefined
      ? refused(`${plainText(dismissed.name)} is dismissed; take that back first, with --undo.`)
      : { kind: "unchanged", alerts: chosen };
  }
  const alerts = { before: chosen, after };
  const delta = { ...EMPTY_DELTA, monitors: { [id]: { name: known.name, delivered: {}, alerts } } };
  const { commit, skipped } = await store.commit(delta, message(input, moved));
  if (skipped.length > 0)
    return refused(`${skipped.join(", ")} on the state branch cannot be written; see partwatch status.`);
  return { kind: "decided", alerts: moved, commit };
}

function decidedAlert(
  alert: Alert,
  { decision, at }: { readonly decision: Decision; readonly at: Date },
): readonly Alert[] {
  const choice = { alerts: [alert], part: alert.part, kind: alert.kind, at };
  switch (decision.kind) {
    case "acknowledge":
      return acknowledge({ ...choice, by: decision.by });
    case "dismiss":
      return isDismissedSo(alert, decision.until)
        ? [alert]
        : dismiss({ ...choice, by: decision.by, ...defined({ until: decision.until }) });
    case "undo":
      return reactivate(choice);
    default:
      return decision satisfies never;
  }
}

function isDismissedSo({ state, dismissed, quantity }: Alert, until: string | undefined): boolean {
  return state === "dismissed" && dismissed?.until === until && dismissed?.quantity === quantity;
}

/** The matching open alerts, or why there are none. */
function chosenAlerts(
  { id, part, alertKind }: { readonly id: string; readonly part: string; readonly alertKind?: AlertKind | undefined },
  { alerts }: MonitorState,
  state: StateFiles,
): readonly Alert[] | string {
  const open = alerts.filter((alert) => alert.state !== "resolved");
  const ofKind = open.filter((alert) => alertKind === undefined || alert.kind === alertKind);
  const found = ofKind.filter((alert) => isMeant(alert, part, ipnsOf(state, id)));
  const parts = new Map(found.map((alert) => [alert.part, alert.name]));
  if (parts.size === 1) return found;
  if (parts.size > 1) {
    const named = [...parts].map(([pk, name]) => `${partWords(pk)} (${plainText(name)})`);
    return `Several parts of ${id} are called ${part}: ${named.join(", ")}. Name one of them.`;
  }
  const kinds = alertKind === undefined ? "" : ` of kind ${alertKind}`;
  const there = [...new Set(open.map(({ part: pk, name, kind }) => `${plainText(name)} (${partWords(pk)}, ${kind})`))];
  const hint = there.length === 0 ? "It has no open alerts." : `Open are: ${there.join(", ")}.`;
  return `${id} has no open alert${kinds} of ${part}. ${hint}`;
}

function isMeant({ part, name }: Alert, wanted: string, ipns: ReadonlyMap<number, string>): boolean {
  const text = wanted.trim().toLowerCase();
  if (typeof part === "string") return part.toLowerCase() === text || name.toLowerCase() === text;
  if (/^#?\d+$/.test(text) && part === Number(text.replace("#", ""))) return true;
  if (text.startsWith("ipn=")) return ipns.get(part)?.toLowerCase() === text.slice("ipn=".length).trim();
  return name.toLowerCase() === text;
}

/** The IPNs in the last delivered report. */
function ipnsOf(state: StateFiles, id: string): ReadonlyMap<number, string> {
  const report = own(state.reports, id);
  const rows = report === undefined ? [] : [...report.lines, ...(report.watched ?? [])];
  return new Map(rows.flatMap(({ pk, ipn }): [number, string][] => (ipn === null ? [] : [[pk, ipn]])));
}

/** How a part of an alert is named on the command line. */
export function partWords(part: number | string): string {
  return plainText(referenceWords(part));
}

/** What `git log --oneline` of the state branch shows. */
function message(
  { id, decision }: { readonly id: string; readonly decision: Decision },
  alerts: readonly Alert[],
): string {
  const names = [...new Set(alerts.map(({ name }) => plainText(name)))].join(", ");
  const by = decision.by === "" ? "" : ` (${plainText(decision.by)})`;
  switch (decision.kind) {
    case "acknowledge":
      return `Acknowledge ${id}: ${names}${by}`;
    case "dismiss":
      return `Dismiss ${id}: ${names}${decision.until === undefined ? "" : ` until ${decision.until}`}${by}`;
    case "undo":
      return `Reactivate ${id}: ${names}${by}`;
    default:
      return decision satisfies never;
  }
}

function refused(message: string): Decided {
  return { kind: "refused", message };
}
