import { own } from "../records.ts";
import { plainText } from "../text/plain-text.ts";
import { formatFor } from "./format.ts";
import { fold, type Section } from "./table.ts";
import { textsFor } from "./texts/texts-for.ts";
import type { View } from "./view.ts";

/**
 * Escapes foreign text for GitHub's Markdown: no table cell, link, mention, formula or tag can be made of it. What GitHub
 * makes a link of by itself (addresses, `#12`, `@name`) is kept apart.
 */
export function markdownText(text: string): string {
  const escaped = plainText(text).replace(
    /[\\`*_{}[\]()#+!|~$<>&]/g,
    (character) => own(ENTITIES, character) ?? `\\${character}`,
  );
  return keptApart(keptApart(escaped, MENTIONS), LINK_STARTS);
}

/** `@name`, `#12`, `GH-12`. */
export const MENTIONS = /@(?=\w)|\\?#(?=\d)|(?<=\bGH)-(?=\d)/gi;
export const LINK_STARTS = /:(?=\/\/)|(?<=\bwww)\./gi;

/**
 * GitHub looks for mentions and references in the finished page, where an entity is the character again: only an element
 * of its own keeps them apart. Unlike a blank without width it is not copied with the text.
 */
export function keptApart(text: string, signs: RegExp): string {
  return text.replace(signs, "<span>$&</span>");
}

const ENTITIES: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

/** A report as Markdown: the same sections, columns and words as the mail. At most `rows` rows a table. */
export function viewMarkdown(view: View, { rows }: { readonly rows: number }): string {
  const facts = view.facts.map(({ label, text }) => `${markdownText(label)} **${markdownText(text)}**`).join(" · ");
  const head = [
    `## ${markdownText(view.name)}: ${markdownText(view.headline)}`,
    `${markdownText(view.checkedAt)}${view.since === undefined ? "" : ` · ${markdownText(view.since)}`}`,
    facts,
  ];
  const format = formatFor({ language: view.language, timezone: "UTC" });
  const more = (folded: number) => textsFor(format).more(format.quantity(folded));
  return [...head, ...view.sections.map((section) => sectionMarkdown(fold(section, rows), more))].join("\n\n");
}

/** Title, sentence, table, notes. The full parts table can be opened. */
export function sectionMarkdown(section: Section, moreWords: (folded: number) => string): string {
  if (section.id === "parts") return foldedMarkdown(section, moreWords);
  return `### ${markdownText(section.title)}\n\n${bodyMarkdown(section, moreWords)}`;
}

/** The same, to be opened. */
export function foldedMarkdown(section: Section, moreWords: (folded: number) => string): string {
  const title = `${markdownText(section.title)} (${section.total})`;
  return `<details><summary>${title}</summary>\n\n${bodyMarkdown(section, moreWords)}\n\n</details>`;
}

function bodyMarkdown(section: Section, moreWords: (folded: number) => string): string {
  const table = section.rows.length === 0 ? [] : [tableMarkdown(section)];
  const more = section.folded === 0 ? [] : [moreWords(section.folded)];
  const lead = section.lead === undefined ? [] : [markdownText(section.lead)];
  return [...lead, ...table, ...more, ...section.notes.map(markdownText)].join("\n\n");
}

function tableMarkdown({ columns, rows }: Section): string {
  const titles = columns.map(({ title }) => markdownText(title));
  const rule = columns.map(({ align }) => (align === "right" ? "--:" : "---"));
  const cells = rows.map((row) =>
    row.cells.map(({ text, href }) =>
      href === undefined ? markdownText(text) : `[${markdownText(text)}](${address(href)})`,
    ),
  );
  return [titles, rule, ...cells].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** An address is already http(s); what would end the link or the cell is encoded. */
function address(href: string): string {
  return href.replace(/[()<>|\s\\]/g, (character) =>
    encodeURIComponent(character).replace(/[()]/g, (bracket) => (bracket === "(" ? "%28" : "%29")),
  );
}
