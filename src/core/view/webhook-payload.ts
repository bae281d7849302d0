import { createHash } from "node:crypto";
import { rounded } from "../calculation/quantity.ts";
import type { Report } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import type { Change } from "../notification/change.ts";
import type { Episode } from "../notification/episode.ts";
import { type ResultKind, rowKey } from "../notification/significant.ts";
import type { Alert } from "../notification/state.ts";
import { type AheadPayload, aheadPayload } from "./ahead-payload.ts";
import { units } from "./cells.ts";
import { notifiedRows, partAddress } from "./message.ts";
import { summarize } from "./report-status.ts";

/** A longer list would only slow its reader down; the number left out is given. */
const MOST_ROWS = 500;

/** What format json sends of a check: schemas/webhook.schema.json. Field names are those of files. */
export interface ReportPayload extends AheadPayload {
  readonly schema_version: 1;
  readonly event: "report";
  /** The same when it is sent again after a crash or lost answer, and unique to this notification. */
  readonly id: string;
  readonly at: string;
  readonly repository: string;
  readonly monitor: { readonly id: string; readonly name: string; readonly url: string | null };
  readonly status: "short" | "covered";
  readonly hash: string;
  readonly episode: { readonly number: number; readonly open: boolean; readonly since: string } | null;
  readonly change: {
    readonly kind: Change["kind"];
    readonly list_edited: boolean;
    readonly rows: Change["rows"];
    readonly rows_left_out: number;
    readonly now_silenced: number;
  };
  readonly summary: Report["summary"];
  readonly parts: readonly PartPayload[];
  readonly parts_left_out: number;
  readonly silenced: Report["silenced"];
  readonly silenced_left_out: number;
  readonly run_url: string | null;
}

interface PartPayload {
  readonly kind: ResultKind;
  /** pk, or an unresolved entry's own words. */
  readonly part: number | string;
  readonly name: string;
  readonly ipn: string | null;
  readonly quantity: number;
  readonly units: string;
  readonly since: string | null;
  readonly acknowledged: boolean;
  readonly url: string | null;
}

/** What format json sends about an incident that is opened or resolved. */
export interface IncidentPayload {
  readonly schema_version: 1;
  readonly event: "incident";
  readonly id: string;
  readonly at: string;
  readonly repository: string;
  readonly status: "opened" | "resolved";
  readonly incident: string;
  readonly title: string;
  readonly cause: string;
  readonly fix: string | null;
  readonly since: string;
  readonly monitors: readonly string[];
  readonly run_url: string | null;
}

/** Makes the payload of a notification. */
export function reportPayload(notification: {
  readonly monitor: Pick<Monitor, "id" | "name">;
  readonly report: Report;
  readonly change: Change;
  readonly hash: string;
  readonly seq: number;
  readonly episode: Episode | null;
  readonly alerts?: readonly Alert[];
  readonly at: Date;
  readonly links: {
    readonly inventree: string;
    readonly repository: string;
    readonly monitorFile?: string;
    readonly run?: string;
  };
}): ReportPayload {
  const { monitor, report, change, hash, episode, links } = notification;
  const rows = notifiedRows(report);
  return {
    schema_version: 1,
    event: "report",
    id: deliveryId({ monitor: monitor.id, seq: notification.seq, hash }),
    at: notification.at.toISOString(),
    repository: links.repository,
    monitor: { id: monitor.id, name: monitor.name, url: links.monitorFile ?? null },
    status: summarize(report).covered ? "covered" : "short",
    hash,
    episode: episode === null ? null : { number: episode.number, open: episode.open, since: episode.since },
    change: {
      kind: change.kind,
      list_edited: change.listEdited,
      rows: change.rows.slice(0, MOST_ROWS),
      rows_left_out: Math.max(0, change.rows.length - MOST_ROWS),
      now_silenced: change.nowSilenced?.length ?? 0,
    },
    summary: report.summary,
    parts: rows.slice(0, MOST_ROWS).map(partPayload(notification)),
    parts_left_out: Math.max(0, rows.length - MOST_ROWS),
    silenced: report.silenced.slice(0, MOST_ROWS),
    silenced_left_out: Math.max(0, report.silenced.length - MOST_ROWS),
    ...aheadPayload(report, MOST_ROWS),
    run_url: links.run ?? null,
  };
}

/** Makes the payload of an incident, whose title and fix are in words already. */
export function incidentPayload(
  notice: {
    readonly kind: "opened" | "resolved";
    readonly key: string;
    readonly since: Date;
    readonly at: Date;
    readonly cause: string;
    readonly monitors: readonly string[];
    readonly links: { readonly repository: string; readonly run?: string };
  },
  { title, fix }: { readonly title: string; readonly fix: string | null },
): IncidentPayload {
  return {
    schema_version: 1,
    event: "incident",
    id: incidentId(notice),
    at: notice.at.toISOString(),
    repository: notice.links.repository,
    status: notice.kind,
    incident: notice.key,
    title,
    cause: notice.cause.slice(0, 20_000),
    fix,
    since: notice.since.toISOString(),
    monitors: notice.monitors.slice(0, MOST_ROWS),
    run_url: notice.links.run ?? null,
  };
}

/** What a notification is called on channels that have no names of their own: letters, digits, dots and dashes. */
export function deliveryId(notification: {
  readonly monitor: string;
  readonly seq: number;
  readonly hash: string;
}): string {
  return `${notification.monitor}.${notification.seq}.${notification.hash.slice(0, 16)}`;
}

/** What a notice to the admins is called: another one where the same file is broken otherwise. */
export function incidentId(notice: {
  readonly kind: "opened" | "resolved";
  readonly key: string;
  readonly since: Date;
  readonly cause: string;
}): string {
  const what = createHash("sha256")
    .update(JSON.stringify([notice.key, notice.cause]))
    .digest("hex")
    .slice(0, 16);
  return `trouble.${Math.floor(notice.since.getTime() / 1000)}.${what}.${notice.kind}`;
}

function partPayload({ report, alerts = [], links }: Parameters<typeof reportPayload>[0]) {
  const unitsOf = units(report);
  const open = new Map(
    alerts.filter((alert) => alert.state !== "resolved").map((alert) => [rowKey(alert), alert] as const),
  );
  return (row: ReturnType<typeof notifiedRows>[number]): PartPayload => {
    const alert = row.kind === "build" ? undefined : open.get(rowKey(row));
    return {
      kind: row.kind,
      part: row.part,
      name: row.name,
      ipn: row.ipn,
      quantity: rounded(row.quantity),
      units: unitsOf(row.part),
      since: alert?.since ?? null,
      acknowledged: alert?.state === "acknowledged",
      url: partAddress(links.inventree, row.part) ?? null,
    };
  };
}
