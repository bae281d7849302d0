import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EMPTY_DELTA } from "../../src/core/notification/merge.ts";
import { deliveredDelta, describeStateStore } from "./conformance.ts";
import { BRANCH, cloneWithWork, fingerprint, overtaken, removeAfterEach, repository, storeIn } from "./git-store.ts";
import { makeRepository, testEnvironment } from "./repository.ts";

removeAfterEach();

describeStateStore("a branch of a bare repository", async () => {
  const repository = await makeRepository("--bare");
  return { repository, branch: BRANCH, open: (options) => storeIn(repository, options), close: repository.remove };
});

describe("the state branch in a clone", () => {
  it("never touches work tree, index, HEAD or the checked-out branch", async () => {
    const clone = await cloneWithWork();
    const before = await fingerprint(clone);
    await storeIn(clone).commit(deliveredDelta("board"), "Told of board");
    await storeIn(clone).read();
    expect(await fingerprint(clone)).toEqual(before);
    expect(await clone.git("branch", "--list", BRANCH)).toContain(BRANCH);
  });

  it("works from a linked work tree and from a folder below the root", async () => {
    const clone = await cloneWithWork();
    const tree = await mkdtemp(join(tmpdir(), "partwatch-test-"));
    await clone.git("worktree", "add", "--quiet", "--detach", join(tree, "linked"));
    await mkdir(join(clone.root, "monitors"));
    await storeIn({ ...clone, root: join(tree, "linked") }).commit(deliveredDelta("board"), "Told of board");
    const files = await storeIn({ ...clone, root: join(clone.root, "monitors") }).read();
    expect(Object.keys(files.monitors)).toEqual(["board"]);
    await rm(tree, { recursive: true, force: true });
  });

  it("works before the repository's first commit, and inside another git's hook", async () => {
    const clone = await repository();
    const elsewhere = { GIT_DIR: "/nowhere", GIT_INDEX_FILE: "/nowhere/index", GIT_WORK_TREE: "/nowhere" };
    await storeIn(clone, { environment: { ...testEnvironment, ...elsewhere } }).commit(deliveredDelta("board"), "Told");
    expect(await clone.git("log", "--format=%an <%ae> %cI", BRANCH)).toBe(
      "Partwatch <partwatch@users.noreply.github.com> 2026-03-02T07:10:00+00:00",
    );
  });

  it("works in a repository of SHA-256 objects", async () => {
    const clone = await repository("--object-format=sha256");
    await storeIn(clone).commit(deliveredDelta("board"), "Told of board");
    await storeIn(clone).commit({ ...EMPTY_DELTA, removed: ["board"] }, "Forget board");
    expect(await clone.git("ls-tree", "-r", "--name-only", BRANCH)).toBe("README.md\ndata.json\nruns.json");
  });

  it("commits in the user's own name where there is one", async () => {
    const clone = await cloneWithWork();
    await clone.git("config", "user.name", "Kim");
    await clone.git("config", "user.email", "kim@example.com");
    await storeIn(clone).commit(deliveredDelta("board"), "Told of board");
    expect(await clone.git("log", "--format=%an <%ae>", BRANCH)).toBe("Kim <kim@example.com>");
  });

  it("runs no hooks and signs nothing", async () => {
    const clone = await cloneWithWork();
    for (const hook of ["pre-commit", "commit-msg", "reference-transaction", "post-commit"]) {
      await writeFile(join(clone.root, ".git/hooks", hook), `#!/bin/sh\ntouch "${join(clone.root, "ran")}"\nexit 1\n`);
      await chmod(join(clone.root, ".git/hooks", hook), 0o755);
    }
    await clone.git("config", "commit.gpgSign", "true");
    await storeIn(clone).commit(deliveredDelta("board"), "Told of board");
    expect(await readdir(clone.root)).not.toContain("ran");
  });
});

describe("somebody who writes in between", () => {
  it("is not overwritten: the delta is added to what stands there then", async () => {
    const clone = await repository();
    await storeIn(clone).commit(deliveredDelta("first"), "Told of first");
    const base = await clone.git("rev-parse", BRANCH);
    const rival = await storeIn(clone).commit(deliveredDelta("cable"), "Told of cable");
    // As before the rival's commit: this clone knows nothing of it yet.
    for (const ref of [`refs/heads/${BRANCH}`, `refs/partwatch/clone/${BRANCH}`])
      await clone.git("update-ref", ref, base);
    const environment = await overtaken(clone, `update-ref refs/heads/${BRANCH} ${rival.commit}`);
    const { conflicts } = await storeIn(clone, { environment }).commit(deliveredDelta("board"), "Told of board");
    expect(conflicts).toBe(1);
    expect(await clone.git("log", "--format=%s", BRANCH)).toBe("Told of board\nTold of cable\nTold of first");
  });
});
