// Where the state branch is: a branch of this clone, or of a remote. Both move by compare-and-swap alone.
import type { Git } from "./git.ts";
import { GitRefused, must } from "./git-objects.ts";

export interface StateRef {
  /** The branch's commit; undefined: there is no such branch yet. Throws GitRefused. */
  readonly head: () => Promise<string | undefined>;
  /** Moves the branch if it still stands at `old` (undefined: does not exist). Otherwise git's words of refusal. */
  readonly move: (move: RefMove) => Promise<Moved>;
}

export interface RefMove {
  readonly old: string | undefined;
  readonly next: string;
}

export type Moved = { readonly kind: "moved" } | { readonly kind: "refused"; readonly stderr: string };

/** A branch of this clone. */
export function localRef(git: Git, branch: string): StateRef {
  const ref = `refs/heads/${branch}`;
  return {
    head: () => commitOf(git, ref),
    move: async ({ old, next }) => {
      // An empty old value: it must not exist.
      const { code, stderr } = await git.run(["update-ref", "-m", "partwatch", ref, next, old ?? ""]);
      return code === 0 ? { kind: "moved" } : { kind: "refused", stderr };
    },
  };
}

/** A branch of a remote: fetched before it is read, pushed with a lease on what was read. */
export function remoteRef(git: Git, branch: string, remote: string): StateRef {
  const ref = `refs/heads/${branch}`;
  const tracking = `refs/remotes/${remote}/${branch}`;
  return {
    head: async () => {
      const fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"];
      const { code, stderr } = await git.run([...fetch, remote, `+${ref}:${tracking}`]);
      if (code === 0) return commitOf(git, tracking);
      if (/couldn't find remote ref/i.test(stderr)) return undefined;
      throw new GitRefused(stderr);
    },
    move: async ({ old, next }) => {
      const lease = `--force-with-lease=${ref}:${old ?? ""}`;
      const push = ["push", "--quiet", "--no-verify", "--no-signed", "--no-follow-tags", "--recurse-submodules=no"];
      const { code, stderr } = await git.run([...push, lease, remote, `${next}:${ref}`]);
      return code === 0 ? { kind: "moved" } : { kind: "refused", stderr };
    },
  };
}

/** The work tree that has this branch checked out, if there is one: moving the branch under it would confuse its owner. */
export async function checkedOutIn(git: Git, branch: string): Promise<string | undefined> {
  const blocks = (await must(git.run(["worktree", "list", "--porcelain"]))).split("\n\n");
  const block = blocks
    .map((text) => text.split("\n"))
    .find((lines) => lines.includes(`branch refs/heads/${branch}`) && !lines.includes("bare"));
  return block?.find((line) => line.startsWith("worktree "))?.slice("worktree ".length);
}

async function commitOf(git: Git, ref: string): Promise<string | undefined> {
  const { code, stdout, stderr } = await git.run(["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
  if (code === 0) return stdout.toString("utf8").trim();
  if (stderr === "") return undefined;
  throw new GitRefused(stderr);
}
