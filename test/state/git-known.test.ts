import { describe, expect, it } from "vitest";
import { deliveredDelta } from "./conformance.ts";
import { BRANCH, failing, removeAfterEach, repository, storeIn } from "./git-store.ts";
import type { TestRepository } from "./repository.ts";

removeAfterEach();

/** A clone whose state branch is its own, or that of a remote; where the branch stands, and what people do to it there. */
const places = [
  {
    name: "of this clone",
    make: async () => {
      const clone = await repository();
      return { clone, home: clone, options: {} };
    },
  },
  {
    name: "of a remote",
    make: async () => {
      const home = await repository("--bare");
      const clone = await cloneOf(home);
      return { clone, home, options: { remote: "origin" } };
    },
  },
] as const;

describe.each(places)("a state branch $name that has lost what this clone knew", ({ make }) => {
  it("is not begun again when it is gone: that is said, with the command that restores it", async () => {
    const { clone, home, options } = await make();
    const { commit } = await storeIn(clone, options).commit(deliveredDelta("board"), "Told of board");
    await home.git("update-ref", "-d", `refs/heads/${BRANCH}`);
    for (const store of [storeIn(clone, options), storeIn(clone, options)]) {
      const failure = await failing(store.commit(deliveredDelta("cable"), "x"));
      expect(failure).toMatchObject({ kind: "state", retryable: false });
      expect(failure.message).toContain(`is gone: this clone knew it at ${commit}`);
      expect(failure.message).toContain("partwatch run --accept-state");
      expect(await failing(store.read())).toEqual(failure);
    }
    expect(await home.git("branch", "--list", BRANCH)).toBe("");
    await clone.git(...commandIn((await failing(storeIn(clone, options).read())).message));
    expect(Object.keys((await storeIn(clone, options).read()).monitors)).toEqual(["board"]);
  });

  it("is not gone on with when it was set back", async () => {
    const { clone, home, options } = await make();
    const first = await storeIn(clone, options).commit(deliveredDelta("board"), "Told of board");
    const second = await storeIn(clone, options).commit(deliveredDelta("cable"), "Told of cable");
    await home.git("update-ref", `refs/heads/${BRANCH}`, first.commit);
    const failure = await failing(storeIn(clone, options).read());
    expect(failure.message).toContain(`it stands at ${first.commit} and no longer has ${second.commit}`);
    await clone.git(...commandIn(failure.message));
    expect(Object.keys((await storeIn(clone, options).read()).monitors)).toEqual(["board", "cable"]);
  });

  it("is taken as it is by who says so, and from then on", async () => {
    const { clone, home, options } = await make();
    await storeIn(clone, options).commit(deliveredDelta("board"), "Told of board");
    await home.git("update-ref", "-d", `refs/heads/${BRANCH}`);
    await storeIn(clone, { ...options, accept: true }).commit(deliveredDelta("cable"), "Told of cable");
    expect(Object.keys((await storeIn(clone, options).read()).monitors)).toEqual(["cable"]);
  });
});

it("a state branch that another clone has replaced by one commit of the same files has lost nothing", async () => {
  const home = await repository("--bare");
  const [here, there] = [await cloneOf(home), await cloneOf(home)];
  const options = { remote: "origin", compactAfter: 3 };
  for (const day of [2, 3, 4]) await storeIn(here, options).commit(deliveredDelta("board", { day }), "Told of board");
  await storeIn(there, options).commit(deliveredDelta("board", { day: 5 }), "Told of board");
  await storeIn(there, options).commit(deliveredDelta("board", { day: 6 }), "Told of board");
  expect(await home.git("rev-list", "--count", BRANCH)).toBe("2");
  expect((await storeIn(here, options).read()).generation).toBe(5);
  await storeIn(here, options).commit(deliveredDelta("board", { day: 7 }), "Told of board");
});

it.each(["gone", "set back", "set back and gone on with"])("a fresh clone sees that the branch was %s", async (how) => {
  const home = await repository("--bare");
  const options = { remote: "origin" };
  const first = await storeIn(await cloneOf(home), options).commit(deliveredDelta("board"), "Told of board");
  const second = await storeIn(await cloneOf(home), options).commit(deliveredDelta("cable"), "Told of cable");
  const ref = `refs/heads/${BRANCH}`;
  await home.git("update-ref", ...(how === "gone" ? ["-d", ref] : [ref, first.commit]));
  if (how.endsWith("with"))
    await home.git("update-ref", ref, await home.git("commit-tree", `${ref}^{tree}`, "-p", ref, "-m", "By hand"));
  const clone = await cloneOf(home);
  const failure = await failing(storeIn(clone, options).commit(deliveredDelta("plug"), "x"));
  expect(failure.message).toContain(second.commit);
  expect(failure.message).toContain(how === "gone" ? "is gone: its remote knew it" : "which its remote knew");
  await clone.git(...commandIn(failure.message));
  expect(Object.keys((await storeIn(await cloneOf(home), options).read()).monitors)).toEqual(["board", "cable"]);
});

it("a remote that takes nothing but branches is written to all the same", async () => {
  const home = await repository("--bare");
  await home.git("config", "receive.hideRefs", "refs/partwatch");
  const store = storeIn(await cloneOf(home), { remote: "origin" });
  await store.commit(deliveredDelta("board"), "Told of board");
  await store.commit(deliveredDelta("cable"), "Told of cable");
  expect(await home.git("rev-list", "--count", BRANCH)).toBe("2");
  expect(await home.git("for-each-ref", "--format=%(refname)")).toBe(`refs/heads/${BRANCH}`);
});

it("a clone that an older Partwatch has used knows the branch from what Git itself keeps of a remote", async () => {
  const home = await repository("--bare");
  const clone = await cloneOf(home);
  const { commit } = await storeIn(clone, { remote: "origin" }).commit(deliveredDelta("board"), "Told of board");
  await clone.git("update-ref", "-d", `refs/partwatch/remote/origin/${BRANCH}`);
  await home.git("update-ref", "-d", `refs/partwatch/state/${BRANCH}`);
  await home.git("update-ref", "-d", `refs/heads/${BRANCH}`);
  expect((await failing(storeIn(clone, { remote: "origin" }).read())).message).toContain(commit);
});

/** The command after `Restore it: git `. */
function commandIn(message: string): readonly string[] {
  return (/Restore it: git ([^.]+)\./.exec(message)?.[1] ?? "").split(" ");
}

async function cloneOf(home: TestRepository): Promise<TestRepository> {
  const clone = await repository();
  await clone.git("remote", "add", "origin", home.root);
  return clone;
}
