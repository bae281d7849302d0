import type { ReportLine, ReportProblem } from "../generated/report.ts";
import { entryWords } from "../monitor.ts";
import { nameColumns, quantityCell } from "./cells.ts";
import { plainText } from "./plain-text.ts";
import type { Cell, Column, ColumnPlan, Tone } from "./table.ts";
import type { ColumnId, StatusWord } from "./texts.ts";
import type { Viewing } from "./viewing.ts";

/** A line of the report, or an entry of the list that stands for no part. */
export type Row = { readonly line: ReportLine } | { readonly entry: ReportProblem };

/** The figures of a line that are columns of their own. */
export type Figure = ColumnId &
  keyof { [K in keyof ReportLine as ReportLine[K] extends number ? K : never]: ReportLine[K] };

const TONES: Readonly<Record<StatusWord, Tone>> = {
  short: "bad",
  not_found: "bad",
  ambiguous: "bad",
  on_its_way: "warn",
  in_production: "warn",
  to_build: "warn",
  critical: "warn",
  low: "warn",
  out: "bad",
  enough: "good",
  enough_with_variants: "good",
  enough_with_substitutes: "good",
  too_large: "bad",
};

/** A figure in the part's unit; zero is quiet. */
export function figure(
  viewing: Viewing,
  of: { readonly id: Figure } & Pick<Column, "priority">,
): ColumnPlan<ReportLine> {
  return {
    ...of,
    align: "right",
    cell: (line) => ({
      ...quantityCell(viewing, { value: line[of.id], units: line.units }),
      ...(line[of.id] === 0 ? { tone: "muted" } : {}),
    }),
  };
}

/** When open orders cover what is missing. */
export function deliveryColumn({ texts, format }: Viewing, priority: Column["priority"]): ColumnPlan<ReportLine> {
  return {
    id: "delivery",
    priority,
    cell: ({ outlook, on_order, make }) => {
      // Nobody orders what is made here: that no order covers it is no news.
      if (outlook === null || (make && outlook.state === "not_covered")) return { text: "" };
      const text = texts.outlook(outlook, outlook.date === null ? "" : format.day(outlook.date), on_order);
      return { text, tone: outlook.state === "covered" ? "good" : outlook.state === "undated" ? "warn" : "bad" };
    },
  };
}

/** A column of lines for a table in which entries without a part have their place too. */
export function onLine(
  column: ColumnPlan<ReportLine>,
  entryCell: (entry: ReportProblem) => Cell = () => ({ text: "" }),
): ColumnPlan<Row> {
  return { ...column, cell: (row) => ("line" in row ? column.cell(row.line) : entryCell(row.entry)) };
}

/** Name, IPN and version; an entry without a part in the list's own words. */
export function rowNames(viewing: Viewing, remarks: (row: Row) => readonly string[] = () => []): ColumnPlan<Row>[] {
  return nameColumns<ReportLine>(viewing, (line) => remarks({ line })).map((column) =>
    onLine(column, (entry) => {
      if (column.id !== "part") return { text: "" };
      const sub = remarks({ entry }).join(" · ");
      return { text: plainText(entry.words), ...(sub === "" ? {} : { sub }) };
    }),
  );
}

/** One word for where a line or entry stands. */
export function statusOf(row: Row): StatusWord {
  if ("entry" in row) return entryStatus(row.entry);
  const { line } = row;
  if (line.short) return "short";
  if (line.to_build > 0) return "to_build";
  if (line.missing > 0) return line.make ? "in_production" : "on_its_way";
  if (line.critical > 0) return "critical";
  if (line.covered_by.length > 0) return "enough_with_substitutes";
  return line.borrowed > 0 ? "enough_with_variants" : "enough";
}

function entryStatus({ kind }: ReportProblem): StatusWord {
  if (kind === "ambiguous") return "ambiguous";
  return kind === "quantity_too_large" ? "too_large" : "not_found";
}

export function statusCell({ texts }: Viewing, word: StatusWord): Cell {
  return { text: texts.status[word], tone: TONES[word] };
}

/** What an entry without a part asks for. */
export function entryQuantity(viewing: Viewing): (entry: ReportProblem) => Cell {
  return (entry) => (entry.quantity === null ? { text: "" } : quantityCell(viewing, { value: entry.quantity }));
}

/** The substitutes that are used for a line, each with how much of it. */
export function substitutesOf(viewing: Viewing, line: ReportLine): string {
  const { report } = viewing;
  return line.covered_by
    .map(({ part, quantity }) => {
      const known = report.lines.find(({ pk }) => pk === part)?.name;
      const name = known ?? report.names?.[part] ?? `#${part}`;
      return `${quantityCell(viewing, { value: quantity, units: line.units }).text} ${plainText(name)}`;
    })
    .join("; ");
}

/** The entries that need a line, each with the parts on the way to it. */
export function neededFor({ monitor }: Viewing, line: ReportLine): string {
  const ways = line.why.map(({ entry, path }) => {
    const over = path.filter((part) => part.pk !== line.pk).map((part) => plainText(part.name));
    if (over.length > 0) return over.join(" › ");
    const own = monitor.parts[entry];
    return own === undefined ? `#${entry + 1}` : plainText(entryWords(own));
  });
  return [...new Set(ways)].join("; ");
}
