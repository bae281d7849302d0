// The effect of a changed list today: which parts its new entries refer to, and the result.

import { entryWords } from "../monitor.ts";
import type { ChangeRow } from "../notification/change.ts";
import { clip, plainText } from "../text/plain-text.ts";
import { referenceWords } from "../text/reference-words.ts";
import { units } from "../view/cells.ts";
import { isVisible } from "../view/change.ts";
import { type Format, formatFor } from "../view/format.ts";
import { markdownText, sectionMarkdown } from "../view/markdown.ts";
import { fold } from "../view/table.ts";
import type { Texts } from "../view/texts/texts.ts";
import { textsFor } from "../view/texts/texts-for.ts";
import { viewOf } from "../view/view.ts";
import type { ChangedMonitor, Effect, ResolvedRow } from "./from-change.ts";

/** How much is shown. */
export interface Detail {
  /** Most rows of a table. */
  readonly rows: number;
  /** Sections besides what is missing, to order, on its way, to build, critical, watched or to be fixed. */
  readonly all: boolean;
}

/** The comment is English as a whole, whatever language the monitor's mails have. */
const LANGUAGE = "en";

const ALWAYS: readonly string[] = [
  "plan_lists",
  "not_for_all",
  "missing",
  "to_order",
  "chase",
  "on_its_way",
  "by_when",
  "to_build",
  "critical",
  "watched",
  "problems",
];

/** What everybody should read: today's numbers as far as the change affects them, and the parts that it refers to. */
export function effectLines(
  { change, effect }: { readonly change: ChangedMonitor; readonly effect: Effect },
  { at, rows }: { readonly at: Date } & Detail,
): readonly string[] {
  const { monitor } = change;
  if (effect.kind === "failed")
    return [`**Today** is not known: it could not be checked. ${markdownText(effect.message)}`];
  const factsOf = ({ report }: Pick<typeof effect, "report">) =>
    viewOf({ report, monitor: { ...monitor, language: LANGUAGE }, at, alerts: effect.alerts });
  const view = factsOf(effect);
  const before = new Map(
    (effect.against === undefined ? [] : factsOf(effect.against).facts).map(({ label, text }) => [label, text]),
  );
  const facts = view.facts.flatMap(({ label, text }) => {
    const was = before.get(label);
    if (was === text) return [];
    return [`${markdownText(label)} **${was === undefined ? "" : `${markdownText(was)} → `}${markdownText(text)}**`];
  });
  return [
    [`**Today**: ${markdownText(view.headline)}`, ...facts].join(" · "),
    ...differenceSection(effect, rows),
    ...resolvedSection(newRows(change, effect.rows), { most: rows, all: effect.rows.length }),
  ];
}

/** Today's result, as a mail would show it; nothing if the change affects no number. */
export function resultSections(
  { change, effect }: { readonly change: ChangedMonitor; readonly effect: Effect },
  { at, rows, all }: { readonly at: Date } & Detail,
): readonly string[] {
  if (effect.kind === "failed") return [];
  const { report, alerts, against } = effect;
  const sections = (one: typeof report) =>
    viewOf({ report: one, monitor: { ...change.monitor, language: LANGUAGE }, at, alerts }).sections;
  const text = (section: ReturnType<typeof sections>[number]) => sectionMarkdown(fold(section, rows), more);
  const before = new Set((against === undefined ? [] : sections(against.report)).map(text));
  // The attachment of a mail has all parts with all figures; a comment has no room for so many columns.
  const shown = sections(report).filter(({ id }) => (all && id !== "parts") || ALWAYS.includes(id));
  return shown.map(text).filter((one) => !before.has(one));
}

/** The entries that were changed, and those that match no part. */
function newRows({ before, monitor, fields }: ChangedMonitor, rows: readonly ResolvedRow[]): readonly ResolvedRow[] {
  // Another server knows other parts by the same names.
  if (before === undefined || fields.includes("instance")) return rows;
  const known = new Set([
    ...before.parts.map((entry) => keyOf({ watched: false, words: entryWords(entry), quantity: entry.quantity })),
    ...before.watch.flatMap(({ part, minimum = null }) =>
      part === undefined ? [] : [keyOf({ watched: true, words: referenceWords(part), quantity: minimum })],
    ),
  ]);
  return monitor.id === before.id ? rows.filter((row) => row.part === null || !known.has(keyOf(row))) : rows;
}

function keyOf({ watched, words, quantity }: Pick<ResolvedRow, "watched" | "words" | "quantity">): string {
  return JSON.stringify([watched, words, quantity]);
}

function english(): { readonly format: Format; readonly texts: Texts } {
  const format = formatFor({ language: LANGUAGE, timezone: "UTC" });
  return { format, texts: textsFor(format) };
}

function more(folded: number): string {
  const { format, texts } = english();
  return texts.more(format.quantity(folded));
}

/** The effect of the change itself: the list before and after, with the same stock. */
function differenceSection(
  { against, report }: Extract<Effect, { readonly kind: "checked" }>,
  rows: number,
): readonly string[] {
  if (against === undefined) return [];
  const found = against.change.rows;
  if (found.length === 0) return ["With today's stock the change makes no difference to what is short."];
  const { format, texts } = english();
  const unit = (part: number | string) => plainText(units(report)(part) || units(against.report)(part));
  const quantity = (change: ChangeRow, value: number | null) => {
    if (value === null) return "–";
    const written = isVisible(change, format) ? format.needed : format.quantity;
    return markdownText(written(value, unit(change.part)));
  };
  const lines = found.slice(0, rows).map((change) => {
    const { sort, part, name, kind, before, now } = change;
    return row([
      markdownText(texts.change[sort]),
      markdownText(plainText(name === "" ? String(part) : name)),
      markdownText(texts.changeKind[kind]),
      quantity(change, before),
      quantity(change, now),
    ]);
  });
  const table = ["| Change | Part | Kind | As it was | As it is |", "| --- | --- | --- | --: | --: |", ...lines].join(
    "\n",
  );
  const left = found.length - lines.length;
  return ["### Effect of the change, with today's stock", table, ...(left === 0 ? [] : [more(left)])];
}

/** Which parts the list refers to, as far as that is news. */
function resolvedSection(
  rows: readonly ResolvedRow[],
  { most, all }: { readonly most: number; readonly all: number },
): readonly string[] {
  if (rows.length === 0) return [];
  const { format } = english();
  const lines = rows.slice(0, most).map(({ words, watched, quantity, part, problem }) => {
    const entry = `${watched ? "watched: " : ""}${clip(plainText(words), 200)}`;
    const number = quantity === null ? "" : markdownText(format.quantity(quantity));
    const found = part === null ? [`**unresolved**: ${markdownText(problem ?? "")}`, "", ""] : partCells(part);
    return row([markdownText(entry), ...found, number]);
  });
  const table = ["| Entry | Part | IPN | pk | Quantity |", "| --- | --- | --- | --: | --: |", ...lines].join("\n");
  const left = rows.length - lines.length;
  return [
    rows.length < all ? "### Entries that are new, changed or unresolved" : "### Parts of the list",
    table,
    ...(left === 0 ? [] : [more(left)]),
  ];
}

function partCells({ name, ipn, pk }: NonNullable<ResolvedRow["part"]>): readonly string[] {
  return [markdownText(plainText(name)), markdownText(plainText(ipn ?? "")), `${pk}`];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
