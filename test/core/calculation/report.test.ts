import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/core/generated/report.ts";
import { caseReport, lineOf } from "./case.ts";

describe("the report", () => {
  it("puts short lines first, then to build, critical, and the rest, each by how much", () => {
    const parts = [
      { pk: 1, name: "Rest", inStock: 50 },
      { pk: 2, name: "Too little left", inStock: 10, minimumStock: 3 },
      { pk: 3, name: "Made" },
      { pk: 4, name: "A little short", inStock: 9 },
      { pk: 5, name: "Very short" },
      { pk: 6, name: "Also very short" },
    ];
    const list = parts.filter(({ pk }) => pk !== 1).map(({ pk }) => ({ pk, quantity: 10 }));
    const report = caseReport({ parts, lines: [{ pk: 1, part: 3, subPart: 1 }], list });
    expect(report.lines.map((line) => line.name)).toEqual([
      "Also very short",
      "Very short",
      "A little short",
      "Made",
      "Too little left",
      "Rest",
    ]);
  });

  it("has no section for what was not asked for", () => {
    expect(caseReport({ parts: [{ pk: 1 }], list: [{ pk: 1, quantity: 1 }] })).not.toHaveProperty("watched");
    expect(caseReport({ parts: [{ pk: 1 }], watch: [{ all: true }] })).not.toHaveProperty("cost");
  });

  it("flags as template what is marked so, and what has variants all the same", () => {
    const parts = [
      { pk: 1, isTemplate: true },
      { pk: 2, isTemplate: false },
      { pk: 3, variantOf: 2 },
    ];
    const report = caseReport({ parts, list: parts.map(({ pk }) => ({ pk, quantity: 1 })) });
    expect([1, 2, 3].map((pk) => lineOf(report, pk).flags)).toEqual([["template"], ["template"], []]);
  });

  it("explains a line by the shortest path through what is really built", () => {
    const parts = [{ pk: 1 }, { pk: 2, inStock: 100 }, { pk: 3 }, { pk: 4 }, { pk: 5 }];
    const lines = [
      { pk: 1, part: 1, subPart: 2 },
      { pk: 2, part: 2, subPart: 5 },
      { pk: 3, part: 1, subPart: 3 },
      { pk: 4, part: 3, subPart: 4 },
      { pk: 5, part: 4, subPart: 5 },
      { pk: 6, part: 1, subPart: 5, quantity: 0 },
    ];
    const report = caseReport({
      parts,
      lines,
      list: [
        { pk: 1, quantity: 1 },
        { pk: 4, quantity: 1 },
        { pk: 2, quantity: 1 },
      ],
    });
    expect(lineOf(report, 5).why.map(({ entry, path }) => [entry, ...path.map(({ pk }) => pk)])).toEqual([
      [0, 1, 3, 4, 5],
      [1, 4, 5],
    ]);
  });

  it("names all entries but only one path of a line, where all paths would make a book", () => {
    // 40 assemblies, all above one chain of 120: their paths name 40 · (1 + 2 + … + 121) parts.
    const [roots, chain] = [40, 120];
    const parts = Array.from({ length: roots + chain }, (_, index) => ({ pk: index + 1 }));
    const lines = [
      ...Array.from({ length: roots }, (_, index) => ({ part: index + 1, subPart: roots + 1 })),
      ...Array.from({ length: chain - 1 }, (_, index) => ({ part: roots + index + 1, subPart: roots + index + 2 })),
    ].map((line, index) => ({ ...line, pk: index + 1 }));
    const listed = (count: number) => Array.from({ length: count }, (_, index) => ({ pk: index + 1, quantity: 1 }));
    const lengths = (report: Report) => lineOf(report, roots + chain).why.map(({ path }) => path.length);

    const large = caseReport({ parts, lines, list: listed(roots) });
    expect(lengths(large)).toEqual([chain + 1, ...Array.from({ length: roots - 1 }, () => 0)]);
    expect(lineOf(large, 2).why).toEqual([{ entry: 1, path: [{ pk: 2, name: "Part 2" }] }]);
    expect(lineOf(large, roots + 1).why.map(({ entry }) => entry)).toEqual([...listed(roots).keys()]);

    const fits = caseReport({ parts, lines, list: listed(30) });
    expect(lengths(fits)).toEqual(Array.from({ length: 30 }, () => chain + 1));
  });
});
