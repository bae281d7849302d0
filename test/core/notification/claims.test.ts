import { describe, expect, it } from "vitest";
import {
  CLAIM_AFTER_RUN_MS,
  channelMark,
  claimStatus,
  correction,
  monitorMark,
  nextSeq,
  repeatedAt,
} from "../../../src/core/notification/claims.ts";
import { noticeClaim } from "../../../src/core/notification/incidents.ts";
import { applyDelta, EMPTY_DELTA, EMPTY_STATE } from "../../../src/core/notification/merge.ts";
import type { Sending } from "../../../src/core/notification/sending.ts";
import { hashOf, significantResult } from "../../../src/core/notification/significant.ts";
import type { DeliveryRecord, MonitorDelta, StateFiles } from "../../../src/core/notification/state.ts";
import { reportOf } from "./report.ts";

const NOW = new Date("2026-03-02T09:00:00.000Z");
const MINUTE = 60_000;
const clock = { now: NOW, runTimeMs: 12 * MINUTE, takeOver: false };
const later = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE).toISOString();
type Facts = Parameters<typeof reportOf>[0];

function claim(facts: Facts, more: Partial<Sending> = {}): Sending {
  const significant = significantResult(reportOf(facts));
  return {
    run: "a".repeat(32),
    seq: 2,
    hash: hashOf(significant),
    significant,
    list_digest: "d",
    change: { kind: "changed", rows: [], list_edited: false },
    episode: null,
    to: ["x@example.com"],
    why: "changed",
    at: "2026-03-02T08:10:00.000Z",
    until: later(10),
    tries: 1,
    ...more,
  };
}

function record(facts: Facts, more: Partial<DeliveryRecord> = {}): DeliveryRecord {
  const significant = significantResult(reportOf(facts));
  const base = { hash: hashOf(significant), significant, seq: 1, at: "2026-03-02T07:10:00.000Z", ref: "<1@x>" };
  return { ...base, list_digest: "d", ...more };
}

describe("a claim", () => {
  const limit = clock.runTimeMs / MINUTE + CLAIM_AFTER_RUN_MS / MINUTE;

  it.each([
    ["runs for 10 minutes more", later(10), {}, "live"],
    ["has just run out: clocks may differ by two minutes", later(-1.9), {}, "live"],
    ["ran out two minutes ago", later(-2.1), {}, "unknown"],
    ["was written by a clock that is far ahead", later(limit + 2.1), {}, "unknown"],
    ["is as long as any may be", later(limit + 1.9), {}, "live"],
    ["is of a run that gives itself an hour", later(63), { run_time: 3_600 }, "live"],
    ["is of a run that gives itself an hour, by a clock that is far ahead", later(67), { run_time: 3_600 }, "unknown"],
    ["is of a run that gives itself a minute, by a clock that is far ahead", later(8), { run_time: 60 }, "unknown"],
    ["has ended without an answer", later(10), { fate: "unknown" }, "unknown"],
  ] as const)("that %s", (_what, until, more, kind) => {
    expect(claimStatus(claim({}, { until, ...more }), clock).kind).toBe(kind);
  });

  it("of a dead run is taken over when somebody says so", () => {
    expect(claimStatus(claim({}), { ...clock, takeOver: true }).kind).toBe("unknown");
    expect(claimStatus(undefined, clock)).toEqual({ kind: "none" });
  });

  it("is repeated after 15 minutes, an hour, six hours, then daily, five times", () => {
    const waits = [1, 2, 3, 4, 5, 6].map((tries) => {
      const at = repeatedAt({ until: NOW.toISOString(), tries, fate: "unknown" });
      return at === null ? null : (at.getTime() - NOW.getTime()) / MINUTE;
    });
    expect(waits).toEqual([15, 60, 360, 1440, 1440, null]);
    // Of a run that has died, the time of its claim was wait enough.
    expect(repeatedAt({ until: NOW.toISOString(), tries: 1 })).toEqual(NOW);
    // By a clock that is a day ahead.
    for (const fate of [{}, { fate: "unknown" }] as const)
      expect(repeatedAt({ until: later(1_440), tries: 1, ...fate }, NOW)).toEqual(NOW);
  });

  it("bears the next number of all that is known", () => {
    const heard = { seq: 7, hash: "h", at: later(0), significant: claim({}).significant, list_digest: "d" };
    expect(nextSeq(record({}, { seq: 4 }), claim({}, { seq: 5, also: [heard] }))).toBe(8);
    expect(nextSeq(undefined, undefined)).toBe(1);
  });
});

describe("a correction", () => {
  const correct = (now: Facts, delivered: Facts | undefined, claimed: readonly Facts[]) => {
    const report = reportOf(now);
    const next = significantResult(report);
    const known = delivered === undefined ? undefined : record(delivered);
    const unknown = claimed.map((facts, index) => claim(facts, { at: later(index) }));
    const comparison = { next, report, listDigest: "d", significance: {}, hash: hashOf(next) };
    const change = correction(comparison, { delivered: known, unknown });
    return { kind: change.kind, corrects: change.corrects, rows: change.rows.map(({ sort, now: n }) => [sort, n]) };
  };

  it.each([
    ["new whatever they heard", { short: { 1: 5 } }, {}, [{}], [["new", 5]]],
    [
      "short again, though perhaps said to be covered",
      { short: { 1: 5 } },
      { short: { 1: 5 } },
      [{}],
      [["corrected", 5]],
    ],
    ["covered, though perhaps said to be short", {}, {}, [{ short: { 1: 5 } }], [["corrected", null]]],
    ["covered, and short in all that they heard", {}, { short: { 1: 5 } }, [{ short: { 1: 5 } }], [["resolved", null]]],
    [
      "between what they may have heard",
      { short: { 1: 5 } },
      { short: { 1: 9 } },
      [{ short: { 1: 1 } }],
      [["corrected", 5]],
    ],
    ["covered, though perhaps nothing was ever said", {}, undefined, [{ short: { 1: 5 } }], [["corrected", null]]],
    ["worse than both, by as much", { short: { 1: 9 } }, { short: { 1: 5 } }, [{ short: { 1: 5 } }], [["worsened", 9]]],
  ] as const)("says what is %s", (_what, now, delivered, claimed, rows) => {
    expect(correct(now, delivered, claimed).rows).toEqual(rows);
  });

  it("names the messages that may have said otherwise, and no other", () => {
    expect(correct({ short: { 1: 5 } }, {}, [{}, { short: { 1: 5 } }]).corrects).toEqual([later(0)]);
    expect(correct({}, undefined, [{ short: { 1: 5 } }])).toMatchObject({ kind: "first", corrects: [later(0)] });
  });
});

describe("claims on the branch", () => {
  const step = (files: StateFiles, delta: Partial<MonitorDelta>) =>
    applyDelta(files, { ...EMPTY_DELTA, monitors: { board: { name: "Board", delivered: {}, ...delta } } });
  const mine = claim({ short: { 1: 5 } }, { run: "1".repeat(32), seq: 1 });
  const theirs = claim({ short: { 1: 5 } }, { run: "2".repeat(32), seq: 1 });
  const unread = channelMark(undefined, undefined);
  const claimed = (sending: Sending, mark = unread) => ({ claims: { email: { sending, after: mark } } });
  const sendingOf = (files: StateFiles) => files.monitors.board?.sending?.email;

  it("keep a list that is to be forgotten as it was read before", () => {
    const before = step(EMPTY_STATE, {});
    const removedAs = { board: monitorMark(before.monitors.board) };
    const forget = { ...EMPTY_DELTA, removed: ["board"], removedAs };
    expect(applyDelta(before, forget)).toEqual(EMPTY_STATE);
    const since = step(before, claimed(mine));
    expect(applyDelta(since, forget)).toEqual(since);
  });

  it("are of the first who comes; the second finds the channel moved", () => {
    const both = step(step(EMPTY_STATE, claimed(mine)), claimed(theirs));
    expect(sendingOf(both)?.run).toBe(mine.run);
    // Its own answer was lost: written twice, it stays its own.
    expect(step(both, claimed(mine))).toEqual(both);
  });

  it("go when they were accepted, and when they were certainly not sent", () => {
    const standing = step(EMPTY_STATE, { ...claimed(mine), born: "ab".repeat(8) });
    const delivered = step(standing, {
      settled: { email: { kind: "delivered", sending: mine } },
      delivered: { email: record({ short: { 1: 5 } }) },
    });
    expect(delivered.monitors.board).toMatchObject({ born: "ab".repeat(8), delivered: { email: { seq: 1 } } });
    expect(sendingOf(delivered)).toBeUndefined();
    const released = step(standing, { settled: { email: { kind: "not_sent", sending: mine } } });
    expect(released.monitors.board).toMatchObject({ delivered: {} });
    expect(sendingOf(released)).toBeUndefined();
  });

  it("of unknown fate stay, and may be claimed anew as they were read", () => {
    const lost = { ...mine, until: NOW.toISOString(), fate: "unknown" } as const;
    const standing = step(step(EMPTY_STATE, claimed(mine)), { settled: { email: { kind: "unknown", sending: lost } } });
    expect(sendingOf(standing)).toEqual(lost);
    expect(sendingOf(step(standing, claimed(theirs)))?.run).toBe(mine.run);
    expect(sendingOf(step(standing, claimed(theirs, channelMark(undefined, lost))))?.run).toBe(theirs.run);
  });

  it("that were taken over meanwhile count as heard", () => {
    const other = { ...claim({ short: { 1: 9 } }), run: theirs.run, seq: 2 };
    const over = step(step(EMPTY_STATE, claimed(mine)), claimed(other, channelMark(undefined, mine)));
    const late = {
      settled: { email: { kind: "delivered", sending: mine } },
      delivered: { email: record({}) },
    } as const;
    const files = step(over, late);
    expect(files.monitors.board?.delivered).toEqual({});
    expect(sendingOf(files)?.also).toMatchObject([{ seq: 1, hash: mine.hash }]);
    expect(step(files, late)).toEqual(files);
    // And where nothing stands any more, what was sent is of unknown fate.
    expect(sendingOf(step(EMPTY_STATE, late))).toMatchObject({ run: mine.run, fate: "unknown" });
  });

  it("that repeat or correct something leave it unknown when they were not sent", () => {
    const old = claim({ short: { 1: 9 } }, { seq: 1, fate: "unknown", until: NOW.toISOString(), tries: 2 });
    const next = { ...theirs, seq: 2 };
    const standing = step(step(EMPTY_STATE, claimed(old)), claimed(next, channelMark(undefined, old)));
    const word = { settled: { email: { kind: "not_sent", sending: next, before: old } } } as const;
    expect(sendingOf(step(standing, word))).toEqual(old);
    expect(step(step(standing, word), word)).toEqual(step(standing, word));
  });

  it("that were sent often enough count as heard, once", () => {
    const old = claim({ short: { 1: 9 } }, { seq: 1, fate: "unknown", tries: 6 });
    const standing = step(EMPTY_STATE, claimed(old));
    const word = {
      settled: { email: { kind: "gave_up", sending: old } },
      delivered: { email: record({ short: { 1: 9 } }) },
    } as const;
    const heard = step(standing, word);
    expect(heard.monitors.board).toMatchObject({ delivered: { email: { hash: old.hash } } });
    expect(sendingOf(heard)).toBeUndefined();
    // Somebody else has settled it meanwhile.
    expect(step(EMPTY_STATE, word).monitors.board?.delivered).toEqual({});
  });

  it("of notices to the admins are made like those of lists", () => {
    const news = { kind: "opened", channel: "email", cause: "down" } as const;
    const given = { run: "r", at: later(0), until: new Date(later(16)), clock };
    const incident = { since: later(-60), cause: "down", opened: {} };
    const first = noticeClaim(news, { ...given, incident });
    expect(first?.sending).toMatchObject({ kind: "opened", seq: 1, tries: 1 });
    if (first === null) return;
    const live = { ...incident, seq: 1, sending: { email: first.sending } };
    expect(noticeClaim(news, { ...given, incident: live })).toBeNull();
    const lost = { ...live, sending: { email: { ...first.sending, until: later(-20), fate: "unknown" } } } as const;
    expect(noticeClaim(news, { ...given, incident: lost })?.sending).toMatchObject({ seq: 1, tries: 2 });
    expect(noticeClaim({ ...news, kind: "resolved" }, { ...given, incident: lost })?.sending).toMatchObject({ seq: 2 });
  });
});
