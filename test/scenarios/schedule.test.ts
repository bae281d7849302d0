import { describe, expect, it } from "vitest";
import { boardList, CHIP, onDay, putStock } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

const oneList = { files: { "monitors/board.yaml": boardList() } };

async function lastRun(workspace: Workspace, id = "board"): Promise<unknown> {
  return inside(await workspace.state("runs.json"), "monitors", id, "last_run");
}

describe.concurrent("a run of what is due", () => {
  it("checks a new list at once, for the latest occurrence of its cron", async () => {
    await using workspace = await openWorkspace(oneList);
    expect(await workspace.partwatch(["run", ...onDay(23, -30)])).toMatchObject({ code: 0 });
    expect(await lastRun(workspace)).toMatchObject({ scheduled_for: "2026-11-22T07:00:00.000Z" });
  });

  it("leaves alone what is not due: it asks nothing, tells nobody, commits nothing", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    workspace.inventree.forgetRequests();
    const run = await workspace.partwatch(["run", ...onDay(23, 59)]);
    expect(run).toMatchObject({
      code: 0,
      outText: expect.stringContaining("Nothing is due. Next: board, Tue, 24 Nov 2026, 07:00 UTC."),
    });
    expect(workspace.inventree.requests()).toEqual([]);
    expect(await workspace.commits()).toBe(2);
  });

  it("makes one check of however many occurrences were missed", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(20)]);
    await workspace.partwatch(["run", ...onDay(27, 90)]);
    expect(await lastRun(workspace)).toMatchObject({ scheduled_for: "2026-11-27T07:00:00.000Z" });
    expect(await workspace.commits()).toBe(3);
    expect(await workspace.partwatch(["run", ...onDay(27, 95)])).toMatchObject({
      outText: expect.stringContaining("Nothing is due."),
    });
  });

  it("takes the list's cron in the list's zone, through a change of clocks", async () => {
    const list = boardList({ cron_schedule: '"30 2 * * *"', timezone: "Europe/Berlin" });
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": list } });
    for (const now of ["2026-03-28T02:00:00+01:00", "2026-03-29T04:00:00+02:00", "2026-03-30T02:30:00+02:00"])
      await workspace.partwatch(["run", "--now", now]);
    // 02:30 does not exist on the 29th: it counts at 03:00 summer time, which is 01:00 UTC.
    const history = inside(await workspace.state("history/board.json"), "points");
    expect(history).toMatchObject([
      { at: "2026-03-28T01:00:00.000Z" },
      { at: "2026-03-29T02:00:00.000Z" },
      { at: "2026-03-30T00:30:00.000Z" },
    ]);
    expect(await lastRun(workspace)).toMatchObject({ scheduled_for: "2026-03-30T00:30:00.000Z" });
  });

  it("is tried again after a failure, although no further occurrence has come", async () => {
    await using workspace = await openWorkspace(oneList);
    workspace.inventree.faults.add({ fault: { kind: "answer", status: 403, body: {} } });
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 1 });
    workspace.inventree.faults.clear();
    expect(await workspace.partwatch(["run", ...onDay(23, 5)])).toMatchObject({ code: 0 });
    expect(await lastRun(workspace)).toMatchObject({ outcome: "notified", scheduled_for: "2026-11-23T07:00:00.000Z" });
  });

  it("records an occurrence as skipped that is older than max_lateness, and checks nothing", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList({ max_lateness: "2h" }) },
    });
    await workspace.partwatch(["run", ...onDay(23)]);
    workspace.inventree.forgetRequests();
    putStock(workspace.inventree, CHIP, 1);
    expect(await workspace.partwatch(["run", ...onDay(24, 121)])).toMatchObject({ code: 0 });
    expect(await lastRun(workspace)).toMatchObject({ outcome: "skipped", scheduled_for: "2026-11-24T07:00:00.000Z" });
    expect(workspace.inventree.requests()).toEqual([]);
    expect(workspace.sink.mails()).toHaveLength(1);
    await workspace.partwatch(["run", ...onDay(25, 119)]);
    expect(workspace.sink.mails()).toHaveLength(2);
  });

  it("checks several lists with one reading of InvenTree, one claim of all and one commit of what happened", async () => {
    const lists = ["a", "b", "c"].map((id) => [`monitors/${id}.yaml`, boardList({ name: id })] as const);
    await using workspace = await openWorkspace({ files: Object.fromEntries(lists) });
    await workspace.partwatch(["run", ...onDay(23)]);
    const paths = workspace.inventree.requests().map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(await workspace.commits()).toBe(2);
    expect(await workspace.git("log", "-1", "--format=%B", "partwatch-state")).toMatch(
      /^Check 3 monitors\n\na: notified/,
    );
  });
});

describe.concurrent("a run of what somebody names", () => {
  it("checks the named list, and leaves its schedule as it was", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    putStock(workspace.inventree, CHIP, 1);
    const run = await workspace.partwatch(["run", "--monitor", "board", ...onDay(23, 30)]);
    expect(run).toMatchObject({ code: 0, outText: expect.stringContaining("email (changed)") });
    expect(await lastRun(workspace)).toMatchObject({
      scheduled_for: "2026-11-23T07:00:00.000Z",
      manual_at: "2026-11-23T07:30:00.000Z",
    });
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(await lastRun(workspace)).toMatchObject({
      scheduled_for: "2026-11-24T07:00:00.000Z",
      manual_at: "2026-11-23T07:30:00.000Z",
    });
  });

  it("leaves a list new to its schedule that was only ever run by hand", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", "--monitor", "board", ...onDay(23, 30)]);
    expect(inside(await lastRun(workspace), "scheduled_for")).toBeUndefined();
    await workspace.partwatch(["run", ...onDay(23, 40)]);
    expect(await lastRun(workspace)).toMatchObject({ scheduled_for: "2026-11-23T07:00:00.000Z" });
    expect(workspace.sink.mails()).toHaveLength(1);
  });

  it("checks all active lists with --all, and no inactive one", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/a.yaml": boardList(), "monitors/b.yaml": boardList({ active: "false" }) },
    });
    await workspace.partwatch(["run", "--all", ...onDay(23, 30)]);
    expect(Object.keys(Object(inside(await workspace.state("runs.json"), "monitors"))).sort()).toEqual(["a"]);
    expect(await lastRun(workspace, "a")).toMatchObject({ manual_at: "2026-11-23T07:30:00.000Z" });
  });

  it("checks an inactive list that is named, with a notice", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/b.yaml": boardList({ active: "false" }) } });
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({
      code: 0,
      outText: expect.stringContaining("Nothing is due. No list is active."),
    });
    const run = await workspace.partwatch(["run", "--monitor", "b", ...onDay(23)]);
    expect(run).toMatchObject({ code: 0, errText: expect.stringContaining("is inactive") });
    expect(workspace.sink.mails()).toHaveLength(1);
  });

  it("fails for a list that is not there or broken, and checks the others that were named, in whatever case", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.write("monitors/half.yaml", "name: Half done\n");
    const run = await workspace.partwatch(["run", "--monitor", "nobody", "BOARD", "half", ...onDay(23)]);
    expect(run.code).toBe(1);
    expect(run.outText).toContain("There is no monitor nobody. There are: board.");
    expect(run.outText).toContain("half: monitors/half.yaml cannot be used, so it was not checked.");
    expect(workspace.sink.mails().filter(({ parsed }) => parsed.subject?.includes("parts short"))).toHaveLength(1);
  });
});

describe.concurrent("a dry run", () => {
  it("shows what would be told, and touches nothing", async () => {
    await using workspace = await openWorkspace(oneList);
    const refs = await workspace.git("for-each-ref");
    const run = await workspace.partwatch(["run", "--dry-run", ...onDay(23)], {
      env: { EMAIL_SMTP_SERVER: undefined, EMAIL_SENDER_ADDRESS: undefined },
    });
    expect(run).toMatchObject({ code: 0, outText: expect.stringContaining("would be notified by email (first)") });
    expect(run.stdout).toMatch(/^Chip +IC-1 +10 +5 +5 /m);
    expect(workspace.sink.connections()).toBe(0);
    expect(await workspace.git("for-each-ref")).toBe(refs);
    expect(await workspace.git("status", "--porcelain")).toBe("");
    expect(await workspace.git("count-objects", "-v")).toMatch(/^count: [0-9]$/m);
  });
});
