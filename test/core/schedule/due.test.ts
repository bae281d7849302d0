import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Due, type DueInput, due, latestBefore, occurrencesBetween } from "../../../src/core/schedule/schedule.ts";
import { cases } from "../../support/cases.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const weekdays: DueInput = {
  cron: "10 7 * * 1-5",
  timezone: "Europe/Berlin",
  lastRun: { scheduled_for: "2026-11-19T06:10:00.000Z", outcome: "unchanged" },
  owes: false,
  maxLatenessMs: null,
  now: new Date("2026-11-20T06:10:00Z"),
};

function dueFor(change: Partial<DueInput>): Due {
  return due({ ...weekdays, ...change });
}

describe("a check happens at the time that the cron says, in its zone", () => {
  test("at ten past seven in Berlin it is due, a second before it is not", () => {
    expect(dueFor({})).toEqual({ kind: "due", reason: "occurrence", scheduledFor: "2026-11-20T06:10:00.000Z" });
    expect(dueFor({ now: new Date("2026-11-20T06:09:59Z") })).toEqual({
      kind: "not_due",
      next: "2026-11-20T06:10:00.000Z",
    });
  });

  test("ten past seven in New York is six hours later", () => {
    expect(
      dueFor({ timezone: "America/New_York", lastRun: { scheduled_for: "2026-11-19T12:10:00Z", outcome: "notified" } }),
    ).toEqual({
      kind: "not_due",
      next: "2026-11-20T12:10:00.000Z",
    });
  });

  test("what has been checked is not due again, however often something wakes the process", () => {
    const lastRun = { scheduled_for: "2026-11-20T06:10:00.000Z", outcome: "notified" } as const;
    expect(dueFor({ lastRun, now: new Date("2026-11-20T06:10:00Z") })).toMatchObject({ kind: "not_due" });
    expect(dueFor({ lastRun, now: new Date("2026-11-22T23:00:00Z") })).toEqual({
      kind: "not_due",
      next: "2026-11-23T06:10:00.000Z",
    });
  });

  test("a trigger that comes hours late still finds it due", () => {
    expect(dueFor({ now: new Date("2026-11-20T11:47:12Z") })).toEqual({
      kind: "due",
      reason: "occurrence",
      scheduledFor: "2026-11-20T06:10:00.000Z",
    });
  });
});

test("however many occurrences were missed, they are one check, for the latest of them", () => {
  const lastRun = { scheduled_for: "2021-03-01T06:10:00.000Z", outcome: "unchanged" } as const;
  expect(dueFor({ lastRun, now: new Date("2026-11-22T12:00:00Z") })).toEqual({
    kind: "due",
    reason: "occurrence",
    scheduledFor: "2026-11-20T06:10:00.000Z",
  });
});

test("a rare occurrence is not forgotten over the years", () => {
  const lastRun = { scheduled_for: "2024-02-29T06:00:00.000Z", outcome: "notified" } as const;
  expect(due({ ...weekdays, cron: "0 7 29 2 *", lastRun, now: new Date("2030-06-01T00:00:00Z") })).toEqual({
    kind: "due",
    reason: "occurrence",
    scheduledFor: "2028-02-29T06:00:00.000Z",
  });
});

describe("a new monitor is due at once", () => {
  test("for its latest occurrence", () => {
    expect(dueFor({ lastRun: null, now: new Date("2026-11-22T12:00:00Z") })).toEqual({
      kind: "due",
      reason: "new",
      scheduledFor: "2026-11-20T06:10:00.000Z",
    });
  });

  test("for now, if there was none within a year", () => {
    const now = new Date("2026-11-22T12:00:00Z");
    expect(dueFor({ cron: "0 7 29 2 *", lastRun: null, now })).toEqual({
      kind: "due",
      reason: "new",
      scheduledFor: "2026-11-22T12:00:00.000Z",
    });
  });

  test("however late it is for its latest occurrence", () => {
    expect(dueFor({ lastRun: null, maxLatenessMs: HOUR, now: new Date("2026-11-22T12:00:00Z") }).kind).toBe("due");
  });

  test("also if it was only run by hand, or its first check failed", () => {
    const now = new Date("2026-11-22T12:00:00Z");
    expect(dueFor({ lastRun: { outcome: "unchanged" }, now })).toMatchObject({ kind: "due", reason: "new" });
    expect(dueFor({ lastRun: { outcome: "failed" }, now })).toMatchObject({ kind: "due", reason: "new" });
  });
});

test("while its last check failed it is due, whatever the cron says, and keeps the occurrence that it failed for", () => {
  const lastRun = { scheduled_for: "2026-11-19T06:10:00.000Z", outcome: "failed" } as const;
  expect(dueFor({ lastRun, now: new Date("2026-11-19T06:40:00Z") })).toEqual({
    kind: "due",
    reason: "failed",
    scheduledFor: "2026-11-19T06:10:00.000Z",
  });
  expect(dueFor({ lastRun, now: new Date("2026-11-20T12:00:00Z"), maxLatenessMs: HOUR })).toEqual({
    kind: "due",
    reason: "failed",
    scheduledFor: "2026-11-20T06:10:00.000Z",
  });
});

test("while a channel owes a delivery it is due", () => {
  const lastRun = { scheduled_for: "2026-11-20T06:10:00.000Z", outcome: "partly_notified" } as const;
  const now = new Date("2026-11-20T06:40:00Z");
  expect(dueFor({ lastRun, owes: true, now })).toEqual({
    kind: "due",
    reason: "owed",
    scheduledFor: "2026-11-20T06:10:00.000Z",
  });
  expect(dueFor({ lastRun, owes: false, now }).kind).toBe("not_due");
});

test("an occurrence older than max_lateness is skipped, a younger one is checked", () => {
  const late = (now: string) => dueFor({ maxLatenessMs: 6 * HOUR, now: new Date(now) });
  expect(late("2026-11-20T12:10:00Z").kind).toBe("due");
  expect(late("2026-11-20T12:10:01Z")).toEqual({ kind: "skipped", scheduledFor: "2026-11-20T06:10:00.000Z" });
});

test("today's cron and zone are applied to what is remembered: a change may make it due at once, one time", () => {
  const lastRun = { scheduled_for: "2026-11-20T06:10:00.000Z", outcome: "notified" } as const;
  const now = new Date("2026-11-20T09:00:00Z");
  const changed = dueFor({ cron: "30 9 * * *", lastRun, now });
  expect(changed).toEqual({ kind: "due", reason: "occurrence", scheduledFor: "2026-11-20T08:30:00.000Z" });
  const again = { scheduled_for: "2026-11-20T08:30:00.000Z", outcome: "unchanged" } as const;
  expect(dueFor({ cron: "30 9 * * *", lastRun: again, now }).kind).toBe("not_due");
});

test("a clock that was set back makes nothing due", () => {
  expect(dueFor({ now: new Date("2026-11-18T12:00:00Z") })).toEqual({
    kind: "not_due",
    next: "2026-11-20T06:10:00.000Z",
  });
});

test("the latest occurrence before an instant includes the instant itself", () => {
  const question = { cron: "10 7 * * 1-5", timezone: "Europe/Berlin" };
  const at = (notAfter: string) => latestBefore({ ...question, notAfter: new Date(notAfter) })?.toISOString();
  expect(at("2026-11-20T06:10:00Z")).toBe("2026-11-20T06:10:00.000Z");
  expect(at("2026-11-20T06:09:59Z")).toBe("2026-11-19T06:10:00.000Z");
  expect(latestBefore({ cron: "0 7 29 2 *", timezone: "UTC", notAfter: new Date("2026-11-20T00:00Z") })).toBeNull();
});

/** Days around which clocks change somewhere, through 2030, and some others. */
const start = fc
  .constantFrom(
    "2026-03-27",
    "2026-10-23",
    "2027-03-12",
    "2027-04-02",
    "2028-10-27",
    "2029-11-02",
    "2030-03-29",
    "2030-10-04",
  )
  .map((day) => Date.parse(`${day}T00:00:00Z`));
const zone = fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC");
const cron = fc.constantFrom(
  "30 2 * * *",
  "0 2,3 * * *",
  "*/15 * * * *",
  "45 1 * * *",
  "10 */2 * * *",
  "0,30 0-5 * * SUN",
  "10 7 * * 1-5",
  "0 0 1 * *",
);

test("each occurrence is checked exactly once, whatever the lateness, drops and duplicates of triggers", () => {
  // Triggers come minutes or hours apart, some of them twice at the same instant.
  const delays = fc.array(
    fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 90 }), fc.integer({ min: 60, max: 1500 })),
    {
      minLength: 1,
      maxLength: 60,
    },
  );
  const law = fc.property(cron, zone, start, delays, (text, timezone, begin, minutes) => {
    const first = latestBefore({ cron: text, timezone, notAfter: new Date(begin) });
    let scheduledFor = (first ?? new Date(begin)).toISOString();
    let now = begin;
    for (const delay of minutes) {
      now += delay * 60_000;
      const missed = occurrencesBetween({ cron: text, timezone, after: new Date(scheduledFor), until: new Date(now) });
      const lastRun = { scheduled_for: scheduledFor, outcome: "unchanged" } as const;
      const answer = due({ cron: text, timezone, lastRun, owes: false, maxLatenessMs: null, now: new Date(now) });
      // Due if and only if something has occurred since, and then for the latest of it.
      expect(answer.kind).toBe(missed.length > 0 ? "due" : "not_due");
      if (answer.kind !== "due") continue;
      expect(answer.scheduledFor).toBe(missed.at(-1)?.toISOString());
      scheduledFor = answer.scheduledFor;
    }
  });
  fc.assert(law, cases(300));
});

test("with a trigger every five minutes there are as many checks as occurrences, over each clock change", () => {
  const law = fc.property(cron, zone, start, (text, timezone, begin) => {
    let scheduledFor = new Date(begin).toISOString();
    let checks = 0;
    const end = begin + 3 * DAY;
    for (let now = begin; now <= end; now += 5 * 60_000) {
      const lastRun = { scheduled_for: scheduledFor, outcome: "unchanged" } as const;
      const answer = due({ cron: text, timezone, lastRun, owes: false, maxLatenessMs: null, now: new Date(now) });
      if (answer.kind !== "due") continue;
      checks += 1;
      scheduledFor = answer.scheduledFor;
    }
    const all = occurrencesBetween({ cron: text, timezone, after: new Date(begin), until: new Date(end) });
    expect(checks).toBe(all.length);
  });
  fc.assert(law, cases(30));
});
