import { describe, expect, it } from "vitest";
import type { Part, StockLocation } from "../../../src/core/calculation/snapshot.ts";
import type { Silence } from "../../../src/core/generated/monitor.ts";
import type { Report } from "../../../src/core/generated/report.ts";
import { dismiss, nextAlerts } from "../../../src/core/notification/alerts.ts";
import { compareResults } from "../../../src/core/notification/change.ts";
import { significantResult } from "../../../src/core/notification/significant.ts";
import { applySilences } from "../../../src/core/notification/silences.ts";
import type { Alert } from "../../../src/core/notification/state.ts";
import { type Facts, reportOf } from "./report.ts";

const DAY = new Date("2026-03-10T12:00:00Z");
const UNTIL = { until: "2026-03-10", reason: "on its way" };

const categories = new Map<number, StockLocation>([
  [1, { pk: 1, name: "Electronics", parent: null, path: "Electronics" }],
  [2, { pk: 2, name: "Connectors", parent: 1, path: "Electronics/Connectors" }],
  [3, { pk: 3, name: "Screws", parent: null, path: "Screws" }],
]);
const parts = new Map<number, Part>([
  [10, part(10, 2)],
  [11, part(11, 3)],
]);

function silenced(
  facts: Facts,
  silences: readonly Silence[],
  more: { alerts?: readonly Alert[]; now?: Date; names?: string[] } = {},
): Report {
  const list = (more.names ?? []).map((name) => ({ name, quantity: 1 }));
  return applySilences({
    report: reportOf(facts),
    monitor: { silences, parts: list, timezone: "Europe/Berlin", language: "en" },
    alerts: more.alerts ?? [],
    snapshot: { parts, categories },
    now: more.now ?? DAY,
  });
}

const quiet = (report: Report) => report.silenced.map(({ part }) => part);

describe("silences in a monitor's file", () => {
  it.each([
    ["pk", 10],
    ["IPN", "IPN-10"],
    ["exact name", "Part 10"],
  ] as const)("take a part out of the result by its %s, with reason and end", (_how, reference) => {
    const report = silenced({ short: { 10: 5, 11: 1 } }, [{ part: reference, ...UNTIL }]);
    expect(report.silenced).toEqual([
      { kind: "short", part: 10, name: "Part 10", quantity: 5, reason: "on its way", until: "2026-03-10" },
    ]);
    expect(significantResult(report).short).toEqual([[11, 1]]);
    expect(report.lines).toHaveLength(2);
  });

  it("take out a category with its children, by pk, name or path", () => {
    for (const category of [1, "Electronics", 2, "Connectors", "Electronics/Connectors"]) {
      expect(quiet(silenced({ short: { 10: 5, 11: 1 } }, [{ category, ...UNTIL }])), String(category)).toEqual([10]);
    }
  });

  it("take out all of the monitor where they name neither part nor category", () => {
    const report = silenced({ short: { 10: 5 }, build: { 11: 1 }, unresolved: { Widget: 2 } }, [UNTIL]);
    expect(quiet(report)).toEqual([10, 11, "Widget"]);
  });

  it("know an unresolved entry by the words it was written in", () => {
    const report = silenced({ unresolved: { "Widget, version B": 2 } }, [{ part: "Widget", ...UNTIL }], {
      names: ["Widget"],
    });
    expect(quiet(report)).toEqual(["Widget, version B"]);
  });

  it("hold through their last day in the monitor's zone", () => {
    const rule = [{ part: 10, ...UNTIL }];
    expect(quiet(silenced({ short: { 10: 5 } }, rule, { now: new Date("2026-03-10T22:59:59Z") }))).toEqual([10]);
    expect(quiet(silenced({ short: { 10: 5 } }, rule, { now: new Date("2026-03-10T23:00:00Z") }))).toEqual([]);
  });

  it("make a problem of a category that the server does not have", () => {
    const report = silenced({ short: { 10: 5 } }, [{ category: "Conectors", ...UNTIL }]);
    expect(report.silenced).toEqual([]);
    expect(report.problems).toMatchObject([{ kind: "unknown_category", words: "Conectors" }]);
  });

  it("leave parts that are new when they end and are still short", () => {
    const rule = [{ part: 10, ...UNTIL }];
    const during = silenced({ short: { 10: 5 } }, rule);
    const afterwards = silenced({ short: { 10: 5 } }, rule, { now: new Date("2026-03-11T12:00:00Z") });
    const previous = { significant: significantResult(during), list_digest: "d" };
    const next = significantResult(afterwards);
    const change = compareResults({ previous, next, report: afterwards, listDigest: "d", significance: {} });
    expect(change.rows).toMatchObject([{ sort: "new", part: 10, now: 5 }]);
  });
});

describe("a dismissed alert", () => {
  const facts = { short: { 10: 5 }, critical: { 10: 1 } };
  const raw = reportOf(facts);
  const alerts = nextAlerts({ alerts: [], report: raw, now: DAY, timezone: "UTC" });

  it("takes its part and kind out of the result", () => {
    const dismissed = dismiss({ alerts, part: 10, kind: "short", at: DAY, until: "2026-04-01" });
    const report = silenced(facts, [], { alerts: dismissed });
    expect(report.silenced).toEqual([
      { kind: "short", part: 10, name: "Part 10", quantity: 5, reason: "dismissed on 2026-03-10", until: "2026-04-01" },
    ]);
    expect(significantResult(report)).toMatchObject({ short: [], critical: [[10, 1]] });
  });

  it("without a date ends when something changes, which the report says by null", () => {
    const report = silenced(facts, [], { alerts: dismiss({ alerts, part: 10, kind: "short", at: DAY }) });
    expect(report.silenced[0]?.until).toBeNull();
  });
});

function part(pk: number, category: number): Part {
  return {
    pk,
    name: `Part ${pk}`,
    ipn: null,
    revision: null,
    units: "",
    link: null,
    category,
    variantOf: null,
    active: true,
    assembly: false,
    purchaseable: true,
    virtual: false,
    consumable: false,
    isTemplate: false,
    minimumStock: 0,
    inStock: 0,
    externalStock: 0,
    allocatedToBuildOrders: 0,
    allocatedToSalesOrders: 0,
    requiredForBuildOrders: 0,
    requiredForSalesOrders: 0,
    onOrder: 0,
    building: 0,
    scheduledToBuild: 0,
    pricingMin: null,
    pricingMax: null,
  };
}
