// The one comment on a pull request: found by a hidden marker, updated in place, never joined by a second one.

import type { GithubAnswer, GithubApi, GithubFailure } from "../core/github-api.ts";
import { field } from "../core/records.ts";
import { clip, plainText } from "../core/text/plain-text.ts";

export interface CommentPlace {
  readonly api: GithubApi;
  /** Of the pull request. */
  readonly number: number;
  /** The first line of the comment, which readers do not see. */
  readonly marker: string;
  /** Tells whose comments are ours: with a workflow's own token, comments of people are not. */
  readonly token: string;
  /** Nothing is tried again after this instant. */
  readonly until: Date;
}

export type CommentLookup =
  | { readonly kind: "found"; readonly comment: PullRequestComment | undefined; readonly others: readonly number[] }
  | Refused;

export interface PullRequestComment {
  readonly id: number;
  readonly body: string;
}

export type CommentWriteResult = { readonly kind: "created" | "updated" | "unchanged" } | Refused;

interface Refused {
  readonly kind: "refused";
  /** For people, with the line of YAML that fixes it, if there is one. */
  readonly message: string;
}

const PER_PAGE = 100;
/** How often to look again for a comment whose answer was lost, or that is gone. */
const MOST_ATTEMPTS = 3;

/** Looks for our comment, the oldest one if there are several. */
export async function findComment(place: CommentPlace): Promise<CommentLookup> {
  const ours: (PullRequestComment & { readonly author: string })[] = [];
  const seen = new Set<unknown>();
  for (let page = 1; ; page += 1) {
    const answer = await ask(place, {
      method: "GET",
      path: `/issues/${place.number}/comments?per_page=${PER_PAGE}&page=${page}`,
      repeatable: true,
    });
    if (answer.kind !== "done") return refused(answer, place);
    const all: readonly unknown[] = Array.isArray(answer.body) ? answer.body : [];
    // Gitea returns all of them on every page.
    const rows = all.filter((row) => !seen.has(field(row, "id")));
    for (const row of rows) seen.add(field(row, "id"));
    ours.push(...rows.flatMap((row) => oursIn(row, place)));
    if (rows.length < PER_PAGE) break;
  }
  const [first, ...more] = ours.sort((a, b) => a.id - b.id);
  return {
    kind: "found",
    comment: first,
    others: more.filter(({ author }) => author === first?.author).map(({ id }) => id),
  };
}

/** Writes our comment: updates the existing one, or creates it. */
export async function putComment(place: CommentPlace, body: string): Promise<CommentWriteResult> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await findComment(place);
    if (found.kind === "refused") return found;
    // Two runs at the same moment may have created one each.
    for (const id of found.others)
      await ask(place, { method: "DELETE", path: `/issues/comments/${id}`, repeatable: true });
    const { comment } = found;
    if (comment?.body === body) return { kind: "unchanged" };
    const answer = await ask(
      place,
      comment === undefined
        ? { method: "POST", path: `/issues/${place.number}/comments`, body: { body }, repeatable: false }
        : { method: "PATCH", path: `/issues/comments/${comment.id}`, body: { body }, repeatable: true },
    );
    if (answer.kind === "done") return { kind: comment === undefined ? "created" : "updated" };
    // It may have been written all the same, or somebody has deleted it in between: look again.
    const isGone = comment !== undefined && answer.kind === "refused" && answer.status === 404;
    if (attempt >= MOST_ATTEMPTS || (answer.kind !== "unanswered" && !isGone)) return refused(answer, place);
  }
}

function ask(
  { api, until }: CommentPlace,
  call: Omit<Parameters<GithubApi["rest"]>[0], "until">,
): Promise<GithubAnswer> {
  return api.rest({ ...call, until });
}

/** Somebody may have copied the marker: what a person wrote is not a comment of a workflow's token. */
function oursIn(row: unknown, { marker, token }: CommentPlace): readonly (PullRequestComment & { author: string })[] {
  const [id, body] = [field(row, "id"), field(row, "body")];
  if (typeof id !== "number" || typeof body !== "string") return [];
  const text = body.replace(/\r\n?/g, "\n");
  if (text !== marker && !text.startsWith(`${marker}\n`)) return [];
  const user = field(row, "user");
  if (token.startsWith("ghs_") && field(user, "type") === "User") return [];
  const author = field(user, "login");
  return [{ id, body: text, author: typeof author === "string" ? author : "" }];
}

function refused(answer: GithubFailure, { api, number }: CommentPlace): Refused {
  const { service } = api;
  const what = `The preview could not be written to pull request ${number} of ${api.owner}/${api.name}`;
  if (answer.kind === "unanswered")
    return {
      kind: "refused",
      message: `${what}: ${service} gave no usable answer. ${answer.request}: ${answer.message}`,
    };
  if (answer.kind === "limited")
    return {
      kind: "refused",
      message: `${what}: ${service}'s rate limit for this token is reached. ${answer.request}: ${answer.message}`,
    };
  const said = clip(plainText(answer.errors.map(({ message }) => message.replace(/\.$/, "")).join("; ")), 300);
  const message = `${what}: ${answer.request}: ${answer.status}: ${said}. ${fix(answer.status, said)}`.trimEnd();
  return { kind: "refused", message };
}

function fix(status: number, said: string): string {
  if (status === 401) return `The token is wrong or has expired. In a workflow: GITHUB_TOKEN: "\${{ github.token }}"`;
  if (/(?<!b)locked/i.test(said))
    return "Somebody has locked its conversation; the step summary and the log have the preview.";
  return status === 403 || status === 404 ? PERMISSION : "";
}

const PERMISSION =
  "The token may not write to pull requests. Run `partwatch generate`, or add to the job in the workflow file:\n" +
  "permissions:\n" +
  "  pull-requests: write # writes the effect of the change into one comment\n" +
  "(A token of one's own needs the repository permission Pull requests: Read and write.)";
