const DAY_MS = 86_400_000;

/** The same few days are asked for again and again. */
const known = new Map<string, string>();
const MOST_KNOWN = 10_000;

/** The day that many days later (earlier, if negative). Days are YYYY-MM-DD and have no zone. */
export function addDays(day: string, days: number): string {
  if (days === 0) return day;
  const key = `${day} ${days}`;
  const found = known.get(key) ?? new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
  if (known.size < MOST_KNOWN) known.set(key, found);
  return found;
}

/** How many days the second day is after the first; negative if it is before. */
export function daysBetween(first: string, second: string): number {
  return Math.round((Date.parse(`${second}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY_MS);
}

/** Whether a text is a day of the calendar, as in 2027-02-15. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
