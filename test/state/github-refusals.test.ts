import { describe, expect, it } from "vitest";
import { refusal, serverError } from "../support/github-api/answers.ts";
import { closeAfterEach, githubApi } from "../support/github-api/fixture.ts";
import { branch, checked, commits, failing, open } from "./github-store.ts";

closeAfterEach();

describe("what keeps the state from being written", () => {
  it("is said when the branch holds somebody's work, which stays as it is", async () => {
    const server = await githubApi();
    const additions = ["src/main.c", "Makefile"].map((path) => ({ path, content: Buffer.from("int main;\n") }));
    const tree = await server.repository.writeTree({ additions, deletions: [] });
    const head = await server.repository.writeCommit({ tree, parents: [], message: "Work" });
    await server.repository.moveRef({ ref: "refs/heads/main", to: head, before: null });
    const { store } = open(server, { branch: "main" });
    expect((await failing(store.read())).message).toContain("the branch main holds files that are not Partwatch's");
    const failure = await failing(store.commit(checked("a"), "Check a"));
    expect(failure).toMatchObject({ kind: "state", retryable: false });
    expect(failure.message).toContain("state:\n  branch: partwatch-state");
    expect(await server.repository.head("main")).toBe(head);
  });

  it("is said in GitHub's words when the repository is archived", async () => {
    const server = await githubApi();
    const { store } = open(server);
    await store.commit(checked("a"), "Check a");
    const no = refusal(403, "Repository was archived so is read-only.");
    server.misbehave({ on: /PartwatchCommit/, how: { kind: "answer", answer: no } });
    const failure = await failing(store.commit(checked("b"), "Check b"));
    expect(failure).toMatchObject({ status: 403, retryable: false });
    expect(failure.message).toContain("archived so is read-only");
    expect(failure.message).not.toContain("contents: write");
  });

  it("is said when the repository has no commit yet", async () => {
    const server = await githubApi();
    server.misbehave({ on: /git\/trees/, how: { kind: "answer", answer: refusal(409, "Git Repository is empty.") } });
    const failure = await failing(open(server).store.commit(checked("a"), "Check a"));
    expect(failure.message).toContain("push a first one to its default branch");
  });

  it("is said with the line to add when the token may only read", async () => {
    const server = await githubApi();
    await open(server).store.commit(checked("a"), "Check a");
    server.world.contents = "read";
    const { store, clock } = open(server);
    expect(Object.keys((await store.read()).runs)).toEqual(["a"]);
    const failure = await failing(store.commit(checked("b"), "Check b"));
    expect(failure).toMatchObject({ kind: "state", status: 403, retryable: false });
    expect(failure.message).toContain(
      "permissions:\n  contents: write # commits the state to the branch partwatch-state",
    );
    expect(failure.message).toContain("Resource not accessible by integration");
    expect(clock.waits).toEqual([]);
  });

  it("is said with the line to add when there is no branch yet and the token may only read", async () => {
    const server = await githubApi();
    server.world.contents = "read";
    const failure = await failing(open(server).store.commit(checked("b"), "Check b"));
    expect(failure).toMatchObject({ kind: "state", status: 403, retryable: false });
    expect(failure.message).toContain("  contents: write");
  });

  it("is said when the token cannot even see the repository", async () => {
    const server = await githubApi();
    server.world.contents = "none";
    const failure = await failing(open(server).store.read());
    expect(failure).toMatchObject({ kind: "state", status: 404, retryable: false });
    expect(failure.message).toContain("cannot see acme/lists");
    expect(failure.message).toContain("  contents: write");
  });

  it("is said when the token is wrong, without the token", async () => {
    const server = await githubApi();
    const failure = await failing(open(server, { token: "ghp_wrong" }).store.read());
    expect(failure).toMatchObject({ kind: "state", status: 401, retryable: false });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's syntax
    expect(failure.message).toContain('GITHUB_TOKEN: "${{ github.token }}"');
    expect(failure.message).not.toContain("ghp_wrong");
  });

  it.each(["protection", "ruleset"] as const)("is said with the way out when a %s refuses", async (kind) => {
    const server = await githubApi();
    const { store, clock } = open(server);
    await store.commit(checked("a"), "Check a");
    server.world.rules.push({ branch, kind, on: "any", message: "Changes must be made through a pull request." });
    const failure = await failing(store.commit(checked("b"), "Check b"));
    expect(failure).toMatchObject({ kind: "state", retryable: false });
    expect(failure.message).toContain("Changes must be made through a pull request");
    expect(failure.message).toContain("Exclude by pattern: partwatch-state");
    expect(failure.message).toContain("state:\n  branch: ");
    expect(clock.waits).toEqual([]);
    expect(await commits(server)).toEqual(["Check a"]);
  });

  it("is said with the way out when a ruleset restricts new branches", async () => {
    const server = await githubApi();
    server.world.rules.push({
      branch,
      kind: "ruleset",
      on: "create",
      message: "Cannot create ref due to creations being restricted.",
    });
    const failure = await failing(open(server).store.commit(checked("b"), "Check b"));
    expect(failure.message).toContain("creations being restricted");
    expect(failure.message).toContain("Exclude by pattern: partwatch-state");
  });

  it.each([
    ["below it", branch, `${branch}/old`],
    ["above it", `notes/${branch}`, "notes"],
  ])(
    "is said with the way out when a branch %s leaves no room for the name, before anybody is notified",
    async (_, name, other) => {
      const server = await githubApi();
      const tree = await server.repository.writeTree({ additions: [], deletions: [] });
      const to = await server.repository.writeCommit({ tree, parents: [], message: "Work" });
      await server.repository.moveRef({ ref: `refs/heads/${other}`, to, before: null });
      await server.repository.moveRef({ ref: `refs/heads/${name}2`, to, before: null });
      const { store } = open(server, { branch: name });
      for (const failure of [await failing(store.read()), await failing(store.commit(checked("a"), "Check a"))]) {
        expect(failure).toMatchObject({ kind: "state", retryable: false });
        expect(failure.message).toContain(`the branch ${other} leaves no room for this name`);
        expect(failure.message).toContain("Set another one as state.branch in partwatch.yaml");
      }
      await server.repository.git(["update-ref", "-d", `refs/heads/${other}`]);
      await store.commit(checked("a"), "Check a");
    },
  );

  it("is said after two minutes when others are always faster", async () => {
    const server = await githubApi();
    const { store, clock } = open(server);
    const other = open(server, { seed: 2 });
    await other.store.commit(checked("first"), "Check first");
    let writes = 0;
    const run = async () => {
      const base = (await server.repository.head(branch)) ?? "";
      const { tree } = await server.repository.objects.commit(base);
      writes += 1;
      const to = await server.repository.writeCommit({ tree, parents: [base], message: `Write ${writes}` });
      await server.repository.moveRef({ ref: `refs/heads/${branch}`, to, before: base });
    };
    server.misbehave({ on: /PartwatchCommit/, times: 1_000, how: { kind: "first", run } });
    const failure = await failing(store.commit(checked("b"), "Check b"));
    expect(failure).toMatchObject({ kind: "state", retryable: true });
    expect(failure.message).toContain(`others were faster ${writes} times`);
    const waited = clock.waits.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeLessThanOrEqual(120_000);
    expect(waited).toBeGreaterThan(100_000);
  });

  it("is said in GitHub's words when it is nothing that is known, and not tried for ever", async () => {
    const server = await githubApi();
    const { store } = open(server);
    await store.commit(checked("a"), "Check a");
    const no = { data: { createCommitOnBranch: null }, errors: [{ type: "TEAPOT", message: "I'd rather not." }] };
    server.misbehave({
      on: /PartwatchCommit/,
      times: 1_000,
      how: { kind: "answer", answer: { status: 200, body: no } },
    });
    const failure = await failing(store.commit(checked("b"), "Check b"));
    expect(failure.message).toContain("I'd rather not");
    expect(server.requests.filter(({ label }) => /PartwatchCommit/.test(label))).toHaveLength(3);
  });

  it("is said when GitHub gives no answer for a minute", async () => {
    const server = await githubApi();
    const { store } = open(server);
    server.misbehave({ on: /PartwatchState/, times: 1_000, how: { kind: "answer", answer: serverError(502) } });
    const failure = await failing(store.read());
    expect(failure).toMatchObject({ kind: "state", status: 502, retryable: true });
    expect(failure.message).toContain("PartwatchState");
  });
});
