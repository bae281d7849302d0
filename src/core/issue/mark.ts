// What Partwatch finds again in an issue: hidden marks in its body, and the boxes that people have ticked.

import { createHash } from "node:crypto";
import { rowKey } from "../notification/significant.ts";
import type { Alert } from "../notification/state.ts";
import { defined } from "../records.ts";

/** The first line of our part of a body. */
export interface IssueMark {
  readonly monitor: string;
  /** 0: outside of an episode. */
  readonly episode: number;
  /** Its last notification. */
  readonly notification: string;
  /** It was opened with that notification, which has no comment therefore. */
  readonly isNew: boolean;
  /** All was covered: whoever opens it again begins nothing. */
  readonly isOver: boolean;
  /** Alerts that had no room in the table. */
  readonly folded: number;
}

/**
 * A part's box, and how the alert stood in the state when it was written: what the run that wrote it has just decided is
 * shown, but may never have been remembered. dismissing: this run dismissed it, which the state
 * did not know yet. Dismissed parts have no box that could be ticked.
 */
export interface IssueBox {
  readonly ticked: boolean;
  readonly written: "active" | "acknowledged" | "dismissing" | "dismissed";
  /** When that run decided something else than the state knew. */
  readonly at?: string;
}

export interface ParsedBody {
  /** Undefined: somebody has removed it. */
  readonly mark: IssueMark | undefined;
  /** By alertMark. */
  readonly boxes: ReadonlyMap<string, IssueBox>;
  /** What people have written before and after our part. */
  readonly before: string;
  readonly after: string;
}

const END = "<!-- /partwatch -->";
const OWN = /<!-- partwatch ([^\n>]*) -->(?:[\s\S]*?<!-- \/partwatch -->|[\s\S]*$)/;
const BOX = /^[ \t]*[-*+] \[([ xX])\][^\n]*<!-- partwatch-row ([0-9a-f]{12}) ([ak])(?: at=(\S+))? -->/gm;
const ASIDE = /<!-- partwatch-row ([0-9a-f]{12}) ([pd])(?: at=(\S+))? -->/g;
const FLAGS = { active: "a", acknowledged: "k", dismissing: "p", dismissed: "d" } as const;

/** Identifies an alert in a body without its words: (part, kind) distinguishes the open alerts of a monitor. */
export function alertMark(alert: Pick<Alert, "part" | "kind">): string {
  return createHash("sha256").update(rowKey(alert)).digest("hex").slice(0, 12);
}

/** The mark of a row, behind its box if it has one. */
export function rowMark(alert: Pick<Alert, "part" | "kind">, { written, at }: Omit<IssueBox, "ticked">): string {
  return `<!-- partwatch-row ${alertMark(alert)} ${FLAGS[written]}${at === undefined ? "" : ` at=${at}`} -->`;
}

/** Whether somebody has changed a box since it was written. */
export function isChanged({ ticked, written, at }: IssueBox): boolean {
  const shown = (written === "acknowledged") !== (at !== undefined);
  return ticked !== shown;
}

/** Puts our part of a body between its marks. */
export function markedPart(mark: IssueMark, text: string): string {
  const flags = `${mark.isNew ? " new" : ""}${mark.isOver ? " over" : ""}`;
  const { monitor, episode, notification, folded } = mark;
  return `<!-- partwatch monitor=${monitor} episode=${episode} notification=${notification} folded=${folded}${flags} -->\n${text}\n${END}`;
}

/** A body whose issue is over: whoever opens it again begins nothing. */
export function overBody(body: string): string {
  return body.replace(/<!-- partwatch ([^\n>]*?)( over)? -->/, "<!-- partwatch $1 over -->");
}

/** Reads a body as it came, whoever has edited it. Never throws. */
export function parseBody(body: string): ParsedBody {
  const text = body.replace(/\r\n?/g, "\n");
  const own = OWN.exec(text);
  const mark = own === null ? undefined : markIn(own[1] ?? "");
  if (own === null || mark === undefined) return { mark: undefined, boxes: new Map(), before: "", after: text.trim() };
  const end = own.index + own[0].length;
  return {
    mark,
    boxes: boxesIn(own[0]),
    before: text.slice(0, own.index).trim(),
    after: text.slice(end).trim(),
  };
}

/** Our part with what people have written around it. */
export function joinedBody(part: string, { before, after }: Pick<ParsedBody, "before" | "after">): string {
  return [before, part, after].filter((text) => text !== "").join("\n\n");
}

function markIn(text: string): IssueMark | undefined {
  const words = text.split(" ");
  const value = (name: string) => words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const [monitor, episode, notification] = [value("monitor"), Number(value("episode")), value("notification")];
  if (monitor === undefined || notification === undefined || !Number.isSafeInteger(episode)) return undefined;
  const folded = Number(value("folded") ?? 0);
  return {
    monitor,
    episode,
    notification,
    isNew: words.includes("new"),
    isOver: words.includes("over"),
    folded: Number.isSafeInteger(folded) ? folded : 0,
  };
}

function boxesIn(text: string): ReadonlyMap<string, IssueBox> {
  const boxes = new Map<string, IssueBox>();
  for (const [, mark = "", flag, at] of text.matchAll(ASIDE)) {
    const written = flag === "d" ? "dismissed" : "dismissing";
    boxes.set(mark, { ticked: false, written, ...defined({ at }) });
  }
  for (const [, box, mark = "", flag, at] of text.matchAll(BOX)) {
    const written = flag === "k" ? "acknowledged" : "active";
    boxes.set(mark, { ticked: box !== " ", written, ...defined({ at }) });
  }
  return boxes;
}
