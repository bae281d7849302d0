// One monitor (or file) in a pull request's preview, in as much detail as there is room for.

import { formatProblem, type Problem } from "../problem.ts";
import { defined } from "../records.ts";
import { clip, plainText } from "../text/plain-text.ts";
import { markdownText } from "../view/markdown.ts";
import { code, notificationLines, someOf, sortWords } from "./describe.ts";
import { type Detail, effectLines, resultSections } from "./effect.ts";
import type { BrokenFile, ChangedMonitor, DeletedPreview, MonitorPreview } from "./from-change.ts";

/**
 * A changed monitor: what is changed, whom it notifies, the effect today, and which parts it refers to; folded, today's
 * result in full.
 */
export function monitorSection(
  { change, effect }: MonitorPreview,
  options: { readonly at: Date; readonly schedule: readonly string[] } & Detail,
): string {
  const { monitor } = change;
  const head = [`## ${title(monitor.name)}`, `${code(monitor.file)}, ${sortWords(change, 30)}`];
  if (change.sort === "edited" && change.before !== undefined && change.fields.length === 0)
    return [...head, "Only wording changed (comments, order, style): checks and notifications stay the same."].join(
      "\n\n",
    );
  return [
    ...head,
    ...newStart(change),
    ...(isNews(change) ? options.schedule : []),
    ...notificationLines({ change, ...defined({ effect }) }, options.rows),
    ...problemLines(change.problems, options.rows),
    ...(effect === undefined ? [] : effectLines({ change, effect }, options)),
    ...folded({
      schedule: isNews(change) ? [] : options.schedule,
      result: effect === undefined ? [] : resultSections({ change, effect }, options),
    }),
  ].join("\n\n");
}

/** Whether its schedule is new to people. */
function isNews({ sort, fields, before }: ChangedMonitor): boolean {
  const moving = ["cron_schedule", "timezone", "active"];
  return sort === "added" || before === undefined || moving.some((name) => fields.includes(name));
}

/** Details that are not needed to judge the change. */
function folded({
  schedule,
  result,
}: {
  readonly schedule: readonly string[];
  readonly result: readonly string[];
}): readonly string[] {
  const names = [...(schedule.length > 0 ? ["when it runs"] : []), ...(result.length > 0 ? ["today's result"] : [])];
  if (names.length === 0) return [];
  const title = names.join(", and ").replace(/^./, (first) => first.toUpperCase());
  return [`<details><summary>${title}</summary>\n\n${[...schedule, ...result].join("\n\n")}\n\n</details>`];
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
  const delivered = whom === "" ? "" : ` No longer notified: ${whom}.`;
  return [
    `## ${before === undefined ? code(file) : title(before.name)}`,
    `${code(file)}, deleted`,
    `It is not checked any more.${delivered} Its recorded state${alerts} is removed by the first run on the default branch in which every file can be read.`,
  ].join("\n\n");
}

/** A file that cannot be used. */
export function brokenSection({ file, problems }: BrokenFile, { rows }: Pick<Detail, "rows">): string {
  const why =
    problems.length === 0
      ? [`It can be looked at when ${code("partwatch.yaml")} is fixed.`]
      : [
          "It is broken: until this is fixed, it is not checked and nobody is notified.",
          ...problemLines(problems, rows),
        ];
  return [`## ${code(file)}`, ...why].join("\n\n");
}

function title(name: string): string {
  return markdownText(clip(plainText(name), 150));
}

function newStart({ sort, before, monitor }: ChangedMonitor): readonly string[] {
  if (sort === "added" || before === undefined || before.id === monitor.id) return [];
  return [
    `As monitor ${code(monitor.id)} it starts again, with a first notification. To continue as before, add ${code(`id: ${before.id}`)}.`,
  ];
}

function problemLines(problems: readonly Problem[], rows: number): readonly string[] {
  if (problems.length === 0) return [];
  const items = problems.slice(0, rows).map((problem) => `- ${markdownText(formatProblem(problem))}`);
  return [[...items, ...(problems.length > rows ? [`- and ${problems.length - rows} more`] : [])].join("\n")];
}
