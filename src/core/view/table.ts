import type { ColumnId, SectionId } from "./texts/texts.ts";

/** How a cell is coloured; it always has a word or number that says the same. */
export type Tone = "bad" | "warn" | "good" | "muted";

export interface Cell {
  /** Written for people, already harmless in a terminal; HTML, CSV and Markdown have still to escape it. */
  readonly text: string;
  /** The number behind the text, for a spreadsheet. */
  readonly value?: number;
  /** At most so many of them stand in a spreadsheet; a price has 6. Default: the 5 of a quantity. */
  readonly decimals?: 6;
  /** Always http(s), or one of our own pages. */
  readonly href?: string;
  readonly tone?: Tone;
  /** A second, quieter line: what the merged columns say. */
  readonly sub?: string;
  /** The same on two lines, where there can be a second one. */
  readonly brief?: { readonly text: string; readonly sub: string };
  /** How much of a whole is there and on its way; where there can be pictures, one stands below the text. */
  readonly gauge?: { readonly there: number; readonly coming: number; readonly of: number };
  /** A second link: the part's own. */
  readonly more?: { readonly text: string; readonly href: string };
}

export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  readonly align: "left" | "right";
  /** 1 is always shown; the higher, the sooner it is left out where there is no room. */
  readonly priority: 1 | 2 | 3 | 4 | 5;
  /** Where cells can have a second line, this column stands there instead. */
  readonly merged: boolean;
}

/** One section of a report: what stands above the table, the table, and what explains it. */
export interface Section {
  readonly id: SectionId;
  readonly title: string;
  /** A sentence above the rows; may be all there is. */
  readonly lead?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  /** Rows there are. */
  readonly total: number;
  /** Of these, left out here. */
  readonly folded: number;
}

export interface Row {
  readonly cells: readonly Cell[];
}

/** How to make a column and its cells. */
export interface ColumnPlan<T> extends Omit<Column, "title" | "align" | "merged"> {
  readonly align?: "right";
  readonly merged?: true;
  /** Left out if no row has anything in it. */
  readonly ifAny?: true;
  readonly cell: (row: T) => Cell;
}

/** The columns and rows of a table; the titles come from the catalogue. */
export function tableOf<T>(table: {
  readonly titles: Readonly<Record<ColumnId, string>>;
  readonly plan: readonly ColumnPlan<T>[];
  readonly rows: readonly T[];
}): Pick<Section, "columns" | "rows" | "total" | "folded"> {
  const filled = table.plan
    .map((column) => ({ column, cells: table.rows.map(column.cell) }))
    .filter(({ column, cells }) => column.ifAny !== true || cells.some((cell) => cell.text !== ""));
  return {
    columns: filled.map(({ column }) => ({
      id: column.id,
      title: table.titles[column.id],
      align: column.align ?? "left",
      priority: column.priority,
      merged: column.merged ?? false,
    })),
    rows: table.rows.map((_, index) => ({ cells: filled.map(({ cells }) => cells[index] ?? { text: "" }) })),
    total: table.rows.length,
    folded: 0,
  };
}

/** The section with at most that many rows. */
export function fold(section: Section, most: number): Section {
  if (section.rows.length <= most) return section;
  return { ...section, rows: section.rows.slice(0, most), folded: section.total - most };
}
