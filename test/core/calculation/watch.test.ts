import { describe, expect, it } from "vitest";
import type { WatchEntry } from "../../../src/core/monitor.ts";
import { caseReport } from "./case.ts";

describe("watch rules", () => {
  const categories = [
    { pk: 1, name: "Parts" },
    { pk: 2, name: "Screws", parent: 1, path: "Parts/Screws" },
  ];
  const parts = [
    { pk: 1, category: 2, inStock: 2, minimumStock: 5 },
    { pk: 2, category: 1, inStock: 2 },
    { pk: 3, category: null, inStock: 2, minimumStock: 5 },
    { pk: 4, category: 2, minimumStock: 5, virtual: true },
  ];

  it.each<[string, WatchEntry, readonly number[]]>([
    ["a category with those in it", { category: "Parts" }, [1]],
    ["a category by its path", { category: "Parts/Screws" }, [1]],
    ["a category with a minimum for all", { category: 1, minimum: 3 }, [1, 2]],
    ["all that have a minimum", { all: true }, [1, 3]],
    ["all but what is enough", { all: true, minimum: 2 }, []],
  ])("watch %s", (_what, rule, low) => {
    const report = caseReport({ parts, categories, watch: [rule] });
    expect(report.watched?.map(({ pk }) => pk).sort()).toEqual(low);
    expect(report.problems).toEqual([]);
  });

  it("say what they name in vain", () => {
    const report = caseReport({ parts, categories, watch: [{ category: "Nuts" }, { part: "Nut" }] });
    expect(report.problems.map(({ kind, words }) => [kind, words])).toEqual([
      ["unknown_category", "Nuts"],
      ["unknown_watch_part", "Nut"],
    ]);
  });

  it("refuse a snapshot without what they need", () => {
    expect(() => caseReport({ parts, watch: [{ category: "Parts" }] })).toThrow("lacks the categories");
    expect(() => caseReport({ parts, watch: [{ part: 1, location: "Store" }] })).toThrow("lacks the locations");
  });
});
