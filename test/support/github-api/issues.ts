// Issues and their comments, through REST.
import { type Answer, notAccessible, notFound, refusal } from "./answers.ts";
import type { RestRequest } from "./git-data.ts";
import { only, record, text } from "./input.ts";
import type { LocalIssue } from "./issues-world.ts";
import type { World } from "./world.ts";

const MOST_BODY = 65_536;

/** Answers what belongs to this area; undefined for anything else. */
export function answerIssues(world: World, { method, path, body }: RestRequest): Answer | undefined {
  const [route = "", search = ""] = path.split("?");
  const { issues } = world;
  const [, login] = /^\/assignees\/([^/]+)$/.exec(route) ?? [];
  if (login !== undefined) return issues.assignable.includes(login) ? { status: 204, body: "" } : notFound;
  if (!/^\/issues(\/|$)/.test(route)) return undefined;
  if (issues.permission === "none") return refusal(403, notAccessible);
  if (!issues.enabled) return refusal(410, "Issues has been disabled in this repository.");
  if (method !== "GET" && issues.permission !== "write") return refusal(403, notAccessible);
  const query = new URLSearchParams(search);
  if (route === "/issues") return method === "POST" ? create(world, record(body, "the body")) : list(world, query);
  const [, digits = "", comments] = /^\/issues\/(\d+)(\/comments)?$/.exec(route) ?? [];
  const number = Number(digits);
  const moved = issues.moved.get(number);
  if (moved !== undefined) {
    const location = `/repositories/99/issues/${moved.number}`;
    return { status: method === "GET" ? 301 : 307, headers: { location }, body: { message: "Moved Permanently" } };
  }
  if (issues.deleted.has(number)) return refusal(410, "This issue was deleted");
  const issue = issues.all.find((one) => one.number === number);
  if (issue === undefined) return notFound;
  if (comments === undefined) {
    if (method === "GET") return { status: 200, body: issueJson(world, issue) };
    return method === "PATCH" ? change(world, { issue, body: record(body, "the body") }) : undefined;
  }
  if (method === "POST") return comment(issue, record(body, "the body"));
  return method === "GET" ? { status: 200, body: page(issue.comments, query) } : undefined;
}

/** An issue in another repository of the same owner, which the token may read. */
export function answerMoved(world: World, { method, path }: Omit<RestRequest, "body">): Answer | undefined {
  const number = Number(/^\/repositories\/99\/issues\/(\d+)$/.exec(path)?.[1]);
  const issue = world.issues.moved.values().find((one) => one.number === number);
  if (issue === undefined) return undefined;
  const there = { ...world, name: "elsewhere" };
  return method === "GET" ? { status: 200, body: issueJson(there, issue) } : refusal(403, notAccessible);
}

function list(world: World, query: URLSearchParams): Answer {
  const wanted = { state: "all", sort: "created", direction: "desc" };
  for (const [name, value] of Object.entries(wanted))
    if (query.get(name) !== value) throw new Error(`issues: ${name} must be ${value}`);
  const newest = world.issues.all.toSorted((a, b) => b.number - a.number);
  return {
    status: 200,
    body: page(
      newest.map((issue) => issueJson(world, issue)),
      query,
    ),
  };
}

function page<T>(rows: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Math.min(100, Number(query.get("per_page") ?? 30));
  const from = (Number(query.get("page") ?? 1) - 1) * size;
  return rows.slice(from, from + size);
}

function create(world: World, body: Record<string, unknown>): Answer {
  only(body, ["title", "body", "labels", "assignees"], "issue");
  const { issues } = world;
  const assignees = strings(body.assignees);
  const stranger = assignees.find((login) => !issues.assignable.includes(login));
  if (stranger !== undefined) return invalid("assignees", `${stranger} cannot be assigned`);
  const invalidText = textProblem(body);
  if (invalidText !== undefined) return invalidText;
  const issue: LocalIssue = {
    number: issues.next,
    title: text(body.title, "title"),
    body: text(body.body, "body"),
    state: "open",
    state_reason: null,
    locked: false,
    editor: null,
    labels: strings(body.labels),
    assignees,
    comments: [],
    author: { login: "github-actions[bot]", type: "Bot", association: "NONE" },
    isPullRequest: false,
  };
  issues.next += 1;
  issues.all.push(issue);
  return { status: 201, body: issueJson(world, issue) };
}

function change(world: World, { issue, body }: { issue: LocalIssue; body: Record<string, unknown> }): Answer {
  only(body, ["body", "state", "state_reason"], "issue");
  const invalidText = textProblem(body);
  if (invalidText !== undefined) return invalidText;
  if (typeof body.body === "string") Object.assign(issue, { body: body.body, editor: "github-actions" });
  if (body.state === "open" || body.state === "closed") {
    const reasons = body.state === "open" ? ["reopened"] : ["completed", "not_planned"];
    if (!reasons.includes(String(body.state_reason))) return invalid("state_reason", "is not one of the values");
    issue.state = body.state;
    issue.state_reason = String(body.state_reason);
  }
  return { status: 200, body: issueJson(world, issue) };
}

function comment(issue: LocalIssue, body: Record<string, unknown>): Answer {
  only(body, ["body"], "comment");
  if (issue.locked) return refusal(403, "Unable to create comment because issue is locked.");
  const invalidText = textProblem(body);
  if (invalidText !== undefined) return invalidText;
  const created = { id: issue.comments.length + 1, body: text(body.body, "body") };
  issue.comments.push(created);
  return { status: 201, body: created };
}

function textProblem({ title, body }: Record<string, unknown>): Answer | undefined {
  if (typeof title === "string" && title.length > 256)
    return invalid("title", "is too long (maximum is 256 characters)");
  if (typeof body === "string" && body.length > MOST_BODY)
    return invalid("body", `is too long (maximum is ${MOST_BODY} characters)`);
  return undefined;
}

function invalid(field: string, message: string): Answer {
  return refusal(422, "Validation Failed", { errors: [{ resource: "Issue", code: "custom", field, message }] });
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map((item) => text(item, "an entry")) : [];
}

function issueJson({ owner, name }: World, issue: LocalIssue): Record<string, unknown> {
  const { author, comments, isPullRequest, labels, assignees, editor: _editor, ...rest } = issue;
  return {
    ...rest,
    url: `https://api.github.com/repos/${owner}/${name}/issues/${issue.number}`,
    labels: labels.map((label) => ({ name: label })),
    assignees: assignees.map((login) => ({ login })),
    comments: comments.length,
    user: { login: author.login, type: author.type },
    author_association: author.association,
    ...(isPullRequest ? { pull_request: { url: "https://api.github.com/" } } : {}),
  };
}
