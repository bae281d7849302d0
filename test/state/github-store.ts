// What the tests of the GitHub store share.
import { expect } from "vitest";
import { type Failure, failureOf } from "../../src/core/failure.ts";
import type { StateDelta } from "../../src/core/notification/state.ts";
import { connectGithub } from "../../src/github/octokit.ts";
import { openGithubBranch } from "../../src/state/github-branch.ts";
import type { StateStore } from "../../src/state/store.ts";
import { testClock, testLog, token } from "../support/github-api/fixture.ts";
import type { GithubApiServer } from "../support/github-api/server.ts";

export const branch = "partwatch-state";

export interface Opened {
  readonly store: StateStore;
  readonly clock: ReturnType<typeof testClock>;
  readonly log: ReturnType<typeof testLog>;
}

/** A store of its own clock and log on that server. */
export function open(
  server: GithubApiServer,
  more: { seed?: number; compactAfter?: number; token?: string; branch?: string; accept?: true } = {},
): Opened {
  const clock = testClock(more.seed);
  const log = testLog();
  const { apiUrl, graphqlUrl } = server;
  const settings = { token: more.token ?? token, repository: "acme/lists", apiUrl, graphqlUrl };
  const api = connectGithub({ settings, clock, log });
  const { compactAfter, accept } = more;
  const store = openGithubBranch({
    api,
    branch: more.branch ?? branch,
    clock,
    log,
    ...(compactAfter !== undefined && { compactAfter }),
    ...(accept !== undefined && { accept }),
  });
  return { store, clock, log };
}

/** What a run learned that checked these monitors and told nothing. */
export function checked(...ids: readonly string[]): StateDelta {
  const last_run = {
    scheduled_for: "2026-03-02T07:10:00Z",
    started_at: "2026-03-02T07:10:03Z",
    finished_at: "2026-03-02T07:10:05Z",
    outcome: "unchanged",
  } as const;
  return { monitors: {}, runs: Object.fromEntries(ids.map((id) => [id, { last_run }])), system: {}, removed: [] };
}

/** The subjects of the branch's commits, newest first. */
export async function commits(server: GithubApiServer, name = branch): Promise<string[]> {
  return (await server.repository.git(["log", "--format=%s", name])).trimEnd().split("\n");
}

/** The failure that people are told. */
export async function failing(promise: Promise<unknown>): Promise<Failure> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error, "it was to fail").toBeDefined();
  return failureOf(error);
}
