import { describe, expect, it } from "vitest";
import { boardList, CHIP, onDay, putStock, RESISTOR } from "../support/small-product.ts";
import { inside, openWorkspace } from "../support/workspace.ts";

describe("a part that is short every other day", () => {
  it("is told when it has settled, and resolved when that has settled; a check by hand counts nothing", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList({ for: "2", recover: "2" }) },
    });
    const { sink, inventree } = workspace;
    const subjects = () => sink.mails().map(({ parsed }) => parsed.subject);
    const covered = "[Partwatch] Board batch: all covered";
    putStock(inventree, CHIP, 20);
    await workspace.partwatch(["run", ...onDay(20)]);
    expect(subjects()).toEqual([covered]);
    for (const [date, stock] of [
      [21, 5],
      [22, 20],
      [23, 5],
    ] as const) {
      putStock(inventree, CHIP, stock);
      await workspace.partwatch(["run", ...onDay(date)]);
    }
    await workspace.partwatch(["run", "--monitor", "board", ...onDay(23, 30)]);
    expect(subjects()).toEqual([covered]);
    expect(inside(await workspace.state("state/board.json"), "settling", "waiting")).toEqual([
      { kind: "short", part: CHIP, checks: 1 },
    ]);
    const preview = async (...day: Parameters<typeof onDay>) =>
      (await workspace.partwatch(["preview", "board", ...onDay(...day)])).outText;
    expect(await preview(23, 30)).toContain("would notify nobody now");
    expect(await preview(24)).toContain("A run would notify stock@example.com (changed)");
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(subjects()).toEqual([covered, "[Partwatch] Board batch: parts short"]);
    putStock(inventree, CHIP, 20);
    await workspace.partwatch(["run", ...onDay(25)]);
    expect(subjects()).toHaveLength(2);
    await workspace.partwatch(["run", ...onDay(26)]);
    expect(subjects()).toEqual([covered, "[Partwatch] Board batch: parts short", covered]);
  });

  it("is told before it is all covered: no mail says so of what is short again the next day", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList({ recover: "2" }) } });
    const { sink, inventree } = workspace;
    const checkOn = async (date: number, stock: { readonly chips: number; readonly resistors: number }) => {
      putStock(inventree, CHIP, stock.chips);
      putStock(inventree, RESISTOR, stock.resistors);
      await workspace.partwatch(["run", ...onDay(date)]);
      return sink.mails().map(({ parsed }) => parsed.subject?.replace("[Partwatch] Board batch: ", ""));
    };
    expect(await checkOn(20, { chips: 5, resistors: 30 })).toEqual(["parts short"]);
    expect(await checkOn(21, { chips: 20, resistors: 30 })).toEqual(["parts short"]);
    expect(await checkOn(22, { chips: 20, resistors: 100 })).toEqual(["parts short"]);
    expect(await checkOn(23, { chips: 20, resistors: 30 })).toEqual(["parts short", "parts short"]);
    expect(sink.mails()[1]?.parsed.text).toMatch(/^resolved +Chip +short +5 +–$/m);
    await checkOn(24, { chips: 20, resistors: 100 });
    expect(await checkOn(25, { chips: 20, resistors: 100 })).toEqual(["parts short", "parts short", "all covered"]);
  });

  it("is no reason for a reminder on the day it is covered", async () => {
    const list = boardList({ recover: "2", remind_after: "1d" });
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": list } });
    await workspace.partwatch(["run", ...onDay(20)]);
    putStock(workspace.inventree, CHIP, 20);
    await workspace.partwatch(["run", ...onDay(21)]);
    expect(workspace.sink.mails()).toHaveLength(1);
    putStock(workspace.inventree, CHIP, 5);
    await workspace.partwatch(["run", ...onDay(22)]);
    expect(workspace.sink.mails()).toHaveLength(2);
  });

  it("stands as last settled in everything that is shown, and stays acknowledged", async () => {
    const list = boardList({ for: "2", recover: "2", parts: "[{ name: Board, quantity: 10 }]" });
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": list } });
    const { sink, inventree } = workspace;
    const alerts = async () => inside(await workspace.state("state/board.json"), "alerts");
    await workspace.partwatch(["run", ...onDay(20)]);
    await workspace.partwatch(["ack", "board", "chip", "--by", "Ann"]);
    putStock(inventree, CHIP, 20);
    putStock(inventree, RESISTOR, 30);
    await workspace.partwatch(["run", "--monitor", "board", "--force", ...onDay(21)]);
    const mail = sink.mails()[1]?.parsed;
    expect(mail?.subject).toBe("[Partwatch] Board batch: parts short");
    expect(mail?.text).toMatch(/^Short: +1$/m);
    expect(mail?.text).not.toMatch(/^TO ORDER$/im);
    expect(mail?.text).toMatch(/^Chip +short +5 +– +1 of 2$/m);
    expect(mail?.text).toMatch(/^Resistor 0402: 10k +short +– +10 +1 of 2$/m);
    expect(await alerts()).toMatchObject([{ part: CHIP, state: "acknowledged", acknowledged: { by: "Ann" } }]);
    putStock(inventree, CHIP, 5);
    await workspace.partwatch(["run", ...onDay(22)]);
    expect(inside(await alerts(), 1)).toMatchObject({ part: CHIP, state: "acknowledged" });
  });
});
