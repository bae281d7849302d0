/** A cron of the older program as one of ours, and what has changed, in sentences. */
export interface OldCron {
  readonly text: string;
  readonly notes: readonly string[];
}

/** Fields that leave no day out. They must not become days here: of two day fields, either one would be enough. */
const EVERY_DAY = /^(?:\*|1-31)(?:\/1)?$/;
const EVERY_WEEKDAY = /^(?:\*|0-6|mon-sun)(?:\/1)?$/i;

/** There, 0 is Monday and 6 Sunday. */
const DAYS: readonly string[] = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

/**
 * A cron as the older program's scheduler read it: its weekdays begin with 0 for Monday, and both day fields have to
 * match. https://apscheduler.readthedocs.io/en/3.x/modules/triggers/cron.html
 */
export function oldCron(old: string): OldCron {
  const fields = old.trim().split(/\s+/);
  if (fields.length !== 5) return { text: fields.join(" "), notes: [] };
  const [minute, hour, days = "", month, weekdays = ""] = fields;
  const dayOfMonth = EVERY_DAY.test(days) ? "*" : days;
  const weekday = EVERY_WEEKDAY.test(weekdays) ? "*" : weekdays;
  const text = [minute, hour, dayOfMonth, month, weekday].join(" ");
  const both =
    dayOfMonth !== "*" && weekday !== "*"
      ? [`${text} names days of the month and of the week: both had to match before, here either of them is enough.`]
      : [];
  const pieces = weekday.split(",").map(oldDays);
  if (weekday === "*" || (/^[a-z,-]+$/i.test(weekday) && !pieces.includes(undefined))) return { text, notes: both };
  if (pieces.some((piece) => piece === undefined)) {
    const kept = `the day of week ${weekday} was none in the older program; it stays as it is: check that it means what you want.`;
    return { text, notes: [...both, kept] };
  }
  const named = [...new Set(pieces.flat())].join(",");
  const cron = [minute, hour, dayOfMonth, month, named].join(" ");
  const converted = `${text}: weekday 0 was Monday in the older program, here it is Sunday; written as ${cron}.`;
  return { text: cron, notes: [...both, converted] };
}

/** The names of the days in a piece of the field; undefined if the older program knew no such days. */
function oldDays(piece: string): readonly string[] | undefined {
  const [, first = "", last, step] = /^(\*|[0-6]|[a-z]{3})(?:-([0-6]|[a-z]{3}))?(?:\/([1-9]))?$/i.exec(piece) ?? [];
  const from = first === "*" ? 0 : indexOf(first);
  const isOpen = first === "*" || (step !== undefined && last === undefined);
  const to = isOpen ? DAYS.length - 1 : last === undefined ? from : indexOf(last);
  if (from < 0 || to < from) return undefined;
  if (step === undefined) return [from === to ? nameOf(from) : `${nameOf(from)}-${nameOf(to)}`];
  return DAYS.filter((_day, index) => index >= from && index <= to && (index - from) % Number(step) === 0);
}

function indexOf(word: string): number {
  return /^\d$/.test(word) ? Number(word) : DAYS.indexOf(word.toUpperCase());
}

function nameOf(index: number): string {
  return DAYS[index] ?? "";
}
