import type { Report } from "../generated/report.ts";
import type { Change } from "../notification/change.ts";
import { formatFor } from "../view/format.ts";
import { markdownText, sectionMarkdown } from "../view/markdown.ts";
import { chatMessage } from "../view/message.ts";
import { fold } from "../view/table.ts";
import { channelTextsFor } from "../view/texts/channel-texts.ts";
import { viewOf } from "../view/view.ts";
import type { ViewInput } from "../view/view-context.ts";
import { attribute } from "./text.ts";

/** What has become of the issue itself, beside what changed. */
export type IssueTurn = "none" | "recovered" | "dismissed" | "reopened";

const MOST = 60_000;
const MOST_ROWS = 100;

/** The comment of a notification: what changed, in the words of the mail. At most 65,536 characters. */
export function issueComment(
  options: ViewInput & { readonly change: Change },
  { turn, mark }: { readonly turn: IssueTurn; readonly mark: string },
): string {
  const view = viewOf(options);
  const { issue } = channelTextsFor(options.monitor.language);
  const table = view.sections.flatMap(({ lead: _lead, ...section }) => (section.id === "changed" ? [section] : []))[0];
  const turns = {
    none: [],
    recovered: [recoveryWords(options)],
    dismissed: [issue.dismissed],
    reopened: [issue.stillShort],
  };
  const format = formatFor(options.monitor);
  const more = (left: number) => issue.more(format.quantity(left));
  const text = (rows: number) => {
    const section = table === undefined || table.rows.length === 0 ? [] : [sectionMarkdown(fold(table, rows), more)];
    const run =
      view.links.run === undefined ? [] : [`<a href="${attribute(view.links.run)}">${markdownText(issue.run)}</a>`];
    return [
      `**${markdownText(view.headline)}** · ${markdownText(view.checkedAt)}`,
      markdownText(chatMessage(options).sentences.join(" ")),
      ...turns[turn],
      ...section,
      ...run,
      commentMark(mark),
    ].join("\n\n");
  };
  for (let rows = MOST_ROWS; rows > 1; rows = Math.floor(rows / 2)) {
    const whole = text(rows);
    if (whole.length <= MOST) return whole;
  }
  return text(0);
}

/** Why an issue is closed: all is covered, or what is short is silenced or dismissed. */
export function recoveryWords({ monitor, report }: Pick<ViewInput, "monitor" | "report">): string {
  const { issue } = channelTextsFor(monitor.language);
  return isShortAside(report) ? issue.recoveredAside : issue.recovered;
}

/** Whether parts are short of which nobody is notified. */
export function isShortAside({ silenced }: Report): boolean {
  return silenced.some(({ kind }) => kind !== "build" && kind !== "critical");
}

/** Hidden in a comment, so that it is not made a second time. */
export function commentMark(notification: string): string {
  return `<!-- partwatch-notification ${notification} -->`;
}
