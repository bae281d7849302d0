// Where the state branch is: a branch of this clone, or of a remote. Both move by compare-and-swap alone.
import type { Git } from "./git.ts";
import { knownRef } from "./git-known.ts";
import { must } from "./git-objects.ts";
import { GitRefused } from "./git-refused.ts";

export interface StateRef {
  /**
   * Makes sure that `ref` of this clone is what the branch is now. False: there is no such branch yet. Throws GitRefused.
   */
  readonly fetch: () => Promise<boolean>;
  /** The ref of this clone to read. */
  readonly ref: string;
  /** Names in this clone of what it knew of the branch before it was fetched, the best first. */
  readonly known: readonly string[];
  /** Remembers what the branch is now. Whoever may only read does without. */
  readonly remember: (commit: string) => Promise<void>;
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
  const known = knownRef({ branch, remote: undefined });
  return {
    ref,
    known: [known],
    remember: remembering(git, known),
    fetch: async () => true,
    move: async ({ old, next }) => {
      const nothing = "0".repeat(next.length); // it must not exist
      const input = `update ${ref} ${next} ${old ?? nothing}\nupdate ${known} ${next}\n`;
      const { code, stderr } = await git.run(["update-ref", "-m", "partwatch", "--stdin"], { input });
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
  const known = knownRef({ branch, remote });
  const remember = remembering(git, known);
  return {
    ref: tracking,
    // A clone that an older Partwatch has used has only what Git itself keeps.
    known: [known, tracking],
    remember,
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
      if (code !== 0) return { kind: "refused", stderr };
      await remember(next);
      return { kind: "moved" };
    },
    inTheWay: async () => {
      const listing = await must(git.run(["ls-remote", "--quiet", remote, `${ref}/*`]));
      return listing.split("\n").flatMap((line) => line.split("\t")[1] ?? []);
    },
  };
}

function remembering(git: Git, known: string): StateRef["remember"] {
  return async (commit) => {
    await git.run(["update-ref", known, commit]);
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
