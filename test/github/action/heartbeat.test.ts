import { expect, it } from "vitest";
import { startReceiver } from "../../notify/webhook/receiver.ts";
import { openRunner } from "../../support/action.ts";
import { board } from "../../support/action-lists.ts";

const SECRET = "/ping/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278";

it("the watcher hears of the action's runs, of why one is red, and of none by hand for a list or of a pull request", async () => {
  await using runner = await openRunner({ ...board, "partwatch.yaml": "heartbeat: { url_env: HEARTBEAT_URL }\n" });
  const watcher = await startReceiver();
  try {
    const env = { HEARTBEAT_URL: watcher.url + SECRET };
    let known = 0;
    const paths = () => {
      const paths = watcher.received.slice(known).map(({ path = "" }) => path.replace(/\?.*/, "").slice(SECRET.length));
      known = watcher.received.length;
      return paths;
    };
    const first = await runner.run({ event: "schedule", env });
    expect(first).toMatchObject({ code: 0, outputs: { notified: "1" } });
    expect(paths()).toEqual(["/start", ""]);
    expect(first.log).toContain(`::add-mask::${watcher.url}${SECRET}`);
    const shown = first.log.replaceAll(/^::add-mask::.*$/gm, "");
    expect(shown + first.summary).not.toContain(SECRET);

    await runner.run({ event: "workflow_dispatch", inputs: { monitors: "board" }, env });
    await runner.run({ event: "schedule", inputs: { "dry-run": "true" }, env });
    await runner.run({ event: "push", ref: "refs/heads/change", env });
    await runner.run({
      event: "pull_request",
      ref: "refs/pull/7/merge",
      inputs: { "any-branch": "true" },
      payload: {
        number: 7,
        pull_request: { head: { ref: "x", repo: { full_name: "acme/lists" } }, base: { ref: "main" } },
      },
      env,
    });
    expect(paths()).toEqual([]);

    expect(await runner.run({ event: "schedule", env: { ...env, INVENTREE_URL: "" } })).toMatchObject({ code: 1 });
    expect(watcher.received.at(-1)?.body).toMatch(/^INVENTREE_URL: is not set/);
    expect(paths()).toEqual(["/start", "/fail"]);
  } finally {
    await watcher.close();
  }
});
