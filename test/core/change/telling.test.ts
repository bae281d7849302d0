import { describe, expect, it } from "vitest";
import { nextAlerts } from "../../../src/core/telling/alerts.ts";
import { compare } from "../../../src/core/telling/change.ts";
import { hashOf, significantResult } from "../../../src/core/telling/significant.ts";
import type { Alert, DeliveryRecord, Episode, LastRun } from "../../../src/core/telling/state.ts";
import {
  decideTelling,
  episodeOf,
  lastHash,
  nextEpisode,
  outcomeOf,
  owes,
  recordTold,
  type TellingQuestion,
} from "../../../src/core/telling/telling.ts";
import { type Facts, reportOf } from "./report.ts";

const DIGEST = "d".repeat(64);
const NOON = new Date("2026-03-02T12:00:00Z");
const OCCURRENCE = new Date("2026-03-02T07:10:00Z");
const DAY = 86_400_000;

interface Situation extends Partial<Omit<TellingQuestion, "monitor">> {
  readonly monitor?: Partial<TellingQuestion["monitor"]>;
  readonly significance?: Parameters<typeof compare>[0]["significance"];
}

function decide(facts: Facts, told: DeliveryRecord | undefined, situation: Situation = {}) {
  const report = reportOf(facts);
  const significant = significantResult(report);
  const { significance = {}, monitor, ...rest } = situation;
  const change = compare({ previous: told, next: significant, report, listDigest: DIGEST, significance });
  return decideTelling({
    told,
    significant,
    hash: hashOf(significant),
    change,
    alerts: [],
    occurrence: OCCURRENCE,
    force: false,
    now: NOON,
    ...rest,
    monitor: {
      notify_condition: "on_change",
      remind_after_ms: null,
      recipients: ["a@x.org", "b@x.org"],
      cron_schedule: "10 7 * * *",
      timezone: "UTC",
      ...monitor,
    },
  });
}

/** What stands in state after a telling of these facts was accepted. */
function toldOf(
  facts: Facts,
  more: { pending?: readonly string[]; always?: boolean; occurrence?: Date } = {},
): DeliveryRecord {
  const decision = decide(facts, undefined);
  if (!decision.tell) throw new Error("the first check tells");
  return recordTold({
    told: undefined,
    decision,
    significant: significantResult(reportOf(facts)),
    listDigest: DIGEST,
    notifyCondition: more.always === true ? "always" : "on_change",
    occurrence: more.occurrence ?? OCCURRENCE,
    at: NOON,
    receipt: { ref: "<1@x>", pending: more.pending ?? [] },
  });
}

describe("a monitor with notify_condition on_change", () => {
  it("tells at its first check, also when nothing is short", () => {
    expect(decide({}, undefined)).toMatchObject({ tell: true, reason: "first", seq: 1, change: { kind: "first" } });
  });

  it("does not tell the same hash again", () => {
    expect(decide({ short: { 1: 3 } }, toldOf({ short: { 1: 3 } }))).toEqual({ tell: false, reason: "told" });
  });

  it("tells a changed hash, with the next number", () => {
    const decision = decide({ short: { 1: 4 } }, toldOf({ short: { 1: 3 } }));
    expect(decision).toMatchObject({ tell: true, reason: "changed", seq: 2 });
  });

  it("does not tell what does not count, and compares on with what was told", () => {
    const told = toldOf({ short: { 1: 100 } });
    const significance = { min_change: "5%" };
    expect(decide({ short: { 1: 104 } }, told, { significance })).toMatchObject({ tell: false });
    expect(decide({ short: { 1: 108 } }, told, { significance })).toMatchObject({ tell: true, reason: "changed" });
  });

  it("tells by force although nothing changed", () => {
    const decision = decide({}, toldOf({}), { force: true });
    expect(decision).toMatchObject({ tell: true, reason: "forced", seq: 2, change: { kind: "unchanged" } });
  });
});

describe("a monitor with notify_condition always", () => {
  const always = { notify_condition: "always" } as const;

  it("tells once per occurrence of its cron", () => {
    const told = toldOf({}, { always: true });
    expect(told.occurrence).toBe(OCCURRENCE.toISOString());
    expect(decide({}, told, { monitor: always })).toEqual({ tell: false, reason: "occurrence" });
    const next = new Date(OCCURRENCE.getTime() + DAY);
    expect(decide({}, told, { monitor: always, occurrence: next })).toMatchObject({ tell: true, reason: "always" });
  });

  it("takes an occurrence for the same however it is written", () => {
    const told = { ...toldOf({}, { always: true }), occurrence: "2026-03-02T08:10:00+01:00" };
    expect(decide({}, told, { monitor: always })).toMatchObject({ tell: false });
  });

  it("shows a change that would be too small for on_change", () => {
    const told = toldOf({ short: { 1: 100 } }, { always: true });
    const occurrence = new Date(OCCURRENCE.getTime() + DAY);
    const significance = { min_change: "50%" };
    const decision = decide({ short: { 1: 101 } }, told, { monitor: always, occurrence, significance });
    expect(decision).toMatchObject({ tell: true, change: { kind: "changed", rows: [{ part: 1 }] } });
  });
});

describe("recipients that refused for now", () => {
  const told = toldOf({ short: { 1: 3 } }, { pending: ["b@x.org"] });

  it("get the same message: number, hash, change and time of it", () => {
    expect(decide({ short: { 1: 3 } }, told)).toEqual({
      tell: true,
      reason: "pending",
      recipients: ["b@x.org"],
      seq: 1,
      hash: told.hash,
      change: { kind: "first", rows: [], listEdited: false },
      at: NOON,
    });
  });

  it("get the same message also when something that does not count has changed since", () => {
    const decision = decide({ short: { 1: 3 }, build: { 9: 1 } }, told);
    expect(decision).toMatchObject({ reason: "pending", hash: told.hash, seq: 1 });
  });

  it("get the new message with everybody when something has changed", () => {
    const decision = decide({ short: { 1: 9 } }, told);
    expect(decision).toMatchObject({ reason: "changed", seq: 2 });
    expect(decision).not.toHaveProperty("recipients");
  });

  it("are owed nothing once they are off the list", () => {
    expect(decide({ short: { 1: 3 } }, told, { monitor: { recipients: ["a@x.org"] } })).toMatchObject({ tell: false });
  });

  it("are no longer pending when they have it, and nothing else is touched", () => {
    const decision = decide({ short: { 1: 3 } }, told);
    if (!decision.tell) throw new Error("pending is told");
    const { pending: _pending, change: _change, ...rest } = told;
    const record = recordTold({
      told,
      decision,
      significant: significantResult(reportOf({ short: { 1: 3 }, build: { 9: 1 } })),
      listDigest: "e".repeat(64),
      notifyCondition: "on_change",
      occurrence: OCCURRENCE,
      at: new Date(NOON.getTime() + DAY),
      receipt: { ref: "<1@x>", pending: [] },
    });
    expect(record).toEqual(rest);
  });
});

describe("remind_after", () => {
  const facts: Facts = { short: { 1: 3 }, critical: { 2: 1 } };
  const remind = { monitor: { remind_after_ms: 7 * DAY } };
  const later = (days: number) => new Date(NOON.getTime() + days * DAY);
  const alerts = nextAlerts({ alerts: [], report: reportOf(facts), now: NOON, timezone: "UTC" });

  it("tells again after that long while something is short", () => {
    expect(decide(facts, toldOf(facts), { ...remind, alerts, now: later(6) })).toMatchObject({ tell: false });
    const decision = decide(facts, toldOf(facts), { ...remind, alerts, now: later(7) });
    expect(decision).toMatchObject({ tell: true, reason: "reminder", seq: 2, change: { kind: "reminder" } });
  });

  it("does not wait another week because the first check started later than the second", () => {
    const weekly = { ...remind.monitor, cron_schedule: "10 7 * * 1", timezone: "Europe/Berlin" };
    const told = { ...toldOf(facts), at: "2026-03-23T06:40:00.000Z" };
    const decided = (occurrence: string, now: string) =>
      decide(facts, told, { monitor: weekly, alerts, occurrence: new Date(occurrence), now: new Date(now) }).reason;
    expect(decided("2026-03-23T06:10:00Z", "2026-03-30T05:09:00Z")).toBe("told");
    // The clocks were set on in between: the week has 167 hours.
    expect(decided("2026-03-30T05:10:00Z", "2026-03-30T05:11:00Z")).toBe("reminder");
    const byHand = { ...told, at: "2026-03-23T20:00:00.000Z" };
    const monitor = { ...weekly, cron_schedule: "10 7 * * *" };
    const next = { occurrence: new Date("2026-03-30T05:10:00Z"), now: new Date("2026-03-30T05:11:00Z") };
    expect(decide(facts, byHand, { monitor, alerts, ...next }).reason).toBe("told");
  });

  it("does not when all that is short is acknowledged", () => {
    const acknowledged = alerts.map((alert): Alert => (alert.part === 1 ? { ...alert, state: "acknowledged" } : alert));
    expect(decide(facts, toldOf(facts), { ...remind, alerts: acknowledged, now: later(9) })).toMatchObject({
      tell: false,
    });
  });

  it("does not when nothing is short, whatever is critical", () => {
    const calm = { critical: { 2: 1 } };
    expect(decide(calm, toldOf(calm), { ...remind, now: later(9) })).toMatchObject({ tell: false });
  });
});

describe("last_hash", () => {
  const told = { email: toldOf({ short: { 1: 3 } }), issue: toldOf({}) };

  it("is that of email if the monitor has recipients, else of its first channel", () => {
    const channels = ["issue", "email"];
    expect(lastHash({ delivered: told, recipients: ["a@x.org"], channels })).toBe(told.email.hash);
    expect(lastHash({ delivered: told, recipients: [], channels })).toBe(told.issue.hash);
    expect(lastHash({ delivered: { issue: told.issue }, recipients: ["a@x.org"], channels })).toBeNull();
  });
});

describe("an episode", () => {
  const at = NOON;
  const short = significantResult(reportOf({ short: { 1: 1 } }));
  const calm = significantResult(reportOf({ critical: { 1: 1 } }));
  const first: Episode = { number: 1, open: true, since: NOON.toISOString() };

  it("runs from the first telling with something short to the first without, and the next has the next number", () => {
    expect(nextEpisode({ episode: null, significant: calm, at })).toEqual({ told: null, stored: null });
    expect(nextEpisode({ episode: null, significant: short, at })).toEqual({ told: first, stored: first });
    expect(nextEpisode({ episode: first, significant: short, at })).toEqual({ told: first, stored: first });
    const ended = { ...first, open: false, until: NOON.toISOString() };
    expect(nextEpisode({ episode: first, significant: calm, at })).toEqual({ told: ended, stored: ended });
    expect(nextEpisode({ episode: ended, significant: calm, at })).toEqual({ told: null, stored: ended });
    expect(nextEpisode({ episode: ended, significant: short, at }).stored).toEqual({ ...first, number: 2 });
  });

  it("is the one of the message that is told again", () => {
    const ended = { ...first, open: false, until: NOON.toISOString() };
    const last = toldOf({});
    expect(episodeOf(last, ended)).toEqual(ended);
    expect(episodeOf({ ...last, at: "2026-03-05T12:00:00.000Z" }, ended)).toBeNull();
    expect(episodeOf(toldOf({ short: { 1: 1 } }), first)).toEqual(first);
  });
});

describe("what is owed", () => {
  const run = (outcome: LastRun["outcome"], kind?: "mail" | "inventree"): LastRun => ({
    started_at: NOON.toISOString(),
    finished_at: NOON.toISOString(),
    outcome,
    ...(kind === undefined ? {} : { error: { kind, retryable: true, message: "m" } }),
  });
  const base = { delivered: {}, lastRun: undefined, channels: ["email"], recipients: ["b@x.org"] };

  it.each([
    ["nothing to a monitor that was told", { lastRun: run("notified") }, false],
    ["a channel that failed beside another", { lastRun: run("partly_notified") }, true],
    ["a mail that failed", { lastRun: run("failed", "mail") }, true],
    ["a pending recipient", { delivered: { email: toldOf({}, { pending: ["b@x.org"] }) } }, true],
    ["nothing to a former recipient", { delivered: { email: toldOf({}, { pending: ["old@x.org"] }) } }, false],
    ["nothing to a channel that is switched off", { lastRun: run("failed", "mail"), channels: [] }, false],
  ] as const)("is %s", (_what, situation, owed) => {
    expect(owes({ ...base, ...situation })).toBe(owed);
  });

  it("follows from what the channels answered", () => {
    expect(outcomeOf([])).toBe("unchanged");
    expect(outcomeOf(["accepted", "accepted"])).toBe("notified");
    expect(outcomeOf(["accepted", "failed"])).toBe("partly_notified");
    expect(outcomeOf(["failed"])).toBe("failed");
  });
});
