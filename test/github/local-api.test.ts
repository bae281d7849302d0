// The local GitHub API refuses as GitHub does: what the store is tested against must not be kinder than the real one.
import { describe, expect, it } from "vitest";
import type { GithubAnswer } from "../../src/core/github-api.ts";
import { connectGithub } from "../../src/github/octokit.ts";
import { closeAfterEach, githubApi, testClock, testLog, token } from "../support/github-api/fixture.ts";
import type { GithubApiServer } from "../support/github-api/server.ts";

closeAfterEach();

const mutation = `mutation Probe($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;

interface Change {
  readonly additions?: readonly { path: string; contents: string }[];
  readonly deletions?: readonly { path: string }[];
}

function client(server: GithubApiServer) {
  const clock = testClock();
  const { apiUrl, graphqlUrl } = server;
  const settings = { token, repository: "acme/lists", apiUrl, graphqlUrl };
  const api = connectGithub({ settings, clock, log: testLog() });
  const limits = { until: clock.now(), repeatable: false };
  return {
    post: (path: string, body: Record<string, unknown>) => api.rest({ method: "POST", path, body, ...limits }),
    commit: (expectedHeadOid: string, fileChanges: Change) => {
      const branch = { repositoryNameWithOwner: "acme/lists", branchName: "notes" };
      const input = { branch, message: { headline: "Write" }, expectedHeadOid, fileChanges };
      return api.graphql({ query: mutation, variables: { input }, ...limits });
    },
  };
}

/** A branch `notes` with one file; gives its head. */
async function branchWithFile(server: GithubApiServer): Promise<string> {
  const { repository } = server;
  const additions = [{ path: "a/one.txt", content: Buffer.from("one\n") }];
  const tree = await repository.writeTree({ additions, deletions: [] });
  const head = await repository.writeCommit({ tree, parents: [], message: "Begin" });
  await repository.moveRef({ ref: "refs/heads/notes", to: head, before: null });
  return head;
}

function contents(text: string): string {
  return Buffer.from(text).toString("base64");
}

function types(answer: GithubAnswer): unknown {
  return answer.kind === "refused" ? answer.errors.map(({ type }) => type) : answer;
}

describe("the local GitHub API", () => {
  it("makes one commit of many files, as Git sees it too", async () => {
    const server = await githubApi();
    const head = await branchWithFile(server);
    const additions = ["b.txt", "deep/er/c.txt"].map((path) => ({ path, contents: contents(`${path} ä\n`) }));
    const answer = await client(server).commit(head, { additions, deletions: [{ path: "a/one.txt" }] });
    expect(answer.kind).toBe("done");
    expect(await server.repository.git(["ls-tree", "-r", "--name-only", "notes"])).toBe("b.txt\ndeep/er/c.txt\n");
    expect(await server.repository.git(["show", "notes:deep/er/c.txt"])).toBe("deep/er/c.txt ä\n");
    expect(await server.repository.git(["log", "--format=%s", "notes"])).toBe("Write\nBegin\n");
    expect(await server.repository.git(["fsck", "--strict"])).not.toMatch(/error|missing|dangling tree/);
  });

  it("fails the whole commit for one deletion of what is not there", async () => {
    const server = await githubApi();
    const head = await branchWithFile(server);
    const additions = [{ path: "b.txt", contents: contents("b") }];
    const answer = await client(server).commit(head, { additions, deletions: [{ path: "no.txt" }] });
    expect(answer).toMatchObject({
      kind: "refused",
      errors: [{ message: expect.stringContaining("does not exist as of") }],
    });
    expect(await server.repository.head("notes")).toBe(head);
  });

  it("refuses a commit on an old head, and on a branch that is not there", async () => {
    const server = await githubApi();
    const { commit } = client(server);
    expect(types(await commit("0".repeat(40), {}))).toEqual(["NOT_FOUND"]);
    const head = await branchWithFile(server);
    expect((await commit(head, { additions: [{ path: "b", contents: contents("b") }] })).kind).toBe("done");
    expect(types(await commit(head, { additions: [{ path: "c", contents: contents("c") }] }))).toEqual(["STALE_DATA"]);
  });

  it("lets one of two creators of a branch win", async () => {
    const server = await githubApi();
    const sha = await branchWithFile(server);
    const { post } = client(server);
    const both = await Promise.all([1, 2].map(() => post("/git/refs", { ref: "refs/heads/new", sha })));
    expect(both.map(({ kind }) => kind).sort()).toEqual(["done", "refused"]);
    expect(both.find(({ kind }) => kind === "refused")).toMatchObject({
      status: 422,
      errors: [{ message: "Reference already exists" }],
    });
  });

  it("refuses a write without the permission in GitHub's two shapes", async () => {
    const server = await githubApi();
    const head = await branchWithFile(server);
    server.world.contents = "read";
    const { post, commit } = client(server);
    expect(await post("/git/trees", { tree: [] })).toMatchObject({
      status: 403,
      errors: [{ message: "Resource not accessible by integration" }],
    });
    expect(await commit(head, {})).toMatchObject({
      status: 200,
      errors: [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }],
    });
  });

  it.each([
    ["a field of the input", { fileChange: {} }],
    ["a way to name files", { fileChanges: { additions: [{ path: "x", content: "eA==" }] } }],
    ["text that is not Base64", { fileChanges: { additions: [{ path: "x", contents: "{}" }] } }],
  ])("does not accept %s that GitHub does not know", async (_, part) => {
    const server = await githubApi();
    const head = await branchWithFile(server);
    const branch = { repositoryNameWithOwner: "acme/lists", branchName: "notes" };
    const input = { branch, message: { headline: "Write" }, expectedHeadOid: head, ...part };
    const response = await fetch(server.graphqlUrl, {
      method: "POST",
      headers: { authorization: `bearer ${token}` },
      body: JSON.stringify({ query: mutation, variables: { input } }),
    });
    expect(response.status).toBe(400);
    expect(await server.repository.head("notes")).toBe(head);
  });
});
