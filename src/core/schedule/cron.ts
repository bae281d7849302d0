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
 * Parses a cron strictly: five fields of numbers, names (JAN, MON), `*`, ranges, lists and steps. What cron-parser
 * accepts beyond that (six fields, three, `H`, `@daily`, `L`, `#`, `?`) is refused in words, all problems at once.
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

/** The cron of a valid monitor. Throws where the text is none: monitors/ validates first. */
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
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] as const;
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;
/** Most days a month can have. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const FIELDS: readonly Field[] = [
  { name: "minute", min: 0, max: 59, names: [] },
  { name: "hour", min: 0, max: 23, names: [] },
  { name: "day of month", min: 1, max: 31, names: [] },
  { name: "month", min: 1, max: 12, names: MONTHS },
  { name: "day of week", min: 0, max: 7, names: WEEKDAYS },
];

function shapeProblem(text: string): string | undefined {
  const words = text.trim().split(/\s+/);
  if (text.trim() === "") return "the cron is empty; write five fields, as in 10 7 * * 1-5.";
  if (text.trim().startsWith("@")) {
    return `shortcuts as ${words[0]} are not supported; write five fields, as in 10 7 * * 1-5.`;
  }
  if (words.length === 5) return undefined;
  const fix = words.length === 6 ? "; there is no field for seconds or years." : ", as in 10 7 * * 1-5.";
  return `a cron has five fields (minute, hour, day of month, month, day of week), not ${words.length}${fix}`;
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
  const match = /^(\*|[A-Za-z0-9]+)(?:-([A-Za-z0-9]+))?(?:\/([0-9]+))?$/.exec(text);
  const [, first = "", last, stepText] = match ?? [];
  if (match === null || (first === "*" && (last !== undefined || stepText === undefined)))
    return unreadable(field, text);
  const from = first === "*" ? field.min : numberIn(field, first);
  const to = first === "*" ? field.max : last === undefined ? from : numberIn(field, last);
  if (from === undefined || to === undefined) return outside(field, [first, last ?? first]);
  if (from > to) return invalid(`${field.name}: ${text} runs backwards; write the smaller value first, or a list.`);
  const step = stepText === undefined ? 1 : Number(stepText);
  const most = field.max - field.min;
  if (step < 1 || step > most) return invalid(`${field.name}: the step must be 1-${most}, not ${stepText}.`);
  // 20/15 is 20-59/15, as GitHub reads it too.
  const open = stepText !== undefined && last === undefined;
  return { values: range({ from, to: open ? field.max : to, step }), problems: [] };
}

function outside(field: Field, words: readonly string[]): FieldValues {
  const [bad = ""] = words.filter((word) => numberIn(field, word) === undefined);
  return /^[0-9]+$/.test(bad) ? invalid(`${field.name} must be ${field.min}-${field.max}.`) : unreadable(field, bad);
}

function unreadable(field: Field, text: string): FieldValues {
  const names = field.names.length === 0 ? "" : ` or ${field.names[0]}-${field.names.at(-1)}`;
  const shown = text === "" ? "an empty value" : `"${text}"`;
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
