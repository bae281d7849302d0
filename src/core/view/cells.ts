import { rounded } from "../calculation/quantity.ts";
import type { Arrival, Report, ReportLine, ReportProblem } from "../generated/report.ts";
import { entryWords, type Monitor } from "../monitor.ts";
import { plainText, webAddress } from "../text/plain-text.ts";
import { type Format, wholePieces } from "./format.ts";
import type { Cell, Column, ColumnPlan, Tone } from "./table.ts";
import type { ColumnId, StatusWord } from "./texts/texts.ts";
import type { ViewContext } from "./view-context.ts";

interface Named {
  readonly pk: number;
  readonly name: string;
  readonly ipn: string | null;
  readonly version?: string | null;
  readonly link?: string | null;
}

/** The part's own page, where it has one; else its page in InvenTree (1.0 and later: `/web/part/<pk>/`). */
export function partHref({ links }: ViewContext, pk: number): { readonly href?: string } {
  const own = links?.part?.(pk);
  if (own !== undefined) return { href: own };
  const base = webAddress(links?.inventree);
  return base === undefined ? {} : { href: `${base.replace(/\/+$/, "")}/web/part/${pk}/` };
}

/** A part's name with its page in InvenTree; below it IPN and version, and what else is said. */
export function partCell(viewing: ViewContext, part: Named, remarks: readonly string[] = []): Cell {
  const version = part.version ?? null;
  const sub = [
    ...(part.ipn === null ? [] : [plainText(part.ipn)]),
    ...(version === null ? [] : [plainText(version)]),
    ...remarks,
  ];
  const own = webAddress(part.link);
  return {
    text: plainText(part.name),
    ...partHref(viewing, part.pk),
    ...(sub.length === 0 ? {} : { sub: sub.join(" · ") }),
    ...(own === undefined ? {} : { more: { text: viewing.texts.mail.partLink, href: own } }),
  };
}

/** A quantity in its unit. */
export function quantityCell(
  { format }: Pick<ViewContext, "format">,
  options: { readonly value: number; readonly units?: string },
): Cell {
  return { text: format.quantity(options.value, plainText(options.units ?? "")), value: options.value };
}

/**
 * What is needed of a part, for people in whole pieces where it has no unit, for a spreadsheet exact; of it, what attrition,
 * setup and rounding add, if that is asked: `322 (280 + 42)`.
 */
export function neededCell(
  { format }: Pick<ViewContext, "format">,
  options: { readonly value: number; readonly units?: string; readonly overage?: number | undefined },
): Cell {
  const { value, overage = 0 } = options;
  const units = plainText(options.units ?? "");
  const text = format.needed(value, units);
  const sub = overageWords(format, { value, overage, units });
  return sub === "" ? { text, value } : { text: `${text} (${sub})`, value, brief: { text, sub } };
}

/** Stock serves what the builds hold first: what is needed then contains all that goes beyond it, as far as it goes. */
function overageWords(
  { quantity }: Format,
  { value, overage, units }: { readonly value: number; readonly overage: number; readonly units: string },
): string {
  const shown = (amount: number) => (units === "" ? wholePieces(amount) : rounded(amount));
  const net = shown(Math.max(0, value - overage));
  const over = rounded(shown(value) - net);
  return overage === 0 || over <= 0 ? "" : `${quantity(net)} + ${quantity(over)}`;
}

/** The unit in which a part of the report is counted; empty for pieces. */
export function units({ lines, watched = [] }: Report): (part: number | string) => string {
  const known = new Map<number | string, string>([...watched, ...lines].map((row) => [row.pk, row.units]));
  return (part) => known.get(part) ?? "";
}

/** The columns that name a part; IPN and version stand below the name where there can be a second line. */
export function nameColumns<T extends Named>(
  viewing: ViewContext,
  remarks: (row: T) => readonly string[] = () => [],
): ColumnPlan<T>[] {
  return [
    { id: "part", priority: 1, cell: (row) => partCell(viewing, row, remarks(row)) },
    { id: "ipn", priority: 3, merged: true, ifAny: true, cell: (row) => ({ text: plainText(row.ipn ?? "") }) },
    { id: "version", priority: 4, merged: true, ifAny: true, cell: (row) => ({ text: plainText(row.version ?? "") }) },
  ];
}

/** A line of the report, or an entry of the list that stands for no part. */
export type ReportRow = { readonly line: ReportLine } | { readonly entry: ReportProblem };

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

/** What somebody needs, and not what is there or comes. */
const NEEDED: readonly Figure[] = [
  "required",
  "optional",
  "missing",
  "owed",
  "to_order",
  "order_quantity",
  "to_build",
  "critical",
];

/** A figure in the part's unit; zero is quiet. `overage`: says how much of it is that. */
export function figure(
  viewing: ViewContext,
  {
    overage = () => false,
    ...column
  }: { readonly id: Figure; readonly overage?: (line: ReportLine) => boolean } & Pick<Column, "priority">,
): ColumnPlan<ReportLine> {
  const { id } = column;
  const cell = NEEDED.includes(id) ? neededCell : quantityCell;
  return {
    ...column,
    align: "right",
    cell: (line) => ({
      ...cell(viewing, { value: line[id], units: line.units, overage: overage(line) ? line.overage : 0 }),
      ...(line[id] === 0 ? { tone: "muted" } : {}),
    }),
  };
}

/** What a cell needs for its texts. */
type Words = Pick<ViewContext, "texts" | "format">;

/** When open orders cover what is missing. */
export function deliveryColumn(words: Words, priority: Column["priority"]): ColumnPlan<ReportLine> {
  return { id: "delivery", priority, cell: (line) => deliveryCell(words, line) };
}

type Delivered = Pick<ReportLine, "outlook" | "on_order" | "make" | "arrivals">;

export function deliveryCell({ texts, format }: Words, line: Delivered): Cell {
  const { outlook, on_order, make } = line;
  // Nobody orders what is made here: that no order covers it is no news.
  if (outlook === null || (make && outlook.state === "not_covered")) return { text: "" };
  const day = outlook.date === null ? "" : format.day(outlook.date);
  const text = isOnlyPlanned(line) ? texts.notPlaced : texts.outlook(outlook, day, on_order);
  const sub = decidingOrders(line);
  return {
    text,
    tone: outlook.state === "covered" ? "good" : outlook.state === "undated" ? "warn" : "bad",
    ...(sub === "" ? {} : { sub }),
  };
}

/** Orders would cover it, but nobody has placed those on which it rests. */
function isOnlyPlanned(line: Delivered): boolean {
  const deciding = decidingArrivals(line);
  return deciding.length > 0 && deciding.every(({ not_placed }) => not_placed);
}

/** The orders on which the day in `Next delivery` rests, with their suppliers. */
export function decidingOrders(line: Delivered): string {
  return [...new Set(decidingArrivals(line).map(orderWords))].join("; ");
}

/** An order that nobody has placed counts as one without a day, whatever day it names. */
function decidingArrivals({ outlook, arrivals = [] }: Delivered): readonly Arrival[] {
  if (outlook === null || outlook.state === "not_covered") return [];
  return arrivals.filter(({ date, not_placed }) => (not_placed ? null : date) === outlook.date);
}

function orderWords({ reference, supplier }: Arrival): string {
  return [reference, supplier]
    .map(plainText)
    .filter((word) => word !== "")
    .join(", ");
}

/** A column of lines for a table in which entries without a part have their place too. */
export function onLine(
  column: ColumnPlan<ReportLine>,
  entryCell: (entry: ReportProblem) => Cell = () => ({ text: "" }),
): ColumnPlan<ReportRow> {
  return { ...column, cell: (row) => ("line" in row ? column.cell(row.line) : entryCell(row.entry)) };
}

/** Name, IPN and version; an entry without a part in the list's own words. */
export function rowNames(
  viewing: ViewContext,
  remarks: (row: ReportRow) => readonly string[] = () => [],
): ColumnPlan<ReportRow>[] {
  return nameColumns<ReportLine>(viewing, (line) => remarks({ line })).map((column) =>
    onLine(column, (entry) => {
      if (column.id !== "part") return { text: "" };
      const sub = remarks({ entry }).join(" · ");
      return { text: plainText(entry.words), ...(sub === "" ? {} : { sub }) };
    }),
  );
}

/** One word for where a line or entry stands. */
export function statusOf(row: ReportRow): StatusWord {
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

export function statusCell({ texts }: ViewContext, word: StatusWord): Cell {
  return { text: texts.status[word], tone: TONES[word] };
}

/** What an entry without a part asks for. */
export function entryQuantity(viewing: ViewContext): (entry: ReportProblem) => Cell {
  return (entry) => (entry.quantity === null ? { text: "" } : quantityCell(viewing, { value: entry.quantity }));
}

/** The substitutes that are used for a line, each with how much of it. */
export function substitutesOf(viewing: ViewContext, line: ReportLine): string {
  const { report } = viewing;
  return line.covered_by
    .map(({ part, quantity }) => {
      const known = report.lines.find(({ pk }) => pk === part)?.name;
      const name = known ?? report.names?.[part] ?? `#${part}`;
      return `${quantityCell(viewing, { value: quantity, units: line.units }).text} ${plainText(name)}`;
    })
    .join("; ");
}

/** The entries that need a line, each with the parts on the way to it; in a plan, with its list. */
export function neededFor(
  { monitor, report }: Pick<ViewContext, "report"> & { readonly monitor: Pick<Monitor, "parts"> },
  line: ReportLine,
): string {
  const ways = line.why.map(({ entry, path }) => {
    const over = path.filter((part) => part.pk !== line.pk).map((part) => plainText(part.name));
    const list = listOf(report, entry);
    if (over.length > 0) return [...(list === undefined ? [] : [`${list}: `]), over.join(" › ")].join("");
    const own = monitor.parts[entry];
    const words = own === undefined ? undefined : entryWords(own);
    // The report knows the words that a plan's entries had then; its lists may have changed since.
    const known = list === undefined ? words : (report.ready?.[entry]?.words ?? words);
    return known === undefined ? `#${entry + 1}` : plainText(known);
  });
  return [...new Set(ways)].join("; ");
}

/** The id of the list that an entry of a plan is of. */
function listOf(report: Report, entry: number): string | undefined {
  const known =
    listsOf.get(report) ??
    (report.plan?.lists ?? []).flatMap(({ id, entries }) => Array.from({ length: entries }, () => id));
  listsOf.set(report, known);
  return known[entry];
}

/** A plan has thousands of reasons why a part is needed. */
const listsOf = new WeakMap<Report, readonly string[]>();
