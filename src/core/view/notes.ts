import type {
  Alternative,
  CostRange,
  DataQuality,
  ReportProblem,
  Silenced,
  Unsettled,
  Watched,
} from "../generated/report.ts";
import { hasNoQuantity } from "../notification/significant.ts";
import { defined } from "../records.ts";
import { plainText, webAddress } from "../text/plain-text.ts";
import { deliveryCell, nameColumns, neededCell, partCell, partHref, quantityCell, statusCell, units } from "./cells.ts";
import { type Cell, type ColumnPlan, type Section, tableOf } from "./table.ts";
import { stockNotes } from "./texts/policy-notes.ts";
import type { SectionId } from "./texts/texts.ts";
import { packsCell, supplierCell } from "./to-order.ts";
import type { ViewContext } from "./view-context.ts";

/** Alternatives, and watched parts that are low or out. */
export function stockSections(viewing: ViewContext): Section[] {
  const { report, reportStatus, texts } = viewing;
  const watched = (report.watched ?? []).filter((row) => !reportStatus.isSilenced(row.kind, row.pk));
  return [
    ...section(viewing, { id: "alternatives", rows: report.alternatives ?? [], plan: alternativesPlan(viewing) }),
    ...section(viewing, {
      id: "watched",
      rows: watched,
      plan: watchedPlan(viewing),
      notes: [
        ...(reportStatus.short === 0 ? stockNotes(viewing) : []),
        ...(watched.some((row) => row.location !== null) ? [texts.locationWatch] : []),
      ],
    }),
  ];
}

/** Problems, data quality, what stock allows, cost, what is silenced. */
export function remarkSections(viewing: ViewContext): Section[] {
  const { report } = viewing;
  const { cost } = report;
  const ranges =
    cost === undefined
      ? []
      : (["required", "missing", "to_order"] as const).map((options) => ({ of: options, ...cost[options] }));
  // Where no part has a price, a table of zeros would say that everything is free.
  const isPriced = ranges.some(({ max }) => max > 0);
  return [
    ...section(viewing, { id: "problems", rows: report.problems, plan: problemsPlan(viewing) }),
    ...section(viewing, { id: "data_quality", rows: report.data_quality ?? [], plan: qualityPlan(viewing) }),
    ...section(viewing, { id: "can_build", rows: canBuild(viewing), plan: canBuildPlan(viewing) }),
    ...section(viewing, { id: "cost", rows: isPriced ? ranges : [], plan: costPlan(viewing, cost?.currency ?? null) }),
    ...section(viewing, { id: "silenced", rows: report.silenced, plan: silencedPlan(viewing) }),
    ...section(viewing, { id: "unsettled", rows: report.unsettled ?? [], plan: unsettledPlan(viewing) }),
  ];
}

function section<T>(
  { texts }: ViewContext,
  options: {
    readonly id: SectionId;
    readonly rows: readonly T[];
    readonly plan: readonly ColumnPlan<T>[];
    readonly notes?: readonly string[];
  },
): Section[] {
  if (options.rows.length === 0) return [];
  const table = tableOf({ titles: texts.columns, plan: options.plan, rows: options.rows });
  return [{ id: options.id, title: texts.sections[options.id], ...table, notes: options.notes ?? [] }];
}

function alternativesPlan(viewing: ViewContext): ColumnPlan<Alternative>[] {
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

function watchedPlan(viewing: ViewContext): ColumnPlan<Watched>[] {
  const number = (id: "available" | "minimum" | "lacking", priority: 1 | 2 | 3): ColumnPlan<Watched> => ({
    id,
    priority,
    align: "right",
    cell: (row) => (id === "lacking" ? neededCell : quantityCell)(viewing, { value: row[id], units: row.units }),
  });
  return [
    ...nameColumns<Watched>(viewing, (row) => (row.location === null ? [] : [plainText(row.location)])),
    { id: "status", priority: 1, cell: (row) => statusCell(viewing, row.kind) },
    { ...number("available", 1), cell: (row) => watchedStock(viewing, row) },
    { ...number("minimum", 2), merged: true },
    number("lacking", 1),
    {
      id: "on_order",
      priority: 3,
      merged: true,
      align: "right",
      ifAny: true,
      cell: ({ on_order: value, units }) =>
        value === undefined ? { text: "" } : quantityCell(viewing, { value, units }),
    },
    { id: "delivery", priority: 1, ifAny: true, cell: (row) => watchedDelivery(viewing, row) },
    {
      id: "order_quantity",
      priority: 1,
      align: "right",
      ifAny: true,
      cell: (row) => watchedQuantity(viewing, row),
    },
    { id: "supplier", priority: 4, merged: true, ifAny: true, cell: ({ offer }) => supplierCell(offer) },
    { id: "sku", priority: 4, merged: true, ifAny: true, cell: ({ offer }) => ({ text: plainText(offer?.sku ?? "") }) },
    {
      id: "location",
      priority: 2,
      merged: true,
      ifAny: true,
      cell: (row) => ({ text: plainText(row.location ?? "") }),
    },
  ];
}

/** With the minimum in the second line. */
function watchedStock(viewing: ViewContext, { available: value, minimum, units }: Watched): Cell {
  const least = quantityCell(viewing, { value: minimum, units }).text;
  return {
    ...quantityCell(viewing, { value, units }),
    ...(minimum > 0 ? { sub: viewing.texts.minimumPart(least) } : {}),
  };
}

/** With the supplier in the second line. */
function watchedQuantity(viewing: ViewContext, { order_quantity, offer, units }: Watched): Cell {
  if (order_quantity === undefined) return { text: "" };
  const cell = packsCell(viewing, { order_quantity, units, ...defined({ offer }) });
  const sub = [offer?.supplier ?? "", offer?.sku ?? ""].map(plainText).filter((word) => word !== "");
  return {
    ...cell,
    ...(sub.length === 0 ? {} : { sub: sub.join(" · ") }),
    ...defined({ href: webAddress(offer?.link) }),
  };
}

/** It is unknown whether an assembly is bought: that nothing is ordered is no news. */
function watchedDelivery(viewing: ViewContext, { outlook, arrivals, on_order = 0, to_order, units }: Watched): Cell {
  if (outlook === undefined) return { text: "" };
  const cell = deliveryCell(viewing, { outlook, on_order, make: to_order === undefined, ...defined({ arrivals }) });
  if (on_order <= 0) return cell;
  const much = viewing.texts.onOrderPart(quantityCell(viewing, { value: on_order, units }).text);
  return { ...cell, sub: [much, cell.sub ?? ""].filter((words) => words !== "").join(": ") };
}

function problemsPlan({ texts }: ViewContext): ColumnPlan<ReportProblem>[] {
  return [
    { id: "entry", priority: 1, cell: (row) => ({ text: plainText(row.words), tone: "bad" }) },
    { id: "problem", priority: 1, cell: (row) => ({ text: plainText(texts.problem(row)) }) },
  ];
}

function qualityPlan(viewing: ViewContext): ColumnPlan<DataQuality>[] {
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

function canBuild({ report }: ViewContext): Buildable[] {
  return Object.entries(report.can_build)
    .flatMap(([pk, figures]) =>
      figures === undefined
        ? []
        : [{ pk: Number(pk), now: figures.now, allLevels: figures.all_levels, limitedBy: figures.limited_by }],
    )
    .sort((a, b) => a.pk - b.pk);
}

function canBuildPlan(viewing: ViewContext): ColumnPlan<Buildable>[] {
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
  { texts, format }: ViewContext,
  currency: string | null,
): ColumnPlan<CostRange & { readonly of: "required" | "missing" | "to_order" }>[] {
  const money = (value: number, { max, unpriced }: CostRange): Cell =>
    max === 0 && unpriced > 0
      ? { text: texts.unknownCost, tone: "muted" }
      : { text: format.money(value, currency), value };
  return [
    { id: "cost", priority: 1, cell: (row) => ({ text: texts.costOf[row.of] }) },
    { id: "least", priority: 1, align: "right", cell: (row) => money(row.min, row) },
    { id: "most", priority: 1, align: "right", cell: (row) => money(row.max, row) },
    {
      id: "unpriced",
      priority: 2,
      align: "right",
      cell: (row) => ({ text: format.quantity(row.unpriced), value: row.unpriced }),
    },
  ];
}

function silencedQuantity(viewing: ViewContext, { kind, part, quantity: value }: Silenced): Cell {
  return hasNoQuantity(kind) ? { text: "" } : neededCell(viewing, { value, units: units(viewing.report)(part) });
}

function silencedPlan(viewing: ViewContext): ColumnPlan<Silenced>[] {
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
    { id: "quantity", priority: 1, align: "right", cell: (row) => silencedQuantity(viewing, row) },
    { id: "reason", priority: 1, cell: (row) => ({ text: plainText(row.reason) }) },
    {
      id: "until",
      priority: 1,
      cell: (row) => ({ text: row.until === null ? texts.noEnd : format.day(row.until) }),
    },
  ];
}

/** What waits for more checks: as what it stands until then, and what this check has found. */
function unsettledPlan(viewing: ViewContext): ColumnPlan<Unsettled>[] {
  const { texts, format, report } = viewing;
  const unitsOf = units(report);
  const figure = ({ kind, part }: Unsettled, value: number | null): Cell => {
    if (value === null || hasNoQuantity(kind)) return { text: value === null ? "–" : texts.changeKind[kind] };
    return neededCell(viewing, { value, units: unitsOf(part) });
  };
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
    { id: "stands", priority: 1, align: "right", cell: (row) => figure(row, row.before) },
    { id: "found", priority: 1, align: "right", cell: (row) => figure(row, row.now) },
    {
      id: "checks",
      priority: 1,
      align: "right",
      cell: ({ checks, of }) => ({ text: texts.checksOf(format.quantity(checks), format.quantity(of)) }),
    },
  ];
}
