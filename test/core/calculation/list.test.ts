import { describe, expect, it } from "vitest";
import { calculate } from "../../../src/core/calculation/calculate.ts";
import type { Report, ReportLine } from "../../../src/core/generated/report.ts";
import { DEFAULT_POLICY, type ListEntry, type Policy, type WatchEntry } from "../../../src/core/monitor.ts";
import { type LineGiven, type PartGiven, type SnapshotGiven, snapshotOf } from "./snapshot-builder.ts";

describe("entries of a list", () => {
  it.each<[string, ListEntry, string]>([
    ["pk decides before IPN and name", { pk: 2, ipn: "I-1", name: "Nut", quantity: 1 }, "part 2"],
    ["IPN decides before name", { ipn: "I-1", name: "Nut", quantity: 1 }, "part 1"],
    ["the version narrows", { name: "Nut", version: "B", quantity: 1 }, "part 3"],
    ["an inactive part is found by its pk", { pk: 4, quantity: 1 }, "part 4"],
    ["of several the only active one counts", { name: "Pin", quantity: 1 }, "part 5"],
  ])("mean one part: %s", (_what, entry, found) => {
    const report = of({ parts: NAMED, list: [entry] });
    expect(report.problems).toEqual([]);
    expect(report.lines.map((line) => `part ${line.pk}`)).toEqual([found]);
  });

  it.each<[string, ListEntry, string]>([
    ["no fallback from the IPN to the name", { ipn: "Nut", name: "Nut", quantity: 1 }, "No part has the IPN Nut"],
    ["case matters", { name: "nut", quantity: 1 }, "did you mean Nut? Upper and lower case matter"],
    ["a version that is not there", { name: "Nut", version: "C", quantity: 1 }, "the versions are: A (pk 2), B (pk 3)"],
    ["a pk that is not there", { pk: 99, quantity: 1 }, "No part has pk 99"],
    ["several", { name: "Nut", quantity: 1 }, "2 parts are named Nut: pk 2, 3; add `ipn` or `version`"],
    [
      "several of one IPN",
      { ipn: "TWICE", quantity: 1 },
      "2 parts have the IPN TWICE: pk 6, 7; add `version`, or use `pk`",
    ],
  ])("that mean no part, or several, say so: %s", (_what, entry, message) => {
    const report = of({ parts: NAMED, list: [{ pk: 1, quantity: 1 }, entry] });
    expect(report.problems.map((problem) => problem.message)).toEqual([expect.stringContaining(message)]);
    expect(report.problems[0]?.entry).toBe(1);
    expect(report.summary).toMatchObject({ unresolved: 1, short: 2, lines: 1, parts_requested: 2 });
  });

  it("beyond what can be counted are left out with a problem, and the rest is counted", () => {
    const list = [
      { pk: 1, quantity: 1e10 },
      { pk: 3, quantity: 7 },
      { pk: 4, quantity: 1e10 },
      { pk: 4, quantity: 1 },
    ];
    const parts = [{ pk: 1 }, { pk: 2 }, { pk: 3 }, { pk: 4 }];
    const report = of({ parts, lines: [{ pk: 1, part: 1, subPart: 2, quantity: 10 }], list });
    expect(report.lines.map((line) => [line.pk, line.required])).toEqual([[3, 7]]);
    expect(report.problems.map(({ kind, entry, matches }) => ({ kind, entry, matches }))).toEqual([
      { kind: "quantity_too_large", entry: 0, matches: [2] },
      { kind: "quantity_too_large", entry: 2, matches: [4] },
      { kind: "quantity_too_large", entry: 3, matches: [4] },
    ]);
    expect(report.summary).toMatchObject({ short: 4, unresolved: 3, parts_available: 0, coverage: 0 });
  });

  it.each(["inStock", "requiredForSalesOrders", "onOrder"])(
    "are left out where a part's %s cannot be counted",
    (field) => {
      const list = [
        { pk: 1, quantity: 1 },
        { pk: 2, quantity: 1 },
      ];
      const report = of({ parts: [{ pk: 1, [field]: 1e11 }, { pk: 2 }], list });
      expect(report.problems.map(({ kind, entry }) => [kind, entry])).toEqual([["quantity_too_large", 0]]);
      expect(report.lines.map(({ pk }) => pk)).toEqual([2]);
    },
  );

  it("of exactly 10,000,000,000 are counted to the last digit", () => {
    const report = of({ parts: [{ pk: 1, inStock: 0.00001 }], list: [{ pk: 1, quantity: 1e10 }] });
    expect(report.lines[0]?.missing).toBe(9999999999.99999);
  });
});

describe("the order in which parts are counted", () => {
  it("knows what is required of a variant before its template borrows it", () => {
    // The variant's consumer has the greatest pk and stands behind an assembly of its own.
    const parts = [{ pk: 1 }, { pk: 2, variantOf: 1, inStock: 10 }, { pk: 8 }, { pk: 9 }, { pk: 3 }];
    const lines = [
      { pk: 1, part: 3, subPart: 1, allowVariants: true },
      { pk: 2, part: 8, subPart: 9 },
      { pk: 3, part: 9, subPart: 2 },
    ];
    const report = of({
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
    const report = of({
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
    const report = of({
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
    const report = of({ parts, lines: [{ pk: 1, part: 1, subPart: 2 }], list: [{ pk: 1, quantity: 5 }] });
    expect(lineOf(report, 1)).toMatchObject({ borrowed: 3, to_build: 2 });
    expect(lineOf(report, 2)).toMatchObject({ required: 2, missing: 2 });
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
    const report = of({ parts, lines, list });
    expect(lineOf(report, 1)).toMatchObject({ borrowed: 3, to_build: 2 });
    expect(lineOf(report, 3)).toMatchObject({ required: 8, missing: 2 });
  });

  it("bears a chain of 20,000 assemblies", () => {
    const parts = Array.from({ length: 20_000 }, (_, index) => ({ pk: index + 1, inStock: index === 9 ? 7 : 0 }));
    const lines = parts.slice(1).map(({ pk }) => ({ pk, part: pk - 1, subPart: pk }));
    const list = [
      { pk: 1, quantity: 1 },
      { pk: 19_990, quantity: 2 },
    ];
    const report = of({ parts, lines, list });
    expect(lineOf(report, 10)).toMatchObject({ required: 1, missing: 0 });
    expect(lineOf(report, 20_000)).toMatchObject({ required: 2, short: true });
    expect(report.lines).toHaveLength(21);
  });
});

describe("substitutes that are used", () => {
  const policy = { substitutes: "use" as const };

  it("serve only the line that names them", () => {
    const parts = [{ pk: 1 }, { pk: 2 }, { pk: 3 }, { pk: 4, inStock: 50 }, { pk: 5, inStock: 50 }];
    const lines = [
      { pk: 1, part: 1, subPart: 3, quantity: 2, substitutes: [5, 4] },
      { pk: 2, part: 2, subPart: 3, quantity: 1 },
    ];
    const report = of({
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
    const report = of({ parts, lines, policy, list: [{ pk: 1, quantity: 10 }] });
    expect(lineOf(report, 2)).toMatchObject({ missing: 8, to_build: 7 });
    expect(lineOf(report, 4)).toMatchObject({ required: 7 });
  });
});

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
    const report = of({ parts, categories, watch: [rule] });
    expect(report.watched?.map(({ pk }) => pk).sort()).toEqual(low);
    expect(report.problems).toEqual([]);
  });

  it("say what they name in vain", () => {
    const report = of({ parts, categories, watch: [{ category: "Nuts" }, { part: "Nut" }] });
    expect(report.problems.map(({ kind, words }) => [kind, words])).toEqual([
      ["unknown_category", "Nuts"],
      ["unknown_watch_part", "Nut"],
    ]);
  });

  it("refuse a snapshot without what they need", () => {
    expect(() => of({ parts, watch: [{ category: "Parts" }] })).toThrow("lacks the categories");
    expect(() => of({ parts, watch: [{ part: 1, location: "Store" }] })).toThrow("lacks the locations");
  });
});

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
    const report = of({ parts, lines: [{ pk: 1, part: 3, subPart: 1 }], list });
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
    expect(of({ parts: [{ pk: 1 }], list: [{ pk: 1, quantity: 1 }] })).not.toHaveProperty("watched");
    expect(of({ parts: [{ pk: 1 }], watch: [{ all: true }] })).not.toHaveProperty("cost");
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
    const report = of({
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

  it("tells coverage as the exact mean of the entries, each alone", () => {
    const parts = [
      { pk: 1, inStock: 1 },
      { pk: 2, inStock: 2 },
      { pk: 3, virtual: true },
      { pk: 4, inStock: 4 },
    ];
    const thirds = [1, 1, 1].map((pk) => ({ pk, quantity: 3 }));
    expect(of({ parts, list: thirds }).summary.coverage).toBe(33);
    expect(of({ parts, list: [...thirds, { pk: 2, quantity: 1 }] }).summary.coverage).toBe(50);
    expect(of({ parts, list: [{ pk: 3, quantity: 3 }] }).summary.coverage).toBe(100);
    expect(of({ parts, list: [4, 4, 4].map((pk) => ({ pk, quantity: 4 })) }).summary.coverage).toBe(100);
    expect(
      of({
        parts,
        list: [
          { pk: 99, quantity: 3 },
          { pk: 4, quantity: 1 },
        ],
      }).summary.coverage,
    ).toBe(50);
  });

  it("covers a made entry by what is there and what could be built", () => {
    const parts = [
      { pk: 1, inStock: 2 },
      { pk: 2, inStock: 7 },
      { pk: 3, virtual: true },
    ];
    const lines = [{ pk: 1, part: 1, subPart: 2, quantity: 2 }];
    expect(of({ parts, lines, list: [{ pk: 1, quantity: 10 }] }).summary.coverage).toBe(50);
    const unlimited = [{ pk: 1, part: 1, subPart: 3 }];
    const report = of({ parts, lines: unlimited, list: [{ pk: 1, quantity: 10 }] });
    expect(report.can_build["1"]).toEqual({ now: 0, all_levels: null, limited_by: [] });
    expect(report.summary.coverage).toBe(100);
  });

  it("covers a template by its own and its variants' free stock", () => {
    const parts: PartGiven[] = [
      { pk: 1, inStock: 1 },
      { pk: 2, variantOf: 1, inStock: 5, requiredForSalesOrders: 2 },
    ];
    expect(of({ parts, list: [{ pk: 1, quantity: 8 }] }).summary.coverage).toBe(50);
  });
});

const NAMED: readonly PartGiven[] = [
  { pk: 1, name: "Bolt", ipn: "I-1" },
  { pk: 2, name: "Nut", revision: "A" },
  { pk: 3, name: "Nut", revision: "B" },
  { pk: 4, name: "Pin", active: false },
  { pk: 5, name: "Pin" },
  { pk: 6, name: "Rod", ipn: "TWICE" },
  { pk: 7, name: "Rod", ipn: "TWICE" },
];

interface CaseGiven extends Omit<SnapshotGiven, "lines"> {
  readonly lines?: readonly LineGiven[];
  readonly list?: readonly ListEntry[];
  readonly watch?: readonly WatchEntry[];
  readonly policy?: Partial<Policy>;
}

function of({ list = [], watch = [], policy = {}, ...given }: CaseGiven): Report {
  return calculate({
    parts: list,
    watch,
    policy: { ...DEFAULT_POLICY, ...policy },
    snapshot: snapshotOf(given),
    today: "2026-11-20",
  });
}

function lineOf(report: Report, pk: number): ReportLine {
  const line = report.lines.find((each) => each.pk === pk);
  if (line === undefined) throw new Error(`The report has no line of part ${pk}`);
  return line;
}
