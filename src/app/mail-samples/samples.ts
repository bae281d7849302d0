// Every kind of mail that Partwatch sends, with invented figures, rendered as a run would render it.
import { DEFAULT_CHANNELS } from "../../core/channels.ts";
import type { Report } from "../../core/generated/report.ts";
import { DEFAULT_POLICY, type Monitor } from "../../core/monitor.ts";
import type { Change, ChangeRow } from "../../core/notification/change.ts";
import type { Alert } from "../../core/notification/state.ts";
import type { Language } from "../../core/view/format.ts";
import type { Links, Notification } from "../../notify/channel.ts";
import { renderAdminMail } from "../../notify/email/admin-mail.ts";
import type { RenderedMail } from "../../notify/email/message.ts";
import { renderReportMail } from "../../notify/email/report-mail.ts";
import { renderSharedMail } from "../../notify/email/shared-mail.ts";
import { renderTestMail } from "../../notify/email/test-mail.ts";
import { COVERED, DATED, PLANNED, SHORT, WATCHING } from "./report.ts";

/** In the order in which a team gets to know them. */
export const MAIL_KINDS = [
  "first",
  "changed",
  "reminder",
  "correction",
  "covered",
  "watching",
  "by_when",
  "plan",
  "together",
  "opened",
  "resolved",
  "test",
] as const;

export type MailKind = (typeof MAIL_KINDS)[number];

export interface SampleOptions {
  readonly language: Language;
  readonly timezone: string;
  /** Rows of a table, as partwatch.yaml has it. */
  readonly rows: number;
  /** Of report mails, compiled; absent: the built-in one. */
  readonly template?: string | undefined;
}

const AT = new Date("2026-11-20T06:10:00Z");
const SINCE = new Date("2026-11-16T06:10:00Z");
const EARLIER = "2026-11-19T06:10:00.000Z";
const LINKS: Links = {
  inventree: "https://inventree.example.com",
  repository: "example/stock",
  run: "https://github.com/example/stock/actions/runs/1",
};

/** The mail of that kind. Throws a RangeError for a zone that does not exist. */
export function sampleMail(kind: MailKind, options: SampleOptions): RenderedMail {
  const { language, timezone } = options;
  switch (kind) {
    case "together": {
      const second = { ...notification("covered", options), monitor: monitorOf(options, SECOND[language]) };
      return renderSharedMail([notification("changed", options), second], options);
    }
    case "opened":
    case "resolved":
      return renderAdminMail(
        {
          kind,
          key: "default/unreachable",
          since: SINCE,
          at: AT,
          cause: "GET /api/part/ https://inventree.example.com: 503, 5 attempts",
          monitors: [NAMES[language], SECOND[language].name],
          links: LINKS,
        },
        options,
      );
    case "test":
      return renderTestMail({ repository: LINKS.repository, at: AT, language, timezone });
    default:
      return renderReportMail(notification(kind, options), options);
  }
}

type ReportKind = Exclude<MailKind, "together" | "opened" | "resolved" | "test">;

const REPORTS: Readonly<Record<ReportKind, Report>> = {
  first: SHORT,
  changed: SHORT,
  reminder: SHORT,
  correction: SHORT,
  covered: COVERED,
  watching: WATCHING,
  by_when: DATED,
  plan: PLANNED,
};

function row(sort: ChangeRow["sort"], part: number, figures: Pick<ChangeRow, "before" | "now">): ChangeRow {
  const name = SHORT.lines.find(({ pk }) => pk === part)?.name ?? "Enclosure IP65, small";
  return { sort, kind: "short", part, name, ...figures };
}

const NONE: Change = { kind: "first", rows: [], listEdited: false };

const CHANGES: Readonly<Record<ReportKind, Change>> = {
  first: NONE,
  watching: NONE,
  by_when: NONE,
  plan: NONE,
  changed: {
    kind: "changed",
    rows: [
      row("new", 32, { before: null, now: 58 }),
      row("worsened", 33, { before: 2.5, now: 38.5 }),
      row("improved", 31, { before: 61, now: 21 }),
      row("resolved", 36, { before: 5, now: null }),
    ],
    listEdited: false,
  },
  reminder: { kind: "reminder", rows: [], listEdited: false },
  correction: {
    kind: "changed",
    rows: [row("corrected", 32, { before: null, now: 58 })],
    listEdited: false,
    corrects: [EARLIER],
  },
  covered: {
    kind: "changed",
    rows: [
      row("resolved", 31, { before: 21, now: null }),
      row("resolved", 32, { before: 58, now: null }),
      row("resolved", 33, { before: 38.5, now: null }),
    ],
    listEdited: false,
  },
};

const NAMES: Readonly<Record<Language, string>> = { en: "Sensor board, next 25", de: "Sensorplatine, nächste 25" };
const SECOND: Readonly<Record<Language, Pick<Monitor, "id" | "name">>> = {
  en: { id: "cable-kits", name: "Cable kits" },
  de: { id: "cable-kits", name: "Kabelsätze" },
};

function notification(kind: ReportKind, options: SampleOptions): Notification {
  const report = REPORTS[kind];
  return {
    monitor: monitorOf(options, { id: "sensor-board", name: NAMES[options.language] }),
    report,
    change: CHANGES[kind],
    hash: kind,
    seq: 7,
    episode: { number: 2, open: kind !== "covered", since: SINCE.toISOString() },
    alerts: report.lines.flatMap(({ short, pk, name, missing }) => (short ? [alertOf(pk, { name, missing })] : [])),
    at: AT,
    links: LINKS,
  };
}

function alertOf(part: number, { name, missing }: { readonly name: string; readonly missing: number }): Alert {
  return {
    ...{ part, name, kind: "short", state: "active", quantity: missing, message: "" },
    ...{ since: SINCE.toISOString(), seen_at: AT.toISOString() },
  };
}

function monitorOf({ language, timezone }: SampleOptions, named: Pick<Monitor, "id" | "name">): Monitor {
  return {
    ...named,
    ...{ file: `monitors/${named.id}.yaml`, description: "", tags: [], active: true },
    ...{ cron_schedule: "10 7 * * 1-5", timezone, watch: [], language, instance: "default" },
    parts: [
      { name: "Sensor Board", version: "B", quantity: 25 },
      { ipn: "CBL-0007", quantity: 50 },
    ],
    recipients: ["stock@example.com"],
    ...{ notify_condition: "on_change", policy: DEFAULT_POLICY, significance: {}, remind_after_ms: null },
    ...{ for: 1, recover: 1, max_lateness_ms: null, digest: null, needed_by: null, lead_times: {} },
    ...{ suppliers: { prefer: [], avoid: [] }, order_soon_days: null, silences: [], channels: DEFAULT_CHANNELS },
  };
}
