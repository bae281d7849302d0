// Writes one commit to the state branch on GitHub, by compare-and-swap.
import type { GithubAnswer, GithubApi, GithubFailure } from "../core/github-api.ts";
import { textAt } from "./github-answer.ts";
import type { GithubHead } from "./github-read.ts";
import { githubFailure, isForbidden, isRule } from "./github-refusal.ts";

export interface GithubWriting {
  readonly api: GithubApi;
  readonly branch: string;
  readonly until: Date;
  readonly message: string;
}

/** What a commit changes: a text per path, null: the file goes. */
export type CommitChanges = ReadonlyMap<string, string | null>;

export type CommitResult =
  | { readonly kind: "committed"; readonly commit: string; readonly tree: string }
  /** Somebody else was faster; nothing was written. */
  | { readonly kind: "conflict" }
  /** No answer came: it was written or not. */
  | { readonly kind: "lost"; readonly answer: GithubFailure }
  /** Refused for a reason that may be a conflict in other words: if the branch still stands where it stood, it is none. */
  | { readonly kind: "ambiguous"; readonly answer: GithubFailure };

const createCommit = `mutation PartwatchCommit($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid tree { oid } } }
}`;

const moveRef = `mutation PartwatchCompact($input: UpdateRefsInput!) {
  updateRefs(input: $input) { clientMutationId }
}`;

/** One commit on top of the head that was read. Throws FailureError (kind state) where no repeat helps. */
export async function commitOnHead(
  writing: GithubWriting,
  { head, changes }: { readonly head: GithubHead; readonly changes: CommitChanges },
): Promise<CommitResult> {
  const { api, branch, until, message } = writing;
  const additions = [...changes].flatMap(([path, text]) => (text === null ? [] : [{ path, contents: base64(text) }]));
  // Only of what was read: a path that is not there would fail the whole commit.
  const deletions = [...changes].flatMap(([path, text]) => (text === null ? [{ path }] : []));
  const input = {
    branch: { repositoryNameWithOwner: `${api.owner}/${api.name}`, branchName: branch },
    message: splitMessage(message),
    expectedHeadOid: head.oid,
    fileChanges: { additions, deletions },
  };
  const answer = await api.graphql({ query: createCommit, variables: { input }, until, repeatable: false });
  if (answer.kind !== "done") return judge(answer, { ...writing, doing: "write" });
  const path = ["createCommitOnBranch", "commit"];
  return {
    kind: "committed",
    commit: textAt(answer.body, ...path, "oid"),
    tree: textAt(answer.body, ...path, "tree", "oid"),
  };
}

/** The first commit: a root without parents, on a branch that does not exist yet. */
export async function createBranch(writing: GithubWriting, changes: CommitChanges): Promise<CommitResult> {
  const { api, branch, until, message } = writing;
  const tree = [...changes].flatMap(([path, content]) =>
    content === null ? [] : [{ path, mode: "100644", type: "blob", content }],
  );
  const treeAnswer = await api.rest({ method: "POST", path: "/git/trees", body: { tree }, until, repeatable: true });
  const treeOid = shaOf(treeAnswer, writing);
  const commit = await createRoot({ ...writing, tree: treeOid, message });
  // Not repeated blindly: the second attempt would find the branch of the first.
  const body = { ref: `refs/heads/${branch}`, sha: commit };
  const answer = await api.rest({ method: "POST", path: "/git/refs", body, until, repeatable: false });
  if (answer.kind !== "done") return judge(answer, { ...writing, doing: "create" });
  return { kind: "committed", commit, tree: treeOid };
}

/**
 * Replaces the history by one root commit of the same tree, if the branch still stands at `head`. Gives the root, or
 * undefined if somebody else wrote meanwhile. Throws FailureError (kind state).
 */
export async function compact(
  writing: GithubWriting,
  { repositoryId, head, tree }: { readonly repositoryId: string; readonly head: string; readonly tree: string },
): Promise<string | undefined> {
  const { api, branch, until } = writing;
  const root = await createRoot({ ...writing, tree });
  const refUpdates = [{ name: `refs/heads/${branch}`, beforeOid: head, afterOid: root, force: true }];
  const variables = { input: { repositoryId, refUpdates } };
  const answer = await api.graphql({ query: moveRef, variables, until, repeatable: false });
  if (answer.kind === "done") return root;
  if (answer.kind === "refused" && !isForbidden(answer) && !isRule(answer)) return undefined;
  throw githubFailure(answer, { ...writing, doing: "write" });
}

async function createRoot(writing: GithubWriting & { readonly tree: string }): Promise<string> {
  const { api, until, message, tree } = writing;
  // Without author and committer GitHub enters the token's own identity and signs.
  const body = { message, tree, parents: [] };
  const answer = await api.rest({ method: "POST", path: "/git/commits", body, until, repeatable: true });
  return shaOf(answer, writing);
}

function shaOf(answer: GithubAnswer, writing: GithubWriting): string {
  if (answer.kind === "done") return textAt(answer.body, "sha");
  throw githubFailure(answer, { ...writing, doing: "create" });
}

function judge(
  answer: GithubFailure,
  circumstances: GithubWriting & { readonly doing: "write" | "create" },
): CommitResult {
  if (answer.kind === "unanswered") return { kind: "lost", answer };
  if (answer.kind === "limited" || isForbidden(answer) || isRule(answer)) throw githubFailure(answer, circumstances);
  return answer.errors.some(isConflict) ? { kind: "conflict" } : { kind: "ambiguous", answer };
}

// GitHub words the same event in several ways, depending on how late the branch moved.
function isConflict({ type, message }: { readonly type?: string; readonly message: string }): boolean {
  return (
    type === "STALE_DATA" ||
    /expected branch to point to|is at .* but expected|reference already exists|does not exist as of commit/i.test(
      message,
    )
  );
}

function splitMessage(message: string): { readonly headline: string; readonly body?: string } {
  const [headline = "", ...rest] = message.trim().split("\n");
  const body = rest.join("\n").trim();
  return body === "" ? { headline } : { headline, body };
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
