import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/core/generated/report.ts";
import { settledReport } from "../../../src/core/notification/settled-report.ts";
import { laterSettling, type Settling, settle } from "../../../src/core/notification/settling.ts";
import { type SignificantResult, significantResult } from "../../../src/core/notification/significant.ts";
import { summarize } from "../../../src/core/view/report-status.ts";
import { cases } from "../../support/cases.ts";
import { type Facts, reportOf } from "./report.ts";

const NOTHING: SignificantResult = { short: [], build: [], critical: [], low: [], out: [], unresolved: [] };
const SHORT: SignificantResult = { ...NOTHING, short: [[1, 5]] };
const day = (number: number) => new Date(Date.UTC(2026, 0, number, 7));

/** Days one after the other, each with what its check finds; undefined: none was complete. */
function played(days: readonly (SignificantResult | undefined)[], needed: { appear: number; recover: number }) {
  let before: Settling | undefined = { occurrence: day(1).toISOString(), settled: NOTHING, waiting: [] };
  const shown: (readonly (readonly [number, number])[])[] = [];
  for (const [index, significant] of days.entries()) {
    if (significant !== undefined)
      before = settle({ significant, silenced: [], coverage: 100, before, occurrence: day(index + 2), ...needed });
    shown.push(before.settled.short);
  }
  return shown;
}

describe("what waits for more than one check", () => {
  const rows = SHORT.short;

  it("is new after so many checks in a row, and resolved after so many", () => {
    const needed = { appear: 2, recover: 3 };
    expect(played([SHORT, SHORT, NOTHING, NOTHING, NOTHING], needed)).toEqual([[], rows, rows, rows, []]);
  });

  it("is never new while it comes and goes, and never resolved", () => {
    const flapping = [SHORT, NOTHING, SHORT, NOTHING, SHORT];
    expect(played(flapping, { appear: 2, recover: 1 })).toEqual([[], [], [], [], []]);
    expect(played([SHORT, ...flapping], { appear: 1, recover: 2 })).toEqual(Array(6).fill(rows));
  });

  it("counts complete checks only", () => {
    expect(played([SHORT, undefined, undefined, SHORT], { appear: 2, recover: 1 })).toEqual([[], [], [], rows]);
  });

  it("counts an occurrence once, however often it is checked", () => {
    const base = { significant: SHORT, silenced: [], coverage: 50, appear: 2, recover: 1 };
    const start: Settling = { occurrence: day(1).toISOString(), settled: NOTHING, waiting: [] };
    const once = settle({ ...base, before: start, occurrence: day(2) });
    const again = settle({ ...base, before: once, occurrence: day(2) });
    expect(again).toEqual(once);
    expect(again.waiting).toEqual([{ kind: "short", part: 1, checks: 1 }]);
    expect(settle({ ...base, before: again, occurrence: day(3) }).settled).toEqual(SHORT);
  });

  it("has its quantity of today where it has settled", () => {
    const more: SignificantResult = { ...NOTHING, short: [[1, 9]] };
    const before: Settling = { occurrence: day(1).toISOString(), settled: SHORT, waiting: [] };
    const next = settle({
      significant: more,
      silenced: [],
      coverage: 50,
      before,
      occurrence: day(2),
      appear: 3,
      recover: 3,
    });
    expect(next).toMatchObject({ settled: more, waiting: [] });
  });

  it("is gone at once where it is silenced", () => {
    const before: Settling = { occurrence: day(1).toISOString(), settled: SHORT, waiting: [] };
    const silenced = [{ kind: "short", part: 1 }] as const;
    const next = settle({
      significant: NOTHING,
      silenced,
      coverage: 50,
      before,
      occurrence: day(2),
      appear: 1,
      recover: 3,
    });
    expect(next.settled).toEqual(NOTHING);
  });

  it("stands as the last check of an occurrence left it, whichever that was", () => {
    const occurrence = day(2).toISOString();
    const none: Settling = { occurrence, settled: NOTHING, waiting: [] };
    const short: Settling = { occurrence, settled: SHORT, waiting: [] };
    expect(laterSettling(none, short)).toBe(short);
    expect(laterSettling(short, none)).toBe(none);
    const next = { occurrence: day(3).toISOString(), settled: NOTHING, waiting: [] };
    expect(laterSettling(next, short)).toBe(next);
  });

  it("starts with what the first check finds", () => {
    const first = settle({
      significant: SHORT,
      silenced: [],
      coverage: 50,
      before: undefined,
      occurrence: day(1),
      appear: 2,
      recover: 2,
    });
    expect(first).toEqual({ occurrence: day(1).toISOString(), settled: SHORT, coverage: 50, waiting: [] });
  });
});

describe("the report of what waits", () => {
  const quantities = (most: number) =>
    fc
      .uniqueArray(fc.integer({ min: 1, max: most }), { maxLength: 2 })
      .map((pks) => Object.fromEntries(pks.map((pk) => [pk, pk + 4])));
  const facts: fc.Arbitrary<Facts> = fc
    .record({
      bought: fc.record({ short: quantities(3), critical: quantities(3) }),
      made: quantities(2).map((rows) =>
        Object.fromEntries(Object.entries(rows).map(([pk, much]) => [Number(pk) + 10, much])),
      ),
      watched: fc.array(fc.constantFrom("low", "out", "well"), { minLength: 2, maxLength: 2 }),
      lost: fc.subarray(["Nothing", "__proto__x"]),
    })
    .map(({ bought, made, watched, lost }) => ({
      ...bought,
      build: made,
      low: Object.fromEntries(watched.flatMap((kind, index) => (kind === "low" ? [[20 + index, 5]] : []))),
      out: Object.fromEntries(watched.flatMap((kind, index) => (kind === "out" ? [[20 + index, 100]] : []))),
      unresolved: Object.fromEntries(lost.map((words) => [words, 3])),
    }));

  it("says of every part what its hash says, in its tables and in its numbers", () => {
    const needed = fc.record({ appear: fc.integer({ min: 1, max: 3 }), recover: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(fc.array(facts, { minLength: 2, maxLength: 5 }), needed, (days, { appear, recover }) => {
        let before: Settling | undefined;
        let previousReport: Report | undefined;
        for (const [index, found] of days.entries()) {
          const report = reportOf(found);
          const present = significantResult(report);
          const coverage = 100 - index;
          const occurrence = day(index + 1);
          const settling = settle({
            significant: present,
            silenced: [],
            coverage,
            before,
            occurrence,
            appear,
            recover,
          });
          const shown = settledReport({ facts: report, present, settling, appear, recover, previousReport });
          expect(significantResult(shown)).toEqual(settling.settled);
          const { short, critical, toBuild, low, out } = summarize(shown);
          expect(shown.summary).toMatchObject({ short, critical, to_build: toBuild, low, out });
          expect(shown.unsettled?.length ?? 0).toBe(settling.waiting.length);
          before = settling;
          previousReport = shown;
        }
      }),
      cases(200),
    );
  });

  it("has nothing to order of what is covered by now, and of what may be gone tomorrow", () => {
    const given = { silenced: [], coverage: 50, appear: 2, recover: 2 };
    const settled = significantResult(reportOf({ short: { 1: 5 } }));
    const before: Settling = { occurrence: day(1).toISOString(), settled, coverage: 80, waiting: [] };
    const found = reportOf({ short: { 2: 7 } });
    const present = significantResult(found);
    const settling = settle({ ...given, significant: present, before, occurrence: day(2) });
    const previousReport = reportOf({ short: { 1: 5 } });
    const shown = settledReport({ facts: found, present, settling, appear: 2, recover: 2, previousReport });
    expect(shown.summary).toMatchObject({ short: 1, coverage: 80 });
    expect(shown.lines.map(({ pk, missing, to_order }) => [pk, missing, to_order])).toEqual([
      [1, 5, 0],
      [2, 0, 0],
    ]);
    expect(shown.unsettled).toEqual([
      { kind: "short", part: 1, name: "Part 1", before: 5, now: null, checks: 1, of: 2 },
      { kind: "short", part: 2, name: "Part 2", before: null, now: 7, checks: 1, of: 2 },
    ]);
  });
});
