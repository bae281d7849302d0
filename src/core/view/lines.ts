import type { ReportLine } from "../generated/report.ts";
import type { AlertKind } from "../notification/significant.ts";
import { byWhenSection } from "./by-when.ts";
import {
  decidingOrders,
  deliveryColumn,
  entryQuantity,
  figure,
  nameColumns,
  neededCell,
  neededFor,
  onLine,
  type ReportRow,
  rowNames,
  statusCell,
  statusOf,
  substitutesOf,
} from "./cells.ts";
import { deliverySections } from "./deliveries.ts";
import { howManySection } from "./how-many-section.ts";
import { notForAllSection, planSection } from "./plan.ts";
import { unresolvedOf, unsilencedLines } from "./report-status.ts";
import { type Cell, type Column, type ColumnPlan, type Section, tableOf } from "./table.ts";
import { stockNotes } from "./texts/policy-notes.ts";
import type { ColumnId, SectionId } from "./texts/texts.ts";
import { toOrderSection } from "./to-order.ts";
import type { ViewContext } from "./view-context.ts";

/** A plan's lists, to order, to chase, on its way, missing, to build, critical: a table each, if there is anything to say. */
export function lineSections(viewing: ViewContext): Section[] {
  const { report, reportStatus } = viewing;
  const unsilenced = unsilencedLines(viewing);
  const names = nameColumns<ReportLine>(viewing, (line) => optionalRemark(viewing, line));
  const number = (id: Parameters<typeof figure>[1]["id"], priority: Column["priority"]) =>
    figure(viewing, { id, priority });
  return [
    ...planSection(viewing),
    ...toOrderSection(viewing, { lines: unsilenced, remarks: (line) => optionalRemark(viewing, line) }),
    ...deliverySections(viewing, unsilenced),
    ...byWhenSection(viewing),
    ...howManySection(viewing),
    ...notForAllSection(viewing),
    ...missingSection(viewing, [
      ...unsilenced.filter((line) => line.short).map((line) => ({ line })),
      ...unresolvedOf(report)
        .filter((entry) => !reportStatus.isSilenced("unresolved", entry.words))
        .map((entry) => ({ entry })),
    ]),
    ...linesSection(viewing, {
      id: "to_build",
      rows: report.lines.filter((line) => line.to_build > 0 && !reportStatus.isSilenced("build", line.pk)),
      plan: [
        ...names,
        number("required", 2),
        number("available", 2),
        number("in_production", 3),
        number("to_build", 1),
      ],
    }),
    ...linesSection(viewing, {
      id: "critical",
      rows: report.lines.filter((line) => line.critical > 0 && !reportStatus.isSilenced("critical", line.pk)),
      plan: [...names, number("available", 2), number("required", 2), number("on_order", 3), number("critical", 1)],
    }),
  ];
}

function linesSection(
  { texts }: ViewContext,
  table: {
    readonly id: SectionId;
    readonly rows: readonly ReportLine[];
    readonly plan: readonly ColumnPlan<ReportLine>[];
  },
): Section[] {
  if (table.rows.length === 0) return [];
  return [
    { id: table.id, title: texts.sections[table.id], ...tableOf({ titles: texts.columns, ...table }), notes: [] },
  ];
}

function missingSection(viewing: ViewContext, rows: readonly ReportRow[]): Section[] {
  if (rows.length === 0) return [];
  const { texts } = viewing;
  const bad = (cell: Cell): Cell => ({ ...cell, tone: "bad" });
  const missing = figure(viewing, { id: "missing", priority: 1 });
  const overage = () => true;
  const entry = entryQuantity(viewing);
  const plan: ColumnPlan<ReportRow>[] = [
    ...rowNames(viewing, (row) => remarks(viewing, row)),
    onLine(withGauge(figure(viewing, { id: "required", priority: 2, overage })), entry),
    onLine(figure(viewing, { id: "available", priority: 4 })),
    onLine({ ...missing, cell: (line) => bad(missing.cell(line)) }, (problem) => bad(entry(problem))),
    onLine(deliveryColumn(viewing, 1), (problem) => statusCell(viewing, statusOf({ entry: problem }))),
    aside("order_reference", decidingOrders),
    { id: "since", priority: 2, merged: true, ifAny: true, cell: (row) => sinceCell(viewing, row) },
    ...(["optional", "owed"] as const).map((id) => onLine(unlessNone(figure(viewing, { id, priority: 4 })))),
    aside("covered_by", (line) => substitutesOf(viewing, line)),
    aside("needed_for", (line) => neededFor(viewing, line)),
  ];
  return [
    {
      id: "missing",
      title: texts.sections.missing,
      ...tableOf({ titles: texts.columns, plan, rows }),
      notes: stockNotes(viewing),
    },
  ];
}

/** A column that stands in the second line of a row where there can be one. */
function aside(id: ColumnId, options: (line: ReportLine) => string): ColumnPlan<ReportRow> {
  return onLine({ id, priority: 4, merged: true, ifAny: true, cell: (line) => ({ text: options(line) }) });
}

/** The same for a figure; where there is none, nothing. */
function unlessNone(column: ColumnPlan<ReportLine>): ColumnPlan<ReportLine> {
  const cell = (line: ReportLine): Cell => {
    const shown = column.cell(line);
    return shown.value === 0 ? { text: "" } : shown;
  };
  return { ...column, merged: true, ifAny: true, cell };
}

/** What is required, with what of it is there and on order. */
function withGauge(column: ColumnPlan<ReportLine>): ColumnPlan<ReportLine> {
  return {
    ...column,
    cell: (line) => ({
      ...column.cell(line),
      gauge: { there: line.required - line.missing, coming: line.on_order, of: line.required },
    }),
  };
}

/** What the second line of a row says beside IPN and version. */
function remarks(viewing: ViewContext, row: ReportRow): string[] {
  const { texts } = viewing;
  const since = sinceCell(viewing, row).text;
  const ofLine = "line" in row ? lineRemarks(viewing, row.line) : [];
  return [...ofLine, ...(since === "" ? [] : [texts.since(since)])];
}

function lineRemarks(viewing: ViewContext, line: ReportLine): string[] {
  const { texts } = viewing;
  const assemblies = neededFor(viewing, line);
  const substitutes = substitutesOf(viewing, line);
  const owed = neededCell(viewing, { value: line.owed, units: line.units }).text;
  return [
    ...(assemblies === "" ? [] : [texts.neededFor(assemblies)]),
    ...optionalRemark(viewing, line),
    ...(line.owed === 0 ? [] : [texts.owedPart(owed)]),
    ...(substitutes === "" ? [] : [texts.coveredPart(substitutes)]),
  ];
}

/** Marks what optional BOM lines alone ask for. */
function optionalRemark(viewing: ViewContext, { optional, required, units }: ReportLine): string[] {
  const { texts } = viewing;
  if (optional === 0) return [];
  if (optional === required) return [texts.flag.optional];
  const quantity = (value: number) => neededCell(viewing, { value, units }).text;
  return [texts.optionalPart(quantity(optional), quantity(required))];
}

/** The day on which this shortage began, as far as alerts know it. */
function sinceCell({ alerts = [], format, episode }: ViewContext, row: ReportRow): Cell {
  const [kind, part]: [AlertKind, number | string] =
    "line" in row ? ["short", row.line.pk] : ["unresolved", row.entry.words];
  const alert = alerts.find((one) => one.kind === kind && one.part === part && one.state !== "resolved");
  if (alert === undefined) return { text: "" };
  const day = format.dayOf(new Date(alert.since));
  // What is short since then is said once, above.
  const isUsual = episode?.open === true && format.dayOf(new Date(episode.since)) === day;
  return { text: isUsual ? "" : day };
}
