// One mail of several lists for the same people. Pure.
import { audience } from "../../core/notification/combine.ts";
import { isoWeek } from "../../core/schedule/iso-week.ts";
import { formatFor } from "../../core/view/format.ts";
import { textsFor } from "../../core/view/texts/texts-for.ts";
import type { Notification } from "../channel.ts";
import { type RenderedMail, sharedId, sharedListId, weekId } from "./message.ts";
import { csvFiles, viewIn } from "./report-mail.ts";
import { type ListPart, sharedHtml } from "./shared-html.ts";
import { sharedText } from "./shared-text.ts";

type Notifications = readonly [Notification, ...Notification[]];

/** Makes it. All are for the same recipients, in one language. Throws a RangeError for a zone that does not exist. */
export function renderSharedMail(notifications: Notifications, options: { readonly rows: number }): RenderedMail {
  const [first] = notifications;
  const { links } = first;
  const format = formatFor(first.monitor);
  const texts = textsFor(format);
  const at = new Date(Math.min(...notifications.map((one) => one.at.getTime())));
  // What people have to see comes first; else as the lists came.
  const parts = notifications
    .map((notification): ListPart => ({ id: notification.monitor.id, view: viewIn(notification) }))
    .toSorted((a, b) => Number(b.view.status === "short") - Number(a.view.status === "short"));
  const open = parts.filter(({ view }) => view.status === "short").length;
  const { year, week } = isoWeek(at, first.monitor.timezone);
  const words = texts.mail.together;
  const headline = open > 0 ? words.notCovered(open, parts.length) : words.allCovered(parts.length);
  const subject = `[Partwatch] ${words.week(week)}: ${open > 0 ? texts.subjectShort : texts.subjectCovered}`;
  const shared = { parts, texts, headline, subject, count: format.quantity, rows: options.rows };
  const { html, rows, shown } = sharedHtml(shared);
  const messageId = sharedId(
    links.repository,
    notifications.map(({ monitor, seq, hash, born }) => ({
      monitor: monitor.id,
      seq,
      hash,
      ...(born === undefined ? {} : { born }),
    })),
  );
  return {
    subject,
    html,
    text: sharedText(shared),
    messageId,
    references: [
      weekId({
        repository: links.repository,
        week: `${year}-W${String(week).padStart(2, "0")}`,
        audience: audience({ to: first.monitor.recipients, language: first.monitor.language }),
      }),
    ],
    date: first.sentAt ?? at,
    headers: { "Auto-Submitted": "auto-generated", "List-Id": `<${sharedListId(links.repository)}>` },
    attachments: parts.flatMap(({ id, view }) => csvFiles(view, { id, rows, shown })),
  };
}
