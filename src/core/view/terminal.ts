import { visibleWidth, wrapToWidth } from "../text/text-width.ts";
import { formatFor } from "./format.ts";
import { fold, type Section, type Tone } from "./table.ts";
import { textTable } from "./text-table.ts";
import { textsFor } from "./texts/texts-for.ts";
import type { View } from "./view.ts";

export interface RenderOptions {
  readonly columns: number;
  readonly color: boolean;
  /** Most rows of a table; absent: all. */
  readonly rows?: number;
}

const CODES = { bad: "31", warn: "33", good: "32", muted: "2", title: "1" } satisfies Record<Tone | "title", string>;

/** Colours a text for a terminal; as it is where colours are off. */
export function painter(color: boolean): (text: string, tone: Tone | "title") => string {
  return (text, tone) => (color && text !== "" ? `\u001b[${CODES[tone]}m${text}\u001b[0m` : text);
}

/** A report for the terminal: the same sections, columns and words as the mail. */
export function renderView(view: View, options: RenderOptions): string {
  const paint = painter(options.color);
  const facts = view.facts.map(({ label, text, tone }) => `${label} ${paint(text, tone)}`);
  const head = [
    paint(view.name, "title"),
    `${paint(view.headline, view.status === "short" ? "bad" : "good")} · ${view.checkedAt}`,
    ...(view.since === undefined ? [] : [view.since]),
    ...wrap(facts, options.columns),
  ];
  const format = formatFor({ language: view.language, timezone: "UTC" });
  const more = (folded: number) => textsFor(format).more(format.quantity(folded));
  const sections = view.sections.map((section) => renderSection(section, { ...options, more }));
  return `${[head.join("\n"), ...sections].join("\n\n")}\n`;
}

function renderSection(
  whole: Section,
  { columns, color, rows, more: moreWords }: RenderOptions & { readonly more: (folded: number) => string },
): string {
  const paint = painter(color);
  const section = rows === undefined ? whole : fold(whole, rows);
  const more = section.folded === 0 ? [] : [`… ${moreWords(section.folded)}`];
  const table = section.rows.length === 0 ? [] : [textTable(section, { width: columns, paint })];
  const lead = section.lead === undefined ? [] : wrapToWidth(section.lead, columns);
  const notes = section.notes.flatMap((note) => wrapToWidth(note, columns));
  return [paint(section.title, "title"), ...lead, ...table, ...more, ...notes].map((part) => part.trimEnd()).join("\n");
}

/** Puts facts side by side, as many as fit a line. */
function wrap(facts: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const joined = lines.length === 0 ? fact : `${lines.at(-1)} · ${fact}`;
    if (lines.length === 0 || visibleWidth(joined) > columns) lines.push(fact);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}
