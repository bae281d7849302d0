import { describe, expect, it } from "vitest";
import { decideNotification, owes } from "../../../src/core/notification/decide.ts";
import { applyDelta, EMPTY_STATE } from "../../../src/core/notification/merge.ts";
import { recordDelivery } from "../../../src/core/notification/record-delivery.ts";
import { hashOf, significantResult } from "../../../src/core/notification/significant.ts";
import type { DeliveryRecord } from "../../../src/core/notification/state.ts";
import { reportOf } from "./report.ts";

const NOW = new Date("2026-03-02T09:00:00.000Z");
const minutesOn = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const significant = significantResult(reportOf({ short: { 4: 5 } }));
const monitor = {
  notify_condition: "on_change",
  remind_after_ms: null,
  recipients: ["a@x.org", "b@x.org", "c@x.org"],
  cron_schedule: "10 7 * * *",
  timezone: "UTC",
} as const;

function decide(delivered: DeliveryRecord | undefined, now: Date, takeOver = false) {
  return decideNotification({
    monitor,
    delivered,
    significant,
    present: significant,
    hash: hashOf(significant),
    change: { kind: delivered === undefined ? "first" : "unchanged", rows: [], listEdited: false },
    alerts: [],
    occurrence: undefined,
    force: false,
    now: NOW,
    clock: { now, takeOver },
  });
}

type Receipt = Pick<Parameters<typeof recordDelivery>[0]["receipt"], "to" | "pending" | "doubtful">;

function sent(delivered: DeliveryRecord | undefined, now: Date, receipt: Receipt): DeliveryRecord {
  const decision = decide(delivered, now);
  if (!decision.notify) throw new Error("nobody is owed anything");
  const base = { delivered, decision, significant, listDigest: "d", occurrence: undefined, at: NOW };
  return recordDelivery({ ...base, receipt: { ref: "<1@x>", ...receipt } });
}

const doubt = (tries: number, minutes = 0) => ({ "b@x.org": { tries, until: minutesOn(minutes).toISOString() } });
const first = sent(undefined, NOW, { to: ["a@x.org"], pending: ["c@x.org"], doubtful: doubt(1) });

describe("somebody of whom nobody knows whether they have a message that others have", () => {
  it("is sent it again in their own time, while who certainly has not got it is owed it at once", () => {
    expect(decide(first, minutesOn(14))).toMatchObject({ reason: "pending", recipients: ["c@x.org"] });
    expect(decide(first, minutesOn(14), true)).toMatchObject({ recipients: ["c@x.org", "b@x.org"] });
    expect(decide(first, minutesOn(16))).toMatchObject({ reason: "pending", recipients: ["c@x.org", "b@x.org"] });
    const rest = sent(first, minutesOn(14), { to: ["c@x.org"], pending: [] });
    expect(rest).toMatchObject({ to: ["a@x.org", "c@x.org"], doubtful: doubt(1), change: { kind: "first" } });
    expect(decide(rest, minutesOn(14))).toMatchObject({ notify: false });
    const of = { delivered: { email: rest }, lastRun: undefined, channels: ["email"], ...monitor };
    expect(owes(of)).toBe(true);
    const twice = sent(rest, minutesOn(16), { to: [], pending: [], doubtful: doubt(2, 16) });
    expect(decide(twice, minutesOn(16 + 59))).toMatchObject({ notify: false });
    expect(decide(twice, minutesOn(16 + 61))).toMatchObject({ recipients: ["b@x.org"], change: { kind: "first" } });
    const done = sent(twice, minutesOn(80), { to: ["b@x.org"], pending: [] });
    expect(done).toMatchObject({ to: ["a@x.org", "b@x.org", "c@x.org"] });
    expect(done).not.toHaveProperty("doubtful");
    expect(done).not.toHaveProperty("change");
    expect(owes({ ...of, delivered: { email: done } })).toBe(false);
  });

  it("counts as having it after five repeats", () => {
    const rest = sent(first, minutesOn(14), { to: ["c@x.org"], pending: [] });
    const last = sent(rest, minutesOn(20), { to: [], pending: [], doubtful: doubt(6, 20) });
    expect(last).toMatchObject({ to: ["a@x.org", "b@x.org", "c@x.org"] });
    expect(decide(last, minutesOn(100_000))).toMatchObject({ notify: false });
  });

  it("stays so when two runs have a word on the same message, unless one of them has reached them", () => {
    const state = (email: DeliveryRecord) => ({
      monitors: { board: { name: "Board", delivered: { email } } },
      runs: {},
      system: {},
      removed: [],
    });
    const one = applyDelta(EMPTY_STATE, state(first));
    expect(applyDelta(one, state(first)).monitors.board?.delivered.email).toEqual(first);
    const reached = sent(first, minutesOn(16), { to: ["b@x.org"], pending: ["c@x.org"] });
    for (const [before, later] of [[first, reached] as const, [reached, first] as const]) {
      const both = applyDelta(applyDelta(EMPTY_STATE, state(before)), state(later)).monitors.board?.delivered.email;
      expect(both).toEqual(reached);
    }
  });
});
