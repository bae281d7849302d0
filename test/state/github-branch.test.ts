import { describe, expect, it } from "vitest";
import type { StateDelta } from "../../src/core/notification/state.ts";
import { ruleViolation, secondaryRateLimit, serverError } from "../support/github-api/answers.ts";
import { closeAfterEach, githubApi } from "../support/github-api/fixture.ts";
import { branch, checked, commits, failing, open } from "./github-store.ts";

closeAfterEach();

describe("the state branch on GitHub", () => {
  it("begins as a branch of its own, with no parent and nothing of the lists", async () => {
    const server = await githubApi();
    const { store } = open(server);
    expect((await store.read()).runs).toEqual({});
    const { commit } = await store.commit(checked("board"), "Check board");
    expect(await server.repository.head(branch)).toBe(commit);
    expect((await server.repository.objects.commit(commit)).parents).toEqual([]);
    expect(Object.keys((await store.read()).runs)).toEqual(["board"]);
    expect(await server.repository.git(["fsck", "--strict"])).not.toMatch(/error|missing/);
  });

  it("costs one read and one commit per run", async () => {
    const server = await githubApi();
    const { store } = open(server);
    await store.commit(checked("board"), "Check board");
    const before = server.requests.length;
    await store.commit(checked("cable"), "Check cable");
    expect(server.requests.slice(before).map(({ label }) => label)).toEqual([
      "query PartwatchState",
      "mutation PartwatchCommit",
    ]);
    expect(await commits(server)).toEqual(["Check cable", "Check board"]);
  });

  it("keeps both when two first runs meet", async () => {
    const server = await githubApi();
    const late = open(server, { seed: 1 });
    const early = open(server, { seed: 2 });
    server.misbehave({
      on: /POST .*\/git\/refs$/,
      how: { kind: "first", run: async () => void (await early.store.commit(checked("cable"), "Check cable")) },
    });
    const { conflicts } = await late.store.commit(checked("board"), "Check board");
    expect(conflicts).toBe(1);
    expect(Object.keys((await late.store.read()).runs)).toEqual(["board", "cable"]);
    expect(await commits(server)).toEqual(["Check board", "Check cable"]);
  });

  it.each(["PartwatchCommit", "PartwatchState"])(
    "keeps both when somebody writes just before the %s",
    async (operation) => {
      const server = await githubApi();
      const mine = open(server, { seed: 1 });
      const other = open(server, { seed: 2 });
      await other.store.commit(checked("first"), "Check first");
      server.misbehave({
        on: new RegExp(operation),
        how: { kind: "first", run: async () => void (await other.store.commit(checked("cable"), "Check cable")) },
      });
      const { conflicts } = await mine.store.commit(checked("board"), "Check board");
      expect(conflicts).toBe(operation === "PartwatchCommit" ? 1 : 0);
      expect(Object.keys((await mine.store.read()).runs)).toEqual(["board", "cable", "first"]);
      expect(mine.clock.waits).toHaveLength(conflicts);
    },
  );

  it("keeps what six runs write at once while GitHub shows old states, loses answers and breaks off", async () => {
    const server = await githubApi();
    server.world.staleReads = 2;
    server.misbehave({ on: /PartwatchCommit/, times: 3, how: { kind: "lose" } });
    server.misbehave({ on: /PartwatchState/, times: 3, how: { kind: "drop" } });
    server.misbehave({ on: /git\/refs/, how: { kind: "cut" } });
    const ids = Array.from({ length: 6 }, (_, index) => `monitor-${index + 10}`);
    await Promise.all(
      ids.map((id, index) => open(server, { seed: index + 1 }).store.commit(checked(id), `Check ${id}`)),
    );
    expect((await commits(server)).toSorted()).toEqual(ids.map((id) => `Check ${id}`));
    server.world.staleReads = 0;
    const runs = await server.repository.git(["show", `${branch}:runs.json`]);
    for (const id of ids) expect(runs).toContain(`"${id}"`);
  });

  it("is read again when GitHub still shows what was there before", async () => {
    const server = await githubApi();
    server.world.staleReads = 3;
    const { store } = open(server);
    for (const id of ["a", "b", "c"]) await store.commit(checked(id), `Check ${id}`);
    server.world.staleReads = 0;
    await store.commit(checked("d"), "Check d");
    expect(await commits(server)).toEqual(["Check d", "Check c", "Check b", "Check a"]);
    const seen = await server.repository.git(["show", `${branch}:runs.json`]);
    for (const id of ["a", "b", "c", "d"]) expect(seen).toContain(`"${id}"`);
  });

  it.each(["PartwatchCommit", "git/refs"])(
    "gets one commit, not two, when the answer to %s is lost",
    async (operation) => {
      const server = await githubApi();
      const { store } = open(server);
      if (operation === "PartwatchCommit") await store.commit(checked("first"), "Check first");
      server.misbehave({ on: new RegExp(operation), how: { kind: "lose" } });
      const { commit, conflicts } = await store.commit(checked("board"), "Check board");
      expect(conflicts).toBe(0);
      expect(await server.repository.head(branch)).toBe(commit);
      expect((await commits(server)).filter((subject) => subject === "Check board")).toHaveLength(1);
    },
  );

  it.each(["PartwatchState", "PartwatchCommit", "git/trees", "git/commits", "git/refs"])(
    "is written in the end when %s breaks off or fails for a while",
    async (operation) => {
      const server = await githubApi();
      const { store } = open(server);
      if (operation === "PartwatchCommit") await store.commit(checked("first"), "Check first");
      server.misbehave({ on: new RegExp(operation), how: { kind: "drop" } });
      server.misbehave({ on: new RegExp(operation), times: 2, how: { kind: "answer", answer: serverError(503) } });
      server.misbehave({ on: new RegExp(operation), how: { kind: "answer", answer: secondaryRateLimit(403, 3) } });
      await store.commit(checked("board"), "Check board");
      expect((await commits(server)).filter((subject) => subject === "Check board")).toHaveLength(1);
    },
  );

  it("makes its commits wait for two minutes in all, then each is tried once", async () => {
    const server = await githubApi();
    const { store, clock } = open(server);
    await store.commit(checked("first"), "Check first");
    const busy = { kind: "answer", answer: secondaryRateLimit(403, 70) } as const;
    server.misbehave({ on: /PartwatchCommit/, how: busy });
    await store.commit(checked("a"), "Check a");
    server.misbehave({ on: /PartwatchCommit/, how: busy });
    expect(await failing(store.commit(checked("b"), "Check b"))).toMatchObject({ retryable: true });
    // What needs no wait is not counted.
    await store.commit(checked("c"), "Check c");
    expect(await commits(server)).toEqual(["Check c", "Check a", "Check first"]);
    expect(clock.waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(120_000);
  });

  it("loses a monitor that is no longer listed, also when two runs remove it at once", async () => {
    const server = await githubApi();
    const mine = open(server, { seed: 1 });
    const other = open(server, { seed: 2 });
    const delivered: StateDelta = {
      ...checked("old", "new"),
      monitors: { old: { name: "Old", delivered: {}, last_hash: "0".repeat(64) } },
    };
    await mine.store.commit(delivered, "Check");
    expect(await server.repository.git(["ls-tree", "-r", "--name-only", branch])).toContain("state/old.json");
    const gone: StateDelta = { ...checked("new"), removed: ["old"] };
    server.misbehave({
      on: /PartwatchCommit/,
      how: { kind: "first", run: async () => void (await other.store.commit(gone, "Remove old")) },
    });
    await mine.store.commit(gone, "Remove old, too");
    expect(await server.repository.git(["ls-tree", "-r", "--name-only", branch])).not.toContain("state/old.json");
    expect(Object.keys((await mine.store.read()).runs)).toEqual(["new"]);
  });

  it("is read whole, although GitHub cuts long texts", async () => {
    const server = await githubApi();
    const { store } = open(server);
    const ids = Array.from({ length: 40 }, (_, index) => `monitor-${index}`);
    await store.commit(checked(...ids), "Check all");
    server.world.truncateTextAt = 1_000;
    const state = await store.read();
    expect(Object.keys(state.runs)).toHaveLength(40);
    expect(state.broken).toEqual([]);
    expect(server.requests.some(({ label }) => /GET .*\/git\/blobs\//.test(label))).toBe(true);
  });

  it("begins anew with the same files when it has grown long", async () => {
    const server = await githubApi();
    const { store, log } = open(server, { compactAfter: 3 });
    for (const id of ["a", "b", "c"]) await store.commit(checked(id), `Check ${id}`);
    expect(await commits(server)).toHaveLength(3);
    const { commit } = await store.commit(checked("d"), "Check d");
    expect(await server.repository.head(branch)).toBe(commit);
    expect(await commits(server)).toEqual(["Check d"]);
    expect(await server.repository.git(["show", "--no-patch", "--format=%b", branch])).toContain(
      "Takes the place of 4",
    );
    expect(Object.keys((await store.read()).runs)).toEqual(["a", "b", "c", "d"]);
    expect(log.lines.join("\n")).toContain("replaced 4 commits");
    await store.commit(checked("e"), "Check e");
    expect(await commits(server)).toHaveLength(2);
  });

  it("is left long when somebody writes while it is made short: nothing is lost", async () => {
    const server = await githubApi();
    const { store } = open(server, { compactAfter: 1 });
    const other = open(server, { seed: 2 });
    await store.commit(checked("a"), "Check a");
    server.misbehave({
      on: /PartwatchCompact/,
      how: { kind: "first", run: async () => void (await other.store.commit(checked("c"), "Check c")) },
    });
    await store.commit(checked("b"), "Check b");
    expect(await commits(server)).toEqual(["Check c", "Check b", "Check a"]);
    expect(Object.keys((await store.read()).runs)).toEqual(["a", "b", "c"]);
  });

  it("keeps the run green when a rule forbids to make it short", async () => {
    const server = await githubApi();
    const { store, log } = open(server, { compactAfter: 1 });
    await store.commit(checked("a"), "Check a");
    const no = {
      data: { updateRefs: null },
      errors: [{ type: "UNPROCESSABLE", message: ruleViolation("Cannot force-push to this branch") }],
    };
    server.misbehave({ on: /PartwatchCompact/, how: { kind: "answer", answer: { status: 200, body: no } } });
    await store.commit(checked("b"), "Check b");
    expect(await commits(server)).toEqual(["Check b", "Check a"]);
    expect(log.lines.filter((line) => line.startsWith("warning"))).toEqual([
      expect.stringContaining("Cannot force-push"),
    ]);
  });

  it("may be called what one likes, and other branches and files stay", async () => {
    const server = await githubApi();
    const { store } = open(server, { branch: "memory/of/lists" });
    await store.commit(checked("a"), "Check a");
    const tree = await server.repository.writeTree({
      base: (await server.repository.objects.commit((await server.repository.head("memory/of/lists")) ?? "")).tree,
      additions: [{ path: "notes/mine.txt", content: Buffer.from("keep me\n") }],
      deletions: [],
    });
    const before = (await server.repository.head("memory/of/lists")) ?? "";
    const to = await server.repository.writeCommit({ tree, parents: [before], message: "Add a note" });
    await server.repository.moveRef({ ref: "refs/heads/memory/of/lists", to, before });
    await store.commit(checked("b"), "Check b");
    expect(await server.repository.git(["show", "memory/of/lists:notes/mine.txt"])).toBe("keep me\n");
    expect(await server.repository.git(["for-each-ref", "--format=%(refname)"])).toBe("refs/heads/memory/of/lists\n");
  });
});
