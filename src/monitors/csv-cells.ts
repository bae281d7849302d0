import { printable } from "../core/text/printable.ts";
import type { CsvColumn } from "./csv-columns.ts";
import { CELL_ERROR, type CsvCell } from "./csv-rows.ts";

export interface CellInput {
  readonly cell: CsvCell;
  readonly column: CsvColumn | undefined;
  /** The title row has no such column. */
  readonly isBeyond: boolean;
  readonly separator: string;
}

const MONTH =
  "(?:jan|feb|fév|mär|mrz|mar|mai|may|apr|avr|jun|jul|aug|aoû|sep|okt|oct|nov|dez|dec|déc|dic|ene|abr|ago|gen|mag|giu|lug|set|ott)\\p{L}*";
/** What spreadsheets make of part numbers like 10-12, MAR1 and 1.2.26. */
const DATE = new RegExp(
  `^(?:\\d{1,2}[-. /]+${MONTH}\\.?(?:[-. /]+\\d{2,4})?|${MONTH}\\.?[-. /]+\\d{1,4}|\\d{1,2}([./-])\\d{1,2}\\1\\d{2,4}|\\d{4}-\\d\\d-\\d\\d)(?:[ T]+\\d{1,2}:\\d\\d(?::\\d\\d)?)?$`,
  "iu",
);
const SCIENTIFIC = /^\d(?:[.,]\d+)?E[+-]\d+$/i;

/** Why a cell may not be what somebody meant: no list is better than one with wrong parts or quantities. */
export function cellFault({ cell, column, isBeyond, separator }: CellInput): string | undefined {
  const text = JSON.stringify(printable(cell.text, 60));
  if (cell.isTorn) return `${text} begins with a quote that does not end it; write "" for a quote inside of quotes.`;
  if (isBeyond && cell.text !== "")
    return `${text} is in no column that the first row names; a text or number with ${nameOf(separator)} in it must be in quotes.`;
  if (column === undefined || column === "references" || column === "level" || cell.text === "") return undefined;
  if (CELL_ERROR.test(cell.text))
    return `${text} is an error of the spreadsheet; fix the formula, then save the table again.`;
  if (/^=/.test(cell.text)) return `${text} is a formula, not its value; save the table with values.`;
  if (column === "quantity") return quantityFault(cell.text, { text, separator });
  if (["left_out", "fitted", "pk", "needed_by"].includes(column)) return undefined;
  if (DATE.test(cell.text))
    return `${text} looks like a date that a spreadsheet made of a number; give the column the format Text and write it again (or write the list as YAML if it is called that).`;
  if (/^'[\d=+-]/.test(cell.text)) return `${text} begins with the ' by which a spreadsheet marks texts; delete it.`;
  const [entity] = /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,5});/.exec(cell.text) ?? [];
  if (entity !== undefined) return `${text} has ${entity} in it, as web pages write it; write the character itself.`;
  if (SCIENTIFIC.test(cell.text))
    return `${text} is a number that a spreadsheet has shortened; give the column the format Text and write it out.`;
  return undefined;
}

/** Three digits after one separator are thousands to some and decimals to others. */
function quantityFault(
  quantity: string,
  { text, separator }: { readonly text: string; readonly separator: string },
): string | undefined {
  if (separator === ",") return undefined;
  if (/^\d{1,3}(?:\.\d{3}){2,}$|^\d{1,3}(?:\.\d{3})+,\d+$/.test(quantity))
    return `${text} has points between its thousands; write ${quantity.replaceAll(".", "")}.`;
  if (/^\d{1,3}\.\d{3}$/.test(quantity))
    return `${text} may have points between its thousands or a decimal point; write ${quantity.replace(".", "")} or ${Number(quantity)}.`;
  if (!/^[1-9]\d{0,2},\d{3}$/.test(quantity)) return undefined;
  return `${text} may have a comma between its thousands or a decimal comma; write ${quantity.replace(",", "")} or ${Number(quantity.replace(",", "."))}.`;
}

function nameOf(separator: string): string {
  return separator === "\t" ? "a tab" : separator === ";" ? "a semicolon" : "a comma";
}

/** A number if the cell has one; else the text, which the schema then reports. */
export function cellValue({
  column,
  text,
  separator,
}: {
  readonly column: CsvColumn;
  readonly text: string;
  readonly separator: string;
}): unknown {
  if (column !== "quantity" && column !== "pk") return text;
  if (column === "pk" && /^#\d+$/.test(text)) return Number(text.slice(1));
  const plain = separator === "," ? text : text.replace(/^([+-]?\d+),(\d+)$/, "$1.$2");
  return /^[+-]?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : text;
}

const YES = /^(?:x|y|yes|true|1|ja|j|wahr|oui|vrai|si|sí|dnp|dnf|dni|dns|excluded(?: from bom)?|exclude)$/i;
const NO = /^(?:|n|no|false|0|nein|falsch|non|faux|-|–|~)$/i;

/** Whether a row is marked as left out; undefined: unclear. */
export function isLeftOut(column: "left_out" | "fitted", text: string): boolean | undefined {
  if (column === "left_out") return YES.test(text) ? true : NO.test(text) ? false : undefined;
  if (/^(?:dnp|dnf|dni|dns)$/i.test(text)) return true;
  return text === "" || YES.test(text) ? false : NO.test(text) ? true : undefined;
}

/** How many parts `R1, R2, R5-R8` are; undefined if it is not a list of designators. */
export function referenceCount(text: string): number | undefined {
  const pieces = text.split(/[\s,;]+/).filter((piece) => piece !== "");
  const counts = pieces.map((piece) => {
    const [, letters, from, other, to] = /^([A-Za-z]+)(\d+)(?:\s*[-–]\s*([A-Za-z]*)(\d+))?$/.exec(piece) ?? [];
    if (from === undefined) return undefined;
    if (to === undefined) return 1;
    const count = Number(to) - Number(from) + 1;
    return (other === "" || other === letters) && count > 0 ? count : undefined;
  });
  return counts.reduce((sum, count) => (sum === undefined || count === undefined ? undefined : sum + count), 0);
}
