// The issues of the local GitHub repository, and what people do with them in the browser.

export interface LocalComment {
  readonly id: number;
  readonly body: string;
}

export interface LocalIssue {
  readonly number: number;
  title: string;
  body: string | null;
  state: "open" | "closed";
  state_reason: string | null;
  locked: boolean;
  /** Who edited the text last. */
  editor: string | null;
  labels: string[];
  assignees: string[];
  readonly comments: LocalComment[];
  /** `Bot` for what the token of a workflow opens. */
  readonly author: { readonly login: string; readonly type: "Bot" | "User"; readonly association: string };
  readonly isPullRequest: boolean;
}

export interface IssuesWorld {
  /** What the token may do with issues. */
  permission: "write" | "read" | "none";
  /** false: the feature is switched off. */
  enabled: boolean;
  /** Logins that can be assigned. */
  readonly assignable: string[];
  readonly all: LocalIssue[];
  /** Numbers of issues that are not here any more, and where they are now. */
  readonly deleted: Set<number>;
  readonly moved: Map<number, LocalIssue>;
  next: number;
}

/** Nothing was opened yet. */
export function emptyIssues(): IssuesWorld {
  return {
    permission: "write",
    enabled: true,
    assignable: ["octocat", "tess"],
    all: [],
    deleted: new Set(),
    moved: new Map(),
    next: 11,
  };
}

/** The issue of that number. Throws if there is none. */
export function issueIn(issues: IssuesWorld, number: number): LocalIssue {
  const issue = issues.all.find((one) => one.number === number);
  if (issue === undefined) throw new Error(`there is no issue #${number}`);
  return issue;
}

/** Ticks (or clears) the box in the table's row of a part, as a click does; the browser sends Windows line ends. */
export function tick(issue: LocalIssue, part: string, ticked = true): void {
  const lines = (issue.body ?? "").split("\n");
  const row = lines.findIndex((line) => line.includes(`>${part}<`));
  const box = lines.findLastIndex((line, index) => index < row && /^- \[[ x]\]/.test(line));
  if (row === -1 || box === -1 || row - box > 2) throw new Error(`${part} has no box in #${issue.number}`);
  lines[box] = (lines[box] ?? "").replace(/\[[ x]\]/, ticked ? "[x]" : "[ ]");
  issue.body = lines.join("\r\n");
  issue.editor = "tess";
}

/** Closes an issue as people do. */
export function close(issue: LocalIssue, reason: "completed" | "not_planned" | "duplicate"): void {
  issue.state = "closed";
  issue.state_reason = reason;
}

/** Opens it again. */
export function reopen(issue: LocalIssue): void {
  issue.state = "open";
  issue.state_reason = "reopened";
}

/** Deletes an issue: its number answers 410 from now on. */
export function remove(issues: IssuesWorld, number: number): void {
  issues.all.splice(issues.all.indexOf(issueIn(issues, number)), 1);
  issues.deleted.add(number);
}

/** Moves an issue to another repository, where it has another number, as a rule. */
export function transfer(issues: IssuesWorld, number: number, there = 4711): LocalIssue {
  const issue = { ...issueIn(issues, number), number: there };
  issues.all.splice(issues.all.indexOf(issueIn(issues, number)), 1);
  issues.moved.set(number, issue);
  return issue;
}

/** Opens an issue by hand. */
export function openByHand(
  issues: IssuesWorld,
  issue: { readonly title: string; readonly body: string; readonly isPullRequest?: true },
): LocalIssue {
  const opened: LocalIssue = {
    isPullRequest: false,
    ...issue,
    number: issues.next,
    state: "open",
    state_reason: null,
    locked: false,
    editor: null,
    labels: [],
    assignees: [],
    comments: [],
    author: { login: "stranger", type: "User", association: "NONE" },
  };
  issues.next += 1;
  issues.all.push(opened);
  return opened;
}
