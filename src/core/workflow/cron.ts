import type { Cron } from "../schedule/cron.ts";

/**
 * The cron as every reader of POSIX crons takes it, GitHub's too: names of months and days, and day 7, become numbers;
 * where both day fields are restricted (either of them suffices), a step of `*` becomes a list of days, which no reader takes
 * for "every day"; a range past the end (`22-6`) becomes two; `20/15` becomes `20-59/15`, `07` becomes `7`. All else stays as
 * the user wrote it.
 */
export function githubCron(cron: Cron): string {
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = cron.text.split(" ");
  const bothDays = !cron.anyDayOfMonth && !cron.anyDayOfWeek;
  const starred = (text: string) => bothDays && text.includes("*");
  const sunday7 = /(?:^|[,-])0?7/.test(weekday);
  return [
    digits(minute, 59),
    wraps(hour) ? ranges(cron.hours) : digits(hour, 23),
    starred(day) ? ranges(cron.daysOfMonth) : digits(day, 31),
    named(month) || wraps(month) ? ranges(cron.months) : digits(month, 12),
    named(weekday) || wraps(weekday) || sunday7 || starred(weekday) ? ranges(cron.daysOfWeek) : digits(weekday, 6),
  ].join(" ");
}

function named(text: string): boolean {
  return /[a-z]/i.test(text);
}

function wraps(text: string): boolean {
  return [...text.matchAll(/(\d+)-(\d+)/g)].some(([, from, to]) => Number(from) > Number(to));
}

function digits(text: string, last: number): string {
  return text.replaceAll(/\b0+(?=\d)/g, "").replaceAll(/(^|,)(\d+)\//g, `$1$2-${last}/`);
}

/** 1, 2, 3, 5 as `1-3,5`. */
function ranges(values: readonly number[]): string {
  const starts = values.filter((value) => !values.includes(value - 1));
  const ends = values.filter((value) => !values.includes(value + 1));
  return starts.map((start, index) => (start === ends[index] ? `${start}` : `${start}-${ends[index]}`)).join(",");
}
