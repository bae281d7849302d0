import { rounded } from "../calculation/quantity.ts";
import type { Monitor } from "../monitor.ts";

export type Language = Monitor["language"];

/** How numbers and dates are written for one reader. */
export interface Format {
  readonly language: Language;
  /** A quantity with at most five decimals, grouped, its unit behind: `1,234.5 m`. */
  readonly quantity: (quantity: number, units?: string) => string;
  /** The same of what is needed: of what has no unit, whole pieces, since nobody builds in or orders less than one. */
  readonly needed: (quantity: number, units?: string) => string;
  readonly percent: (percent: number) => string;
  /** With its currency, or bare if that is unknown. */
  readonly money: (amount: number, currency: string | null) => string;
  /** What one of something costs: with as many decimals as that takes, up to six. */
  readonly price: (amount: number, currency: string | null) => string;
  /** A calendar day (YYYY-MM-DD), which has no zone. */
  readonly day: (day: string) => string;
  /** The day of an instant in the reader's zone. */
  readonly dayOf: (instant: Date) => string;
  /** An instant in the reader's zone, with the zone's short name. */
  readonly instant: (instant: Date) => string;
  /** The time of an instant in the reader's zone: `09:10`. */
  readonly time: (instant: Date) => string;
  readonly list: (items: readonly string[]) => string;
  /** `one` for 1, `other` for the rest, as the language counts. */
  readonly plural: (count: number, forms: Plural) => string;
}

export interface Plural {
  readonly one: string;
  readonly other: string;
}

const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };
const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The formats of a language and an IANA zone. Throws a RangeError for a zone that does not exist. */
export function formatFor({ language, timezone }: { readonly language: Language; readonly timezone: string }): Format {
  const key = `${language} ${timezone}`;
  const format = formats.get(key) ?? makeFormat(language, timezone);
  formats.set(key, format);
  return format;
}

// To make Intl's formats takes longer than to write a report with them.
const formats = new Map<string, Format>();

function makeFormat(language: Language, timezone: string): Format {
  const locale = LOCALES[language];
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 5 });
  const day: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
  const utcDay = new Intl.DateTimeFormat(locale, { ...day, timeZone: "UTC" });
  const zoneDay = new Intl.DateTimeFormat(locale, { ...day, timeZone: timezone });
  const instant = new Intl.DateTimeFormat(locale, {
    ...day,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: timezone,
    timeZoneName: "short",
  });
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: timezone } as const;
  const time = new Intl.DateTimeFormat(locale, clock);
  const list = new Intl.ListFormat(locale, { style: "long", type: "conjunction" });
  const plural = new Intl.PluralRules(locale);
  const currencies = new Map<string, Intl.NumberFormat>();
  const moneyIn = (currency: string | null, decimals = 2) => {
    const key = `${currency ?? ""} ${decimals}`;
    const known = currencies.get(key) ?? moneyFormat(locale, { currency, decimals });
    currencies.set(key, known);
    return known;
  };
  // Intl takes ten times as long, and most quantities are small whole numbers.
  const isShort = (value: number) => Number.isInteger(value) && value >= 0 && value < 1_000;
  const quantity = (value: number) => (isShort(value) ? String(value + 0) : number.format(rounded(value)));
  return {
    language,
    quantity: (value, units = "") => (units === "" ? quantity(value) : `${quantity(value)} ${units}`),
    needed: (value, units = "") => (units === "" ? quantity(wholePieces(value)) : `${quantity(value)} ${units}`),
    percent: (value) => (language === "de" ? `${quantity(value)} %` : `${quantity(value)}%`),
    money: (amount, currency) => plainSpaces(moneyIn(currency).format(Math.abs(amount) < 0.005 ? 0 : amount)),
    price: (amount, currency) => plainSpaces(moneyIn(currency, 6).format(amount)),
    day: (text) => (CALENDAR_DAY.test(text) ? plainSpaces(utcDay.format(new Date(`${text}T00:00:00Z`))) : text),
    dayOf: (value) => plainSpaces(zoneDay.format(value)),
    instant: (value) => plainSpaces(instant.format(value)),
    time: (value) => plainSpaces(time.format(value)),
    list: (items) => list.format(items),
    plural: (count, forms) => (plural.select(count) === "one" ? forms.one : forms.other),
  };
}

/** What has no unit comes in whole pieces. */
export function wholePieces(value: number): number {
  return Math.ceil(rounded(value)) + 0;
}

/** A number for machines: no grouping, no exponent, at most the five decimals of a quantity, or the six of a price. */
export function plainNumber(
  value: number,
  { decimalMark, decimals = 5 }: { readonly decimalMark: "." | ","; readonly decimals?: 5 | 6 },
): string {
  const factor = 10 ** decimals;
  const fixed = (Math.round(value * factor) / factor + 0).toFixed(decimals);
  const text = fixed.replace(/\.?0+$/, "");
  return decimalMark === "." ? text : text.replace(".", ",");
}

/** What is no code of a currency is left out. */
function moneyFormat(
  locale: string,
  { currency, decimals }: { readonly currency: string | null; readonly decimals: number },
): Intl.NumberFormat {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: decimals };
  if (currency === null || !/^[A-Z]{3}$/.test(currency)) return new Intl.NumberFormat(locale, digits);
  return new Intl.NumberFormat(locale, { ...digits, style: "currency", currency });
}

/** Intl separates with no-break spaces of several kinds, which some readers show as boxes. */
function plainSpaces(text: string): string {
  return text.replace(/[\u00A0\u202F\u2009]/g, " ");
}
