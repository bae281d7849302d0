import { expect, it } from "vitest";
import { isoWeek } from "../../../src/core/schedule/iso-week.ts";

it.each([
  ["2026-11-23T00:30:00Z", "UTC", 2026, 48],
  ["2026-11-22T23:30:00Z", "Europe/Berlin", 2026, 48],
  ["2026-11-22T23:30:00Z", "UTC", 2026, 47],
  ["2027-01-03T12:00:00Z", "UTC", 2026, 53],
  ["2027-01-04T12:00:00Z", "UTC", 2027, 1],
  ["2024-12-30T12:00:00Z", "UTC", 2025, 1],
])("the week of %s in %s is %i, %i", (instant, zone, year, week) => {
  expect(isoWeek(new Date(instant), zone)).toEqual({ year, week });
});
