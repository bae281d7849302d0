import { printable } from "../core/printable.ts";
import type { Problem } from "../core/problem.ts";
import { own } from "../core/records.ts";
import { parsePartArgument } from "../core/settings/part-argument.ts";
import type { Path, YamlDocument } from "./yaml.ts";

/** 1-based line and column. */
type Place = ReturnType<YamlDocument["placeOf"]>;

interface CsvCell extends Place {
  readonly text: string;
  /** It begins with a quote that does not end it: nobody knows what belongs to it. */
  readonly isTorn: boolean;
}

type CsvRow = readonly CsvCell[];

/** What a column is called, in small letters, and what it is for us. */
const COLUMNS: Readonly<Record<string, "name" | "part" | "ipn" | "pk" | "version" | "quantity">> = {
  name: "name",
  "part name": "name",
  part: "part",
  ipn: "ipn",
  pk: "pk",
  part_id: "pk",
  version: "version",
  revision: "version",
  rev: "version",
  quantity: "quantity",
  qty: "quantity",
  amount: "quantity",
  menge: "quantity",
  anzahl: "quantity",
};

/**
 * A parts list from a table: with a first row that names its columns (name, ipn or pk, version, quantity), or without one as
 * PART,QUANTITY. Separated by commas, semicolons or tabs; with semicolons a decimal comma is read.
 */
export function parseCsvList({ file, text }: { readonly file: string; readonly text: string }): {
  readonly document: YamlDocument;
  readonly problems: readonly Problem[];
} {
  const separator = separatorOf(text);
  // A line of remarks begins with #, a pk with # and a digit.
  const rows = rowsOf(text, separator).filter(
    (row) => row.some((cell) => cell.text !== "") && !/^#(?!\d)/.test(row[0]?.text ?? ""),
  );
  const [head = []] = rows;
  const titles = head.map((cell) => own(COLUMNS, cell.text.toLowerCase()));
  const isTitled = titles.includes("quantity");
  const entries = isTitled
    ? rows.slice(1).map((row) => titledEntry({ titles, row, separator }))
    : rows.map((row) => bareEntry(row, separator));
  const wrong = entries.flatMap(({ start, message }): Problem[] =>
    message === undefined ? [] : [{ file, line: start.line, column: start.column, message }],
  );
  const unread = isTitled ? head.filter((_cell, index) => titles[index] === undefined) : [];
  const problems = unread.map(({ text: title, line, column }): Problem => {
    const message = `the column "${printable(title, 60)}" is not read; known are name, ipn, pk, version, quantity.`;
    return { file, line, column, message, severity: "warning" };
  });
  const right = entries.filter(({ message }) => message === undefined);
  return { document: documentOf(file, right), problems: [...problems, ...wrong] };
}

interface CsvEntry {
  readonly value: unknown;
  readonly start: Place;
  readonly places: ReadonlyMap<string, Place>;
  /** Why the row is no entry. */
  readonly message?: string;
}

function titledEntry(of: {
  readonly titles: readonly (string | undefined)[];
  readonly row: CsvRow;
  readonly separator: string;
}): CsvEntry {
  const { titles, row, separator } = of;
  const fault = row.flatMap((cell, index) => {
    const message = cellFault({ cell, title: titles[index], isBeyond: index >= titles.length, separator });
    return message === undefined ? [] : [{ start: cell, message }];
  })[0];
  if (fault !== undefined) return { value: {}, places: new Map(), ...fault };
  const values = new Map<string, unknown>();
  const places = new Map<string, Place>();
  for (const [index, cell] of row.entries()) {
    const title = titles[index];
    if (title === undefined || cell.text === "") continue;
    const [name, read] =
      title === "part" ? partOf(cell.text) : [title, cellValue({ title, text: cell.text, separator })];
    values.set(name, read);
    places.set(name, { line: cell.line, column: cell.column });
  }
  return { value: Object.fromEntries(values), places, start: startOf(row) };
}

/** Why a cell may not be what somebody meant: better no list than one with other quantities. */
function cellFault(of: {
  readonly cell: CsvCell;
  readonly title: string | undefined;
  readonly isBeyond: boolean;
  readonly separator: string;
}): string | undefined {
  const { cell, title, isBeyond, separator } = of;
  const text = JSON.stringify(printable(cell.text, 60));
  if (cell.isTorn) return `${text} begins with a quote that does not end it; write "" for a quote inside of quotes.`;
  if (isBeyond && cell.text !== "")
    return `${text} stands in no column that the first row names; a text or number with ${nameOf(separator)} in it must stand in quotes.`;
  const isGrouped = separator !== "," && /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(cell.text);
  if (title !== "quantity" || !isGrouped) return undefined;
  return `${text} may have points between its thousands or a decimal point; write it without the former, and without zeros behind the latter.`;
}

function nameOf(separator: string): string {
  return separator === "\t" ? "a tab" : separator === ";" ? "a semicolon" : "a comma";
}

/** PART,QUANTITY as on the command line. */
function bareEntry(row: CsvRow, separator: string): CsvEntry {
  const [part, quantity, ...rest] = row.map((cell) => cell.text);
  const start = startOf(row);
  const none = { value: {}, places: new Map(), start };
  const fault = row.flatMap((cell, index) => {
    const title = index === 1 ? "quantity" : undefined;
    return cellFault({ cell, title, isBeyond: false, separator }) ?? [];
  })[0];
  if (fault !== undefined) return { ...none, message: fault };
  if (rest.some((text) => text !== ""))
    return { ...none, message: "has more than PART,QUANTITY; name the columns in the first row." };
  const number = String(cellValue({ title: "quantity", text: quantity ?? "", separator }));
  const read = parsePartArgument(`${part}:${number}`);
  return read.kind === "entry" ? { ...none, value: read.entry } : { ...none, message: read.message };
}

function partOf(text: string): readonly [name: string, value: unknown] {
  const read = parsePartArgument(`${text}:1`);
  if (read.kind === "wrong") return ["name", text];
  const { pk, ipn, name } = read.entry;
  if (pk !== undefined) return ["pk", pk];
  return ipn === undefined ? ["name", name] : ["ipn", ipn];
}

/** A number where a number is wanted; else the text, of which the schema will say what is wrong. */
function cellValue(of: { readonly title: string; readonly text: string; readonly separator: string }): unknown {
  const { title, text, separator } = of;
  if (title !== "quantity" && title !== "pk") return text;
  const plain = separator === ";" ? text.replace(/^([+-]?\d+),(\d+)$/, "$1.$2") : text;
  return /^[+-]?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : text;
}

function documentOf(file: string, entries: readonly CsvEntry[]): YamlDocument {
  const placeOf = (path: Path): Place => {
    const entry = entries[Number(path[1] ?? 0)];
    return entry?.places.get(String(path[2])) ?? entry?.start ?? { line: 1, column: 1 };
  };
  return {
    file,
    value: { parts: entries.map(({ value }) => value) },
    placeOf,
    keyPlaceOf: placeOf,
    sourceOf: () => undefined,
  };
}

function startOf(row: CsvRow): Place {
  return { line: row[0]?.line ?? 1, column: row[0]?.column ?? 1 };
}

/** What stands most often in the first line, outside of quotes. */
function separatorOf(text: string): string {
  const line = (/^[^\r\n]*/.exec(text.trimStart())?.[0] ?? "").replace(/"[^"]*"/g, "");
  const counted = [",", ";", "\t"].map((separator) => ({ separator, count: line.split(separator).length }));
  return counted.sort((a, b) => b.count - a.count)[0]?.separator ?? ",";
}

/** RFC 4180: a cell in quotes may hold separators, line breaks, and quotes that are doubled. */
function rowsOf(text: string, separator: string): CsvRow[] {
  const rows: CsvCell[][] = [[]];
  const cell = new RegExp(`[ ]*(?:"((?:[^"]|"")*)"[ ]*|([^${separator}\\r\\n]*))(${separator}|\\r?\\n|\\r|$)`, "y");
  let line = 1;
  let lineStart = 0;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) break;
    const [, quoted, bare = "", end = ""] = match;
    const isTorn = quoted === undefined && bare.startsWith('"');
    const shown = (quoted?.replaceAll('""', '"') ?? bare).trim();
    rows.at(-1)?.push({ text: shown, isTorn, line, column: at - lineStart + 1 });
    const breaks = match[0].split("\n").length - 1;
    line += breaks;
    if (breaks > 0) lineStart = at + match[0].lastIndexOf("\n") + 1;
    if (end !== separator) rows.push([]);
  }
  return rows;
}
