// The body of a monitor's issue: a table with a box per part. A pure function of the state, so that it can be made
// again whenever somebody has emptied it.

import type { Report, Silenced } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import { decidedAt } from "../notification/alerts.ts";
import { type AlertKind, hasNoQuantity, rowKey } from "../notification/significant.ts";
import type { Alert } from "../notification/state.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { clip, webAddress } from "../text/plain-text.ts";
import { neededCell, neededFor, units } from "../view/cells.ts";
import { type Format, formatFor } from "../view/format.ts";
import { fitCount, partAddress } from "../view/message.ts";
import { channelTextsFor } from "../view/texts/channel-texts.ts";
import { textsFor } from "../view/texts/texts-for.ts";
import type { ViewInput } from "../view/view-context.ts";
import { type BuyingColumn, buyingColumns, buyingSections } from "./buying.ts";
import { isShortAside } from "./comment.ts";
import { alertMark, type IssueBox, type IssueMark, joinedBody, markedPart, type ParsedBody, rowMark } from "./mark.ts";
import { attribute, issueName, issueText } from "./text.ts";

/** GitHub takes 65,536 characters. */
export const MOST_BODY = 65_000;
/** What people have written around our part may be as long; the rest is for the table. */
const MOST_FOREIGN = 45_000;

export interface IssueBody {
  readonly monitor: ViewInput["monitor"] & Pick<Monitor, "id">;
  readonly report: Report;
  /** The instant of the check. */
  readonly at: Date;
  /** After this check. */
  readonly alerts: readonly Alert[];
  /** The alerts as recorded before this run: what a box was written for. */
  readonly remembered: readonly Alert[];
  readonly mark: Omit<IssueMark, "folded" | "monitor">;
  /** The present body: what people have ticked since and written around. */
  readonly present: ParsedBody;
  /** Boxes that were read in this run, ticked or not: what differs from them has not been read yet, and stays. */
  readonly boxes: ReadonlyMap<string, IssueBox>;
  readonly links: { readonly inventree: string; readonly monitorFile?: string; readonly run?: string };
}

/** Makes the body; whole rows only, and how many more there are. At most MOST_BODY characters. */
export function issueBody(options: IssueBody): string {
  const { monitor, present } = options;
  const writing: Writing = { ...options, format: formatFor(monitor), texts: channelTextsFor(monitor.language).issue };
  const before = clipped(present.before, MOST_FOREIGN);
  const around = { before, after: clipped(present.after, MOST_FOREIGN - before.length) };
  const open = openAlerts(options);
  const aside = asideRows(writing);
  const room = MOST_BODY - around.before.length - around.after.length - 4;
  const buying = buyingColumns(open, writing);
  const rows = open.map((alert) => alertRow(alert, { writing, buying }));
  const whole = (shown: number, shownAside: number, sections: readonly string[] = []) =>
    markedPart(
      { ...options.mark, monitor: monitor.id, folded: open.length - shown },
      [
        ...headOf(writing, open.length),
        ...tableOf(writing, { rows: rows.slice(0, shown), left: rows.length - shown, buying }),
        ...sections,
        ...asideOf(writing, { rows: aside.slice(0, shownAside), left: aside.length - shownAside }),
        ...footOf(writing, open.length),
      ].join("\n\n"),
    );
  // What a table without rows would take is counted with the rest of the text.
  const frame = whole(0, 0).length + 400;
  const shown = fitCount(rows.map(length), room - frame);
  const left = room - whole(shown, 0).length - 400;
  const shownAside = fitCount(aside.map(length), left);
  const sections = buyingSections(options, {
    room: room - whole(shown, shownAside).length,
    more: (rest) => writing.texts.more(writing.format.quantity(rest)),
  });
  return joinedBody(whole(shown, shownAside, sections), around);
}

interface Writing extends IssueBody {
  readonly format: Format;
  readonly texts: ReturnType<typeof channelTextsFor>["issue"];
}

const URGENCY: readonly AlertKind[] = ["short", "unresolved", "out", "low", "late", "order_now", "critical"];

/** Active and acknowledged ones that no silence covers: the most urgent first, of these the most. */
function openAlerts({ alerts, report }: IssueBody): readonly Alert[] {
  const silenced = new Set(report.silenced.map(rowKey));
  return alerts
    .filter((alert) => (alert.state === "active" || alert.state === "acknowledged") && !silenced.has(rowKey(alert)))
    .sort(
      (a, b) =>
        URGENCY.indexOf(a.kind) - URGENCY.indexOf(b.kind) ||
        b.quantity - a.quantity ||
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
  {
    rows,
    left,
    buying,
  }: { readonly rows: readonly string[]; readonly left: number; readonly buying: readonly BuyingColumn[] },
): readonly string[] {
  if (rows.length + left === 0) return [];
  const more = left === 0 ? [] : [texts.more(format.quantity(left))];
  const [box, part, status, quantity, since] = texts.columns;
  const titles = [box, part, status, quantity, ...buying.map(({ title }) => title), since];
  return [`<table>\n${headRow(titles)}\n${rows.join("\n")}\n</table>`, ...more];
}

function headRow(titles: readonly string[]): string {
  return `<tr>${titles.map((title) => `<th>${issueText(title)}</th>`).join("")}</tr>`;
}

function alertRow(
  alert: Alert,
  { writing, buying }: { readonly writing: Writing; readonly buying: readonly BuyingColumn[] },
): string {
  const { texts, format } = writing;
  const now = writing.remembered.find((one) => one.state !== "resolved" && rowKey(one) === rowKey(alert));
  const written = now?.state === "acknowledged" ? "acknowledged" : "active";
  const ticked = unread(alert, writing) ?? alert.state === "acknowledged";
  const cells = [
    partCell(alert, writing) + listsOf(alert, writing),
    statusOf(alert.kind, format) + planRemark(alert, writing),
    issueName(quantityOf(alert, writing)),
    ...buying.map(({ text }) => issueName(text(alert))),
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
function unread(alert: Alert, { present, boxes }: Writing): boolean | undefined {
  const mark = alertMark(alert);
  const box = present.boxes.get(mark);
  if (box === undefined || box.written === "dismissed" || box.written === "dismissing") return undefined;
  const read = boxes.get(mark);
  const before = read?.ticked ?? box.written === "acknowledged";
  return box.ticked === before ? undefined : box.ticked;
}

function partCell({ part, name }: Pick<Alert, "part" | "name">, { links }: Writing): string {
  const text = issueName(name === "" ? String(part) : name);
  const href = partAddress(links.inventree, part);
  return href === undefined ? text : `<a href="${attribute(href)}">${text}</a>`;
}

/** An entry that is late has no quantity: it is late as a whole. */
function quantityOf({ kind, part, quantity }: Pick<Silenced, "kind" | "part" | "quantity">, writing: Writing): string {
  if (hasNoQuantity(kind)) return "";
  const line = kind === "short" ? writing.report.lines.find(({ pk }) => pk === part) : undefined;
  const options = { value: quantity, units: units(writing.report)(part), overage: line?.overage };
  return neededCell(writing, options).text;
}

/** In a plan, whose entries need the part. */
function listsOf({ part }: Alert, { monitor, report }: Writing): string {
  const line = report.plan === undefined ? undefined : report.lines.find(({ pk }) => pk === part);
  if (line === undefined) return "";
  return `<br><sub>${issueName(clip(neededFor({ monitor, report }, line), LONGEST_LISTS))}</sub>`;
}

const LONGEST_LISTS = 200;

/** What each list of a plan alone has enough of. */
function planRemark({ kind, part }: Alert, { report, format }: Writing): string {
  const isNotForAll = kind === "short" && report.plan?.not_for_all.some((pk) => pk === part) === true;
  return isNotForAll ? `, ${issueText(textsFor(format).plan.notForAllPart)}` : "";
}

function statusOf(kind: Silenced["kind"], format: Format): string {
  return issueText(textsFor(format).changeKind[kind]);
}

/** Silenced and dismissed parts, which nobody is notified of, with reason and end. */
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
      issueName(quantityOf(row, writing)),
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
