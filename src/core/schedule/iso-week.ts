import { localDate } from "./local-date.ts";

const DAY_MS = 86_400_000;

/** The ISO 8601 week of an instant in an IANA zone: that of its Thursday. Throws RangeError on an unknown zone. */
export function isoWeek(instant: Date, timezone: string): { readonly year: number; readonly week: number } {
  const day = new Date(`${localDate(instant, timezone)}T00:00:00Z`);
  const thursday = new Date(day.getTime() + (4 - (day.getUTCDay() || 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  return { year, week: 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) };
}
