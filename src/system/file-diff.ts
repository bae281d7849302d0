import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { git } from "./git.ts";
import { withScratch } from "./scratch.ts";

/**
 * The change of a file as a unified diff that `git apply` takes; "" if there is none. null: there is no such file.
 * Made by Git, without anybody's settings. Throws if Git is not installed.
 */
export async function fileDiff({
  path,
  before,
  after,
}: {
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}): Promise<string> {
  return withScratch("diff", async (folder) => {
    // Git names the two sides after their paths on the disk: a/… and b/… make a patch.
    await put(join(folder, "a"), path, before);
    await put(join(folder, "b"), path, after);
    return gitDiff(folder);
  });
}

async function put(side: string, path: string, text: string | null): Promise<void> {
  await mkdir(side, { recursive: true });
  if (text === null) return;
  await mkdir(dirname(join(side, path)), { recursive: true });
  await writeFile(join(side, path), text);
}

async function gitDiff(folder: string): Promise<string> {
  const args = ["-c", "core.autocrlf=false", "-c", "core.quotePath=false", "diff", "--no-index", "--no-prefix"];
  const plain = ["--no-color", "--no-ext-diff", "--no-textconv", "--text", "--diff-algorithm=myers", "--unified=3"];
  const variables = {
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    // Inside a repository Git would use its settings: there is none above this folder.
    GIT_CEILING_DIRECTORIES: dirname(folder),
  };
  try {
    await git({ root: folder, variables }, ...args, ...plain, "a", "b");
    return "";
  } catch (error) {
    const { code, stdout } = failed(error);
    if (code !== 1) throw new Error("git diff failed; is Git installed?", { cause: error });
    return stdout;
  }
}

/** Exit code 1 means that there are differences. */
function failed(error: unknown): { readonly code: unknown; readonly stdout: string } {
  if (!(error instanceof Error) || !("code" in error) || !("stdout" in error)) return { code: null, stdout: "" };
  return { code: error.code, stdout: String(error.stdout) };
}
