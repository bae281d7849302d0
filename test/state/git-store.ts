// What the tests of the Git store share.
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect } from "vitest";
import { type Failure, failureOf } from "../../src/core/failure.ts";
import type { Clock } from "../../src/core/ports.ts";
import { type GitBranchOptions, openGitBranch } from "../../src/state/git-branch.ts";
import type { StateStore } from "../../src/state/store.ts";
import { silentLog } from "../../src/system/log.ts";
import { makeRepository, type TestRepository, testEnvironment } from "./repository.ts";

export const BRANCH = "partwatch-state";
const made: TestRepository[] = [];

/** Removes after each test the repositories that it made; call it once in the test file. */
export function removeAfterEach(): void {
  afterEach(async () => {
    for (const one of made.splice(0)) await one.remove();
  });
}

export interface Options {
  readonly compactAfter?: number;
  readonly seed?: number;
  readonly remote?: string;
  readonly environment?: GitBranchOptions["environment"];
  readonly log?: GitBranchOptions["log"];
  /** Where the clock starts, in milliseconds; absent: 2026-03-02 07:10 UTC. */
  readonly start?: number;
  readonly accept?: true;
}

export function storeIn({ root }: { readonly root: string }, options: Options = {}): StateStore {
  const { seed = 1, environment = testEnvironment, compactAfter, remote, log = silentLog, start, accept } = options;
  return openGitBranch({
    root,
    branch: BRANCH,
    clock: clockOf(seed, start),
    log,
    environment,
    ...(compactAfter === undefined ? {} : { compactAfter }),
    ...(remote === undefined ? {} : { remote }),
    ...(accept === undefined ? {} : { accept }),
  });
}

/** Moves by what is slept, at once. */
function clockOf(seed: number, start = Date.UTC(2026, 2, 2, 7, 10)): Clock {
  let now = start;
  let state = seed + 1;
  return {
    now: () => new Date(now),
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
    random: () => {
      state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
      return state / 4_294_967_296;
    },
  };
}

export async function repository(...initArguments: readonly string[]): Promise<TestRepository> {
  const one = await makeRepository(...initArguments);
  made.push(one);
  return one;
}

/** A clone as people have them: a commit, a changed file, a staged one, an unknown one. */
export async function cloneWithWork(): Promise<TestRepository> {
  const clone = await repository();
  await writeFile(join(clone.root, "a.txt"), "one\n");
  await clone.git("add", "a.txt");
  await clone.git("commit", "--quiet", "-m", "One");
  await writeFile(join(clone.root, "a.txt"), "two\n");
  await writeFile(join(clone.root, "staged.txt"), "staged\n");
  await clone.git("add", "staged.txt");
  await writeFile(join(clone.root, "unknown.txt"), "?\n");
  return clone;
}

/** An environment whose git, just before it moves the branch for the first time, lets somebody else be faster. */
export async function overtaken(clone: TestRepository, rivalsGit: string): Promise<GitBranchOptions["environment"]> {
  const folder = join(clone.root, ".git", "slow");
  await mkdir(folder);
  const path = testEnvironment.PATH ?? "";
  const script = `#!/bin/sh
PATH='${path}'
case " $* " in *" update-ref "*) if mkdir '${folder}/overtaken' 2>/dev/null; then git ${rivalsGit}; fi ;; esac
exec git "$@"
`;
  await writeFile(join(folder, "git"), script);
  await chmod(join(folder, "git"), 0o755);
  return { ...testEnvironment, PATH: `${folder}:${path}` };
}

export async function fingerprint(clone: TestRepository): Promise<readonly string[]> {
  const status = await clone.git("status", "--porcelain=v2", "--branch");
  const index = (await readFile(join(clone.root, ".git/index"))).toString("base64");
  const head = await readFile(join(clone.root, ".git/HEAD"), "utf8");
  return [status, index, head, (await readdir(clone.root)).join(), await readFile(join(clone.root, "a.txt"), "utf8")];
}

export async function failing(promise: Promise<unknown>): Promise<Failure> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error, "it was to fail").toBeDefined();
  return failureOf(error);
}
