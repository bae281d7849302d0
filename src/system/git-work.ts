// Uncommitted changes in the work tree, for somebody who commits them from a page.
import type { Environment } from "../core/ports.ts";
import { type GitPlace, git, tryGit } from "./git.ts";

/** Files below these paths that differ from the last commit, sorted. Empty outside a clone. Never throws. */
export async function uncommitted(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const text = await git(
    { root },
    "status",
    "--porcelain",
    "-z",
    "--untracked-files=all",
    "--no-renames",
    "--",
    ...paths,
  ).catch(() => "");
  const prefix = (await tryGit(root, "rev-parse", "--show-prefix")) ?? "";
  return text
    .split("\0")
    .filter((entry) => entry !== "")
    .map((entry) => entry.slice(3))
    .flatMap((file) => (file.startsWith(prefix) ? [file.slice(prefix.length)] : []))
    .sort();
}

/** A file's text at the last commit; null: it did not exist. */
export async function committedText(root: string, file: string): Promise<string | null> {
  return git({ root }, "show", `HEAD:./${file}`).catch(() => null);
}

/** Commits these files and nothing else. Throws with Git's message if it fails. */
export async function commitFiles({
  root,
  files,
  message,
}: {
  readonly root: string;
  readonly files: readonly string[];
  readonly message: string;
}): Promise<void> {
  await git({ root }, "add", "--all", "--", ...files);
  // Signing commits may ask for a passphrase.
  await patiently(
    { root, input: message, timeoutMs: LONGEST_MS },
    "commit",
    "--quiet",
    "--file=-",
    "--cleanup=strip",
    "--only",
    "--",
    ...files,
  );
}

/** How many commits the remote's branch does not have; null: there is no such branch. Never throws. */
export async function commitsAhead(root: string): Promise<number | null> {
  const count = await tryGit(root, "rev-list", "--count", "@{upstream}..HEAD");
  return count === undefined ? null : Number(count);
}

/** Pushes the branch to its upstream. Throws with Git's message if it fails. */
export async function push({
  root,
  env,
  limitMs = LONGEST_MS,
}: {
  readonly root: string;
  readonly env: Environment;
  readonly limitMs?: number;
}): Promise<void> {
  const ssh = env.GIT_SSH_COMMAND ?? (await tryGit(root, "config", "core.sshCommand"));
  // There is no terminal: whatever would ask there fails instead. A program other than ssh may not know the option.
  const usesSsh = env.GIT_SSH === undefined || ssh !== undefined;
  const variables = {
    GIT_TERMINAL_PROMPT: "0",
    ...(usesSsh ? { GIT_SSH_COMMAND: `${ssh ?? "ssh"} -oBatchMode=yes` } : {}),
  };
  await patiently({ root, variables, timeoutMs: limitMs }, "push", "--quiet");
}

const LONGEST_MS = 60_000;

/** Runs git with a time limit. */
async function patiently(place: GitPlace & { readonly timeoutMs: number }, ...args: readonly string[]): Promise<void> {
  try {
    await git(place, ...args);
  } catch (error) {
    if (!(error instanceof Error && "killed" in error && error.killed === true)) throw error;
    throw new Error(
      `git ${args[0]} had not ended after ${place.timeoutMs / 1000} s and was stopped. Run it in a terminal.`,
    );
  }
}

/** Makes the folder a repository whose branch is main; false if Git cannot. Never throws. */
export async function initRepository(root: string): Promise<boolean> {
  return git({ root }, "init", "--quiet", "--initial-branch=main").then(
    () => true,
    () => false,
  );
}
