import { ticks } from "d3-array";
import { utcTicks } from "d3-time";
import { html } from "hono/html";
import type { Markup } from "../markup.ts";
import { area, coordinate, type Point, stepPath } from "./geometry.ts";

export interface Steps {
  /** Ascending by time. */
  readonly points: readonly { readonly at: Date; readonly value: number }[];
  readonly from: Date;
  readonly to: Date;
  /** Instants with a mark above: somebody was notified. */
  readonly marks: readonly Date[];
  /** Says in a sentence what the picture shows. */
  readonly words: string;
  readonly day: (at: Date) => string;
  /** What stands at the right end of the axis. */
  readonly end: string;
}

const WIDTH = 340;
const HEIGHT = 140;
const DAYS = 3;
const LEFT = 26;
const RIGHT = 12;
const TOP = 24;
const BOTTOM = 22;

/** How many over time. It is as narrow as a phone, so that its words are as large as others everywhere. */
export function stepChart(steps: Steps): Markup {
  const { points, from, to, marks, words, day, end } = steps;
  const span = Math.max(1, to.getTime() - from.getTime());
  const highest = Math.max(1, ...points.map(({ value }) => value));
  const levels = ticks(0, highest, 3).filter(Number.isInteger);
  const top = Math.max(highest, levels.at(-1) ?? highest);
  const x = (at: Date) => LEFT + ((at.getTime() - from.getTime()) / span) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const placed: Point[] = points.map(({ at, value }) => ({ x: Math.max(LEFT, x(at)), y: y(value) }));
  const last = placed.at(-1);
  const path = stepPath(last === undefined ? [] : [...placed, { x: WIDTH - RIGHT, y: last.y }]);
  const right = WIDTH - RIGHT;
  const axis = utcTicks(from, to, DAYS).filter((at) => x(at) < right - 70 && x(at) >= LEFT);
  return html`<svg class="chart small" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words}">${levels.map(
    (level) =>
      html`<path class="grid" d="M${LEFT} ${coordinate(y(level))}H${right}"/><text x="${LEFT - 6}" y="${coordinate(y(level) + 4)}" text-anchor="end">${level}</text>`,
  )}${axis.map(
    (at) => html`<text x="${coordinate(x(at))}" y="${HEIGHT - 6}" text-anchor="middle">${day(at)}</text>`,
  )}<text class="strong" x="${right}" y="${HEIGHT - 6}" text-anchor="end">${end}</text>${
    last === undefined
      ? ""
      : html`<path class="area bad" d="${area(path, { from: placed[0]?.x ?? LEFT, to: right, floor: y(0) })}"/><path class="line bad" d="${path}"/>`
  }${marks
    .filter((at) => at >= from)
    .map((at) => html`<use href="#s-letter" x="${coordinate(x(at) - 6)}" y="4" width="12" height="12"/>`)}</svg>`;
}
