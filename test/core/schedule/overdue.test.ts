import { describe, expect, it } from "vitest";
import { overdue } from "../../../src/core/notification/overdue.ts";
import type { LastRun } from "../../../src/core/notification/state.ts";

const daily = { active: true, cron_schedule: "0 7 * * *", timezone: "UTC" };

function lastRun(fields: Partial<LastRun> = {}): LastRun {
  return {
    scheduled_for: "2026-11-23T07:00:00.000Z",
    started_at: "2026-11-23T07:02:00.000Z",
    finished_at: "2026-11-23T07:03:00.000Z",
    outcome: "unchanged",
    ...fields,
  };
}

function expectedAt(now: string, more: Partial<typeof daily> = {}, run: LastRun | undefined = lastRun()) {
  return overdue({ monitor: { ...daily, ...more }, lastRun: run, now: new Date(now) })?.expected.toISOString();
}

describe("a monitor is overdue", () => {
  it("when an occurrence of its cron is eight hours past and no run has come", () => {
    expect(expectedAt("2026-11-24T14:59:00Z")).toBeUndefined();
    expect(expectedAt("2026-11-24T15:00:00Z")).toBe("2026-11-24T07:00:00.000Z");
    expect(expectedAt("2026-12-24T15:00:00Z")).toBe("2026-11-24T07:00:00.000Z");
  });

  it("by its own cron, in its own zone", () => {
    expect(expectedAt("2026-11-26T12:00:00Z", { cron_schedule: "0 7 * * 1" })).toBeUndefined();
    expect(expectedAt("2026-11-30T15:00:00Z", { cron_schedule: "0 7 * * 1" })).toBe("2026-11-30T07:00:00.000Z");
    expect(expectedAt("2026-11-24T14:00:00Z", { timezone: "Europe/Berlin" })).toBe("2026-11-24T06:00:00.000Z");
  });

  it("never while it is not active, and never before its first check", () => {
    expect(expectedAt("2026-12-24T15:00:00Z", { active: false })).toBeUndefined();
    expect(overdue({ monitor: daily, lastRun: undefined, now: new Date("2026-12-24T15:00:00Z") })).toBeNull();
  });

  it("not while runs come, though its checks fail", () => {
    const failed = lastRun({ outcome: "failed", finished_at: "2026-11-25T13:00:00.000Z" });
    expect(expectedAt("2026-11-25T20:59:00Z", {}, failed)).toBeUndefined();
    expect(expectedAt("2026-11-26T15:00:00Z", {}, failed)).toBe("2026-11-26T07:00:00.000Z");
  });

  it("by its last run where no check of its schedule was ever completed", () => {
    const { scheduled_for: _, ...manual } = lastRun({ manual_at: "2026-11-23T12:00:00.000Z" });
    expect(expectedAt("2026-11-24T15:00:00Z", {}, manual)).toBe("2026-11-24T07:00:00.000Z");
  });
});
