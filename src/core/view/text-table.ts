import { defined } from "../records.ts";
import { clip, plainText } from "../text/plain-text.ts";
import { cutToWidth, padToWidth, textWidth, wrapToWidth } from "../text/text-width.ts";
import type { Cell, Column, Section, Tone } from "./table.ts";

/** A table as the renderer needs it; a Section is one. */
export type TextTable = Pick<Section, "rows"> & {
  readonly columns: readonly (Pick<Column, "title" | "align" | "priority"> & {
    /** Below this it is not squeezed; absent: as readable as any text. */
    readonly least?: number;
  })[];
};

export interface TextTableOptions {
  /** Columns of the terminal or mail; no line is wider. */
  readonly width: number;
  /** Colours a cell's text for a terminal; it must not change what is visible of it. */
  readonly paint?: (text: string, tone: Tone | "title") => string;
}

const GAP = "  ";
/** Below this a flexible column is not squeezed: columns are left out instead. */
const LEAST = 16;
/** A name takes at most so many lines before it is cut off. */
const MOST_LINES = 8;

/** Characters of a cell that are looked at. */
const LONGEST = 1_000;

interface Fitted {
  readonly index: number;
  readonly column: TextTable["columns"][number];
  readonly width: number;
}

/**
 * A table of aligned columns, never wider than asked. What has no room is wrapped; then the least important columns are
 * left out; if even the most important ones have no room side by side, each row becomes a block of `Title: text` lines.
 * The result ends without a line break.
 */
export function textTable(table: TextTable, options: TextTableOptions): string {
  if (table.columns.length === 0) return "";
  const clean: TextTable = {
    columns: table.columns.map((column) => ({ ...column, title: plainText(column.title) })),
    rows: table.rows.map((row) => ({
      cells: row.cells.map((cell) => ({ ...cell, text: clip(plainText(cell.text), LONGEST) })),
    })),
  };
  const fitted = fitColumns(clean, options.width);
  return fitted === undefined ? stacked(clean, options) : sideBySide({ table: clean, fitted, options });
}

/** Leaves out columns, least important and rightmost first, until the rest fits; undefined if it never does. */
function fitColumns(table: TextTable, width: number): Fitted[] | undefined {
  const natural = table.columns.map((column, index) =>
    table.rows.reduce(
      (widest, row) => Math.max(widest, textWidth(row.cells[index]?.text ?? "")),
      textWidth(column.title),
    ),
  );
  const order = table.columns
    .map((column, index) => ({ column, index }))
    .sort((a, b) => b.column.priority - a.column.priority || b.index - a.index);
  const left = new Set(table.columns.keys());
  for (;;) {
    const widths = squeeze({ table, natural, width, shown: [...left].sort((a, b) => a - b) });
    if (widths !== undefined) return widths;
    const next = order.shift();
    if (next === undefined || next.column.priority === 1) return undefined;
    left.delete(next.index);
  }
}

/** Gives every shown column its room: numbers whole, the widest texts squeezed as far as is readable. */
function squeeze(options: {
  readonly table: TextTable;
  readonly natural: readonly number[];
  readonly width: number;
  readonly shown: readonly number[];
}): Fitted[] | undefined {
  const widths = new Map(options.shown.map((index) => [index, options.natural[index] ?? 0]));
  const room = options.width - GAP.length * (options.shown.length - 1);
  const floor = (index: number) => Math.min(options.natural[index] ?? 0, options.table.columns[index]?.least ?? LEAST);
  const flexible = options.shown.filter((index) => options.table.columns[index]?.align === "left");
  let over = [...widths.values()].reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = flexible
      .filter((index) => (widths.get(index) ?? 0) > floor(index))
      .sort((a, b) => (widths.get(b) ?? 0) - (widths.get(a) ?? 0) || a - b)[0];
    if (widest === undefined) return undefined;
    widths.set(widest, (widths.get(widest) ?? 0) - 1);
    over -= 1;
  }
  return options.shown.flatMap((index) => {
    const column = options.table.columns[index];
    return column === undefined ? [] : [{ index, column, width: widths.get(index) ?? 0 }];
  });
}

function sideBySide(input: {
  readonly table: TextTable;
  readonly fitted: readonly Fitted[];
  readonly options: TextTableOptions;
}): string {
  const { fitted, options } = input;
  const paint = options.paint ?? ((text: string) => text);
  const line = (texts: readonly { readonly text: string; readonly tone?: Tone | "title" }[]) =>
    fitted
      .map(({ column, width }, at) => {
        const { text = "", tone } = texts[at] ?? {};
        const padded = padToWidth(text, width, column.align);
        return tone === undefined ? padded : paint(padded, tone);
      })
      .join(GAP)
      .replace(/ +$/, "");
  const titles = line(fitted.map(({ column, width }) => ({ text: cutToWidth(column.title, width), tone: "title" })));
  const rule = fitted.map(({ width }) => "-".repeat(width)).join(GAP);
  const rows = input.table.rows.flatMap((row) => {
    const cells = fitted.map(({ index, width }) => lines(row.cells[index], width));
    const height = Math.max(1, ...cells.map((cell) => cell.texts.length));
    return Array.from({ length: height }, (_, at) =>
      line(cells.map(({ texts, tone }) => ({ text: texts[at] ?? "", ...defined({ tone }) }))),
    );
  });
  return [titles, rule, ...rows].join("\n");
}

function lines(cell: Cell | undefined, width: number): { readonly texts: readonly string[]; readonly tone?: Tone } {
  const wrapped = wrapToWidth(cell?.text ?? "", Math.max(1, width));
  const kept = wrapped.slice(0, MOST_LINES);
  const last = kept.at(-1) ?? "";
  const texts =
    wrapped.length > kept.length ? [...kept.slice(0, -1), cutToWidth(`${last} ${wrapped[MOST_LINES]}`, width)] : kept;
  return cell?.tone === undefined ? { texts } : { texts, tone: cell.tone };
}

function stacked(table: TextTable, { width, paint = (text) => text }: TextTableOptions): string {
  const block = (row: TextTable["rows"][number]) =>
    table.columns
      .flatMap((column, index) => {
        const cell = row.cells[index];
        if (cell === undefined || cell.text === "") return [];
        const [first = "", ...rest] = wrapToWidth(`${column.title}: ${cell.text}`, Math.max(4, width));
        return [cell.tone === undefined ? first : paint(first, cell.tone), ...rest];
      })
      .join("\n");
  return table.rows.map(block).join("\n\n");
}
