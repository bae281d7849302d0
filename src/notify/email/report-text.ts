import { textWidth, wrapToWidth } from "../../core/text/text-width.ts";
import { fold, type Section } from "../../core/view/table.ts";
import { textTable } from "../../core/view/text-table.ts";
import type { Texts } from "../../core/view/texts/texts.ts";
import type { View } from "../../core/view/view.ts";
import { listLinks, mailLink } from "./links.ts";

/** Columns of a line. */
export const WIDTH = 78;
/** Parts whose pages are named below the table of what is missing. */
const LINKS = 20;

/** The mail as plain text: the same sections, tables aligned for a fixed-width font, lines of at most 78 columns. */
export function reportText(
  view: View,
  options: { readonly rows: number; readonly texts: Texts; readonly count: (n: number) => string },
): string {
  const head = [
    ...wrapToWidth(view.name, WIDTH),
    "=".repeat(Math.min(WIDTH, textWidth(view.name))),
    "",
    ...wrapToWidth(view.since === undefined ? view.headline : `${view.headline} · ${view.since}`, WIDTH),
    ...(view.news === "" ? [] : wrapToWidth(view.news, WIDTH)),
    ...wrapToWidth(view.checkedAt, WIDTH),
    ...(view.description === "" ? [] : ["", ...wrapToWidth(view.description, WIDTH)]),
  ];
  const widest = Math.max(...view.facts.map((fact) => textWidth(fact.label)));
  const facts = view.facts.map((fact) => `${fact.label}:${" ".repeat(widest - textWidth(fact.label) + 2)}${fact.text}`);
  const blocks = [
    head.join("\n"),
    [...titled(options.texts.mail.summary), ...facts].join("\n"),
    ...view.sections.map((section) => sectionText(section, options)),
    footer(view, options.texts).join("\n"),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** A section with its title underlined. */
export function sectionText(
  whole: Section,
  { rows, texts, count }: { readonly rows: number; readonly texts: Texts; readonly count: (n: number) => string },
): string {
  const section = fold(whole, rows);
  return [
    ...titled(section.title),
    ...(section.lead === undefined ? [] : wrapToWidth(section.lead, WIDTH)),
    ...(section.rows.length === 0 ? [] : [textTable(section, { width: WIDTH })]),
    ...(section.folded > 0 ? [texts.moreInCsv(count(section.folded))] : []),
    ...section.notes.flatMap((note) => ["", ...wrapToWidth(note, WIDTH)]),
    ...(section.id === "missing" ? pages(section, texts) : []),
  ].join("\n");
}

/** Addresses stand alone on their lines, however long: a broken one cannot be opened. */
function pages(section: Section, texts: Texts): string[] {
  const linked = section.rows
    .map(({ cells: [part] }) => part)
    .flatMap((part) => (part?.href === undefined ? [] : [{ text: part.text, href: part.href }]))
    .slice(0, LINKS);
  if (linked.length === 0) return [];
  return [
    "",
    `${texts.mail.openInvenTree}:`,
    ...linked.flatMap(({ text, href }) => [...wrapToWidth(text, WIDTH), `  ${href}`]),
  ];
}

function footer(view: View, texts: Texts): string[] {
  const links = [...listLinks(view, texts), ...mailLink(texts.mail.thisRun, view.links.run)];
  return [
    "--",
    ...wrapToWidth(texts.mail.attached, WIDTH),
    ...wrapToWidth(texts.mail.why(view.name), WIDTH),
    ...links.flatMap(({ text, href }) => [`${text}:`, `  ${href}`]),
  ];
}

function titled(title: string): string[] {
  return [title, "-".repeat(textWidth(title))];
}
