import { describe, expect, it } from "vitest";
import type { Clock } from "../../../src/core/ports.ts";
import { connectGithub } from "../../../src/github/octokit.ts";
import { createIssueChannel } from "../../../src/notify/issue/channel.ts";
import { secondaryRateLimit } from "../../support/github-api/answers.ts";
import { closeAfterEach, githubApi, testClock, testLog, token } from "../../support/github-api/fixture.ts";
import { notification } from "../fixtures.ts";

closeAfterEach();

/** Tells an issue through a GitHub that is asked these two things; the run ends once `isReached`. */
async function endedWhile(
  fault: Parameters<Awaited<ReturnType<typeof githubApi>>["misbehave"]>[0],
  isReached: "asked" | "waiting",
) {
  const github = await githubApi();
  github.misbehave(fault);
  const ending = new AbortController();
  const log = testLog();
  // Whoever waits, waits for ever.
  const clock: Clock = {
    ...testClock(),
    sleep: () => {
      if (isReached === "waiting") ending.abort();
      return new Promise(() => {});
    },
  };
  const settings = { ...github, token, repository: "acme/lists" };
  const channel = createIssueChannel({
    connect: async () => connectGithub({ settings, clock, log }),
    clock,
    language: "en",
  });
  const sent = channel.notify(notification({ ending: ending.signal }), log);
  if (isReached === "asked") {
    await expect
      .poll(() => github.requests.some(({ label, status }) => fault.on.test(label) && status !== "dropped"))
      .toBe(true);
    ending.abort();
  }
  const receipt = await sent;
  const again = await channel.notify(notification({ ending: ending.signal }), log);
  return { receipt, again, requests: github.requests.map(({ label }) => label.replace(/\?.*/, "")) };
}

const [SEARCH, CREATE] = ["GET /repos/acme/lists/issues", "POST /repos/acme/lists/issues"];

describe("an issue that is not written when its run ends", () => {
  it("although GitHub has got it may be there: nobody knows, and nothing more is asked", async () => {
    const ended = await endedWhile({ on: /^POST .*\/issues$/, how: { kind: "hang" } }, "asked");
    expect(ended).toMatchObject({
      receipt: { kind: "unknown", failure: { message: expect.stringContaining("run ended before GitHub answered") } },
      again: { kind: "failed" },
    });
    expect(ended.requests.at(-1)).toBe(CREATE);
  });

  it("because its answer was lost and is looked for later may be there", async () => {
    const ended = await endedWhile({ on: /^POST .*\/issues$/, how: { kind: "lose" } }, "waiting");
    expect(ended).toMatchObject({ receipt: { kind: "unknown" }, again: { kind: "failed" } });
    expect(ended.requests.at(-1)).toBe(CREATE);
  });

  it.each([
    ["while it is only looked for", { on: /^GET .*\/issues/, how: { kind: "hang" } }, "asked", SEARCH],
    [
      "while GitHub asks for patience",
      { on: /^POST .*\/issues$/, how: { kind: "answer", answer: secondaryRateLimit(403, 60) } },
      "waiting",
      CREATE,
    ],
  ] as const)("is certainly not there %s", async (_, fault, isReached, last) => {
    const ended = await endedWhile(fault, isReached);
    expect(ended).toMatchObject({
      receipt: { kind: "failed", failure: { retryable: true } },
      again: { kind: "failed" },
    });
    expect(ended.requests.at(-1)).toBe(last);
  });
});
