// What this clone knew of the branch: a branch that is gone, or was set back, is not one that has yet to begin.
import { FailureError } from "../core/failure.ts";
import type { Git } from "./git.ts";
import type { CommitContent } from "./git-objects.ts";
import type { GitObject, GitReader } from "./git-reader.ts";
import { GitRefused } from "./git-refused.ts";
import { generationIn } from "./parse.ts";

/** A ref of this clone that holds the last commit of the branch which it has seen or made. */
export function knownRef({ branch, remote }: { readonly branch: string; readonly remote: string | undefined }): string {
  // One name each, so that none stands in another's way.
  const name = encodeURIComponent(branch);
  return remote === undefined
    ? `refs/partwatch/clone/${name}`
    : `refs/partwatch/remote/${encodeURIComponent(remote)}/${name}`;
}

export interface KnownHead {
  readonly git: Git;
  readonly reader: GitReader;
  readonly branch: string;
  readonly remote: string | undefined;
  /** `branch partwatch-state of this clone`. */
  readonly label: string;
  readonly known: GitObject;
  /** Recorded in the remote, not in this clone. */
  readonly isMarked: boolean;
  readonly content: CommitContent;
}

/** Throws FailureError (kind state) with the commands, if the branch no longer has what this clone knew. */
export async function refuseLoss(input: KnownHead): Promise<void> {
  const { known, content, label, isMarked } = input;
  if (await isKept(input)) return;
  const who = isMarked ? "its remote" : "this clone";
  const head = content.base?.commit;
  if (head === undefined) {
    throw loss(`${label} is gone: ${who} knew it at ${known.oid}. ${NOTHING_DONE} Restore it: ${restore(input)}.`);
  }
  throw loss(
    `${label} was set back or replaced: it stands at ${head} and no longer has ${known.oid}, which ${who} knew. ${NOTHING_DONE} Restore it: ${restore(input)}.`,
  );
}

/** Whether the branch still has what was known of it. Throws GitRefused. */
export async function isKept(input: KnownHead): Promise<boolean> {
  const head = input.content.base?.commit;
  if (head === undefined || head === input.known.oid) return head !== undefined;
  return (await isAncestor(input, head)) || (await isCompacted(input, head));
}

const NOTHING_DONE = "Nothing was written, and nobody was notified.";

function loss(message: string): FailureError {
  const accept =
    "If it is right as it is (without the recorded state, every list starts with a first check): partwatch run --accept-state (in a workflow: start it by hand with accept_state)";
  return new FailureError({ kind: "state", retryable: false, message: `${message} ${accept}` });
}

function restore({ branch, remote, known, content }: KnownHead): string {
  const ref = `refs/heads/${branch}`;
  if (remote === undefined) return `git update-ref ${ref} ${known.oid}`;
  const head = content.base?.commit;
  const lease = head === undefined ? "" : ` --force-with-lease=${ref}:${head}`;
  return `git push${lease} ${remote} ${known.oid}:${ref}`;
}

async function isAncestor({ git, known }: KnownHead, head: string): Promise<boolean> {
  const { code, stderr } = await git.run(["merge-base", "--is-ancestor", known.oid, head]);
  if (code > 1) throw new GitRefused(stderr);
  return code === 0;
}

/** Whether a later run has replaced the branch by one commit of the same files, and it has gone on since. */
async function isCompacted({ git, reader, known, content }: KnownHead, head: string): Promise<boolean> {
  const [now, before] = await Promise.all([rootOf(git, head), rootOf(git, known.oid)]);
  if (now === before) return false;
  const [root, runs] = await reader.ask([now, `${known.oid}:runs.json`]);
  const isCompaction = /^Takes the place of \d+ commits/m.test(root?.bytes.toString("utf8") ?? "");
  return isCompaction && generationIn(content.texts.get("runs.json")) >= generationIn(runs?.bytes.toString("utf8"));
}

async function rootOf(git: Git, commit: string): Promise<string> {
  const { code, stdout, stderr } = await git.run(["rev-list", "--max-parents=0", "--max-count=1", commit]);
  if (code !== 0) throw new GitRefused(stderr);
  return stdout.toString("utf8").trim();
}
