import Mustache from "mustache";
import { clip } from "../../core/view/plain-text.ts";
import { type Cell, type Column, fold, type Section } from "../../core/view/table.ts";
import type { Texts } from "../../core/view/texts.ts";
import type { View } from "../../core/view/view.ts";
import { reportTemplate } from "./generated/report.ts";

/** Above this, mail programs cut a message off (Gmail at 102 kB). */
const HTML_LIMIT_BYTES = 100_000;
const FACTS_A_ROW = 3;
/** Columns of less importance are in the CSV alone. */
const LEAST_PRIORITY = 3;
/** A phone has room for so many, the most important ones. */
const PHONE_COLUMNS = 4;
/** Longer figures than that may break, so that no table is wider than a phone. */
const WIDE_FIGURE = 12;
/** Other people's words, which may have no blank to break at. */
const FOREIGN: readonly Column["id"][] = [
  "part",
  "for",
  "substitute",
  "entry",
  "problem",
  "remark",
  "reason",
  "assembly",
  "limited_by",
];
const STATUS_COLORS: Readonly<Record<View["status"], string>> = { short: "#b42318", covered: "#17703a" };
const LONGEST_LINK = 500;
const CELL = { text: 160, sub: 240 };

export interface ReportHtml {
  readonly html: string;
  /** The rows of a table that are shown at most. */
  readonly rows: number;
}

/** The mail as HTML under 100 kB: at most that many rows of a table, fewer where they would not fit. */
export function reportHtml(
  view: View,
  of: {
    readonly subject: string;
    readonly rows: number;
    readonly texts: Texts;
    readonly count: (n: number) => string;
  },
): ReportHtml {
  const longest = Math.max(0, ...view.sections.map((section) => section.rows.length));
  let rows = of.rows;
  for (;;) {
    const html = Mustache.render(reportTemplate, model(view, { ...of, rows }));
    const bytes = new TextEncoder().encode(html).length;
    if (rows === 0 || bytes < HTML_LIMIT_BYTES) return { html, rows };
    // Not all of it is rows: cutting in proportion never takes too many, and comes close quickly.
    rows = Math.min(rows - 1, Math.floor((Math.min(rows, longest) * HTML_LIMIT_BYTES) / bytes));
  }
}

function model(
  view: View,
  of: {
    readonly subject: string;
    readonly rows: number;
    readonly texts: Texts;
    readonly count: (n: number) => string;
  },
): object {
  const { texts } = of;
  const { monitorFile, run, inventree } = view.links;
  const link = (text: string, href: string | undefined) => (href === undefined ? [] : [{ text, href }]);
  return {
    language: view.language,
    subject: of.subject,
    preheader: view.counts,
    status: view.status,
    statusWords: view.statusWords,
    statusColor: STATUS_COLORS[view.status],
    name: clip(view.name, 200),
    headline: view.headline,
    since: view.since ?? "",
    checkedAt: view.checkedAt,
    description: clip(view.description, 600),
    facts: chunks(view.facts, FACTS_A_ROW).map((row) => ({ row })),
    sections: view.sections.map((section) => sectionModel(fold(section, of.rows), of)),
    attached: texts.mail.attached,
    why: texts.mail.why(clip(view.name, 200)),
    footerLinks: [
      ...link(texts.mail.editList, monitorFile),
      ...link(texts.mail.thisRun, run),
      ...link("InvenTree", inventree),
    ],
  };
}

function sectionModel(
  section: Section,
  { texts, count }: { readonly texts: Texts; readonly count: (n: number) => string },
): object {
  const visible = section.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => !column.merged && column.priority <= LEAST_PRIORITY);
  const onPhone = [...visible].sort((a, b) => a.column.priority - b.column.priority).slice(0, PHONE_COLUMNS);
  const shown = visible.map((one, at) => ({
    ...one,
    cls: classes(one.column, { first: at === 0, phone: onPhone.includes(one) }),
  }));
  const more = section.folded > 0 ? [texts.moreInCsv(count(section.folded))] : [];
  return {
    title: section.title,
    lead: section.lead ?? "",
    hasRows: section.rows.length > 0,
    columns: shown.map(({ column, cls }) => ({ title: column.title, cls })),
    rows: section.rows.map((row) => ({ cells: shown.map(({ index, cls }) => cellModel(row.cells[index], cls)) })),
    remarks: [...more, ...section.notes].map((text) => ({ text })),
  };
}

/** Mustache looks a missing name up in what is around: every name is there, if only as false. */
function cellModel(cell: Cell | undefined, cls: string): object {
  return {
    cls: [cls, (cell?.text.length ?? 0) > WIDE_FIGURE ? "s" : "", cell?.tone ?? ""]
      .filter((word) => word !== "")
      .join(" "),
    text: clip(cell?.text ?? "", CELL.text),
    href: cell?.href ?? false,
    sub: cell?.sub === undefined ? false : clip(cell.sub, CELL.sub),
    more: cell?.more !== undefined && cell.more.href.length <= LONGEST_LINK ? cell.more : false,
  };
}

/** f: first. r: right. w: may break anywhere. p3: not on a phone. */
function classes(column: Column, of: { readonly first: boolean; readonly phone: boolean }): string {
  return [
    ...(of.first ? ["f"] : []),
    ...(column.align === "right" ? ["r"] : []),
    ...(FOREIGN.includes(column.id) ? ["w"] : []),
    ...(of.phone ? [] : ["p3"]),
  ].join(" ");
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
