// Random parts lists and snapshots, small enough that their parts meet often.
import fc from "fast-check";
import type { CalculationInput } from "../../../src/core/calculation/calculate.ts";
import type { Report } from "../../../src/core/generated/report.ts";
import { DEFAULT_POLICY, type ListEntry, type Policy } from "../../../src/core/monitor.ts";
import { type LineGiven, type PartGiven, type SnapshotGiven, snapshotOf } from "./snapshot-builder.ts";

export interface Given {
  readonly snapshot: SnapshotGiven;
  readonly list: readonly ListEntry[];
  readonly policy: Policy;
}

export interface Plainness {
  /** false: no stock, no commitments, nothing incoming. */
  readonly stock?: boolean;
  /** false: stock, but nothing is committed elsewhere. */
  readonly commitments?: boolean;
  /** false: no setup, no rounding multiple, whole quantities. */
  readonly lots?: boolean;
  readonly policy?: Partial<Policy>;
}

/** Lines lead from lower to higher pks, so that cycles come from inherited lines only. */
export function givens(plainness: Plainness = {}): fc.Arbitrary<Given> {
  return fc.integer({ min: 3, max: 9 }).chain((size) =>
    fc.record({
      snapshot: fc
        .record({
          parts: fc.tuple(...Array.from({ length: size }, (_, index) => partOf(index + 1, plainness))),
          lines: fc.array(lineOf(size, plainness), { maxLength: 14 }),
          orders: fc.array(fc.record({ part: fc.integer({ min: 1, max: size }), outstanding: quantity(20) }), {
            maxLength: 3,
          }),
          supplierParts: fc.array(fc.record({ part: fc.integer({ min: 1, max: size }), packQuantity: quantity(9) }), {
            maxLength: 5,
          }),
        })
        .map(({ parts, lines, orders, supplierParts }) => ({
          parts,
          lines: lines.filter(({ part, subPart }) => part < subPart).map(numbered),
          orders: orders.map(numbered),
          supplierParts: supplierParts.map(numbered),
        })),
      list: fc.array(
        fc.record({
          pk: fc.integer({ min: 1, max: size }),
          quantity: wholeOr(plainness, fc.integer({ min: 1, max: 12 })),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      policy: policyOf(plainness),
    }),
  );
}

export function inputOf(given: Given): CalculationInput {
  const { list, policy } = given;
  return { parts: list, watch: [], policy, snapshot: snapshotOf(given.snapshot), today: "2026-11-20" };
}

export function isAcyclic(report: Report): boolean {
  return report.data_quality?.every(({ kind }) => kind !== "cycle") ?? true;
}

function partOf(pk: number, { stock = true, commitments = stock }: Plainness): fc.Arbitrary<PartGiven> {
  const some = (most: number, there: boolean): fc.Arbitrary<number> =>
    there ? rarely(quantity(most)) : fc.constant(0);
  return fc.record({
    pk: fc.constant(pk),
    name: fc.constantFrom("Bolt", "Nut", "Pin").map((name) => `${name} ${pk % 4}`),
    variantOf: fc.option(fc.integer({ min: 1, max: pk }), { freq: 3 }).map((of) => (of === pk ? null : of)),
    virtual: fc.integer({ max: 9, min: 0 }).map((roll) => roll === 0),
    consumable: fc.integer({ max: 9, min: 0 }).map((roll) => roll === 0),
    inStock: some(30, stock),
    requiredForBuildOrders: some(15, commitments),
    allocatedToBuildOrders: some(15, commitments),
    requiredForSalesOrders: some(9, commitments),
    allocatedToSalesOrders: some(9, commitments),
    onOrder: some(20, commitments),
    scheduledToBuild: some(9, commitments),
    building: some(9, commitments),
    minimumStock: some(9, stock),
    pricingMin: fc.constantFrom(null, 0.1, 1.234567),
    pricingMax: fc.constantFrom(0.3, 2),
  });
}

function lineOf(size: number, plainness: Plainness): fc.Arbitrary<Omit<LineGiven, "pk">> {
  const lots = plainness.lots ?? true;
  // Two parts that lack the same substitute are rare otherwise.
  const most = plainness.policy?.substitutes === "use" ? [1, 2, 3] : [0, 0, 1, 2];
  return fc.record({
    part: fc.integer({ min: 1, max: size }),
    subPart: fc.integer({ min: 1, max: size }),
    quantity: wholeOr(plainness, fc.integer({ min: 1, max: 4 })),
    attrition: fc.constantFrom(0, 0, 0, 10),
    setupQuantity: lots ? fc.constantFrom(0, 0, 1, 0.5) : fc.constant(0),
    roundingMultiple: lots ? fc.constantFrom(null, null, 3, 2.5) : fc.constant(null),
    optional: fc.constantFrom(false, false, true),
    consumable: fc.constantFrom(false, false, false, true),
    inherited: fc.boolean(),
    allowVariants: fc.boolean(),
    substitutes: fc
      .constantFrom(...most)
      .chain((count) => fc.uniqueArray(fc.integer({ min: 1, max: size }), { minLength: 0, maxLength: count })),
  });
}

function policyOf({ policy = {} }: Plainness): fc.Arbitrary<Policy> {
  return fc
    .record({
      demand: fc.constantFrom("open_orders" as const, "allocated" as const, "none" as const),
      in_production: fc.constantFrom("scheduled" as const, "outputs" as const, "ignore" as const),
      on_order: fc.constantFrom("report" as const, "count" as const),
      optional: fc.constantFrom("include" as const, "exclude" as const),
      consumables: fc.constantFrom("exclude" as const, "include" as const),
      substitutes: fc.constantFrom("suggest" as const, "use" as const),
      buy: fc.constantFrom<Policy["buy"]>([], [], [2]),
    })
    .map((chosen) => ({ ...DEFAULT_POLICY, ...chosen, ...policy }));
}

/** Whole numbers, halves and five decimals, so that sums in doubles would drift. */
function quantity(most: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: 1, max: most }),
    fc.integer({ min: 1, max: most * 10 }).map((tenths) => tenths / 10),
    fc.integer({ min: 1, max: most * 100_000 }).map((units) => units / 100_000),
  );
}

function wholeOr({ lots = true }: Plainness, whole: fc.Arbitrary<number>): fc.Arbitrary<number> {
  return lots ? fc.oneof(whole, quantity(4)) : whole;
}

function rarely(value: fc.Arbitrary<number>): fc.Arbitrary<number> {
  return fc.oneof(fc.constant(0), value);
}

function numbered<Row>(row: Row, index: number): Row & { readonly pk: number } {
  return { ...row, pk: index + 1 };
}
