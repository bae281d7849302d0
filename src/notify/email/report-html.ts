import Mustache from "mustache";
import { clip } from "../../core/text/plain-text.ts";
import { type Cell, type Column, fold, type Section } from "../../core/view/table.ts";
import type { Texts } from "../../core/view/texts/texts.ts";
import type { View } from "../../core/view/view.ts";
import { reportTemplate } from "./generated/report.ts";
import { listLinks, mailLink } from "./links.ts";
import type { CellModel, ReportModel, SectionModel } from "./report-fields.ts";

/** Above this, mail programs cut a message off (Gmail at 102 kB). */
export const HTML_LIMIT_BYTES = 100_000;
const FACTS_A_ROW = 4;
/** All rows are as wide, however many facts they have. */
const FACT_COLUMNS = 12;
/** Columns of less importance are in the CSV alone. */
const LEAST_PRIORITY = 3;
/** A phone has room for so many, the most important ones. */
const PHONE_COLUMNS = 4;
/** Longer figures than that may break, so that no table is wider than a phone. */
const WIDE_FIGURE = 12;
const WIDE_DAY = 16;
const WIDE_SUB = 18;
/** Other people's words, which may have no blank to break at. */
const FOREIGN: readonly Column["id"][] = [
  "part",
  "for",
  "substitute",
  "entry",
  "list",
  "problem",
  "remark",
  "reason",
  "assembly",
  "limited_by",
];
/** Days stand on one line. */
const DAYS: readonly Column["id"][] = ["needed_by", "order_by", "from_day"];
/** Their rows are read on a phone, one below the other, each figure with its title. */
const STACKED: readonly Section["id"][] = [
  "to_order",
  "chase",
  "on_its_way",
  "plan_lists",
  "by_when",
  "how_many",
  "watched",
  "not_for_all",
];
/** On a phone they are in the CSV alone. */
const IN_CSV_ON_PHONES: readonly Section["id"][] = ["parts"];
const LONG_REMARK = 80;
export const STATUS_COLORS: Readonly<Record<View["status"], string>> = { short: "#b42318", covered: "#17703a" };
const LONGEST_LINK = 500;
const CELL = { text: 160, sub: 240 };

export interface ReportHtml {
  readonly html: string;
  /** The rows of a table that are shown at most. */
  readonly rows: number;
}

interface HtmlOptions {
  readonly subject: string;
  readonly rows: number;
  readonly texts: Texts;
  readonly count: (n: number) => string;
  /** Compiled; absent: the built-in one. */
  readonly template?: string | undefined;
}

/**
 * The mail as HTML under 100 kB: at most that many rows of a table, fewer where they would not fit. By the built-in template
 * where another does not fit even without any row.
 */
export function reportHtml(view: View, options: HtmlOptions): ReportHtml {
  const made = fitted(view, options);
  const isTooLarge = options.template !== undefined && made.bytes >= HTML_LIMIT_BYTES;
  return isTooLarge ? fitted(view, { ...options, template: undefined }) : made;
}

function fitted(view: View, options: HtmlOptions): ReportHtml & { readonly bytes: number } {
  const { template = reportTemplate } = options;
  const longest = Math.max(0, ...view.sections.map((section) => section.rows.length));
  let rows = options.rows;
  for (;;) {
    const html = Mustache.render(template, model(view, { ...options, rows }));
    const bytes = new TextEncoder().encode(html).length;
    if (rows === 0 || bytes < HTML_LIMIT_BYTES) return { html, rows, bytes };
    // Not all of it is rows: cutting in proportion never takes too many, and comes close quickly.
    rows = Math.min(rows - 1, Math.floor((Math.min(rows, longest) * HTML_LIMIT_BYTES) / bytes));
  }
}

function model(view: View, options: HtmlOptions): ReportModel {
  const sections = view.sections.map((section) => sectionModel(fold(section, options.rows), options));
  const { texts } = options;
  return {
    language: view.language,
    subject: options.subject,
    preheader: [view.news, view.counts].filter((words) => words !== "").join(" "),
    status: view.status,
    statusWords: view.statusWords,
    statusColor: STATUS_COLORS[view.status],
    name: clip(view.name, 200),
    headline: view.headline,
    since: view.since ?? "",
    news: clip(view.news, 600),
    checkedAt: view.checkedAt,
    description: clip(view.description, 600),
    facts: evenRows(
      view.facts.filter(({ isTask }) => isTask),
      FACTS_A_ROW,
    ).map((row) => ({
      row: row.map(({ label, text, tone }) => ({ label, text, tone, span: String(FACT_COLUMNS / row.length) })),
    })),
    figures: view.facts
      .filter(({ isTask }) => !isTask)
      .map(({ label, text }) => `${label} ${text}`)
      .join(" · "),
    sections,
    tables: Object.fromEntries(view.sections.map(({ id }, at) => [id, sections[at]])),
    attached: texts.mail.attached,
    why: texts.mail.why(clip(view.name, 200)),
    footerLinks: [...listLinks(view, texts), ...mailLink(texts.mail.thisRun, view.links.run)],
  };
}

/** A section as templates show it, folded already. */
export function sectionModel(section: Section, { texts, count }: Pick<HtmlOptions, "texts" | "count">): SectionModel {
  const visible = section.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => !column.merged && column.priority <= LEAST_PRIORITY);
  const onPhone = [...visible].sort((a, b) => a.column.priority - b.column.priority).slice(0, PHONE_COLUMNS);
  const shown = visible.map((one, at) => ({
    ...one,
    cls: classes(one.column, { first: at === 0, phone: onPhone.includes(one) }),
  }));
  const more = section.folded > 0 ? [texts.moreInCsv(count(section.folded))] : [];
  const isStacked = STACKED.includes(section.id) || hasLongRemarks(section);
  return {
    title: section.title,
    stack: isStacked ? " stack" : "",
    wide: IN_CSV_ON_PHONES.includes(section.id) ? " wide" : "",
    lead: section.lead ?? "",
    hasRows: section.rows.length > 0,
    columns: shown.map(({ column, cls }) => ({ title: column.title, cls })),
    rows: section.rows.map((row) => ({
      cells: shown.map(({ column, index, cls }) =>
        cellModel(row.cells[index], { cls, label: isStacked && column !== shown[0]?.column ? column.title : false }),
      ),
    })),
    remarks: [...more, ...section.notes].map((text) => ({ text })),
  };
}

/** On a phone they would stand in a narrow column, a word a line: the shortages of a plan name many lists. */
function hasLongRemarks({ id, rows }: Section): boolean {
  return id === "missing" && rows.some(({ cells: [first] }) => (first?.sub ?? "").length > LONG_REMARK);
}

function cellModel(
  cell: Cell = { text: "" },
  { cls, label }: { readonly cls: string; readonly label: string | false },
): CellModel {
  const { href = false, more, tone = "" } = cell;
  const { text, sub = "" } = cell.brief ?? cell;
  const isDay = cls.split(" ").includes("d");
  const marks = [
    ...(text === "" ? ["e"] : []),
    ...(text.length > (isDay ? WIDE_DAY : WIDE_FIGURE) ? ["s"] : []),
    ...(sub.length > WIDE_SUB ? ["t"] : []),
  ];
  return {
    label: text === "" ? false : label,
    cls: [cls, ...marks, tone].filter((word) => word !== "").join(" "),
    text: clip(text, CELL.text),
    href,
    sub: sub === "" ? false : clip(sub, CELL.sub),
    more: more !== undefined && more.href.length <= LONGEST_LINK ? more : false,
  };
}

/** f: first. r: right. d: a day. w: may break anywhere. p3: not on a phone. e: empty. s, t: the text, what stands below it, is long. */
function classes(column: Column, options: { readonly first: boolean; readonly phone: boolean }): string {
  return [
    ...(options.first ? ["f"] : []),
    ...(column.align === "right" ? ["r"] : []),
    ...(DAYS.includes(column.id) ? ["d"] : []),
    ...(FOREIGN.includes(column.id) ? ["w"] : []),
    ...(options.phone ? [] : ["p3"]),
  ].join(" ");
}

/** As few rows of at most that many as there have to be, none with two fewer than another: five are three and two. */
function evenRows<T>(items: readonly T[], most: number): T[][] {
  const rows = Math.ceil(items.length / most);
  const start = (row: number) => Math.ceil((row * items.length) / rows);
  return Array.from({ length: rows }, (_, row) => items.slice(start(row), start(row + 1)));
}
