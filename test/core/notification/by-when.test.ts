import { describe, expect, it } from "vitest";
import { calculate } from "../../../src/core/calculation/calculate.ts";
import type { Report } from "../../../src/core/generated/report.ts";
import { DEFAULT_POLICY, type ListEntry, type Monitor } from "../../../src/core/monitor.ts";
import { nextAlerts } from "../../../src/core/notification/alerts.ts";
import { type Change, compareResults } from "../../../src/core/notification/change.ts";
import { hashOf, significantResult, somethingShort } from "../../../src/core/notification/significant.ts";
import { snapshotOf } from "../calculation/snapshot-builder.ts";

const DIGEST = "d".repeat(64);

interface Given {
  readonly list?: readonly ListEntry[];
  readonly due?: string | null;
  readonly leadTime?: number;
  readonly orderSoonDays?: number | null;
  readonly onOrder?: number;
}

/** Ten of a part are wanted, and on order. */
function reportOf(given: Given = {}): Report {
  const { list = [{ pk: 1, quantity: 10, needed_by: "2026-12-10" }], due = "2026-12-01", onOrder = 10 } = given;
  return calculate({
    parts: list,
    watch: [],
    policy: { ...DEFAULT_POLICY, on_order: "count" },
    snapshot: snapshotOf({
      parts: [{ pk: 1, name: "Resistor", onOrder }],
      orders: onOrder === 0 ? [] : [{ pk: 1, part: 1, outstanding: onOrder, targetDate: due }],
    }),
    today: "2026-11-20",
    ...(given.leadTime === undefined ? {} : { leadTimes: { default: given.leadTime } }),
    orderSoonDays: given.orderSoonDays ?? null,
  });
}

function changeFrom(before: Report, now: Report, significance: Monitor["significance"] = {}): Change {
  const previous = { significant: significantResult(before), list_digest: DIGEST };
  return compareResults({ previous, next: significantResult(now), report: now, listDigest: DIGEST, significance });
}

describe("a list with a day", () => {
  it("is the same to those who are told as one without, as long as it is in time", () => {
    const without = reportOf({ list: [{ pk: 1, quantity: 10 }] });
    expect(Object.keys(without)).not.toContain("ready");
    expect(hashOf(significantResult(reportOf()))).toBe(hashOf(significantResult(without)));
    // What lists without days had before there were any.
    expect(hashOf(significantResult(without))).toBe("9554bbe33fef48873f5df2478a9af734934ee4b12b419cfe7fa7815be2818413");
  });

  it("tells when it is no longer in time, and again when it is, but not of days that move in time", () => {
    const late = reportOf({ due: "2026-12-11" });
    expect(significantResult(late)).toMatchObject({ short: [], late: [["#1", "2026-12-10"]] });
    expect(somethingShort(significantResult(late))).toBe(true);
    expect(changeFrom(reportOf(), reportOf({ due: "2026-12-09" }))).toMatchObject({ kind: "unchanged", rows: [] });
    expect(changeFrom(reportOf(), late)).toMatchObject({ kind: "changed", rows: [{ kind: "late", sort: "new" }] });
    expect(changeFrom(late, reportOf({ due: "2027-01-11" }))).toMatchObject({ kind: "unchanged", rows: [] });
    expect(changeFrom(late, reportOf())).toMatchObject({ kind: "changed", rows: [{ kind: "late", sort: "resolved" }] });
    expect(changeFrom(reportOf(), late, { kinds: ["short"] }).kind).toBe("unchanged");
  });

  it("tells that no date is known only to those who ask", () => {
    const unknown = reportOf({ due: null });
    expect(significantResult(unknown).undated).toEqual([["#1", "2026-12-10"]]);
    expect(somethingShort(significantResult(unknown))).toBe(false);
    expect(changeFrom(reportOf(), unknown).kind).toBe("unchanged");
    expect(changeFrom(reportOf(), unknown, { kinds: ["undated"] }).kind).toBe("changed");
  });

  it("does not tell as resolved what was not in time and has no date any more", () => {
    const late = reportOf({ due: "2026-12-11" });
    const unknown = reportOf({ due: null });
    expect(changeFrom(late, unknown)).toMatchObject({ kind: "unchanged", rows: [{ kind: "undated", sort: "new" }] });
    const at = { now: new Date("2026-11-20T08:00:00Z"), timezone: "UTC" };
    const alerts = nextAlerts({ ...at, alerts: [], report: late });
    expect(nextAlerts({ ...at, alerts, report: unknown })).toBe(alerts);
    expect(nextAlerts({ ...at, alerts, report: reportOf() })).toMatchObject([{ kind: "late", state: "resolved" }]);
  });

  it("says of an entry that means no part only that, and not that it has no date", () => {
    const report = reportOf({ list: [{ pk: 7, quantity: 1, needed_by: "2026-12-10" }] });
    expect(report.ready).toMatchObject([{ state: "unknown", in_time: false, words: "#7" }]);
    expect(significantResult(report)).toEqual({
      ...significantResult(reportOf({ list: [] })),
      unresolved: [["#7", 1]],
    });
  });

  it("tells what has to be ordered soon, where somebody asks", () => {
    const given = { onOrder: 0, leadTime: 14 };
    expect(reportOf(given).lines).toMatchObject([{ order_by: "2026-11-26" }]);
    expect(significantResult(reportOf(given)).order_now).toBe(undefined);
    expect(significantResult(reportOf({ ...given, orderSoonDays: 5 })).order_now).toBe(undefined);
    expect(significantResult(reportOf({ ...given, orderSoonDays: 6 })).order_now).toEqual([[1, 10]]);
  });

  it("opens an alert for what is late or to be ordered, and none for what has no date", () => {
    const alertsOf = (report: Report) =>
      nextAlerts({ alerts: [], report, now: new Date("2026-11-20T08:00:00Z"), timezone: "UTC" });
    expect(alertsOf(reportOf({ due: "2026-12-11" }))).toMatchObject([
      { part: "#1", kind: "late", message: "not in time for 2026-12-10" },
    ]);
    expect(alertsOf(reportOf({ due: null }))).toEqual([]);
    const near = reportOf({ onOrder: 0, leadTime: 14, orderSoonDays: 9 });
    expect(alertsOf(near)).toMatchObject([{ kind: "order_now", message: "10 to be ordered now" }, { kind: "short" }]);
  });
});
