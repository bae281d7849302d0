// Comments of pull requests, through REST.
import { type Answer, notAccessible, notFound, refusal } from "./answers.ts";
import type { RestRequest } from "./git-data.ts";
import { only, record, text } from "./input.ts";
import type { World } from "./world.ts";

export interface PullsWorld {
  /** What the token may do with pull requests. */
  permission: "write" | "read" | "none";
  readonly all: LocalPull[];
  nextComment: number;
}

export interface LocalPull {
  readonly number: number;
  locked: boolean;
  readonly comments: PullComment[];
}

export interface PullComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: "Bot" | "User" };
}

const MOST_BODY = 65_536;
const BOT = { login: "github-actions[bot]", type: "Bot" } as const;

/** No pull request was opened yet. */
export function noPulls(): PullsWorld {
  return { permission: "write", all: [], nextComment: 9001 };
}

/** Opens a pull request without comments. */
export function openPull({ all }: PullsWorld, number: number): LocalPull {
  const pull: LocalPull = { number, locked: false, comments: [] };
  all.push(pull);
  return pull;
}

/** Writes a comment as somebody does in the browser. */
export function commentByHand(pulls: PullsWorld, pull: LocalPull, body: string): PullComment {
  return add(pulls, pull, { body, user: { login: "tess", type: "User" } });
}

/** Answers what belongs to pull requests; undefined for anything else. */
export function answerPulls(world: World, { method, path, body }: RestRequest): Answer | undefined {
  const { pulls } = world;
  const [route = "", search = ""] = path.split("?");
  const [, number, id] = /^\/issues\/(?:(\d+)\/comments|comments\/(\d+))$/.exec(route) ?? [];
  const pull = pulls.all.find((one) => one.number === Number(number));
  const owner = pulls.all.find(({ comments }) => comments.some((one) => one.id === Number(id)));
  if (pull === undefined && id === undefined) return undefined;
  if (pulls.permission === "none" || (method !== "GET" && pulls.permission !== "write"))
    return refusal(403, notAccessible);
  if (pull !== undefined && method === "GET") return { status: 200, body: page(pull.comments, search) };
  if (pull !== undefined && method === "POST") return create(pulls, pull, record(body, "the body"));
  const comment = owner?.comments.find((one) => one.id === Number(id));
  if (owner === undefined || comment === undefined) return notFound;
  if (method === "PATCH") return change(comment, record(body, "the body"));
  if (method !== "DELETE") return undefined;
  owner.comments.splice(owner.comments.indexOf(comment), 1);
  return { status: 204, body: "" };
}

function page(comments: readonly PullComment[], search: string): readonly PullComment[] {
  const query = new URLSearchParams(search);
  const size = Math.min(100, Number(query.get("per_page") ?? 30));
  const from = (Number(query.get("page") ?? 1) - 1) * size;
  return comments.slice(from, from + size);
}

function create(pulls: PullsWorld, pull: LocalPull, body: Record<string, unknown>): Answer {
  only(body, ["body"], "comment");
  if (pull.locked) return refusal(403, "Unable to create comment because issue is locked.");
  return tooLong(body) ?? { status: 201, body: add(pulls, pull, { body: text(body.body, "body"), user: BOT }) };
}

function change(comment: PullComment, body: Record<string, unknown>): Answer {
  only(body, ["body"], "comment");
  const refused = tooLong(body);
  if (refused !== undefined) return refused;
  comment.body = text(body.body, "body");
  return { status: 200, body: comment };
}

function tooLong({ body }: Record<string, unknown>): Answer | undefined {
  if (typeof body !== "string" || body.length <= MOST_BODY) return undefined;
  const error = {
    resource: "IssueComment",
    code: "unprocessable",
    field: "data",
    message: `Body is too long (maximum is ${MOST_BODY} characters)`,
  };
  return refusal(422, "Validation Failed", { errors: [error] });
}

function add(pulls: PullsWorld, pull: LocalPull, of: Pick<PullComment, "body" | "user">): PullComment {
  const comment = { id: pulls.nextComment, ...of };
  pulls.nextComment += 1;
  pull.comments.push(comment);
  return comment;
}
