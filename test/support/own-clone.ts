// Partwatch as people have it: the files that a clone needs to run, in a repository of their own or among the lists.
import { execFile } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const ROOT = join(import.meta.dirname, "../..");

export type Git = (...args: readonly string[]) => Promise<string>;

/** Git in that folder, on a machine that nobody has configured; gives what it wrote, trimmed. */
export function gitIn(folder: string): Git {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "Tess",
    GIT_AUTHOR_EMAIL: "tess@example.com",
    GIT_COMMITTER_NAME: "Tess",
    GIT_COMMITTER_EMAIL: "tess@example.com",
  };
  return async (...args) => (await promisify(execFile)("git", args, { cwd: folder, env })).stdout.trim();
}

/** Puts the built program into that folder. */
export async function copyProgram(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of ["action.yml", "dist"]) await cp(join(ROOT, name), join(folder, name), { recursive: true });
}

/** Makes that folder a repository with one commit of all its files, and gives the commit. */
export async function commitAll(folder: string): Promise<string> {
  const git = gitIn(folder);
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all", "--force");
  await git("commit", "--quiet", "--message=Partwatch");
  return git("rev-parse", "HEAD");
}

/** As after a clone of that address, or a push to it: the branch main of the remote is where this one is. */
export async function pretendPushed(folder: string, address: string): Promise<void> {
  const git = gitIn(folder);
  await git("remote", "add", "origin", address);
  await git("update-ref", "refs/remotes/origin/main", "HEAD");
}
