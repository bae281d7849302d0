import type { Monitor } from "../monitor.ts";

export type Language = Monitor["language"];

/** How numbers and dates are written for one reader. */
export interface Format {
  readonly language: Language;
  /** A quantity with at most five decimals, grouped, its unit behind: `1,234.5 m`. */
  readonly quantity: (quantity: number, units?: string) => string;
  readonly percent: (percent: number) => string;
  /** With its currency, or bare if that is unknown. */
  readonly money: (amount: number, currency: string | null) => string;
  /** A calendar day (YYYY-MM-DD), which has no zone. */
  readonly day: (day: string) => string;
  /** The day of an instant in the reader's zone. */
  readonly dayOf: (instant: Date) => string;
  /** An instant in the reader's zone, with the zone's short name. */
  readonly instant: (instant: Date) => string;
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

/** Makes the formats of a language and an IANA zone. Throws a RangeError for a zone that does not exist. */
export function formatFor({ language, timezone }: { readonly language: Language; readonly timezone: string }): Format {
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
  const list = new Intl.ListFormat(locale, { style: "long", type: "conjunction" });
  const plural = new Intl.PluralRules(locale);
  const quantity = (value: number) => number.format(withoutNoise(value));
  return {
    language,
    quantity: (value, units = "") => (units === "" ? quantity(value) : `${quantity(value)} ${units}`),
    percent: (value) => (language === "de" ? `${quantity(value)} %` : `${quantity(value)}%`),
    money: (amount, currency) => money({ locale, amount, currency }),
    day: (text) => (CALENDAR_DAY.test(text) ? plainSpaces(utcDay.format(new Date(`${text}T00:00:00Z`))) : text),
    dayOf: (value) => plainSpaces(zoneDay.format(value)),
    instant: (value) => plainSpaces(instant.format(value)),
    list: (items) => list.format(items),
    plural: (count, forms) => (plural.select(count) === "one" ? forms.one : forms.other),
  };
}

/** A quantity for machines: no grouping, no exponent, at most five decimals. */
export function plainNumber(value: number, decimalMark: "." | ","): string {
  const fixed = withoutNoise(value).toFixed(5);
  const text = fixed.replace(/\.?0+$/, "");
  return decimalMark === "." ? text : text.replace(".", ",");
}

/** To the five decimals that quantities have; never `-0`. */
function withoutNoise(value: number): number {
  const rounded = Math.round(value * 1e5) / 1e5;
  return rounded === 0 ? 0 : rounded;
}

function money(of: { readonly locale: string; readonly amount: number; readonly currency: string | null }): string {
  const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const amount = Math.abs(of.amount) < 0.005 ? 0 : of.amount;
  if (of.currency === null || !/^[A-Z]{3}$/.test(of.currency)) {
    return plainSpaces(new Intl.NumberFormat(of.locale, decimals).format(amount));
  }
  const style = { ...decimals, style: "currency", currency: of.currency } as const;
  return plainSpaces(new Intl.NumberFormat(of.locale, style).format(amount));
}

/** Intl separates with no-break spaces of several kinds, which some readers show as boxes. */
function plainSpaces(text: string): string {
  return text.replace(/[\u00A0\u202F\u2009]/g, " ");
}
