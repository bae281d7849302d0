import { cronName, MONTHS, WEEKDAYS } from "./cron-names.ts";

/** A valid cron of five fields, as sets. Days follow POSIX: with both day fields restricted, either of them suffices. */
export interface Cron {
  /** The five fields as written, one space between them. */
  readonly text: string;
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly daysOfMonth: readonly number[];
  readonly months: readonly number[];
  /** 0 is Sunday. */
  readonly daysOfWeek: readonly number[];
  /** The hour field is `*` or a step of it: a repeated hour then counts twice. */
  readonly everyHour: boolean;
  readonly anyDayOfMonth: boolean;
  readonly anyDayOfWeek: boolean;
}

export type ParsedCron =
  | { readonly kind: "cron"; readonly cron: Cron }
  | { readonly kind: "invalid"; readonly problems: readonly string[] };

/**
 * Parses a cron strictly: five fields of numbers, names (JAN, MON), `*`, ranges, lists and steps. A range of hours, months
 * or days of the week may wrap around (SAT-SUN, 22-6, NOV-FEB). What cron-parser accepts beyond that (six fields,
 * three, `H`, `@daily`, `L`, `#`, `?`) is refused with an explanation, all problems at once.
 */
export function parseCron(text: string): ParsedCron {
  const shape = shapeProblem(text);
  if (shape !== undefined) return { kind: "invalid", problems: [shape] };
  const words = text.trim().split(/\s+/);
  const parsed = FIELDS.map((field, index) => parseField(field, words[index] ?? ""));
  const problems = parsed.flatMap((field) => field.problems);
  const [minutes = [], hours = [], daysOfMonth = [], months = [], weekdays = []] = parsed.map((field) => field.values);
  if (problems.length > 0) return { kind: "invalid", problems };
  const cron: Cron = {
    text: words.join(" "),
    minutes,
    hours,
    daysOfMonth,
    months,
    daysOfWeek: sorted(weekdays.map((day) => day % 7)),
    everyHour: words[1]?.startsWith("*") === true,
    anyDayOfMonth: words[2] === "*",
    anyDayOfWeek: words[4] === "*",
  };
  return occurs(cron) ? { kind: "cron", cron } : { kind: "invalid", problems: [neverProblem(cron)] };
}

/** The cron of a valid monitor. Throws if the text is invalid: monitors/ validates first. */
export function cronOf(text: string): Cron {
  const parsed = parseCron(text);
  if (parsed.kind === "invalid") throw new Error(`Not a cron: ${text}: ${parsed.problems.join("; ")}`);
  return parsed.cron;
}

/** Whether the cron may fall on that calendar day (month 1-12, weekday 0 = Sunday). */
export function fallsOn(
  cron: Cron,
  day: { readonly month: number; readonly day: number; readonly weekday: number },
): boolean {
  if (!cron.months.includes(day.month)) return false;
  const ofMonth = cron.daysOfMonth.includes(day.day);
  const ofWeek = cron.daysOfWeek.includes(day.weekday);
  if (cron.anyDayOfMonth) return cron.anyDayOfWeek || ofWeek;
  return cron.anyDayOfWeek ? ofMonth : ofMonth || ofWeek;
}

/** The same cron in digits only, as cron-parser takes it without guessing what is restricted and what is not. */
export function canonicalCron(cron: Cron): string {
  const days = cron.anyDayOfMonth ? "*" : cron.daysOfMonth.join(",");
  const weekdays = cron.anyDayOfWeek ? "*" : cron.daysOfWeek.join(",");
  const months = cron.months.length === 12 ? "*" : cron.months.join(",");
  const hours = cron.hours.length === 24 ? "*" : cron.hours.join(",");
  return [cron.minutes.join(","), hours, days, months, weekdays].join(" ");
}

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
  /** The number of values after which it starts again, so that a range may wrap around; 0: no range may. */
  readonly period: number;
}

/** Most days a month can have. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const FIELDS: readonly Field[] = [
  { name: "minute", min: 0, max: 59, names: [], period: 0 },
  { name: "hour", min: 0, max: 23, names: [], period: 24 },
  { name: "day of month", min: 1, max: 31, names: [], period: 0 },
  { name: "month", min: 1, max: 12, names: MONTHS, period: 12 },
  { name: "day of week", min: 0, max: 7, names: WEEKDAYS, period: 7 },
];

/** What other programs accept instead of five fields. */
const SHORTCUTS: ReadonlyMap<string, string> = new Map([
  ["@hourly", "0 * * * *"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@weekly", "0 0 * * 0"],
  ["@monthly", "0 0 1 * *"],
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
]);

/** The five fields of a shortcut like `@daily`; undefined if it is none. */
export function cronOfShortcut(word: string): string | undefined {
  return SHORTCUTS.get(word.toLowerCase());
}

/** `07:10` as a cron that occurs at that time each day. */
function cronOfTime(word: string): string | undefined {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(word) ?? [];
  return hour === undefined ? undefined : `${Number(minute)} ${Number(hour)} * * *`;
}

function shapeProblem(text: string): string | undefined {
  const words = text.trim().split(/\s+/);
  if (text.trim() === "") return "the cron is empty; write five fields, as in 10 7 * * 1-5.";
  if (text.trim().startsWith("@")) {
    const fix = cronOfShortcut(words[0] ?? "");
    return `shortcuts as ${words[0]} are not supported; write ${fix ?? "five fields, as in 10 7 * * 1-5"}.`;
  }
  if (words.length === 5) return undefined;
  const meant = words.length === 1 ? (cronOfShortcut(`@${text.trim()}`) ?? cronOfTime(text.trim())) : undefined;
  if (meant !== undefined) return `a cron has five fields; write ${meant}.`;
  const joined = text.trim().replace(/\s*([-,/])\s*/g, "$1");
  if (isCron(joined)) return `blanks stand between the five fields only; write ${joined}.`;
  const [seconds, ...rest] = words;
  const later = seconds === "0" && isCron(rest.join(" ")) ? `: write ${rest.join(" ")}.` : " or years.";
  const fix = words.length === 6 ? `; there is no field for seconds${later}` : ", as in 10 7 * * 1-5.";
  return `a cron has five fields (minute, hour, day of month, month, day of week), not ${words.length}${fix}`;
}

function isCron(text: string): boolean {
  return text.split(/\s+/).length === FIELDS.length && parseCron(text).kind === "cron";
}

interface FieldValues {
  readonly values: readonly number[];
  readonly problems: readonly string[];
}

function parseField(field: Field, text: string): FieldValues {
  if (text === "*") return { values: range({ from: field.min, to: field.max, step: 1 }), problems: [] };
  const parts = text.split(",").map((part) => parsePart(field, part));
  const problems = [...new Set(parts.flatMap((part) => part.problems))];
  return { values: sorted(parts.flatMap((part) => part.values)), problems };
}

function parsePart(field: Field, text: string): FieldValues {
  const match = /^(\*|[\p{L}\p{M}0-9]+)(?:-([\p{L}\p{M}0-9]+))?(?:\/([0-9]+))?$/u.exec(text);
  const [, first = "", last, stepText] = match ?? [];
  if (match === null || (first === "*" && (last !== undefined || stepText === undefined)))
    return unreadable(field, text);
  const from = first === "*" ? field.min : numberIn(field, first);
  const to = first === "*" ? field.max : last === undefined ? from : numberIn(field, last);
  if (from === undefined || to === undefined) return outside({ field, words: [first, last ?? first], text });
  if (from > to && field.period === 0) return backwards({ field, text, from, to });
  const step = stepText === undefined ? 1 : Number(stepText);
  const most = field.max - field.min;
  if (step < 1 || step > most) return invalid(`${field.name}: the step must be 1-${most}, not ${stepText}.`);
  // 20/15 is 20-59/15, as GitHub reads it too.
  const open = stepText !== undefined && last === undefined;
  const end = open ? field.max : from > to ? to + field.period : to;
  const values = range({ from, to: end, step });
  return { values: values.map((value) => (value > field.max ? value - field.period : value)), problems: [] };
}

/** A range that wraps around an hour or month, which nobody writes without thinking of it, or by mistake. */
function backwards({
  field,
  text,
  from,
  to,
}: {
  readonly field: Field;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}): FieldValues {
  const [range = "", step] = text.split("/");
  const tail = `${field.min}-${to}`;
  const list = step === undefined ? `; write ${from}-${field.max},${tail} if it is to go on past the end` : "";
  return invalid(`${field.name}: ${range} runs backwards${list}; else the smaller value first, ${to}-${from}.`);
}

interface Outside {
  readonly field: Field;
  /** The ends of a range. */
  readonly words: readonly string[];
  readonly text: string;
}

function outside({ field, words, text }: Outside): FieldValues {
  const [bad = ""] = words.filter((word) => numberIn(field, word) === undefined);
  if (/^[0-9]+$/.test(bad)) return invalid(`${field.name} must be ${field.min}-${field.max}.`);
  const named = text.replace(/[\p{L}\p{M}]+/gu, (word) => cronName(word, field.names) ?? word);
  if (field.names.length === 0 || named === text || parsePart(field, named).problems.length > 0)
    return unreadable(field, bad);
  return invalid(`${field.name}: "${bad}" is not supported; write ${named}.`);
}

function unreadable(field: Field, text: string): FieldValues {
  const names = field.names.length === 0 ? "" : ` or ${field.names[0]}-${field.names.at(-1)}`;
  const shown = text === "" ? "an empty value" : `"${text}"`;
  const plain = text.normalize("NFKC").replace(/[\u2010-\u2015\u2212]/g, "-");
  if (plain !== text && parsePart(field, plain).problems.length === 0)
    return invalid(`${field.name}: ${shown} is not supported; write ${plain}.`);
  if (text === "?") return invalid(`${field.name}: "?" is not supported; write *.`);
  return invalid(
    `${field.name}: ${shown} is not supported; use ${field.min}-${field.max}${names}, with * , - and / only.`,
  );
}

function invalid(problem: string): FieldValues {
  return { values: [], problems: [problem] };
}

function numberIn(field: Field, word: string): number | undefined {
  const named = field.names.indexOf(word.toUpperCase());
  if (named >= 0) return named + field.min;
  if (!/^[0-9]{1,2}$/.test(word)) return undefined;
  const value = Number(word);
  return value >= field.min && value <= field.max ? value : undefined;
}

function range({ from, to, step }: { readonly from: number; readonly to: number; readonly step: number }): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

function sorted(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** False only for days that no month of the cron has: with a day of week beside it, there is always one. */
function occurs(cron: Cron): boolean {
  if (cron.anyDayOfMonth || !cron.anyDayOfWeek) return true;
  const first = cron.daysOfMonth[0] ?? 1;
  return cron.months.some((month) => first <= (DAYS[month - 1] ?? 0));
}

function neverProblem(cron: Cron): string {
  const months = cron.months.map((month) => MONTHS[month - 1]).join(", ");
  return `the date never occurs: ${months} has no day ${cron.daysOfMonth.join(" or ")}.`;
}
