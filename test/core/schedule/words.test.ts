import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cronOf, parseCron } from "../../../src/core/schedule/cron.ts";
import { cronInWords } from "../../../src/core/schedule/describe.ts";
import { occurrences } from "../../../src/core/schedule/occurrences.ts";
import { cases } from "../../support/cases.ts";
import { instantsOf } from "./read-words.ts";

const FROM = new Date("2026-11-28T08:00:00Z");
const COUNT = 200;
/** 29 February comes every four years. */
const LONGEST = 8 * 366 * 86_400_000;

describe("a cron's words", () => {
  test.each([
    ["10 7 * * *", "At 07:10", "Um 07:10"],
    ["10 7 * * FRI-MON", "At 07:10, Friday through Monday", "Um 07:10, Freitag bis Montag"],
    ["10 7 * * 0,7", "At 07:10, only on Sunday", "Um 07:10, nur am Sonntag"],
    ["*/15 8-17 * * *", "Every 15 minutes from 08:00 to 17:45", "Alle 15 Minuten von 08:00 bis 17:45"],
    ["*/45 * * * *", "At 0 and 45 minutes past the hour", "In jeder Stunde bei Minute 0 und 45"],
    ["5 */5 * * *", "Every 5 hours from 00:05 to 20:05", "Alle 5 Stunden von 00:05 bis 20:05"],
    ["0 * * * *", "Every hour on the hour", "Zu jeder vollen Stunde"],
    [
      "10 7 1 * 1",
      "At 07:10, on day 1 of the month and also on every Monday",
      "Um 07:10, am 1. des Monats und außerdem jeden Montag",
    ],
    // Each suffices, and one of them leaves out no day.
    ["10 7 1-31 * 1", "At 07:10", "Um 07:10"],
    ["10 7 * NOV-FEB *", "At 07:10, only in January, February, November and December", /^Um 07:10, nur im Januar, Feb/],
  ])("of %s are what people say", (cron, english, german) => {
    expect(cronInWords(cron, "en")).toBe(english);
    expect(cronInWords(cron, "de")).toEqual(typeof german === "string" ? german : expect.stringMatching(german));
  });

  test("name every occurrence of the next 200, and no other", () => {
    fc.assert(
      fc.property(fc.tuple(minute, hour, dayOfMonth, month, dayOfWeek), (fields) => {
        const cron = fields.join(" ");
        if (parseCron(cron).kind === "invalid") return;
        const span = { cron: cronOf(cron), zone: "UTC", after: FROM.getTime(), until: FROM.getTime() + LONGEST };
        const next = occurrences(span)
          .take(COUNT)
          .map((at) => new Date(at))
          .toArray();
        const words = cronInWords(cron, "en");
        expect(instantsOf(words, { after: FROM, until: next.at(-1) ?? FROM }), words).toEqual(next);
      }),
      { numRuns: 300 },
    );
  });
});

describe("no two crons of different times have the same words", () => {
  test.each(["en", "de"] as const)("in %s", (language) => {
    const known = new Map<string, string>();
    fc.assert(
      fc.property(fc.tuple(few.minute, few.hour, few.dayOfMonth, few.month, few.dayOfWeek), (fields) => {
        const text = fields.join(" ");
        if (parseCron(text).kind === "invalid") return;
        const words = cronInWords(text, language);
        const meaning = meaningOf(text);
        expect(known.get(words) ?? meaning, words).toBe(meaning);
        known.set(words, meaning);
      }),
      cases(3000),
    );
    expect(known.size).toBeGreaterThan(300);
  });
});

/** Of few values, so that many crons are told in nearly the same words. */
const few = {
  minute: fc.constantFrom("0", "30", "0,30", "*/30", "*/20", "*/45", "5-10", "*"),
  hour: fc.constantFrom("*", "7", "7-8", "0-12/6", "*/6", "*/5", "8-17", "22-6", "7,9"),
  dayOfMonth: fc.constantFrom("*", "1", "1-7", "*/2", "1-31", "*/31", "15,31"),
  month: fc.constantFrom("*", "1", "2", "1-12", "11-2", "*/6"),
  dayOfWeek: fc.constantFrom("*", "1", "1-5", "0-7", "6-1", "0", "7", "*/2", "1,3"),
};

/** When it occurs: where one of the day fields leaves nothing out, the other does not matter. */
function meaningOf(text: string): string {
  const { minutes, hours, daysOfMonth, months, daysOfWeek, anyDayOfMonth, anyDayOfWeek } = cronOf(text);
  const isDaily =
    (anyDayOfMonth && anyDayOfWeek) ||
    (!anyDayOfMonth && daysOfMonth.length === 31) ||
    (!anyDayOfWeek && daysOfWeek.length === 7);
  const days = [anyDayOfMonth ? [] : daysOfMonth, anyDayOfWeek ? [] : daysOfWeek];
  return JSON.stringify([minutes, hours, months, isDaily ? "daily" : days]);
}

function field(from: number, to: number, wraps: boolean): fc.Arbitrary<string> {
  const value = fc.integer({ min: from, max: to });
  const range = fc.tuple(value, value).map(([a, b]) => (wraps ? [a, b] : [Math.min(a, b), Math.max(a, b)]).join("-"));
  const step = fc.integer({ min: 1, max: to - from });
  const stepped = fc.tuple(fc.oneof(range, fc.constant("*"), value.map(String)), step).map((both) => both.join("/"));
  const one = fc.oneof(value.map(String), range, stepped);
  return fc.oneof(
    fc.constant("*"),
    one,
    fc.array(one, { minLength: 1, maxLength: 4 }).map((all) => all.join(",")),
  );
}

const minute = field(0, 59, false);
const hour = field(0, 23, true);
const dayOfMonth = field(1, 31, false);
const month = field(1, 12, true);
const dayOfWeek = field(0, 7, true);
