import { describe, expect, it } from "vitest";
import { boardList, CHIP, onDay, putStock, RESISTOR } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

const oneList = { files: { "monitors/board.yaml": boardList() } };

/** What the last mail says under "What changed". */
function changed({ sink }: Workspace): string {
  const text = sink.mails().at(-1)?.parsed.text ?? "";
  return /What changed\n-+\n([\s\S]*?)\n\n/.exec(text)?.[1] ?? "";
}

async function lastHash(workspace: Workspace): Promise<unknown> {
  return inside(await workspace.state("state/board.json"), "last_hash");
}

describe.concurrent("a list that tells on change", () => {
  it("tells with the first check what is short, and remembers that it told", async () => {
    await using workspace = await openWorkspace(oneList);
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 0, errText: expect.stringContaining("mail accepted for stock@example.com") });
    const [mail, ...others] = workspace.sink.mails();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: ["stock@example.com"], from: "partwatch@example.com" });
    expect(mail?.parsed.subject).toBe("[Partwatch] Board batch: parts short");
    expect(changed(workspace)).toBe("Monitoring started: this is the first check.");
    const state = await workspace.state("state/board.json");
    expect(state).toMatchObject({
      last_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      delivered: { email: { seq: 1, ref: mail?.parsed.messageId, at: "2026-11-23T07:00:00.000Z" } },
      alerts: [{ part: CHIP, kind: "short", state: "active", quantity: 5 }],
      episode: { number: 1, open: true },
    });
    expect(inside(state, "delivered", "email", "hash")).toBe(inside(state, "last_hash"));
    expect(inside(await workspace.state("runs.json"), "monitors")).toMatchObject({
      board: { last_run: { outcome: "notified", scheduled_for: "2026-11-23T07:00:00.000Z" } },
    });
  });

  it("tells with the first check also that all is covered: the mail proves delivery", async () => {
    await using workspace = await openWorkspace(oneList);
    putStock(workspace.inventree, CHIP, 50);
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 0 });
    expect(workspace.sink.mails().map(({ parsed }) => parsed.subject)).toEqual([
      "[Partwatch] Board batch: all covered",
    ]);
    expect(changed(workspace)).toBe("Monitoring started, all covered.");
  });

  it("sends no mail while nothing changes; the run is remembered, and what was told stays", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    const delivered = await workspace.git("rev-parse", "partwatch-state:state/board.json");
    const second = await workspace.partwatch(["run", ...onDay(24)]);
    expect(second).toMatchObject({ code: 0, outText: expect.stringContaining("nothing to send") });
    expect(workspace.sink.mails()).toHaveLength(1);
    expect(await workspace.git("rev-parse", "partwatch-state:state/board.json")).toBe(delivered);
    expect(inside(await workspace.state("runs.json"), "monitors")).toMatchObject({
      board: {
        last_run: { outcome: "unchanged", scheduled_for: "2026-11-24T07:00:00.000Z" },
        result: { short: 1 },
      },
    });
    expect(await workspace.state("history/board.json")).toMatchObject({
      points: [{ short: 1 }, { short: 1 }],
      recent: [{ outcome: "notified", notified: ["email"] }, { outcome: "unchanged" }],
    });
    // The first has claimed its mail and recorded it.
    expect(await workspace.commits()).toBe(3);
  });

  it("says what is new, worse, better and resolved, in one thread until all is covered", async () => {
    await using workspace = await openWorkspace(oneList);
    const { inventree, sink } = workspace;
    await workspace.partwatch(["run", ...onDay(23)]);
    const first = await lastHash(workspace);
    putStock(inventree, CHIP, 2);
    putStock(inventree, RESISTOR, 10);
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(changed(workspace)).toMatch(/^new +Resistor 0402: 10k +short +– +30$/m);
    expect(changed(workspace)).toMatch(/^worse +Chip +short +5 +8$/m);
    expect(await lastHash(workspace)).not.toBe(first);
    putStock(inventree, CHIP, 4);
    putStock(inventree, RESISTOR, 100);
    await workspace.partwatch(["run", ...onDay(25)]);
    expect(changed(workspace)).toMatch(/^better +Chip +short +8 +6$/m);
    expect(changed(workspace)).toMatch(/^resolved +Resistor 0402: 10k +short +30 +–$/m);
    putStock(inventree, CHIP, 50);
    await workspace.partwatch(["run", ...onDay(26)]);
    expect(changed(workspace)).toMatch(/^resolved +Chip +short +6 +–$/m);
    expect(sink.mails().map(({ parsed }) => parsed.subject)).toEqual([
      ...Array.from({ length: 3 }, () => "[Partwatch] Board batch: parts short"),
      "[Partwatch] Board batch: all covered",
    ]);
    const threads = new Set(sink.mails().map(({ parsed }) => parsed.references?.split(/\s+/)[0]));
    expect([...threads]).toHaveLength(1);
    expect(new Set(sink.mails().map(({ parsed }) => parsed.messageId)).size).toBe(4);
    expect(await workspace.state("state/board.json")).toMatchObject({
      delivered: { email: { seq: 4 } },
      episode: { number: 1, open: false },
    });
  });

  it("counts a shortage that returns as a new alert in a new thread", async () => {
    await using workspace = await openWorkspace(oneList);
    const { inventree, sink } = workspace;
    await workspace.partwatch(["run", ...onDay(23)]);
    putStock(inventree, CHIP, 50);
    await workspace.partwatch(["run", ...onDay(24)]);
    putStock(inventree, CHIP, 5);
    await workspace.partwatch(["run", ...onDay(25)]);
    const [first, , third] = sink.mails().map(({ parsed }) => parsed.references?.split(/\s+/)[0]);
    expect(third).not.toBe(first);
    const alerts = inside(await workspace.state("state/board.json"), "alerts");
    expect(alerts).toMatchObject([
      { state: "resolved", since: "2026-11-23T07:00:00.000Z", resolved_at: "2026-11-24T07:00:00.000Z" },
      { state: "active", since: "2026-11-25T07:00:00.000Z" },
    ]);
  });

  it("does not mail because a sub-assembly is to be built, as nothing else has changed", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    putStock(workspace.inventree, 1, 2);
    putStock(workspace.inventree, CHIP, 3);
    const run = await workspace.partwatch(["run", ...onDay(24)]);
    expect(run).toMatchObject({ code: 0, outText: expect.stringContaining("nothing to send") });
    expect(workspace.sink.mails()).toHaveLength(1);
  });

  it("says that the list was edited when its quantities were", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.write("monitors/board.yaml", boardList({ parts: "[{ name: Board, quantity: 20 }]" }));
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(changed(workspace)).toContain("The list was edited.");
    expect(changed(workspace)).toMatch(/^worse +Chip +short +5 +15$/m);
  });

  it("tells once more with --force although nothing has changed, as another mail", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    const run = await workspace.partwatch(["run", "--monitor", "board", "--force", ...onDay(23, 5)]);
    expect(run).toMatchObject({ code: 0, outText: expect.stringContaining("email (forced): stock@example.com") });
    const ids = workspace.sink.mails().map(({ parsed }) => parsed.messageId);
    expect(new Set(ids).size).toBe(2);
    expect(changed(workspace)).toBe("Nothing changed since the last mail.");
  });

  it("reminds after the time that the list sets, in the same thread, and not before", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList({ remind_after: "2d" }) },
    });
    for (const day of [23, 24, 25]) await workspace.partwatch(["run", ...onDay(day)]);
    const mails = workspace.sink.mails();
    expect(mails).toHaveLength(2);
    expect(changed(workspace)).toContain("Reminder");
    const [first, second] = mails.map(({ parsed }) => parsed.references?.split(/\s+/)[0]);
    expect(second).toBe(first);
    expect(mails[1]?.parsed.messageId).not.toBe(mails[0]?.parsed.messageId);
  });
});

describe.concurrent("a list that always tells", () => {
  const always = { files: { "monitors/board.yaml": boardList({ notify_condition: "always" }) } };

  it("tells at each occurrence of its cron, and once only", async () => {
    await using workspace = await openWorkspace(always);
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.partwatch(["run", "--all", ...onDay(23, 20)]);
    await workspace.partwatch(["run", ...onDay(23, 40)]);
    expect(workspace.sink.mails()).toHaveLength(1);
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(workspace.sink.mails()).toHaveLength(2);
    expect(changed(workspace)).toBe("Nothing changed since the last mail.");
  });
});
