import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { own } from "../core/records.ts";
import { git } from "./git.ts";
import { withScratch } from "./scratch.ts";

export interface Rename {
  /** Relative to the repository's root. */
  readonly from: string;
  readonly to: string;
  /** The file's text before. */
  readonly before: string;
}

/** The change of a file between a commit and the work tree. */
export interface FileChange {
  readonly sort: "added" | "edited" | "deleted" | "renamed";
  /** Relative to `root`, with `/`; of a deleted one the old path. */
  readonly file: string;
  /** The old path of a renamed one. */
  readonly from?: string;
}

interface Since {
  readonly root: string;
  readonly commit: string;
  /** Below `root`; what does not exist has not changed. */
  readonly paths: readonly string[];
}

/**
 * Files below `folder` that were renamed between a commit and the work tree, with or without `git mv`. Empty
 * outside a clone, or if that commit is missing (a shallow checkout): then it is unknown, and nothing is reported.
 */
export async function renamedSince(input: {
  readonly root: string;
  readonly commit: string;
  readonly folder: string;
}): Promise<readonly Rename[]> {
  const { root, commit, folder } = input;
  try {
    const changes = await changedSince({ root, commit, paths: [folder] });
    const renames = changes.flatMap(({ from, file }) => (from === undefined ? [] : [{ from, to: file }]));
    return await Promise.all(
      renames.map(async (rename) => ({ ...rename, before: await git({ root }, "show", `${commit}:./${rename.from}`) })),
    );
  } catch {
    return [];
  }
}

/** What has changed below these paths, sorted, whether it was added to the index or not. Throws if Git fails. */
export async function changedSince({ root, commit, paths }: Since): Promise<readonly FileChange[]> {
  return withScratch("changes", async (scratch) => {
    // An index and objects of our own: a new file has to be added to be recognized as renamed, and the user's index is theirs.
    const objects = resolve(root, (await git({ root }, "rev-parse", "--git-path", "objects")).trimEnd());
    await mkdir(join(scratch, "objects"));
    const aside = {
      GIT_INDEX_FILE: join(scratch, "index"),
      GIT_OBJECT_DIRECTORY: join(scratch, "objects"),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
    };
    const here = { root, variables: aside };
    await git(here, "read-tree", commit);
    for (const path of paths) {
      // Adding what does not exist in either would be an error.
      const known = await git(here, "ls-files", "-z", "--cached", "--others", "--", path);
      if (known !== "") await git(here, "add", "--all", "--", path);
    }
    const how = ["--name-status", "-z", "--find-renames=40%", "--relative"];
    const found = await git(here, "diff", "--cached", ...how, commit, "--", ...paths);
    return changesIn(found.split("\0").filter((field) => field !== ""));
  });
}

/** Where the work in a clone began: the merge base with the remote's default branch, else the present commit. */
export async function workBegan(root: string): Promise<string> {
  try {
    return (await git({ root }, "merge-base", "HEAD", "refs/remotes/origin/HEAD")).trimEnd();
  } catch {
    return "HEAD";
  }
}

/** From the event. */
export interface PullRequestCommits {
  readonly baseCommit: string | undefined;
  readonly headCommit: string | undefined;
}

/**
 * What a pull request would be merged into. Its checkout is the merge commit, whose first parent that is; otherwise the base
 * from the event: a merge in the pull request's own history has parents of its author's choice. undefined if neither
 * exists: outside a clone, or in a checkout without the base.
 */
export async function pullRequestBase(
  input: PullRequestCommits & { readonly root: string },
): Promise<string | undefined> {
  const { root, baseCommit, headCommit } = input;
  const known = async (commit: string) => {
    const found = await git({ root }, "rev-parse", "--verify", "--quiet", `${commit}^{commit}`).catch(() => "");
    return found.trimEnd() || undefined;
  };
  if (headCommit !== undefined && (await known("HEAD^2")) === headCommit) return known("HEAD^1");
  return baseCommit !== undefined && /^[0-9a-f]{40,64}$/.test(baseCommit) ? known(baseCommit) : undefined;
}

/** Where a branch forked from the one that it is to be merged into: later changes there are none of its own. Never throws. */
export async function branchPoint({ root, commit }: Pick<Since, "root" | "commit">): Promise<string> {
  const shared = await git({ root }, "merge-base", commit, "HEAD").catch(() => "");
  return shared.trimEnd() || commit;
}

/** `M\0file` or `R087\0from\0to`, one after the other. */
function changesIn(fields: readonly string[]): readonly FileChange[] {
  const changes: FileChange[] = [];
  for (let at = 0; at < fields.length; ) {
    const [status = "", file = "", to = ""] = fields.slice(at, at + 3);
    const isRenamed = status.startsWith("R");
    changes.push(
      isRenamed ? { sort: "renamed", file: to, from: file } : { sort: own(SORTS, status) ?? "edited", file },
    );
    at += isRenamed ? 3 : 2;
  }
  return changes;
}

const SORTS: Readonly<Record<string, FileChange["sort"]>> = { A: "added", D: "deleted" };
