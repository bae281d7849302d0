// Issues of a repository through GitHub's REST API, with validated answers.

import type { GithubAnswer, GithubApi, GithubFailure } from "../../core/github-api.ts";
import { field } from "../../core/records.ts";

/** An issue as it stands on GitHub. */
export interface Issue {
  readonly number: number;
  readonly isOpen: boolean;
  /** Closed as *not planned*. */
  readonly isNotPlanned: boolean;
  readonly body: string;
  readonly comments: number;
  /** Login of whoever opened it, as GraphQL has it. */
  readonly author: string;
  /** Whoever opened it may write here, or is an app that was installed here: anybody else could forge one of ours. */
  readonly isTrusted: boolean;
}

/** gone: deleted, moved to another repository, or never there. */
export type IssueLookup = { readonly kind: "found"; readonly issue: Issue } | { readonly kind: "gone" } | GithubFailure;
export type IssueAnswer<T> = { readonly kind: "done"; readonly value: T } | GithubFailure;

export interface IssuesApi {
  /** Login of whoever edited the text last; undefined: nobody, or GitHub does not say. */
  readonly editor: (number: number) => Promise<IssueAnswer<string | undefined>>;
  readonly find: (number: number) => Promise<IssueLookup>;
  /** A page of the newest issues. */
  readonly newest: (page: number) => Promise<IssueAnswer<Page>>;
  /** Not repeated if it is unknown whether it was done. */
  readonly create: (issue: NewIssue) => Promise<IssueAnswer<Issue>>;
  readonly change: (number: number, change: IssueChange) => Promise<IssueAnswer<Issue>>;
  /** Whether GitHub says that this login can be assigned here. */
  readonly canBeAssigned: (login: string) => Promise<IssueAnswer<boolean>>;
  readonly comment: (number: number, body: string) => Promise<IssueAnswer<null>>;
  /** Texts of the last comments, with those that were made since it was read. */
  readonly lastComments: (issue: Pick<Issue, "number" | "comments">) => Promise<IssueAnswer<readonly string[]>>;
}

export interface Page {
  readonly value: readonly Issue[];
  readonly isLast: boolean;
}

export interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

export interface IssueChange {
  readonly body?: string;
  readonly state?: "open" | "closed";
  readonly state_reason?: "completed" | "not_planned" | "reopened";
}

// REST does not say who edited a text.
const EDITOR = `query PartwatchIssueEditor($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) { editor { login } }
  }
}`;

const PAGE = 100;
const TRUSTED = ["OWNER", "MEMBER", "COLLABORATOR"];

/** Asks until that instant at most. */
export function issuesApi(api: GithubApi, until: Date): IssuesApi {
  const read = { until, repeatable: true } as const;
  /** GitHub answers under the present name where a repository was renamed. */
  const isHere = async (repository: string | undefined): Promise<boolean> => {
    if (repository === undefined || repository === `${api.owner}/${api.name}`.toLowerCase()) return true;
    const answer = await api.rest({ method: "GET", path: "", ...read });
    return answer.kind === "done" && String(field(answer.body, "full_name")).toLowerCase() === repository;
  };
  return {
    find: async (number) => {
      const answer = await api.rest({ method: "GET", path: `/issues/${number}`, ...read });
      if (answer.kind === "refused" && (answer.status === 404 || answer.status === 410)) return { kind: "gone" };
      if (answer.kind !== "done") return answer;
      // Pull requests share the numbers of issues.
      if (field(answer.body, "pull_request") !== undefined) return { kind: "gone" };
      const issue = issueOf(answer.body);
      if (issue === undefined) return strange(`[GET] /issues/${number}`);
      // One that was moved to another repository is answered from there, usually under another number.
      const isSame = issue.number === number && (await isHere(repositoryOf(answer.body)));
      return isSame ? { kind: "found", issue } : { kind: "gone" };
    },
    newest: async (page) => {
      const path = `/issues?state=all&sort=created&direction=desc&per_page=${PAGE}&page=${page}`;
      const answer = await api.rest({ method: "GET", path, ...read });
      if (answer.kind !== "done") return answer;
      if (!Array.isArray(answer.body)) return strange(`[GET] ${path}`);
      const issues = answer.body.filter((item: unknown) => field(item, "pull_request") === undefined);
      const value = issues.flatMap((item: unknown) => issueOf(item) ?? []);
      return { kind: "done", value: { value, isLast: answer.body.length < PAGE } };
    },
    create: async ({ title, body, labels, assignees }) => {
      const content = { title, body, ...(labels.length > 0 && { labels }), ...(assignees.length > 0 && { assignees }) };
      return issueIn(await api.rest({ method: "POST", path: "/issues", body: content, until, repeatable: false }));
    },
    change: async (number, change) =>
      issueIn(await api.rest({ method: "PATCH", path: `/issues/${number}`, body: { ...change }, ...read })),
    canBeAssigned: async (login) => {
      const answer = await api.rest({ method: "GET", path: `/assignees/${encodeURIComponent(login)}`, ...read });
      if (answer.kind !== "done" && answer.kind !== "refused") return answer;
      return { kind: "done", value: answer.kind === "done" };
    },
    comment: async (number, body) => {
      const path = `/issues/${number}/comments`;
      const answer = await api.rest({ method: "POST", path, body: { body }, until, repeatable: false });
      return answer.kind === "done" ? { kind: "done", value: null } : answer;
    },
    editor: async (number) => {
      const variables = { owner: api.owner, name: api.name, number };
      const answer = await api.graphql({ query: EDITOR, variables, ...read });
      if (answer.kind !== "done") return answer;
      const issue = field(field(answer.body, "repository"), "issue");
      const login = field(field(issue, "editor"), "login");
      return { kind: "done", value: typeof login === "string" ? login : undefined };
    },
    lastComments: async ({ number, comments }) => {
      const pages = new Set([Math.max(1, Math.ceil(comments / PAGE)), Math.ceil((comments + 1) / PAGE)]);
      const texts: string[] = [];
      for (const page of pages) {
        const path = `/issues/${number}/comments?per_page=${PAGE}&page=${page}`;
        const answer = await api.rest({ method: "GET", path, ...read });
        if (answer.kind !== "done") return answer;
        if (!Array.isArray(answer.body)) return strange(`[GET] ${path}`);
        texts.push(...answer.body.map((item: unknown) => String(field(item, "body") ?? "")));
      }
      return { kind: "done", value: texts };
    },
  };
}

function issueIn(answer: GithubAnswer): IssueAnswer<Issue> {
  if (answer.kind !== "done") return answer;
  const issue = issueOf(answer.body);
  return issue === undefined ? strange("issues") : { kind: "done", value: issue };
}

function issueOf(body: unknown): Issue | undefined {
  const number = field(body, "number");
  const state = field(body, "state");
  if (typeof number !== "number" || (state !== "open" && state !== "closed")) return undefined;
  const text = field(body, "body");
  const comments = field(body, "comments");
  const association = field(body, "author_association");
  return {
    number,
    isOpen: state === "open",
    isNotPlanned: state === "closed" && field(body, "state_reason") === "not_planned",
    body: typeof text === "string" ? text : "",
    comments: typeof comments === "number" ? comments : 0,
    author: String(field(field(body, "user"), "login") ?? "").replace(/\[bot\]$/, ""),
    isTrusted: field(field(body, "user"), "type") === "Bot" || TRUSTED.some((one) => one === association),
  };
}

/** `owner/name` in lower case, as in the issue's own address. */
function repositoryOf(issue: unknown): string | undefined {
  return /\/repos\/([^/]+\/[^/]+)\/issues\/\d+$/.exec(String(field(issue, "url")))?.[1]?.toLowerCase();
}

/** Something between us and GitHub answered; another try may get a real answer. */
function strange(request: string): GithubFailure {
  return { kind: "unanswered", message: "the answer does not match GitHub's documentation", request };
}
