import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

export interface Rename {
  /** Relative to the repository's root. */
  readonly from: string;
  readonly to: string;
  /** The file's text before. */
  readonly before: string;
}

/**
 * Files below `folder` that were renamed between a commit and the work tree, whether Git was told of it or not. Empty
 * outside a clone, or where that commit is not there (a shallow checkout): then nothing is known, and nothing is said.
 */
export async function renamedSince(question: {
  readonly root: string;
  readonly commit: string;
  readonly folder: string;
}): Promise<readonly Rename[]> {
  const { root, commit, folder } = question;
  const scratch = await mkdtemp(join(tmpdir(), "partwatch-renames-"));
  try {
    // An index and objects of our own: a new file has to be added to be seen as renamed, and the user's index is theirs.
    const objects = resolve(root, (await git({ root }, "rev-parse", "--git-path", "objects")).trimEnd());
    await mkdir(join(scratch, "objects"));
    const aside = {
      GIT_INDEX_FILE: join(scratch, "index"),
      GIT_OBJECT_DIRECTORY: join(scratch, "objects"),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
    };
    const here = { root, variables: aside };
    await git(here, "read-tree", commit);
    await git(here, "add", "--all", "--", folder);
    const renames = ["--name-status", "-z", "--find-renames=40%", "--diff-filter=R", "--relative"];
    const found = await git(here, "diff", "--cached", ...renames, commit, "--", folder);
    const fields = found.split("\0").filter((field) => field !== "");
    const pairs = Array.from({ length: Math.floor(fields.length / 3) }, async (_, index) => {
      const [from = "", to = ""] = fields.slice(index * 3 + 1, index * 3 + 3);
      return { from, to, before: await git({ root }, "show", `${commit}:./${from}`) };
    });
    return await Promise.all(pairs);
  } catch {
    return [];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Where the work in a clone began: the commit shared with the remote's default branch, else the present one. */
export async function workBegan(root: string): Promise<string> {
  try {
    return (await git({ root }, "merge-base", "HEAD", "refs/remotes/origin/HEAD")).trimEnd();
  } catch {
    return "HEAD";
  }
}

/**
 * What a pull request would be merged into. Its checkout is the merge, whose first parent that is; where it is not, the base
 * as the event knows it. undefined if neither is there: outside a clone, or in a checkout without the base.
 */
export async function pullRequestBase(question: {
  readonly root: string;
  readonly baseCommit: string | undefined;
}): Promise<string | undefined> {
  const { root, baseCommit } = question;
  const known = async (commit: string) => {
    const found = await git({ root }, "rev-parse", "--verify", "--quiet", `${commit}^{commit}`).catch(() => "");
    return found.trimEnd() || undefined;
  };
  if ((await known("HEAD^2")) !== undefined) return known("HEAD^1");
  return baseCommit !== undefined && /^[0-9a-f]{40,64}$/.test(baseCommit) ? known(baseCommit) : undefined;
}

interface Place {
  readonly root: string;
  readonly variables?: Readonly<Record<string, string>>;
}

async function git({ root, variables }: Place, ...args: string[]): Promise<string> {
  const env = { ...process.env, LC_ALL: "C", ...variables };
  const { stdout } = await promisify(execFile)("git", ["-c", "core.hooksPath=/dev/null", ...args], { cwd: root, env });
  return stdout;
}
