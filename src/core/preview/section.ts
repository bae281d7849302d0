// One monitor (or file) in a pull request's preview, in as much detail as there is room for.

import { formatProblem, type Problem } from "../problem.ts";
import { textsFor } from "../view/catalogue.ts";
import { type Format, formatFor } from "../view/format.ts";
import { markdownText, sectionMarkdown } from "../view/markdown.ts";
import { units } from "../view/message.ts";
import { clip, plainText } from "../view/plain-text.ts";
import { fold } from "../view/table.ts";
import type { Texts } from "../view/texts.ts";
import { viewOf } from "../view/view.ts";
import type { BrokenFile, ChangedMonitor, DeletedPreview, Effect, MonitorPreview, ResolvedRow } from "./of-change.ts";
import { code, scheduleLines, someOf, sortWords, tellingLines } from "./words.ts";

/** How much is shown. */
export interface Detail {
  /** Most rows of a table. */
  readonly rows: number;
  /** Sections beside what is missing, to order, to build, critical, watched or to mend. */
  readonly all: boolean;
}

/** The comment is English as a whole, whatever language the monitor's mails have. */
const LANGUAGE = "en";

/** A changed monitor: what is changed, when it runs, whom it tells, which parts it means, what they lack today. */
export function monitorSection({ change, effect }: MonitorPreview, of: { readonly at: Date } & Detail): string {
  const { monitor } = change;
  const head = [`## ${title(monitor.name)}`, `${code(monitor.file)}, ${sortWords(change, 30)}`];
  if (change.sort === "edited" && change.before !== undefined && change.fields.length === 0)
    return [...head, "Only words are changed (comments, order, style): it is checked and told as before."].join("\n\n");
  return [
    ...head,
    ...newStart(change),
    ...scheduleLines(change, of.at),
    ...tellingLines({ change, ...(effect === undefined ? {} : { effect }) }, of.rows),
    ...problemLines(change.problems, of.rows),
    ...(effect === undefined ? [] : effectSections({ change, effect }, of)),
  ].join("\n\n");
}

/** The same in two lines. */
export function briefSection({ change }: MonitorPreview): string {
  const { name, file } = change.monitor;
  return `## ${title(name)}\n\n${code(file)}, ${sortWords(change, 5)}`;
}

/** A monitor that is gone. */
export function deletedSection({ deleted, openAlerts }: DeletedPreview, { rows }: Pick<Detail, "rows">): string {
  const { file, before } = deleted;
  const whom = before === undefined ? "" : someOf(before.recipients.map(code), rows);
  const alerts = openAlerts === null ? "" : ` (open alerts: ${openAlerts})`;
  const told = whom === "" ? "" : ` Not told of it any more: ${whom}.`;
  return [
    `## ${before === undefined ? code(file) : title(before.name)}`,
    `${code(file)}, deleted`,
    `It is not checked any more.${told} What is remembered of it${alerts} is removed by the first run on the default branch in which every file can be read.`,
  ].join("\n\n");
}

/** A file that cannot be used. */
export function brokenSection({ file, problems }: BrokenFile, { rows }: Pick<Detail, "rows">): string {
  const why =
    problems.length === 0
      ? [`It can be looked at when ${code("partwatch.yaml")} is mended.`]
      : ["It is broken: until this is mended it is not checked, and nobody is told.", ...problemLines(problems, rows)];
  return [`## ${code(file)}`, ...why].join("\n\n");
}

function title(name: string): string {
  return markdownText(clip(plainText(name), 150));
}

function newStart({ sort, before, monitor }: ChangedMonitor): readonly string[] {
  if (sort === "added" || before === undefined || before.id === monitor.id) return [];
  return [
    `As monitor ${code(monitor.id)} it starts anew, with a first telling. To go on as before, add ${code(`id: ${before.id}`)}.`,
  ];
}

function problemLines(problems: readonly Problem[], rows: number): readonly string[] {
  if (problems.length === 0) return [];
  const items = problems.slice(0, rows).map((problem) => `- ${markdownText(formatProblem(problem))}`);
  return [[...items, ...(problems.length > rows ? [`- and ${problems.length - rows} more`] : [])].join("\n")];
}

const ALWAYS: readonly string[] = ["missing", "to_order", "to_build", "critical", "watched", "problems"];

function effectSections(
  { change, effect }: { readonly change: ChangedMonitor; readonly effect: Effect },
  { at, rows, all }: { readonly at: Date } & Detail,
): readonly string[] {
  const { monitor } = change;
  if (effect.kind === "failed")
    return [`**Today** is not known: it could not be checked. ${markdownText(effect.message)}`];
  const { report, alerts } = effect;
  const view = viewOf({ report, monitor: { ...monitor, language: LANGUAGE }, at, alerts });
  const facts = view.facts.map(({ label, text }) => `${markdownText(label)} **${markdownText(text)}**`);
  const sections = view.sections.filter(({ id }) => all || ALWAYS.includes(id));
  return [
    `**Today**: ${markdownText(view.headline)} · ${facts.join(" · ")}`,
    ...differenceSection(effect, rows),
    ...sections.map((section) => sectionMarkdown(fold(section, rows), more)),
    ...resolvedSection(effect.rows, rows),
  ];
}

function english(): { readonly format: Format; readonly texts: Texts } {
  const format = formatFor({ language: LANGUAGE, timezone: "UTC" });
  return { format, texts: textsFor(format) };
}

function more(folded: number): string {
  const { format, texts } = english();
  return texts.more(format.quantity(folded));
}

/** What the change itself does to the result: the list as it was and as it is, with the same stock. */
function differenceSection(
  { against, report }: Extract<Effect, { readonly kind: "checked" }>,
  rows: number,
): readonly string[] {
  if (against === undefined) return [];
  const found = against.change.rows;
  if (found.length === 0) return ["With today's stock the change makes no difference to what is short."];
  const { format, texts } = english();
  const unit = (part: number | string) => plainText(units(report)(part) || units(against.report)(part));
  const quantity = (value: number | null, part: number | string) =>
    value === null ? "–" : markdownText(format.quantity(value, unit(part)));
  const lines = found
    .slice(0, rows)
    .map(({ sort, part, name, kind, before, now }) =>
      row([
        markdownText(texts.change[sort]),
        markdownText(plainText(name === "" ? String(part) : name)),
        markdownText(texts.changeKind[kind]),
        quantity(before, part),
        quantity(now, part),
      ]),
    );
  const table = ["| Change | Part | Kind | As it was | As it is |", "| --- | --- | --- | --: | --: |", ...lines].join(
    "\n",
  );
  const left = found.length - lines.length;
  return ["### Effect of the change, with today's stock", table, ...(left === 0 ? [] : [more(left)])];
}

/** Which parts the list means. */
function resolvedSection(rows: readonly ResolvedRow[], most: number): readonly string[] {
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
  return ["### Parts of the list", table, ...(left === 0 ? [] : [more(left)])];
}

function partCells({ name, ipn, pk }: NonNullable<ResolvedRow["part"]>): readonly string[] {
  return [markdownText(plainText(name)), markdownText(plainText(ipn ?? "")), `${pk}`];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
