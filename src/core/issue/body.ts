// The body of a monitor's issue: a table with a box per part. A pure function of what is remembered, so that it can be made
// again whenever somebody has emptied it.

import type { Report, Silenced } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import { decidedAt } from "../telling/alerts.ts";
import { byCodeUnits, rowKey } from "../telling/significant.ts";
import type { Alert, AlertKind } from "../telling/state.ts";
import { textsFor } from "../view/catalogue.ts";
import { channelTextsFor } from "../view/channel-texts.ts";
import { howManyFit } from "../view/fitting.ts";
import { type Format, formatFor } from "../view/format.ts";
import { partAddress, units } from "../view/message.ts";
import { plainText, webAddress } from "../view/plain-text.ts";
import { isShortAside } from "./comment.ts";
import { alertMark, type IssueBox, type IssueMark, joinedBody, markedPart, type ParsedBody, rowMark } from "./mark.ts";
import { attribute, issueName, issueText } from "./text.ts";

/** GitHub takes 65,536 characters. */
export const MOST_BODY = 65_000;
/** What people have written around our part may be as long; the rest is for the table. */
const MOST_FOREIGN = 45_000;

export interface IssueBody {
  readonly monitor: Pick<Monitor, "id" | "name" | "description" | "language" | "timezone">;
  readonly report: Report;
  /** After this check. */
  readonly alerts: readonly Alert[];
  /** As the state has them until this run is remembered: what a box was written for. */
  readonly remembered: readonly Alert[];
  readonly mark: Omit<IssueMark, "folded" | "monitor">;
  /** The body as it stands there: what people have ticked since and written around. */
  readonly present: ParsedBody;
  /** Boxes that were read in this run, ticked or not: what differs from them has not been read yet, and stays. */
  readonly heard: ReadonlyMap<string, IssueBox>;
  readonly links: { readonly inventree: string; readonly monitorFile?: string; readonly run?: string };
}

/** Makes the body; whole rows only, and how many more there are. At most MOST_BODY characters. */
export function issueBody(of: IssueBody): string {
  const { monitor, present } = of;
  const writing: Writing = { ...of, format: formatFor(monitor), texts: channelTextsFor(monitor.language).issue };
  const before = clipped(present.before, MOST_FOREIGN);
  const around = { before, after: clipped(present.after, MOST_FOREIGN - before.length) };
  const open = openAlerts(of);
  const aside = asideRows(writing);
  const room = MOST_BODY - around.before.length - around.after.length - 4;
  const rows = open.map((alert) => alertRow(alert, writing));
  const whole = (shown: number, shownAside: number) =>
    markedPart(
      { ...of.mark, monitor: monitor.id, folded: open.length - shown },
      [
        ...headOf(writing, open.length),
        ...tableOf(writing, { rows: rows.slice(0, shown), left: rows.length - shown }),
        ...asideOf(writing, { rows: aside.slice(0, shownAside), left: aside.length - shownAside }),
        ...footOf(writing, open.length),
      ].join("\n\n"),
    );
  // What a table without rows would take is counted with the rest of the text.
  const frame = whole(0, 0).length + 400;
  const shown = howManyFit(rows.map(length), room - frame);
  const left = room - whole(shown, 0).length - 400;
  return joinedBody(whole(shown, howManyFit(aside.map(length), left)), around);
}

interface Writing extends IssueBody {
  readonly format: Format;
  readonly texts: ReturnType<typeof channelTextsFor>["issue"];
}

const URGENCY: readonly AlertKind[] = ["short", "unresolved", "out", "low", "critical"];

/** Active and acknowledged ones that no silence covers, the most urgent first. */
function openAlerts({ alerts, report }: IssueBody): readonly Alert[] {
  const silenced = new Set(report.silenced.map(rowKey));
  return alerts
    .filter((alert) => (alert.state === "active" || alert.state === "acknowledged") && !silenced.has(rowKey(alert)))
    .sort(
      (a, b) =>
        URGENCY.indexOf(a.kind) - URGENCY.indexOf(b.kind) ||
        byCodeUnits(a.name, b.name) ||
        byCodeUnits(String(a.part), String(b.part)),
    );
}

function headOf({ monitor, report, texts }: Writing, open: number): readonly string[] {
  const description = issueName(monitor.description);
  const calm = isShortAside(report) ? texts.onlyAside : texts.allCovered;
  return [
    ...(description === "" ? [] : [`<p>${description}</p>`]),
    ...(open === 0 ? [`<p>${issueText(calm)}</p>`] : []),
  ];
}

/**
 * A table in HTML: GitHub makes boxes that can be ticked of lists only, and lists stand in no cell of a Markdown table. Each
 * box is a line of Markdown between two empty ones.
 */
function tableOf(
  { texts, format }: Writing,
  { rows, left }: { readonly rows: readonly string[]; readonly left: number },
): readonly string[] {
  if (rows.length + left === 0) return [];
  const more = left === 0 ? [] : [texts.more(format.quantity(left))];
  return [`<table>\n${headRow(texts.columns)}\n${rows.join("\n")}\n</table>`, ...more];
}

function headRow(titles: readonly string[]): string {
  return `<tr>${titles.map((title) => `<th>${issueText(title)}</th>`).join("")}</tr>`;
}

function alertRow(alert: Alert, writing: Writing): string {
  const { texts, format } = writing;
  const now = writing.remembered.find((one) => one.state !== "resolved" && rowKey(one) === rowKey(alert));
  const written = now?.state === "acknowledged" ? "acknowledged" : "active";
  const ticked = unread(alert, writing) ?? alert.state === "acknowledged";
  const cells = [
    partCell(alert, writing),
    statusOf(alert.kind, format),
    issueName(format.quantity(alert.quantity, plainText(units(writing.report)(alert.part)))),
    issueText(format.dayOf(new Date(alert.since))),
  ];
  const box = `- [${ticked ? "x" : " "}] ${texts.acknowledge} ${rowMark(alert, { written, ...decidedNow(alert, written) })}`;
  return `<tr><td>\n\n${box}\n\n</td>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

/** When this run decided what the state does not know yet. */
function decidedNow(alert: Alert, written: "active" | "acknowledged"): Pick<IssueBox, "at"> {
  return alert.state === written ? {} : { at: decidedAt(alert) };
}

/** A box that somebody has changed since this run has read it must not be changed back. */
function unread(alert: Alert, { present, heard }: Writing): boolean | undefined {
  const mark = alertMark(alert);
  const box = present.boxes.get(mark);
  if (box === undefined || box.written === "dismissed" || box.written === "dismissing") return undefined;
  const read = heard.get(mark);
  const before = read?.ticked ?? box.written === "acknowledged";
  return box.ticked === before ? undefined : box.ticked;
}

function partCell({ part, name }: Pick<Alert, "part" | "name">, { links }: Writing): string {
  const text = issueName(name === "" ? String(part) : name);
  const href = partAddress(links.inventree, part);
  return href === undefined ? text : `<a href="${attribute(href)}">${text}</a>`;
}

function statusOf(kind: Silenced["kind"], format: Format): string {
  return issueText(textsFor(format).changeKind[kind]);
}

/** Silenced and dismissed parts, which nobody is told of, with reason and end. */
function asideRows(writing: Writing): readonly string[] {
  const { report, format } = writing;
  const alerts = new Map(writing.alerts.filter(({ state }) => state === "dismissed").map((one) => [rowKey(one), one]));
  const remembered = new Map(
    writing.remembered.filter(({ state }) => state === "dismissed").map((one) => [rowKey(one), one]),
  );
  return report.silenced.map((row) => {
    const alert = alerts.get(rowKey(row));
    const written = remembered.has(rowKey(row)) ? "dismissed" : "dismissing";
    const at = written === "dismissing" && alert?.dismissed !== undefined ? { at: alert.dismissed.at } : {};
    const mark = alert === undefined ? "" : ` ${rowMark(alert, { written, ...at })}`;
    const cells = [
      `${partCell(row, writing)}${mark}`,
      statusOf(row.kind, format),
      issueName(format.quantity(row.quantity, plainText(units(report)(row.part)))),
      issueName(row.reason),
      row.until === null ? "" : issueText(format.day(row.until)),
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
}

function asideOf(
  { texts, format }: Writing,
  { rows, left }: { readonly rows: readonly string[]; readonly left: number },
): readonly string[] {
  if (rows.length + left === 0) return [];
  const more = left === 0 ? "" : `\n\n${texts.more(format.quantity(left))}`;
  const table = `<table>\n${headRow(texts.asideColumns)}\n${rows.join("\n")}\n</table>`;
  return [
    `<details><summary>${issueText(texts.aside)} (${rows.length + left})</summary>\n\n${table}${more}\n\n</details>`,
  ];
}

function footOf({ texts, links }: Writing, open: number): readonly string[] {
  const monitorFile = webAddress(links.monitorFile);
  return [
    ...(open === 0 ? [] : [texts.how]),
    ...(monitorFile === undefined ? [] : [`<a href="${attribute(monitorFile)}">${issueText(texts.list)}</a>`]),
  ];
}

function length(text: string): number {
  return text.length + 1;
}

function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  return most === 0 ? "" : `${text.slice(0, most - 1).toWellFormed()}…`;
}
