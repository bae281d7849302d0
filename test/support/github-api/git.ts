// Runs git for the local GitHub API.
import { spawn } from "node:child_process";
import { devNull } from "node:os";
import { thisMachine } from "../machine.ts";

export interface GitCall {
  readonly dir?: string;
  readonly args: readonly string[];
  readonly input?: Buffer;
}

/** Runs git in that repository. Throws an Error with what git complained about. */
export function git({ dir, args, input }: GitCall): Promise<string> {
  const child = spawn("git", dir === undefined ? args : ["--git-dir", dir, ...args], { env: gitEnvironment() });
  const output: Buffer[] = [];
  const complaint: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaint.push(chunk));
  // A git that ends before it has read everything says why on stderr; the broken pipe is no second error.
  child.stdin.on("error", () => {});
  child.stdin.end(input ?? Buffer.alloc(0));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString("utf8"));
      else reject(new Error(`git ${args.join(" ")}: ${Buffer.concat(complaint).toString("utf8").trim()}`));
    });
  });
}

/** The environment of every git here: nobody's own configuration. */
export function gitEnvironment(): Record<string, string | undefined> {
  return {
    ...thisMachine(),
    LC_ALL: "C",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_SYSTEM: devNull,
  };
}

/** Who has written a commit that GitHub's API makes. */
export const COMMITTER = {
  author: "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>",
  committer: "GitHub <noreply@github.com>",
};
