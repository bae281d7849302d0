import type { HowMany, Report } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import { plainText } from "../text/plain-text.ts";
import { cutToWidth, textWidth, wrapToWidth } from "../text/text-width.ts";
import { bar, padded, widest } from "./bars.ts";
import { formatFor } from "./format.ts";
import { namesOf, withoutDayWords } from "./how-many-words.ts";
import { painter, type RenderOptions } from "./terminal.ts";
import { textsFor } from "./texts/texts-for.ts";

/** Columns of the longest bar. */
const LONGEST = 24;
/** Columns that are left for the names of what limits, as far as the terminal has so many. */
const NAMES = 20;
const GAP = "  ";

interface Viewing {
  readonly report: Report;
  readonly monitor: Pick<Monitor, "language" | "timezone">;
}

/** How many of each assembly could be built from which day on, as a chart of characters; empty where nobody asked. */
export function renderHowMany(viewing: Viewing, options: RenderOptions): string {
  const charts = Object.entries(viewing.report.how_many ?? {}).flatMap(([pk, figures]) =>
    figures === undefined ? [] : [chartOf({ ...viewing, pk: Number(pk), figures }, options)],
  );
  if (charts.length === 0) return "";
  const title = painter(options.color)(textsFor(formatFor(viewing.monitor)).sections.how_many, "title");
  return `\n${[title, ...charts].join("\n\n")}\n`;
}

interface Chart extends Viewing {
  readonly pk: number;
  readonly figures: HowMany;
}

function chartOf({ report, monitor, pk, figures }: Chart, { columns }: RenderOptions): string {
  const format = formatFor(monitor);
  const texts = textsFor(format);
  const names = namesOf(report);
  const name = (part: number): string => plainText(names.get(part) ?? `#${part}`);
  const rows = figures.steps.map(({ date, number, limited_by }) => ({
    day: date === null ? texts.howMany.atHand : format.day(date),
    number,
    figure: number === null ? texts.nothingLimits : format.quantity(number),
    limits: limited_by.map(name).join(", "),
  }));
  const days = widest(rows.map(({ day }) => day));
  const figuresWidth = widest(rows.map(({ figure }) => figure));
  const room = columns - days - figuresWidth - NAMES - 3 * GAP.length;
  const scale = {
    most: Math.max(1, ...rows.map(({ number }) => number ?? 0)),
    columns: Math.min(LONGEST, Math.max(1, room)),
  };
  const lines = rows.map(({ day, number, figure, limits }) =>
    [
      padded(day, days),
      " ".repeat(figuresWidth - textWidth(figure)) + figure,
      padded(bar(number, scale), scale.columns),
      limits,
    ]
      .join(GAP)
      .trimEnd(),
  );
  return [
    cutToWidth(name(pk), columns),
    ...lines.map((line) => cutToWidth(line, columns)),
    ...wrapToWidth(withoutDayWords(figures, { format, name }), columns),
  ]
    .filter((line) => line !== "")
    .join("\n");
}
