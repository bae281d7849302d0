import { describe, expect, it } from "vitest";
import { nextAlerts } from "../../../src/core/notification/alerts.ts";
import { compareResults } from "../../../src/core/notification/change.ts";
import {
  checkOutcome,
  decideNotification,
  type NotificationInput,
  owes,
} from "../../../src/core/notification/decide.ts";
import { type Episode, episodeOf, nextEpisode } from "../../../src/core/notification/episode.ts";
import { lastHash, recordDelivery } from "../../../src/core/notification/record-delivery.ts";
import { hashOf, significantResult } from "../../../src/core/notification/significant.ts";
import type { Alert, DeliveryRecord, LastRun } from "../../../src/core/notification/state.ts";
import { type Facts, reportOf } from "./report.ts";

const DIGEST = "d".repeat(64);
const NOON = new Date("2026-03-02T12:00:00Z");
const OCCURRENCE = new Date("2026-03-02T07:10:00Z");
const DAY = 86_400_000;

interface Situation extends Partial<Omit<NotificationInput, "monitor">> {
  readonly monitor?: Partial<NotificationInput["monitor"]>;
  readonly significance?: Parameters<typeof compareResults>[0]["significance"];
}

function decide(facts: Facts, delivered: DeliveryRecord | undefined, situation: Situation = {}) {
  const report = reportOf(facts);
  const significant = significantResult(report);
  const { significance = {}, monitor, ...rest } = situation;
  const change = compareResults({ previous: delivered, next: significant, report, listDigest: DIGEST, significance });
  return decideNotification({
    delivered,
    significant,
    present: significant,
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
function deliveredOf(
  facts: Facts,
  more: { pending?: readonly string[]; always?: boolean; occurrence?: Date } = {},
): DeliveryRecord {
  const decision = decide(facts, undefined);
  if (!decision.notify) throw new Error("the first check tells");
  return recordDelivery({
    delivered: undefined,
    decision,
    significant: significantResult(reportOf(facts)),
    listDigest: DIGEST,
    occurrence: more.always === true ? (more.occurrence ?? OCCURRENCE) : undefined,
    at: NOON,
    receipt: { ref: "<1@x>", pending: more.pending ?? [] },
  });
}

describe("a monitor with notify_condition on_change", () => {
  it("tells at its first check, also when nothing is short", () => {
    expect(decide({}, undefined)).toMatchObject({ notify: true, reason: "first", seq: 1, change: { kind: "first" } });
  });

  it("does not tell the same hash again", () => {
    expect(decide({ short: { 1: 3 } }, deliveredOf({ short: { 1: 3 } }))).toEqual({
      notify: false,
      reason: "unchanged",
    });
  });

  it("tells a changed hash, with the next number", () => {
    const decision = decide({ short: { 1: 4 } }, deliveredOf({ short: { 1: 3 } }));
    expect(decision).toMatchObject({ notify: true, reason: "changed", seq: 2 });
  });

  it("does not tell what does not count, and compares on with what was told", () => {
    const delivered = deliveredOf({ short: { 1: 100 } });
    const significance = { min_change: "5%" };
    expect(decide({ short: { 1: 104 } }, delivered, { significance })).toMatchObject({ notify: false });
    expect(decide({ short: { 1: 108 } }, delivered, { significance })).toMatchObject({
      notify: true,
      reason: "changed",
    });
  });

  it("does not tell what makes a mail say that all is covered while something short has not settled", () => {
    const delivered = deliveredOf({ short: { 1: 3, 2: 4 } });
    const present = (facts: Facts) => ({ present: significantResult(reportOf(facts)) });
    expect(decide({ short: { 1: 3 } }, delivered, present({}))).toEqual({ notify: false, reason: "unchanged" });
    expect(decide({ short: { 1: 3 } }, delivered, present({ short: { 1: 3 } }))).toMatchObject({ reason: "changed" });
    expect(decide({}, delivered, present({}))).toMatchObject({ reason: "changed" });
  });

  it("tells by force although nothing changed", () => {
    const decision = decide({}, deliveredOf({}), { force: true });
    expect(decision).toMatchObject({ notify: true, reason: "forced", seq: 2, change: { kind: "unchanged" } });
  });
});

describe("a monitor with notify_condition always", () => {
  const always = { notify_condition: "always" } as const;

  it("tells once per occurrence of its cron", () => {
    const delivered = deliveredOf({}, { always: true });
    expect(delivered.occurrence).toBe(OCCURRENCE.toISOString());
    expect(decide({}, delivered, { monitor: always })).toEqual({ notify: false, reason: "occurrence" });
    const next = new Date(OCCURRENCE.getTime() + DAY);
    expect(decide({}, delivered, { monitor: always, occurrence: next })).toMatchObject({
      notify: true,
      reason: "always",
    });
  });

  it("takes an occurrence for the same however it is written", () => {
    const delivered = { ...deliveredOf({}, { always: true }), occurrence: "2026-03-02T08:10:00+01:00" };
    expect(decide({}, delivered, { monitor: always })).toMatchObject({ notify: false });
  });

  it("shows a change that would be too small for on_change", () => {
    const delivered = deliveredOf({ short: { 1: 100 } }, { always: true });
    const occurrence = new Date(OCCURRENCE.getTime() + DAY);
    const significance = { min_change: "50%" };
    const decision = decide({ short: { 1: 101 } }, delivered, { monitor: always, occurrence, significance });
    expect(decision).toMatchObject({ notify: true, change: { kind: "changed", rows: [{ part: 1 }] } });
  });
});

describe("recipients that refused for now", () => {
  const delivered = deliveredOf({ short: { 1: 3 } }, { pending: ["b@x.org"] });

  it("get the same message: number, hash, change and time of it", () => {
    expect(decide({ short: { 1: 3 } }, delivered)).toEqual({
      notify: true,
      reason: "pending",
      recipients: ["b@x.org"],
      seq: 1,
      hash: delivered.hash,
      change: { kind: "first", rows: [], listEdited: false },
      at: NOON,
    });
  });

  it("get the same message also when something that does not count has changed since", () => {
    const decision = decide({ short: { 1: 3 }, build: { 9: 1 } }, delivered);
    expect(decision).toMatchObject({ reason: "pending", hash: delivered.hash, seq: 1 });
  });

  it("get the new message with everybody when something has changed", () => {
    const decision = decide({ short: { 1: 9 } }, delivered);
    expect(decision).toMatchObject({ reason: "changed", seq: 2 });
    expect(decision).not.toHaveProperty("recipients");
  });

  it("are owed nothing once they are off the list", () => {
    expect(decide({ short: { 1: 3 } }, delivered, { monitor: { recipients: ["a@x.org"] } })).toMatchObject({
      notify: false,
    });
  });

  it("are the same however their address is written by now", () => {
    const decision = decide({ short: { 1: 3 } }, delivered, { monitor: { recipients: ["a@x.org", "B@X.org"] } });
    expect(decision).toMatchObject({ reason: "pending", recipients: ["B@X.org"] });
  });

  it("are newcomers too: who never had the answer is owed it, but for those who refused it for good", () => {
    const told = { ...deliveredOf({ short: { 1: 3 } }), to: ["b@x.org"], refused: ["c@x.org"] };
    const decision = decide({ short: { 1: 3 } }, told, { monitor: { recipients: ["B@x.org", "c@x.org", "d@x.org"] } });
    expect(decision).toMatchObject({ reason: "newcomers", recipients: ["d@x.org"], seq: told.seq, hash: told.hash });
    const { to: _to, refused: _refused, ...older } = told;
    expect(decide({ short: { 1: 3 } }, older, { monitor: { recipients: ["d@x.org"] } })).toMatchObject({
      notify: false,
    });
  });

  it("are no longer pending when they have it, and nothing else is touched", () => {
    const decision = decide({ short: { 1: 3 } }, delivered);
    if (!decision.notify) throw new Error("pending is told");
    const { pending: _pending, change: _change, ...rest } = delivered;
    const record = recordDelivery({
      delivered,
      decision,
      significant: significantResult(reportOf({ short: { 1: 3 }, build: { 9: 1 } })),
      listDigest: "e".repeat(64),
      occurrence: undefined,
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
    expect(decide(facts, deliveredOf(facts), { ...remind, alerts, now: later(6) })).toMatchObject({ notify: false });
    const decision = decide(facts, deliveredOf(facts), { ...remind, alerts, now: later(7) });
    expect(decision).toMatchObject({ notify: true, reason: "reminder", seq: 2, change: { kind: "reminder" } });
  });

  it("does not wait another week because the first check started later than the second", () => {
    const weekly = { ...remind.monitor, cron_schedule: "10 7 * * 1", timezone: "Europe/Berlin" };
    const delivered = { ...deliveredOf(facts), at: "2026-03-23T06:40:00.000Z" };
    const decided = (occurrence: string, now: string) =>
      decide(facts, delivered, { monitor: weekly, alerts, occurrence: new Date(occurrence), now: new Date(now) })
        .reason;
    expect(decided("2026-03-23T06:10:00Z", "2026-03-30T05:09:00Z")).toBe("unchanged");
    // The clocks were set on in between: the week has 167 hours.
    expect(decided("2026-03-30T05:10:00Z", "2026-03-30T05:11:00Z")).toBe("reminder");
    const byHand = { ...delivered, at: "2026-03-23T20:00:00.000Z" };
    const monitor = { ...weekly, cron_schedule: "10 7 * * *" };
    const next = { occurrence: new Date("2026-03-30T05:10:00Z"), now: new Date("2026-03-30T05:11:00Z") };
    expect(decide(facts, byHand, { monitor, alerts, ...next }).reason).toBe("unchanged");
  });

  it("does not when all that is short is acknowledged", () => {
    const acknowledged = alerts.map((alert): Alert => (alert.part === 1 ? { ...alert, state: "acknowledged" } : alert));
    expect(decide(facts, deliveredOf(facts), { ...remind, alerts: acknowledged, now: later(9) })).toMatchObject({
      notify: false,
    });
  });

  it("does not of a part that is covered by now and has only not settled yet", () => {
    const covered = nextAlerts({ alerts, report: reportOf({}), now: later(7), timezone: "UTC" });
    expect(decide(facts, deliveredOf(facts), { ...remind, alerts: covered, now: later(9) })).toMatchObject({
      notify: false,
    });
  });

  it("does not when nothing is short, whatever is critical", () => {
    const calm = { critical: { 2: 1 } };
    expect(decide(calm, deliveredOf(calm), { ...remind, now: later(9) })).toMatchObject({ notify: false });
  });
});

describe("last_hash", () => {
  const delivered = { email: deliveredOf({ short: { 1: 3 } }), issue: deliveredOf({}) };

  it("is that of email if the monitor has recipients, else of its first channel", () => {
    const channels = ["issue", "email"];
    expect(lastHash({ delivered, recipients: ["a@x.org"], channels })).toBe(delivered.email.hash);
    expect(lastHash({ delivered, recipients: [], channels })).toBe(delivered.issue.hash);
    expect(lastHash({ delivered: { issue: delivered.issue }, recipients: ["a@x.org"], channels })).toBeNull();
  });
});

describe("an episode", () => {
  const at = NOON;
  const short = significantResult(reportOf({ short: { 1: 1 } }));
  const calm = significantResult(reportOf({ critical: { 1: 1 } }));
  const first: Episode = { number: 1, open: true, since: NOON.toISOString() };

  it("runs from the first telling with something short to the first without, and the next has the next number", () => {
    expect(nextEpisode({ episode: null, significant: calm, at })).toEqual({ delivered: null, stored: null });
    expect(nextEpisode({ episode: null, significant: short, at })).toEqual({ delivered: first, stored: first });
    expect(nextEpisode({ episode: first, significant: short, at })).toEqual({ delivered: first, stored: first });
    const ended = { ...first, open: false, until: NOON.toISOString() };
    expect(nextEpisode({ episode: first, significant: calm, at })).toEqual({ delivered: ended, stored: ended });
    expect(nextEpisode({ episode: ended, significant: calm, at })).toEqual({ delivered: null, stored: ended });
    expect(nextEpisode({ episode: ended, significant: short, at }).stored).toEqual({ ...first, number: 2 });
  });

  it("is the one of the message that is told again", () => {
    const ended = { ...first, open: false, until: NOON.toISOString() };
    const last = deliveredOf({});
    expect(episodeOf(last, ended)).toEqual(ended);
    expect(episodeOf({ ...last, at: "2026-03-05T12:00:00.000Z" }, ended)).toBeNull();
    expect(episodeOf(deliveredOf({ short: { 1: 1 } }), first)).toEqual(first);
  });
});

describe("what is owed", () => {
  const run = (outcome: LastRun["outcome"], kind?: "mail" | "inventree"): LastRun => ({
    started_at: NOON.toISOString(),
    finished_at: NOON.toISOString(),
    outcome,
    ...(kind === undefined ? {} : { error: { kind, retryable: true, message: "m" } }),
  });
  const base = {
    delivered: {},
    lastRun: undefined,
    channels: ["email"],
    recipients: ["b@x.org"],
    notify_condition: "on_change",
  } as const;

  it.each([
    ["nothing to a monitor that was told", { lastRun: run("notified") }, false],
    ["a channel that failed beside another", { lastRun: run("partly_notified") }, true],
    ["a mail that failed", { lastRun: run("failed", "mail") }, true],
    ["a pending recipient", { delivered: { email: deliveredOf({}, { pending: ["b@x.org"] }) } }, true],
    ["nothing to a former recipient", { delivered: { email: deliveredOf({}, { pending: ["old@x.org"] }) } }, false],
    ["nothing to a channel that is switched off", { lastRun: run("failed", "mail"), channels: [] }, false],
  ] as const)("is %s", (_what, situation, owed) => {
    expect(owes({ ...base, ...situation })).toBe(owed);
  });

  it("follows from what the channels answered", () => {
    expect(checkOutcome([])).toBe("unchanged");
    expect(checkOutcome(["accepted", "accepted"])).toBe("notified");
    expect(checkOutcome(["accepted", "failed"])).toBe("partly_notified");
    expect(checkOutcome(["failed"])).toBe("failed");
  });
});
