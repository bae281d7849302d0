// What all work on issues shares: the API, how long to try, and how to write something once although an answer was lost.

import type { Clock } from "../../core/clock.ts";
import { FailureError } from "../../core/failure.ts";
import type { GithubApi } from "../../core/github-api.ts";
import { commentMark } from "../../core/issue/comment.ts";
import type { Log } from "../../core/log.ts";
import { type Asked, type Issue, type IssuesApi, issuesApi, type NewIssue } from "./api.ts";
import { isInvalid, isLocked, issueFailure } from "./refusal.ts";

export interface Desk {
  readonly issues: IssuesApi;
  readonly clock: Clock;
  readonly log: Log;
  /** What GitHub gave. Throws FailureError (kind mail) if it gave nothing. */
  readonly must: <T>(asked: Asked<T>) => T;
}

const ATTEMPTS = 3;
const MOST_PAGES = 3;

/** A desk that gives up after that many milliseconds. */
export function openDesk(of: {
  readonly api: GithubApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly budgetMs: number;
}): Desk {
  const { api, clock, log, budgetMs } = of;
  return {
    issues: issuesApi(api, new Date(clock.now().getTime() + budgetMs)),
    clock,
    log,
    must: (asked) => {
      if (asked.kind === "done") return asked.value;
      throw new FailureError(issueFailure(asked, api));
    },
  };
}

/** The issue of that number; undefined if it is deleted or moved. Throws FailureError if GitHub does not say. */
export async function findIssue({ issues, must }: Desk, number: number): Promise<Issue | undefined> {
  const found = await issues.find(number);
  if (found.kind === "gone") return undefined;
  return found.kind === "found" ? found.issue : must<Issue>(found);
}

/** The newest issue of somebody we trust that is wanted, among the newest 300. Throws FailureError if GitHub does not say. */
export async function searchIssues(
  { issues, must }: Desk,
  isWanted: (issue: Issue) => boolean,
): Promise<Issue | undefined> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { value, isLast } = must(await issues.newest(page));
    const found = value.find((issue) => issue.isTrusted && isWanted(issue));
    if (found !== undefined || isLast) return found;
  }
  return undefined;
}

/**
 * Opens an issue, once: where the answer was lost it is looked for first. Who cannot be assigned, or labels that
 * cannot be, are left out with a warning. Throws FailureError if it cannot be opened.
 */
export async function createOnce(
  desk: Desk,
  { issue, isIt }: { readonly issue: NewIssue; readonly isIt: (issue: Issue) => boolean },
): Promise<Issue> {
  const { issues, clock, must } = desk;
  let wanted = issue;
  for (let attempt = 1; ; attempt += 1) {
    const asked = await issues.create(wanted);
    if (asked.kind === "done") return asked.value;
    const less = isInvalid(asked) ? await withLess(desk, wanted) : undefined;
    if (less !== undefined) {
      wanted = less;
      continue;
    }
    if (asked.kind !== "unanswered" || attempt >= ATTEMPTS) return must<Issue>(asked);
    await clock.sleep(1_000 * 2 ** (attempt - 1));
    const there = await searchIssues(desk, isIt);
    if (there !== undefined) return there;
  }
}

/** The issue without those who cannot be assigned; else without labels, else without anybody; undefined if nothing is left. */
async function withLess({ issues, log, must }: Desk, issue: NewIssue): Promise<NewIssue | undefined> {
  const { labels, assignees } = issue;
  const able: string[] = [];
  for (const login of assignees) if (must(await issues.canBeAssigned(login))) able.push(login);
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
  desk: Desk,
  {
    issue,
    text,
    telling,
    repeated,
  }: {
    readonly issue: Issue;
    readonly text: string;
    readonly telling: string;
    /** A run before this one may have written it. */
    readonly repeated: boolean;
  },
): Promise<void> {
  const { issues, clock, log, must } = desk;
  if (repeated && (await hasComment(desk, { issue, telling }))) return;
  for (let attempt = 1; ; attempt += 1) {
    const asked = await issues.comment(issue.number, text);
    if (asked.kind === "done") return;
    if (isLocked(asked)) {
      log.warning(`issue #${issue.number} is locked: what changed stands in its text only`, { step: "issue" });
      return;
    }
    if (asked.kind !== "unanswered" || attempt >= ATTEMPTS) return void must(asked);
    await clock.sleep(1_000 * 2 ** (attempt - 1));
    if (await hasComment(desk, { issue, telling })) return;
  }
}

async function hasComment(
  { issues, must }: Desk,
  { issue, telling }: { readonly issue: Issue; readonly telling: string },
): Promise<boolean> {
  const texts = must(await issues.lastComments(issue));
  return texts.some((text) => text.includes(commentMark(telling)));
}
