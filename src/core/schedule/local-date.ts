/** The calendar day at an instant in an IANA zone: YYYY-MM-DD. Throws RangeError on an unknown zone. */
export function localDate(instant: Date, timezone: string): string {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const parts = new Map(format.formatToParts(instant).map((part) => [part.type, part.value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}
