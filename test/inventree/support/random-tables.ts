import type * as Table from "../../../demo/inventree/tables.ts";
import { bomLine, build, part, purchase, sale, stockItem, tables } from "../../demo/workshop.ts";

/** Numbers that look random and are the same for a seed: https://en.wikipedia.org/wiki/Linear_congruential_generator. */
export interface Dice {
  /** A whole number from 0 up to, but not including, `sides`. */
  readonly below: (sides: number) => number;
  /** True once in so many throws. */
  readonly onceIn: (throws: number) => boolean;
}

export function diceOf(seed: number): Dice {
  let state = (seed % 2_147_483_646) + 1;
  const below = (sides: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
  for (let warm = 0; warm < 5; warm++) below(2);
  return { below, onceIn: (throws) => below(throws) === 0 };
}

/**
 * A small server with everything that BOMs, stock and orders know: templates with variants and inherited lines,
 * substitutes, optional lines, phantoms, fractions, cycles, places, packs, allocations across parts, equal names.
 */
export function randomTables(seed: number): Table.Tables {
  const dice = diceOf(seed);
  const parts = randomParts(dice, 12 + dice.below(24));
  const bomLines = randomBom(dice, parts);
  const stockItems = parts.flatMap((row) => randomStock(dice, row));
  const locations = [1, 2, 3].map((pk) => ({
    pk,
    name: `Place ${pk}`,
    description: "",
    parent: pk === 3 ? 1 : null,
    structural: false,
    external: pk === 2,
  }));
  const categories = [1, 2].map((pk) => ({
    pk,
    name: `Category ${pk}`,
    description: "",
    parent: pk === 2 ? 1 : null,
    structural: false,
  }));
  const substitutes = bomLines
    .filter(() => dice.onceIn(4))
    .map((line, index) => ({
      pk: index + 1,
      bom_item: line.pk,
      part: pick(dice, parts).pk,
    }));
  return tables({
    parts,
    bomLines,
    substitutes,
    stockItems,
    locations,
    categories,
    ...randomOrders(dice, parts),
    ...randomBuilds(dice, { parts, bomLines, stockItems }),
  });
}

function randomParts(dice: Dice, count: number): readonly Table.PartRow[] {
  const rows: Table.PartRow[] = [];
  for (let pk = 1; pk <= count; pk++) {
    const templates = rows.filter((row) => row.is_template);
    rows.push(
      part({
        pk,
        // Some names stand twice, and some differ in case only.
        name: dice.onceIn(6) ? `twin ${dice.below(3)}` : dice.onceIn(6) ? `TWIN ${dice.below(3)}` : `Part (${pk}) 5% +`,
        IPN: dice.onceIn(3) ? `IPN.${dice.below(9)}` : null,
        revision: dice.onceIn(3) ? "B" : "",
        assembly: dice.onceIn(2),
        is_template: dice.onceIn(4),
        variant_of: templates.length > 0 && dice.onceIn(3) ? pick(dice, templates).pk : null,
        virtual: dice.onceIn(12),
        consumable: dice.onceIn(12),
        active: !dice.onceIn(12),
        purchaseable: !dice.onceIn(4),
        units: dice.onceIn(8) ? "m" : "",
        category: dice.onceIn(2) ? 1 + dice.below(2) : null,
        minimum_stock: dice.onceIn(3) ? dice.below(9) : 0,
        pricing_min: dice.onceIn(2) ? dice.below(50) / 10 : null,
        pricing_max: dice.onceIn(2) ? 5 + dice.below(50) / 10 : null,
      }),
    );
  }
  return rows;
}

function randomBom(dice: Dice, parts: readonly Table.PartRow[]): readonly Table.BomLineRow[] {
  const rows: Table.BomLineRow[] = [];
  for (const assembly of parts.filter((row) => row.assembly)) {
    for (let lines = dice.below(5); lines > 0; lines--) {
      // Mostly downwards; now and then back up, so that a BOM needs itself.
      const below = parts.filter((row) => row.pk > assembly.pk || (row.pk !== assembly.pk && dice.onceIn(30)));
      if (below.length === 0) continue;
      rows.push(
        bomLine({
          pk: rows.length + 1,
          part: assembly.pk,
          sub_part: pick(dice, below).pk,
          quantity: dice.onceIn(5) ? 0.25 : 1 + dice.below(4),
          optional: dice.onceIn(6),
          consumable: dice.onceIn(10),
          inherited: dice.onceIn(2),
          allow_variants: dice.onceIn(3),
          validated: !dice.onceIn(6),
          attrition: dice.onceIn(8) ? 5 : 0,
          setup_quantity: dice.onceIn(8) ? 2 : 0,
          rounding_multiple: dice.onceIn(8) ? 5 : null,
        }),
      );
    }
  }
  return rows;
}

function randomStock(dice: Dice, row: Table.PartRow): readonly Table.StockItemRow[] {
  return Array.from({ length: dice.below(3) }, (_, index) =>
    stockItem({
      pk: row.pk * 10 + index,
      part: row.pk,
      quantity: dice.onceIn(8) ? 1.5 : 1 + dice.below(20),
      location: dice.onceIn(2) ? 1 + dice.below(3) : null,
      expiry_date: dice.onceIn(6) ? "2026-01-01" : null,
    }),
  );
}

function randomOrders(dice: Dice, parts: readonly Table.PartRow[]): Partial<Table.Tables> {
  const bought = purchase(20);
  const [supplierPart] = bought.supplierParts ?? [];
  const [orderLine] = bought.purchaseOrderLines ?? [];
  const sold = sale(15, { part: 1 });
  const [saleLine] = sold.salesOrderLines ?? [];
  if (supplierPart === undefined || orderLine === undefined || saleLine === undefined) throw new Error("no such rows");
  const supplierParts = parts
    .filter(() => dice.onceIn(2))
    .map((row, index) => ({ ...supplierPart, pk: index + 1, part: row.pk, pack_quantity_native: 1 + dice.below(3) }));
  return {
    ...bought,
    supplierParts,
    purchaseOrderLines: supplierParts
      .filter(() => dice.onceIn(2))
      .map((row, index) => ({ ...orderLine, pk: index + 1, part: row.pk, quantity: 1 + dice.below(5), received: 0 })),
    ...sold,
    salesOrderLines: parts
      .filter(() => dice.onceIn(4))
      .map((row, index) => ({ ...saleLine, pk: index + 1, part: row.pk, quantity: 1 + dice.below(5) })),
  };
}

interface Shop {
  readonly parts: readonly Table.PartRow[];
  readonly bomLines: readonly Table.BomLineRow[];
  readonly stockItems: readonly Table.StockItemRow[];
}

function randomBuilds(dice: Dice, { parts, bomLines, stockItems }: Shop): Partial<Table.Tables> {
  const builds = parts
    .filter((row) => row.assembly && dice.onceIn(3))
    .map((row, index) => build({ pk: index + 1, part: row.pk, quantity: 1 + dice.below(6) }));
  const buildLines = builds
    .flatMap((order) => bomLines.filter((line) => line.part === order.part).map((line) => ({ order, line })))
    .map(({ order, line }, index) => ({
      pk: index + 1,
      build: order.pk,
      bom_item: line.pk,
      quantity: order.quantity * line.quantity,
      consumed: 0,
    }));
  // Any item may be allocated to any line: a variant's or a substitute's to a build of its template.
  const buildAllocations = buildLines
    .filter(() => stockItems.length > 0 && dice.onceIn(3))
    .map((line) => ({ build_line: line.pk, stock_item: pick(dice, stockItems).pk, quantity: 1 }));
  return { builds, buildLines, buildAllocations };
}

function pick<T>(dice: Dice, rows: readonly T[]): T {
  const row = rows[dice.below(rows.length)];
  if (row === undefined) throw new Error("nothing to pick from");
  return row;
}
