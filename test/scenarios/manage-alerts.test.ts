import { describe, expect, it } from "vitest";
import { boardList, CHIP, onDay, putStock } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

const reminding = { files: { "monitors/board.yaml": boardList({ remind_after: "1d" }) } };

async function alerts({ state }: Workspace): Promise<unknown> {
  return inside(await state("state/board.json"), "alerts");
}

describe.concurrent("alerts on the command line", () => {
  it("are shown while they are open, and with --all when they are resolved", async () => {
    await using workspace = await openWorkspace(reminding);
    expect(await workspace.partwatch(["alerts"])).toMatchObject({ code: 0, stdout: "No open alerts.\n" });
    await workspace.partwatch(["run", ...onDay(23)]);
    const shown = await workspace.partwatch(["alerts"]);
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout).toMatch(/^Monitor +Part +PK +Kind +Quantity +State +Since$/m);
    expect(shown.stdout).toMatch(/^board +Chip +#3 +short +5 +active +23 Nov 2026$/m);
    putStock(workspace.inventree, CHIP, 50);
    await workspace.partwatch(["run", ...onDay(24)]);
    expect((await workspace.partwatch(["alerts", "bo"])).stdout).toBe("No open alerts.\n");
    expect((await workspace.partwatch(["alerts", "--all"])).stdout).toMatch(/resolved 24 Nov/);
    const json: unknown = JSON.parse((await workspace.partwatch(["alerts", "--all", "--json"])).stdout);
    expect(json).toMatchObject({ alerts: [{ monitor: "board", part: CHIP, kind: "short", state: "resolved" }] });
    expect(await workspace.partwatch(["alerts", "x"])).toMatchObject({
      code: 1,
      errText: expect.stringContaining("There is no monitor x"),
    });
  });

  it("stay in the result once acknowledged, and stop reminders", async () => {
    await using workspace = await openWorkspace(reminding);
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(workspace.sink.mails()).toHaveLength(2);
    const acked = await workspace.partwatch(["ack", "bo", "chip", "--by", "Ann"]);
    expect(acked).toMatchObject({
      code: 0,
      outText: expect.stringContaining("board: Chip (#3), short, is acknowledged by Ann."),
    });
    expect(await alerts(workspace)).toMatchObject([{ part: CHIP, state: "acknowledged", acknowledged: { by: "Ann" } }]);
    expect(await workspace.git("log", "-1", "--format=%s", "partwatch-state")).toBe("Acknowledge board: Chip (Ann)");
    expect(
      await workspace.git(
        "diff",
        "--name-only",
        "partwatch-state~",
        "partwatch-state",
        "--",
        "state",
        "reports",
        "runs.json",
      ),
    ).toBe("state/board.json");
    const run = await workspace.partwatch(["run", ...onDay(25), "--json"]);
    expect(workspace.sink.mails()).toHaveLength(2);
    expect(run.code).toBe(0);
    expect((await workspace.partwatch(["monitor", "list"])).stdout).toMatch(/1$/m);
    putStock(workspace.inventree, CHIP, 2);
    await workspace.partwatch(["run", ...onDay(26)]);
    expect(workspace.sink.mails()).toHaveLength(3);
  });

  it("leave the result once dismissed, until that day or until more is missing", async () => {
    await using workspace = await openWorkspace(reminding);
    await workspace.partwatch(["run", ...onDay(23)]);
    const until = ["--dismiss", "--until", "2199-12-31", "--by", "Ann"];
    expect(await workspace.partwatch(["ack", "board", "ipn=IC-1", ...until])).toMatchObject({
      code: 0,
      outText: expect.stringContaining("board: Chip (#3), short, is dismissed by Ann until 2199-12-31."),
    });
    expect(await alerts(workspace)).toMatchObject([
      { state: "dismissed", dismissed: { by: "Ann", until: "2199-12-31", quantity: 5 } },
    ]);
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(workspace.sink.mails().at(-1)?.parsed.subject).toBe("[Partwatch] Board batch: all covered");
    expect((await workspace.partwatch(["alerts"])).stdout).toMatch(/dismissed by Ann until .*\n +2199-12-31$/m);
    putStock(workspace.inventree, CHIP, 4);
    await workspace.partwatch(["run", ...onDay(25)]);
    expect(workspace.sink.mails().at(-1)?.parsed.subject).toBe("[Partwatch] Board batch: parts short");
    expect(await alerts(workspace)).toMatchObject([{ state: "active", quantity: 6 }]);
  });

  it("are active again with --undo; what is so already is no commit", async () => {
    await using workspace = await openWorkspace(reminding);
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.partwatch(["ack", "board", "3"]);
    expect(await alerts(workspace)).toMatchObject([
      { state: "acknowledged", acknowledged: { by: expect.any(String) } },
    ]);
    const commits = await workspace.commits();
    expect(await workspace.partwatch(["ack", "board", "#3"])).toMatchObject({
      code: 0,
      outText: expect.stringContaining("is already acknowledged"),
    });
    expect(await workspace.commits()).toBe(commits);
    expect(await workspace.partwatch(["ack", "board", "#3", "--undo"])).toMatchObject({ code: 0 });
    expect(await alerts(workspace)).toMatchObject([{ state: "active" }]);
    expect(inside(await alerts(workspace), 0, "acknowledged")).toBeUndefined();
    await workspace.partwatch(["ack", "board", "#3", "--dismiss"]);
    expect(await workspace.partwatch(["ack", "board", "#3"])).toMatchObject({
      code: 1,
      errText: expect.stringContaining("--undo"),
    });
  });

  it("of entries that cannot be found are named by the entry's own words", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList({ parts: "[{ name: Nothing, quantity: 1 }]" }) },
    });
    await workspace.partwatch(["run", ...onDay(23)]);
    expect(await workspace.partwatch(["ack", "board", "Nothing", "--kind", "unresolved", "--json"])).toMatchObject({
      code: 0,
    });
    expect(await alerts(workspace)).toMatchObject([{ part: "Nothing", kind: "unresolved", state: "acknowledged" }]);
  });

  it("that are not there, and days that are none, are said in words", async () => {
    await using workspace = await openWorkspace(reminding);
    expect(await workspace.partwatch(["ack", "board", "Chip"])).toMatchObject({
      code: 1,
      errText: expect.stringContaining("Nothing is recorded for board yet"),
    });
    await workspace.partwatch(["run", ...onDay(23)]);
    const wrong: readonly (readonly [readonly string[], number, string])[] = [
      [["Resistor"], 1, "board has no open alert of Resistor. Open are: Chip (#3, short)."],
      [["Chip", "--kind", "low"], 1, "no open alert of kind low of Chip"],
      [["Chip", "--kind", "odd"], 2, "Allowed choices"],
      [["Chip", "--dismiss", "--until", "2026-02-30"], 2, "must be a calendar day"],
      [["Chip", "--dismiss", "--until", "2020-01-01"], 2, "is over already"],
      [["Chip", "--until", "2199-01-01"], 2, "--until needs --dismiss"],
      [["Chip", "--dismiss", "--undo"], 2, "exclude each other"],
    ];
    for (const [args, code, says] of wrong) {
      const finished = await workspace.partwatch(["ack", "board", ...args]);
      expect(finished).toMatchObject({ code, errText: expect.stringContaining(says) });
    }
    expect(await workspace.commits()).toBe(2);
  });
});
