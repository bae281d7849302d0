import { issueBody } from "../../core/issue/body.ts";
import { type IssueTurn, issueComment } from "../../core/issue/comment.ts";
import { type IssueMark, overBody, type ParsedBody, parseBody } from "../../core/issue/mark.ts";
import { clip } from "../../core/view/plain-text.ts";
import { standingOf } from "../../core/view/standing.ts";
import { viewOf } from "../../core/view/view.ts";
import type { Telling } from "../channel.ts";
import type { Issue, IssueChange } from "./api.ts";
import { commentOnce, createOnce, type Desk, searchIssues } from "./desk.ts";
import type { Heard } from "./heard.ts";
import { isLeftBehind, placeOf } from "./place.ts";

/** Tells a result in the issue of its episode and returns its number. Throws FailureError if GitHub does not take it. */
export async function tellIssue(desk: Desk, telling: Telling, heard: Heard): Promise<number> {
  const id = tellingMark(telling);
  const covered = standingOf(telling.report).covered;
  const place = await placeOf(desk, { telling, id, covered, heard });
  const work = { telling, id, covered, heard };
  return place === undefined ? open(desk, work) : goOn(desk, place, work);
}

/** What a telling is called in marks: the same when it is repeated after a crash. */
export function tellingMark({ seq, hash }: Pick<Telling, "seq" | "hash">): string {
  return `${seq}.${hash.slice(0, 16)}`;
}

interface Work {
  readonly telling: Telling;
  readonly id: string;
  readonly covered: boolean;
  readonly heard: Heard;
}

const UNTOUCHED: ParsedBody = { mark: undefined, boxes: new Map(), before: "", after: "" };

async function open(desk: Desk, work: Work): Promise<number> {
  const { telling, id, covered } = work;
  const { labels, assignees } = telling.monitor.channels.issue;
  const view = viewOf(telling);
  const mark = { episode: telling.episode?.number ?? 0, told: id, isNew: true, isOver: covered };
  const issue = {
    title: clip(`[Partwatch] ${view.name}: ${view.statusWords}`, 240),
    body: bodyOf(work, { mark, present: UNTOUCHED }),
    labels,
    assignees,
  };
  const opened = await createOnce(desk, { issue, isIt: isLeftBehind({ monitor: telling.monitor.id, id }) });
  const twin = await searchIssues(desk, isTwin({ number: opened.number, monitor: telling.monitor.id, id }));
  if (twin !== undefined) return withdraw(desk, { opened, twin });
  // A calm report proves that issues can be written; it needs nobody's attention.
  if (covered && opened.isOpen)
    desk.must(await desk.issues.change(opened.number, { state: "closed", state_reason: "completed" }));
  return opened.number;
}

/** Another run has opened one at the same time, a moment sooner. */
function isTwin(of: { readonly number: number; readonly monitor: string; readonly id: string }) {
  const isOurs = isLeftBehind(of);
  return (issue: Issue) => issue.number < of.number && issue.isOpen && isOurs(issue);
}

async function withdraw(
  desk: Desk,
  { opened, twin }: { readonly opened: Issue; readonly twin: Issue },
): Promise<number> {
  const change = { body: overBody(opened.body), state: "closed", state_reason: "not_planned" } as const;
  desk.must(await desk.issues.change(opened.number, change));
  desk.log.warning(`issue #${opened.number} is closed: another run has opened #${twin.number}`, { step: "issue" });
  return twin.number;
}

async function goOn(desk: Desk, issue: Issue, work: Work): Promise<number> {
  const { telling, id, covered } = work;
  const present = parseBody(issue.body);
  const repeated = present.mark?.told === id;
  const isNew = repeated && present.mark?.isNew === true;
  const turn = turnOf(issue, covered);
  const episode = telling.episode?.number ?? present.mark?.episode ?? 0;
  const mark = { episode, told: id, isNew, isOver: covered && !issue.isNotPlanned };
  const change = changeOf(issue, { body: bodyOf(work, { mark, present }), turn });
  if (change !== undefined) desk.must(await desk.issues.change(issue.number, change));
  if (isNew) return issue.number;
  const text = issueComment(telling, { turn, mark: id });
  await commentOnce(desk, { issue, text, telling: id, repeated });
  return issue.number;
}

/** What has to become of an issue besides its text. */
export function turnOf({ isOpen, isNotPlanned }: Issue, covered: boolean): IssueTurn {
  if (covered) return isNotPlanned ? "dismissed" : "recovered";
  return isOpen || isNotPlanned ? "none" : "reopened";
}

/** What has to be written; undefined if all is as it should be. */
export function changeOf(
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

/** The body for an issue whose present one is known. */
export function bodyOf(
  { telling, heard }: Pick<Work, "telling" | "heard">,
  { mark, present }: { readonly mark: Omit<IssueMark, "folded" | "monitor">; readonly present: ParsedBody },
): string {
  const { monitor, report, links } = telling;
  const { alerts = [], remembered = [] } = telling;
  const boxes = heard.current?.body.boxes ?? UNTOUCHED.boxes;
  return issueBody({ monitor, report, alerts, remembered, links, mark, present, heard: boxes });
}
