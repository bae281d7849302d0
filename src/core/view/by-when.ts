import type { Ready, ReadyPart, ReportLine } from "../generated/report.ts";
import { localDate } from "../schedule/local-date.ts";
import { plainText } from "../text/plain-text.ts";
import { neededCell, quantityCell } from "./cells.ts";
import { isLate } from "./report-status.ts";
import { type Cell, type Column, type ColumnPlan, type Section, tableOf } from "./table.ts";
import type { ViewContext } from "./view-context.ts";

/** Parts that are named for an entry; of more there is the number. */
const NAMED = 3;

/** By when each entry can be there, and what it waits for; only of a plan, or where somebody has given a day. */
export function byWhenSection(viewing: ViewContext): Section[] {
  const { report, texts } = viewing;
  const rows = report.ready ?? [];
  if (rows.length === 0) return [];
  const plan: ColumnPlan<Ready>[] = [
    {
      id: "entry",
      priority: 1,
      cell: (row) => {
        const waits = waitsFor(viewing, row);
        return { text: plainText(row.words), ...(waits === "" ? {} : { sub: `${texts.columns.waits_for}: ${waits}` }) };
      },
    },
    { id: "quantity", priority: 3, align: "right", cell: ({ entry }) => quantityOfEntry(viewing, entry) },
    {
      id: "needed_by",
      priority: 1,
      ifAny: true,
      cell: ({ needed_by }) => ({ text: needed_by === null ? "" : viewing.format.day(needed_by) }),
    },
    { id: "ready", priority: 1, cell: (row) => readyCell(viewing, row) },
    { id: "waits_for", priority: 2, merged: true, ifAny: true, cell: (row) => ({ text: waitsFor(viewing, row) }) },
  ];
  return [
    { id: "by_when", title: texts.sections.by_when, ...tableOf({ titles: texts.columns, plan, rows }), notes: [] },
  ];
}

/** The last day on which a part can be ordered in time; one that has passed says so. */
export function orderByColumn(
  { at, monitor, texts, format }: ViewContext,
  priority: Column["priority"],
): ColumnPlan<ReportLine> {
  const today = localDate(at, monitor.timezone);
  return {
    id: "order_by",
    priority,
    ifAny: true,
    cell: ({ order_by: day, order_now: isNear = false }) => {
      if (day === undefined) return { text: "" };
      if (day < today) return { text: texts.tooLate(format.day(day)), tone: "bad" };
      return { text: format.day(day), ...(isNear ? { tone: "warn" } : {}) };
    },
  };
}

/** When an entry, or a whole list of a plan, is ready. */
export function readyCell({ texts, format }: ViewContext, row: Pick<Ready, "state" | "date" | "in_time">): Cell {
  const { state, date, in_time } = row;
  if (date === null) return { text: texts.ready.unknown, tone: in_time === null ? "muted" : "warn" };
  const day = format.day(date);
  const text = state === "now" ? texts.ready.now : state === "if_ordered" ? texts.ready.ifOrdered(day) : day;
  if (isLate(row)) return { text, sub: texts.changeKind.late, tone: "bad" };
  return { text, tone: "good" };
}

function waitsFor(viewing: ViewContext, { waits_for: waits }: Ready): string {
  const { texts, format } = viewing;
  const named = waits.slice(0, NAMED).map((wait) => waitWords(viewing, wait));
  const more = waits.length - named.length;
  return [...named, ...(more > 0 ? [texts.more(format.quantity(more))] : [])].join("; ");
}

/** `8 Resistor (overdue)`, `8 Resistor (20 Feb 2027)`. */
function waitWords(viewing: ViewContext, { part, quantity, arrives, because }: ReadyPart): string {
  const { report, texts, format } = viewing;
  const line = report.lines.find(({ pk }) => pk === part);
  const name = typeof part === "string" ? part : (line?.name ?? report.names?.[part] ?? `#${part}`);
  const much = quantity === 0 ? "" : `${neededCell(viewing, { value: quantity, units: line?.units ?? "" }).text} `;
  return `${much}${plainText(name)} (${arrives === null ? texts.because[because] : format.day(arrives)})`;
}

function quantityOfEntry(viewing: ViewContext, entry: number): Cell {
  const { monitor, report } = viewing;
  const value = monitor.parts[entry]?.quantity;
  const units = report.lines.find(({ why }) => why.some((way) => way.entry === entry && way.path.length === 1))?.units;
  return value === undefined ? { text: "" } : quantityCell(viewing, { value, units: units ?? "" });
}
