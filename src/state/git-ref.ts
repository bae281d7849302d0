// Where the state branch is: a branch of this clone, or of a remote. Both move by compare-and-swap alone.
import type { Git } from "./git.ts";
import { must } from "./git-objects.ts";
import { GitRefused } from "./git-refused.ts";

export interface StateRef {
  /**
   * Makes sure that `ref` of this clone is what the branch is now. False: there is no such branch yet. Throws GitRefused.
   */
  readonly fetch: () => Promise<boolean>;
  /** The ref of this clone to read. */
  readonly ref: string;
  /** Moves the branch if it still stands at `old` (undefined: does not exist). Otherwise git's words of refusal. */
  readonly move: (move: RefMove) => Promise<Moved>;
  /** Branches whose names leave no room for this one: `partwatch-state/old`. Throws GitRefused. */
  readonly inTheWay: () => Promise<readonly string[]>;
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
    ref,
    fetch: async () => true,
    move: async ({ old, next }) => {
      // An empty old value: it must not exist.
      const { code, stderr } = await git.run(["update-ref", "-m", "partwatch", ref, next, old ?? ""]);
      return code === 0 ? { kind: "moved" } : { kind: "refused", stderr };
    },
    inTheWay: async () => {
      const { code, stdout, stderr } = await git.run(["for-each-ref", "--format=%(refname)", ref]);
      // A broken ref is none that may be begun again: a power cut leaves such files.
      if (code !== 0 || stderr !== "") throw new GitRefused(stderr);
      return stdout
        .toString("utf8")
        .split("\n")
        .filter((name) => name.startsWith(`${ref}/`));
    },
  };
}

/** A branch of a remote: fetched before it is read, pushed with a lease on what was read. */
export function remoteRef(git: Git, branch: string, remote: string): StateRef {
  const ref = `refs/heads/${branch}`;
  const tracking = `refs/remotes/${remote}/${branch}`;
  return {
    ref: tracking,
    fetch: async () => {
      const fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"];
      const { code, stderr } = await git.run([...fetch, remote, `+${ref}:${tracking}`]);
      if (code === 0) return true;
      if (/couldn't find remote ref/i.test(stderr)) return false;
      throw new GitRefused(stderr);
    },
    move: async ({ old, next }) => {
      const lease = `--force-with-lease=${ref}:${old ?? ""}`;
      const push = ["push", "--quiet", "--no-verify", "--no-signed", "--no-follow-tags", "--recurse-submodules=no"];
      const { code, stderr } = await git.run([...push, lease, remote, `${next}:${ref}`]);
      return code === 0 ? { kind: "moved" } : { kind: "refused", stderr };
    },
    inTheWay: async () => {
      const listing = await must(git.run(["ls-remote", "--quiet", remote, `${ref}/*`]));
      return listing.split("\n").flatMap((line) => line.split("\t")[1] ?? []);
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
