import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calculate } from "../../../src/core/calculation/calculate.ts";
import type { Report, ReportLine } from "../../../src/core/generated/report.ts";
import { type Given, givens, inputOf, isAcyclic } from "./random-snapshot.ts";
import type { SnapshotGiven } from "./snapshot-builder.ts";

const root = join(import.meta.dirname, "../../..");
const seeded = { seed: 42, numRuns: 1_000 };

describe("whatever the list and the stock", () => {
  it("a report is what its schema says, and survives JSON", () => {
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(join(root, "schemas/report.schema.json"), "utf8")),
    );
    fc.assert(
      fc.property(givens(), (given) => {
        const report = calculate(inputOf(given));
        expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      }),
      seeded,
    );
  });

  it("no number has more than five decimals, none is -0 and none is written with an exponent", () => {
    fc.assert(
      fc.property(givens(), (given) => {
        const { cost: _cost, ...report } = calculate(inputOf(given));
        for (const number of numbersIn(report)) {
          expect(Object.is(number, -0)).toBe(false);
          expect(String(number)).toMatch(/^-?\d+(\.\d{1,5})?$/);
        }
      }),
      seeded,
    );
  });

  it("what is missing is what is required and neither available nor borrowed nor covered", () => {
    fc.assert(
      fc.property(givens(), (given) => {
        for (const line of calculate(inputOf(given)).lines) {
          const covered = line.covered_by.reduce((sum, { quantity }) => sum + quantity, 0);
          const missing = Math.max(0, line.required - line.available - line.borrowed - covered);
          expect(line.missing).toBeGreaterThan(missing - 1e-6);
          // A template that requires its own variant borrows that variant's stock before.
          if (!lendsBefore(given, line.pk)) expect(line.missing).toBeCloseTo(missing, 6);
          expect(line.available).toBeCloseTo(line.in_stock - line.committed, 5);
          expect(line.owed).toBeLessThanOrEqual(line.missing);
          expect(line.optional).toBeLessThanOrEqual(line.required);
        }
      }),
      seeded,
    );
  });

  it("more stock never makes more missing", () => {
    fc.assert(
      fc.property(givens(), fc.nat({ max: 8 }), fc.integer({ min: 1, max: 20 }), (given, chosen, more) => {
        const before = calculate(inputOf(given));
        fc.pre(isAcyclic(before));
        const index = chosen % given.snapshot.parts.length;
        const after = calculate(inputOf(withStock(given, index, more)));
        const missing = new Map(before.lines.map((line) => [line.pk, line.missing]));
        for (const line of after.lines) expect(line.missing).toBeLessThanOrEqual(missing.get(line.pk) ?? 0);
      }),
      seeded,
    );
  });

  it("the order of the list and of what InvenTree answers does not matter", () => {
    fc.assert(
      fc.property(givens(), (given) => {
        const before = calculate(inputOf(given));
        fc.pre(isAcyclic(before));
        const after = calculate(
          inputOf({ ...given, list: given.list.toReversed(), snapshot: backwards(given.snapshot) }),
        );
        expect(after.lines.map(withoutWhy)).toEqual(before.lines.map(withoutWhy));
        expect({ ...after, lines: [] }).toEqual({ ...before, lines: [] });
      }),
      seeded,
    );
  });

  it("the same input gives the same bytes, whatever the order of what InvenTree answers", () => {
    fc.assert(
      fc.property(givens(), (given) => {
        const before = JSON.stringify(calculate(inputOf(given)));
        expect(JSON.stringify(calculate(inputOf({ ...given, snapshot: backwards(given.snapshot) })))).toBe(before);
      }),
      seeded,
    );
  });

  it("the numbers of the BOM lines do not matter while no substitutes are used", () => {
    fc.assert(
      fc.property(givens({ policy: { substitutes: "suggest" } }), (given) => {
        const before = calculate(inputOf(given));
        fc.pre(isAcyclic(before));
        const lines = (given.snapshot.lines ?? []).map((line) => ({ ...line, pk: 100 - line.pk }));
        const after = calculate(inputOf({ ...given, snapshot: { ...given.snapshot, lines } }));
        expect(after.lines.map(withoutWhy)).toEqual(before.lines.map(withoutWhy));
      }),
      seeded,
    );
  });

  it("splitting a quantity over two entries changes only why", () => {
    fc.assert(
      fc.property(givens(), (given) => {
        const [first, ...others] = given.list;
        if (first === undefined) throw new Error("the list is empty");
        const before = calculate(inputOf(given));
        const halves = [0.25, first.quantity - 0.25].map((quantity) => ({ ...first, quantity }));
        fc.pre(first.quantity > 0.25);
        const after = calculate(inputOf({ ...given, list: [...halves, ...others] }));
        expect(after.lines.map(withoutWhy)).toEqual(before.lines.map(withoutWhy));
        expect(after.cost).toEqual(before.cost);
        expect(after.can_build).toEqual(before.can_build);
        expect(after.lines.map(({ why }) => why.some(({ entry }) => entry <= 1))).toEqual(
          before.lines.map(({ why }) => why.some(({ entry }) => entry === 0)),
        );
      }),
      seeded,
    );
  });

  it("without stock, setup and rounding, twice the list requires twice as much", () => {
    fc.assert(
      fc.property(givens({ stock: false, lots: false }), (given) => {
        const twice = given.list.map((entry) => ({ ...entry, quantity: entry.quantity * 2 }));
        const once = calculate(inputOf(given)).lines.map(({ pk, required }) => [pk, required * 2]);
        const doubled = calculate(inputOf({ ...given, list: twice })).lines.map(({ pk, required }) => [pk, required]);
        expect(new Map(doubled.map(([pk, required]) => [pk, required?.toFixed(4)]))).toEqual(
          new Map(once.map(([pk, required]) => [pk, required?.toFixed(4)])),
        );
      }),
      seeded,
    );
  });

  it("no unit of stock is used twice", () => {
    fc.assert(
      fc.property(givens(), (given) => {
        const { lines } = calculate(inputOf(given));
        const availableOf = new Map(aloneOf(given).map(({ pk, available }) => [pk, available]));
        for (const family of families(given.snapshot)) {
          const there = family.reduce((sum, pk) => sum + Math.max(0, availableOf.get(pk) ?? 0), 0);
          const used = lines
            .filter(({ pk }) => family.includes(pk))
            .reduce((sum, line) => sum + line.required + Math.max(0, -line.available) - line.missing, 0);
          expect(used).toBeLessThanOrEqual(there + 1e-6);
        }
      }),
      seeded,
    );
  });

  it("as many as can be built can be built from what is there, and one more cannot", () => {
    let limited = 0;
    fc.assert(
      fc.property(givens({ commitments: false, policy: { on_order: "report" } }), (given) => {
        const { can_build } = calculate(inputOf(given));
        for (const [key, figure] of Object.entries(can_build)) {
          const node = Number(key);
          if (figure === undefined || figure.limited_by.length === 0) continue;
          limited += 1;
          const { all_levels } = figure;
          if (all_levels === null) throw new Error("limited without limit");
          expect(shortOf(aloneWithout(given, node, all_levels))).toEqual([]);
          expect(shortOf(aloneWithout(given, node, all_levels + 1))).toEqual(figure.limited_by);
        }
      }),
      seeded,
    );
    expect(limited).toBeGreaterThan(200);
  });
});

/** Whether the part may have to lend stock before all that require it are known. */
function lendsBefore(given: Given, pk: number): boolean {
  const lines = given.snapshot.lines ?? [];
  const variantOf = given.snapshot.parts.find((part) => part.pk === pk)?.variantOf ?? null;
  return variantOf !== null || lines.some(({ substitutes }) => substitutes?.includes(pk));
}

function withoutWhy({ why: _why, ...line }: ReportLine): Omit<ReportLine, "why"> {
  return line;
}

function withStock(given: Given, at: number, more: number): Given {
  const parts = given.snapshot.parts.map((part, index) =>
    index === at ? { ...part, inStock: (part.inStock ?? 0) + more } : part,
  );
  return { ...given, snapshot: { ...given.snapshot, parts } };
}

function backwards(snapshot: SnapshotGiven): SnapshotGiven {
  return {
    ...snapshot,
    parts: snapshot.parts.toReversed(),
    lines: (snapshot.lines ?? []).toReversed(),
    orders: (snapshot.orders ?? []).toReversed(),
    supplierParts: (snapshot.supplierParts ?? []).toReversed(),
  };
}

/** Every part as the only one of a list: its line tells what is available. */
function aloneOf(given: Given): readonly ReportLine[] {
  return given.snapshot.parts.flatMap(({ pk }) =>
    calculate(inputOf({ ...given, list: [{ pk, quantity: 1 }] })).lines.filter((line) => line.pk === pk),
  );
}

/** Parts whose stock may stand in for one another. */
function families(snapshot: SnapshotGiven): readonly (readonly number[])[] {
  const family = new Map(snapshot.parts.map(({ pk }) => [pk, pk]));
  const join = (a: number, b: number): void => {
    const [from, to] = [family.get(a), family.get(b)];
    for (const [pk, of] of family) if (of === from && to !== undefined) family.set(pk, to);
  };
  for (const { pk, variantOf } of snapshot.parts) if (variantOf) join(pk, variantOf);
  for (const { subPart, substitutes } of snapshot.lines ?? []) for (const pk of substitutes ?? []) join(subPart, pk);
  return [...Map.groupBy(family.keys(), (pk) => family.get(pk)).values()];
}

/** A list whose only build needs so many of the part, newly built: none of it is there, and no variant will do. */
function aloneWithout(given: Given, pk: number, quantity: number): Report {
  const parts = given.snapshot.parts.map((part) =>
    part.pk === pk ? { ...part, inStock: 0, consumable: false } : part,
  );
  const snapshot = {
    ...given.snapshot,
    parts: [...parts, { pk: 100 }],
    lines: [...(given.snapshot.lines ?? []), { pk: 1000, part: 100, subPart: pk }],
  };
  return calculate(inputOf({ ...given, list: quantity === 0 ? [] : [{ pk: 100, quantity }], snapshot }));
}

function shortOf(report: Report): readonly number[] {
  return report.lines
    .filter((line) => line.short)
    .map((line) => line.pk)
    .sort((a, b) => a - b);
}

function numbersIn(value: unknown): readonly number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
