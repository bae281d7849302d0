// One mail a person: lists for the same people share a mail, and every list still knows what became of its part.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runHere } from "../support/run-here.ts";
import { boardList, CHIP, onDay, putStock } from "../support/small-product.ts";
import { inside, openWorkspace, type Running } from "../support/workspace.ts";

const PEOPLE = "[ann@example.com, bob@example.com]";
const COMBINED = "mail: { combine: true }\n";

const lists = {
  "monitors/board.yaml": boardList({ name: "Boards", recipients: PEOPLE }),
  "monitors/kit.yaml": boardList({ name: "Kits", recipients: "[Bob@example.com, ann@example.com]" }),
  "monitors/other.yaml": boardList({ name: "Others", recipients: "[eve@example.com]" }),
  "monitors/german.yaml": boardList({ name: "Platinen", recipients: PEOPLE, language: "de" }),
};

describe.concurrent("mail.combine", () => {
  it("gives the same people one mail; what was refused, or may have arrived, is owed to each list, in one mail again", async () => {
    await using workspace = await openWorkspace({ files: { "partwatch.yaml": COMBINED, ...lists } });
    const { sink, inventree } = workspace;
    const email = async (id: string, field: string) =>
      inside(await workspace.state(`state/${id}.json`), field, "email");
    const shared = () => sink.mails().filter(({ parsed }) => parsed.subject?.includes("Your lists") === true);

    const dry = await workspace.partwatch(["run", "--dry-run", "--json", ...onDay(23)]);
    const planned = JSON.parse(dry.stdout) as { monitors: { id: string; deliveries: { with?: string[] }[] }[] };
    expect(planned.monitors.map(({ id, deliveries: [email] }) => [id, email?.with ?? []])).toEqual([
      ["board", ["kit"]],
      ["german", []],
      ["kit", ["board"]],
      ["other", []],
    ]);

    const strangers = await workspace.partwatch(["preview", "board", "other", ...onDay(23)]);
    expect(strangers).toMatchObject({
      code: 1,
      errText: expect.stringContaining("board and other never share a mail"),
    });
    const preview = await workspace.partwatch(["preview", "board", "kit", "--out", "shown", ...onDay(23)]);
    expect(preview).toMatchObject({ code: 0, outText: expect.stringContaining("shown/your-lists.eml") });
    const previewed = await readFile(join(workspace.root, "shown/your-lists.txt"), "utf8");

    sink.behave({
      recipient: (address) =>
        address.toLowerCase() === "bob@example.com" ? { code: 452, text: "4.2.2 Mailbox full" } : undefined,
    });
    const first = await workspace.partwatch(["run", ...onDay(23)]);
    expect(first).toMatchObject({ code: 1, outText: expect.stringContaining("email with kit (first)") });
    expect(
      sink
        .mails()
        .map(({ to, parsed }) => [parsed.subject, to])
        .sort(),
    ).toEqual([
      ["[Partwatch] Others: parts short", ["eve@example.com"]],
      ["[Partwatch] Platinen: Teile fehlen", ["ann@example.com"]],
      ["[Partwatch] Your lists, week 48: parts short", ["ann@example.com"]],
    ]);
    const [mail] = shared();
    expect(mail?.parsed.text?.trim()).toBe(previewed.trim());
    expect(mail?.parsed.text).toMatch(/2 of 2 lists are not covered[\s\S]*Boards[\s\S]*Kits/);
    expect(mail?.parsed.attachments.map(({ filename }) => filename)).toEqual(["board.csv", "kit.csv"]);
    for (const id of ["board", "kit"])
      expect(await email(id, "delivered")).toMatchObject({
        seq: 1,
        ref: mail?.parsed.messageId,
        to: ["ann@example.com"],
        pending: [expect.stringMatching(/^bob@example\.com$/i)],
      });
    expect(inside(await workspace.state("state/board.json"), "episode")).toMatchObject({ number: 1, open: true });

    sink.behave({});
    sink.forget();
    expect(await workspace.partwatch(["run", ...onDay(23, 20)])).toMatchObject({ code: 0 });
    expect(
      sink
        .mails()
        .map(({ parsed }) => parsed.subject)
        .sort(),
    ).toEqual(["[Partwatch] Platinen: Teile fehlen", "[Partwatch] Your lists, week 48: parts short"]);
    expect(shared()).toMatchObject([{ to: [expect.stringMatching(/^bob@/i)] }]);
    expect(shared()[0]?.parsed.messageId).toBe(mail?.parsed.messageId);

    putStock(inventree, CHIP, 3);
    sink.forget();
    let running: Running | undefined;
    sink.behave({
      message: ({ parsed }) => {
        if (parsed.subject?.includes("Your lists") !== true) return undefined;
        running?.kill();
        return "keep-and-drop";
      },
    });
    running = workspace.begin(["run", ...onDay(24)]);
    expect((await running.finished).code).toBe(-1);
    sink.behave({});
    expect(await email("board", "sending")).toMatchObject({ with: ["kit"], seq: 2, why: "changed" });
    expect(await email("kit", "sending")).toMatchObject({ with: ["board"], seq: 2, why: "changed" });
    const meanwhile = await workspace.partwatch(["run", ...onDay(24, 10)]);
    expect(meanwhile.outText).toContain("being notified elsewhere, in one mail with kit (run ");
    expect(shared()).toHaveLength(1);
    await workspace.partwatch(["run", "--take-over", "--yes", ...onDay(24, 20)]);
    const [lost, again, ...more] = shared();
    expect(more).toEqual([]);
    expect(again?.parsed.messageId).toBe(lost?.parsed.messageId);
    expect(again?.parsed.text).toBe(lost?.parsed.text);
    for (const id of ["board", "kit"]) {
      expect(await email(id, "sending")).toBeUndefined();
      expect(await email(id, "delivered")).toMatchObject({ seq: 2, ref: again?.parsed.messageId });
    }
    sink.forget();
    await workspace.partwatch(["run", ...onDay(25)]);
    expect(sink.mails()).toEqual([]);
  });

  it("reminds of all lists in one mail, in the conversation of its week", async () => {
    const list = (name: string) => boardList({ name, recipients: PEOPLE, remind_after: "3d" });
    await using workspace = await openWorkspace({
      files: { "partwatch.yaml": COMBINED, "monitors/a.yaml": list("Boards"), "monitors/b.yaml": list("Kits") },
    });
    const { sink, root, env } = workspace;
    for (const day of [23, 24, 26, 30])
      await runHere({ root, env, which: { kind: "due" }, now: new Date(Date.UTC(2026, 10, day, 7)) });
    const mails = sink.mails().map(({ parsed }) => parsed);
    expect(mails.map(({ subject }) => subject)).toEqual([
      "[Partwatch] Your lists, week 48: parts short",
      "[Partwatch] Your lists, week 48: parts short",
      "[Partwatch] Your lists, week 49: parts short",
    ]);
    expect(mails.map(({ text }) => text?.match(/Reminder: nothing changed/g)?.length ?? 0)).toEqual([0, 2, 2]);
    const [first, second, third] = mails.map(({ references }) => references);
    expect(first).toMatch(/^<\+lists\.2026-W48\./);
    expect(second).toBe(first);
    expect(third).toMatch(/^<\+lists\.2026-W49\./);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(3);
  });

  it("leaves lists alone that have a template of their own", async () => {
    const { "monitors/board.yaml": board, "monitors/kit.yaml": kit } = lists;
    const template =
      "<mjml><mj-body><mj-section><mj-column><mj-text>{{name}}</mj-text></mj-column></mj-section></mj-body></mjml>";
    await using workspace = await openWorkspace({
      files: {
        "partwatch.yaml": "mail: { combine: true, template: own.mjml }\n",
        "own.mjml": template,
        "monitors/board.yaml": board,
        "monitors/kit.yaml": kit,
      },
    });
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 0 });
    expect(workspace.sink.mails().map(({ parsed }) => parsed.subject)).toEqual([
      "[Partwatch] Boards: parts short",
      "[Partwatch] Kits: parts short",
    ]);
  });
});

describe.concurrent("a weekly digest", () => {
  it("is sent at its occurrences alone, with all of its lists; a missed one, or one that failed, by the next run", async () => {
    const list = (name: string, condition: string) =>
      boardList({ name, recipients: "[ann@example.com]", notify_condition: condition });
    await using workspace = await openWorkspace({
      files: {
        "partwatch.yaml": 'digest: "0 9 * * 1"\n',
        "monitors/boards.yaml": list("Boards", "digest"),
        "monitors/kits.yaml": list("Kits", "digest"),
        "monitors/urgent.yaml": list("Urgent", "on_change"),
      },
    });
    const { sink, inventree, root, env } = workspace;
    const run = async (day: number, hour: number, minute = 0) => {
      sink.forget();
      const now = new Date(Date.UTC(2026, 10, day, hour, minute));
      await runHere({ root, env, which: { kind: "due" }, now });
      return sink.mails().flatMap(({ to, parsed }) => (to.includes("admin@example.com") ? [] : [parsed.subject]));
    };
    const week48 = "[Partwatch] Your lists, week 48: parts short";
    // Friday, Monday before it, after it, and soon after.
    expect(await run(20, 7)).toEqual(["[Partwatch] Urgent: parts short"]);
    expect(await run(23, 7)).toEqual([]);
    expect(await run(23, 12, 20)).toEqual([week48]);
    expect(sink.mails()[0]?.parsed.text).toMatch(/Boards[\s\S]*Kits/);
    expect(await run(23, 12, 30)).toEqual([]);
    expect(await workspace.state("state/kits.json")).toMatchObject({
      delivered: { email: { seq: 1, occurrence: "2026-11-23T09:00:00.000Z" } },
    });
    expect(await workspace.state("runs.json")).toMatchObject({
      monitors: {
        kits: { last_run: { digest_until: "2026-11-23T12:20:00.000Z" }, next_at: "2026-11-24T07:00:00.000Z" },
      },
    });
    putStock(inventree, CHIP, 20);
    expect(await run(24, 7)).toEqual(["[Partwatch] Urgent: all covered"]);
    sink.behave({ connect: () => ({ code: 421, text: "4.3.2 Shutting down" }) });
    expect(await run(30, 9)).toEqual([]);
    sink.behave({});
    expect(await run(30, 9, 10)).toEqual(["[Partwatch] Your lists, week 49: all covered"]);
    expect(sink.mails()[0]?.parsed.text).toContain("resolved");
    expect(await run(30, 9, 20)).toEqual([]);
  });
});
