import { describe, expect, it } from "vitest";
import { openRunner } from "../../support/action.ts";
import { board, chips, mails, reportOf, resistors } from "../../support/action-lists.ts";
import { boardList } from "../../support/small-product.ts";
import { inside } from "../../support/workspace.ts";

describe("a scheduled run", () => {
  it("checks, mails, and commits through GitHub's API; the outputs say what happened", async () => {
    await using runner = await openRunner(board);
    const result = await runner.run({ event: "schedule", payload: { schedule: "17 3 1 1 *" } });
    expect(result).toMatchObject({ code: 0, outputs: { checked: "1", notified: "1", short: "1", failed: "0" } });
    expect(mails(runner)).toEqual([["stock@example.com", "[Partwatch] Board batch: parts short"]]);
    expect(runner.sink.mails()[0]?.user).toBe("partwatch");
    expect(JSON.parse(result.outputs["message-ids"] ?? "")).toEqual([runner.sink.mails()[0]?.parsed.messageId]);
    expect(inside(reportOf(result), "monitors", 0)).toMatchObject({ id: "board", outcome: "notified", error: null });
    expect(inside(reportOf(result), "monitors", 0, "report", "summary", "short")).toBe(1);
    expect(await runner.commits()).toEqual(["Check board: notified, short 1", "Notify board"]);
    expect(inside(reportOf(result), "state", "commit")).toBe(await runner.github.repository.head("partwatch-state"));
    const hash = inside(await runner.state("state/board.json"), "last_hash");
    expect(inside(reportOf(result), "monitors", 0, "hash")).toBe(hash);
    const lastRun = inside(await runner.state("runs.json"), "monitors", "board", "last_run");
    expect(lastRun).toMatchObject({ run_url: "https://github.com/acme/lists/actions/runs/4711" });
    expect(result.annotations).toEqual([]);
  });

  it("shows the report in the step summary and, in groups, in the log", async () => {
    await using runner = await openRunner(board);
    const { summary, log } = await runner.run({ event: "schedule" });
    expect(summary).toContain("| Board batch (board) | notified | 1 | 1 | mail sent to 1 address |");
    expect(summary).toMatch(/^## Board batch: /m);
    expect(summary).toMatch(/^\| \[?Chip/m);
    expect(log.match(/^::group::.*$/gm)).toEqual(["::group::Log of the run", "::group::Reports", "::group::Overview"]);
    expect(log.match(/^::endgroup::$/gm)).toHaveLength(3);
    expect(log).toMatch(/board check: ends lines=\d+ short=1/);
    expect(log).toMatch(/^board +notified +1/m);
  });

  it("tells nobody a second time, and then commits nothing, because nothing is due", async () => {
    await using runner = await openRunner(board);
    await runner.run({ event: "schedule" });
    const asked = runner.inventree.requests().length;
    const second = await runner.run({ event: "schedule" });
    expect(second).toMatchObject({ code: 0, outputs: { checked: "0", notified: "0", "message-ids": "[]" } });
    expect(second.summary).toMatch(/Nothing is due\. Next: board, \w{3}, \d+ \w{3,4} \d{4}, \d\d:\d\d/);
    expect(mails(runner)).toHaveLength(1);
    expect(await runner.commits()).toHaveLength(2);
    expect(runner.inventree.requests()).toHaveLength(asked);
  });

  it("makes one claim and one commit for all monitors that it checks", async () => {
    await using runner = await openRunner({
      ...board,
      "monitors/chips.yaml": chips,
      "monitors/resistors.yaml": resistors,
    });
    const { outputs } = await runner.run({ event: "schedule" });
    expect(outputs).toMatchObject({ checked: "3", notified: "3" });
    expect(await runner.commits()).toEqual(["Check 3 monitors", "Notify board, chips, resistors"]);
  });

  it("tells the admins once of an InvenTree that is down, is red, and is well again by itself", async () => {
    await using runner = await openRunner({ ...board, "partwatch.yaml": "inventree: { time_budget: 60 }\n" });
    runner.inventree.faults.add({ fault: { kind: "answer", status: 403, body: { detail: "no" } } });
    const down = await runner.run({ event: "schedule" });
    expect(down).toMatchObject({ code: 1, outputs: { checked: "0", failed: "1" } });
    expect(down.annotations).toMatchObject([{ kind: "error", message: expect.stringMatching(/^board: .*403/) }]);
    expect(down.summary).toContain("### Failed");
    expect(down.summary).toMatch(/\*\*InvenTree denies Partwatch access\.\*\* Check that INVENTREE_API_TOKEN/);
    expect(inside(reportOf(down), "monitors", 0, "error", "kind")).toBe("inventree");
    await runner.run({ event: "schedule" });
    expect(mails(runner).map(([to]) => to)).toEqual(["admin@example.com"]);
    runner.inventree.faults.clear();
    expect((await runner.run({ event: "schedule" })).code).toBe(0);
    expect(mails(runner).map(([to]) => to)).toEqual(["admin@example.com", "stock@example.com", "admin@example.com"]);
  });

  it("checks the good lists beside a broken one, and is red at its line", async () => {
    await using runner = await openRunner({
      ...board,
      "monitors/bad.yaml": boardList({ cron_schedule: '"61 7 * * *"' }),
    });
    const result = await runner.run({ event: "schedule" });
    expect(result).toMatchObject({ code: 1, outputs: { checked: "1", notified: "1", failed: "1" } });
    expect(result.annotations).toMatchObject([{ kind: "error", file: "monitors/bad.yaml", line: 2 }]);
    expect(result.summary).toMatch(/monitors\/bad\.yaml:2:\d+ cron\\_schedule/);
  });
});

describe("a push to the default branch", () => {
  it("checks the monitor that it added, at once", async () => {
    await using runner = await openRunner(board);
    await runner.run({ event: "schedule" });
    await runner.write("monitors/chips.yaml", chips);
    const { code, outputs } = await runner.run({ event: "push" });
    expect({ code, ...outputs }).toMatchObject({ code: 0, checked: "1", notified: "1" });
    expect(await runner.commits()).toEqual([
      "Check chips: notified, short 0",
      "Notify chips",
      "Check board: notified, short 1",
      "Notify board",
    ]);
  });

  it("to another branch is a dry run, unless it is told otherwise", async () => {
    await using runner = await openRunner(board);
    const ref = "refs/heads/wip/boards";
    const dry = await runner.run({ event: "push", ref });
    expect(dry).toMatchObject({ code: 0, outputs: { checked: "1", notified: "0", short: "1" } });
    expect(dry.annotations).toMatchObject([{ kind: "notice", message: expect.stringContaining("dry run") }]);
    expect(dry.summary).toContain("Dry run: nobody was notified, and nothing was recorded.");
    expect(mails(runner)).toEqual([]);
    expect(await runner.commits()).toEqual([]);
    await runner.run({ event: "push", ref, inputs: { "any-branch": "true" } });
    expect(mails(runner)).toHaveLength(1);
    expect(await runner.commits()).toHaveLength(2);
  });

  it("of a tag that is named like the default branch is a dry run", async () => {
    await using runner = await openRunner(board);
    await runner.run({ event: "push", ref: "refs/tags/main" });
    expect(mails(runner)).toEqual([]);
  });
});
