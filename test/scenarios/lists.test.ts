import { describe, expect, it } from "vitest";
import { boardList, CHIP, onDay, putStock, RESISTOR } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

function lastText({ sink }: Workspace): string {
  return sink.mails().at(-1)?.parsed.text ?? "";
}

describe.concurrent("a list that watches stock", () => {
  const rules = "[{ part: Chip, minimum: 8 }, { part: RES-1, minimum: 50 }]";
  const watching = `name: Watched\ncron_schedule: "0 7 * * *"\nwatch: ${rules}\nrecipients: [stock@example.com]\n`;

  it("tells what is low, and out of stock instead of low, and that it is better again", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/watched.yaml": watching } });
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 0 });
    expect(workspace.sink.mails()[0]?.parsed.subject).toBe("[Partwatch] Watched: parts short");
    putStock(workspace.inventree, CHIP, 0);
    putStock(workspace.inventree, RESISTOR, 20);
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(lastText(workspace)).toMatch(/^worse +Chip +low → out of stock /m);
    expect(lastText(workspace)).toMatch(/^new +Resistor 0402: 10k +low +– +30$/m);
    expect(inside(await workspace.state("state/watched.json"), "alerts")).toMatchObject([
      { part: RESISTOR, kind: "low", state: "active" },
      { part: CHIP, kind: "low", state: "resolved" },
      { part: CHIP, kind: "out", state: "active" },
    ]);
    putStock(workspace.inventree, CHIP, 80);
    putStock(workspace.inventree, RESISTOR, 80);
    await workspace.partwatch(["run", ...onDay(25)]);
    expect(workspace.sink.mails().at(-1)?.parsed.subject).toBe("[Partwatch] Watched: all covered");
    expect(inside(await workspace.state("state/watched.json"), "episode")).toMatchObject({ number: 1, open: false });
  });
});

describe.concurrent("a list with a silenced part", () => {
  it("lists it apart with reason and end, and tells it as new when the silence is over", async () => {
    const silences = '[{ part: Chip, until: "2026-11-25", reason: "On its way by courier" }]';
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList({ silences }) } });
    await workspace.partwatch(["run", ...onDay(23)]);
    expect(workspace.sink.mails()[0]?.parsed.subject).toBe("[Partwatch] Board batch: all covered");
    expect(lastText(workspace)).toContain("On its way by courier");
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(workspace.sink.mails()).toHaveLength(1);
    await workspace.partwatch(["run", ...onDay(26)]);
    expect(workspace.sink.mails()).toHaveLength(2);
    expect(lastText(workspace)).toMatch(/^new +Chip +short +– +5$/m);
  });
});

describe.concurrent("a list that ignores small changes", () => {
  it("tells once they add up against what was last notified", async () => {
    const fields = { significance: "{ min_change: 50% }" };
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList(fields) } });
    await workspace.partwatch(["run", ...onDay(23)]);
    const delivered = inside(await workspace.state("state/board.json"), "last_hash");
    for (const [day, stock] of [
      [24, 4],
      [25, 3],
    ] as const) {
      putStock(workspace.inventree, CHIP, stock);
      await workspace.partwatch(["run", ...onDay(day)]);
    }
    expect(workspace.sink.mails()).toHaveLength(1);
    expect(inside(await workspace.state("state/board.json"), "last_hash")).toBe(delivered);
    putStock(workspace.inventree, CHIP, 2);
    await workspace.partwatch(["run", ...onDay(26)]);
    expect(lastText(workspace)).toMatch(/^worse +Chip +short +5 +8$/m);
  });
});

describe.concurrent("a list with its mail switched off", () => {
  const off = { channels: "{ email: { active: false } }" };

  it.each([
    ["with recipients", off],
    ["without any", { ...off, recipients: "[]" }],
  ])("%s: is checked and remembered, and owes nobody anything", async (_, fields) => {
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList(fields) } });
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 0 });
    expect(workspace.sink.connections()).toBe(0);
    expect(inside(await workspace.state("runs.json"), "monitors")).toMatchObject({ board: { result: { short: 1 } } });
    expect(await workspace.partwatch(["run", ...onDay(23, 5)])).toMatchObject({
      outText: expect.stringContaining("Nothing is due."),
    });
    await workspace.write("monitors/board.yaml", boardList());
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(workspace.sink.mails().map(({ to }) => to)).toEqual([["stock@example.com"]]);
    expect(lastText(workspace)).toContain("Monitoring started");
  });
});

describe.concurrent("settings of the repository", () => {
  it("that are broken stop every list before anything is asked, and no state is lost", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList() } });
    await workspace.partwatch(["run", ...onDay(23)]);
    workspace.inventree.forgetRequests();
    await workspace.write("partwatch.yaml", "timezon: Europe/Berlin\n");
    const run = await workspace.partwatch(["run", ...onDay(24)]);
    expect(run).toMatchObject({ code: 1, outText: expect.stringMatching(/^partwatch\.yaml:1:1 timezon: .*timezone/m) });
    expect(workspace.inventree.requests()).toEqual([]);
    expect(await workspace.state("state/board.json")).toMatchObject({ id: "board" });
  });

  it("that name another instance than there is fail the lists that ask for it, and no others", async () => {
    const files = { "monitors/a.yaml": boardList({ instance: "berlin" }), "monitors/b.yaml": boardList() };
    await using workspace = await openWorkspace({ files });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({
      code: 1,
      outText: expect.stringMatching(/^monitors\/a\.yaml:6:11 instance: .*berlin/m),
    });
    expect(workspace.sink.mails().map(({ to }) => to)).toEqual([["stock@example.com"], ["admin@example.com"]]);
  });
});
