// Runs `git` so that nothing of the machine's or the user's configuration changes what it does or asks anybody anything.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { gitEnvironment } from "../core/git-environment.ts";
import type { Environment } from "../core/ports.ts";

export interface Git {
  /** Runs git in the repository. Never throws for what git says: that is in the answer. Throws GitMissing. */
  readonly run: (args: readonly string[], more?: GitInput) => Promise<GitAnswer>;
  /** Starts a git that answers one question after the other; close it by the end of its standard input. */
  readonly start: (args: readonly string[]) => ChildProcessWithoutNullStreams;
}

export interface GitInput {
  readonly input?: string | Buffer;
  readonly variables?: Readonly<Record<string, string>>;
  /** Longest time, in milliseconds; then it is ended. */
  readonly timeoutMs?: number;
}

export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export class GitMissing extends Error {
  override readonly name = "GitMissing";
}

/** No hooks, no signing, no collecting of garbage in the middle of a run. */
const SETTINGS = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "commit.gpgSign=false",
  "push.gpgSign=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "advice.detachedHead=false",
].flatMap((setting) => ["-c", setting]);

export function gitIn(root: string, environment: Environment): Git {
  const base = { ...gitEnvironment(environment), GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" };
  return {
    run: (args, { input, variables = {}, timeoutMs = 60_000 } = {}) =>
      answer({ root, args, env: { ...base, ...variables }, input, timeoutMs }),
    start: (args) => spawn("git", [...SETTINGS, ...args], { cwd: root, env: base, stdio: "pipe", windowsHide: true }),
  };
}

function answer(call: {
  readonly root: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly input: string | Buffer | undefined;
  readonly timeoutMs: number;
}): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...SETTINGS, ...call.args], {
      cwd: call.root,
      env: call.env,
      stdio: ["pipe", "pipe", "pipe"],
      timeout: call.timeoutMs,
      windowsHide: true,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.stdin.on("error", () => {}); // git may end before it has read all: its exit code says why
    // What git had started may hold the pipes open: who is ended is not waited for any longer.
    child.on("exit", (_code, signal) => {
      if (signal === null) return;
      child.stdout.destroy();
      child.stderr.destroy();
    });
    child.on("error", (cause) => reject(new GitMissing("git could not be started", { cause })));
    child.on("close", (code, signal) => {
      const stderr = Buffer.concat(err).toString("utf8").trim();
      const words = signal === null ? stderr : `${stderr} (ended after ${call.timeoutMs / 1000} s)`.trim();
      resolve({ code: code ?? 1, stdout: Buffer.concat(out), stderr: words });
    });
    child.stdin.end(call.input ?? "");
  });
}
