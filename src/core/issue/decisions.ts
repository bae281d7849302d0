// What people have decided in issues: boxes ticked, issues closed as not planned or opened again (docs/channels.md). Pure.
import { acknowledge, decidedAt, dismiss, reactivate } from "../notification/alerts.ts";
import type { Alert } from "../notification/state.ts";
import { alertMark, type IssueBox, isChanged, type ParsedBody } from "./mark.ts";

/** An issue as people left it. */
export interface IssueSnapshot {
  readonly number: number;
  readonly isOpen: boolean;
  /** Closed as *not planned*. */
  readonly isNotPlanned: boolean;
  readonly body: ParsedBody;
}

/**
 * The alerts after what people have decided. `current` is the issue that the monitor was last notified in; `dismissedIn` are
 * those in which alerts were dismissed that still are. Decisions that stand already change nothing: it may be asked again.
 */
export function decidedAlerts(input: {
  readonly alerts: readonly Alert[];
  readonly current: IssueSnapshot | undefined;
  readonly dismissedIn: readonly IssueSnapshot[];
  /** Login of whoever edited the current issue last, if that is known. */
  readonly editor?: string | undefined;
  readonly at: Date;
}): readonly Alert[] {
  const { current, at, editor } = input;
  let alerts = input.alerts;
  for (const issue of input.dismissedIn)
    if (issue.isOpen)
      for (const { part, kind, dismissed } of alerts)
        if (dismissed?.by === decisionRights(issue.number)) alerts = reactivate({ alerts, part, kind, at });
  if (current === undefined) return same(input.alerts, alerts);
  if (current.isNotPlanned) return same(input.alerts, dismissAll(alerts, { issue: current, at }));
  const by = editor === undefined ? decisionRights(current.number) : `${editor}, ${decisionRights(current.number)}`;
  for (const alert of alerts) alerts = withBox(alerts, { alert, issue: current, at, by });
  return same(input.alerts, alerts);
}

/** Numbers of the issues in which alerts were dismissed that still are. */
export function issuesOfDismissals(alerts: readonly Alert[]): readonly number[] {
  const numbers = alerts.flatMap(({ state, dismissed }) => {
    const number = state === "dismissed" ? /^issue #(\d+)$/.exec(dismissed?.by ?? "")?.[1] : undefined;
    return number === undefined ? [] : [Number(number)];
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** Where it was said, in the state's words; whose hand it was stands before it where GitHub says it. */
function decisionRights(issue: number): string {
  return `issue #${issue}`;
}

/** Its parts: those of its table and those that had no room in it; of an emptied one all. Dismissed once, not again. */
function dismissAll(
  before: readonly Alert[],
  { issue, at }: { readonly issue: IssueSnapshot; readonly at: Date },
): readonly Alert[] {
  const { mark, boxes } = issue.body;
  let alerts = before;
  for (const alert of before) {
    if (alert.state !== "active" && alert.state !== "acknowledged") continue;
    const box = boxes.get(alertMark(alert));
    const isItsPart = box === undefined ? mark === undefined || mark.folded > 0 : isToBeDismissed(alert, box);
    if (isItsPart)
      alerts = dismiss({ alerts, part: alert.part, kind: alert.kind, at, by: decisionRights(issue.number) });
  }
  return alerts;
}

/** Not one that was dismissed here, even if that was not recorded, and that somebody has since taken back elsewhere. */
function isToBeDismissed(alert: Alert, { written, at }: IssueBox): boolean {
  if (written === "dismissed") return false;
  return written !== "dismissing" || at === undefined || !hasMoved(alert, at);
}

/** A box counts where somebody has changed it: the state may have moved since by another way (`partwatch ack`). */
function withBox(
  alerts: readonly Alert[],
  {
    alert,
    issue,
    at,
    by,
  }: {
    readonly alert: Alert;
    readonly issue: IssueSnapshot;
    readonly at: Date;
    readonly by: string;
  },
): readonly Alert[] {
  const box = issue.body.boxes.get(alertMark(alert));
  if (box === undefined || box.written === "dismissed" || box.written === "dismissing") return alerts;
  // What was decided by another way since is the later word.
  if (!isChanged(box) && (box.at === undefined || hasMoved(alert, box.at))) return alerts;
  const { part, kind } = alert;
  if (alert.state === "active" && box.ticked) return acknowledge({ alerts, part, kind, at, by });
  return alert.state === "acknowledged" && !box.ticked ? reactivate({ alerts, part, kind, at }) : alerts;
}

/** Whether somebody has decided otherwise after that instant. */
function hasMoved(alert: Alert, at: string): boolean {
  return Date.parse(decidedAt(alert)) > Date.parse(at);
}

/** The very same array where nothing moved, so that nothing is written. */
function same(before: readonly Alert[], after: readonly Alert[]): readonly Alert[] {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}
