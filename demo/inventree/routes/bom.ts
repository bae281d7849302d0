import type { Json, JsonObject } from "../json.ts";
import { listed, ordered, type SortKey, single } from "../paging.ts";
import { lineStock, linesWithInherited, partBrief } from "../part-rows.ts";
import { databaseError } from "../refusal.ts";
import { maySee, type RequestContext, type Route } from "../route.ts";
import type { BomLineRow, SubstituteRow } from "../tables.ts";
import { type Database, sortedByPk } from "../warehouse.ts";

export const BOM_ROUTES: readonly Route[] = [
  {
    path: "bom/",
    areas: ["bom", "build"],
    creates: true,
    answer: (asked) =>
      listed(asked, {
        rows: ordered(matching(asked), asked.query, sortKeys(asked.warehouse)),
        render: (line) => bomRow(asked, line),
        check: (lines) => refuseTooManySubParts(asked, lines),
      }),
  },
  {
    path: "bom/:pk/",
    areas: ["bom", "build"],
    answer: (asked, pk) => bomRow(asked, single(asked.warehouse.bomLines, pk, "BomItem")),
  },
  {
    path: "bom/substitute/",
    areas: ["bom", "build"],
    creates: true,
    answer: (asked) => {
      const bomItem = asked.query.row("bom_item", asked.warehouse.bomLines);
      const part = asked.query.row("part", asked.warehouse.parts);
      const rows = sortedByPk(asked.warehouse.tables.substitutes).filter(
        (row) => (bomItem === undefined || row.bom_item === bomItem) && (part === undefined || row.part === part),
      );
      return listed(asked, { rows, render: (row) => substituteRow(asked.warehouse, row) });
    },
  },
];

/** SQLite takes no more values in one statement. */
const MOST_SUB_PARTS = 1_000;

const FLAGS = ["optional", "consumable", "inherited", "allow_variants", "validated"] as const;

function matching({ query, warehouse }: RequestContext): readonly BomLineRow[] {
  const tests: ((line: BomLineRow) => boolean)[] = FLAGS.flatMap((flag) => {
    const wanted = query.filter(flag);
    return wanted === undefined ? [] : [(line: BomLineRow) => line[flag] === wanted];
  });
  const used = query.row("uses", warehouse.parts);
  if (used !== undefined) tests.push(usesPart(warehouse, used));
  for (const [name, side] of [
    ["part_active", "part"],
    ["sub_part_active", "sub_part"],
  ] as const) {
    const wanted = query.filter(name);
    if (wanted !== undefined) tests.push((line) => warehouse.parts.get(line[side])?.active === wanted);
  }
  const assembly = query.row("part", warehouse.parts);
  const lines = assembly === undefined ? warehouse.tables.bomLines : linesWithInherited(warehouse, assembly);
  return sortedByPk(lines.filter((line) => tests.every((test) => test(line))));
}

/** Where a part is used: itself, as a variant where variants are allowed, or as a substitute. */
function usesPart(warehouse: Database, part: number): (line: BomLineRow) => boolean {
  const templates = new Set(warehouse.above(part));
  return (line) =>
    line.sub_part === part ||
    (line.allow_variants && templates.has(line.sub_part)) ||
    (warehouse.substitutesOf.get(line.pk) ?? []).some((row) => row.part === part);
}

function bomRow(asked: RequestContext, line: BomLineRow): JsonObject {
  const { query, warehouse } = asked;
  const { can_build, ...stock } = lineStock(warehouse, line);
  const row: Record<string, Json> = {
    ...line.more,
    pk: line.pk,
    part: line.part,
    sub_part: line.sub_part,
    reference: line.reference,
    raw_amount: line.raw_amount,
    quantity: line.quantity,
    allow_variants: line.allow_variants,
    inherited: line.inherited,
    optional: line.optional,
    consumable: line.consumable,
    setup_quantity: line.setup_quantity,
    attrition: line.attrition,
    rounding_multiple: line.rounding_multiple,
    note: line.note,
    validated: line.validated,
    ...stock,
  };
  if (query.wants("can_build", true)) row.can_build = can_build;
  if (query.wants("substitutes")) {
    row.substitutes = (warehouse.substitutesOf.get(line.pk) ?? []).map((entry) => substituteRow(warehouse, entry));
  }
  if (query.wants("pricing")) Object.assign(row, pricing(warehouse, line));
  if (maySee(asked, "part")) Object.assign(row, partDetails(asked, line));
  return row;
}

function partDetails({ query, warehouse }: RequestContext, line: BomLineRow): JsonObject {
  const part = warehouse.parts.get(line.part);
  const subPart = warehouse.parts.get(line.sub_part);
  return {
    ...(query.wants("part_detail") && part ? { part_detail: partBrief(part) } : {}),
    ...(query.wants("sub_part_detail") && subPart ? { sub_part_detail: partBrief(subPart) } : {}),
  };
}

function substituteRow(warehouse: Database, row: SubstituteRow): JsonObject {
  const part = warehouse.parts.get(row.part);
  return {
    pk: row.pk,
    bom_item: row.bom_item,
    part: row.part,
    part_detail: part ? partBrief(part, "unpriced") : null,
  };
}

function pricing(warehouse: Database, line: BomLineRow): JsonObject {
  const subPart = warehouse.parts.get(line.sub_part);
  const times = (price: number | null) => (price === null ? null : Math.round(price * line.quantity * 1e6) / 1e6);
  const min = subPart?.pricing_min ?? null;
  const max = subPart?.pricing_max ?? null;
  return {
    pricing_min: min,
    pricing_max: max,
    pricing_min_total: times(min),
    pricing_max_total: times(max),
    pricing_updated: subPart?.more?.pricing_updated ?? null,
  };
}

function sortKeys(warehouse: Database): Readonly<Record<string, SortKey<BomLineRow>>> {
  const subPart = (line: BomLineRow) => warehouse.parts.get(line.sub_part);
  return {
    quantity: (line) => line.quantity,
    setup_quantity: (line) => line.setup_quantity,
    attrition: (line) => line.attrition,
    rounding_multiple: (line) => line.rounding_multiple,
    sub_part: (line) => subPart(line)?.name ?? null,
    IPN: (line) => subPart(line)?.IPN ?? null,
    reference: (line) => line.reference,
    optional: (line) => line.optional,
    consumable: (line) => line.consumable,
    inherited: (line) => line.inherited,
    allow_variants: (line) => line.allow_variants,
    validated: (line) => line.validated,
    can_build: (line) => lineStock(warehouse, line).can_build,
  };
}

function refuseTooManySubParts(asked: RequestContext, lines: readonly BomLineRow[]): void {
  const subParts = new Set(lines.map((line) => line.sub_part));
  if (subParts.size > MOST_SUB_PARTS) throw databaseError(asked.address.pathname);
}
