import type { Alternative, CostRange, DataQuality, ReportProblem, Silenced, Watched } from "../generated/report.ts";
import { nameColumns, partCell, partHref, quantityCell } from "./cells.ts";
import { statusCell } from "./line-cells.ts";
import { plainText } from "./plain-text.ts";
import { stockNotes } from "./policy-notes.ts";
import { type ColumnPlan, type Section, tableOf } from "./table.ts";
import type { SectionId } from "./texts.ts";
import type { Viewing } from "./viewing.ts";

/** Alternatives, and watched parts that are low or out. */
export function stockSections(viewing: Viewing): Section[] {
  const { report, standing, texts } = viewing;
  const watched = (report.watched ?? []).filter((row) => !standing.isSilenced(row.kind, row.pk));
  return [
    ...section(viewing, { id: "alternatives", rows: report.alternatives ?? [], plan: alternativesPlan(viewing) }),
    ...section(viewing, {
      id: "watched",
      rows: watched,
      plan: watchedPlan(viewing),
      notes: [
        ...(standing.short === 0 ? stockNotes(viewing) : []),
        ...(watched.some((row) => row.location !== null) ? [texts.locationWatch] : []),
      ],
    }),
  ];
}

/** Problems, data quality, what stock allows, cost, what is silenced. */
export function remarkSections(viewing: Viewing): Section[] {
  const { report } = viewing;
  const { cost } = report;
  const ranges =
    cost === undefined ? [] : (["required", "missing", "to_order"] as const).map((of) => ({ of, ...cost[of] }));
  return [
    ...section(viewing, { id: "problems", rows: report.problems, plan: problemsPlan(viewing) }),
    ...section(viewing, { id: "data_quality", rows: report.data_quality ?? [], plan: qualityPlan(viewing) }),
    ...section(viewing, { id: "can_build", rows: canBuild(viewing), plan: canBuildPlan(viewing) }),
    ...section(viewing, { id: "cost", rows: ranges, plan: costPlan(viewing, cost?.currency ?? null) }),
    ...section(viewing, { id: "silenced", rows: report.silenced, plan: silencedPlan(viewing) }),
  ];
}

function section<T>(
  { texts }: Viewing,
  of: {
    readonly id: SectionId;
    readonly rows: readonly T[];
    readonly plan: readonly ColumnPlan<T>[];
    readonly notes?: readonly string[];
  },
): Section[] {
  if (of.rows.length === 0) return [];
  const table = tableOf({ titles: texts.columns, plan: of.plan, rows: of.rows });
  return [{ id: of.id, title: texts.sections[of.id], ...table, notes: of.notes ?? [] }];
}

function alternativesPlan(viewing: Viewing): ColumnPlan<Alternative>[] {
  const lines = new Map(viewing.report.lines.map((line) => [line.pk, line]));
  return [
    {
      id: "for",
      priority: 1,
      cell: (row) => ({ text: plainText(lines.get(row.for)?.name ?? `#${row.for}`), ...partHref(viewing, row.for) }),
    },
    { id: "substitute", priority: 1, cell: (row) => partCell(viewing, row) },
    { id: "ipn", priority: 3, merged: true, ifAny: true, cell: (row) => ({ text: plainText(row.ipn ?? "") }) },
    { id: "free", priority: 1, align: "right", cell: (row) => quantityCell(viewing, { value: row.free }) },
  ];
}

function watchedPlan(viewing: Viewing): ColumnPlan<Watched>[] {
  const number = (id: "available" | "minimum" | "lacking", priority: 1 | 2 | 3): ColumnPlan<Watched> => ({
    id,
    priority,
    align: "right",
    cell: (row) => quantityCell(viewing, { value: row[id], units: row.units }),
  });
  return [
    ...nameColumns<Watched>(viewing, (row) => (row.location === null ? [] : [plainText(row.location)])),
    { id: "status", priority: 1, cell: (row) => statusCell(viewing, row.kind) },
    number("available", 1),
    number("minimum", 2),
    number("lacking", 1),
    {
      id: "location",
      priority: 2,
      merged: true,
      ifAny: true,
      cell: (row) => ({ text: plainText(row.location ?? "") }),
    },
  ];
}

function problemsPlan({ texts }: Viewing): ColumnPlan<ReportProblem>[] {
  return [
    { id: "entry", priority: 1, cell: (row) => ({ text: plainText(row.words), tone: "bad" }) },
    { id: "problem", priority: 1, cell: (row) => ({ text: plainText(texts.problem(row)) }) },
  ];
}

function qualityPlan(viewing: Viewing): ColumnPlan<DataQuality>[] {
  const path = (row: DataQuality) => row.path.map((part) => part.name).join(" › ");
  return [
    { id: "part", priority: 1, cell: (row) => ({ text: plainText(row.name), ...partHref(viewing, row.pk) }) },
    { id: "remark", priority: 1, cell: (row) => ({ text: plainText(viewing.texts.quality(row, path(row))) }) },
  ];
}

interface Buildable {
  readonly pk: number;
  readonly now: number;
  readonly allLevels: number | null;
  readonly limitedBy: readonly number[];
}

function canBuild({ report }: Viewing): Buildable[] {
  return Object.entries(report.can_build)
    .flatMap(([pk, figures]) =>
      figures === undefined
        ? []
        : [{ pk: Number(pk), now: figures.now, allLevels: figures.all_levels, limitedBy: figures.limited_by }],
    )
    .sort((a, b) => a.pk - b.pk);
}

function canBuildPlan(viewing: Viewing): ColumnPlan<Buildable>[] {
  const { texts, report } = viewing;
  const known = [...report.lines.flatMap((line) => [line, ...line.why.flatMap((why) => why.path)])];
  const names = new Map(known.map((part) => [part.pk, part.name]));
  const name = (pk: number) => plainText(names.get(pk) ?? report.names?.[pk] ?? `#${pk}`);
  return [
    { id: "assembly", priority: 1, cell: (row) => ({ text: name(row.pk), ...partHref(viewing, row.pk) }) },
    { id: "direct", priority: 2, align: "right", cell: (row) => quantityCell(viewing, { value: row.now }) },
    {
      id: "can_build",
      priority: 1,
      align: "right",
      cell: (row) =>
        row.allLevels === null ? { text: texts.nothingLimits } : quantityCell(viewing, { value: row.allLevels }),
    },
    { id: "limited_by", priority: 2, ifAny: true, cell: (row) => ({ text: row.limitedBy.map(name).join(", ") }) },
  ];
}

function costPlan(
  { texts, format }: Viewing,
  currency: string | null,
): ColumnPlan<CostRange & { readonly of: "required" | "missing" | "to_order" }>[] {
  const money = (value: number) => ({ text: format.money(value, currency), value });
  return [
    { id: "cost", priority: 1, cell: (row) => ({ text: texts.costOf[row.of] }) },
    { id: "least", priority: 1, align: "right", cell: (row) => money(row.min) },
    { id: "most", priority: 1, align: "right", cell: (row) => money(row.max) },
    {
      id: "unpriced",
      priority: 2,
      align: "right",
      cell: (row) => ({ text: format.quantity(row.unpriced), value: row.unpriced }),
    },
  ];
}

function silencedPlan(viewing: Viewing): ColumnPlan<Silenced>[] {
  const { texts, format } = viewing;
  return [
    {
      id: "part",
      priority: 1,
      cell: (row) => ({
        text: plainText(row.name),
        ...(typeof row.part === "number" ? partHref(viewing, row.part) : {}),
      }),
    },
    { id: "kind", priority: 2, cell: (row) => ({ text: texts.changeKind[row.kind] }) },
    { id: "quantity", priority: 1, align: "right", cell: (row) => quantityCell(viewing, { value: row.quantity }) },
    { id: "reason", priority: 1, cell: (row) => ({ text: plainText(row.reason) }) },
    {
      id: "until",
      priority: 1,
      cell: (row) => ({ text: row.until === null ? texts.noEnd : format.day(row.until) }),
    },
  ];
}
