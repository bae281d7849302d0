// A quantity over days to come: it stays, then steps. Drawn twice, for wide screens and for phones, where it has fewer words.
import { ticks } from "d3-array";
import { utcTicks } from "d3-time";
import { html } from "hono/html";
import type { Markup } from "../markup.ts";
import { coordinate } from "./geometry.ts";
import { hoverCard, placedLabels } from "./labels.ts";

export interface TimelineStep {
  readonly at: Date;
  readonly value: number;
  /** Beside its step on a wide screen, and on a phone. */
  readonly label: string;
  readonly short: string;
  /** Of the mark. */
  readonly hue: "good" | "warn" | "bad";
  /** What the card says that opens over it. */
  readonly lines: readonly string[];
}

export interface Timeline {
  /** Ascending; the first is today. */
  readonly steps: readonly TimelineStep[];
  /** A dashed line: what is wanted, a minimum. */
  readonly level?: { readonly value: number; readonly words: string; readonly cls: "wanted" | "minimum" } | undefined;
  /** Says in a sentence what the picture shows. */
  readonly words: string;
  readonly day: (at: Date) => string;
  /** What stands below the first day. */
  readonly today: string;
}

const DAY = 86_400_000;
const LEAST_DAYS = 28;
/** Cards for more days than these would make a page heavy. */
const MOST_CARDS = 60;

interface Size {
  readonly cls: "wide" | "narrow";
  readonly width: number;
  readonly height: number;
  readonly levels: number;
  readonly days: number;
  readonly labels: number;
}

const SIZES: readonly Size[] = [
  { cls: "wide", width: 1000, height: 250, levels: 5, days: 7, labels: 6 },
  { cls: "narrow", width: 330, height: 190, levels: 4, days: 3, labels: 3 },
];

/** The chart. A table beside it has to say the same. */
export function timeline(chart: Timeline): Markup {
  return html`${SIZES.map((size) => drawing(chart, size))}`;
}

const LEFT = 40;
const RIGHT = 14;
const TOP = 20;
const BOTTOM = 26;

interface Scales {
  readonly x: (at: Date) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly floor: number;
}

function drawing(chart: Timeline, size: Size): Markup {
  const { steps, level, words } = chart;
  const [first] = steps;
  if (first === undefined) return "";
  const last = steps.at(-1) ?? first;
  const from = first.at.getTime();
  const reach = Math.max(LEAST_DAYS * DAY, (last.at.getTime() - from) * 1.12);
  const values = [...steps.map(({ value }) => value), ...(level === undefined ? [] : [level.value])];
  const levels = ticks(Math.min(0, ...values), Math.max(1, ...values), size.levels);
  const low = Math.min(0, ...values, ...levels);
  const high = Math.max(1, ...values, ...levels);
  const [left, right, floor] = [LEFT, size.width - RIGHT, size.height - BOTTOM];
  const x = (at: Date) => left + Math.min(1, (at.getTime() - from) / reach) * (right - left);
  const y = (value: number) => floor - ((value - low) / (high - low)) * (floor - TOP);
  const scales = { x, y, left, right, floor };
  return html`<svg class="chart ahead ${size.cls}" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${words}">${grid(levels, scales)}${runs(
    steps,
    scales,
  )}${level === undefined ? "" : levelLine(level, scales)}${axis(chart, { scales, size, until: new Date(from + reach) })}${marks(steps, scales)}${placedLabels(
    steps.map((step, index) => ({
      x: x(step.at),
      y: y(step.value),
      text: size.cls === "wide" ? step.label : step.short,
      weight: Math.abs(step.value - (steps[index - 1]?.value ?? step.value)) + (index === 0 ? 0 : 1),
      risesAt: nextRise(steps, index, x),
    })),
    { left, right, top: 8, floor, most: size.labels },
  )}${size.cls === "wide" ? cards(chart, { scales, size }) : ""}</svg>`;
}

function nextRise(steps: readonly TimelineStep[], index: number, x: (at: Date) => number): number {
  const [step, next] = [steps[index], steps[index + 1]];
  return step !== undefined && next !== undefined && next.value > step.value ? x(next.at) : Number.POSITIVE_INFINITY;
}

function grid(levels: readonly number[], { y, left, right }: Scales): Markup {
  return html`${levels.map(
    (level) =>
      html`<path class="${level === 0 ? "zero" : "grid"}" d="M${left} ${coordinate(y(level))}H${right}"/><text x="${left - 8}" y="${coordinate(y(level) + 4)}" text-anchor="end">${level}</text>`,
  )}`;
}

interface Run {
  readonly isBelow: boolean;
  readonly steps: readonly TimelineStep[];
}

/** The line and what lies below it, apart where it is below zero: that time is shaded. */
function runs(steps: readonly TimelineStep[], scales: Scales): Markup {
  const found: { isBelow: boolean; steps: TimelineStep[] }[] = [];
  for (const step of steps) {
    const isBelow = step.value < 0;
    const current = found.at(-1);
    if (current?.isBelow === isBelow) current.steps.push(step);
    else found.push({ isBelow, steps: [step] });
  }
  return html`${found.map((run, index) => runOf(run, { scales, before: found[index - 1], after: found[index + 1] }))}`;
}

function runOf(
  { isBelow, steps }: Run,
  {
    scales,
    before,
    after,
  }: { readonly scales: Scales; readonly before: Run | undefined; readonly after: Run | undefined },
): Markup {
  const { x, y, right, floor } = scales;
  const [first] = steps;
  if (first === undefined) return "";
  const next = after?.steps[0];
  const end = next === undefined ? right : x(next.at);
  const zero = coordinate(y(0));
  let path =
    before === undefined
      ? `M${coordinate(x(first.at))} ${coordinate(y(first.value))}`
      : `M${coordinate(x(first.at))} ${zero}`;
  for (const step of steps) path += `H${coordinate(x(step.at))}V${coordinate(y(step.value))}`;
  path += `H${coordinate(end)}${next === undefined ? "" : `V${zero}`}`;
  const hue = isBelow ? "bad" : "good";
  const shade = isBelow
    ? html`<rect class="shade" x="${coordinate(x(first.at))}" y="${TOP}" width="${coordinate(end - x(first.at))}" height="${floor - TOP}"/>`
    : "";
  return html`${shade}<path class="area ${hue}" d="${path}V${zero}H${coordinate(x(first.at))}z"/><path class="line ${hue}" d="${path}"/>`;
}

function levelLine({ value, words, cls }: NonNullable<Timeline["level"]>, { y, left, right }: Scales): Markup {
  const at = y(value);
  return html`<path class="level ${cls}" d="M${left} ${coordinate(at)}H${right}"/><text class="halo strong" x="${right}" y="${coordinate(at - 6)}" text-anchor="end">${words}</text>`;
}

/** The days of the steps as far as there is room, and some between. */
function axis(
  { steps, day, today }: Timeline,
  { scales, size, until }: { readonly scales: Scales; readonly size: Size; readonly until: Date },
): Markup {
  const { x, left, right, floor } = scales;
  const room = 62;
  const taken = [left];
  const isFree = (place: number) => place < right - 18 && taken.every((one) => Math.abs(one - place) >= room);
  const own = steps.slice(1).map(({ at }) => at);
  const shown: Date[] = [];
  for (const at of [...own, ...utcTicks(steps[0]?.at ?? until, until, size.days)]) {
    if (!isFree(x(at))) continue;
    taken.push(x(at));
    shown.push(at);
  }
  return html`<text class="strong" x="${left}" y="${floor + 18}">${today}</text>${shown.map(
    (at) => html`<text x="${coordinate(x(at))}" y="${floor + 18}" text-anchor="middle">${day(at)}</text>`,
  )}`;
}

function marks(steps: readonly TimelineStep[], { x, y }: Scales): Markup {
  return html`${steps.map(
    ({ at, value, hue }) =>
      html`<circle class="mark ${hue}" cx="${coordinate(x(at))}" cy="${coordinate(y(value))}" r="3.5"/>`,
  )}`;
}

/** Over each step a place to point at, and the card that opens there. */
function cards({ steps }: Timeline, { scales, size }: { readonly scales: Scales; readonly size: Size }): Markup {
  const { x, right, floor } = scales;
  return html`${steps.slice(0, MOST_CARDS).map(({ at, lines }, index) => {
    const next = steps[index + 1];
    const end = next === undefined ? right : x(next.at);
    return html`<g class="over"><rect class="hit" x="${coordinate(x(at))}" y="${TOP}" width="${coordinate(Math.max(2, end - x(at)))}" height="${floor - TOP}"/>${hoverCard(lines, { x: x(at), y: TOP, width: size.width })}</g>`;
  })}`;
}
