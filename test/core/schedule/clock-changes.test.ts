import { CronExpressionParser } from "cron-parser";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cronOf } from "../../../src/core/schedule/cron.ts";
import { smallestGap } from "../../../src/core/schedule/interval.ts";
import { nextOccurrences, occurrencesBetween } from "../../../src/core/schedule/schedule.ts";
import { cases } from "../../support/cases.ts";

const DAY = 86_400_000;

function minutesOf(cron: string, timezone: string, [after, until]: readonly [string, string]): string[] {
  const found = occurrencesBetween({ cron, timezone, after: new Date(after), until: new Date(until) });
  return found.map((at) => at.toISOString().slice(5, 16));
}

describe("when the clock jumps forward, a skipped time counts at the first instant after it that fits", () => {
  // 29 March 2026, 02:00 becomes 03:00 (01:00 UTC).
  const berlin = ["2026-03-28T22:00Z", "2026-03-29T22:00Z"] as const;
  test.each([
    ["30 2 * * *", ["03-29T01:30"]],
    ["0 2 * * *", ["03-29T01:00"]],
    ["0 2,3 * * *", ["03-29T01:00"]],
    ["0,30 2 * * *", ["03-29T01:00", "03-29T01:30"]],
    ["30 1 * * *", ["03-29T00:30"]],
    ["30 3 * * *", ["03-29T01:30"]],
    ["0 1-4 * * *", ["03-29T00:00", "03-29T01:00", "03-29T02:00"]],
  ])("Europe/Berlin %s", (cron, expected) => {
    expect(minutesOf(cron, "Europe/Berlin", berlin)).toEqual(expected);
  });

  test("America/New_York 30 2 * * *", () => {
    expect(minutesOf("30 2 * * *", "America/New_York", ["2026-03-08T00:00Z", "2026-03-09T00:00Z"])).toEqual([
      "03-08T07:30",
    ]);
  });

  test("Australia/Lord_Howe, which jumps by half an hour, loses nothing", () => {
    // 4 October 2026, 02:00 becomes 02:30 (15:30 UTC the day before).
    const night = ["2026-10-03T14:50Z", "2026-10-03T16:10Z"] as const;
    expect(minutesOf("*/15 * * * *", "Australia/Lord_Howe", night)).toEqual([
      "10-03T15:00",
      "10-03T15:15",
      "10-03T15:30",
      "10-03T15:45",
      "10-03T16:00",
    ]);
    expect(minutesOf("30 2 * * *", "Australia/Lord_Howe", night)).toEqual(["10-03T15:30"]);
  });
});

describe("when the clock is set back, a time that occurs twice counts once, unless the cron means every hour", () => {
  // 25 October 2026, 03:00 becomes 02:00 (01:00 UTC).
  const berlin = ["2026-10-24T22:30Z", "2026-10-25T03:00Z"] as const;
  test.each([
    ["30 2 * * *", ["10-25T00:30"]],
    ["0,30 2 * * *", ["10-25T00:00", "10-25T00:30"]],
    ["0 2,3 * * *", ["10-25T00:00", "10-25T02:00"]],
    ["30 0-23 * * *", ["10-24T23:30", "10-25T00:30", "10-25T02:30"]],
    ["30 * * * *", ["10-24T23:30", "10-25T00:30", "10-25T01:30", "10-25T02:30"]],
    ["30 */1 * * *", ["10-24T23:30", "10-25T00:30", "10-25T01:30", "10-25T02:30"]],
    ["30 */2 * * *", ["10-25T00:30", "10-25T01:30"]],
  ])("Europe/Berlin %s", (cron, expected) => {
    expect(minutesOf(cron, "Europe/Berlin", berlin)).toEqual(expected);
  });

  test("America/New_York 30 1 * * *", () => {
    expect(minutesOf("30 1 * * *", "America/New_York", ["2026-11-01T00:00Z", "2026-11-02T00:00Z"])).toEqual([
      "11-01T05:30",
    ]);
  });

  test("Australia/Lord_Howe, where half an hour is repeated", () => {
    // 5 April 2026, 02:00 becomes 01:30 (15:00 UTC the day before).
    const night = ["2026-04-04T14:20Z", "2026-04-04T15:40Z"] as const;
    expect(minutesOf("45 1 * * *", "Australia/Lord_Howe", night)).toEqual(["04-04T14:45"]);
    expect(minutesOf("45 * * * *", "Australia/Lord_Howe", night)).toEqual(["04-04T14:45", "04-04T15:15"]);
  });
});

test("days of month and of week beside each other mean either, and 7 is Sunday", () => {
  const week = ["2026-06-01T00:00Z", "2026-06-15T00:00Z"] as const;
  expect(minutesOf("0 6 10 * 7", "UTC", week)).toEqual(["06-07T06:00", "06-10T06:00", "06-14T06:00"]);
  expect(minutesOf("0 6 10 * *", "UTC", week)).toEqual(["06-10T06:00"]);
});

test("29 February is found across the years, 2100 included", () => {
  const next = nextOccurrences({ cron: "0 6 29 2 *", timezone: "UTC", after: new Date("2093-01-01T00:00Z"), count: 3 });
  expect(next.map((at) => at.toISOString().slice(0, 10))).toEqual(["2096-02-29", "2104-02-29", "2108-02-29"]);
});

const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "America/Santiago", "Australia/Adelaide"];

const crons = fc
  .record({
    minute: fc.constantFrom("0", "30", "*/15", "5,50", "59", "20/20"),
    hour: fc.constantFrom("*", "2", "1,2,3", "0", "0-5", "23", "2-3", "3", "1", "0,12", "7"),
    day: fc.constantFrom("*", "*", "*", "29", "1-15", "*/2"),
    month: fc.constantFrom("*", "*", "3", "10,11", "JAN-JUN"),
    weekday: fc.constantFrom("*", "*", "SUN", "1-5", "7"),
  })
  .map(({ minute, hour, day, month, weekday }) => `${minute} ${hour} ${day} ${month} ${weekday}`);

const dayThrough2030 = fc.integer({ min: Date.UTC(2026, 0) / DAY, max: Date.UTC(2030, 10) / DAY });

test("where clocks change by whole hours, occurrences are those of cron-parser's next(), through 2030", () => {
  const law = fc.property(crons, fc.constantFrom(...ZONES), dayThrough2030, (cron, timezone, day) => {
    const [after, until] = [new Date(day * DAY), new Date((day + 20) * DAY)];
    const expression = CronExpressionParser.parse(cron, { tz: timezone, currentDate: after });
    const expected: number[] = [];
    for (let at = expression.next().getTime(); at <= until.getTime(); at = expression.next().getTime())
      expected.push(at);
    const found = occurrencesBetween({ cron, timezone, after, until });
    expect(found.map((at) => at.getTime())).toEqual(expected);
  });
  fc.assert(law, cases(400));
});

test("what occurs does not depend on where one begins to look, in any zone", () => {
  const zones = fc.constantFrom(...ZONES, "Australia/Lord_Howe", "Africa/Casablanca", "Antarctica/Troll");
  const law = fc.property(crons, zones, dayThrough2030, fc.nat(20 * 86_400), (cron, timezone, day, seconds) => {
    const [after, until] = [new Date(day * DAY), new Date((day + 20) * DAY)];
    const middle = new Date(after.getTime() + seconds * 1000);
    const all = occurrencesBetween({ cron, timezone, after, until });
    expect(all).toEqual(all.toSorted((a, b) => a.getTime() - b.getTime()));
    expect(new Set(all.map(Number)).size).toBe(all.length);
    const halves = [
      ...occurrencesBetween({ cron, timezone, after, until: middle }),
      ...occurrencesBetween({ cron, timezone, after: middle, until }),
    ];
    expect(halves).toEqual(all);
  });
  fc.assert(law, cases(400));
});

test("the smallest gap is the smallest gap of all occurrences of a year", () => {
  const zones = fc.constantFrom("Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "America/New_York");
  // In July no clock changes: a year from there has both changes well inside.
  const start = fc.integer({ min: 0, max: 20 }).map((day) => Date.UTC(2027, 6, 1 + day));
  const rare = crons.filter((cron) => !cron.startsWith("*/15"));
  const law = fc.property(rare, zones, start, (cron, zone, from) => {
    const span = { after: new Date(from - 1), until: new Date(from + 366 * DAY) };
    const all = occurrencesBetween({ cron, timezone: zone, ...span }).map(Number);
    const gaps = all.slice(1).map((at, index) => at - (all[index] ?? 0));
    const found = smallestGap({ cron: cronOf(cron), zone, from });
    expect(found).toBe(gaps.length === 0 ? undefined : Math.min(...gaps));
  });
  fc.assert(law, cases(60));
});
