import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calculate } from "../../../src/core/calculation/calculate.ts";
import type { Report } from "../../../src/core/generated/report.ts";
import { cases, casesOf } from "../../support/cases.ts";
import { type Given, givens, inputOf, isAcyclic } from "./random-snapshot.ts";

const seeded = cases(1_000);

describe("the figures of a report, whatever the list and the stock", () => {
  it("have five decimals at most, are never -0 and never written with an exponent", () => {
    fc.assert(
      fc.property(givens(), (given) => {
        for (const number of numbersIn(calculate(inputOf(given)))) {
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

  it("as many as can be built can be built from what is there, and one more cannot", () => {
    let limited = 0;
    fc.assert(
      fc.property(givens({ commitments: false, policy: { on_order: "report" } }), (given) => {
        const report = calculate(inputOf(given));
        // Which line of a cycle is cut depends on where the walk begins.
        fc.pre(isAcyclic(report));
        const { can_build } = report;
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
    expect(limited).toBeGreaterThan(casesOf(200));
  });
});

/** Whether the part may have to lend stock before all that require it are known. */
function lendsBefore(given: Given, pk: number): boolean {
  const lines = given.snapshot.lines ?? [];
  const variantOf = given.snapshot.parts.find((part) => part.pk === pk)?.variantOf ?? null;
  return variantOf !== null || lines.some(({ substitutes }) => substitutes?.includes(pk));
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
