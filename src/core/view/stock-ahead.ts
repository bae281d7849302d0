import type { Movement } from "../calculation/ahead/movements.ts";
import type { StockAhead } from "../calculation/ahead/stock-ahead.ts";
import { plainText } from "../text/plain-text.ts";
import { cutToWidth, textWidth, wrapToWidth } from "../text/text-width.ts";
import { bar, padded, widest } from "./bars.ts";
import type { Format } from "./format.ts";
import { painter, type RenderOptions } from "./terminal.ts";

/** Columns of the longest bar. */
const LONGEST = 20;
/** Columns that are left for what comes and goes, as far as the terminal has so many. */
const MOVEMENTS = 30;
const GAP = "  ";

/** How stock develops, as a chart of characters with what comes and goes, and below it what that means. */
export function renderStockAhead(
  ahead: StockAhead,
  { format, columns, color }: RenderOptions & { readonly format: Format },
): string {
  const { part, in_stock, minimum } = ahead;
  const paint = painter(color);
  const title = [part.name, ...(part.ipn === null ? [] : [part.ipn])].map(plainText).join(" · ");
  const least = minimum === 0 ? "" : `, minimum ${format.quantity(minimum)}`;
  return [
    [paint(cutToWidth(title, columns), "title"), `In stock ${amount(in_stock, ahead, format)}${least}`].join("\n"),
    chartOf(ahead, { format, columns, color }).join("\n"),
    sentencesOf(ahead, format)
      .flatMap((sentence) => wrapToWidth(sentence, columns))
      .join("\n"),
  ]
    .map((block) => `${block}\n`)
    .join("\n");
}

function chartOf(
  { days, minimum }: StockAhead,
  { format, columns, color }: RenderOptions & { readonly format: Format },
): readonly string[] {
  const paint = painter(color);
  const rows = days.map(({ date, stock, movements }) => ({
    ...{ stock, day: format.day(date), figure: format.quantity(stock) },
    movements: movements.map((each) => movementWords(each, format)).join(", "),
  }));
  const [dayWidth, figureWidth] = [widest(rows.map(({ day }) => day)), widest(rows.map(({ figure }) => figure))];
  const room = columns - dayWidth - figureWidth - MOVEMENTS - 3 * GAP.length;
  const scale = {
    most: Math.max(1, ...days.map(({ stock }) => stock)),
    columns: Math.min(LONGEST, Math.max(1, room)),
  };
  return rows.flatMap(({ day, figure, stock, movements }) => {
    const tone = stock < 0 ? "bad" : stock < minimum ? "warn" : null;
    const number = " ".repeat(figureWidth - textWidth(figure)) + figure;
    const drawn = padded(bar(Math.max(0, stock), scale), scale.columns);
    const indent = " ".repeat(dayWidth + figureWidth + scale.columns + 3 * GAP.length);
    const [first = "", ...more] = wrapToWidth(movements, Math.max(1, columns - indent.length));
    return [
      [padded(day, dayWidth), tone === null ? number : paint(number, tone), drawn, first].join(GAP).trimEnd(),
      ...more.map((line) => indent + line),
    ];
  });
}

function sentencesOf(ahead: StockAhead, format: Format): readonly string[] {
  const { lowest, below_zero, below_minimum, pull_in: pull, without_day, problems, days } = ahead;
  const isBelow = lowest.stock < 0;
  return [
    ...(days.length === 1 && days[0]?.movements.length === 0 ? ["Nothing with a day comes or goes."] : []),
    `Lowest: ${amount(lowest.stock, ahead, format)} on ${format.day(lowest.date)}.`,
    ...spanWords(below_zero, { what: "Below zero", format }),
    // Where both begin and end together, one says enough.
    ...(JSON.stringify(below_minimum) === JSON.stringify(below_zero)
      ? []
      : spanWords(below_minimum, { what: "Below the minimum", format })),
    ...(pull === null
      ? isBelow
        ? ["No single order or build could come soon enough to prevent it."]
        : []
      : [
          `If ${sourceWords(pull)} came ${format.quantity(pull.days)} ${format.plural(pull.days, { one: "day", other: "days" })} earlier, stock would never fall below zero.`,
        ]),
    ...apart(without_day, { direction: "On its way", isIt: ({ quantity }) => quantity > 0, format }),
    ...apart(without_day, { direction: "Required", isIt: ({ quantity }) => quantity < 0, format }),
    ...problems.map(({ list, words, message }) => plainText(`Not counted: ${list}, ${words}: ${message}`)),
  ];
}

function amount(value: number, { part }: StockAhead, format: Format): string {
  return format.quantity(value, plainText(part.units));
}

function spanWords(
  spans: StockAhead["below_zero"],
  { what, format }: { readonly what: string; readonly format: Format },
): readonly string[] {
  if (spans.length === 0) return [];
  const words = spans.map(({ from, until }) =>
    until === null ? `from ${format.day(from)} on` : `from ${format.day(from)} until ${format.day(until)}`,
  );
  return [`${what} ${words.join(", ")}.`];
}

type Apart = StockAhead["without_day"][number];

function apart(
  rows: readonly Apart[],
  options: { readonly direction: string; readonly isIt: (row: Apart) => boolean; readonly format: Format },
): readonly string[] {
  const { direction, isIt, format } = options;
  const words = rows.filter(isIt).map((row) => {
    const what = `${format.quantity(Math.abs(row.quantity))} ${placeWords(row)}`;
    if (row.because === "not_placed") return `${what}, not placed yet`;
    return row.because === "late" && row.due !== null ? `${what}, overdue since ${format.day(row.due)}` : what;
  });
  return words.length === 0 ? [] : [`${direction} without a day: ${words.join("; ")}.`];
}

function movementWords(movement: Movement, format: Format): string {
  const { quantity } = movement;
  const sign = quantity > 0 ? "+" : "−";
  return `${sign}${format.quantity(Math.abs(quantity))} ${placeWords(movement)}`;
}

function placeWords(movement: Movement): string {
  const reference = plainText(movement.reference);
  switch (movement.kind) {
    case "order":
    case "build":
      return reference === "" ? "that no order or build names" : `on ${sourceWords(movement)}`;
    case "for_build":
    case "for_sale":
      return `for ${reference}`;
    case "for_list":
      return `for the list ${reference}`;
    default:
      return movement.kind satisfies never;
  }
}

/** `PO-0012 (Mouser)`. */
function sourceWords({ reference, supplier = "" }: Pick<Movement, "reference" | "supplier">): string {
  return plainText(supplier) === "" ? plainText(reference) : `${plainText(reference)} (${plainText(supplier)})`;
}
