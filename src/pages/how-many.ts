// How many of an assembly could be built by when: a chart for each, with what limits it at each step.
import { html } from "hono/html";
import type { HowMany, Report } from "../core/generated/report.ts";
import type { ListRow } from "../core/overview/lists.ts";
import { localDate } from "../core/schedule/local-date.ts";
import { clip, plainText } from "../core/text/plain-text.ts";
import { namesOf, withoutDayWords } from "../core/view/how-many-words.ts";
import { textsFor } from "../core/view/texts/texts-for.ts";
import { type TimelineStep, timeline } from "./charts/timeline.ts";
import { card, link, table } from "./components.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";
import { aheadTextsFor } from "./texts/ahead.ts";

/** Of a list more would bury its tables. */
const MOST_CHARTS = 4;

/** What is looked at of a list. */
type Shown = Pick<ListRow, "report" | "reportedAt" | "isStale" | "monitor" | "instance" | "ahead">;

interface Ahead {
  readonly readAt: Date | null;
  readonly isStale: boolean;
  /** By pk. */
  readonly howMany: Readonly<Record<string, HowMany | undefined>>;
  readonly names: ReadonlyMap<number, string>;
}

/** A card for each assembly of which the number changes with what arrives. */
export function howManyCards(list: Shown, frame: Frame): Markup {
  const ahead = aheadOf(list);
  if (ahead === null) return "";
  const found = Object.entries(ahead.howMany).flatMap(([pk, figures]) => {
    const steps = figures === undefined ? [] : changing(figures.steps);
    return figures === undefined || steps.length < 2 ? [] : [{ pk: Number(pk), figures, steps }];
  });
  return html`${found
    .slice(0, MOST_CHARTS)
    .map(({ pk, figures, steps }) => cardOf({ list, ahead, pk, figures, steps }, frame))}`;
}

/** As last read for an outlook; without one as last notified. */
function aheadOf({ report, reportedAt, isStale, ahead }: Shown): Ahead | null {
  const told = report === null ? new Map<number, string>() : namesOf(report);
  if (ahead !== null) {
    const names = new Map([...told, ...Object.entries(ahead.names).map(([pk, name]) => [Number(pk), name] as const)]);
    return { readAt: ahead.readAt, isStale: ahead.isStale, howMany: ahead.howMany, names };
  }
  return report?.how_many === undefined ? null : { readAt: reportedAt, isStale, howMany: report.how_many, names: told };
}

type Step = HowMany["steps"][number];

function changing(steps: readonly Step[]): readonly Step[] {
  return steps.filter((step, at) => at === 0 || step.number !== steps[at - 1]?.number);
}

interface Of {
  readonly list: Shown;
  readonly ahead: Ahead;
  readonly pk: number;
  readonly figures: HowMany;
  readonly steps: readonly Step[];
}

function cardOf({ list, ahead, pk, figures, steps }: Of, frame: Frame): Markup {
  const { format, dates, to } = frame;
  const texts = aheadTextsFor(format);
  const words = textsFor(format);
  const name = (part: number) => clip(plainText(ahead.names.get(part) ?? `#${part}`), 60);
  const wanted = wantedOf(pk, list);
  const readAt = ahead.readAt ?? new Date(0);
  const number = ({ number: n }: Step) => (n === null ? words.nothingLimits : format.quantity(n));
  const day = ({ date }: Step) => (date === null ? texts.today : format.day(date));
  const limits = (step: Step) => step.limited_by.map(name);
  const known = steps.flatMap((step) => (step.number === null ? [] : [{ ...step, number: step.number }]));
  const points = known.map((step): TimelineStep => {
    const limit = format.list(limits(step));
    return {
      at: step.date === null ? noon(localDate(readAt, list.monitor?.timezone ?? "UTC")) : noon(step.date),
      value: step.number,
      label: texts.howMany.label(format.quantity(step.number), clip(limits(step)[0] ?? "", 34)),
      short: format.quantity(step.number),
      hue: step.number >= (wanted ?? 0) ? "good" : step.number > 0 ? "warn" : "bad",
      lines: [day(step), texts.howMany.label(format.quantity(step.number), clip(limit, 60))],
    };
  });
  const spoken = texts.howMany.spoken(
    name(pk),
    steps.map((step) => texts.howMany.step(day(step), number(step))),
  );
  const rest = withoutDayWords(figures, { format, name });
  const last = known.at(-1);
  const reached = known.find((step) => wanted !== undefined && step.number >= wanted);
  return card({
    title: texts.howMany.title(name(pk)),
    aside: texts.howMany.aside,
    body: html`${timeline({
      steps: points,
      ...(wanted === undefined
        ? {}
        : { level: { value: wanted, words: texts.howMany.wanted(format.quantity(wanted)), cls: "wanted" as const } }),
      words: spoken,
      day: dates.day,
      today: texts.today,
    })}<p class="said">${
      reached === undefined
        ? last === undefined
          ? ""
          : html`${texts.howMany.more(format.quantity(last.number), format.list(limits(last)))}`
        : reached.date === null
          ? texts.howMany.enoughNow
          : texts.howMany.enough(format.day(reached.date))
    } ${rest}</p>${read({ readAt: ahead.readAt, isStale: ahead.isStale }, frame)}<details><summary>${frame.texts.asTable}</summary>${table(
      {
        caption: texts.howMany.title(name(pk)),
        columns: [
          { title: texts.howMany.columns.day },
          { title: texts.howMany.columns.number, align: "right" },
          { title: texts.howMany.columns.limit },
        ],
        rows: steps.map((step) => [
          day(step),
          number(step),
          html`${step.limited_by.map((part, index) => html`${index === 0 ? "" : ", "}${link(name(part), to.part(list.instance, part))}`)}`,
        ]),
      },
    )}</details>`,
  });
}

/** When it was read, in grey where that is long ago. */
export function read(
  { readAt, isStale }: { readonly readAt: Date | null; readonly isStale: boolean },
  { format, dates }: Frame,
): Markup {
  const texts = aheadTextsFor(format);
  if (readAt === null) return "";
  return html`<p class="hint${isStale ? " warn" : ""}">${texts.readAt(dates.minute(readAt))}${isStale ? ` ${texts.oldReading}` : ""}</p>`;
}

/** How many of it the list asks for; undefined: it does not ask for it by itself. */
function wantedOf(pk: number, { report, monitor }: Shown): number | undefined {
  const own = entriesOf(pk, report).flatMap((entry) => monitor?.parts[entry]?.quantity ?? []);
  return own.length === 0 ? undefined : own.reduce((sum, quantity) => sum + quantity, 0);
}

function entriesOf(pk: number, report: Report | null): readonly number[] {
  const line = report?.lines.find((one) => one.pk === pk);
  return [...new Set((line?.why ?? []).flatMap(({ entry, path }) => (path.length === 1 ? [entry] : [])))];
}

/** The middle of a day is the same day in every zone that people live in. */
export function noon(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}
