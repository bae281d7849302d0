import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testLog } from "../support/github-api/fixture.ts";
import { toldDelta } from "./conformance.ts";
import { BRANCH, cloneWithWork, failing, removeAfterEach, repository, storeIn } from "./git-store.ts";
import { commitFiles } from "./repository.ts";

removeAfterEach();

describe("what people are told when the branch cannot be used", () => {
  it("is that a folder is no repository, and what to do", async () => {
    const root = await mkdtemp(join(tmpdir(), "partwatch-test-"));
    const failure = await failing(storeIn({ root }).read());
    expect(failure).toMatchObject({ kind: "state", retryable: false });
    expect(failure.message).toMatch(/no Git repository.*\(git init\)\. Git said: fatal: /);
    await rm(root, { recursive: true, force: true });
  });

  it("is that git is missing", async () => {
    const clone = await repository();
    const failure = await failing(storeIn(clone, { environment: { PATH: "/nowhere" } }).read());
    expect(failure.message).toMatch(/git cannot be started.*Install Git/);
  });

  it("is where the branch is checked out, before anybody is told anything", async () => {
    const clone = await repository();
    await storeIn(clone).commit(toldDelta("board"), "Told of board");
    await clone.git("checkout", "--quiet", BRANCH);
    const failure = await failing(storeIn(clone).read());
    expect(failure.message).toContain(`is checked out in ${await clone.git("rev-parse", "--show-toplevel")}`);
    expect(await failing(storeIn(clone).commit(toldDelta("cable"), "x"))).toEqual(failure);
  });

  it("is that a branch of that name holds something else", async () => {
    const clone = await repository();
    await commitFiles(clone, { branch: BRANCH, files: { "src/main.c": "int main;", "README.md": "mine" } });
    const failure = await failing(storeIn(clone).commit(toldDelta("board"), "x"));
    expect(failure.message).toMatch(/holds something else.*src\/main\.c.*state\.branch in partwatch\.yaml/);
    expect(await clone.git("show", `${BRANCH}:README.md`)).toBe("mine");
  });

  it("is that a lock was left, after 60 s of trying", async () => {
    const clone = await repository();
    await storeIn(clone).commit(toldDelta("board"), "Told of board");
    await writeFile(join(clone.root, ".git/refs/heads", `${BRANCH}.lock`), "");
    const log = testLog();
    const failure = await failing(storeIn(clone, { pace: 20, log }).commit(toldDelta("cable"), "x"));
    expect(failure).toMatchObject({ kind: "state", retryable: true });
    expect(failure.message).toMatch(/in 60 s.*\.lock/);
    expect(log.lines[0]).toMatch(
      /^info could not get at the state .*trying again .*"attempt":1,"cause":".*\.lock.*"wait_ms":\d+/,
    );
  });

  it("is that another branch stands in the way of the name", async () => {
    const clone = await cloneWithWork();
    await clone.git("branch", "partwatch-state/old");
    const failure = await failing(storeIn(clone).commit(toldDelta("board"), "x"));
    expect(failure).toMatchObject({ retryable: false });
    expect(failure.message).toContain("stands in the way");
  });
});
