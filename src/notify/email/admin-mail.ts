import Mustache from "mustache";
import { clip, plainText, webAddress } from "../../core/text/plain-text.ts";
import { wrapToWidth } from "../../core/text/text-width.ts";
import { formatFor, type Language } from "../../core/view/format.ts";
import { textsFor } from "../../core/view/texts/texts-for.ts";
import type { AdminNotice } from "../channel.ts";
import { adminTemplate } from "./generated/admin.ts";
import { listId, noticeId, type RenderedMail } from "./message.ts";

const WIDTH = 78;
const STATUS_COLORS: Readonly<Record<AdminNotice["kind"], string>> = { opened: "#b42318", resolved: "#17703a" };
const MOST_MONITORS = 30;
const MOST_LINES = 60;
const LONGEST_LINE = 600;

interface Part {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Makes the mail about an incident that is opened or resolved. Both have the same thread root, so they are shown together. */
export function renderAdminMail(
  notice: AdminNotice,
  options: { readonly language: Language; readonly timezone: string },
): RenderedMail {
  const format = formatFor(options);
  const { admin, more } = textsFor(format);
  const begins = notice.kind === "opened";
  const title = plainText(begins ? admin.title(notice.key) : admin.overTitle(notice.key));
  const subject = `[Partwatch] ${clip(title, 150)}`;
  const run = webAddress(notice.links.run);
  const monitors = notice.monitors.slice(0, MOST_MONITORS).map((name) => clip(plainText(name), 120));
  const left = notice.monitors.length - monitors.length;
  const parts: Part[] = [
    { title: begins ? admin.cause : admin.wasCause, lines: linesOf(notice.cause) },
    ...(begins ? [{ title: admin.fix, lines: linesOf(notice.fix ?? admin.usualFix(notice.key, notice.cause)) }] : []),
    {
      title: admin.monitors,
      lines: left > 0 ? [...monitors, more(format.quantity(left))] : monitors,
    },
  ].filter((part) => part.lines.length > 0);
  const times = begins
    ? [`${admin.since} ${format.instant(notice.since)}`]
    : [`${admin.lasted} ${format.instant(notice.since)}`, `${admin.overAt} ${format.instant(notice.at)}`];
  const { repository } = notice.links;
  const root = noticeId({ repository, key: notice.key, since: notice.since, kind: "opened" });
  const { key, since, kind, seq } = notice;
  const messageId = noticeId({ repository, key, since, kind, seq });
  return {
    subject,
    html: Mustache.render(adminTemplate, {
      language: options.language,
      subject,
      preheader: [clip(linesOf(notice.cause)[0] ?? "", 200), admin.preheader(notice.monitors.length)]
        .filter((words) => words !== "")
        .join(" · "),
      statusWords: begins ? admin.begins : admin.over,
      statusColor: STATUS_COLORS[notice.kind],
      title,
      times: times.map((text) => ({ text })),
      parts: parts.map((part) => ({ title: part.title, lines: part.lines.map((text) => ({ text })) })),
      run: run === undefined ? false : { text: admin.run, href: run },
      once: admin.once,
    }),
    text: textOf({
      title,
      times,
      parts,
      run: run === undefined ? [] : ["", `${admin.run}:`, `  ${run}`],
      once: admin.once,
    }),
    messageId,
    references: messageId === root ? [] : [root],
    date: notice.sentAt ?? notice.at,
    headers: {
      "Auto-Submitted": "auto-generated",
      "List-Id": `<${listId({ repository, monitor: "admins" })}>`,
    },
    attachments: [],
  };
}

function textOf(mail: {
  readonly title: string;
  readonly times: readonly string[];
  readonly parts: readonly Part[];
  readonly run: readonly string[];
  readonly once: string;
}): string {
  const wrapped = (text: string) => wrapToWidth(text, WIDTH);
  return `${[
    ...wrapped(mail.title),
    ...mail.times.flatMap(wrapped),
    ...mail.parts.flatMap((part) => ["", part.title, "-".repeat(part.title.length), ...part.lines.flatMap(wrapped)]),
    ...mail.run,
    "",
    "--",
    ...wrapped(mail.once),
  ].join("\n")}\n`;
}

/** A cause may have a line for each problem. */
function linesOf(text: string): string[] {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map(plainText)
    .filter((line) => line !== "")
    .map((line) => clip(line, LONGEST_LINE));
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), "…"] : lines;
}
