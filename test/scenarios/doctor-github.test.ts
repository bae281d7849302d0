import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAfterEach, githubApi, token } from "../support/github-api/fixture.ts";
import type { GithubApiServer } from "../support/github-api/server.ts";
import type { WorkflowsWorld } from "../support/github-api/workflows.ts";
import { boardList, onDay } from "../support/small-product.ts";
import { openWorkspace, type Workspace } from "../support/workspace.ts";

closeAfterEach();

const FILES = {
  "partwatch.yaml": `workflow: { action: "acme/partwatch@${"0".repeat(40)} # v1.0.0" }\n`,
  "monitors/board.yaml": boardList(),
};

/** Doctor changes nothing in it, so one is enough for all. */
let workspace: Workspace;

beforeAll(async () => {
  workspace = await openWorkspace({ files: FILES });
  await workspace.partwatch(["generate"]);
});

afterAll(() => workspace[Symbol.asyncDispose]());

/** What doctor says of GitHub on 23 November 2026, and how it ends. */
async function ask(
  github: GithubApiServer,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly said: string }> {
  const all = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: "acme/lists", GITHUB_API_URL: github.apiUrl, ...env };
  const run = await workspace.partwatch(["doctor", ...onDay(23)], { env: all });
  expect(run.stdout + run.errText).not.toContain(token);
  const lines = run.stdout.replace(/\n {2,}/g, " ").split("\n");
  return { code: run.code, said: lines.filter((line) => /^[✓!✗] GitHub/u.test(line)).join("\n") };
}

async function lookedAt(world: Partial<WorkflowsWorld>, env: Readonly<Record<string, string>> = {}) {
  const github = await githubApi();
  Object.assign(github.world.workflows, world);
  const answer = await ask(github, env);
  return { ...answer, github };
}

function daysBefore(days: number): string {
  return new Date(Date.UTC(2026, 10, 23, 7) - days * 86_400_000).toISOString();
}

function public60(state: NonNullable<WorkflowsWorld["workflow"]>["state"], days: number): Partial<WorkflowsWorld> {
  const at = daysBefore(days);
  return { visibility: "public", workflow: { state, updatedAt: at }, committedAt: at };
}

function enabled({ requests }: GithubApiServer): number {
  return requests.filter(({ label }) => label.startsWith("PUT ")).length;
}

describe("doctor says of the schedule on GitHub", () => {
  it("that it is active, and safe where the repository is not public", async () => {
    const { code, said, github } = await lookedAt({ committedAt: daysBefore(400) });
    expect(code).toBe(0);
    expect(said).toMatch(/^✓ GitHub: The workflow is active\. .* public repositories, and this one is not public\.$/);
    expect(enabled(github)).toBe(0);
  });

  it("that a public repository was active lately", async () => {
    const { said, github } = await lookedAt(public60("active", 44));
    expect(said).toBe("✓ GitHub: The workflow is active; the last activity of the repository was 44 days ago.");
    expect(enabled(github)).toBe(0);
  });

  it("that 60 idle days are near, and enables it anew, which GitHub counts as activity", async () => {
    const { code, said, github } = await lookedAt(public60("active", 50));
    expect(code).toBe(0);
    expect(said).toMatch(/^✓ GitHub: The last activity .* 50 days ago; the workflow was enabled again/);
    expect(enabled(github)).toBe(1);
  });

  it("that 60 idle days are near, with what to do, where the token may not enable it", async () => {
    const { code, said } = await lookedAt({ ...public60("active", 50), permission: "read" });
    expect(code).toBe(0);
    expect(said).toMatch(/^! GitHub, warning: .* 50 days ago: GitHub stops the schedule in 10 days\..*403/);
    expect(said).toMatch(/actions: write\. A commit to the default branch works too\.$/);
  });

  it("that GitHub had stopped it, and enables it again", async () => {
    const { code, said, github } = await lookedAt(public60("disabled_inactivity", 70));
    expect(code).toBe(0);
    expect(said).toMatch(/^! GitHub, warning: GitHub had stopped the schedule after 60 days .* enabled again now\.$/);
    expect(github.world.workflows.workflow?.state).toBe("active");
  });

  it("that GitHub had stopped it, with what to do, where the token may not enable it", async () => {
    const { code, said } = await lookedAt({ ...public60("disabled_inactivity", 70), permission: "read" });
    expect(code).toBe(1);
    expect(said).toMatch(/^✗ GitHub, broken: .*could not be enabled: \[PUT\] .*403.*→ Press “Enable workflow”/);
  });

  it("that somebody has switched it off, and leaves it so", async () => {
    const { code, said, github } = await lookedAt(public60("disabled_manually", 3));
    expect(code).toBe(1);
    expect(said).toMatch(/^✗ GitHub, broken: Somebody disabled the workflow: GitHub starts no checks\./);
    expect(enabled(github)).toBe(0);
  });

  it("that the default branch has no such workflow", async () => {
    const { code, said } = await lookedAt({ workflow: undefined });
    expect(code).toBe(1);
    expect(said).toMatch(/^✗ GitHub, broken: acme\/lists has no workflow partwatch\.yml on its default branch/);
  });

  it("that it could not be asked, which breaks nothing", async () => {
    const { code, said } = await lookedAt({ permission: "none" });
    expect(code).toBe(0);
    expect(said).toMatch(/^! GitHub, warning: .*403: Resource not accessible.*actions: read\.$/);
    const wrong = await lookedAt({}, { GITHUB_TOKEN: "ghs_wrong" });
    expect(wrong.said).toMatch(/^! GitHub, warning: .*401: Bad credentials/);
  });

  it("and of the state branch there, where it runs in a workflow", async () => {
    const github = await githubApi();
    const env = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: "acme/lists", GITHUB_API_URL: github.apiUrl };
    const run = await workspace.partwatch(["doctor"], { env: { ...env, GITHUB_ACTIONS: "true" } });
    expect(run.stdout).toMatch(/^✓ State: branch partwatch-state of acme\/lists/m);
    expect((await workspace.partwatch(["doctor"], { env })).stdout).toMatch(/^✓ State: .* of this clone/m);
  });

  it("that it was not asked for want of a token, where the clone is from GitHub", async () => {
    const github = await githubApi();
    const none = { GITHUB_TOKEN: "", GITHUB_REPOSITORY: "" };
    expect((await ask(github, none)).said).toBe("");
    await workspace.git("remote", "add", "origin", "https://github.com/acme/lists.git");
    expect((await ask(github, none)).said).toMatch(/^! GitHub, warning: .*GITHUB_TOKEN is not set/);
    expect(github.requests).toEqual([]);
  });
});
