import { describe, expect, test } from "vitest";
import { cronOf, parseCron } from "../../../src/core/schedule/cron.ts";
import { cronInWords } from "../../../src/core/schedule/words.ts";

describe("a valid cron is parsed", () => {
  test.each([
    [
      "10 7 * * 1-5",
      { minutes: [10], hours: [7], daysOfWeek: [1, 2, 3, 4, 5], anyDayOfMonth: true, anyDayOfWeek: false },
    ],
    [
      "  */20   6-18/6 1,15 * *  ",
      { text: "*/20 6-18/6 1,15 * *", minutes: [0, 20, 40], hours: [6, 12, 18], daysOfMonth: [1, 15] },
    ],
    ["0 8 * jan-MAR,Dec sun,7", { months: [1, 2, 3, 12], daysOfWeek: [0] }],
    ["20/15 * * * 5-7", { minutes: [20, 35, 50], daysOfWeek: [0, 5, 6], everyHour: true }],
    ["5 */2 29 2 *", { everyHour: true, daysOfMonth: [29], months: [2] }],
    ["5 0-23 30 2 1", { everyHour: false, anyDayOfMonth: false, anyDayOfWeek: false }],
  ])("%s", (text, fields) => {
    expect(cronOf(text)).toMatchObject(fields);
  });
});

describe("an invalid cron is rejected, with what it must be", () => {
  const shape = "a cron has five fields (minute, hour, day of month, month, day of week), not";
  test.each([
    ["61 7 * * *", ["minute must be 0-59."]],
    [
      "60 24 0 13 8",
      [
        "minute must be 0-59.",
        "hour must be 0-23.",
        "day of month must be 1-31.",
        "month must be 1-12.",
        "day of week must be 0-7.",
      ],
    ],
    ["* * *", [`${shape} 3, as in 10 7 * * 1-5.`]],
    ["0 10 7 * * 1", [`${shape} 6; there is no field for seconds or years.`]],
    ["", ["the cron is empty; write five fields, as in 10 7 * * 1-5."]],
    ["@daily", ["shortcuts as @daily are not supported; write five fields, as in 10 7 * * 1-5."]],
    ["H 7 * * *", ['minute: "H" is not supported; use 0-59, with * , - and / only.']],
    ["0 7 L * *", ['day of month: "L" is not supported; use 1-31, with * , - and / only.']],
    ["0 7 15W * *", ['day of month: "15W" is not supported; use 1-31, with * , - and / only.']],
    ["0 7 ? * *", ['day of month: "?" is not supported; use 1-31, with * , - and / only.']],
    ["0 7 * * 1#2", ['day of week: "1#2" is not supported; use 0-7 or SUN-SAT, with * , - and / only.']],
    ["0 7 * * MONDAY", ['day of week: "MONDAY" is not supported; use 0-7 or SUN-SAT, with * , - and / only.']],
    ["-1 7 * * *", ['minute: "-1" is not supported; use 0-59, with * , - and / only.']],
    ["1.5 7 * * *", ['minute: "1.5" is not supported; use 0-59, with * , - and / only.']],
    ["0,,5 7 * * *", ["minute: an empty value is not supported; use 0-59, with * , - and / only."]],
    ["*/0 7 * * *", ["minute: the step must be 1-59, not 0."]],
    ["*/60 7 * * *", ["minute: the step must be 1-59, not 60."]],
    ["0 7 * * FRI-SUN", ["day of week: FRI-SUN runs backwards; write the smaller value first, or a list."]],
    ["0 7 30 2 *", ["the date never occurs: FEB has no day 30."]],
    ["0 7 31 4,6 *", ["the date never occurs: APR, JUN has no day 31."]],
  ])("%s", (text, problems) => {
    expect(parseCron(text)).toEqual({ kind: "invalid", problems });
  });
});

test("a cron reads as words, in English and German", () => {
  expect(cronInWords("10 7 * * 1-5", "en")).toBe("At 07:10, Monday through Friday");
  expect(cronInWords("10 7 * * 1-5", "de")).toBe("Um 07:10, Montag bis Freitag");
  expect(cronInWords("40 16 * * 7", "en")).toBe("At 16:40, only on Sunday");
});
