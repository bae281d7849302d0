import type { Arrival, ReportLine } from "../generated/report.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { plainText } from "../text/plain-text.ts";
import { nameColumns, quantityCell } from "./cells.ts";
import { type Cell, type ColumnPlan, type Section, tableOf } from "./table.ts";
import type { ViewContext } from "./view-context.ts";

interface Delivery {
  readonly line: ReportLine;
  readonly arrival: Arrival;
}

/** What orders bring of missing parts: first those that somebody has to ask after, then those whose day is known. */
export function deliverySections(viewing: ViewContext, lines: readonly ReportLine[]): Section[] {
  const deliveries = deliveriesOf(lines);
  const sure = deliveries.filter(({ arrival }) => isSure(arrival));
  return [
    ...section(viewing, { id: "chase", rows: deliveries.filter(({ arrival }) => !isSure(arrival)).sort(byDay) }),
    ...section(viewing, { id: "on_its_way", rows: sure.sort(byDay) }),
  ];
}

/** How many of them should have been there already. */
export function lateDeliveries(lines: readonly ReportLine[]): number {
  return deliveriesOf(lines).filter(({ arrival }) => arrival.late).length;
}

function deliveriesOf(lines: readonly ReportLine[]): Delivery[] {
  return lines.flatMap((line) => (line.arrivals ?? []).map((arrival) => ({ line, arrival })));
}

function isSure({ date, late, not_placed }: Arrival): boolean {
  return date !== null && !late && !not_placed;
}

/** The longest overdue first; what has no day comes last. */
function byDay({ arrival: a }: Delivery, { arrival: b }: Delivery): number {
  const day = ({ date, not_placed }: Arrival) => (not_placed ? "~~" : (date ?? "~"));
  return byCodeUnits(day(a), day(b));
}

function section(
  viewing: ViewContext,
  { id, rows }: { readonly id: "chase" | "on_its_way"; readonly rows: readonly Delivery[] },
): Section[] {
  if (rows.length === 0) return [];
  const { texts } = viewing;
  const named = nameColumns<ReportLine>(viewing).map((column) => ({
    ...column,
    cell: ({ line }: Delivery) => column.cell(line),
  }));
  const plan: ColumnPlan<Delivery>[] = [
    ...named,
    {
      id: "quantity",
      priority: 1,
      align: "right",
      cell: ({ line, arrival }) => quantityCell(viewing, { value: arrival.quantity, units: line.units }),
    },
    {
      id: "order_reference",
      priority: 1,
      cell: ({ arrival }) => {
        const sub = plainText(arrival.supplier);
        return { text: plainText(arrival.reference), ...(sub === "" ? {} : { sub }) };
      },
    },
    {
      id: "supplier",
      priority: 2,
      merged: true,
      ifAny: true,
      cell: ({ arrival }) => ({ text: plainText(arrival.supplier) }),
    },
    { id: "due", priority: 1, cell: ({ arrival }) => dayCell(viewing, arrival) },
  ];
  return [{ id, title: texts.sections[id], ...tableOf({ titles: texts.columns, plan, rows }), notes: [] }];
}

function dayCell({ texts, format }: ViewContext, { date, late, not_placed }: Arrival): Cell {
  if (not_placed) return { text: texts.notPlaced, tone: "warn" };
  if (date === null) return { text: texts.outlook({ state: "undated", date }, "", 0), tone: "warn" };
  if (late) return { text: texts.outlook({ state: "late", date }, format.day(date), 0), tone: "bad" };
  return { text: format.day(date), tone: "good" };
}
