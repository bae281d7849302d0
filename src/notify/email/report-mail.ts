import { defined } from "../../core/records.ts";
import { clip, plainText, webAddress } from "../../core/text/plain-text.ts";
import { formatFor } from "../../core/view/format.ts";
import type { Section } from "../../core/view/table.ts";
import { textsFor } from "../../core/view/texts/texts-for.ts";
import { type View, viewOf } from "../../core/view/view.ts";
import type { Notification } from "../channel.ts";
import { csvOf } from "./csv.ts";
import { type Attachment, episodeId, listId, notificationId, type RenderedMail } from "./message.ts";
import { reportHtml } from "./report-html.ts";
import { reportText } from "./report-text.ts";

export interface ReportMail extends RenderedMail {
  /** All parts with all figures; the first attachment. */
  readonly csv: string;
}

/** Sections whose every row is a row of the CSV with all parts, too. */
const IN_PARTS: readonly Section["id"][] = ["missing", "to_order", "to_build", "critical", "parts"];
const LONGEST_NAME = 120;

/** Makes the mail of a notification: HTML, text, CSV and headers. Pure; throws a RangeError for a zone that does not exist. */
export function renderReportMail(
  notification: Notification,
  options: { readonly rows: number; readonly template?: string | undefined },
): ReportMail {
  const { monitor, links, at } = notification;
  const view = viewIn(notification);
  const format = formatFor(monitor);
  const texts = textsFor(format);
  const count = (n: number) => format.quantity(n);
  const subject = `[Partwatch] ${clip(view.name, LONGEST_NAME)}: ${view.statusWords}`;
  const { html, rows } = reportHtml(view, { ...options, subject, texts, count });
  const attachments = csvFiles(view, { id: monitor.id, rows });
  const messageId = notificationId({
    repository: links.repository,
    monitor: monitor.id,
    seq: notification.seq,
    hash: notification.hash,
    born: notification.born,
  });
  return {
    subject,
    html,
    text: reportText(view, { rows: options.rows, texts, count }),
    csv: attachments[0].content,
    messageId,
    references: thread(notification).filter((id) => id !== messageId),
    // A mail that says that it is days old is taken for junk, or refused.
    date: notification.sentAt ?? at,
    headers: headers(notification),
    attachments,
  };
}

/** What a notification shows. */
export function viewIn({ monitor, report, change, episode, links, at, alerts }: Notification): View {
  return viewOf({ report, monitor, change, episode, links, at, ...defined({ alerts }) });
}

/** All parts with all figures; then the tables of which the mail shows fewer rows than there are. */
export function csvFiles(
  view: View,
  { id, rows, shown }: { readonly id: string; readonly rows: number; readonly shown?: readonly Section["id"][] },
): readonly [Attachment, ...Attachment[]] {
  // A list that only watches has no parts table: what it watches is its table then.
  const whole = ["parts", "watched"].flatMap((id) => view.sections.find((section) => section.id === id) ?? []).at(0);
  const isWhole = (section: Section) => section.total <= rows && (shown === undefined || shown.includes(section.id));
  return [
    csvFile(`${id}.csv`, csvOf(whole ?? { columns: [], rows: [] }, view.language)),
    ...view.sections
      .filter((section) => section !== whole && !isWhole(section) && !IN_PARTS.includes(section.id))
      .map((section) => csvFile(`${id}-${section.id.replaceAll("_", "-")}.csv`, csvOf(section, view.language))),
  ];
}

/** One id for the whole episode; after it the mail that state says began it. */
function thread({ episode, links, monitor, born }: Notification): string[] {
  if (episode === null) return [];
  const root = episodeId({ repository: links.repository, monitor: monitor.id, episode: episode.number, born });
  return episode.root === undefined || !/^<[\x21-\x7e]+@[\x21-\x7e]+>$/.test(episode.root)
    ? [root]
    : [...new Set([root, episode.root])];
}

function headers({ links, monitor }: Notification): Record<string, string> {
  const file = webAddress(links.monitorFile);
  return {
    "Auto-Submitted": "auto-generated",
    "List-Id": `<${plainText(listId({ repository: links.repository, monitor: monitor.id }))}>`,
    ...(file === undefined ? {} : { "List-Unsubscribe": `<${file}>` }),
  };
}

function csvFile(filename: string, content: string): Attachment {
  return { filename, contentType: "text/csv; charset=utf-8", content };
}
