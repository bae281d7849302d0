// How the stock of a part develops: a chart, what comes and goes as a table, and what that means in a sentence.
import { html } from "hono/html";
import type { Movement } from "../core/calculation/ahead/movements.ts";
import type { StockAhead } from "../core/calculation/ahead/stock-ahead.ts";
import { daysBetween } from "../core/schedule/days.ts";
import { clip, plainText } from "../core/text/plain-text.ts";
import { type TimelineStep, timeline } from "./charts/timeline.ts";
import { card, lines, link, type Tile, table } from "./components.ts";
import type { Frame } from "./frame.ts";
import { noon, read } from "./how-many.ts";
import type { Markup } from "./markup.ts";
import { aheadTextsFor } from "./texts/ahead.ts";

/** What was found for a part, and when. */
export interface PartAheadShown {
  readonly readAt: Date;
  readonly isStale: boolean;
  readonly stock: Omit<StockAhead, "schema_version" | "problems"> & { readonly lists?: readonly string[] };
  /** Names of lists by their ids, as far as they are known. */
  readonly names?: ReadonlyMap<string, string>;
}

type Stock = PartAheadShown["stock"];

/** Rows of the table. */
const MOST_ROWS = 200;

/** When it runs out and for how long, or that it does not. */
export function stockSentence({ stock }: PartAheadShown, frame: Frame): string {
  const { format } = frame;
  const texts = aheadTextsFor(format).stock;
  const { below_zero, below_minimum, lowest, pull_in: pull } = stock;
  const [below] = below_zero;
  const words =
    below === undefined
      ? below_minimum[0] === undefined
        ? texts.never
        : texts.belowMinimum(format.day(below_minimum[0].from))
      : below.until === null
        ? texts.shortOn(amount(-lowest.stock, stock, frame), format.day(below.from))
        : texts.short(amount(-lowestIn(below, stock), stock, frame), format.day(below.from), format.day(below.until));
  return pull === null ? words : `${words} ${texts.pull(sourceWords(pull, frame), pull.days)}`;
}

/** The least stock within a span. */
function lowestIn({ from, until }: Stock["below_zero"][number], { days }: Stock): number {
  const within = days.filter(({ date }) => date >= from && (until === null || date < until));
  return Math.min(...within.map(({ stock }) => stock));
}

/** The lowest point, as a tile. */
export function lowestTile({ stock, isStale }: PartAheadShown, frame: Frame): Tile {
  const { format } = frame;
  const texts = aheadTextsFor(format).stock;
  const { lowest, below_zero, minimum } = stock;
  const span = below_zero.find(({ from, until }) => from <= lowest.date && (until === null || lowest.date < until));
  const length = span?.until == null ? null : daysBetween(span.from, span.until);
  const hue = isStale ? "mute" : lowest.stock < 0 ? "bad" : lowest.stock < minimum ? "warn" : undefined;
  return {
    label: texts.lowest,
    figure: amount(lowest.stock, stock, frame),
    line: texts.lowestLine(format.day(lowest.date), length),
    ...(hue === undefined ? {} : { hue }),
  };
}

/** The chart. */
export function stockChart(ahead: PartAheadShown, frame: Frame): Markup {
  const { stock, readAt, isStale, names } = ahead;
  const { format, dates } = frame;
  const all = aheadTextsFor(format);
  const texts = all.stock;
  const { days, minimum, lowest, in_stock } = stock;
  const isCalm = days.length === 1 && days[0]?.movements.length === 0;
  const steps = days.map((day): TimelineStep => {
    const [first, ...others] = day.movements;
    const more = others.length === 0 ? "" : ` +${others.length}`;
    return {
      at: noon(day.date),
      value: day.stock,
      label:
        first === undefined
          ? ""
          : `${clip(nameOf(first, { frame, names }), 28)} ${signed(first.quantity, frame)}${more}`,
      short: "",
      hue: day.stock < 0 ? "bad" : day.stock < minimum ? "warn" : "good",
      lines: [
        `${format.day(day.date)}: ${amount(day.stock, stock, frame)}`,
        ...day.movements
          .slice(0, 6)
          .map((one) => `${signed(one.quantity, frame)} ${clip(nameOf(one, { frame, names }), 44)}`),
        ...(day.movements.length > 6 ? [frame.texts.more(format.quantity(day.movements.length - 6))] : []),
      ],
    };
  });
  const spoken = texts.spoken(plainText(stock.part.name), {
    now: amount(in_stock, stock, frame),
    lowest: amount(lowest.stock, stock, frame),
    day: format.day(lowest.date),
  });
  return card({
    title: texts.title,
    aside: texts.aside,
    body: html`${timeline({
      steps,
      ...(minimum > 0
        ? { level: { value: minimum, words: texts.minimum(format.quantity(minimum)), cls: "minimum" as const } }
        : {}),
      words: spoken,
      day: dates.day,
      today: all.today,
    })}<p class="said">${isCalm ? texts.empty : ""}</p>${read({ readAt, isStale }, frame)}`,
  });
}

interface MoveRow {
  readonly day: Markup | string;
  readonly movement: Movement;
  /** Absent: in no day. */
  readonly left?: number;
}

/** The same as a table; what has no day stands at the end, and says why. */
export function movesCard({ stock, names }: PartAheadShown, frame: Frame): Markup {
  const { format } = frame;
  const texts = aheadTextsFor(format).stock;
  const rows = [
    ...stock.days.flatMap(({ date, stock: left, movements }) =>
      movements.map(
        (movement, index): MoveRow => ({
          day: format.day(date),
          movement,
          // What is there at the end of the day stands beside its last movement.
          ...(index === movements.length - 1 ? { left } : {}),
        }),
      ),
    ),
    ...stock.without_day.map(
      ({ because, ...movement }): MoveRow => ({
        day: lines(
          texts.noDay,
          because === "late" && movement.due !== null ? texts.late(format.day(movement.due)) : texts.because[because],
        ),
        movement,
      }),
    ),
  ];
  if (rows.length === 0) return "";
  const more = rows.length - MOST_ROWS;
  const counted = stock.lists ?? [];
  return card({
    title: texts.moves,
    body: html`${table({
      caption: texts.moves,
      columns: [
        { title: texts.columns.day },
        { title: texts.columns.what },
        { title: texts.columns.change, align: "right" },
        { title: texts.columns.left, align: "right" },
      ],
      rows: rows
        .slice(0, MOST_ROWS)
        .map(({ day, movement, left }) => [
          day,
          what(movement, { frame, names }),
          html`<span class="${movement.quantity > 0 ? "good" : ""}">${signed(movement.quantity, frame)}</span>`,
          left === undefined ? "" : leftCell(left, stock, frame),
        ]),
    })}${more > 0 ? html`<p class="hint">${frame.texts.more(format.quantity(more))}</p>` : ""}${
      counted.length === 0
        ? ""
        : html`<p class="hint">${texts.counted(
            counted
              .slice(0, 20)
              .map((id) => plainText(names?.get(id) ?? id))
              .join("; "),
          )}</p>`
    }`,
  });
}

function leftCell(left: number, stock: Stock, frame: Frame): Markup {
  const hue = left < 0 ? "bad" : left < stock.minimum ? "warn" : "";
  return html`<strong class="${hue}">${amount(left, stock, frame)}</strong>`;
}

interface Naming {
  readonly frame: Frame;
  readonly names: PartAheadShown["names"];
}

/** `Order PO-0043, Mouser`; a list with a link to its page. */
function what(movement: Movement, { frame, names }: Naming): Markup {
  const { kind, reference } = movement;
  const texts = aheadTextsFor(frame.format).stock;
  const word = texts.what[kind];
  if (kind === "for_list")
    return html`${word} ${link(plainText(names?.get(reference) ?? reference), frame.to.list(reference))}`;
  return html`${word} ${sourceWords(movement, frame)}`;
}

function sourceWords(
  { reference, supplier = "" }: Pick<Movement, "reference" | "supplier">,
  { format }: Frame,
): string {
  const words = [reference, supplier].map(plainText).filter((word) => word !== "");
  return words.length === 0 ? aheadTextsFor(format).stock.unnamed : words.join(", ");
}

/** In the chart, where there is little room. */
function nameOf({ kind, reference }: Movement, { frame, names }: Naming): string {
  const name = plainText((kind === "for_list" ? names?.get(reference) : undefined) ?? reference);
  return name === "" ? aheadTextsFor(frame.format).stock.what[kind] : name;
}

function signed(quantity: number, { format }: Frame): string {
  return `${quantity < 0 ? "−" : "+"}${format.quantity(Math.abs(quantity))}`;
}

function amount(value: number, { part }: Stock, { format }: Frame): string {
  return format.quantity(value, plainText(part.units));
}
