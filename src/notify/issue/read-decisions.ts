import { decidedAlerts, type IssueSnapshot, issuesOfDismissals } from "../../core/issue/decisions.ts";
import { parseBody } from "../../core/issue/mark.ts";
import { somethingShort } from "../../core/notification/significant.ts";
import type { Alert } from "../../core/notification/state.ts";
import type { Log } from "../../core/ports.ts";
import { plainText } from "../../core/text/plain-text.ts";
import type { DecisionInput, Notification } from "../channel.ts";
import type { Issue } from "./api.ts";
import { findIssue, type IssueSession, searchIssues } from "./session.ts";

/** What a run has read of a monitor's issues before its check. */
export interface IssuesRead {
  /** The issue of the last notification. */
  readonly current: IssueSnapshot | undefined;
  /** The same as GitHub returned it. */
  readonly issue: Issue | undefined;
  /** Numbers of other issues that were reopened after their parts were dismissed. */
  readonly reopened: readonly number[];
}

export const NO_ISSUES: IssuesRead = { current: undefined, issue: undefined, reopened: [] };

/** Reads the issues of a monitor, and what people have decided in them. Throws FailureError if GitHub does not answer. */
export async function readDecisions(
  session: IssueSession,
  { monitor, alerts, delivered, at }: DecisionInput,
): Promise<{ readonly alerts: readonly Alert[]; readonly issuesRead: IssuesRead }> {
  const number = issueNumber(delivered?.ref);
  const dismissedIn = issuesOfDismissals(alerts);
  const issues = new Map<number, IssueSnapshot>();
  let raw: Issue | undefined;
  for (const one of new Set([...(number === undefined ? [] : [number]), ...dismissedIn])) {
    const issue = await findIssue(session, one);
    const read = issue === undefined ? undefined : issueSnapshot(issue, monitor.id);
    if (read !== undefined && one === number) raw = issue;
    if (read !== undefined) issues.set(one, read);
    else
      session.log.warning(`issue #${one} is gone: deleted, moved to another repository, or none of ours`, {
        step: "issue",
      });
  }
  const current = number === undefined ? undefined : issues.get(number);
  const others = dismissedIn.flatMap((one) => issues.get(one) ?? []);
  const input = { alerts, current, dismissedIn: others, at };
  const found = decidedAlerts(input);
  const editor = isTicked(found, alerts) && raw !== undefined ? await editorOf(session, raw) : undefined;
  const decided = editor === undefined ? found : decidedAlerts({ ...input, editor });
  logDecided(session.log, { before: alerts, after: decided });
  const reopened = others.filter((issue) => issue.isOpen && issue.number !== number);
  return { alerts: decided, issuesRead: { current, issue: raw, reopened: reopened.map((issue) => issue.number) } };
}

function isTicked(after: readonly Alert[], before: readonly Alert[]): boolean {
  return after.some(({ state }, index) => state === "acknowledged" && before[index]?.state === "active");
}

/** Who edited an issue last, other than ourselves; undefined if GitHub does not say. */
async function editorOf({ issues }: IssueSession, { number, author }: Issue): Promise<string | undefined> {
  const asked = await issues.editor(number);
  return asked.kind === "done" && asked.value !== author ? asked.value : undefined;
}

/** The number that a notification left behind. */
export function issueNumber(ref: string | undefined): number | undefined {
  return ref !== undefined && /^[1-9]\d{0,9}$/.test(ref) ? Number(ref) : undefined;
}

/**
 * Undefined if the number is another monitor's issue, or not one of ours: a state that was edited by hand, or copied
 * from another repository. Without a mark it is ours, emptied, if whoever opened it may write here.
 */
export function issueSnapshot(issue: Issue, monitor: string): IssueSnapshot | undefined {
  const { number, isOpen, isNotPlanned, body, isTrusted } = issue;
  const parsed = parseBody(body);
  if (parsed.mark === undefined ? !isTrusted : parsed.mark.monitor !== monitor) return undefined;
  return { number, isOpen, isNotPlanned, body: parsed };
}

function logDecided(
  log: Log,
  { before, after }: { readonly before: readonly Alert[]; readonly after: readonly Alert[] },
): void {
  for (const [index, alert] of after.entries()) {
    const state = before[index]?.state;
    if (state !== undefined && state !== alert.state)
      log.info(`people decided: ${plainText(alert.name)} (${alert.kind}) is ${alert.state}`, { step: "issue" });
  }
}

/**
 * The issue in which to post this notification: that of its episode, by its number; else one that people reopened; else,
 * if a run died after opening it, one with the monitor's mark. Undefined: open a new one. Read again, because people may
 * have ticked and closed during the run. Throws FailureError if GitHub does not answer.
 */
export async function findIssueFor(
  session: IssueSession,
  {
    notification,
    id,
    covered,
    issuesRead,
  }: {
    readonly notification: Notification;
    /** This notification's id in marks. */
    readonly id: string;
    readonly covered: boolean;
    readonly issuesRead: IssuesRead;
  },
): Promise<Issue | undefined> {
  const { monitor } = notification;
  const number = issueNumber(notification.delivered?.ref);
  const known = number === undefined ? undefined : await findIssue(session, number);
  const isOurs = known !== undefined && issueSnapshot(known, monitor.id) !== undefined;
  const isOurOwn = isLeftBehind({ monitor: monitor.id, id });
  // A run that died may have opened one that is not recorded: that is the one to correct.
  if ((notification.change.corrects ?? []).length > 0 && known?.isOpen !== true) {
    const left = await searchIssues(session, (issue) => issue.isOpen && issue.number !== number && isOurOwn(issue));
    if (left !== undefined) return left;
  }
  if (isOurs && (covered || goesOn(known, notification))) return known;
  for (const reopened of issuesRead.reopened) {
    const issue = await findIssue(session, reopened);
    if (issue?.isOpen === true && issueSnapshot(issue, monitor.id) !== undefined) return issue;
  }
  return searchIssues(session, isOurOwn);
}

/** Left by a run that opened it and could not record it, or whose record was lost. */
export function isLeftBehind(options: { readonly monitor: string; readonly id: string }): (issue: Issue) => boolean {
  return ({ body, isOpen, isNotPlanned }) => {
    const { mark } = parseBody(body);
    if (mark?.monitor !== options.monitor) return false;
    // Closed as not planned: its list was gone, or another issue replaced it.
    if (mark.isOver && isNotPlanned) return false;
    return mark.notification === options.id || (isOpen && !mark.isOver);
  };
}

/** Open, or closed by somebody in the same episode without dismissing its parts: these are still short. */
function goesOn({ isOpen, isNotPlanned, body }: Issue, { episode, delivered }: Notification): boolean {
  const { mark } = parseBody(body);
  const isKnown = delivered !== undefined && somethingShort(delivered.significant);
  // If nobody was to be notified that all was covered, its episode goes on.
  if (isNotPlanned || (mark?.isOver === true && !isKnown)) return false;
  if (isOpen) return true;
  // For an emptied issue, only the state shows whether it was closed at the end of its episode.
  return mark === undefined ? isKnown : mark.episode === episode?.number;
}
