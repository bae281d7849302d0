import { type Language, plainNumber } from "../../core/view/format.ts";
import type { Cell, Section } from "../../core/view/table.ts";

/** How a spreadsheet of that language reads a file: Excel in German wants semicolons, since the comma is in the numbers. */
const DIALECTS = {
  en: { separator: ",", decimalMark: ".", foreign: /[;\t]/ },
  de: { separator: ";", decimalMark: ",", foreign: /[,\t]/ },
} as const satisfies Record<Language, unknown>;

const BYTE_ORDER_MARK = "\uFEFF";
const LINE_END = "\r\n";
/** What makes a spreadsheet take a text for a formula (also in full width). */
const FORMULA = /^[\s']*[=+\-@＝＋－＠|%]/u;
const PLAIN_NUMBER = /^-?\d+(?:[.,]\d+)?$/;

/** A table as CSV: UTF-8 with a byte-order mark, titles first, numbers as numbers, no text that could become a formula. */
export function csvOf(section: Pick<Section, "columns" | "rows">, language: Language): string {
  const { separator } = DIALECTS[language];
  const titles = section.columns.map((column) => quoted(column.title, language));
  const rows = section.rows.map((row) => row.cells.map((cell) => field(cell, language)));
  return BYTE_ORDER_MARK + [titles, ...rows].map((fields) => fields.join(separator) + LINE_END).join("");
}

function field(cell: Cell, language: Language): string {
  if (cell.value !== undefined) return plainNumber(cell.value, DIALECTS[language].decimalMark);
  return quoted(harmless(cell.text, language), language);
}

/** A leading apostrophe keeps a text a text. */
function harmless(text: string, language: Language): string {
  if (PLAIN_NUMBER.test(text)) return text;
  const start = FORMULA.test(text) ? `'${text}` : text;
  // Opened with the other language's separator, the file falls into cells inside this text too.
  const { foreign } = DIALECTS[language];
  return start.replace(new RegExp(`(${foreign.source}\\s*)(?=[=+@]|-(?![\\s\\d]))`, "gu"), "$1'");
}

function quoted(text: string, language: Language): string {
  const special = text.includes(DIALECTS[language].separator) || /["\r\n]|^\s|\s$/.test(text);
  return special ? `"${text.replaceAll('"', '""')}"` : text;
}
