import { plainText } from "../../core/text/plain-text.ts";
import { type Language, plainNumber } from "../../core/view/format.ts";
import type { Cell, Column, Row } from "../../core/view/table.ts";

/** How a spreadsheet of that language reads a file: Excel in German wants semicolons, since the comma is in the numbers. */
const DIALECTS = {
  en: { separator: ",", decimalMark: ".", foreign: ";" },
  de: { separator: ";", decimalMark: ",", foreign: "," },
} as const satisfies Record<Language, unknown>;

const BYTE_ORDER_MARK = "\uFEFF";
const LINE_END = "\r\n";
/**
 * What makes a spreadsheet take a text for a formula (also in the wide and small forms of East Asian type), behind blanks
 * and quotation marks, which some programs take away.
 */
const FORMULA = "(?=[\\s\"']*[=+\\-@|%＝＋－＠｜％﹦﹢﹣﹫﹪])";
const AT_START = new RegExp(`^${FORMULA}`, "u");
const PLAIN_NUMBER = /^-?\d+(?:[.,]\d+)?$/;

/**
 * A table as CSV: UTF-8 with a byte-order mark, titles first, numbers as numbers. No cell becomes a formula, whether the file
 * is opened with commas, semicolons or tabs.
 */
export function csvOf(
  section: { readonly columns: readonly Pick<Column, "title">[]; readonly rows: readonly Row[] },
  language: Language,
): string {
  const { separator } = DIALECTS[language];
  const titles = section.columns.map(({ title }, index) => field({ text: title }, { language, isFirst: index === 0 }));
  const rows = section.rows.map(({ cells }) =>
    cells.map((cell, index) => field(cell, { language, isFirst: index === 0 })),
  );
  return BYTE_ORDER_MARK + [titles, ...rows].map((fields) => fields.join(separator) + LINE_END).join("");
}

interface Place {
  readonly language: Language;
  readonly isFirst: boolean;
}

function field(cell: Cell, place: Place): string {
  const { decimalMark } = DIALECTS[place.language];
  const { value, decimals = 5 } = cell;
  const text = value === undefined ? plainText(cell.text) : plainNumber(value, { decimalMark, decimals });
  return quoted(harmless(text, place), place.language);
}

/**
 * A leading apostrophe keeps a text a text. Opened with another separator than its own, a file falls into other cells, which
 * begin with a line or behind that separator inside a text, whatever quotation marks stand around: so there is one there too.
 * A negative number may stand everywhere but at the beginning of a line, where other text would follow it then.
 */
function harmless(text: string, { language, isFirst }: Place): string {
  if (PLAIN_NUMBER.test(text) && !(isFirst && text.startsWith("-"))) return text;
  const behind = new RegExp(`(?<=${DIALECTS[language].foreign})${FORMULA}`, "gu");
  return text.replace(AT_START, "'").replace(behind, "'");
}

/** A closing quotation mark must not stand right behind the other separator: there it would open the rest of the file. */
function quoted(text: string, language: Language): string {
  const { separator, foreign } = DIALECTS[language];
  const isPlain = !text.includes(separator) && !/["\r\n]|^\s|\s$/.test(text);
  if (isPlain) return text;
  const closed = text.replace(new RegExp(`(?<=${foreign})(?=[\\s"]*$)`, "u"), "'");
  return `"${closed.replaceAll('"', '""')}"`;
}
