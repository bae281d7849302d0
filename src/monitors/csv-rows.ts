import { edgesOff } from "../core/text/letter-forms.ts";
import type { SourcePosition } from "./yaml-faults.ts";

export interface CsvCell extends SourcePosition {
  readonly text: string;
  /** It begins with a quote that does not end it: unclear what belongs to it. */
  readonly isTorn: boolean;
}

export type CsvRow = readonly CsvCell[];

/** A row: an entry, or the problem to report instead. */
export interface ReadRow {
  readonly start: SourcePosition;
  readonly entry?: { readonly value: object; readonly cells: ReadonlyMap<string, CsvCell> };
  readonly message?: string;
  readonly severity?: "error" | "warning";
}

export interface CsvTable {
  readonly separator: string;
  /** Without empty rows and comments. */
  readonly rows: readonly CsvRow[];
  /** Comments with more than one cell, which somebody may have meant as rows. */
  readonly remarks: readonly CsvRow[];
}

const SEPARATORS = [",", ";", "\t"] as const;
/** Excel's own line that names the separator. */
const SEP_LINE = /^\ufeff?"?sep=(.)"?[ ]*(?:\r\n|\r|\n|$)/i;
/** What a spreadsheet writes when a formula fails; not a comment. */
export const CELL_ERROR = /^#(?:N\/A|NV|REF!|BEZUG!|NAME\?|VALUE!|WERT!|DIV\/0!|NUM!|ZAHL!|NULL!|SPILL!|CALC!)/i;

/** A table from its text; `isTitles`: whether a row names the columns, which shows what separates them. */
export function csvTable(text: string, isTitles: (row: CsvRow) => boolean): CsvTable {
  const [line = "", named] = SEP_LINE.exec(text) ?? [];
  const given = SEPARATORS.find((one) => one === named);
  const separators = given === undefined ? byCount(text) : [given];
  const tables = separators.map((separator): CsvTable => {
    const written = rowsOf(text, { separator, from: line.length }).filter((row) => row.some(isWritten));
    const isRow = (row: CsvRow) => !isRemark(row) || isTitles(row);
    const remarks = written.filter((row) => !isRow(row) && row.slice(1).some(isWritten));
    return { separator, rows: written.filter(isRow), remarks };
  });
  const [first = { separator: ",", rows: [], remarks: [] }] = tables;
  return tables.find(({ rows }) => rows.some(isTitles)) ?? first;
}

/** The most frequent one in the first line comes first. */
function byCount(text: string): readonly string[] {
  const line = (/^[^\r\n]*/.exec(text.trimStart())?.[0] ?? "").replace(/"[^"]*"/g, "");
  return SEPARATORS.toSorted((a, b) => line.split(b).length - line.split(a).length);
}

interface Rows {
  readonly separator: string;
  readonly from: number;
}

function isWritten({ text }: CsvCell): boolean {
  return text !== "";
}

/** A comment line begins with #, a pk with # and a digit. */
function isRemark([first]: CsvRow): boolean {
  const text = first?.text ?? "";
  return /^#(?!\d)/.test(text) && !CELL_ERROR.test(text);
}

/** RFC 4180: a quoted cell may contain separators, line breaks, and doubled quotes. `="012"` is Excel's text. */
function rowsOf(text: string, { separator, from }: Rows): CsvRow[] {
  const rows: CsvCell[][] = [[]];
  const cell = new RegExp(`[ ]*(?:(=?)"((?:[^"]|"")*)"[ ]*|([^${separator}\\r\\n]*))(${separator}|\\r?\\n|\\r|$)`, "y");
  let line = 1 + lineBreaks(text.slice(0, from)).length;
  let lineStart = from;
  cell.lastIndex = from;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) break;
    const [, , quoted, bare = "", end = ""] = match;
    const isTorn = quoted === undefined && /^=?"/.test(bare);
    const shown = edgesOff(quoted?.replaceAll('""', '"') ?? bare);
    // In quotes Excel's text stands as "=""012""".
    const inner = /^="((?:[^"]|"")*)"$/.exec(shown)?.[1];
    rows
      .at(-1)
      ?.push({ text: inner === undefined ? shown : edgesOff(inner), isTorn, line, column: at - lineStart + 1 });
    const breaks = lineBreaks(match[0]);
    line += breaks.length;
    const last = breaks.at(-1);
    if (last !== undefined) lineStart = at + last;
    if (end !== separator) rows.push([]);
  }
  return rows;
}

/** The offsets after all line ends. */
function lineBreaks(text: string): readonly number[] {
  return [...text.matchAll(/\r\n|\r|\n/g)].map(({ 0: end, index }) => index + end.length);
}
