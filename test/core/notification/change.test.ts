import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY, type Monitor } from "../../../src/core/monitor.ts";
import { type Change, compareResults } from "../../../src/core/notification/change.ts";
import {
  canonicalJson,
  hashOf,
  listDigest,
  significantResult,
  somethingShort,
} from "../../../src/core/notification/significant.ts";
import { cases } from "../../support/cases.ts";
import { type Facts, reportOf } from "./report.ts";

const DIGEST = "d".repeat(64);

/** What a channel that was told `before` would hear of `now`. */
function changeFrom(before: Facts, now: Facts, significance: Monitor["significance"] = {}): Change {
  const report = reportOf(now);
  return compareResults({
    previous: { significant: significantResult(reportOf(before)), list_digest: DIGEST },
    next: significantResult(report),
    report,
    previousReport: reportOf(before),
    listDigest: DIGEST,
    significance,
  });
}

describe("the significant result", () => {
  it("has each kind's rows sorted by part, and entries that nobody can find in the list's own words", () => {
    const report = reportOf({
      short: { 12: 3, 4: 1.5 },
      build: { 7: 2 },
      critical: { 9: 1 },
      low: { 30: 5 },
      out: { 31: 100 },
      unresolved: { Widget: 2, "Bolt, version B": 4 },
    });
    expect(significantResult(report)).toEqual({
      short: [
        [4, 1.5],
        [12, 3],
      ],
      build: [[7, 2]],
      critical: [[9, 1]],
      low: [[30, 5]],
      out: [[31, 100]],
      unresolved: [
        ["Bolt, version B", 4],
        ["Widget", 2],
      ],
    });
  });

  it("has the SHA-256 of its canonical JSON as hash", () => {
    const text = '{"build":[[7,2]],"critical":[],"low":[],"out":[],"short":[[4,1.5]],"unresolved":[["Widget",2]]}';
    const significant = significantResult(reportOf({ short: { 4: 1.5 }, build: { 7: 2 }, unresolved: { Widget: 2 } }));
    expect(hashOf(significant)).toBe(createHash("sha256").update(text).digest("hex"));
  });

  it("knows nothing of names, stock, prices and dates", () => {
    const report = reportOf({ short: { 4: 1 } });
    const other = {
      ...report,
      summary: { ...report.summary, coverage: 3 },
      lines: report.lines.map((line) => ({
        ...line,
        name: "Renamed",
        on_order: 500,
        in_stock: 3,
        outlook: { state: "covered", date: "2026-01-01" } as const,
      })),
    };
    expect(hashOf(significantResult(other))).toBe(hashOf(significantResult(report)));
  });

  it("does not count a bought part as short that incoming covers under on_order: count", () => {
    const report = reportOf({ short: { 4: 1 } });
    const covered = { ...report, lines: report.lines.map((line) => ({ ...line, short: false })) };
    expect(significantResult(covered).short).toEqual([]);
  });

  it("has an entry that could not be counted, and no problem that concerns no entry", () => {
    const report = reportOf({ unresolved: { Widget: 2, Gadget: 3 } });
    const [widget, gadget] = report.problems;
    if (widget === undefined || gadget === undefined) throw new Error("there are two");
    const problems = [
      { ...widget, kind: "quantity_too_large" } as const,
      { ...gadget, kind: "unknown_policy_part", entry: null, quantity: null } as const,
    ];
    expect(significantResult({ ...report, problems }).unresolved).toEqual([["Widget", 2]]);
  });

  it("leaves out what the report lists as silenced, of that kind only", () => {
    const report = reportOf({ short: { 4: 1, 5: 1 }, critical: { 4: 2 } });
    const row = { kind: "short", part: 4, name: "Part 4", quantity: 1, reason: "r", until: null } as const;
    expect(significantResult({ ...report, silenced: [row] })).toMatchObject({ short: [[5, 1]], critical: [[4, 2]] });
  });

  it("is the same result exactly when the hash is the same", () => {
    const rows = fc.dictionary(fc.integer({ min: 1, max: 4 }).map(String), fc.integer({ min: 1, max: 3 }));
    const facts = fc.record({ short: rows, low: rows, unresolved: rows });
    fc.assert(
      fc.property(facts, facts, (a, b) => {
        const [one, two] = [significantResult(reportOf(a)), significantResult(reportOf(b))];
        return (hashOf(one) === hashOf(two)) === (canonicalJson(one) === canonicalJson(two));
      }),
      cases(300),
    );
  });

  it("is short with bought, low, out or unknown parts, and not with parts to build or critical ones", () => {
    const short = (facts: Facts) => somethingShort(significantResult(reportOf(facts)));
    expect([{ short: { 1: 1 } }, { low: { 1: 1 } }, { out: { 1: 1 } }, { unresolved: { A: 1 } }].map(short)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([{}, { build: { 1: 1 } }, { critical: { 1: 1 } }].map(short)).toEqual([false, false, false]);
  });
});

describe("the list's digest", () => {
  const list = { parts: [{ name: "Board", quantity: 2 }], watch: [], policy: DEFAULT_POLICY };

  it("moves with parts, watch rules and policy, and not with the order of a row's keys", () => {
    const digests = [
      listDigest(list),
      listDigest({ ...list, parts: [{ name: "Board", quantity: 3 }] }),
      listDigest({ ...list, watch: [{ all: true }] }),
      listDigest({ ...list, policy: { ...DEFAULT_POLICY, demand: "none" } }),
    ];
    expect(new Set(digests).size).toBe(4);
    expect(listDigest({ ...list, parts: [{ quantity: 2, name: "Board" }] })).toBe(digests[0]);
  });
});

describe("what changed", () => {
  it("is told as new, worsened, improved, resolved, each by size, then name", () => {
    const change = changeFrom(
      { short: { 1: 10, 2: 10, 3: 5, 6: 1 }, unresolved: { Widget: 2 } },
      { short: { 1: 12, 2: 4, 4: 1, 5: 9, 6: 1 }, names: { 4: "Zed", 5: "Ann" } },
    );
    expect(change.kind).toBe("changed");
    expect(change.rows.map(({ sort, name, before, now }) => [sort, name, before, now])).toEqual([
      ["new", "Ann", null, 9],
      ["new", "Zed", null, 1],
      ["worsened", "Part 1", 10, 12],
      ["improved", "Part 2", 10, 4],
      ["resolved", "Part 3", 5, null],
      ["resolved", "Widget", 2, null],
    ]);
  });

  it("is nothing where nothing changed", () => {
    expect(changeFrom({ short: { 1: 1 } }, { short: { 1: 1 } })).toEqual({
      kind: "unchanged",
      rows: [],
      listEdited: false,
    });
  });

  it("says first where nobody was told before", () => {
    const report = reportOf({ short: { 1: 1 } });
    const next = significantResult(report);
    const change = compareResults({ previous: undefined, next, report, listDigest: DIGEST, significance: {} });
    expect(change).toEqual({ kind: "first", rows: [], listEdited: false });
  });

  it("says that the list was edited when its digest moved", () => {
    const report = reportOf({});
    const next = significantResult(report);
    const previous = { significant: next, list_digest: "e".repeat(64) };
    expect(compareResults({ previous, next, report, listDigest: DIGEST, significance: {} }).listEdited).toBe(true);
  });

  it("names a part that is gone as the last report did, else by its number", () => {
    const before = significantResult(reportOf({ short: { 7: 1 } }));
    const report = reportOf({});
    const comparison = {
      previous: { significant: before, list_digest: DIGEST },
      next: significantResult(report),
      report,
      listDigest: DIGEST,
      significance: {},
    };
    expect(compareResults({ ...comparison, previousReport: reportOf({ short: { 7: 1 } }) }).rows[0]?.name).toBe(
      "Part 7",
    );
    expect(compareResults(comparison).rows[0]?.name).toBe("#7");
  });

  it("never calls a part resolved that is only silenced now", () => {
    const report = reportOf({ short: { 1: 3 } });
    const silenced = [{ kind: "short", part: 1, name: "Part 1", quantity: 3, reason: "r", until: null }] as const;
    const quiet = { ...report, silenced: [...silenced] };
    const change = compareResults({
      previous: { significant: significantResult(report), list_digest: DIGEST },
      next: significantResult(quiet),
      report: quiet,
      listDigest: DIGEST,
      significance: {},
    });
    expect(change).toEqual({ kind: "changed", rows: [], listEdited: false, nowSilenced: silenced });
  });

  it("adds up an entry that stands in the list twice", () => {
    const once = reportOf({ unresolved: { Widget: 3 } });
    const twice = { ...once, problems: [...once.problems, ...reportOf({ unresolved: { Widget: 4 } }).problems] };
    const change = compareResults({
      previous: { significant: significantResult(once), list_digest: DIGEST },
      next: significantResult(twice),
      report: twice,
      listDigest: DIGEST,
      significance: {},
    });
    expect(change.rows).toEqual([
      { sort: "worsened", kind: "unresolved", part: "Widget", name: "Widget", before: 3, now: 7 },
    ]);
  });
});

describe("what counts for telling", () => {
  const kindOf = (before: Facts, now: Facts, significance?: Monitor["significance"]) =>
    changeFrom(before, now, significance).kind;

  it("is by default every kind but what is to be built", () => {
    expect(kindOf({}, { build: { 1: 5 } })).toBe("unchanged");
    expect(kindOf({}, { critical: { 1: 5 } })).toBe("changed");
    expect(kindOf({}, { build: { 1: 5 } }, { kinds: ["build"] })).toBe("changed");
    expect(kindOf({}, { critical: { 1: 5 } }, { kinds: ["short"] })).toBe("unchanged");
  });

  it("is not a sort of change that is ignored", () => {
    expect(kindOf({ short: { 1: 5 } }, { short: { 1: 4 } }, { ignore: ["improved"] })).toBe("unchanged");
    expect(kindOf({ short: { 1: 5 } }, { short: { 1: 6 } }, { ignore: ["improved"] })).toBe("changed");
    expect(kindOf({ short: { 1: 5 } }, {}, { ignore: ["improved"] })).toBe("changed");
  });

  it.each([
    ["5%", 20, 20.99999, "unchanged"],
    ["5%", 20, 21, "changed"],
    ["5%", 20, 19, "changed"],
    ["0.1%", 3, 3.003, "changed"],
    ["0.1%", 3, 3.00299, "unchanged"],
    ["0%", 3, 3.00001, "changed"],
    ["12.5%", 8, 9, "changed"],
  ] as const)("is from %s on: from %d to %d is %s", (min_change, before, now, kind) => {
    expect(kindOf({ short: { 1: before } }, { short: { 1: now } }, { min_change })).toBe(kind);
  });

  it("is a new or resolved part whatever its size", () => {
    expect(kindOf({ short: { 1: 100 } }, { short: { 1: 100, 2: 0.00001 } }, { min_change: "50%" })).toBe("changed");
    expect(kindOf({ short: { 1: 100, 2: 0.00001 } }, { short: { 1: 100 } }, { min_change: "50%" })).toBe("changed");
  });

  it("still shows the readers every difference", () => {
    const change = changeFrom(
      { short: { 1: 100 } },
      { short: { 1: 101, 2: 1 }, build: { 3: 1 } },
      { min_change: "5%" },
    );
    expect(change.rows.map(({ sort, part }) => [sort, part])).toEqual([
      ["new", 2],
      ["new", 3],
      ["worsened", 1],
    ]);
  });

  it("lets small changes add up against what was last notified", () => {
    const delivered = { short: { 1: 100 } };
    const steps = [102, 104, 106].map((now) => kindOf(delivered, { short: { 1: now } }, { min_change: "5%" }));
    expect(steps).toEqual(["unchanged", "unchanged", "changed"]);
  });
});
