import type { GithubApi } from "../../core/github-api.ts";
import type { Sending } from "../../core/notification/sending.ts";
import type { Clock, Log } from "../../core/ports.ts";
import type { Language } from "../../core/view/format.ts";
import type { Channel, Ending, EndingReason, Notification, Receipt } from "../channel.ts";
import { endIssue, notificationMark, notifyIssue, refreshIssue } from "./post.ts";
import { type IssuesRead, isLeftBehind, issueNumber, NO_ISSUES, readDecisions } from "./read-decisions.ts";
import { failedReceipt, type IssueSession, searchIssues, type Work, workWith } from "./session.ts";

export interface IssueOptions {
  /** GitHub's API; asked for with the first notification. Throws FailureError where the settings cannot work. */
  readonly connect: () => Promise<GithubApi>;
  readonly clock: Clock;
  /** The language for what does not belong to a list. */
  readonly language: Language;
  /** How long one notification is tried; default two minutes. */
  readonly budgetMs?: number;
}

/** Notifies a monitor's alerts by one issue per episode, in which people acknowledge and dismiss. */
export function createIssueChannel(options: IssueOptions): Channel {
  const issuesRead = new Map<string, IssuesRead>();
  /** GitHub did not return its issues: not tried again for every list. */
  let isUnavailable = false;
  const work = workWith(options);
  const issuesReadOf = ({ monitor }: Pick<Notification, "monitor">) => issuesRead.get(monitor.id) ?? NO_ISSUES;
  return {
    name: "issue",
    readDecisions: async (input, log) => {
      if (isUnavailable) return input.alerts;
      const read = await work({ log }, (session) => readDecisions(session, input));
      if (read.kind === "failed") {
        isUnavailable = read.failure.incident !== undefined;
        if (read.failure.incident !== undefined || read.failure.retryable)
          log.warning(`issues were not read: ${read.failure.message}`, { step: "issue" });
        return input.alerts;
      }
      issuesRead.set(input.monitor.id, read.value.issuesRead);
      return read.value.alerts;
    },
    notify: async (notification, log): Promise<Receipt> => {
      const { ending } = notification;
      const delivered = await work({ log, ending }, (session) =>
        notifyIssue(session, notification, issuesReadOf(notification)),
      );
      if (delivered.kind === "failed") {
        log.error(`issue not written: ${delivered.failure.message}`, { step: "issue" });
        return failedReceipt(delivered);
      }
      const ref = String(delivered.value);
      log.info(`issue #${ref} says it`, { step: "issue" });
      return { kind: "accepted", ref, accepted: [`#${ref}`], pending: [], refused: [] };
    },
    refresh: async (notification, log) => {
      const done = await work({ log }, (session) => refreshIssue(session, notification, issuesReadOf(notification)));
      if (done.kind === "failed") log.warning(`issue not put right: ${done.failure.message}`, { step: "issue" });
    },
    end: (ending, log) => end(work, { ending, log, language: options.language }),
  };
}

const REASONS: Readonly<Record<EndingReason, string>> = {
  gone: "its list is gone",
  inactive: "its list is switched off",
  channel_off: "its list no longer notifies by issue",
};

async function end(
  work: Work,
  { ending, log, language }: { readonly ending: Ending; readonly log: Log; readonly language: Language },
): Promise<boolean> {
  const { id, why, delivered, sending } = ending;
  const number = issueNumber(delivered?.ref);
  const numbers = number === undefined ? [] : [number];
  if (numbers.length === 0 && sending === undefined) return true;
  const done = await work({ log }, async (session) => {
    const left = sending === undefined ? undefined : await leftOpen(session, { monitor: id, sending });
    const closed: number[] = [];
    for (const one of new Set([...numbers, ...(left === undefined ? [] : [left])]))
      if (await endIssue(session, { number: one, monitor: id, why, language })) closed.push(one);
    return closed;
  });
  if (done.kind === "done") {
    for (const one of done.value) log.info(`issue #${one} is closed: ${REASONS[why]}`, { step: "issue" });
    return true;
  }
  const which = number === undefined ? "the issue of this list" : `issue #${number}`;
  log.warning(`${which} was not closed (${REASONS[why]}): ${done.failure.message}`, { step: "issue" });
  // What GitHub refuses it will refuse again; the state must not stay for ever because of that.
  return !done.failure.retryable;
}

/** The open issue that a run without a recorded end may have left. */
async function leftOpen(
  session: IssueSession,
  { monitor, sending }: { readonly monitor: string; readonly sending: Sending },
): Promise<number | undefined> {
  const isOurs = isLeftBehind({ monitor, id: notificationMark(sending) });
  const found = await searchIssues(session, (issue) => issue.isOpen && isOurs(issue));
  return found?.number;
}
