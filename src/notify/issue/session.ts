import { backOffMs } from "../../core/back-off.ts";
import { type Failure, FailureError, failureOf } from "../../core/failure.ts";
import type { GithubAnswer, GithubApi } from "../../core/github-api.ts";
import { commentMark } from "../../core/issue/comment.ts";
import type { Clock, Log } from "../../core/ports.ts";
import { defined } from "../../core/records.ts";
import { unlessAborted } from "../../core/unless-aborted.ts";
import type { Receipt } from "../channel.ts";
import { type Issue, type IssueAnswer, type IssuesApi, issuesApi, type NewIssue } from "./api.ts";
import { isInvalid, isLocked, issueFailure } from "./refusal.ts";
// What all work on issues shares: the API, how long to try, and how to write something once although an answer was lost.

export interface IssueSession {
  readonly issues: IssuesApi;
  /** Waits so many milliseconds; false: the run has ended before. */
  readonly wait: (milliseconds: number) => Promise<boolean>;
  readonly log: Log;
  /** GitHub's answer. Throws FailureError (kind channel) if there was none. */
  readonly unwrap: <T>(asked: IssueAnswer<T>) => T;
  /** Whether an issue or a comment was written with unknown outcome. */
  readonly isUnknown: () => boolean;
  /** Somebody has looked: what was written last is not there. */
  readonly isAbsent: () => void;
}

const ATTEMPTS = 3;
const MOST_PAGES = 3;

/** A session that gives up after that many milliseconds. */
function openIssueSession(options: {
  readonly api: GithubApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly budgetMs: number;
  readonly ending: AbortSignal | undefined;
}): IssueSession {
  const { api, clock, log, budgetMs, ending } = options;
  const issues = issuesApi(untilEnded(api, ending), new Date(clock.now().getTime() + budgetMs));
  let isUnknown = false;
  const written = async <T>(asking: Promise<IssueAnswer<T>>): Promise<IssueAnswer<T>> => {
    const asked = await asking;
    isUnknown ||= asked.kind === "unanswered";
    return asked;
  };
  return {
    issues: {
      ...issues,
      create: (issue) => written(issues.create(issue)),
      comment: (number, text) => written(issues.comment(number, text)),
    },
    isUnknown: () => isUnknown,
    isAbsent: () => {
      isUnknown = false;
    },
    wait: async (milliseconds) => {
      await unlessAborted(clock.sleep(milliseconds), ending);
      return ending?.aborted !== true;
    },
    log,
    unwrap: (asked) => {
      if (asked.kind === "done") return asked.value;
      throw new FailureError(issueFailure(asked, api));
    },
  };
}

/** Asks nothing once the run no longer waits: the answer then is that it was not asked. */
function untilEnded(api: GithubApi, ending: AbortSignal | undefined): GithubApi {
  const refuseEnded = () => {
    if (ending?.aborted)
      throw new FailureError({ kind: "channel", retryable: true, message: `${ENDED} had all of it` });
  };
  const inWords = (answer: GithubAnswer): GithubAnswer =>
    ending?.aborted && answer.kind === "unanswered" ? { ...answer, message: `${ENDED} answered` } : answer;
  return {
    ...api,
    rest: async (call) => {
      refuseEnded();
      return inWords(await api.rest({ ...call, ...defined({ ending }) }));
    },
    graphql: async (call) => {
      refuseEnded();
      return inWords(await api.graphql({ ...call, ...defined({ ending }) }));
    },
  };
}

const ENDED = "the run ended before GitHub";

/** The issue of that number; undefined if it is deleted or moved. Throws FailureError if GitHub does not answer. */
export async function findIssue({ issues, unwrap }: IssueSession, number: number): Promise<Issue | undefined> {
  const found = await issues.find(number);
  if (found.kind === "gone") return undefined;
  return found.kind === "found" ? found.issue : unwrap<Issue>(found);
}

/** The newest matching issue of a trusted author, among the newest 300. Throws FailureError if GitHub does not answer. */
export async function searchIssues(
  { issues, unwrap }: IssueSession,
  isWanted: (issue: Issue) => boolean,
): Promise<Issue | undefined> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { value, isLast } = unwrap(await issues.newest(page));
    const found = value.find((issue) => issue.isTrusted && isWanted(issue));
    if (found !== undefined || isLast) return found;
  }
  return undefined;
}

/**
 * Opens an issue, once: if the answer was lost, looks for it first. Assignees or labels that GitHub does not
 * accept are left out with a warning. Throws FailureError if it cannot be opened.
 */
export async function createOnce(
  session: IssueSession,
  { issue, isIt }: { readonly issue: NewIssue; readonly isIt: (issue: Issue) => boolean },
): Promise<Issue> {
  const { issues, wait, unwrap } = session;
  let wanted = issue;
  for (let attempt = 1; ; attempt += 1) {
    const asked = await issues.create(wanted);
    if (asked.kind === "done") return asked.value;
    const less = isInvalid(asked) ? await withLess(session, wanted) : undefined;
    if (less !== undefined) {
      wanted = less;
      continue;
    }
    if (asked.kind !== "unanswered") return unwrap<Issue>(asked);
    if (!(await wait(backOffMs({ attempt, firstMs: 1_000, sure: 1, chance: 0 })))) return unwrap<Issue>(asked);
    const there = await searchIssues(session, isIt);
    if (there !== undefined) return there;
    session.isAbsent();
    if (attempt >= ATTEMPTS) return unwrap<Issue>(asked);
  }
}

/** The issue without invalid assignees; else without labels, else without anybody; undefined if nothing is left to drop. */
async function withLess({ issues, log, unwrap }: IssueSession, issue: NewIssue): Promise<NewIssue | undefined> {
  const { labels, assignees } = issue;
  const able: string[] = [];
  for (const login of assignees) if (unwrap(await issues.canBeAssigned(login))) able.push(login);
  const unable = assignees.filter((login) => !able.includes(login));
  const [left, less] =
    unable.length > 0
      ? [`assignees ${unable.join(", ")}`, { ...issue, assignees: able }]
      : labels.length > 0
        ? [`labels ${labels.join(", ")}`, { ...issue, labels: [] }]
        : [`assignees ${assignees.join(", ")}`, { ...issue, assignees: [] }];
  if (labels.length + assignees.length === 0) return undefined;
  log.warning(`GitHub refuses the issue; it is opened without the ${left}`, { step: "issue" });
  return less;
}

/** Comments, once. In a locked issue the body has to do. Throws FailureError if it cannot be written. */
export async function commentOnce(
  session: IssueSession,
  {
    issue,
    text,
    mark,
    repeated,
  }: {
    readonly issue: Issue;
    readonly text: string;
    readonly mark: string;
    /** A run before this one may have written it. */
    readonly repeated: boolean;
  },
): Promise<void> {
  const { issues, wait, log, unwrap } = session;
  if (repeated && (await hasComment(session, { issue, mark }))) return;
  for (let attempt = 1; ; attempt += 1) {
    const asked = await issues.comment(issue.number, text);
    if (asked.kind === "done") return;
    if (isLocked(asked)) {
      log.warning(`issue #${issue.number} is locked: what changed stands in its text only`, { step: "issue" });
      return;
    }
    if (asked.kind !== "unanswered") return void unwrap(asked);
    if (!(await wait(backOffMs({ attempt, firstMs: 1_000, sure: 1, chance: 0 })))) return void unwrap(asked);
    if (await hasComment(session, { issue, mark })) return;
    session.isAbsent();
    if (attempt >= ATTEMPTS) return void unwrap(asked);
  }
}

async function hasComment(
  { issues, unwrap }: IssueSession,
  { issue, mark }: { readonly issue: Issue; readonly mark: string },
): Promise<boolean> {
  const texts = unwrap(await issues.lastComments(issue));
  return texts.some((text) => text.includes(commentMark(mark)));
}

/** Does something in a session that needs GitHub. */
export type Work = <T>(circumstances: Circumstances, what: (session: IssueSession) => Promise<T>) => Promise<Done<T>>;

interface Circumstances {
  readonly log: Log;
  /** Aborted when nobody waits any longer. */
  readonly ending?: AbortSignal | undefined;
}

type Done<T> =
  | { readonly kind: "done"; readonly value: T }
  /** `isUnknown`: something was written, and it is unknown whether it is there. */
  | { readonly kind: "failed"; readonly failure: Failure; readonly isUnknown: boolean };

/** The result for a message that was not certainly written. */
export function failedReceipt({ failure, isUnknown }: Extract<Done<unknown>, { kind: "failed" }>): Receipt {
  return isUnknown ? { kind: "unknown", failure } : { kind: "failed", failure, refused: [] };
}

/** GitHub answers too many requests with: come back after a minute. */
const BUDGET_MS = 120_000;

/** Does something in a session; refusals of GitHub or the settings are a failure, never an error. Connects with the first work. */
export function workWith(options: {
  readonly connect: () => Promise<GithubApi>;
  readonly clock: Clock;
  readonly budgetMs?: number;
}): Work {
  const { connect, clock, budgetMs = BUDGET_MS } = options;
  let connected: Promise<GithubApi> | undefined;
  return async ({ log, ending }, what) => {
    let session: IssueSession | undefined;
    try {
      connected ??= connect();
      session = openIssueSession({ api: await connected, clock, log, budgetMs, ending });
      return { kind: "done", value: await what(session) };
    } catch (error) {
      const failure = failureOf(error);
      // A bug here must not keep the other channels from notifying.
      if (failure.kind === "bug") log.error(error instanceof Error ? (error.stack ?? error.message) : failure.message);
      return { kind: "failed", failure, isUnknown: session?.isUnknown() === true };
    }
  };
}
