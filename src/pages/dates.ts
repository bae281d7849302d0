import type { Language } from "../core/view/format.ts";

/** Days and times as pages write them: shorter than in mails, always with the day, so that an old page does not look fresh. */
export interface Dates {
  readonly timezone: string;
  /** `27 Nov`. */
  readonly day: (at: Date) => string;
  /** `Fri 27 Nov, 07:10`. */
  readonly minute: (at: Date) => string;
}

const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };

// To make Intl's formats takes longer than to write a page with them.
const known = new Map<string, Dates>();

/** Throws a RangeError for a zone that does not exist. */
export function datesFor({ language, timezone }: { readonly language: Language; readonly timezone: string }): Dates {
  const key = `${language} ${timezone}`;
  const dates = known.get(key) ?? makeDates(LOCALES[language], timezone);
  known.set(key, dates);
  return dates;
}

function makeDates(locale: string, timezone: string): Dates {
  const zone = { timeZone: timezone } as const;
  const day = new Intl.DateTimeFormat(locale, { ...zone, day: "numeric", month: "short" });
  const weekday = new Intl.DateTimeFormat(locale, { ...zone, weekday: "short" });
  const time = new Intl.DateTimeFormat(locale, { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return {
    timezone,
    day: (at) => day.format(at),
    minute: (at) => `${weekday.format(at)} ${day.format(at)}, ${time.format(at)}`,
  };
}
