import { expect, it } from "vitest";
import { openGitBranch } from "../../src/state/git-branch.ts";
import { systemClock } from "../../src/system/clock.ts";
import { silentLog } from "../../src/system/log.ts";
import { deliveredDelta } from "../state/conformance.ts";
import { BRANCH, removeAfterEach, repository } from "../state/git-store.ts";
import { testEnvironment } from "../state/repository.ts";

removeAfterEach();

/** Whole runs, 64 of them, are in many-runs.test.ts. */
const RUNS = 24;

it(`${RUNS} runs that write to one clone at once lose nothing: each has its own commit, in its time`, {
  timeout: 130_000,
}, async () => {
  const { root, git } = await repository();
  const ids = Array.from({ length: RUNS }, (_, index) => `list-${index + 1}`);
  const write = (id: string) =>
    openGitBranch({ root, branch: BRANCH, clock: systemClock, log: silentLog, environment: testEnvironment }).commit(
      deliveredDelta(id),
      `Check ${id}`,
    );
  const written = await Promise.all(ids.map(write));
  expect(new Set(written.map(({ commit }) => commit)).size).toBe(RUNS);
  expect(written.reduce((sum, { conflicts }) => sum + conflicts, 0)).toBeGreaterThan(0);
  expect((await git("log", "--format=%s", BRANCH)).split("\n").sort()).toEqual(ids.map((id) => `Check ${id}`).sort());
  const files = (await git("ls-tree", "-r", "--name-only", BRANCH)).split("\n");
  expect(files.filter((file) => file.startsWith("state/"))).toHaveLength(RUNS);
  expect(await git("fsck", "--strict")).not.toMatch(/error|missing/);
});
