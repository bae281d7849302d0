import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { gitEnvironment } from "../core/git-environment.ts";

export interface GitPlace {
  /** Folder inside a clone. */
  readonly root: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** For its standard input. */
  readonly input?: string;
  /** Longest time, in milliseconds; absent: as long as it takes. */
  readonly timeoutMs?: number;
}

/** A repository may have large files and many of them. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Runs git without hooks and returns its output. Throws if it fails or is not installed. */
export async function git(
  { root, variables, input, timeoutMs = 0 }: GitPlace,
  ...args: readonly string[]
): Promise<string> {
  const env = { ...gitEnvironment(process.env), ...variables };
  const options = { cwd: root, env, maxBuffer: MOST_BYTES, timeout: timeoutMs };
  const running = promisify(execFile)("git", ["-c", "core.hooksPath=/dev/null", ...args], options);
  // Without input git must see the end at once; if it ends before reading it all, its exit code tells why.
  running.child.stdin?.on("error", () => {}).end(input ?? "");
  return (await running).stdout;
}

/** The same, trimmed; undefined if there was no output: no git, no clone, no such name are all the same here. Never throws. */
export async function tryGit(root: string, ...args: readonly string[]): Promise<string | undefined> {
  const stdout = await git({ root }, ...args).catch(() => "");
  return stdout.trim() || undefined;
}
