/** Days of the calendar for the oracle, counted by its own means. Nothing here is shared with the code under test. */

const MILLISECONDS = 86_400_000;

/** The day so many days after another, or, with a negative number, before it. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * MILLISECONDS).toISOString().slice(0, 10);
}

/** The later of two days. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** The earlier days first, what has none last. */
export function byDay(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
