import type { Json, JsonObject } from "../json.ts";
import { listed, ordered, single } from "../paging.ts";
import { lineStock, partBrief, total } from "../part-rows.ts";
import { maySee, type RequestContext, type Route } from "../route.ts";
import { ACTIVE_BUILDS, BUILD_STATUS } from "../status.ts";
import type { BuildLineRow, BuildRow } from "../tables.ts";
import { byPk, type Database, sortedByPk } from "../warehouse.ts";
import { byReference, ordersMatching } from "./order.ts";

export const BUILD_ROUTES: readonly Route[] = [
  {
    path: "build/",
    areas: ["build"],
    creates: true,
    answer: (asked) => listed(asked, { rows: builds(asked), render: (build) => buildRow(asked, build) }),
  },
  {
    path: "build/:pk/",
    areas: ["build"],
    answer: (asked, pk) => buildRow(asked, single(asked.warehouse.builds, pk, "Build")),
  },
  {
    path: "build/line/",
    areas: ["build"],
    creates: true,
    answer: (asked) =>
      listed(asked, {
        rows: ordered(lines(asked), asked.query, {
          quantity: (line) => line.quantity,
          consumed: (line) => line.consumed,
          part: (line) => asked.warehouse.parts.get(subPart(asked.warehouse, line) ?? -1)?.name ?? null,
        }),
        render: (line) => lineRow(asked, line),
      }),
  },
  {
    path: "build/line/:pk/",
    areas: ["build"],
    answer: (asked, pk) => lineRow(asked, single(byPk(asked.warehouse.tables.buildLines), pk, "BuildLine")),
  },
];

function builds({ query, warehouse }: RequestContext): readonly BuildRow[] {
  const part = query.row("part", warehouse.parts);
  const parts = new Set(
    part === undefined ? [] : [part, ...(query.filter("include_variants") ? warehouse.below(part) : [])],
  );
  const active = query.filter("active");
  const parent = query.row("parent", warehouse.builds);
  const rows = ordersMatching(warehouse.tables.builds, query, ACTIVE_BUILDS).filter(
    (build) =>
      (part === undefined || parts.has(build.part)) &&
      (parent === undefined || build.parent === parent) &&
      (active === undefined || ACTIVE_BUILDS.has(build.status) === active),
  );
  return ordered(byReference(rows), query, {
    reference: (build) => build.reference,
    part: (build) => warehouse.parts.get(build.part)?.name ?? null,
    quantity: (build) => build.quantity,
    completed: (build) => build.completed,
    status: (build) => build.status,
    target_date: (build) => build.target_date,
    creation_date: (build) => build.creation_date,
  });
}

function buildRow(asked: RequestContext, build: BuildRow): JsonObject {
  const { query, warehouse } = asked;
  const part = warehouse.parts.get(build.part);
  const row: Record<string, Json> = {
    barcode_hash: "",
    batch: "",
    completion_date: null,
    destination: null,
    external: false,
    project_code: null,
    project_code_label: null,
    project_code_detail: null,
    start_date: null,
    status_custom_key: build.status,
    take_from: null,
    notes: "",
    link: "",
    issued_by: null,
    issued_by_detail: null,
    responsible: null,
    responsible_detail: null,
    priority: 0,
    ...build.more,
    pk: build.pk,
    reference: build.reference,
    title: build.title,
    part: build.part,
    part_name: part?.name ?? "",
    quantity: build.quantity,
    completed: build.completed,
    status: build.status,
    status_text: BUILD_STATUS.get(build.status) ?? "",
    parent: build.parent,
    sales_order: build.sales_order,
    creation_date: build.creation_date,
    target_date: build.target_date,
    level: levelOf(warehouse, build),
    overdue:
      ACTIVE_BUILDS.has(build.status) && build.target_date !== null && build.target_date < warehouse.tables.today,
  };
  if (query.wants("part_detail", true) && part && maySee(asked, "part")) row.part_detail = partBrief(part);
  return row;
}

function levelOf(warehouse: Database, build: BuildRow): number {
  const above: number[] = [];
  for (let parent = build.parent; parent !== null && !above.includes(parent); ) {
    above.push(parent);
    parent = warehouse.builds.get(parent)?.parent ?? null;
  }
  return above.length;
}

function lines({ query, warehouse }: RequestContext): readonly BuildLineRow[] {
  const part = query.row("part", warehouse.parts);
  const build = query.row("build", warehouse.builds);
  const bomItem = query.row("bom_item", warehouse.bomLines);
  const outstanding = query.filter("order_outstanding");
  const flags = (["consumable", "optional"] as const).flatMap((flag) => {
    const wanted = query.filter(flag);
    return wanted === undefined ? [] : [{ flag, wanted }];
  });
  return sortedByPk(warehouse.tables.buildLines).filter((line) => {
    const bomLine = warehouse.bomLines.get(line.bom_item);
    const active = ACTIVE_BUILDS.has(warehouse.builds.get(line.build)?.status ?? 0);
    return (
      (part === undefined || bomLine?.sub_part === part) &&
      (build === undefined || line.build === build) &&
      (bomItem === undefined || line.bom_item === bomItem) &&
      (outstanding === undefined || active === outstanding) &&
      flags.every(({ flag, wanted }) => bomLine?.[flag] === wanted)
    );
  });
}

function lineRow(asked: RequestContext, line: BuildLineRow): JsonObject {
  const { query, warehouse } = asked;
  const bomLine = single(warehouse.bomLines, line.bom_item, "BomItem");
  const part = warehouse.parts.get(bomLine.sub_part);
  const build = warehouse.builds.get(line.build);
  const allocations = warehouse.buildAllocationsOf.get(line.pk) ?? [];
  const { building, can_build: _canBuild, ...stock } = lineStock(warehouse, bomLine);
  const row: Record<string, Json> = {
    ...line.more,
    pk: line.pk,
    build: line.build,
    bom_item: line.bom_item,
    quantity: line.quantity,
    consumed: line.consumed,
    part: bomLine.sub_part,
    build_reference: build?.reference ?? "",
    reference: bomLine.reference,
    consumable: bomLine.consumable,
    optional: bomLine.optional,
    inherited: bomLine.inherited,
    allow_variants: bomLine.allow_variants,
    testable: part?.testable ?? false,
    trackable: part?.trackable ?? false,
    allocated: total(allocations, (row) => row.quantity),
    ...stock,
    in_production: building ?? 0,
    scheduled_to_build: warehouse.figures(bomLine.sub_part).scheduled,
  };
  if (query.wants("allocations")) {
    row.allocations = allocations.map(({ build_line, stock_item, quantity }) => ({ build_line, stock_item, quantity }));
  }
  if (query.wants("build_detail") && build) row.build_detail = buildRow(asked, build);
  if (query.wants("part_detail") && part && maySee(asked, "part")) row.part_detail = partBrief(part);
  return row;
}

function subPart(warehouse: Database, line: BuildLineRow): number | undefined {
  return warehouse.bomLines.get(line.bom_item)?.sub_part;
}
