import { describe, expect, it } from "vitest";
import type { ListEntry } from "../../../src/core/monitor.ts";
import { caseReport } from "./case.ts";
import type { PartGiven } from "./snapshot-builder.ts";

describe("entries of a list", () => {
  it.each<[string, ListEntry, string]>([
    ["pk decides before IPN and name", { pk: 2, ipn: "I-1", name: "Nut", quantity: 1 }, "part 2"],
    ["IPN decides before name", { ipn: "I-1", name: "Nut", quantity: 1 }, "part 1"],
    ["the version narrows", { name: "Nut", version: "B", quantity: 1 }, "part 3"],
    ["an inactive part is found by its pk", { pk: 4, quantity: 1 }, "part 4"],
    ["of several the only active one counts", { name: "Pin", quantity: 1 }, "part 5"],
  ])("mean one part: %s", (_what, entry, found) => {
    const report = caseReport({ parts: NAMED, list: [entry] });
    expect(report.problems).toEqual([]);
    expect(report.lines.map((line) => `part ${line.pk}`)).toEqual([found]);
  });

  it.each<[string, ListEntry, string]>([
    ["no fallback from the IPN to the name", { ipn: "Nut", name: "Nut", quantity: 1 }, "No part has the IPN Nut"],
    ["case matters", { name: "nut", quantity: 1 }, "did you mean Nut? Upper and lower case matter"],
    [
      "a no-break space",
      { name: "N\u00a0ut 5", quantity: 1 },
      "did you mean N ut 5? Only a blank differs: the list's word has a blank in it that is none of the keyboard's (U+00A0)",
    ],
    [
      "a blank at the end",
      { name: "Nut ", quantity: 1 },
      "did you mean Nut? Only a blank differs: the list's word ends with a blank",
    ],
    [
      "a zero width space",
      { ipn: "TWI\u200bCE", quantity: 1 },
      "did you mean TWICE? Only a blank differs: the list's word has a character in it that cannot be seen (U+200B)",
    ],
    [
      "a blank in InvenTree",
      { name: "Odd", quantity: 1 },
      "did you mean Odd ? Only a blank differs: the word in InvenTree ends with a blank",
    ],
    [
      "a Cyrillic letter",
      { ipn: "TWI\u0421E", quantity: 1 },
      "did you mean TWICE? Only the form of a letter differs, which looks the same",
    ],
    ["a letter with its accent apart", { name: "Gehause\u0308", quantity: 1 }, "did you mean Gehausë? Only the form"],
    ["another dash", { name: "A\u2013B", quantity: 1 }, "did you mean A-B? Only the form"],
    ["a slip of the pen", { ipn: "TWCIE", quantity: 1 }, "No part has the IPN TWCIE; did you mean TWICE?"],
    ["an IPN as a name", { name: "TWICE", quantity: 1 }, "it is a part's IPN: write ipn instead"],
    ["other digits", { name: "N ut 6", quantity: 1 }, "correct the entry, or create the part"],
    ["a version that is not there", { name: "Nut", version: "C", quantity: 1 }, "the versions are: A (pk 2), B (pk 3)"],
    ["a pk that is not there", { pk: 99, quantity: 1 }, "No part has pk 99"],
    ["several", { name: "Nut", quantity: 1 }, "2 parts are named Nut: pk 2, 3; add `ipn` or `version`"],
    [
      "several of one IPN",
      { ipn: "TWICE", quantity: 1 },
      "2 parts have the IPN TWICE: pk 6, 7; add `version`, or use `pk`",
    ],
  ])("that mean no part, or several, say so: %s", (_what, entry, message) => {
    const report = caseReport({ parts: NAMED, list: [{ pk: 1, quantity: 1 }, entry] });
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
    const report = caseReport({ parts, lines: [{ pk: 1, part: 1, subPart: 2, quantity: 10 }], list });
    expect(report.lines.map((line) => [line.pk, line.required])).toEqual([[3, 7]]);
    expect(report.problems.map(({ kind, entry, matches }) => ({ kind, entry, matches }))).toEqual([
      { kind: "quantity_too_large", entry: 0, matches: [2] },
      { kind: "quantity_too_large", entry: 2, matches: [4] },
      { kind: "quantity_too_large", entry: 3, matches: [4] },
    ]);
    expect(report.summary).toMatchObject({ short: 4, unresolved: 3, parts_available: 0, coverage: 0 });
  });

  it("are told with at most five decimals where they cannot be resolved", () => {
    const list = [0.1 + 0.2, 1.0000049].map((quantity) => ({ pk: 9, quantity }));
    const { problems } = caseReport({ parts: [{ pk: 1 }], list });
    expect(problems.map(({ quantity }) => quantity)).toEqual([0.3, 1]);
  });

  it("are told in the order of the list, whatever is wrong with them", () => {
    const list = [
      { pk: 1, quantity: 1e10 },
      { pk: 9, quantity: 1 },
      { pk: 1, quantity: 1 },
      { pk: 8, quantity: 1 },
    ];
    const { problems } = caseReport({ parts: [{ pk: 1 }], list, policy: { buy: ["Nobody"] } });
    expect(problems.map(({ kind, entry }) => [kind, entry])).toEqual([
      ["quantity_too_large", 0],
      ["not_found", 1],
      ["quantity_too_large", 2],
      ["not_found", 3],
      ["unknown_policy_part", null],
    ]);
  });

  it.each(["inStock", "requiredForSalesOrders", "onOrder"])(
    "are left out where a part's %s cannot be counted",
    (field) => {
      const list = [
        { pk: 1, quantity: 1 },
        { pk: 2, quantity: 1 },
      ];
      const report = caseReport({ parts: [{ pk: 1, [field]: 1e11 }, { pk: 2 }], list });
      expect(report.problems.map(({ kind, entry }) => [kind, entry])).toEqual([["quantity_too_large", 0]]);
      expect(report.lines.map(({ pk }) => pk)).toEqual([2]);
    },
  );

  it("of exactly 10,000,000,000 are counted to the last digit", () => {
    const report = caseReport({ parts: [{ pk: 1, inStock: 0.00001 }], list: [{ pk: 1, quantity: 1e10 }] });
    expect(report.lines[0]?.missing).toBe(9999999999.99999);
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
  { pk: 8, name: "N ut 5" },
  { pk: 9, name: "Odd " },
  { pk: 10, name: "Gehaus\u00eb" },
  { pk: 11, name: "A-B" },
];
