import type {
  BomLineRow,
  BuildAllocationRow,
  BuildLineRow,
  BuildRow,
  PartRow,
  StockItemRow,
} from "../inventree/tables.ts";
import { dayAfter, type Keyed } from "./keyed.ts";
import type { BuildSpec } from "./specs.ts";
import { plainItem } from "./stock-rows.ts";

export interface BuildNames {
  readonly parts: Keyed<PartRow>;
  readonly bomLines: readonly BomLineRow[];
  readonly stock: readonly StockItemRow[];
  readonly today: string;
}

export interface BuildTables {
  readonly builds: readonly BuildRow[];
  readonly buildLines: readonly BuildLineRow[];
  readonly buildAllocations: readonly BuildAllocationRow[];
  /** Stock that is being built. */
  readonly outputs: readonly StockItemRow[];
}

const STATUS = { pending: 10, production: 20, complete: 40 } satisfies Record<BuildSpec["status"], number>;

/** Build orders with their lines (as InvenTree makes them: not for virtual sub-parts), allocations and outputs. */
export function buildTables(specs: readonly BuildSpec[], names: BuildNames): BuildTables {
  const builds = specs.map(
    (spec, index): BuildRow => ({
      pk: index + 1,
      reference: spec.reference,
      title: spec.title,
      part: names.parts.row(spec.part).pk,
      quantity: spec.quantity,
      completed: spec.completed ?? 0,
      status: STATUS[spec.status],
      parent: null,
      sales_order: null,
      creation_date: dayAfter(names.today, -15),
      target_date: dayAfter(names.today, spec.due),
    }),
  );
  const planned = specs.flatMap((spec, index) =>
    linesOf(names, spec.part).map((bomLine) => ({ build: index + 1, spec, bomLine })),
  );
  const amounts = (given: Readonly<Record<string, number>> = {}) =>
    new Map(Object.entries(given).map(([key, quantity]) => [names.parts.row(key).pk, quantity]));
  const buildLines = planned.map(({ build, spec, bomLine }, index) => ({
    pk: index + 1,
    build,
    bom_item: bomLine.pk,
    quantity: required(bomLine, spec.quantity),
    consumed: amounts(spec.consumed).get(bomLine.sub_part) ?? 0,
  }));
  const buildAllocations = planned.flatMap(({ spec, bomLine }, index): readonly BuildAllocationRow[] => {
    const quantity = amounts(spec.allocated).get(bomLine.sub_part);
    const item = names.stock.find((row) => row.part === bomLine.sub_part);
    return quantity === undefined || !item ? [] : [{ build_line: index + 1, stock_item: item.pk, quantity }];
  });
  const outputs = specs.flatMap((spec, index) =>
    spec.outputs === undefined
      ? []
      : [{ build: index + 1, part: names.parts.row(spec.part).pk, quantity: spec.outputs }],
  );
  return {
    builds,
    buildLines,
    buildAllocations,
    outputs: outputs.map(({ build, part, quantity }, index) => ({
      ...plainItem(names.stock.length + index + 1, part),
      quantity,
      build,
      is_building: true,
    })),
  };
}

/** Own lines and those that templates above pass on, without virtual sub-parts. */
function linesOf({ parts, bomLines }: BuildNames, assembly: string): readonly BomLineRow[] {
  const own = parts.row(assembly);
  const template = parts.rows.find((part) => part.pk === own.variant_of);
  return bomLines.filter(
    (line) =>
      (line.part === own.pk || (line.part === template?.pk && line.inherited)) &&
      parts.rows.find((part) => part.pk === line.sub_part)?.virtual === false,
  );
}

/** Quantity times builds, with attrition and setup, up to the multiple; five decimals. */
function required(line: BomLineRow, builds: number): number {
  const net = Math.round((line.quantity * builds * (1 + line.attrition / 100) + line.setup_quantity) * 1e5) / 1e5;
  const multiple = line.rounding_multiple;
  return multiple === null ? net : Math.ceil(net / multiple) * multiple;
}
