import { describe, expect, it } from "vitest";
import { acknowledge, dismiss, nextAlerts, reactivate } from "../../../src/core/notification/alerts.ts";
import type { Alert } from "../../../src/core/notification/state.ts";
import { type Facts, reportOf } from "./report.ts";

const START = new Date("2026-03-02T12:00:00Z");
const daysOn = (days: number) => new Date(START.getTime() + days * 86_400_000);
const check = (alerts: readonly Alert[], facts: Facts, now: Date, timezone = "UTC") =>
  nextAlerts({ alerts, report: reportOf(facts), now, timezone });
const states = (alerts: readonly Alert[]) => alerts.map(({ part, kind, state }) => [part, kind, state]);

describe("an alert", () => {
  it("is made for each part that is short, critical, low, out or unknown, and for none that is to be built", () => {
    const alerts = check(
      [],
      {
        short: { 4: 1 },
        build: { 5: 1 },
        critical: { 6: 1 },
        low: { 7: 9 },
        out: { 8: 100 },
        unresolved: { Widget: 2 },
      },
      START,
    );
    expect(states(alerts)).toEqual([
      [4, "short", "active"],
      [6, "critical", "active"],
      [7, "low", "active"],
      [8, "out", "active"],
      ["Widget", "unresolved", "active"],
    ]);
    expect(alerts[2]).toEqual({
      part: 7,
      name: "Part 7",
      kind: "low",
      state: "active",
      since: START.toISOString(),
      seen_at: START.toISOString(),
      quantity: 9,
      threshold: 100,
      message: "9 below the minimum of 100",
    });
  });

  it("is no new one, and does not move at all, while nothing changes", () => {
    const alerts = check([], { low: { 7: 9 } }, START);
    expect(check(alerts, { low: { 7: 9 } }, daysOn(1))).toBe(alerts);
  });

  it("keeps its beginning when its quantity moves", () => {
    const [alert] = check(check([], { low: { 7: 9 } }, START), { low: { 7: 12 } }, daysOn(1));
    expect(alert).toMatchObject({ since: START.toISOString(), seen_at: daysOn(1).toISOString(), quantity: 12 });
  });

  it("resolves by itself when a complete check finds it no more", () => {
    const alerts = check(check([], { low: { 7: 9 } }, START), {}, daysOn(1));
    expect(alerts).toMatchObject([{ state: "resolved", resolved_at: daysOn(1).toISOString() }]);
  });

  it("does not come back unchanged once it is resolved", () => {
    const resolved = check(check([], { low: { 7: 9 } }, START), {}, daysOn(1));
    expect(check(resolved, {}, daysOn(2))).toBe(resolved);
  });

  it("is a new one when the shortage returns", () => {
    const resolved = check(check([], { low: { 7: 9 } }, START), {}, daysOn(1));
    const again = check(resolved, { low: { 7: 9 } }, daysOn(2));
    expect(again.map(({ state, since }) => [state, since])).toEqual([
      ["resolved", START.toISOString()],
      ["active", daysOn(2).toISOString()],
    ]);
  });

  it("is kept for 90 days when it is resolved", () => {
    const resolved = check(check([], { low: { 7: 9 } }, START), {}, START);
    expect(check(resolved, {}, daysOn(90))).toHaveLength(1);
    expect(check(resolved, {}, new Date(daysOn(90).getTime() + 1))).toHaveLength(0);
  });

  it("is one of at most 200 resolved ones, the newest", () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [index + 1, 1]));
    const more = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [index + 1001, 1]));
    const once = check(check([], { low: many }, START), { low: more }, daysOn(1));
    const twice = check(once, {}, daysOn(2));
    expect(twice).toHaveLength(200);
    expect(twice.filter(({ part }) => Number(part) > 1000)).toHaveLength(150);
  });
});

describe("acknowledging an alert", () => {
  const alerts = check([], { low: { 7: 9, 8: 1 } }, START);
  const acknowledged = acknowledge({ alerts, part: 7, by: "kim", at: daysOn(1) });

  it("holds while it worsens, and stands in state with who and when", () => {
    const worse = check(acknowledged, { low: { 7: 20, 8: 1 } }, daysOn(2));
    expect(states(worse)).toEqual([
      [7, "low", "acknowledged"],
      [8, "low", "active"],
    ]);
    expect(worse[0]?.acknowledged).toEqual({ by: "kim", at: daysOn(1).toISOString() });
  });

  it("ends when it is resolved: a returning shortage is active", () => {
    const gone = check(acknowledged, {}, daysOn(2));
    expect(states(check(gone, { low: { 7: 9 } }, daysOn(3)))).toContainEqual([7, "low", "active"]);
  });

  it("can be taken back", () => {
    const [alert] = reactivate({ alerts: acknowledged, part: 7, at: daysOn(2) });
    expect(alert).toMatchObject({ state: "active" });
    expect(alert).not.toHaveProperty("acknowledged");
  });
});

describe("dismissing an alert", () => {
  const alerts = check([], { low: { 7: 9 } }, START);

  it("holds without a date until the quantity exceeds that at dismissal", () => {
    const dismissed = dismiss({ alerts, part: 7, at: daysOn(1) });
    expect(dismissed[0]?.dismissed).toEqual({ at: daysOn(1).toISOString(), quantity: 9 });
    expect(states(check(dismissed, { low: { 7: 9 } }, daysOn(80)))).toEqual([[7, "low", "dismissed"]]);
    expect(states(check(dismissed, { low: { 7: 4 } }, daysOn(2)))).toEqual([[7, "low", "dismissed"]]);
    const [back] = check(dismissed, { low: { 7: 9.00001 } }, daysOn(2));
    expect(back).toMatchObject({ state: "active", since: START.toISOString() });
    expect(back).not.toHaveProperty("dismissed");
  });

  it("holds through its last day in the monitor's zone", () => {
    const dismissed = dismiss({ alerts, part: 7, at: daysOn(1), until: "2026-03-10" });
    const lateInBerlin = new Date("2026-03-10T22:59:59Z");
    const nextDayInBerlin = new Date("2026-03-10T23:00:00Z");
    expect(states(check(dismissed, { low: { 7: 9 } }, lateInBerlin, "Europe/Berlin"))[0]?.[2]).toBe("dismissed");
    expect(states(check(dismissed, { low: { 7: 9 } }, nextDayInBerlin, "Europe/Berlin"))[0]?.[2]).toBe("active");
  });

  it("ends in resolution like any other", () => {
    const dismissed = dismiss({ alerts, part: 7, at: daysOn(1) });
    expect(states(check(dismissed, {}, daysOn(2)))).toEqual([[7, "low", "resolved"]]);
  });

  it("touches the chosen kind only, and no resolved alert", () => {
    const both = check([], { low: { 7: 9 }, short: { 7: 2 } }, START);
    expect(states(dismiss({ alerts: both, part: 7, kind: "short", at: daysOn(1) }))).toEqual([
      [7, "low", "active"],
      [7, "short", "dismissed"],
    ]);
    const gone = check(both, {}, daysOn(1));
    expect(dismiss({ alerts: gone, part: 7, at: daysOn(2) })).toEqual(gone);
  });
});
