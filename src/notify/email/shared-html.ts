import Mustache from "mustache";
import { clip } from "../../core/text/plain-text.ts";
import { fold, type Section } from "../../core/view/table.ts";
import type { Texts } from "../../core/view/texts/texts.ts";
import type { View } from "../../core/view/view.ts";
import { sharedTemplate } from "./generated/shared.ts";
import { listLinks, mailLink } from "./links.ts";
import { HTML_LIMIT_BYTES, STATUS_COLORS, sectionModel } from "./report-html.ts";

/** A list in a mail of several. */
export interface ListPart {
  readonly id: string;
  readonly view: View;
}

export interface SharedMailParts {
  readonly parts: readonly ListPart[];
  readonly texts: Texts;
  readonly headline: string;
  readonly subject: string;
  readonly count: (n: number) => string;
  readonly rows: number;
}

/** What of each list is shown where not all can be; null: it stands in the overview alone. */
const LESS: readonly (readonly Section["id"][] | null)[] = [
  ["changed", "missing", "to_order", "chase", "watched", "problems"],
  ["changed", "missing", "to_order"],
  ["changed", "to_order"],
  ["changed"],
  [],
  null,
];
/** With fewer rows, another section is left out instead. */
const LEAST_ROWS = 3;

export interface SharedHtml {
  readonly html: string;
  /** The rows of a table that are shown at most. */
  readonly rows: number;
  readonly shown: readonly Section["id"][];
}

/** The mail as HTML under 100 kB: fewer rows, then fewer sections where all would not fit. */
export function sharedHtml(mail: SharedMailParts): SharedHtml {
  let made: SharedHtml | undefined;
  // The table of every part is in the CSV.
  const all = mail.parts.flatMap(({ view }) => view.sections.map(({ id }) => id)).filter((id) => id !== "parts");
  for (const [depth, shown] of [[...new Set(all)], ...LESS].entries()) {
    for (let { rows } = mail; ; rows = Math.floor(rows / 2)) {
      const html = Mustache.render(sharedTemplate, model(mail, { rows, shown, isShortened: depth > 0 }));
      made = { html, rows, shown: shown ?? [] };
      if (new TextEncoder().encode(made.html).length < HTML_LIMIT_BYTES) return made;
      if (rows < 2 * LEAST_ROWS) break;
    }
  }
  return made ?? { html: "", rows: 0, shown: [] };
}

/** Every name is there, if only as false: Mustache looks a missing one up in what is around. */
function model(
  mail: SharedMailParts,
  {
    rows,
    shown,
    isShortened,
  }: {
    readonly rows: number;
    readonly shown: readonly Section["id"][] | null;
    readonly isShortened: boolean;
  },
) {
  const { parts, texts, headline, subject, count } = mail;
  const [first] = parts;
  const run = first?.view.links.run;
  const open = parts.some(({ view }) => view.status === "short");
  return {
    language: first?.view.language ?? "en",
    subject,
    preheader: `${headline}: ${parts.map(({ view }) => clip(view.name, 60)).join(", ")}`,
    status: open ? "short" : "covered",
    statusWords: open ? texts.subjectShort : texts.subjectCovered,
    statusColor: STATUS_COLORS[open ? "short" : "covered"],
    title: texts.mail.together.title,
    headline,
    shortened: isShortened && texts.mail.together.shortened,
    listWord: texts.mail.together.list,
    statusWord: texts.columns.status,
    lists: parts.map(({ view }) => ({ ...headOf(view), counts: view.counts })),
    details: (shown === null ? [] : parts).map(({ view }) => ({
      ...headOf(view),
      headline: view.headline,
      since: view.since ?? false,
      news: view.news !== "" && clip(view.news, 300),
      checkedAt: view.checkedAt,
      sections: view.sections
        .filter(({ id }) => shown?.includes(id))
        .map((section) => sectionModel(fold(section, rows), { texts, count })),
      ...linksOf(view, texts),
    })),
    attached: texts.mail.together.attached,
    why: texts.mail.together.why,
    footerLinks: mailLink(texts.mail.thisRun, run),
  };
}

function headOf({ name, status, statusWords }: View) {
  return { name: clip(name, 200), tone: status === "short" ? "bad" : "good", statusWords };
}

function linksOf(view: View, texts: Texts) {
  const links = listLinks(view, texts);
  return { hasLinks: links.length > 0, links };
}
