import { execFile } from "node:child_process";
import { promisify } from "node:util";

export interface Rename {
  /** Relative to the repository's root. */
  readonly from: string;
  readonly to: string;
}

/**
 * Files below `folder` that were renamed between a commit and the work tree. Empty outside a clone, or where that commit is
 * not there (a shallow checkout): then nothing is known, and nothing is said.
 */
export async function renamedSince(question: {
  readonly root: string;
  readonly commit: string;
  readonly folder: string;
}): Promise<readonly Rename[]> {
  const { root, commit, folder } = question;
  const args = [
    "diff",
    "--name-status",
    "-z",
    "--find-renames=40%",
    "--diff-filter=R",
    "--relative",
    commit,
    "--",
    folder,
  ];
  try {
    const { stdout } = await promisify(execFile)("git", args, { cwd: root, env: { ...process.env, LC_ALL: "C" } });
    const fields = stdout.split("\0").filter((field) => field !== "");
    return Array.from({ length: Math.floor(fields.length / 3) }, (_, index) => ({
      from: fields[index * 3 + 1] ?? "",
      to: fields[index * 3 + 2] ?? "",
    }));
  } catch {
    return [];
  }
}
