import { describe, expect, it } from "vitest";
import { type ActionRun, openRunner, type Runner, SECRETS } from "../../support/action.ts";
import { board, chips, mails, YEARLY } from "../../support/action-lists.ts";
import { shownLog } from "../../support/action-log.ts";
import { type Gitea, startGitea } from "../../support/gitea/server.ts";
import { commentByHand, openPull } from "../../support/github-api/pull-comments.ts";
import { boardList } from "../../support/small-product.ts";
import { inside } from "../../support/workspace.ts";

const action = `https://github.com/acme/partwatch@${"0123456789abcdef".repeat(3).slice(0, 40)} # v0.1.0`;
const settings = `schedule: { target: gitea }\nworkflow: { folder: .gitea, action: "${action}" }\n`;

/** A checkout of a Gitea's repository, as actions/checkout leaves it without credentials. */
async function openOn(files: Readonly<Record<string, string>>): Promise<{
  readonly runner: Runner;
  readonly gitea: Gitea;
  readonly run: (run: ActionRun) => ReturnType<Runner["run"]>;
}> {
  const runner = await openRunner({ "partwatch.yaml": settings, ...files });
  const gitea = await startGitea(runner.github.world, { token: SECRETS.github });
  await runner.git("remote", "add", "origin", `${gitea.url}/acme/lists`);
  const run = (one: ActionRun) => runner.run({ ...one, env: { ...gitea.env, ...one.env } });
  return { runner, gitea, run };
}

describe("the action on Gitea", () => {
  it("keeps the state on a branch that Git pushes with the job's token, which stays nowhere", async () => {
    const { runner, gitea, run } = await openOn(board);
    await using _ = runner;
    await using __ = gitea;
    // A checkout that kept its credentials would send a second header, which is refused.
    await runner.git("config", `http.${gitea.url}/.extraheader`, "AUTHORIZATION: basic bm9ib2R5Om5vdGhpbmc=");
    const first = await run({ event: "schedule" });
    expect(first).toMatchObject({ code: 0, outputs: { checked: "1", notified: "1", failed: "0" } });
    expect(await runner.commits()).toEqual(["Check board: notified, short 1", "Notify board"]);
    expect(mails(runner)).toHaveLength(1);
    const lastRun = inside(await runner.state("runs.json"), "monitors", "board", "last_run");
    expect(lastRun).toMatchObject({ run_url: `${gitea.url}/acme/lists/actions/runs/4711` });
    expect(runner.sink.mails()[0]?.parsed.text).toContain(
      `${gitea.url}/acme/lists/src/branch/main/monitors/board.yaml`,
    );
    expect(runner.github.requests).toEqual([]);
    expect(gitea.requests.filter((one) => !one.startsWith("git-"))).toEqual([]);
    const header = Buffer.from(`x-access-token:${SECRETS.github}`).toString("base64");
    const left = [await runner.git("config", "--list"), shownLog(first.log), first.summary].join("\n");
    expect(left).not.toContain(header);
    expect(left).not.toContain(SECRETS.github);

    const second = await run({ event: "schedule", env: { FORGEJO_ACTIONS: "true" } });
    expect(second.log).toMatch(/Nothing is due\. Next: board, /);
    expect(mails(runner)).toHaveLength(1);

    // What the summary would show is in the log, with this forge's own pages.
    runner.inventree.faults.add({ fault: { kind: "answer", status: 403, body: { detail: "no" } } });
    const down = await run({ event: "schedule", inputs: { all: "true" } });
    expect(down.log).toMatch(/::group::What to do\n(?:.*\n)*InvenTree denies Partwatch access\. Check that /);
    const unset = await run({ event: "schedule", env: { INVENTREE_URL: "" } });
    expect(unset.log).toContain(`Secrets and variables are set at ${gitea.url}/acme/lists/settings/actions/secrets;`);

    gitea.mayWrite = false;
    runner.inventree.faults.clear();
    const refused = await run({ event: "schedule", inputs: { all: "true", force: "true" } });
    expect(refused.code).toBe(1);
    expect(refused.log).toMatch(/The job's token may not do that\. Run `partwatch generate`, or add .*contents: write/);
    expect(mails(runner).filter(([to]) => to !== "admin@example.com")).toHaveLength(1);
  });

  it("refuses issues in a sentence, before anything is asked; and on GitHub a remote means Git", async () => {
    const { runner, gitea, run } = await openOn({
      "monitors/board.yaml": boardList({ ...YEARLY, channels: "{ issue: { active: true, labels: [stock] } }" }),
    });
    await using _ = runner;
    await using __ = gitea;
    const { code, annotations } = await run({ event: "schedule" });
    expect(code).toBe(1);
    expect(annotations).toMatchObject([
      { message: expect.stringMatching(/channels\.issue.*works on GitHub only: Gitea/) },
    ]);
    expect(runner.inventree.requests()).toEqual([]);
    expect(gitea.requests).toEqual([]);
    const invalid = await run({ event: "push", inputs: { command: "validate" } });
    expect(invalid.annotations).toMatchObject([{ file: "monitors/board.yaml", kind: "error" }]);

    // On GitHub as well, where partwatch.yaml names a remote: by Git, and not through the API.
    await runner.write("monitors/board.yaml", boardList(YEARLY));
    await runner.write("partwatch.yaml", "state: { remote: origin }\n");
    const env = { GITHUB_SERVER_URL: gitea.url };
    expect(await runner.run({ event: "schedule", env })).toMatchObject({ code: 0, outputs: { notified: "1" } });
    expect(await runner.commits()).toEqual(["Check board: notified, short 1", "Notify board"]);
    expect(runner.github.requests).toEqual([]);
  });

  it("previews a branch that is checked out as it is, and says in the log how stale workflows are written", async () => {
    const { runner, gitea, run } = await openOn(board);
    await using _ = runner;
    await using __ = gitea;
    const pull = openPull(runner.github.world.pulls, 7);
    // A page is full whatever page is asked for: that must have an end.
    for (let at = 0; at < 120; at += 1) commentByHand(runner.github.world.pulls, pull, `Comment ${at}`);
    await runner.git("switch", "--quiet", "--create", "change");
    await runner.write("monitors/chips.yaml", chips);
    await runner.git("add", "--all");
    await runner.git("commit", "--quiet", "--message=Add chips");
    const head = await runner.git("rev-parse", "HEAD");
    await runner.git("switch", "--quiet", "main");
    await runner.write("monitors/resistors.yaml", boardList({ ...YEARLY, name: "Resistors" }));
    await runner.git("add", "--all");
    await runner.git("commit", "--quiet", "--message=Go on elsewhere");
    const base = await runner.git("rev-parse", "HEAD");
    await runner.git("switch", "--quiet", "--detach", head);
    const of = { ref: "change", sha: head, repo: { full_name: "acme/lists" } };
    const event = {
      event: "pull_request",
      ref: "refs/pull/7/head",
      payload: { number: 7, pull_request: { number: 7, head: of, base: { ref: "main", sha: base } } },
    };
    const preview = await run({ ...event, inputs: { command: "preview" } });
    expect(preview).toMatchObject({ code: 0, outputs: { checked: "1", failed: "0" } });
    expect(pull.comments).toHaveLength(121);
    // What others did meanwhile is none of its changes.
    expect(pull.comments.at(-1)?.body).toContain("Monitors: 1 added.");
    expect(preview.log).toMatch(/::group::Preview\n/);

    const stale = await run({ ...event, inputs: { command: "generate-check" } });
    expect(stale.code).toBe(1);
    expect(stale.annotations[0]?.message).toContain(
      `Create it at ${gitea.url}/acme/lists/_new/change/.gitea/workflows/partwatch-pull-request.yml from the log`,
    );
    expect(stale.log).toContain("git clone https://github.com/acme/partwatch ../partwatch");
  });
});
