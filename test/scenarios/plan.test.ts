import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runHere } from "../support/run-here.ts";
import { boardList, CHIP, onDay, putStock } from "../support/small-product.ts";
import { inside, openWorkspace } from "../support/workspace.ts";

const boards = (name: string, quantity: number, more: Readonly<Record<string, string>> = {}) =>
  boardList({ name, parts: `[{ name: Board, quantity: ${quantity} }]`, ...more });

it("a plan is checked like any list, follows its lists, and fails with one of them instead of shrinking", async () => {
  await using workspace = await openWorkspace({
    files: {
      "monitors/first.yaml": boards("First", 10),
      "monitors/second.yaml": boards("Second", 10),
      "monitors/idle.yaml": boards("Idle", 90, { active: "false" }),
    },
  });
  const { sink, inventree, root, env } = workspace;
  const run = (day: number) =>
    runHere({ root, env, which: { kind: "due" }, now: new Date(Date.UTC(2026, 10, day, 7)) });
  const mails = () =>
    sink
      .mails()
      .filter(({ to }) => to.includes("plan@example.com"))
      .map(({ parsed }) => parsed);

  const add = ["monitor", "add", "--name", "Plan", "--schedule", "0 7 * * *", "--timezone", "UTC"];
  const wrong = await workspace.partwatch([...add, "--lists", "first,secnd", "--recipients", "plan@example.com"]);
  expect(wrong).toMatchObject({
    code: 1,
    errText: expect.stringContaining("there is no list secnd; did you mean second?"),
  });
  const added = await workspace.partwatch([...add, "--lists", "first,second,idle", "--recipients", "plan@example.com"]);
  expect(added).toMatchObject({ code: 0 });
  expect(await readFile(join(root, "monitors/plan.yaml"), "utf8")).toContain("lists: [first, second, idle]\n");

  putStock(inventree, CHIP, 15);
  expect(await run(20)).toEqual([]);
  expect(
    sink
      .mails()
      .map(({ parsed }) => parsed.subject)
      .sort(),
  ).toEqual(["[Partwatch] First: all covered", "[Partwatch] Plan: parts short", "[Partwatch] Second: all covered"]);
  const [mail] = mails();
  expect(mail?.text).toMatch(
    /^Lists of this plan\n-+\nList +Id +Entries +Ready\n.*\nFirst +first +1 +can start now\nSecond +second +1 +no date known\n\nInactive, so left out: idle\.$/m,
  );
  expect(mail?.text).toMatch(
    /^Enough for each, not for all\n-+\n.*\n.*\n.*\nChip +IC-1 +20 +15 +5 +first: Board; second: Board$/m,
  );
  const { content } = mail?.attachments[0] ?? {};
  expect(typeof content === "string" ? content : new TextDecoder().decode(content)).toMatch(
    /Chip.*first: Board; second: Board;?.*enough for each list alone/,
  );
  expect(await workspace.state("reports/plan.json")).toMatchObject({
    plan: {
      lists: [
        { id: "first", name: "First", entries: 1, state: "now", date: "2026-11-20", in_time: null },
        { id: "second", name: "Second", entries: 1, state: "unknown", date: null, in_time: null },
      ],
      left_out: ["idle"],
      not_for_all: [CHIP],
    },
  });

  const shown = await workspace.partwatch(["monitor", "show", "plan"]);
  expect(shown.stdout).toMatch(
    /^plan of +2 lists: first \(1 entry\), second \(1 entry\)\n +inactive, so left out: idle$/m,
  );
  expect(shown.stdout).toMatch(/^lists +first, second, idle$/m);
  const { stdout } = await workspace.partwatch(["monitor", "show", "plan", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ lists: ["first", "second", "idle"], plan: { left_out: ["idle"] } });

  const status = await workspace.partwatch(["status", ...onDay(20, 30)]);
  expect(status.stdout).toMatch(/^plan is a plan of 2 lists: first, second\.$/m);
  const published = await workspace.partwatch(["dashboard", "pages", ...onDay(20, 30)]);
  expect(published).toMatchObject({ code: 0 });
  const page = await readFile(join(root, "pages/lists/plan.html"), "utf8");
  expect(page).toContain("Plan of 2 lists: First; Second.");
  expect(page).toContain("Enough for each, not for all");

  // Whoever changes a list changes the plan with its next check.
  await workspace.write("monitors/second.yaml", boards("Second", 5));
  expect(await run(21)).toEqual([]);
  expect(mails().map(({ subject }) => subject)).toEqual([
    "[Partwatch] Plan: parts short",
    "[Partwatch] Plan: all covered",
  ]);
  expect(mails()[1]?.text).toContain("The plan or one of its lists was edited.");

  await workspace.write("monitors/second.yaml", boards("Second", 0));
  const failed = await workspace.partwatch(["run", ...onDay(22)]);
  expect(failed).toMatchObject({ code: 1 });
  expect(failed.errText).toContain("monitors/plan.yaml:");
  expect(failed.errText).toContain(
    "monitors/second.yaml cannot be used, so the plan cannot be counted; fix that file.",
  );
  expect(mails()).toHaveLength(2);
  expect(inside(await workspace.state("state/plan.json"), "delivered", "email", "seq")).toBe(2);
  const pages = await workspace.partwatch(["dashboard", "pages", ...onDay(22)]);
  expect(pages).toMatchObject({ code: 0 });

  const deleted = await workspace.partwatch(["monitor", "delete", "idle", "--yes"]);
  expect(deleted).toMatchObject({ code: 0, stdout: expect.stringMatching(/^deleted idle /) });
  await workspace.write("monitors/idle.yaml", boards("Idle", 90, { active: "false" }));
  await workspace.write("monitors/second.yaml", boards("Second", 6));
  expect(await run(23)).toEqual([]);
  expect(mails()[2]?.subject).toBe("[Partwatch] Plan: parts short");
});
