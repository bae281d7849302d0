import { join, sep } from "node:path";
import { git } from "./git.ts";
import { withScratch } from "./scratch.ts";

/**
 * Writes these files and folders, as of a commit, into a temporary folder, calls `read` with it, and removes it.
 * What did not exist then is left out. Throws if Git fails.
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

/** With an index of our own, to leave the user's alone. */
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
