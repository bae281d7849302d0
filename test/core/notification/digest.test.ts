import { describe, expect, it } from "vitest";
import { decideNotification, type NotificationInput, owes } from "../../../src/core/notification/decide.ts";
import { decideClaimed } from "../../../src/core/notification/decide-claimed.ts";
import { digestDue, digestUntil, nextCheck } from "../../../src/core/notification/digest.ts";
import type { Sending } from "../../../src/core/notification/sending.ts";
import { hashOf, significantResult } from "../../../src/core/notification/significant.ts";
import type { DeliveryRecord } from "../../../src/core/notification/state.ts";
import { reportOf } from "./report.ts";

const MONDAYS = { digest: { cron: "0 9 * * 1", timezone: "Europe/Berlin" } };
const MONDAY = "2026-11-23T08:00:00.000Z";

function due(digest_until: string | undefined, now: string) {
  const lastRun = digest_until === undefined ? undefined : { digest_until };
  return digestDue({ monitor: MONDAYS, lastRun, now: new Date(now) })?.toISOString();
}

describe("a digest", () => {
  it.each([
    ["not for a list that is new", undefined, "2026-11-23T08:00:00Z", undefined],
    ["not before its occurrence", "2026-11-20T07:00:00Z", "2026-11-23T07:59:59Z", undefined],
    ["at its occurrence, in its zone", "2026-11-20T07:00:00Z", "2026-11-23T08:00:00Z", MONDAY],
    ["later, where nothing ran then", "2026-11-20T07:00:00Z", "2026-11-26T12:00:00Z", MONDAY],
    ["once, however many were missed", "2026-10-20T07:00:00Z", "2026-11-23T08:00:00Z", MONDAY],
    ["not again", "2026-11-23T08:00:10Z", "2026-11-29T12:00:00Z", undefined],
    ["not where the clock went back", "2026-11-24T08:00:00Z", "2026-11-23T09:00:00Z", undefined],
  ])("is due: %s", (_, until, now, expected) => {
    expect(due(until, now)).toBe(expected);
  });

  it("stays due until every channel has got what it was to get", () => {
    const input = { monitor: MONDAYS, lastRun: { digest_until: "2026-11-20T07:00:00Z" }, now: new Date(MONDAY) };
    expect(digestUntil({ ...input, isSettled: true })).toEqual({ digest_until: MONDAY });
    expect(digestUntil({ ...input, isSettled: false })).toEqual({ digest_until: "2026-11-20T07:00:00Z" });
    expect(digestUntil({ ...input, lastRun: undefined, isSettled: false })).toEqual({ digest_until: MONDAY });
    expect(digestUntil({ ...input, monitor: { digest: null }, isSettled: true })).toEqual({});
  });

  it("makes a list be checked at its occurrence, too", () => {
    const list = { cron_schedule: "0 7 * * *", timezone: "Europe/Berlin" };
    const next = (after: string) => nextCheck({ ...list, ...MONDAYS }, new Date(after))?.toISOString();
    expect(next("2026-11-23T06:00:00Z")).toBe(MONDAY);
    expect(next(MONDAY)).toBe("2026-11-24T06:00:00.000Z");
    expect(nextCheck({ ...list, digest: null }, new Date("2026-11-23T06:00:00Z"))?.toISOString()).toBe(
      "2026-11-24T06:00:00.000Z",
    );
  });
});

describe("a list in the digest", () => {
  const significant = significantResult(reportOf({ short: { 1: 3 } }));
  const told: DeliveryRecord = {
    hash: "f".repeat(64),
    significant: significantResult(reportOf({})),
    seq: 4,
    at: "2026-11-16T08:00:00.000Z",
    ref: "<1@x>",
    occurrence: "2026-11-16T08:00:00.000Z",
    list_digest: "d".repeat(64),
    to: ["a@x.org"],
  };
  const digest = new Date(MONDAY);
  const inputOf = (delivered: DeliveryRecord | undefined, more: Partial<NotificationInput>): NotificationInput => ({
    monitor: {
      notify_condition: "digest",
      remind_after_ms: 1,
      recipients: ["a@x.org", "new@x.org"],
      cron_schedule: "0 7 * * *",
      timezone: "UTC",
    },
    delivered,
    significant,
    present: significant,
    hash: hashOf(significant),
    change: { kind: "changed", rows: [], listEdited: false },
    alerts: [],
    occurrence: new Date("2026-11-23T07:00:00Z"),
    force: false,
    now: new Date(MONDAY),
    ...more,
  });
  const decide = (delivered: DeliveryRecord | undefined, more: Partial<NotificationInput> = {}) =>
    decideNotification(inputOf(delivered, more));

  it("is reported when the digest is due, and at no other time: not at first, not at a change, not to newcomers", () => {
    expect(decide(undefined)).toEqual({ notify: false, reason: "occurrence" });
    expect(decide(told)).toEqual({ notify: false, reason: "occurrence" });
    expect(decide(undefined, { digest })).toMatchObject({ notify: true, reason: "digest", seq: 1 });
    expect(decide(told, { digest })).toMatchObject({ notify: true, reason: "digest", seq: 5 });
    expect(decide({ ...told, occurrence: MONDAY }, { digest })).toEqual({ notify: false, reason: "occurrence" });
    expect(decide(told, { force: true })).toMatchObject({ reason: "forced" });
  });

  it("repeats a digest of unknown fate as it was, also when the next one is not due yet; the next one corrects it", () => {
    const sending: Sending = {
      run: "r",
      seq: 5,
      hash: hashOf(significant),
      significant,
      list_digest: "d".repeat(64),
      change: { kind: "changed", rows: [], list_edited: false },
      occurrence: MONDAY,
      episode: null,
      to: ["a@x.org"],
      why: "digest",
      at: MONDAY,
      until: MONDAY,
      tries: 1,
      fate: "unknown",
    };
    const claimed = (digest: Date | undefined, now: string) =>
      decideClaimed({
        ...inputOf(told, { digest }),
        sending,
        clock: { now: new Date(now), runTimeMs: 0, takeOver: false },
        correct: () => ({ kind: "changed", rows: [], listEdited: false }),
      });
    expect(claimed(digest, "2026-11-23T08:10:00Z")).toMatchObject({ notify: false, reason: "waiting" });
    expect(claimed(digest, "2026-11-23T08:20:00Z")).toMatchObject({ reason: "again", seq: 5 });
    expect(claimed(new Date("2026-11-30T08:00:00Z"), "2026-11-30T08:00:00Z")).toMatchObject({
      reason: "correction",
      seq: 6,
    });
  });

  it("owes the digest to who refused it for now", () => {
    const pending = { ...told, pending: ["a@x.org"] };
    expect(decide(pending)).toMatchObject({ reason: "pending", recipients: ["a@x.org"] });
    const base = { lastRun: undefined, channels: ["email"], recipients: ["a@x.org", "new@x.org"] };
    const owed = (delivered: DeliveryRecord, due?: Date) =>
      owes({ ...base, delivered: { email: delivered }, notify_condition: "digest", digest: due });
    expect([owed(told), owed(pending), owed(told, digest), owed({ ...told, occurrence: MONDAY }, digest)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
