import { textsFor } from "../../core/view/catalogue.ts";
import { formatFor } from "../../core/view/format.ts";
import { clip, plainText, webAddress } from "../../core/view/plain-text.ts";
import type { Section } from "../../core/view/table.ts";
import { viewOf } from "../../core/view/view.ts";
import type { Telling } from "../channel.ts";
import { csvOf } from "./csv.ts";
import type { Attachment, RenderedMail } from "./mail.ts";
import { episodeId, listId, tellingId } from "./message-id.ts";
import { reportHtml } from "./report-html.ts";
import { reportText } from "./report-text.ts";

export interface ReportMail extends RenderedMail {
  /** All parts with all figures; the first attachment. */
  readonly csv: string;
}

/** Sections whose every row is a row of the CSV with all parts, too. */
const IN_PARTS: readonly Section["id"][] = ["missing", "to_order", "to_build", "critical", "parts"];
const LONGEST_NAME = 120;

/** Makes the mail of a telling: HTML, text, CSV and headers. Pure; throws a RangeError for a zone that does not exist. */
export function renderReportMail(telling: Telling, options: { readonly rows: number }): ReportMail {
  const { monitor, report, change, episode, links, at } = telling;
  const view = viewOf({
    report,
    monitor,
    change,
    episode,
    links,
    at,
    ...(telling.alerts === undefined ? {} : { alerts: telling.alerts }),
  });
  const format = formatFor(monitor);
  const texts = textsFor(format);
  const count = (n: number) => format.quantity(n);
  const subject = `[Partwatch] ${clip(view.name, LONGEST_NAME)}: ${view.statusWords}`;
  const { html, rows } = reportHtml(view, { subject, rows: options.rows, texts, count });
  // A list that only watches has no parts table: what it watches is its table then.
  const whole = ["parts", "watched"].flatMap((id) => view.sections.find((section) => section.id === id) ?? []).at(0);
  const csv = csvOf(whole ?? { columns: [], rows: [] }, view.language);
  const messageId = tellingId({
    repository: links.repository,
    monitor: monitor.id,
    seq: telling.seq,
    hash: telling.hash,
    born: telling.born,
  });
  return {
    subject,
    html,
    text: reportText(view, { rows: options.rows, texts, count }),
    csv,
    messageId,
    references: thread(telling).filter((id) => id !== messageId),
    date: at,
    headers: headers(telling),
    attachments: [
      csvFile(`${monitor.id}.csv`, csv),
      ...view.sections
        .filter((section) => section !== whole && section.total > rows && !IN_PARTS.includes(section.id))
        .map((section) =>
          csvFile(`${monitor.id}-${section.id.replaceAll("_", "-")}.csv`, csvOf(section, view.language)),
        ),
    ],
  };
}

/** One id for the whole episode; after it the mail that state says began it. */
function thread({ episode, links, monitor, born }: Telling): string[] {
  if (episode === null) return [];
  const root = episodeId({ repository: links.repository, monitor: monitor.id, episode: episode.number, born });
  return episode.root === undefined || !/^<[\x21-\x7e]+@[\x21-\x7e]+>$/.test(episode.root)
    ? [root]
    : [...new Set([root, episode.root])];
}

function headers({ links, monitor }: Telling): Record<string, string> {
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
