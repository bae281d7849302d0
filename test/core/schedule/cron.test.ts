import { describe, expect, test } from "vitest";
import { cronOf, parseCron } from "../../../src/core/schedule/cron.ts";
import { cronInWords } from "../../../src/core/schedule/describe.ts";

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
    ["0 10 7 * * 1", [`${shape} 6; there is no field for seconds: write 10 7 * * 1.`]],
    ["", ["the cron is empty; write five fields, as in 10 7 * * 1-5."]],
    ["@daily", ["shortcuts as @daily are not supported; write 0 0 * * *."]],
    ["@Weekly", ["shortcuts as @Weekly are not supported; write 0 0 * * 0."]],
    ["@reboot", ["shortcuts as @reboot are not supported; write five fields, as in 10 7 * * 1-5."]],
    ["daily", ["a cron has five fields; write 0 0 * * *."]],
    ["7:05", ["a cron has five fields; write 5 7 * * *."]],
    ["10 7 * * 1 - 5", ["blanks stand between the five fields only; write 10 7 * * 1-5."]],
    ["10 7, 16 * * 1-5", ["blanks stand between the five fields only; write 10 7,16 * * 1-5."]],
    ["10 7 * * 1–5", ['day of week: "1–5" is not supported; write 1-5.']],
    ["１０ 7 * * *", ['minute: "１０" is not supported; write 10.']],
    [
      "0 10 7 * * 1-5",
      [
        "a cron has five fields (minute, hour, day of month, month, day of week), not 6; there is no field for seconds: write 10 7 * * 1-5.",
      ],
    ],
    ["H 7 * * *", ['minute: "H" is not supported; use 0-59, with * , - and / only.']],
    ["0 7 L * *", ['day of month: "L" is not supported; use 1-31, with * , - and / only.']],
    ["0 7 15W * *", ['day of month: "15W" is not supported; use 1-31, with * , - and / only.']],
    ["0 7 ? * *", ['day of month: "?" is not supported; write *.']],
    ["0 7 * * 1#2", ['day of week: "1#2" is not supported; use 0-7 or SUN-SAT, with * , - and / only.']],
    ["0 7 * * MONDAY", ['day of week: "MONDAY" is not supported; write MON.']],
    ["0 7 * * Mo-Fr", ['day of week: "Mo" is not supported; write MON-FRI.']],
    [
      "0 7 * * Mo,Mi,Fr",
      ["Mo", "Mi", "Fr"].map(
        (day, at) => `day of week: "${day}" is not supported; write ${["MON", "WED", "FRI"][at]}.`,
      ),
    ],
    ["0 7 * * sáb-dom", ['day of week: "sáb" is not supported; write SAT-SUN.']],
    ["0 7 * * lundi", ['day of week: "lundi" is not supported; write MON.']],
    ["0 7 1 Mär *", ['month: "Mär" is not supported; write MAR.']],
    ["0 7 1 déc *", ['month: "déc" is not supported; write DEC.']],
    ["0 7 * * often", ['day of week: "often" is not supported; use 0-7 or SUN-SAT, with * , - and / only.']],
    ["-1 7 * * *", ['minute: "-1" is not supported; use 0-59, with * , - and / only.']],
    ["1.5 7 * * *", ['minute: "1.5" is not supported; use 0-59, with * , - and / only.']],
    ["0,,5 7 * * *", ["minute: an empty value is not supported; use 0-59, with * , - and / only."]],
    ["*/0 7 * * *", ["minute: the step must be 1-59, not 0."]],
    ["*/60 7 * * *", ["minute: the step must be 1-59, not 60."]],
    [
      "50-10 7 * * *",
      [
        "minute: 50-10 runs backwards; write 50-59,0-10 if it is to go on past the end; else the smaller value first, 10-50.",
      ],
    ],
    [
      "0 7 25-5 * *",
      [
        "day of month: 25-5 runs backwards; write 25-31,1-5 if it is to go on past the end; else the smaller value first, 5-25.",
      ],
    ],
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
