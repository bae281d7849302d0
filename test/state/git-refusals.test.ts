import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testLog } from "../support/github-api/fixture.ts";
import { deliveredDelta } from "./conformance.ts";
import { BRANCH, cloneWithWork, failing, removeAfterEach, repository, storeIn } from "./git-store.ts";
import { commitFiles, type TestRepository } from "./repository.ts";

removeAfterEach();

describe("what people are told when the branch cannot be used", () => {
  it("is that a folder is no repository, and what to do", async () => {
    const root = await mkdtemp(join(tmpdir(), "partwatch-test-"));
    const failure = await failing(storeIn({ root }).read());
    expect(failure).toMatchObject({ kind: "state", retryable: false });
    expect(failure.message).toMatch(/not a Git repository.*\(git init\)\. Git said: fatal: /);
    await rm(root, { recursive: true, force: true });
  });

  it("is that git is missing", async () => {
    const clone = await repository();
    const failure = await failing(storeIn(clone, { environment: { PATH: "/nowhere" } }).read());
    expect(failure.message).toMatch(/git cannot be started.*Install Git/);
  });

  it("is where the branch is checked out, before anybody is told anything", async () => {
    const clone = await repository();
    await storeIn(clone).commit(deliveredDelta("board"), "Told of board");
    await clone.git("checkout", "--quiet", BRANCH);
    const failure = await failing(storeIn(clone).read());
    expect(failure.message).toContain(`is checked out in ${await clone.git("rev-parse", "--show-toplevel")}`);
    expect(await failing(storeIn(clone).commit(deliveredDelta("cable"), "x"))).toEqual(failure);
  });

  it("is that a branch of that name holds something else", async () => {
    const clone = await repository();
    await commitFiles(clone, { branch: BRANCH, files: { "src/main.c": "int main;", "README.md": "mine" } });
    const failure = await failing(storeIn(clone).commit(deliveredDelta("board"), "x"));
    expect(failure.message).toMatch(/holds something else.*src\/main\.c.*state\.branch in partwatch\.yaml/);
    expect(await clone.git("show", `${BRANCH}:README.md`)).toBe("mine");
  });

  it("is that another git keeps the branch locked, after 120 s of trying", async () => {
    const clone = await repository();
    await storeIn(clone).commit(deliveredDelta("board"), "Told of board");
    await writeFile(join(clone.root, ".git/refs/heads", `${BRANCH}.lock`), "");
    const log = testLog();
    const failure = await failing(storeIn(clone, { log }).commit(deliveredDelta("cable"), "x"));
    expect(failure).toMatchObject({ kind: "state", retryable: true });
    expect(failure.message).toMatch(/in 120 s.*\.lock/);
    expect(log.lines[0]).toMatch(
      /^info could not get at the state .*trying again .*"attempt":1,"cause":".*\.lock.*"wait_ms":\d+/,
    );
  });

  it.each([
    ["this clone", `refs/heads/${BRANCH}.lock`, false],
    ["a remote", `refs/remotes/origin/${BRANCH}.lock`, true],
  ])(
    "is that a git that died left a lock on the branch of %s, and the command that removes it, after three short waits",
    async (_where, name, isRemote) => {
      const place = isRemote ? { remote: "origin" } : {};
      const remote = await repository("--bare");
      const clone = await cloneOf(remote);
      await storeIn(clone, place).commit(deliveredDelta("board"), "Told of board");
      if (isRemote) await storeIn(await cloneOf(remote), place).commit(deliveredDelta("cable"), "Told");
      const lock = join(await clone.git("rev-parse", "--absolute-git-dir"), name);
      await writeFile(lock, "");
      const { mtimeMs } = await stat(lock);
      const log = testLog();
      const later = storeIn(clone, { log, start: Math.ceil(mtimeMs) + 5 * 60_000, ...place });
      const failure = await failing(later.commit(deliveredDelta("tray"), "x"));
      expect(failure).toMatchObject({ kind: "state", retryable: false });
      expect(failure.message).toContain("5 minutes old");
      expect(failure.message).toContain(`remove it: rm ${lock}`);
      expect(log.lines).toHaveLength(3);
    },
  );

  it("is that another branch stands in the way of the name, before anybody is told anything", async () => {
    const clone = await cloneWithWork();
    await clone.git("branch", "partwatch-state/old");
    for (const failure of [
      await failing(storeIn(clone).read()),
      await failing(storeIn(clone).commit(deliveredDelta("a"), "x")),
    ]) {
      expect(failure).toMatchObject({ retryable: false });
      expect(failure.message).toMatch(/conflicts with the name.*refs\/heads\/partwatch-state\/old/);
    }
    const remote = await repository("--bare");
    await clone.git("remote", "add", "origin", remote.root);
    await clone.git("push", "--quiet", "origin", "partwatch-state/old");
    const failure = await failing(storeIn(clone, { remote: "origin" }).read());
    expect(failure.message).toMatch(/conflicts with the name.*refs\/heads\/partwatch-state\/old/);
  });

  it("is that the branch is damaged: a file of zeros is not taken for a branch that has yet to begin", async () => {
    const clone = await repository();
    await storeIn(clone).commit(deliveredDelta("board"), "Told of board");
    await writeFile(join(clone.root, `.git/refs/heads/${BRANCH}`), "\0".repeat(41));
    const failure = await failing(storeIn(clone).read());
    expect(failure).toMatchObject({ kind: "state", retryable: false });
    expect(failure.message).toContain("partwatch-state");
  });
});

async function cloneOf(remote: TestRepository): Promise<TestRepository> {
  const clone = await repository();
  await clone.git("remote", "add", "origin", remote.root);
  return clone;
}
