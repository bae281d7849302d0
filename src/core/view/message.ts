import type { Report } from "../generated/report.ts";
import type { Change, ChangeRow } from "../notification/change.ts";
import { hasNoQuantity, type ResultRow, resultRows, rowKey } from "../notification/significant.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { plainText, webAddress } from "../text/plain-text.ts";
import { units } from "./cells.ts";
import { doubtWords, isVisible, kindWords } from "./change.ts";
import { changedRows, type ShownChange, URGENCY } from "./changed-rows.ts";
import { formatFor } from "./format.ts";
import { channelTextsFor } from "./texts/channel-texts.ts";
import { textsFor } from "./texts/texts-for.ts";
import { viewOf } from "./view.ts";
import type { ViewInput } from "./view-context.ts";

/** A notification in a few lines, for chats and phones. Texts are harmless single lines; each format still has to escape them. */
export interface Message {
  readonly title: string;
  readonly status: "short" | "covered";
  readonly sentences: readonly string[];
  readonly rows: readonly MessageRow[];
  /** What stands in the place of rows that do not fit. */
  readonly more: (count: number) => string;
  readonly links: readonly MessageLink[];
}

export interface MessageRow {
  /** `new` and the like; empty where nothing is compared. */
  readonly sort: string;
  readonly name: string;
  /** `short 58`, `short 2.5 → 12.2`. */
  readonly text: string;
}

interface MessageLink {
  readonly text: string;
  readonly href: string;
}

/** Makes it: what changed, or all that is lacking where there is nothing to compare with. In the monitor's language. */
export function chatMessage(options: ViewInput & { readonly change: Change }): Message {
  const { change, monitor, report } = options;
  const view = viewOf(options);
  const format = formatFor(monitor);
  const texts = textsFor(format);
  const unitsOf = units(report);
  const rows = changedRows(change.rows);
  const compared = change.kind === "changed" && rows.length > 0;
  const silenced = change.nowSilenced?.length ?? 0;
  const opening = channelTextsFor(monitor.language).opening(change.kind, view.status === "covered");
  const sentences = [
    opening,
    doubtWords({ change, at: options.at, format, texts }),
    change.listEdited ? texts.listEdited : "",
    silenced > 0 ? texts.nowSilenced(silenced) : "",
    view.counts,
  ];
  const quantity = (row: Pick<ResultRow, "part">, value: number) => format.needed(value, plainText(unitsOf(row.part)));
  const compare = (row: ChangeRow, value: number) =>
    isVisible(row, format) ? quantity(row, value) : format.quantity(value, plainText(unitsOf(row.part)));
  const changed = (row: ShownChange): MessageRow => ({
    sort: texts.change[row.sort],
    name: nameOf(row),
    text: [kindWords(row, texts), amounts(row, compare)].filter((words) => words !== "").join(" "),
  });
  const reportStatus = (row: ResultRow): MessageRow => ({
    sort: "",
    name: nameOf(row),
    text: [texts.changeKind[row.kind], ...(hasNoQuantity(row.kind) ? [] : [quantity(row, row.quantity)])].join(" "),
  });
  return {
    title: `${view.name}: ${view.statusWords}`,
    status: view.status,
    sentences: sentences.filter((sentence) => sentence !== ""),
    rows: compared ? rows.map(changed) : notifiedRows(report).map(reportStatus),
    more: (count) => texts.more(format.quantity(count)),
    links: linksOf(view.links, texts.mail),
  };
}

/** Everything that a report says of parts but for what is silenced; the most urgent kinds and greatest lacks first. */
export function notifiedRows(report: Report): readonly ResultRow[] {
  const silenced = new Set(report.silenced.map(rowKey));
  return resultRows(report)
    .filter((row) => !silenced.has(rowKey(row)))
    .sort(
      (a, b) =>
        URGENCY.indexOf(a.kind) - URGENCY.indexOf(b.kind) || b.quantity - a.quantity || byCodeUnits(a.name, b.name),
    );
}

/** A part's page in InvenTree; undefined for an unresolved entry, or where the server's address is not known. */
export function partAddress(inventree: string, part: number | string): string | undefined {
  const base = webAddress(inventree);
  return base === undefined || typeof part === "string" ? undefined : `${base.replace(/\/+$/, "")}/web/part/${part}/`;
}

function nameOf(row: Pick<ResultRow, "part" | "name">): string {
  return plainText(row.name === "" ? String(row.part) : row.name);
}

function amounts(row: ChangeRow, quantity: (row: ChangeRow, value: number) => string): string {
  if (row.now === null || hasNoQuantity(row.kind)) return "";
  return row.before === null ? quantity(row, row.now) : `${quantity(row, row.before)} → ${quantity(row, row.now)}`;
}

function linksOf(
  { monitorFile, run }: { readonly monitorFile?: string; readonly run?: string },
  { editList, thisRun }: { readonly editList: string; readonly thisRun: string },
): readonly MessageLink[] {
  return [
    ...(monitorFile === undefined ? [] : [{ text: editList, href: monitorFile }]),
    ...(run === undefined ? [] : [{ text: thisRun, href: run }]),
  ];
}

/** How many of these sizes, from the first on, have room together. */
export function fitCount(sizes: readonly number[], room: number): number {
  let used = 0;
  for (const [count, size] of sizes.entries()) {
    used += size;
    if (used > room) return count;
  }
  return sizes.length;
}
