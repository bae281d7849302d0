import { describe, expect, it } from "vitest";
import { closeAfterEach, githubApi } from "../support/github-api/fixture.ts";
import type { GithubApiServer } from "../support/github-api/server.ts";
import { deliveredDelta } from "./conformance.ts";
import { branch, failing, open } from "./github-store.ts";

closeAfterEach();

const ref = `refs/heads/${branch}`;

async function tell(server: GithubApiServer, id: string, more: { compactAfter?: number; accept?: true } = {}) {
  return (await open(server, more).store.commit(deliveredDelta(id), `Notify ${id}`)).commit;
}

async function ids(server: GithubApiServer): Promise<readonly string[]> {
  return Object.keys((await open(server).store.read()).monitors);
}

/** As the command that is printed does. */
async function restore(server: GithubApiServer, message: string): Promise<void> {
  const [, sha = ""] = /Restore it: gh api .* sha=([0-9a-f]{40})/.exec(message) ?? [];
  await server.repository.git(["update-ref", ref, sha]);
}

describe("a state branch on GitHub that has lost what GitHub knew of it", () => {
  it("is not begun again when it is gone: that is said by every run, with the command that restores it", async () => {
    const server = await githubApi();
    const commit = await tell(server, "board");
    await open(server).store.read();
    await server.repository.git(["update-ref", "-d", ref]);
    for (const ask of [() => open(server).store.read(), () => tell(server, "cable"), () => open(server).store.read()]) {
      const failure = await failing(ask());
      expect(failure).toMatchObject({ kind: "state", retryable: false });
      expect(failure.message).toContain(`is gone: it stood at ${commit} when it was deleted`);
      expect(failure.message).toContain(`gh api repos/acme/lists/git/refs -f ref=${ref} -f sha=${commit}`);
      expect(failure.message).toContain("accept_state");
    }
    await restore(server, (await failing(open(server).store.read())).message);
    expect(await ids(server)).toEqual(["board"]);
    await tell(server, "cable");
    expect(await ids(server)).toEqual(["board", "cable"]);
  });

  it.each(["set back", "deleted and made again"])("is not gone on with when it was %s", async (how) => {
    const server = await githubApi();
    const first = await tell(server, "board");
    const second = await tell(server, "cable");
    await open(server).store.read();
    if (how !== "set back") {
      await server.repository.git(["update-ref", "-d", ref]);
      await failing(open(server).store.read());
    }
    await server.repository.git(["update-ref", ref, first]);
    // Somebody who knows nothing of it adds to what is left.
    await push(server, "cable is gone");
    const now = await server.repository.head(branch);
    const failure = await failing(open(server).store.read());
    expect(failure.message).toContain(`was ${how === "set back" ? "set back or replaced" : how}: it stands at ${now}`);
    expect(failure.message).toContain(`no longer has ${second}`);
    await restore(server, failure.message);
    expect(await ids(server)).toEqual(["board", "cable"]);
  });

  it("is noticed by a run that is under way, before anything is written", async () => {
    const server = await githubApi();
    const first = await tell(server, "board");
    await tell(server, "cable");
    const { store } = open(server);
    await store.read();
    await server.repository.git(["update-ref", ref, first]);
    await failing(store.commit(deliveredDelta("plug"), "x"));
    expect((await server.repository.git(["rev-parse", ref])).trim()).toBe(first);
  });

  it.each(["gone", "set back"])("is taken as it is by who says so, when it was %s, and from then on", async (how) => {
    const server = await githubApi();
    const first = await tell(server, "board");
    await tell(server, "cable");
    await open(server).store.read();
    await server.repository.git(how === "gone" ? ["update-ref", "-d", ref] : ["update-ref", ref, first]);
    await tell(server, "plug", { accept: true });
    const left = how === "gone" ? ["plug"] : ["board", "plug"];
    expect(await ids(server)).toEqual(left);
    await tell(server, "wire");
    expect(await ids(server)).toEqual([...left, "wire"]);
    await tell(server, "bolt", { compactAfter: 1 });
    expect(await ids(server)).toHaveLength(left.length + 2);
  });
});

/** A commit by hand, on what stands there. */
async function push({ repository }: GithubApiServer, message: string): Promise<void> {
  const before = (await repository.head(branch)) ?? "";
  const { tree } = await repository.objects.commit(before);
  await repository.git(["update-ref", ref, await repository.writeCommit({ tree, parents: [before], message })]);
}

it("a branch that a run has replaced by one commit of the same files has lost nothing", async () => {
  const server = await githubApi();
  for (const id of ["a", "b", "c"]) await tell(server, id, { compactAfter: 2 });
  expect((await server.repository.git(["rev-list", "--count", ref])).trim()).toBe("1");
  expect(await ids(server)).toEqual(["a", "b", "c"]);
});

it("a branch on a GitHub that keeps no record of it begins anew, as nobody knows better", async () => {
  const server = await githubApi();
  server.world.keepsActivity = false;
  await tell(server, "board");
  await server.repository.git(["update-ref", "-d", ref]);
  expect(await ids(server)).toEqual([]);
});

it.each(["gone", "set back"])("a branch that is %s under a run is noticed without a record, too", async (how) => {
  const server = await githubApi();
  server.world.keepsActivity = false;
  const first = await tell(server, "board");
  const { store } = open(server);
  await store.commit(deliveredDelta("cable"), "Notify cable");
  await server.repository.git(how === "gone" ? ["update-ref", "-d", ref] : ["update-ref", ref, first]);
  const failure = await failing(store.commit({ ...deliveredDelta("plug"), interim: true }, "x"));
  expect(failure.message).toMatch(how === "gone" ? /is gone: it stood at/ : /was set back or replaced/);
  expect(await server.repository.head(branch)).toBe(how === "gone" ? undefined : first);
});

it("a branch that another run goes on with, or replaces, has lost nothing for one that knows no record", async () => {
  const server = await githubApi();
  server.world.keepsActivity = false;
  const { store } = open(server);
  await store.commit(deliveredDelta("board"), "Notify board");
  await tell(server, "cable");
  await store.commit(deliveredDelta("plug"), "Notify plug");
  await tell(server, "wire", { compactAfter: 1 });
  server.world.staleReads = 1;
  await store.commit(deliveredDelta("bolt"), "Notify bolt");
  server.world.staleReads = 0;
  await store.commit(deliveredDelta("nut"), "Notify nut");
  expect(await ids(server)).toHaveLength(6);
});

it("a branch that is not there is not taken for a new one while GitHub does not say what it knows", async () => {
  const server = await githubApi();
  server.misbehave({ on: /\/activity/, times: 20, how: { kind: "drop" } });
  expect(await failing(open(server).store.read())).toMatchObject({ kind: "state", retryable: true });
});
