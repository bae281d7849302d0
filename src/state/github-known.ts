// What GitHub itself remembers of the branch: a branch that was deleted, or set back, is not one that has yet to begin. Nothing
// of an earlier run is needed for it.

import { FailureError } from "../core/failure.ts";
import type { GithubApi } from "../core/github-api.ts";
import { inside } from "../core/records.ts";
import { githubFailure } from "./github-refusal.ts";

/** A commit that the branch had and has no longer. */
export interface Loss {
  readonly commit: string;
  readonly kind: "deleted" | "set back";
}

export interface LossInput {
  readonly api: GithubApi;
  readonly branch: string;
  readonly until: Date;
  /** Where the branch stands; undefined: it is not there. */
  readonly head: string | undefined;
}

/** So many entries of the record are looked at. */
const ENTRIES = 30;
/** Types of entries that may take something away. */
const TAKES = /^(?:branch_deletion|force_push)$/;
/** So many commits are looked through for the word of somebody who has accepted a loss. */
const MESSAGES = 100;

/**
 * What was taken from the branch, whatever was added to it since, by GitHub's own record; back to what somebody has accepted or
 * a run has replaced by one commit. Undefined where GitHub keeps no record (an older server) or the token may not read it.
 * Throws FailureError (kind state) if that cannot be known now, and everything would start from nothing.
 */
export async function lossesOf(input: LossInput): Promise<readonly Loss[] | undefined> {
  const entries = await entriesOf(input);
  if (entries === undefined) return undefined;
  const losses: Loss[] = [];
  let accepted: string | undefined;
  for (const [index, { type, before, after }] of entries.entries()) {
    if (!TAKES.test(type)) continue;
    const isDeletion = type === "branch_deletion";
    // Put back by the command that is printed: what it took away was written after a loss.
    const isTaken = (older: Entry) => TAKES.test(older.type) && older.before === after;
    if (!isDeletion && entries.slice(index + 1).some(isTaken)) continue;
    const next = isDeletion
      ? entries.slice(0, index).findLast((entry) => entry.type === "branch_creation")?.after
      : after;
    if (next !== undefined && (await takesThePlaceOf(input, { commit: before, next }))) break;
    if (await isKept(input, before)) continue;
    accepted ??= await messagesOf(input);
    if (accepted.includes(withoutWords([{ commit: before }]))) break;
    losses.push({ commit: before, kind: isDeletion ? "deleted" : "set back" });
  }
  return losses;
}

/** Throws FailureError (kind state) with the command that restores the branch. */
export function refuseLosses(losses: readonly Loss[], { api, branch, head }: Omit<LossInput, "until">): void {
  // The oldest is the one that knew of everything.
  const loss = losses.at(-1);
  if (loss === undefined) return;
  const repository = `${api.owner}/${api.name}`;
  const label = `branch ${branch} of ${repository} on GitHub`;
  const what =
    head === undefined
      ? `${label} is gone: it stood at ${loss.commit} when it was deleted.`
      : `${label} was ${loss.kind === "deleted" ? "deleted and made again" : "set back or replaced"}: it stands at ${head} and no longer has ${loss.commit}.`;
  const restore =
    head === undefined
      ? `gh api repos/${repository}/git/refs -f ref=refs/heads/${branch} -f sha=${loss.commit}`
      : `gh api -X PATCH repos/${repository}/git/refs/heads/${branch} -f sha=${loss.commit} -F force=true`;
  const accept =
    "If it is right as it is (without what was remembered, every list has a first check): start the workflow by hand with accept_state";
  throw new FailureError({
    kind: "state",
    retryable: false,
    message: `${what} Nothing was written, and nobody was notified. Restore it: ${restore}. ${accept}`,
  });
}

/** For the message of the commit that starts over: it shows the next runs that this was intended. */
export function withoutWords(losses: readonly Pick<Loss, "commit">[]): string {
  return losses.map(({ commit }) => `Goes on without ${commit}, as somebody has said.`).join("\n");
}

interface Entry {
  readonly type: string;
  readonly before: string;
  readonly after: string;
}

/** The newest first; undefined: there is no record. */
async function entriesOf({ api, branch, until, head }: LossInput): Promise<readonly Entry[] | undefined> {
  const path = `/activity?ref=${encodeURIComponent(`refs/heads/${branch}`)}&per_page=${ENTRIES}`;
  const answer = await api.rest({ method: "GET", path, until, repeatable: true });
  if (answer.kind !== "done") {
    // With a branch that is there, the worst is a loss that the next run sees.
    if (answer.kind === "refused" || head !== undefined) return undefined;
    throw githubFailure(answer, { api, branch, doing: "read" });
  }
  if (!Array.isArray(answer.body)) return undefined;
  return answer.body.map((entry: unknown) => ({
    type: String(inside(entry, "activity_type")),
    before: String(inside(entry, "before")),
    after: String(inside(entry, "after")),
  }));
}

/** Whether a run has replaced the branch by one commit of the same files: it has looked at all that was before. */
async function takesThePlaceOf(
  { api, until }: LossInput,
  { commit, next }: { readonly commit: string; readonly next: string },
): Promise<boolean> {
  const made = await api.rest({ method: "GET", path: `/git/commits/${next}`, until, repeatable: true });
  if (made.kind !== "done") return false;
  const message = String(inside(made.body, "message"));
  return /^Takes the place of \d+ commits/m.test(message) && message.includes(commit);
}

/** What the newest commits of the branch say; nothing without an answer: then the next run looks again. */
async function messagesOf({ api, until, head }: LossInput): Promise<string> {
  if (head === undefined) return "";
  const path = `/commits?sha=${head}&per_page=${MESSAGES}`;
  const listed = await api.rest({ method: "GET", path, until, repeatable: true });
  const commits = listed.kind === "done" && Array.isArray(listed.body) ? listed.body : [];
  return commits.map((commit: unknown) => String(inside(commit, "commit", "message"))).join("\n");
}

/** Whether the branch still has that commit. */
export async function isKept({ api, until, head }: LossInput, commit: string): Promise<boolean> {
  if (head === undefined) return false;
  if (head === commit) return true;
  const path = `/compare/${commit}...${head}?per_page=1`;
  const compared = await api.rest({ method: "GET", path, until, repeatable: true });
  if (compared.kind === "done") return ["ahead", "identical"].includes(String(inside(compared.body, "status")));
  // No common ancestor. Without an answer the next run looks again.
  return compared.kind !== "refused";
}
