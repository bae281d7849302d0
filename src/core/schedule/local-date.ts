/** The calendar day at an instant in an IANA zone: YYYY-MM-DD. Throws RangeError on an unknown zone. */
export function localDate(instant: Date, timezone: string): string {
  const format = formats.get(timezone) ?? formatIn(timezone);
  formats.set(timezone, format);
  const parts = new Map(format.formatToParts(instant).map((part) => [part.type, part.value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}

// Creating one takes a hundred times as long as using it, and each check needs it three times.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timezone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
}
