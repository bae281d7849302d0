import { utcTicks } from "d3-time";
import { html } from "hono/html";
import type { Markup } from "../markup.ts";
import { coordinate } from "./geometry.ts";

export interface Lane {
  readonly name: string;
  readonly from: Date;
  /** null: it is still so. */
  readonly to: Date | null;
  readonly acknowledged: Date | null;
  /** Says in a sentence what the bar shows. */
  readonly words: string;
}

interface Window {
  readonly from: Date;
  readonly to: Date;
  readonly day: (at: Date) => string;
  readonly end: string;
  readonly words: string;
}

const ROW = 27;
const AXIS = 24;

/** One bar per alert, from its beginning to its end. On a phone the names stand above the bars. */
export function lanes(rows: readonly Lane[], window: Window): Markup {
  return html`${drawing(rows, { ...window, width: 660, left: 190, row: ROW, cls: "wide", days: 5, letters: 30 })}${drawing(
    rows,
    { ...window, width: 330, left: 4, row: ROW + 17, cls: "narrow", days: 3, letters: 46 },
  )}`;
}

interface Drawing extends Window {
  readonly width: number;
  readonly left: number;
  readonly row: number;
  readonly cls: string;
  readonly days: number;
  readonly letters: number;
}

function drawing(rows: readonly Lane[], size: Drawing): Markup {
  const { from, to, day, end, words, width, left, row, cls, days, letters } = size;
  const right = width - 8;
  const height = rows.length * row + AXIS;
  const span = Math.max(1, to.getTime() - from.getTime());
  const x = (at: Date) => left + (Math.min(span, Math.max(0, at.getTime() - from.getTime())) / span) * (right - left);
  const isAbove = left < 100;
  const axis = utcTicks(from, to, days).filter((at) => x(at) < right - 52);
  return html`<svg class="chart ${cls}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${words}">${axis.map(
    (at) =>
      html`<path class="grid" d="M${coordinate(x(at))} 0V${height - AXIS}"/><text x="${coordinate(x(at))}" y="${height - 6}" text-anchor="${x(at) < left + 20 ? "start" : "middle"}">${day(at)}</text>`,
  )}<text class="strong" x="${right}" y="${height - 6}" text-anchor="end">${end}</text>${rows.map((lane, index) => {
    const y = index * row + (isAbove ? 22 : 8);
    const begin = x(lane.from);
    const width = Math.max(8, x(lane.to ?? to) - begin);
    const at = Math.min(begin, right - 8);
    return html`<text class="name" x="${isAbove ? left : 0}" y="${isAbove ? y - 7 : y + 10}">${cut(lane.name, letters)}</text><rect class="${
      lane.to === null ? "f-bad" : "f-mute"
    }" x="${coordinate(at)}" y="${y}" width="${coordinate(Math.min(width, right - at))}" height="12" rx="3"><title>${lane.words}</title></rect>${
      lane.acknowledged === null
        ? ""
        : html`<circle class="dot" cx="${coordinate(x(lane.acknowledged))}" cy="${y + 6}" r="7"/><use href="#s-seen" x="${coordinate(x(lane.acknowledged) - 6)}" y="${y}" width="12" height="12"/>`
    }`;
  })}</svg>`;
}

function cut(name: string, letters: number): string {
  return name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
}
