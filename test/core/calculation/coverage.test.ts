import { describe, expect, it } from "vitest";
import { caseReport } from "./case.ts";
import type { PartGiven } from "./snapshot-builder.ts";

describe("coverage", () => {
  it("is the exact mean of the entries, each alone", () => {
    const parts = [
      { pk: 1, inStock: 1 },
      { pk: 2, inStock: 2 },
      { pk: 3, virtual: true },
      { pk: 4, inStock: 4 },
    ];
    const thirds = [1, 1, 1].map((pk) => ({ pk, quantity: 3 }));
    expect(caseReport({ parts, list: thirds }).summary.coverage).toBe(33);
    expect(caseReport({ parts, list: [...thirds, { pk: 2, quantity: 1 }] }).summary.coverage).toBe(50);
    expect(caseReport({ parts, list: [{ pk: 3, quantity: 3 }] }).summary.coverage).toBe(100);
    expect(caseReport({ parts, list: [4, 4, 4].map((pk) => ({ pk, quantity: 4 })) }).summary.coverage).toBe(100);
    expect(
      caseReport({
        parts,
        list: [
          { pk: 99, quantity: 3 },
          { pk: 4, quantity: 1 },
        ],
      }).summary.coverage,
    ).toBe(50);
  });

  it("of a made entry is what is there and what could be built", () => {
    const parts = [
      { pk: 1, inStock: 2 },
      { pk: 2, inStock: 7 },
      { pk: 3, virtual: true },
    ];
    const lines = [{ pk: 1, part: 1, subPart: 2, quantity: 2 }];
    expect(caseReport({ parts, lines, list: [{ pk: 1, quantity: 10 }] }).summary.coverage).toBe(50);
    const unlimited = [{ pk: 1, part: 1, subPart: 3 }];
    const report = caseReport({ parts, lines: unlimited, list: [{ pk: 1, quantity: 10 }] });
    expect(report.can_build["1"]).toEqual({ now: 0, all_levels: null, limited_by: [] });
    expect(report.summary.coverage).toBe(100);
  });

  it("of a template is its own and its variants' free stock", () => {
    const parts: PartGiven[] = [
      { pk: 1, inStock: 1 },
      { pk: 2, variantOf: 1, inStock: 5, requiredForSalesOrders: 2 },
    ];
    expect(caseReport({ parts, list: [{ pk: 1, quantity: 8 }] }).summary.coverage).toBe(50);
  });
});
