// What tests of GitHub need around the server: a folder that goes away, a clock that never waits, a log that is kept.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import type { Clock, Log, LogFields } from "../../../src/core/ports.ts";
import { type GithubApiServer, startGithubApi } from "./server.ts";

export const token = "ghs_0123456789secret";

export interface TestClock extends Clock {
  /** Every wait so far, in milliseconds. */
  readonly waits: readonly number[];
}

const open: (() => Promise<void>)[] = [];

/** A local GitHub API that is closed, and whose folder is removed, after the test. */
export async function githubApi(nameWithOwner = "acme/lists"): Promise<GithubApiServer> {
  const folder = await mkdtemp(join(tmpdir(), "partwatch-github-"));
  const server = await startGithubApi({ dir: join(folder, "repository.git"), nameWithOwner, token });
  open.push(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  return server;
}

/** Closes after each test what `githubApi` opened; call it once in the test file. */
export function closeAfterEach(): void {
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });
}

/** A clock that starts at 2026-03-02 07:10 UTC and moves by what is slept, at once. */
export function testClock(seed = 1): TestClock {
  const waits: number[] = [];
  let now = Date.UTC(2026, 2, 2, 7, 10);
  let state = seed;
  return {
    waits,
    now: () => new Date(now),
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
    },
    // A linear congruential generator: the same numbers in every run.
    random: () => {
      state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
      return state / 4_294_967_296;
    },
  };
}

/** A log whose lines can be read. */
export function testLog(): Log & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const say = (level: string) => (message: string, fields?: LogFields) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
  };
  const log: Log & { readonly lines: readonly string[] } = {
    lines,
    error: say("error"),
    warning: say("warning"),
    info: say("info"),
    debug: say("debug"),
    with: () => log,
  };
  return log;
}
