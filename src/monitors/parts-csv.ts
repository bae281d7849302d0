import { isError, type Problem } from "../core/problem.ts";
import { parsePartArgument } from "../core/settings/part-argument.ts";
import { printable } from "../core/text/printable.ts";
import { cellFault, cellValue, isLeftOut, referenceCount } from "./csv-cells.ts";
import { type CsvColumn, columnOf, columnsOf, isTitleRow, NAMELESS } from "./csv-columns.ts";
import { type CsvCell, type CsvRow, csvTable, type ReadRow } from "./csv-rows.ts";
import { withoutTotals } from "./csv-totals.ts";
import type { Path, YamlDocument } from "./yaml.ts";
import type { SourcePosition } from "./yaml-faults.ts";

interface Table {
  readonly file: string;
  readonly separator: string;
  readonly columns: readonly (CsvColumn | undefined)[];
}

/**
 * A parts list from a table: with a row that names its columns (name, ipn or pk, version, quantity), or without one as
 * PART,QUANTITY. Separated by commas, semicolons or tabs; except with commas, decimal commas are read. Text around a table, and
 * cells that a spreadsheet has changed, are read correctly or refused with the row.
 */
export function parseCsvList({ file, text }: { readonly file: string; readonly text: string }): {
  readonly document: YamlDocument;
  readonly problems: readonly Problem[];
} {
  const { separator, rows, remarks } = csvTable(text, isTitleRow);
  const passedOver = remarks.map((row) => remarkProblem(file, row));
  const head = headOf(rows);
  const table = { file, separator, columns: [] };
  const unreadable = head < 0 ? untitled(file, rows) : [];
  // Problems of the columns explain problems of the rows.
  if (head < 0)
    return listOf(file, {
      problems: [...passedOver, ...unreadable],
      rows: unreadable.length > 0 ? [] : rows.map((row) => bareRow(row, table)),
    });
  const titles = rows[head] ?? [];
  const body = rows.slice(head + 1).filter((row) => !isRepeated(row, titles));
  const { columns, problems } = columnsOf(file, { titles, rows: body });
  const isWrong = problems.some(isError);
  const read = isWrong ? [] : titledRows(body, { ...table, columns });
  return listOf(file, {
    problems: [...passedOver, ...above(file, rows.slice(0, head)), ...problems],
    rows: withoutTotals({ columns, rows: body, read }),
  });
}

/** Of two rows of titles above each other the lower one names the columns, the upper one groups them. */
function headOf(rows: readonly CsvRow[]): number {
  const first = rows.findIndex(isTitleRow);
  const [upper, lower] = first < 0 ? [] : rows.slice(first, first + 2);
  const isGroups = upper !== undefined && lower !== undefined && isTitleRow(lower) && !isRepeated(lower, upper);
  return isGroups ? first + 1 : first;
}

/** The rows of a structured parts list's highest level: deeper ones are part of them, and would count twice. */
function titledRows(body: readonly CsvRow[], table: Table): readonly (ReadRow | undefined)[] {
  const at = table.columns.indexOf("level");
  const levels = body.map((row) => levelIn(row[at]?.text ?? ""));
  const top = Math.min(...levels.flatMap((level) => level ?? []));
  const isDeep = levels.map((level) => level !== undefined && level > top);
  const count = isDeep.filter(Boolean).length;
  return body.map((row, index): ReadRow | undefined => {
    if (isDeep[index] !== true) return titledRow(row, table);
    if (index !== isDeep.indexOf(true)) return undefined;
    const rows = count === 1 ? "is of a deeper level and is" : `and ${count - 1} more are of a deeper level and are`;
    const message = `this row ${rows} not read: InvenTree knows what an assembly consists of.`;
    return { start: row[at] ?? startOf(row), severity: "warning", message };
  });
}

/** `2`, `..2`, `1.1`: how deep; undefined if it does not say. */
function levelIn(text: string): number | undefined {
  const [, plain] = /^\.*\s*(\d{1,2})$/.exec(text) ?? [];
  if (plain !== undefined) return Number(plain);
  return /^\d+(?:\.\d+)+\.?$/.test(text) ? text.split(".").filter((one) => one !== "").length : undefined;
}

/** `# 4 more, says Jo` and `#FF0000 LED,4` look alike. */
function remarkProblem(file: string, row: CsvRow): Problem {
  const shown = JSON.stringify(printable(row[0]?.text ?? "", 60));
  const message = `${shown} begins with # and is taken for a remark: the row is not read; if it is a part, write its IPN or its pk instead.`;
  return { file, ...startOf(row), message, severity: "warning" };
}

function listOf(
  file: string,
  { problems, rows }: { readonly problems: readonly Problem[]; readonly rows: readonly ReadRow[] },
): { readonly document: YamlDocument; readonly problems: readonly Problem[] } {
  const said = rows.flatMap(({ start, message, severity = "error" }): Problem[] =>
    message === undefined ? [] : [{ file, line: start.line, column: start.column, message, severity }],
  );
  return { document: documentOf(file, rows), problems: [...problems, ...said] };
}

/** A first row that names some columns, and no quantity or no part; or rows that are separated by something else. */
function untitled(file: string, rows: readonly CsvRow[]): Problem[] {
  const [first] = rows;
  if (first === undefined) return [];
  const isOneCell = rows.every(([, ...rest]) => rest.every(({ text }) => text === ""));
  if (isOneCell && rows.every(([cell]) => cell?.text.includes("|") === true))
    return [{ file, ...startOf(first), message: "separates its cells by |; save it with commas, semicolons or tabs." }];
  const known = first.flatMap(({ text }) => columnOf(text) ?? []);
  if (known.length === 0 || first.some(({ text }) => /^\d/.test(text))) return [];
  const message = known.includes("quantity")
    ? NAMELESS
    : "no column has the title quantity; the first row must name the columns, as in name,quantity.";
  return [{ file, ...startOf(first), message }];
}

/** Titles and dates above a table are skipped, but nothing that could be part of the list. */
function above(file: string, rows: readonly CsvRow[]): Problem[] {
  const entry = rows.find((row) => {
    const [part, quantity, ...rest] = row.map(({ text }) => text);
    return part !== "" && /^\d+(?:[.,]\d+)?$/.test(quantity ?? "") && rest.every((text) => text === "");
  });
  if (entry !== undefined) {
    const message = "stands above the row that names the columns and looks like an entry; put that row first.";
    return [{ file, ...startOf(entry), message }];
  }
  const [first] = rows;
  if (first === undefined) return [];
  const message = `${rows.length === 1 ? "this line stands" : `${rows.length} lines stand`} above the row that names the columns and ${rows.length === 1 ? "is" : "are"} not read.`;
  return [{ file, ...startOf(first), message, severity: "warning" }];
}

/** Printed tables repeat the columns' names on each page. */
function isRepeated(row: CsvRow, titles: CsvRow): boolean {
  return row.every(({ text }, index) => text.toLowerCase() === (titles[index]?.text ?? "").toLowerCase());
}

function titledRow(row: CsvRow, { separator, columns }: Table): ReadRow {
  const start = startOf(row);
  for (const [index, cell] of row.entries()) {
    const column = columns[index];
    const message = cellFault({ cell, column, isBeyond: index >= columns.length, separator });
    if (message !== undefined) return { start: cell, message };
  }
  const left = leftOut(row, columns);
  if (left !== undefined) return left;
  const value = new Map<string, unknown>();
  const cells = new Map<string, CsvCell>();
  for (const [index, cell] of row.entries()) {
    const column = columns[index];
    if (column === undefined || !isField(column) || cell.text === "") continue;
    const [name, read] =
      column === "part" ? partOf(cell.text) : [column, cellValue({ column, text: cell.text, separator })];
    value.set(name, read);
    cells.set(name, cell);
  }
  const entry = { value: Object.fromEntries(value), cells };
  const references = row[columns.indexOf("references")];
  const count = referenceCount(references?.text ?? "");
  const quantity = value.get("quantity");
  if (
    references === undefined ||
    count === undefined ||
    count < 2 ||
    typeof quantity !== "number" ||
    quantity % count === 0
  )
    return { start, entry };
  return {
    start: references,
    entry,
    severity: "warning",
    message: `names ${count} references, and the quantity is ${quantity}.`,
  };
}

function isField(column: CsvColumn): boolean {
  return !["left_out", "fitted", "references", "level"].includes(column);
}

/** A row that is marked as not to be populated. */
function leftOut(row: CsvRow, columns: readonly (CsvColumn | undefined)[]): ReadRow | undefined {
  const part = row.find((_cell, index) => ["name", "part", "ipn", "pk"].includes(columns[index] ?? ""))?.text ?? "";
  for (const [index, cell] of row.entries()) {
    const column = columns[index];
    const isMarked = column === "quantity" && /^(?:dnp|dnf|dni|dns)$/i.test(cell.text);
    const answer = column === "left_out" || column === "fitted" ? isLeftOut(column, cell.text) : isMarked;
    if (answer === undefined) {
      const message = `${JSON.stringify(printable(cell.text, 60))} does not say whether the part is left out; write yes or no.`;
      return { start: cell, message };
    }
    if (answer)
      return {
        start: cell,
        severity: "warning",
        message: `${part === "" ? "this row" : printable(part, 80)} is marked as not populated and left out.`,
      };
  }
  return undefined;
}

/** PART,QUANTITY as on the command line. */
function bareRow(row: CsvRow, { separator }: Table): ReadRow {
  const [part = "", quantity = "", ...rest] = row.map((cell) => cell.text);
  const start = startOf(row);
  const fault = row.flatMap((cell, index) => {
    const column = index === 0 ? "part" : index === 1 ? "quantity" : undefined;
    return cellFault({ cell, column, isBeyond: false, separator }) ?? [];
  })[0];
  if (fault !== undefined) return { start, message: fault };
  if (rest.some((text) => text !== ""))
    return { start, message: "has more than PART,QUANTITY; name the columns in the first row." };
  if (quantity === "") {
    const shown = JSON.stringify(printable(part, 60));
    return { start, message: `${shown} has no quantity beside it; a row is PART,QUANTITY, as in Board,25.` };
  }
  const number = String(cellValue({ column: "quantity", text: quantity, separator }));
  const read = parsePartArgument(`${part}:${number}`);
  if (read.kind === "wrong") return { start, message: read.message };
  const [first, second] = row;
  const cells = new Map<string, CsvCell>(
    Object.keys(read.entry).flatMap((name) => {
      const cell = name === "quantity" ? second : first;
      return cell === undefined ? [] : [[name, cell] as const];
    }),
  );
  return { start, entry: { value: read.entry, cells } };
}

function partOf(text: string): readonly [name: string, value: unknown] {
  const read = parsePartArgument(`${text}:1`);
  if (read.kind === "wrong") return ["name", text];
  const { pk, ipn, name } = read.entry;
  if (pk !== undefined) return ["pk", pk];
  return ipn === undefined ? ["name", name] : ["ipn", ipn];
}

function documentOf(file: string, rows: readonly ReadRow[]): YamlDocument {
  const entries = rows.flatMap(({ entry, start }) => (entry === undefined ? [] : [{ ...entry, start }]));
  const cellOf = (path: Path) => entries[Number(path[1] ?? 0)]?.cells.get(String(path[2]));
  const placeOf = (path: Path): SourcePosition => {
    const { line, column } = cellOf(path) ?? entries[Number(path[1] ?? 0)]?.start ?? { line: 1, column: 1 };
    return { line, column };
  };
  return {
    file,
    value: { parts: entries.map(({ value }) => value) },
    placeOf,
    keyPlaceOf: placeOf,
    scalarOf: (path) => {
      const cell = cellOf(path);
      return cell === undefined
        ? undefined
        : { source: cell.text, isPlain: true, remark: undefined, anchor: undefined };
    },
    beginsIn: () => false,
    isBareKey: () => false,
  };
}

function startOf(row: CsvRow): SourcePosition {
  return { line: row[0]?.line ?? 1, column: row[0]?.column ?? 1 };
}
