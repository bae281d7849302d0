import type { Overview } from "../core/overview/overview.ts";
import { plainText } from "../core/text/plain-text.ts";
import { stableId } from "./feed.ts";
import type { Frame } from "./frame.ts";

const MOST_CHECKS = 200;
const MOST_ORDERS = 500;
const MOST_NAMES = 5;
const QUARTER = 15 * 60_000;
/** Octets of a line (RFC 5545, 3.1). */
const LONGEST = 75;

/** iCalendar: the next check of each list, and the days on which orders bring something. */
export function calendarOf(overview: Overview, { texts, orders: words, format }: Frame): string {
  const { lists, orders, lastCheck, now } = overview;
  const stamp = utc(lastCheck ?? now);
  const checks = lists
    .filter(({ next }) => next !== null)
    .slice(0, MOST_CHECKS)
    .flatMap(({ id, name, next }) =>
      next === null
        ? []
        : event({
            id: `check ${id}`,
            stamp,
            lines: [
              `DTSTART:${utc(next)}`,
              `DTEND:${utc(new Date(next.getTime() + QUARTER))}`,
              "TRANSP:TRANSPARENT",
              `SUMMARY:${escaped(texts.checkOf(plainText(name)))}`,
            ],
          }),
    );
  const today = now.toISOString().slice(0, 10);
  const deliveries = orders
    .filter(({ status }) => status !== "not_placed")
    .slice(0, MOST_ORDERS)
    .flatMap(({ reference, supplier, instance, lines }) => {
      const who = [plainText(reference), plainText(supplier)].filter((word) => word !== "").join(", ");
      return [...Map.groupBy(lines, ({ date }) => date)].flatMap(([date, its]) => {
        if (date === null) return [];
        const names = [...new Set(its.map(({ name }) => plainText(name)))];
        return event({
          id: `order ${instance} ${reference} ${date}`,
          stamp,
          lines: [
            `DTSTART;VALUE=DATE:${date.replaceAll("-", "")}`,
            "TRANSP:TRANSPARENT",
            `SUMMARY:${escaped(`${texts.deliveryOf(who)}${date < today ? ` (${words.orderStatus.late})` : ""}`)}`,
            `DESCRIPTION:${escaped(format.list(names.slice(0, MOST_NAMES)))}`,
          ],
        });
      });
    });
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Partwatch//Dashboard//EN",
    "X-WR-CALNAME:Partwatch",
    ...checks,
    ...deliveries,
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function event({
  id,
  stamp,
  lines,
}: {
  readonly id: string;
  readonly stamp: string;
  readonly lines: readonly string[];
}): string[] {
  return ["BEGIN:VEVENT", `UID:${stableId(id)}`, `DTSTAMP:${stamp}`, ...lines, "END:VEVENT"];
}

function utc(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d{3}/g, "");
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&");
}

/** Long lines go on behind a blank; no character is cut in two. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = "";
  let size = 0;
  for (const character of line) {
    const bytes = new TextEncoder().encode(character).length;
    if (size + bytes > LONGEST) {
      pieces.push(piece);
      piece = " ";
      size = 1;
    }
    piece += character;
    size += bytes;
  }
  return [...pieces, piece].join("\r\n");
}
