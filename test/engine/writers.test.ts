import { expect, it } from "vitest";
import type { Clock } from "../../src/core/ports.ts";
import { connectGithub } from "../../src/github/octokit.ts";
import { openGithubBranch } from "../../src/state/github-branch.ts";
import { silentLog } from "../../src/system/log.ts";
import { checked, commits, open } from "../state/github-store.ts";
import { closeAfterEach, githubApi, token } from "../support/github-api/fixture.ts";

closeAfterEach();

interface Turns {
  readonly clock: (seed: number) => Clock;
  readonly done: () => void;
}

/**
 * Time for so many writers that goes on when all of them wait: then the two wake whose waits end first, and are rivals
 * again. All begin at the same moment.
 */
function turns(writers: number): Turns {
  let now = Date.UTC(2026, 10, 23, 7);
  let awake = writers;
  const asleep: { readonly at: number; readonly wake: () => void }[] = [];
  const rest = () => {
    awake -= 1;
    if (awake > 0) return;
    asleep.sort((a, b) => a.at - b.at);
    for (const { at, wake } of asleep.splice(0, 2)) {
      now = Math.max(now, at);
      awake += 1;
      wake();
    }
  };
  return {
    done: rest,
    clock: (seed) => {
      let state = seed;
      return {
        now: () => new Date(now),
        sleep: (milliseconds) =>
          new Promise((wake) => {
            asleep.push({ at: now + milliseconds, wake });
            rest();
          }),
        random: () => {
          state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
          return state / 4_294_967_296;
        },
      };
    },
  };
}

it("64 jobs of a matrix that write at once lose nothing: each has its own commit, and all they have learned is there", async () => {
  const server = await githubApi();
  const ids = Array.from({ length: 64 }, (_, index) => `list-${index + 1}`);
  const { clock, done } = turns(ids.length);
  const settings = { token, repository: "acme/lists", apiUrl: server.apiUrl, graphqlUrl: server.graphqlUrl };
  const write = async (id: string, seed: number) => {
    const own = { clock: clock(seed), log: silentLog };
    const store = openGithubBranch({ api: connectGithub({ settings, ...own }), branch: "partwatch-state", ...own });
    return store.commit(checked(id), `Check ${id}`).finally(done);
  };
  const written = await Promise.all(ids.map((id, index) => write(id, index + 1)));
  expect(new Set(written.map(({ commit }) => commit)).size).toBe(64);
  expect(written.reduce((sum, { conflicts }) => sum + conflicts, 0)).toBeGreaterThan(64);
  expect(await commits(server)).toHaveLength(64);
  const { runs, broken } = await open(server).store.read();
  expect(Object.keys(runs).sort()).toEqual(ids.toSorted());
  expect(broken).toEqual([]);
});
