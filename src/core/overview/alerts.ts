import type { Alert, StateFiles } from "../notification/state.ts";
import { own } from "../records.ts";
import { summarize } from "../view/report-status.ts";
import type { ListRow } from "./lists.ts";

/** An alert with the list that it is of. */
export interface ListAlert {
  readonly list: ListRow;
  readonly alert: Alert;
  /** Left out by the list's own `silences`. */
  readonly isSilenced: boolean;
  /** Of its part, as the report knows it. */
  readonly units: string;
  readonly ipn: string | null;
}

const DAY = 86_400_000;

/** The alerts of these lists, the longest first; those of a list that is switched off are no news. */
export function listAlerts(lists: readonly ListRow[], state: StateFiles): readonly ListAlert[] {
  return lists
    .flatMap((list): ListAlert[] => {
      if (list.status === "inactive") return [];
      const isSilenced = list.report === null ? () => false : summarize(list.report).isSilenced;
      const rows = [...(list.report?.watched ?? []), ...(list.report?.lines ?? [])];
      const known = new Map<number | string, { readonly units: string; readonly ipn: string | null }>(
        rows.map((row) => [row.pk, row]),
      );
      return (own(state.monitors, list.id)?.alerts ?? []).map((alert) => ({
        list,
        alert,
        units: known.get(alert.part)?.units ?? "",
        ipn: known.get(alert.part)?.ipn ?? null,
        isSilenced: isSilenced(alert.kind, alert.part) && alert.state !== "dismissed",
      }));
    })
    .map((one) => ({ time: Date.parse(one.alert.since), one }))
    .sort((a, b) => a.time - b.time)
    .map(({ one }) => one);
}

/** Days that the alerts resolved since then took in the middle; undefined: none was resolved. */
export function usualDays(alerts: readonly ListAlert[], after: Date): number | undefined {
  const days = alerts
    .flatMap(({ alert }) => (alert.resolved_at === undefined ? [] : [[alert.since, alert.resolved_at] as const]))
    .filter(([, resolved]) => Date.parse(resolved) >= after.getTime())
    .map(([since, resolved]) => (Date.parse(resolved) - Date.parse(since)) / DAY)
    .sort((a, b) => a - b);
  return days[Math.floor((days.length - 1) / 2)];
}

/** How many parts were short on each of the last days, the latest instant last: each part of a server once. */
export function shortByDay(alerts: readonly ListAlert[], { now, days }: { readonly now: Date; readonly days: number }) {
  const lives = alerts
    .filter(({ alert, isSilenced }) => isMissing(alert) && !isSilenced)
    .map(({ list, alert }) => ({
      key: `${list.instance} ${alert.part}`,
      since: Date.parse(alert.since),
      end: endOf(alert),
    }));
  return Array.from({ length: days }, (_, index) => {
    const at = now.getTime() - (days - 1 - index) * DAY;
    return new Set(lives.flatMap(({ key, since, end }) => (since <= at && at < end ? [key] : []))).size;
  });
}

/** Short, or an entry of the list that stands for no part. */
export function isMissing({ kind }: Alert): boolean {
  return kind === "short" || kind === "unresolved";
}

function endOf(alert: Alert): number {
  const end = alert.resolved_at ?? (alert.state === "dismissed" ? alert.dismissed?.at : undefined);
  return end === undefined ? Number.POSITIVE_INFINITY : Date.parse(end);
}
