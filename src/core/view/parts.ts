import type { ReportLine } from "../generated/report.ts";
import { plainText } from "../text/plain-text.ts";
import { orderByColumn } from "./by-when.ts";
import {
  decidingOrders,
  deliveryColumn,
  entryQuantity,
  type Figure,
  figure,
  neededFor,
  onLine,
  quantityCell,
  type ReportRow,
  rowNames,
  statusCell,
  statusOf,
  substitutesOf,
} from "./cells.ts";
import { isNotForAll } from "./plan.ts";
import { unresolvedOf } from "./report-status.ts";
import { type Column, type ColumnPlan, type Section, tableOf } from "./table.ts";
import { policyNotes, stockNotes } from "./texts/policy-notes.ts";
import type { ColumnId } from "./texts/texts.ts";
import { offerColumns } from "./to-order.ts";
import type { ViewContext } from "./view-context.ts";

/** Every line of the report with all its figures, and the entries of the list that stand for no part. */
export function partsSection(viewing: ViewContext): Section[] {
  const { report, texts } = viewing;
  const rows: ReportRow[] = [
    ...report.lines.map((line) => ({ line })),
    ...unresolvedOf(report).map((entry) => ({ entry })),
  ];
  if (rows.length === 0) return [];
  const leftOut = report.summary.consumables_left_out;
  // Where something is short, low or out, that table says it.
  const narrowed = viewing.reportStatus.covered ? stockNotes(viewing) : [];
  return [
    {
      id: "parts",
      title: texts.sections.parts,
      ...tableOf({ titles: texts.columns, plan: plan(viewing), rows }),
      notes: [...narrowed, ...policyNotes(viewing), ...(leftOut > 0 ? [texts.consumablesLeftOut(leftOut)] : [])],
    },
  ];
}

/** Always the same columns, so that a spreadsheet can rely on them. */
function plan(viewing: ViewContext): ColumnPlan<ReportRow>[] {
  const entry = entryQuantity(viewing);
  const number = (id: Figure, priority: Column["priority"]) => onLine(figure(viewing, { id, priority }));
  const words = (id: ColumnId, options: (line: ReportLine) => string): ColumnPlan<ReportRow> =>
    onLine({ id, priority: 5, cell: (line) => ({ text: options(line) }) });
  return [
    ...rowNames(viewing).map(({ ifAny: _, ...column }) => column),
    { id: "status", priority: 1, cell: (row) => statusCell(viewing, statusOf(row)) },
    onLine(figure(viewing, { id: "required", priority: 1 }), entry),
    number("optional", 5),
    onLine({
      id: "overage",
      priority: 5,
      align: "right",
      cell: ({ overage: value = 0, units }) => quantityCell(viewing, { value, units }),
    }),
    number("in_stock", 4),
    number("committed", 4),
    number("available", 3),
    number("borrowed", 5),
    number("on_order", 3),
    number("in_production", 4),
    onLine(figure(viewing, { id: "missing", priority: 1 }), entry),
    number("owed", 5),
    number("to_order", 4),
    number("order_quantity", 5),
    number("to_build", 4),
    number("critical", 5),
    words("units", (line) => plainText(line.units)),
    onLine(deliveryColumn(viewing, 4)),
    words("order_reference", decidingOrders),
    ...offerColumns().map(({ id, cell }) => onLine({ id, priority: 5 as const, cell })),
    ...(viewing.report.ready === undefined ? [] : [onLine(orderByColumn(viewing, 5))]),
    words("covered_by", (line) => substitutesOf(viewing, line)),
    words("needed_for", (line) => neededFor(viewing, line)),
    words("notes", (line) => remarks(viewing, line)),
  ];
}

function remarks(viewing: ViewContext, line: ReportLine): string {
  const { texts, reportStatus } = viewing;
  const silenced = (["short", "build", "critical"] as const).some((kind) => reportStatus.isSilenced(kind, line.pk));
  return [
    ...line.flags.map((flag) => texts.flag[flag]),
    ...line.notes.map((note) => texts.note[note]),
    ...(isNotForAll(viewing, line) ? [texts.plan.notForAllPart] : []),
    ...(silenced ? [texts.silencedPart] : []),
  ].join(", ");
}
