import { utcTicks } from "d3-time";
import { html } from "hono/html";
import type { Markup } from "../markup.ts";
import { coordinate } from "./geometry.ts";

export interface DayMark {
  readonly at: Date;
  /** Lines of the order: how large the mark is. */
  readonly size: number;
  readonly hue: string;
  /** Says in a sentence what the mark shows. */
  readonly words: string;
}

interface Line {
  readonly today: Date;
  readonly day: (at: Date) => string;
  /** What stands below the day of the check. */
  readonly end: string;
  readonly words: string;
}

const DAY = 86_400_000;
const LEAST_DAYS = 21;
const AXIS = 24;

/** Marks on a line of days, those of one day above each other. */
export function dayLine(marks: readonly DayMark[], line: Line): Markup {
  return html`${drawing(marks, { ...line, width: 640, ticks: 6, cls: "wide" })}${drawing(marks, { ...line, width: 330, ticks: 3, cls: "narrow" })}<ul class="heard">${marks.map(
    ({ words }) => html`<li>${words}</li>`,
  )}</ul>`;
}

function drawing(
  marks: readonly DayMark[],
  {
    today,
    day,
    end,
    words,
    width,
    ticks,
    cls,
  }: Line & { readonly width: number; readonly ticks: number; readonly cls: string },
): Markup {
  const times = marks.map(({ at }) => at.getTime());
  const from = Math.min(today.getTime() - 3 * DAY, ...times);
  const to = Math.max(today.getTime() + LEAST_DAYS * DAY, ...times);
  const x = (time: number) => 14 + ((time - from) / (to - from)) * (width - 28);
  const stacked = new Map<string, number>();
  const placed = marks.map((mark) => {
    const radius = Math.min(11, 5 + Math.sqrt(mark.size) * 1.6);
    const key = mark.at.toISOString().slice(0, 10);
    const below = stacked.get(key) ?? 0;
    stacked.set(key, below + radius * 2 + 2);
    return { ...mark, radius, above: below + radius };
  });
  const room = Math.max(34, ...stacked.values()) + 14;
  const height = room + AXIS;
  const axis = utcTicks(new Date(from), new Date(to), ticks).filter(
    (at) => Math.abs(x(at.getTime()) - x(today.getTime())) > 44 && x(at.getTime()) < width - 24 && x(at.getTime()) > 24,
  );
  const now = coordinate(x(today.getTime()));
  return html`<svg class="chart ${cls}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${words}">${axis.map(
    (at) => {
      const place = coordinate(x(at.getTime()));
      return html`<path class="grid" d="M${place} 4V${room}"/><text x="${place}" y="${height - 6}" text-anchor="middle">${day(at)}</text>`;
    },
  )}<path class="grid" d="M4 ${room}H${width - 4}"/><path class="today" d="M${now} 0V${room}"/><text class="strong" x="${now}" y="${height - 6}" text-anchor="middle">${end}</text>${placed.map(
    ({ at, hue, radius, above, words: said }) =>
      html`<circle class="${hue}" cx="${coordinate(x(at.getTime()))}" cy="${coordinate(room - 4 - above)}" r="${coordinate(radius)}"><title>${said}</title></circle>`,
  )}</svg>`;
}
