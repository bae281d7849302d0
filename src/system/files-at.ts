import { join, sep } from "node:path";
import { git } from "./git.ts";
import { withScratch } from "./scratch.ts";

/**
 * Puts these files and folders, as they were in a commit, into a folder of their own, lets `read` read it, and removes it.
 * What was not there then is not there. Throws where Git fails.
 */
export async function withFilesAt<T>(
  options: { readonly root: string; readonly commit: string; readonly paths: readonly string[] },
  read: (folder: string) => Promise<T>,
): Promise<T> {
  return withScratch("before", async (scratch) => {
    const folder = join(scratch, "files");
    await checkOut({ ...options, folder, index: join(scratch, "index") });
    return read(folder);
  });
}

interface CheckOut {
  readonly root: string;
  readonly commit: string;
  readonly paths: readonly string[];
  readonly folder: string;
  readonly index: string;
}

/** With an index of our own: the user's is theirs. */
async function checkOut({ root, commit, paths, folder, index }: CheckOut): Promise<void> {
  const [top, tree] = await Promise.all([
    git({ root }, "rev-parse", "--show-toplevel"),
    // The folder itself may be new.
    git({ root }, "rev-parse", "--verify", "--quiet", `${commit}:./`).catch(() => ""),
  ]);
  if (tree === "") return;
  const here = { root: top.trimEnd(), variables: { GIT_INDEX_FILE: index } };
  await git(here, "read-tree", tree.trimEnd());
  const files = await git(here, "ls-files", "-z", "--", ...paths);
  await git({ ...here, input: files }, "checkout-index", "-z", "--stdin", `--prefix=${folder}${sep}`);
}
