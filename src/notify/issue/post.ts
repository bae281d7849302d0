import { issueBody } from "../../core/issue/body.ts";
import { commentMark, type IssueTurn, issueComment, recoveryWords } from "../../core/issue/comment.ts";
import { type IssueMark, overBody, type ParsedBody, parseBody } from "../../core/issue/mark.ts";
import { somethingShort } from "../../core/notification/significant.ts";
import { clip } from "../../core/text/plain-text.ts";
import type { Language } from "../../core/view/format.ts";
import { summarize } from "../../core/view/report-status.ts";
import { channelTextsFor } from "../../core/view/texts/channel-texts.ts";
import { viewOf } from "../../core/view/view.ts";
import type { EndingReason, Notification } from "../channel.ts";
import type { Issue, IssueChange } from "./api.ts";
import { findIssueFor, type IssuesRead, isLeftBehind, issueSnapshot } from "./read-decisions.ts";
import { commentOnce, createOnce, findIssue, type IssueSession, searchIssues } from "./session.ts";

/** Posts a result in the issue of its episode and returns its number. Throws FailureError if GitHub does not take it. */
export async function notifyIssue(
  session: IssueSession,
  notification: Notification,
  issuesRead: IssuesRead,
): Promise<number> {
  const id = notificationMark(notification);
  const covered = summarize(notification.report).covered;
  const place = await findIssueFor(session, { notification, id, covered, issuesRead });
  const work = { notification, id, covered, issuesRead };
  return place === undefined ? open(session, work) : goOn(session, place, work);
}

/** A notification's id in marks: the same when it is repeated after a crash. */
export function notificationMark({ seq, hash }: Pick<Notification, "seq" | "hash">): string {
  return `${seq}.${hash.slice(0, 16)}`;
}

interface Work {
  readonly notification: Notification;
  readonly id: string;
  readonly covered: boolean;
  readonly issuesRead: IssuesRead;
}

const UNTOUCHED: ParsedBody = { mark: undefined, boxes: new Map(), before: "", after: "" };

async function open(session: IssueSession, work: Work): Promise<number> {
  const { notification, id, covered } = work;
  const { labels, assignees } = notification.monitor.channels.issue;
  const view = viewOf(notification);
  const mark = { episode: notification.episode?.number ?? 0, notification: id, isNew: true, isOver: covered };
  const issue = {
    title: clip(`[Partwatch] ${view.name}: ${view.statusWords}`, 240),
    body: bodyOf(work, { mark, present: UNTOUCHED }),
    labels,
    assignees,
  };
  const opened = await createOnce(session, { issue, isIt: isLeftBehind({ monitor: notification.monitor.id, id }) });
  const twin = await searchIssues(session, isTwin({ number: opened.number, monitor: notification.monitor.id, id }));
  if (twin !== undefined) return withdraw(session, { opened, twin });
  // A report of covered parts proves that issues can be written; it needs nobody's attention.
  if (covered && opened.isOpen)
    session.unwrap(await session.issues.change(opened.number, { state: "closed", state_reason: "completed" }));
  return opened.number;
}

/** Another run opened one at the same time, a moment sooner. */
function isTwin(options: { readonly number: number; readonly monitor: string; readonly id: string }) {
  const isOurs = isLeftBehind(options);
  return (issue: Issue) => issue.number < options.number && issue.isOpen && isOurs(issue);
}

async function withdraw(
  session: IssueSession,
  { opened, twin }: { readonly opened: Issue; readonly twin: Issue },
): Promise<number> {
  const change = { body: overBody(opened.body), state: "closed", state_reason: "not_planned" } as const;
  session.unwrap(await session.issues.change(opened.number, change));
  session.log.warning(`issue #${opened.number} is closed: another run has opened #${twin.number}`, { step: "issue" });
  return twin.number;
}

async function goOn(session: IssueSession, issue: Issue, work: Work): Promise<number> {
  const { notification, id, covered } = work;
  const present = parseBody(issue.body);
  const repeated = present.mark?.notification === id;
  const isNew = repeated && present.mark?.isNew === true;
  const turn = turnOf(issue, { covered });
  const episode = notification.episode?.number ?? present.mark?.episode ?? 0;
  const mark = { episode, notification: id, isNew, isOver: covered && !issue.isNotPlanned };
  const change = changeOf(issue, { body: bodyOf(work, { mark, present }), turn });
  if (change !== undefined) session.unwrap(await session.issues.change(issue.number, change));
  if (isNew) return issue.number;
  const text = issueComment(notification, { turn, mark: id });
  await commentOnce(session, { issue, text, mark: id, repeated });
  return issue.number;
}

/** What to change in an issue besides its text. */
function turnOf({ isOpen, isNotPlanned }: Issue, { covered }: { readonly covered: boolean }): IssueTurn {
  if (covered) return isNotPlanned ? "dismissed" : "recovered";
  return isOpen || isNotPlanned ? "none" : "reopened";
}

/** What has to be written; undefined if everything is as it should be. */
function changeOf(
  issue: Issue,
  { body, turn }: { readonly body: string; readonly turn: IssueTurn },
): IssueChange | undefined {
  const text = body === issue.body.replace(/\r\n?/g, "\n") ? {} : { body };
  const closes = turn === "recovered" && issue.isOpen;
  const state = closes
    ? ({ state: "closed", state_reason: "completed" } as const)
    : turn === "reopened"
      ? ({ state: "open", state_reason: "reopened" } as const)
      : {};
  const change = { ...text, ...state };
  return Object.keys(change).length === 0 ? undefined : change;
}

/** The new body of an issue whose present one is known. */
function bodyOf(
  { notification, issuesRead }: Pick<Work, "notification" | "issuesRead">,
  { mark, present }: { readonly mark: Omit<IssueMark, "folded" | "monitor">; readonly present: ParsedBody },
): string {
  const { monitor, report, links, at } = notification;
  const { alerts = [], remembered = [] } = notification;
  const boxes = issuesRead.current?.body.boxes ?? UNTOUCHED.boxes;
  return issueBody({ monitor, report, at, alerts, remembered, links, mark, present, boxes });
}

/** Closes the issue of a monitor that no longer uses issues, with a comment; false: it was closed already. Throws FailureError if GitHub does not take it. */
export async function endIssue(
  session: IssueSession,
  {
    number,
    monitor,
    why,
    language,
  }: {
    readonly number: number;
    readonly monitor: string;
    readonly why: EndingReason;
    readonly language: Language;
  },
): Promise<boolean> {
  const issue = await findIssue(session, number);
  if (issue?.isOpen !== true || issueSnapshot(issue, monitor) === undefined) return false;
  const text = `${channelTextsFor(language).issue.ended[why]}\n\n${commentMark(why)}`;
  await commentOnce(session, { issue, text, mark: why, repeated: true });
  const change = { body: overBody(issue.body), state: "closed", state_reason: "not_planned" } as const;
  session.unwrap(await session.issues.change(number, change));
  return true;
}

/**
 * Corrects the issue that this run has read, when nothing is to be sent: boxes that differ from the state, a text that
 * somebody emptied, an issue that was closed although parts are short and not dismissed. Nobody is notified of the
 * first two. Throws FailureError if GitHub does not take it.
 */
export async function refreshIssue(
  session: IssueSession,
  notification: Notification,
  issuesRead: IssuesRead,
): Promise<void> {
  if (issuesRead.issue === undefined || plannedFor(issuesRead.issue, { notification, issuesRead }) === undefined)
    return;
  // Read again: people may have ticked and closed since.
  const issue = await findIssue(session, issuesRead.issue.number);
  if (issue === undefined || issueSnapshot(issue, notification.monitor.id) === undefined) return;
  const planned = plannedFor(issue, { notification, issuesRead });
  if (planned === undefined) return;
  session.unwrap(await session.issues.change(issue.number, planned));
  if (planned.state === undefined) return;
  const { stillShort } = channelTextsFor(notification.monitor.language).issue;
  const mark = `${notificationMark(notification)}.${planned.state}`;
  const text = `${planned.state === "open" ? stillShort : recoveryWords(notification)}\n\n${commentMark(mark)}`;
  await commentOnce(session, { issue, text, mark, repeated: false });
}

function plannedFor(
  issue: Issue,
  { notification, issuesRead }: { readonly notification: Notification; readonly issuesRead: IssuesRead },
): IssueChange | undefined {
  const present = parseBody(issue.body);
  const covered = summarize(notification.report).covered;
  const isKnown = notification.delivered !== undefined && somethingShort(notification.delivered.significant);
  // Whoever reopens it after all was covered has a reason of their own; new shortages get another issue. But
  // if nobody was to be notified that all was covered, it was closed only until parts are short again.
  if (present.mark?.isOver === true && (covered || !isKnown)) return undefined;
  const turn = turnOf(issue, { covered });
  const delivered = notificationMark(notification);
  const mark = {
    episode: notification.episode?.number ?? present.mark?.episode ?? 0,
    notification: delivered,
    isNew: present.mark?.notification === delivered && present.mark.isNew,
    isOver: turn === "recovered",
  };
  return changeOf(issue, { body: bodyOf({ notification, issuesRead }, { mark, present }), turn });
}
