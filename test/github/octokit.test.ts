import { describe, expect, it } from "vitest";
import type { GithubApi } from "../../src/core/github-api.ts";
import { connectGithub } from "../../src/github/octokit.ts";
import { primaryRateLimit, secondaryRateLimit, serverError } from "../support/github-api/answers.ts";
import { closeAfterEach, githubApi, testClock, testLog, token } from "../support/github-api/fixture.ts";
import type { GithubApiServer } from "../support/github-api/server.ts";

closeAfterEach();

const query = "query PartwatchProbe($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id } }";
const variables = { owner: "acme", name: "lists" };

interface Connected {
  readonly api: GithubApi;
  readonly clock: ReturnType<typeof testClock>;
  readonly log: ReturnType<typeof testLog>;
  readonly limits: { readonly until: Date; readonly repeatable: boolean };
}

function connect(server: GithubApiServer, withToken = token): Connected {
  const clock = testClock();
  const log = testLog();
  const { apiUrl, graphqlUrl } = server;
  const settings = { token: withToken, repository: "acme/lists", apiUrl, graphqlUrl, timeoutMs: 60_000 };
  const until = new Date(clock.now().getTime() + 60_000);
  return { api: connectGithub({ settings, clock, log }), clock, log, limits: { until, repeatable: true } };
}

describe("GitHub's API", () => {
  it("answers a query with its data", async () => {
    const { api, limits, log } = connect(await githubApi());
    const answer = await api.graphql({ query, variables, ...limits });
    expect(answer).toEqual({ kind: "done", body: { repository: { id: expect.stringMatching(/^R_/) } } });
    expect(log.lines.join("\n")).toMatch(/debug \[POST\] graphql query PartwatchProbe: 200/);
  });

  it.each([500, 502, 503, 504] as const)("is asked again after a %i, with growing waits", async (status) => {
    const server = await githubApi();
    const { api, clock, log, limits } = connect(server);
    server.misbehave({ on: /PartwatchProbe/, times: 3, how: { kind: "answer", answer: serverError(status) } });
    expect((await api.graphql({ query, variables, ...limits })).kind).toBe("done");
    expect(clock.waits).toHaveLength(3);
    expect(clock.waits[2]).toBeGreaterThan((clock.waits[0] ?? 0) * 1.5);
    expect(log.lines.filter((line) => line.startsWith("info"))).toHaveLength(3);
  });

  it("is asked again after a connection that broke", async () => {
    const server = await githubApi();
    const { api, clock, limits } = connect(server);
    server.misbehave({ on: /PartwatchProbe/, how: { kind: "drop" } });
    expect((await api.graphql({ query, variables, ...limits })).kind).toBe("done");
    expect(clock.waits).toHaveLength(1);
  });

  it("is asked again after an answer that breaks off in the middle", async () => {
    const server = await githubApi();
    const { api, clock, log, limits } = connect(server);
    server.misbehave({ on: /PartwatchProbe/, how: { kind: "cut" } });
    expect((await api.graphql({ query, variables, ...limits })).kind).toBe("done");
    expect(clock.waits).toHaveLength(1);
    expect(log.lines.join("\n")).toContain("broke off");
  });

  it.each([
    ["a login page", { status: 200, headers: { "content-type": "text/html" }, body: "<html>Sign in</html>" }],
    ["half of a JSON text", { status: 200, body: '{"data": {"repos' }],
    [
      "GraphQL's own time-out",
      {
        status: 200,
        body: {
          errors: [{ message: "Something went wrong while executing your query. This may be the result of a timeout" }],
        },
      },
    ],
  ])("is asked again after %s", async (_, answer) => {
    const server = await githubApi();
    const { api, clock, limits } = connect(server);
    server.misbehave({ on: /PartwatchProbe/, how: { kind: "answer", answer } });
    expect((await api.graphql({ query, variables, ...limits })).kind).toBe("done");
    expect(clock.waits).toHaveLength(1);
  });

  it("is not asked again when a repeat could do something twice", async () => {
    const server = await githubApi();
    const { api, clock, limits } = connect(server);
    server.misbehave({ on: /PartwatchProbe/, how: { kind: "lose" } });
    const answer = await api.graphql({ query, variables, ...limits, repeatable: false });
    expect(answer).toMatchObject({ kind: "unanswered", status: 502 });
    expect(clock.waits).toEqual([]);
  });

  it.each([403, 429] as const)("is given the time it asks for with a secondary rate limit (%i)", async (status) => {
    const server = await githubApi();
    const { api, clock, limits } = connect(server);
    server.misbehave({ on: /PartwatchProbe/, how: { kind: "answer", answer: secondaryRateLimit(status, 7) } });
    expect((await api.graphql({ query, variables, ...limits, repeatable: false })).kind).toBe("done");
    expect(clock.waits).toHaveLength(1);
    expect(clock.waits[0]).toBeGreaterThanOrEqual(7_000);
    expect(clock.waits[0]).toBeLessThan(8_000);
  });

  it("is left alone when its rate limit ends too late", async () => {
    const server = await githubApi();
    const { api, clock, limits } = connect(server);
    const resetsAt = Math.floor(clock.now().getTime() / 1000) + 1_800;
    server.misbehave({ on: /PartwatchProbe/, times: 9, how: { kind: "answer", answer: primaryRateLimit(resetsAt) } });
    const answer = await api.graphql({ query, variables, ...limits });
    expect(answer).toMatchObject({
      kind: "limited",
      status: 403,
      message: expect.stringContaining("API rate limit exceeded"),
    });
    expect(server.requests).toHaveLength(1);
  });

  it("is waited for when its rate limit ends soon", async () => {
    const server = await githubApi();
    const { api, clock, limits } = connect(server);
    const resetsAt = Math.floor(clock.now().getTime() / 1000) + 20;
    server.misbehave({ on: /PartwatchProbe/, how: { kind: "answer", answer: primaryRateLimit(resetsAt) } });
    expect((await api.graphql({ query, variables, ...limits })).kind).toBe("done");
    expect(clock.waits[0]).toBeGreaterThanOrEqual(20_000);
  });

  it("is waited for when GraphQL reports the limit beside a status of 200", async () => {
    const server = await githubApi();
    const { api, clock, limits } = connect(server);
    const resetsAt = Math.floor(clock.now().getTime() / 1000) + 20;
    const body = { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded for installation ID 4711." }] };
    const answer = { ...primaryRateLimit(resetsAt), status: 200, body };
    server.misbehave({ on: /PartwatchProbe/, how: { kind: "answer", answer } });
    expect((await api.graphql({ query, variables, ...limits, repeatable: false })).kind).toBe("done");
    expect(clock.waits[0]).toBeGreaterThanOrEqual(20_000);
  });

  it("is given some seconds when a secondary rate limit does not say how long", async () => {
    const server = await githubApi();
    const { api, clock, limits } = connect(server);
    server.misbehave({ on: /PartwatchProbe/, times: 2, how: { kind: "answer", answer: secondaryRateLimit(403) } });
    expect((await api.graphql({ query, variables, ...limits, repeatable: false })).kind).toBe("done");
    expect(clock.waits).toHaveLength(2);
    expect(Math.min(...clock.waits)).toBeGreaterThanOrEqual(2_500);
  });

  it("is given up after the time that the caller has", async () => {
    const server = await githubApi();
    const { api, clock, limits } = connect(server);
    server.misbehave({ on: /PartwatchProbe/, times: 999, how: { kind: "answer", answer: serverError(503) } });
    expect(await api.graphql({ query, variables, ...limits })).toMatchObject({ kind: "unanswered", status: 503 });
    const waited = clock.waits.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeLessThanOrEqual(60_000);
    expect(waited).toBeGreaterThan(40_000);
  });

  it("says no to a wrong token, and the token is in no message", async () => {
    const server = await githubApi();
    const { api, log, limits } = connect(server, "ghs_wrong-but-secret");
    const answer = await api.rest({ method: "GET", path: `/git/blobs/${"0".repeat(40)}`, ...limits });
    expect(answer).toMatchObject({ kind: "refused", status: 401, errors: [{ message: "Bad credentials" }] });
    expect(JSON.stringify(answer) + log.lines.join()).not.toContain("ghs_wrong");
  });

  it("hides the token even if somebody echoes it", async () => {
    const server = await githubApi();
    const { api, limits } = connect(server);
    const echo = { status: 400, body: { message: `bad header: token ${token}` } };
    server.misbehave({ on: /PartwatchProbe/, how: { kind: "answer", answer: echo } });
    const answer = await api.graphql({ query, variables, ...limits });
    expect(answer).toMatchObject({ kind: "refused", errors: [{ message: "bad header: token ***" }] });
  });

  it("refuses, on this machine, what Partwatch has no business asking", async () => {
    const { api, limits } = connect(await githubApi());
    const unknownField =
      'query PartwatchProbe { repository(owner: "acme", name: "lists") { stargazers { totalCount } } }';
    expect(await api.graphql({ query: unknownField, variables: {}, ...limits })).toMatchObject({
      kind: "refused",
      status: 400,
      errors: [{ message: expect.stringContaining("Field 'stargazers' doesn't exist on type 'Repository'") }],
    });
    expect(await api.rest({ method: "GET", path: "/stargazers", ...limits })).toMatchObject({
      kind: "refused",
      status: 400,
    });
  });

  it.each(["acme", "acme/", "/lists", "acme/lists/x", ""])("is not asked about the repository %j", (repository) => {
    const settings = { token, repository, apiUrl: "http://127.0.0.1:9", graphqlUrl: "http://127.0.0.1:9/graphql" };
    expect(() => connectGithub({ settings, clock: testClock(), log: testLog() })).toThrow(/must be owner\/name/);
  });

  it("is not asked without a token, and the missing line is named", () => {
    const settings = {
      token: "",
      repository: "acme/lists",
      apiUrl: "http://127.0.0.1:9",
      graphqlUrl: "http://127.0.0.1:9/graphql",
    };
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's syntax
    const line = 'GITHUB_TOKEN: "${{ github.token }}"';
    expect(() => connectGithub({ settings, clock: testClock(), log: testLog() })).toThrow(line);
  });
});
