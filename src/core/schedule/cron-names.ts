// Names of days and months as a cron takes them, and as people of other languages write them.

export const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] as const;
export const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;

/** English is first: it decides if two languages use one word for different days. */
const LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pt", "pl", "cs", "sv", "da"] as const;
/** 4 January 1970 was a Sunday. */
const FIRST_SUNDAY = 4;

/** The first letters of a name suffice if no other name begins with them. */
const LEAST_LETTERS = 2;

/** The cron name of a day or month in somebody's own language (`Mo`, `MONDAY`, `mié`); undefined if it is none. */
export function cronName(word: string, names: readonly string[]): string | undefined {
  const wanted = plain(word);
  if (wanted.length < LEAST_LETTERS) return undefined;
  for (const language of LANGUAGES) {
    const known = longNames(language, names === WEEKDAYS ? "weekday" : "month").map(plain);
    const found = known.flatMap((name, index) => (name.startsWith(wanted) ? [index] : []));
    const [only] = found;
    if (only !== undefined && found.length === 1) return names[only];
  }
  return undefined;
}

/** Full names in that language, Sunday or January first. */
export function longNames(language: string, kind: "weekday" | "month"): readonly string[] {
  const key = `${language} ${kind}`;
  const names = known.get(key) ?? namesIn(language, kind);
  known.set(key, names);
  return names;
}

// Creating an Intl format takes longer than describing a schedule.
const known = new Map<string, readonly string[]>();

function namesIn(language: string, kind: "weekday" | "month"): readonly string[] {
  const format = new Intl.DateTimeFormat(language, { [kind]: "long", timeZone: "UTC" });
  const dates =
    kind === "weekday"
      ? Array.from({ length: 7 }, (_, day) => Date.UTC(1970, 0, FIRST_SUNDAY + day))
      : Array.from({ length: 12 }, (_, month) => Date.UTC(1970, month, 1));
  return dates.map((date) => format.format(date));
}

function plain(word: string): string {
  return word
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\p{Mark}.]/gu, "");
}
