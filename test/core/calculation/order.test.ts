import { describe, expect, it } from "vitest";
import { caseReport, lineOf } from "./case.ts";

describe("the order in which parts are counted", () => {
  it("knows what is required of a variant before its template borrows it", () => {
    // The variant's consumer has the greatest pk and stands behind an assembly of its own.
    const parts = [{ pk: 1 }, { pk: 2, variantOf: 1, inStock: 10 }, { pk: 8 }, { pk: 9 }, { pk: 3 }];
    const lines = [
      { pk: 1, part: 3, subPart: 1, allowVariants: true },
      { pk: 2, part: 8, subPart: 9 },
      { pk: 3, part: 9, subPart: 2 },
    ];
    const report = caseReport({
      parts,
      lines,
      list: [
        { pk: 3, quantity: 5 },
        { pk: 8, quantity: 8 },
      ],
    });
    expect(lineOf(report, 1)).toMatchObject({ required: 5, borrowed: 2, missing: 3 });
    expect(lineOf(report, 2)).toMatchObject({ required: 8, missing: 0 });
  });

  it("lets the nearest template borrow before those above it", () => {
    const parts = [{ pk: 1 }, { pk: 5, variantOf: 1 }, { pk: 6, variantOf: 5, inStock: 4 }];
    const report = caseReport({
      parts,
      list: [
        { pk: 1, quantity: 3 },
        { pk: 5, quantity: 3 },
      ],
    });
    expect(lineOf(report, 5)).toMatchObject({ borrowed: 3, missing: 0 });
    expect(lineOf(report, 1)).toMatchObject({ borrowed: 1, missing: 2 });
  });

  it("knows what is required of a substitute before it replaces a part", () => {
    const parts = [{ pk: 1 }, { pk: 2 }, { pk: 3, inStock: 6 }, { pk: 8 }, { pk: 9 }];
    const lines = [
      { pk: 1, part: 1, subPart: 2, substitutes: [3] },
      { pk: 2, part: 8, subPart: 9 },
      { pk: 3, part: 9, subPart: 3 },
    ];
    const policy = { substitutes: "use" as const };
    const report = caseReport({
      parts,
      lines,
      policy,
      list: [
        { pk: 1, quantity: 5 },
        { pk: 8, quantity: 4 },
      ],
    });
    expect(lineOf(report, 3)).toMatchObject({ required: 4, missing: 0 });
    expect(lineOf(report, 2)).toMatchObject({ missing: 3, covered_by: [{ line: 1, part: 3, quantity: 2 }] });
  });

  it("counts a template that requires its own variant, and no unit twice", () => {
    const parts = [{ pk: 1 }, { pk: 2, variantOf: 1, inStock: 3 }];
    const report = caseReport({ parts, lines: [{ pk: 1, part: 1, subPart: 2 }], list: [{ pk: 1, quantity: 5 }] });
    expect(lineOf(report, 1)).toMatchObject({ borrowed: 3, to_build: 2 });
    expect(lineOf(report, 2)).toMatchObject({ required: 2, missing: 2 });
  });

  it("counts what a template has lent before as gone for its own requirement", () => {
    // The template 1 requires its own variant 2, a template as well: 2 lends 3 before its own need of 5 is known.
    const parts = [{ pk: 1 }, { pk: 2, variantOf: 1, inStock: 3 }, { pk: 3, variantOf: 2, inStock: 10 }, { pk: 4 }];
    const lines = [
      { pk: 1, part: 4, subPart: 1, quantity: 3, allowVariants: true },
      { pk: 2, part: 4, subPart: 1, quantity: 5 },
      { pk: 3, part: 1, subPart: 2, allowVariants: true },
    ];
    const report = caseReport({ parts, lines, list: [{ pk: 4, quantity: 1 }] });
    expect(lineOf(report, 1)).toMatchObject({ required: 8, borrowed: 3, to_build: 5 });
    expect(lineOf(report, 2)).toMatchObject({ required: 5, available: 3, borrowed: 5, missing: 0 });
  });

  it("drops only the wish that closes a cycle", () => {
    // The template requires what requires its variant; another consumer of the variant can still come before.
    const parts = [{ pk: 1 }, { pk: 2 }, { pk: 3, variantOf: 1, inStock: 9 }, { pk: 9 }];
    const lines = [
      { pk: 1, part: 1, subPart: 2 },
      { pk: 2, part: 2, subPart: 3 },
      { pk: 3, part: 9, subPart: 3 },
    ];
    const list = [
      { pk: 1, quantity: 5 },
      { pk: 9, quantity: 6 },
    ];
    const report = caseReport({ parts, lines, list });
    expect(lineOf(report, 1)).toMatchObject({ borrowed: 3, to_build: 2 });
    expect(lineOf(report, 3)).toMatchObject({ required: 8, missing: 2 });
  });

  it("grants the first of two wishes that exclude each other: by the pk of the later part", () => {
    // 2 requires the substitute of 3, and 3 that of 2: one of them must be counted before what it lends is known.
    const parts = [{ pk: 1 }, { pk: 2 }, { pk: 3 }, { pk: 4, inStock: 3 }, { pk: 5, inStock: 5 }];
    const lines = [
      { pk: 1, part: 1, subPart: 3, substitutes: [5] },
      { pk: 2, part: 1, subPart: 2, substitutes: [4] },
      { pk: 3, part: 2, subPart: 5 },
      { pk: 4, part: 3, subPart: 4 },
    ];
    const report = caseReport({ parts, lines, policy: { substitutes: "use" }, list: [{ pk: 1, quantity: 5 }] });
    expect(lineOf(report, 3)).toMatchObject({ to_build: 0, covered_by: [{ line: 1, part: 5, quantity: 5 }] });
    expect(lineOf(report, 2)).toMatchObject({ to_build: 2, covered_by: [{ line: 2, part: 4, quantity: 3 }] });
    expect(lineOf(report, 5)).toMatchObject({ required: 2, missing: 2 });
  });

  it("bears a chain of 20,000 assemblies", () => {
    const parts = Array.from({ length: 20_000 }, (_, index) => ({ pk: index + 1, inStock: index === 9 ? 7 : 0 }));
    const lines = parts.slice(1).map(({ pk }) => ({ pk, part: pk - 1, subPart: pk }));
    const list = [
      { pk: 1, quantity: 1 },
      { pk: 19_990, quantity: 2 },
    ];
    const report = caseReport({ parts, lines, list });
    expect(lineOf(report, 10)).toMatchObject({ required: 1, missing: 0 });
    expect(lineOf(report, 20_000)).toMatchObject({ required: 2, short: true });
    expect(report.lines).toHaveLength(21);
  });
});
