import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { openRunner, type Runner, SECRETS } from "../support/action.ts";
import { board, fork, mails, YEARLY } from "../support/action-lists.ts";
import { ACTION, execute } from "../support/engine.ts";
import { openPull } from "../support/github-api/pull-comments.ts";
import { needs } from "../support/needs.ts";
import { NUMBER, payloadOf, propose } from "../support/pull-request.ts";
import { boardList } from "../support/small-product.ts";
import { findTool } from "../support/tools.ts";

const act = findTool("act");
const PROGRAM = join(import.meta.dirname, "../../dist/cli.mjs");
const SHOW = "Show what the change does";

async function openRepository(): Promise<Runner> {
  const runner = await openRunner({ ...board, "partwatch.yaml": `workflow: { action: "${ACTION} # v1.0.0" }\n` });
  await promisify(execFile)(process.execPath, [PROGRAM, "-C", runner.root, "generate"]);
  await runner.git("add", "--all");
  await runner.git("commit", "--quiet", "--message=Generate the workflows");
  await runner.git("remote", "add", "origin", "https://github.com/acme/lists.git");
  return runner;
}

const run = async (runner: Runner, payload: Readonly<Record<string, unknown>>, withSettings: boolean) =>
  execute(act ?? "", runner, { file: "partwatch-pull-request.yml", event: "pull_request", payload, withSettings });

describe("the generated workflow for pull requests, executed", needs("act", act !== undefined), () => {
  it("shows in one comment what a branch of the repository changes, and tells nobody", async () => {
    await using runner = await openRepository();
    const pull = openPull(runner.github.world.pulls, NUMBER);
    await propose(runner, {
      "monitors/board.yaml": boardList({ ...YEARLY, parts: "[{ name: Board, quantity: 12 }]" }),
    });
    const first = await run(runner, await payloadOf(runner), true);
    expect({ code: first.code, step: first.steps[SHOW] }).toEqual({ code: 0, step: "success" });
    await run(runner, await payloadOf(runner), true);
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toContain("| worse | Chip | short | 5 | 7 |");
    expect(mails(runner)).toEqual([]);
    expect(await runner.commits()).toEqual([]);
    const shown = first.log.split("\n").filter((line) => !line.includes('"command":"add-mask"'));
    for (const secret of Object.values(SECRETS)) expect(shown.filter((line) => line.includes(secret))).toEqual([]);
  });

  it("leaves the preview out for a fork", async () => {
    await using runner = await openRepository();
    const pull = openPull(runner.github.world.pulls, NUMBER);
    const { code, steps } = await run(runner, fork.payload, false);
    expect({ code, show: steps[SHOW] }).toEqual({ code: 0, show: undefined });
    expect(pull.comments).toEqual([]);
    expect(runner.inventree.requests()).toEqual([]);
  });
});
