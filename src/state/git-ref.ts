// Where the state branch is: a branch of this clone, or of a remote. Both move by compare-and-swap alone.
import type { Environment } from "../core/ports.ts";
import type { Git, GitAnswer } from "./git.ts";
import { accessVariables, type RemoteAccess } from "./git-access.ts";
import { knownRef } from "./git-known.ts";
import { unwrap } from "./git-objects.ts";
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
  /** Name in this clone, once it was fetched, of the remote's own record; absent: it is this clone. */
  readonly marker?: string;
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

/**
 * A branch of a remote: fetched before it is read, pushed with a lease on what was read. With it goes a ref that nobody lists
 * as a branch and no clone fetches by itself: from it even a fresh clone knows what the branch was.
 */
export function remoteRef(
  git: Git,
  {
    branch,
    remote,
    access,
    environment,
  }: {
    readonly branch: string;
    readonly remote: string;
    /** Absent: Git has credentials of its own, or needs none. */
    readonly access?: RemoteAccess | undefined;
    readonly environment: Environment;
  },
): StateRef {
  const ask = asking(git, { remote, access, environment });
  const ref = `refs/heads/${branch}`;
  const tracking = `refs/remotes/${remote}/${branch}`;
  const known = knownRef({ branch, remote });
  const remember = remembering(git, known);
  const there = `refs/partwatch/state/${encodeURIComponent(branch)}`;
  const marker = `refs/partwatch/marker/${encodeURIComponent(remote)}/${encodeURIComponent(branch)}`;
  let takesMarker = true;
  const fetch = async (...refs: readonly string[]) => {
    const quiet = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"];
    // With a star it may be missing.
    const { code, stderr } = await ask([...quiet, remote, ...refs, `+${there}*:${marker}*`]);
    if (code === 0) return true;
    if (/couldn't find remote ref/i.test(stderr)) return false;
    throw new GitRefused(stderr);
  };
  const push = (next: string, old: string | undefined) => {
    const quiet = ["push", "--quiet", "--no-verify", "--no-signed", "--no-follow-tags", "--recurse-submodules=no"];
    const lease = `--force-with-lease=${ref}:${old ?? ""}`;
    const also = takesMarker ? [`+${next}:${there}`] : [];
    return ask([...quiet, ...(takesMarker ? ["--atomic"] : []), lease, remote, `${next}:${ref}`, ...also]);
  };
  return {
    ref: tracking,
    marker,
    // A clone that an older Partwatch has used has only what Git itself keeps.
    known: [known, tracking],
    remember,
    fetch: async () => {
      if (await fetch(`+${ref}:${tracking}`)) return true;
      await fetch();
      return false;
    },
    move: async ({ old, next }) => {
      let { code, stderr } = await push(next, old);
      if (code !== 0 && takesMarker && refusesMarker(stderr)) {
        takesMarker = false;
        ({ code, stderr } = await push(next, old));
      }
      if (code !== 0) return { kind: "refused", stderr };
      await remember(next);
      return { kind: "moved" };
    },
    inTheWay: async () => {
      const listing = await unwrap(ask(["ls-remote", "--quiet", remote, `${ref}/*`]));
      return listing.split("\n").flatMap((line) => line.split("\t")[1] ?? []);
    },
  };
}

/** Runs a git that asks the remote, with the token if there is one. */
function asking(
  git: Git,
  {
    remote,
    access,
    environment,
  }: { readonly remote: string; readonly access: RemoteAccess | undefined; readonly environment: Environment },
): (args: readonly string[]) => Promise<GitAnswer> {
  if (access === undefined) return (args) => git.run(args);
  let variables: Promise<Readonly<Record<string, string>>> | undefined;
  const find = async () => {
    const { stdout } = await git.run(["remote", "get-url", remote]);
    return accessVariables(stdout.toString("utf8").trim(), { access, environment });
  };
  return async (args) => {
    variables ??= find();
    return git.run(args, { variables: await variables });
  };
}

/** Whether the remote takes no refs but branches and tags, or not two at once; not whether somebody was faster. */
function refusesMarker(stderr: string): boolean {
  const [, why] = /rejected\].*refs\/partwatch\/state\/\S* \(([^)]*)\)/.exec(stderr) ?? [];
  return why === undefined ? /support.*--atomic/i.test(stderr) : !/atomic|transaction|update ref|lock/i.test(why);
}

function remembering(git: Git, known: string): StateRef["remember"] {
  return async (commit) => {
    await git.run(["update-ref", known, commit]);
  };
}

/** The work tree that has this branch checked out, if there is one: moving the branch under it would confuse its owner. */
export async function checkedOutIn(git: Git, branch: string): Promise<string | undefined> {
  const blocks = (await unwrap(git.run(["worktree", "list", "--porcelain"]))).split("\n\n");
  const block = blocks
    .map((text) => text.split("\n"))
    .find((lines) => lines.includes(`branch refs/heads/${branch}`) && !lines.includes("bare"));
  return block?.find((line) => line.startsWith("worktree "))?.slice("worktree ".length);
}
