import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { openRunner, type Runner, SECRETS } from "../support/action.ts";
import { board, chips, fork, mails, resistors } from "../support/action-lists.ts";
import { ACTION, execute, type Workflow } from "../support/engine.ts";
import { needs } from "../support/needs.ts";
import { boardList } from "../support/small-product.ts";
import { findTool } from "../support/tools.ts";

const act = findTool("act");
const PROGRAM = join(import.meta.dirname, "../../dist/cli.mjs");
const VALIDATE = "Validate monitors and settings";
const COMPARE = "Compare the workflows with the monitors";
const CHECK = "Check, notify and record";

/** A repository with these lists and the workflows that `partwatch generate` writes for them. */
async function openRepository(
  files: Readonly<Record<string, string>>,
  settings: readonly string[] = [],
): Promise<Runner> {
  const config = ["workflow:", `  action: "${ACTION} # v1.0.0"`, ...settings, ""].join("\n");
  const runner = await openRunner({ ...files, "partwatch.yaml": config });
  await promisify(execFile)(process.execPath, [PROGRAM, "-C", runner.root, "generate"]);
  await runner.git("add", "--all");
  await runner.git("commit", "--quiet", "--message=Generate the workflows");
  await runner.git("remote", "add", "origin", "https://github.com/acme/lists.git");
  return runner;
}

const run = (runner: Runner, workflow: Pick<Workflow, "event" | "payload">) =>
  execute(act ?? "", runner, { file: "partwatch.yml", withSettings: true, ...workflow });

/** By hand, as GitHub hands over what somebody has typed. */
const byHand = (runner: Runner, inputs: Readonly<Record<string, string>>) =>
  run(runner, { event: "workflow_dispatch", payload: { inputs } });

const pullRequest = (runner: Runner) =>
  execute(act ?? "", runner, {
    file: "partwatch-pull-request.yml",
    event: "pull_request",
    payload: fork.payload,
    withSettings: false,
  });

describe("the generated workflow, executed", needs("act", act !== undefined), () => {
  it("on its schedule checks, mails, and commits to the state branch", async () => {
    await using runner = await openRepository(board);
    const { code, outputs, steps, log } = await run(runner, { event: "schedule", payload: { schedule: "17 3 1 1 *" } });
    expect({ code, step: steps[CHECK] }).toEqual({ code: 0, step: "success" });
    expect(mails(runner)).toEqual([["stock@example.com", "[Partwatch] Board batch: parts short"]]);
    expect(await runner.commits()).toEqual(["Check board: notified, short 1", "Notify board"]);
    expect(outputs).toMatchObject({ checked: "1", notified: "1", short: "1", failed: "0" });
    expect(JSON.parse(outputs["message-ids"] ?? "")).toEqual([runner.sink.mails()[0]?.parsed.messageId]);
    expect(JSON.parse(outputs["report-json"] ?? "")).toMatchObject({
      monitors: [{ id: "board", outcome: "notified" }],
    });
    const shown = log.split("\n").filter((line) => !line.includes('"command":"add-mask"'));
    for (const secret of Object.values(SECRETS)) expect(shown.filter((line) => line.includes(secret))).toEqual([]);
    const again = await run(runner, { event: "schedule" });
    expect(again).toMatchObject({ code: 0, outputs: { checked: "0", notified: "0" } });
    expect(mails(runner)).toHaveLength(1);
    expect(await runner.commits()).toHaveLength(2);
  });

  it("on a push to the default branch checks the list that was added", async () => {
    await using runner = await openRepository(board);
    await run(runner, { event: "push", payload: { ref: "refs/heads/main" } });
    await runner.write("monitors/chips.yaml", chips);
    const { code, outputs } = await run(runner, { event: "push", payload: { ref: "refs/heads/main" } });
    expect({ code, ...outputs }).toMatchObject({ code: 0, checked: "1", notified: "1" });
    expect(await runner.commits()).toEqual([
      "Check chips: notified, short 0",
      "Notify chips",
      "Check board: notified, short 1",
      "Notify board",
    ]);
  });

  it("by hand checks the monitor that is named, and by force tells again", async () => {
    await using runner = await openRepository({ ...board, "monitors/chips.yaml": chips });
    const named = await byHand(runner, { monitor: "chips", force: "false", dry_run: "false" });
    expect(named).toMatchObject({ code: 0, outputs: { checked: "1", notified: "1" } });
    const again = await byHand(runner, { monitor: "chips", force: "false", dry_run: "false" });
    expect(again).toMatchObject({ code: 0, outputs: { checked: "1", notified: "0" } });
    const forced = await byHand(runner, { monitor: "chips", force: "true", dry_run: "false" });
    expect(forced).toMatchObject({ code: 0, outputs: { checked: "1", notified: "1" } });
    expect(mails(runner).map(([, subject]) => subject)).toEqual([
      "[Partwatch] Chips: all covered",
      "[Partwatch] Chips: all covered",
    ]);
  });

  it("by hand without a name checks what is due; a dry run touches nothing", async () => {
    await using runner = await openRepository(board);
    const dry = await byHand(runner, { monitor: "", force: "false", dry_run: "true" });
    expect(dry).toMatchObject({ code: 0, outputs: { checked: "1", notified: "0", short: "1" } });
    expect(mails(runner)).toEqual([]);
    expect(await runner.commits()).toEqual([]);
    const real = await byHand(runner, { monitor: "", force: "false", dry_run: "false" });
    expect(real).toMatchObject({ code: 0, outputs: { checked: "1", notified: "1" } });
    expect(await runner.commits()).toHaveLength(2);
  });

  it("by repository_dispatch checks only the lists that reach the parts", async () => {
    await using runner = await openRepository({
      ...board,
      "monitors/chips.yaml": chips,
      "monitors/resistors.yaml": resistors,
    });
    const payload = { action: "partwatch-check", client_payload: { parts: ["RES-1"] } };
    const { code, outputs } = await run(runner, { event: "repository_dispatch", payload });
    expect({ code, ...outputs }).toMatchObject({ code: 0, checked: "2", notified: "2" });
    expect(mails(runner).map(([, subject]) => subject)).toEqual([
      "[Partwatch] Board batch: parts short",
      "[Partwatch] Resistors: all covered",
    ]);
  });

  it("is red while InvenTree refuses the token, and the admins have a mail", async () => {
    await using runner = await openRepository(board);
    runner.inventree.faults.add({ fault: { kind: "answer", status: 401, body: { detail: "Invalid token." } } });
    const { code, steps, outputs } = await run(runner, { event: "schedule" });
    expect({ code, step: steps[CHECK], failed: outputs.failed }).toEqual({ code: 1, step: "failure", failed: "1" });
    expect(mails(runner).map(([to]) => to)).toEqual(["admin@example.com"]);
  });

  it("runs the steps before, and not at all where its condition does not hold", async () => {
    const before = ["  steps_before: [{ name: Join the network, run: echo joined }]", "  if: vars.PARTWATCH == 'on'"];
    await using runner = await openRepository(board, [...before, "schedule: { mode: tick }"]);
    const off = await run(runner, { event: "schedule" });
    expect(off).toMatchObject({ code: 0, outputs: {}, steps: {} });
    expect(mails(runner)).toEqual([]);
    const on = await execute(act ?? "", runner, {
      file: "partwatch.yml",
      event: "schedule",
      withSettings: true,
      variables: { PARTWATCH: "on" },
    });
    expect(Object.keys(on.steps)).toEqual(["Check out the monitors", "Join the network", CHECK]);
    expect(mails(runner)).toHaveLength(1);
  });
});

describe(
  "the generated workflow for pull requests, executed without any secret",
  needs("act", act !== undefined),
  () => {
    it("is green for good lists", async () => {
      await using runner = await openRepository({ ...board, "monitors/chips.yaml": chips });
      const { code, steps } = await pullRequest(runner);
      expect({ code, ...steps }).toMatchObject({ code: 0, [VALIDATE]: "success", [COMPARE]: "success" });
      expect(runner.inventree.requests()).toEqual([]);
    });

    it("is red for a bad list", async () => {
      await using runner = await openRepository(board);
      await runner.write("monitors/bad.yaml", boardList({ cron_schedule: '"61 7 * * *"' }));
      const { code, steps } = await pullRequest(runner);
      expect({ code, ...steps }).toMatchObject({ code: 1, [VALIDATE]: "failure", [COMPARE]: "failure" });
    });

    it("is red for a workflow that no longer fits the lists", async () => {
      await using runner = await openRepository(board);
      await runner.write("monitors/chips.yaml", chips.replace("17 3", "18 3"));
      const { code, steps } = await pullRequest(runner);
      expect({ code, ...steps }).toMatchObject({ code: 1, [VALIDATE]: "success", [COMPARE]: "failure" });
    });
  },
);
