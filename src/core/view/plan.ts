import { type Span, spansOf } from "../calculation/plan.ts";
import type { PlannedList, ReportLine } from "../generated/report.ts";
import { plainText } from "../text/plain-text.ts";
import { readyCell } from "./by-when.ts";
import { figure, nameColumns, neededFor } from "./cells.ts";
import { isLate } from "./report-status.ts";
import { type Cell, type ColumnPlan, type Section, tableOf } from "./table.ts";
import type { ViewContext } from "./view-context.ts";

/** Of a plan: when each of its lists is ready, and which inactive ones are left out. */
export function planSection(viewing: ViewContext): Section[] {
  const { report, texts } = viewing;
  if (report.plan === undefined) return [];
  const { lists, left_out } = report.plan;
  const spans = spansOf(lists);
  const plan: ColumnPlan<PlannedList>[] = [
    {
      id: "list",
      priority: 1,
      cell: ({ id, name }) => ({ text: plainText(name), ...(id === name ? {} : { sub: id }) }),
    },
    { id: "id", priority: 4, merged: true, cell: ({ id }) => ({ text: id }) },
    {
      id: "entries",
      priority: 3,
      align: "right",
      cell: ({ entries }) => ({ text: viewing.format.quantity(entries), value: entries }),
    },
    {
      id: "ready",
      priority: 1,
      cell: (row) =>
        readyOf(
          viewing,
          spans.find(({ member }) => member === row),
          row,
        ),
    },
  ];
  return [
    {
      id: "plan_lists",
      title: texts.sections.plan_lists,
      ...tableOf({ titles: texts.columns, plan, rows: lists }),
      notes: left_out.length === 0 ? [] : [texts.plan.leftOut(left_out.join(", "))],
    },
  ];
}

/** Where a list has no day, that one of its entries has one that is too late. */
function readyOf(viewing: ViewContext, span: Span | undefined, row: PlannedList): Cell {
  const cell = readyCell(viewing, row);
  const late = (viewing.report.ready ?? []).slice(span?.start, span?.end).filter(isLate).length;
  return row.date !== null || late === 0 ? cell : { ...cell, sub: viewing.texts.notInTime(late), tone: "bad" };
}

/** Of a plan: parts of which each list alone has enough, but not all lists together. */
export function notForAllSection(viewing: ViewContext): Section[] {
  const { report, reportStatus, texts } = viewing;
  const rows = report.lines.filter(
    (line) => isNotForAll(viewing, line) && !reportStatus.isSilenced(line.make ? "build" : "short", line.pk),
  );
  if (rows.length === 0) return [];
  const words = (line: ReportLine) => neededFor(viewing, line);
  const plan: ColumnPlan<ReportLine>[] = [
    ...nameColumns<ReportLine>(viewing, (line) => [texts.neededFor(words(line))]),
    figure(viewing, { id: "required", priority: 2 }),
    figure(viewing, { id: "available", priority: 2 }),
    figure(viewing, { id: "missing", priority: 1 }),
    { id: "needed_for", priority: 4, merged: true, cell: (line) => ({ text: words(line) }) },
  ];
  return [
    {
      id: "not_for_all",
      title: texts.sections.not_for_all,
      lead: texts.plan.notForAll,
      ...tableOf({ titles: texts.columns, plan, rows }),
      notes: [],
    },
  ];
}

/** Whether a plan lacks a part that none of its lists lacks alone. */
export function isNotForAll({ report }: Pick<ViewContext, "report">, { pk, missing }: ReportLine): boolean {
  // What has not settled is not missing yet.
  return missing > 0 && report.plan?.not_for_all.includes(pk) === true;
}
