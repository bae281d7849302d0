import { describe, expect, it } from "vitest";
import { caseReport, lineOf } from "./case.ts";

describe("substitutes that are used", () => {
  const policy = { substitutes: "use" as const };

  it("serve only the line that names them", () => {
    const parts = [{ pk: 1 }, { pk: 2 }, { pk: 3 }, { pk: 4, inStock: 50 }, { pk: 5, inStock: 50 }];
    const lines = [
      { pk: 1, part: 1, subPart: 3, quantity: 2, substitutes: [5, 4] },
      { pk: 2, part: 2, subPart: 3, quantity: 1 },
    ];
    const report = caseReport({
      parts,
      lines,
      policy,
      list: [
        { pk: 1, quantity: 3 },
        { pk: 2, quantity: 10 },
      ],
    });
    expect(lineOf(report, 3)).toMatchObject({
      required: 16,
      missing: 10,
      covered_by: [{ line: 1, part: 4, quantity: 6 }],
    });
    expect(report.alternatives).toEqual([
      expect.objectContaining({ line: 1, for: 3, pk: 4, free: 44 }),
      expect.objectContaining({ line: 1, for: 3, pk: 5, free: 50 }),
    ]);
  });

  it("leave an assembly fewer to build", () => {
    const parts = [{ pk: 1 }, { pk: 2, scheduledToBuild: 1 }, { pk: 3, inStock: 2 }, { pk: 4 }];
    const lines = [
      { pk: 1, part: 1, subPart: 2, substitutes: [3] },
      { pk: 2, part: 2, subPart: 4 },
    ];
    const report = caseReport({ parts, lines, policy, list: [{ pk: 1, quantity: 10 }] });
    expect(lineOf(report, 2)).toMatchObject({ missing: 8, to_build: 7 });
    expect(lineOf(report, 4)).toMatchObject({ required: 7 });
  });
});
