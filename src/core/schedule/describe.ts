import { type Cron, cronOf } from "./cron.ts";
import { longNames } from "./cron-names.ts";
import { CRON_TEXTS, type CronTexts } from "./describe-texts.ts";

interface Words {
  readonly cron: Cron;
  readonly texts: CronTexts;
  readonly language: "en" | "de";
}

/**
 * A valid cron in words, 24 hours: `At 07:10, Monday through Friday`. Derived from its meaning, not from how it is
 * written, and exact: a step of 7 minutes starts again each hour, so it is never "every 7 minutes".
 */
export function cronInWords(text: string, language: "en" | "de"): string {
  const words = { cron: cronOf(text), texts: CRON_TEXTS[language], language };
  return [timeWords(words), ...dayWords(words), ...monthWords(words)].join(", ");
}

/** At most so many times of the day are written out. */
const MOST_TIMES = 4;

function timeWords({ cron: { minutes, hours }, texts }: Words): string {
  const times = hours.flatMap((hour) => minutes.map((minute) => clock(hour, minute)));
  const everyHour = hours.length === 24;
  const [first = ""] = times;
  const last = times.at(-1) ?? "";
  if (times.length <= MOST_TIMES) return texts.at(listed(times, texts));
  const step = stepOf(minutes);
  if (step !== undefined && everyHour && minutes[0] === 0) return texts.everyMinutes(step);
  if (step !== undefined && spans(hours).length === 1)
    return `${texts.everyMinutes(step)} ${texts.fromTo(first, last)}`;
  const hourStep = evenly(hours);
  if (minutes.length === 1 && hourStep !== undefined && !everyHour)
    return `${texts.everyHours(hourStep)} ${texts.fromTo(first, last)}`;
  const within = spans(hours).map(([from, to]) => texts.between(clock(from, 0), clock(to, 59)));
  const past = listed(
    spans(minutes).flatMap((span) => ranged({ span, texts, name: String })),
    texts,
  );
  const begun =
    past === "0" ? texts.onTheHour : minutes.length === 60 ? texts.everyMinutes(1) : texts.pastTheHour(past);
  return everyHour ? begun : `${begun}, ${listed(within, texts)}`;
}

/** If both day fields are restricted, either of them suffices; one that leaves nothing out restricts nothing. */
function dayWords({ cron, texts, language }: Words): string[] {
  const { anyDayOfMonth, anyDayOfWeek, daysOfMonth, daysOfWeek } = cron;
  const byMonth = !anyDayOfMonth;
  const byWeek = !anyDayOfWeek;
  if ((byMonth && daysOfMonth.length === 31) || (byWeek && daysOfWeek.length === 7)) return [];
  const days = listed(
    spans(daysOfMonth).flatMap((span) => ranged({ span, texts, name: texts.day })),
    texts,
  );
  const names = longNames(language, "weekday");
  const named = weekSpans(daysOfWeek).flatMap((span) => ranged({ span, texts, name: (day) => names[day % 7] ?? "" }));
  const weekdays = listed(named, texts);
  if (byMonth) {
    const ofMonth = texts.onDays(days, daysOfMonth.length);
    return [byWeek ? `${ofMonth} ${texts.also(weekdays)}` : ofMonth];
  }
  const isOneSpan = named.length === 1 && daysOfWeek.length > 1;
  return byWeek ? [isOneSpan ? weekdays : texts.only(weekdays)] : [];
}

function monthWords({ cron: { months }, texts, language }: Words): string[] {
  if (months.length === 12) return [];
  const names = longNames(language, "month");
  const named = spans(months).flatMap((span) => ranged({ span, texts, name: (month) => names[month - 1] ?? "" }));
  return [texts.onlyIn(listed(named, texts))];
}

type Span = readonly [from: number, to: number];

/** Runs of consecutive values; the values ascend. */
function spans(values: readonly number[]): readonly Span[] {
  const starts = values.filter((value) => !values.includes(value - 1));
  const ends = values.filter((value) => !values.includes(value + 1));
  return starts.map((start, index) => [start, ends[index] ?? start]);
}

/** The week begins on Monday, and a run may wrap around: Friday through Monday. Sunday is 7. */
function weekSpans(days: readonly number[]): readonly Span[] {
  const found = spans(days.map((day) => (day === 0 ? 7 : day)).sort((a, b) => a - b));
  const [first] = found;
  const last = found.at(-1);
  if (first === undefined || last === undefined || found.length < 2 || first[0] !== 1 || last[1] !== 7) return found;
  return [...found.slice(1, -1), [last[0], first[1] + 7]];
}

/** Two consecutive ones are listed; more are a range. */
function ranged(options: {
  readonly span: Span;
  readonly texts: CronTexts;
  readonly name: (value: number) => string;
}): string[] {
  const { span, texts, name } = options;
  const [from, to] = span;
  if (from === to) return [name(from)];
  return to === from + 1 ? [name(from), name(to)] : [texts.through(name(from), name(to))];
}

/** The interval in minutes, if they are evenly spaced around the hour. */
function stepOf(minutes: readonly number[]): number | undefined {
  const step = evenly(minutes);
  return step !== undefined && step * minutes.length === 60 ? step : undefined;
}

/** The distance between values, if it is the same everywhere; undefined for fewer than three. */
function evenly(values: readonly number[]): number | undefined {
  const [first = 0, second = 0] = values;
  const step = second - first;
  return values.length > 2 && values.every((value, index) => value === first + index * step) ? step : undefined;
}

function listed(words: readonly string[], { and }: CronTexts): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${and} ${last}`;
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
