import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { MailBehaviour, SmtpReply } from "../../demo/mail-sink.ts";
import { boardList, CHIP, onDay, putStock } from "../support/small-product.ts";
import { inside, openWorkspace, type Running, type Workspace } from "../support/workspace.ts";

/** Nobody else is running any more. */
const TAKE_OVER = ["--take-over", "--yes"];
const LONG_AGO = new Date("2026-01-01T00:00:00Z");
const GONE: SmtpReply = { code: 550, text: "5.1.1 No such user here" };
const LATER: SmtpReply = { code: 451, text: "4.7.1 Greylisted, try again later" };

const twoReaders = {
  files: { "monitors/board.yaml": boardList({ recipients: "[ann@example.com, bob@example.com]" }) },
};

function refusing(refusals: Readonly<Record<string, SmtpReply>>): MailBehaviour {
  return { recipient: (address) => refusals[address] };
}

/** The mails to recipients of lists, without those to the admins. */
function reports({ sink }: Workspace) {
  return sink.mails().filter(({ to }) => !to.includes("admin@example.com"));
}

function notices({ sink }: Workspace) {
  return sink.mails().filter(({ to }) => to.includes("admin@example.com"));
}

async function delivered(workspace: Workspace): Promise<unknown> {
  return inside(await workspace.state("state/board.json"), "delivered", "email");
}

describe.concurrent("recipients that a mail server refuses", () => {
  it("tells the others when one is refused for good, and the admins once", async () => {
    await using workspace = await openWorkspace(twoReaders);
    workspace.sink.behave(refusing({ "bob@example.com": GONE }));
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 1, outText: expect.stringContaining("5.1.1 No such user here") });
    expect(reports(workspace).map(({ to }) => to)).toEqual([["ann@example.com"]]);
    expect(notices(workspace).map(({ parsed }) => parsed.subject)).toEqual([
      expect.stringContaining("bob@example.com"),
    ]);
    expect(inside(await delivered(workspace), "pending")).toBeUndefined();
    putStock(workspace.inventree, CHIP, 1);
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(reports(workspace)).toHaveLength(2);
    expect(notices(workspace)).toHaveLength(1);
  });

  it("sends the same message in the next run to who was refused for now, and to nobody else", async () => {
    await using workspace = await openWorkspace(twoReaders);
    const { sink, inventree } = workspace;
    sink.behave(refusing({ "bob@example.com": LATER }));
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 1 });
    const first = await delivered(workspace);
    expect(first).toMatchObject({ seq: 1, pending: ["bob@example.com"] });
    expect(inside(await workspace.state("state/board.json"), "last_hash")).toBe(inside(first, "hash"));
    sink.behave({});
    const run = await workspace.partwatch(["run", ...onDay(23, 10)]);
    expect(run).toMatchObject({ code: 0, outText: expect.stringContaining("bob@example.com") });
    const [before, after, ...more] = reports(workspace);
    expect(more).toEqual([]);
    expect(before?.to).toEqual(["ann@example.com"]);
    expect(after?.to).toEqual(["bob@example.com"]);
    expect(after?.parsed.messageId).toBe(before?.parsed.messageId);
    expect(after?.parsed.text).toBe(before?.parsed.text);
    expect(after?.parsed.subject).toBe(before?.parsed.subject);
    expect(inside(await delivered(workspace), "pending")).toBeUndefined();
    await workspace.partwatch(["run", ...onDay(23, 20)]);
    expect(reports(workspace)).toHaveLength(2);
    putStock(inventree, CHIP, 1);
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(reports(workspace).at(-1)?.parsed.messageId).not.toBe(before?.parsed.messageId);
  });

  it("owes nothing to who refused for now and then for good; the admins hear of it once", async () => {
    await using workspace = await openWorkspace(twoReaders);
    const { sink } = workspace;
    sink.behave(refusing({ "bob@example.com": LATER }));
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 1 });
    expect(await workspace.partwatch(["run", ...onDay(23, 10)])).toMatchObject({ code: 1 });
    expect(notices(workspace)).toEqual([]);
    sink.behave(refusing({ "bob@example.com": GONE }));
    expect(await workspace.partwatch(["run", ...onDay(23, 20)])).toMatchObject({ code: 1 });
    expect(inside(await delivered(workspace), "pending")).toBeUndefined();
    expect(notices(workspace)).toHaveLength(1);
    const after = await workspace.partwatch(["run", ...onDay(23, 30)]);
    expect(after).toMatchObject({ code: 0, outText: expect.stringContaining("Nothing is due.") });
    expect(reports(workspace)).toHaveLength(1);
    expect(notices(workspace)).toHaveLength(1);
  });

  it("sends what is owed for days with the date of its sending", async () => {
    await using workspace = await openWorkspace(twoReaders);
    workspace.sink.behave(refusing({ "bob@example.com": { code: 552, text: "5.2.2 Mailbox over quota" } }));
    await workspace.partwatch(["run", ...onDay(23)]);
    workspace.sink.behave({});
    await workspace.partwatch(["run", ...onDay(27)]);
    const [before, after] = reports(workspace);
    expect(after?.to).toEqual(["bob@example.com"]);
    expect(after?.parsed.messageId).toBe(before?.parsed.messageId);
    expect(after?.parsed.date).toBe("2026-11-27T07:00:00.000Z");
    expect(after?.parsed.text).toBe(before?.parsed.text);
    expect(notices(workspace)).toEqual([]);
  });

  it("sends the standing answer to newcomers and to mended addresses, once, and to nobody else", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList({ recipients: "[ann@example.com, tpyo@example.com]" }) },
    });
    workspace.sink.behave(refusing({ "tpyo@example.com": GONE }));
    await workspace.partwatch(["run", ...onDay(23)]);
    expect(await delivered(workspace)).toMatchObject({ to: ["ann@example.com"], refused: ["tpyo@example.com"] });
    const recipients = "[ann@example.com, typo@example.com, new@example.com]";
    await workspace.write("monitors/board.yaml", boardList({ recipients }));
    workspace.sink.behave({
      recipient: (address) => {
        expect(address).not.toBe("ann@example.com");
        return undefined;
      },
    });
    const run = await workspace.partwatch(["run", ...onDay(23, 15)]);
    expect(run).toMatchObject({ code: 0, outText: expect.stringContaining("email (newcomers)") });
    await workspace.partwatch(["run", ...onDay(23, 30)]);
    await workspace.partwatch(["run", ...onDay(24)]);
    const [first, second, ...more] = reports(workspace);
    expect(more).toEqual([]);
    expect(second?.to).toEqual(["typo@example.com", "new@example.com"]);
    expect(second?.parsed.messageId).toBe(first?.parsed.messageId);
    expect(second?.parsed.text).not.toContain("Nothing changed");
    expect(await delivered(workspace)).toMatchObject({
      seq: 1,
      to: ["ann@example.com", "new@example.com", "typo@example.com"],
    });
  });

  it("sends the new report instead of the old message when something has changed meanwhile", async () => {
    await using workspace = await openWorkspace(twoReaders);
    workspace.sink.behave(refusing({ "bob@example.com": LATER }));
    await workspace.partwatch(["run", ...onDay(23)]);
    workspace.sink.behave({});
    putStock(workspace.inventree, CHIP, 1);
    await workspace.partwatch(["run", ...onDay(23, 10)]);
    expect(reports(workspace).map(({ to }) => to)).toEqual([
      ["ann@example.com"],
      ["ann@example.com", "bob@example.com"],
    ]);
    expect(await delivered(workspace)).toMatchObject({ seq: 2 });
  });

  it("has told nobody when all are refused, and last_hash stays", async () => {
    await using workspace = await openWorkspace(twoReaders);
    await workspace.partwatch(["run", ...onDay(23)]);
    const before = await workspace.state("state/board.json");
    putStock(workspace.inventree, CHIP, 1);
    workspace.sink.behave(refusing({ "ann@example.com": GONE, "bob@example.com": GONE }));
    const run = await workspace.partwatch(["run", ...onDay(24)]);
    expect(run).toMatchObject({ code: 1 });
    const after = await workspace.state("state/board.json");
    expect(inside(after, "last_hash")).toBe(inside(before, "last_hash"));
    expect(inside(after, "delivered")).toEqual(inside(before, "delivered"));
    expect(inside(await workspace.state("runs.json"), "monitors")).toMatchObject({
      board: { last_run: { outcome: "failed", error: { kind: "mail", status: 550 } } },
    });
    workspace.sink.behave({});
    expect(await workspace.partwatch(["run", ...onDay(24, 10)])).toMatchObject({ code: 0 });
    expect(reports(workspace).at(-1)?.to).toEqual(["ann@example.com", "bob@example.com"]);
    expect(await delivered(workspace)).toMatchObject({ seq: 2 });
  });
});

describe.concurrent("a mail whose fate is not known", () => {
  it("is sent again with the same Message-ID when the process was killed before it could remember", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList() } });
    let running: Running | undefined;
    workspace.sink.behave({
      message: () => {
        running?.kill();
        return undefined;
      },
    });
    running = workspace.begin(["run", ...onDay(23)]);
    expect((await running.finished).code).toBe(-1);
    expect(await workspace.commits()).toBe(1);
    running = undefined;
    expect(await workspace.partwatch(["run", ...TAKE_OVER, ...onDay(23, 10)])).toMatchObject({ code: 0 });
    putStock(workspace.inventree, CHIP, 1);
    await workspace.partwatch(["run", ...onDay(24)]);
    const [lost, repeat, later] = reports(workspace).map(({ parsed }) => parsed.messageId);
    expect(repeat).toBe(lost);
    expect(later).not.toBe(lost);
  });

  it("is sent again with the same Message-ID when the state could not be committed, which the run says", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList() } });
    // A Git that died has left its lock while the mail was under way.
    const lock = join(workspace.root, ".git/refs/heads/partwatch-state.lock");
    workspace.sink.behave({
      message: () => {
        writeFileSync(lock, "");
        utimesSync(lock, LONG_AGO, LONG_AGO);
        return undefined;
      },
    });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 1, outText: expect.stringContaining("could not be recorded") });
    workspace.sink.behave({});
    rmSync(lock);
    expect(await workspace.partwatch(["run", ...TAKE_OVER, ...onDay(23, 10)])).toMatchObject({ code: 0 });
    const [first, repeat] = reports(workspace).map(({ parsed }) => parsed.messageId);
    expect(repeat).toBe(first);
    // Nothing was sent that could be sent once more.
    writeFileSync(lock, "");
    utimesSync(lock, LONG_AGO, LONG_AGO);
    const quiet = await workspace.partwatch(["run", ...onDay(24)]);
    expect(quiet).toMatchObject({ code: 1, outText: expect.stringContaining("could not write the state") });
    expect(quiet.outText).not.toContain("could not be recorded");
  });
});
