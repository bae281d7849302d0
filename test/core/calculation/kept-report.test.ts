import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkMonitor } from "../../../src/app/run/check.ts";
import { keptCheck, keptReport } from "../../../src/app/run/kept-report.ts";
import { calculate } from "../../../src/core/calculation/calculate.ts";
import { prettyJson } from "../../../src/state/json.ts";
import { longReport } from "../../notify/fixture-report.ts";
import { monitor } from "../../notify/fixtures.ts";
import { cases } from "../../support/cases.ts";
import { givens, inputOf } from "./random-snapshot.ts";
import { snapshotOf } from "./snapshot-builder.ts";

test("a report that is kept is the same report, whoever reads it", () => {
  fc.assert(
    fc.property(givens(), (given) => {
      const report = calculate(inputOf(given));
      const kept = keptReport(report);
      deepStrictEqual({ ...kept }, { ...report });
      expect(JSON.stringify(kept)).toBe(JSON.stringify(report));
      expect(prettyJson(kept)).toBe(prettyJson(report));
    }),
    cases(300),
  );
});

test("its rows can be read again and again, among those of others", () => {
  const [first, second] = [longReport(30), longReport(5)];
  const kept = [keptReport(first), keptReport(second), keptReport(keptReport(first))];
  for (const turn of [0, 1, 2, 1, 0, 2, 2]) expect(kept[turn]?.lines).toEqual(turn === 1 ? second.lines : first.lines);
});

test("what a check has found and what it says stay one report, and two where something has to settle", () => {
  const checked = checkMonitor({
    monitor: monitor({}),
    snapshot: snapshotOf({ parts: [] }),
    alerts: [],
    now: new Date("2026-11-27T08:00:00Z"),
  });
  if (checked.kind !== "checked") throw new Error(checked.failure.message);
  const one = keptCheck(checked);
  expect(one.facts).toBe(one.report);
  const two = keptCheck({ ...checked, facts: longReport(3) });
  expect(two.facts.lines).toEqual(longReport(3).lines);
  expect(two.report.lines).toEqual(checked.report.lines);
});
