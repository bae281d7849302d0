import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { deliveredDelta, describeStateStore } from "./conformance.ts";
import { BRANCH, cloneWithWork, failing, fingerprint, removeAfterEach, repository, storeIn } from "./git-store.ts";
import { makeRepository, type TestRepository } from "./repository.ts";

removeAfterEach();

describeStateStore("a branch of a remote", async () => {
  const repository = await makeRepository("--bare");
  const clones: TestRepository[] = [await makeRepository(), await makeRepository()];
  for (const clone of clones) await clone.git("remote", "add", "origin", repository.root);
  let turn = 0;
  return {
    repository,
    branch: BRANCH,
    // Runs on different machines, and several on one.
    open: (options) => {
      turn += 1;
      const [one, two] = clones;
      return storeIn((turn % 2 === 0 ? one : two) ?? repository, { ...options, remote: "origin" });
    },
    close: async () => {
      for (const one of [repository, ...clones]) await one.remove();
    },
  };
});

describe("a state branch of a remote", () => {
  it("leaves the clone's own branches, work tree, index and HEAD alone", async () => {
    const remote = await repository("--bare");
    const clone = await cloneWithWork();
    await clone.git("remote", "add", "origin", remote.root);
    const before = await fingerprint(clone);
    await storeIn(clone, { remote: "origin" }).commit(deliveredDelta("board"), "Told of board");
    await storeIn(clone, { remote: "origin" }).read();
    expect(await fingerprint(clone)).toEqual(before);
    expect(await clone.git("branch", "--list")).toBe("* main");
    expect(await remote.git("log", "--format=%s", BRANCH)).toBe("Told of board");
  });

  it("is that a remote is not known, without waiting for it", async () => {
    const clone = await cloneWithWork();
    const failure = await failing(storeIn(clone, { remote: "upstream" }).read());
    expect(failure.message).toMatch(/no such remote.*git remote -v/);
  });

  it("is that the remote's rules forbid it, and never its credentials", async () => {
    const remote = await repository("--bare");
    await writeFile(join(remote.root, "hooks/pre-receive"), "#!/bin/sh\necho protected >&2\nexit 1\n");
    await chmod(join(remote.root, "hooks/pre-receive"), 0o755);
    const clone = await cloneWithWork();
    await clone.git("remote", "add", "origin", remote.root);
    const failure = await failing(storeIn(clone, { remote: "origin" }).commit(deliveredDelta("board"), "x"));
    expect(failure.message).toMatch(/lets nobody write to partwatch-state/);
    await clone.git("remote", "set-url", "origin", "https://kim:s3cret-t0ken@127.0.0.1:9/x.git");
    const refused = await failing(storeIn(clone, { remote: "origin" }).read());
    expect(refused).toMatchObject({ retryable: true });
    expect(refused.message).not.toContain("s3cret");
  });
});
