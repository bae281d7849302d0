import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { boardList, CHIP, onDay, putStock } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

const oneList = { files: { "monitors/board.yaml": boardList() } };
const twoLists = { files: { "monitors/a.yaml": boardList(), "monitors/b.yaml": boardList() } };

/** Somebody edits a file of the state branch by hand. */
async function edit({ git, root }: Workspace, path: string, text: string): Promise<void> {
  const folder = join(root, "../by-hand");
  await git("worktree", "add", "--quiet", folder, "partwatch-state");
  await writeFile(join(folder, path), text);
  await git("-C", folder, "commit", "--quiet", "--all", "--message=Edit by hand");
  await git("worktree", "remove", folder);
}

describe.concurrent("a state branch", () => {
  it("begins with the first run, with history, page and figures, apart from the lists' history", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    const files = await workspace.git("ls-tree", "-r", "--name-only", "partwatch-state");
    expect(files.split("\n")).toEqual([
      "README.md",
      "data.json",
      "history/board.json",
      "orders/default.json",
      "outlook/default.json",
      "reports/board.json",
      "runs.json",
      "state/board.json",
    ]);
    expect(await workspace.state("README.md")).toContain("Board batch");
    await expect(workspace.git("merge-base", "main", "partwatch-state")).rejects.toThrow();
  });

  it("never touches work tree, index, or the branch that people work on", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.write("monitors/board.yaml", boardList({ description: "edited, not staged" }));
    await workspace.write("staged.txt", "staged\n");
    await workspace.git("add", "staged.txt");
    const look = () =>
      Promise.all([
        workspace.git("status", "--porcelain"),
        workspace.git("ls-files", "-s"),
        workspace.git("rev-parse", "HEAD"),
      ]);
    const before = await look();
    for (const day of [23, 24]) await workspace.partwatch(["run", ...onDay(day)]);
    expect(await look()).toEqual(before);
    expect(before[0]).toContain("A  staged.txt");
  });

  it.each([
    ["broken JSON", '{"id": "a", ', /state\/a\.json: is not valid JSON/],
    ["a newer schema", '{"schema_version": 3, "id": "a"}', /state\/a\.json: has schema_version 3.*update Partwatch/],
  ])(
    "with %s in a list's file: that is said, nothing is overwritten, and the other lists go on",
    async (_, text, words) => {
      await using workspace = await openWorkspace(twoLists);
      await workspace.partwatch(["run", ...onDay(23)]);
      await edit(workspace, "state/a.json", text);
      putStock(workspace.inventree, CHIP, 1);
      const run = await workspace.partwatch(["run", ...onDay(24)]);
      expect(run.code).toBe(1);
      expect(run.outText).toMatch(words);
      expect(await workspace.git("show", "partwatch-state:state/a.json")).toBe(text.trim());
      expect(await workspace.state("state/b.json")).toMatchObject({ delivered: { email: { seq: 2 } } });
      expect(workspace.sink.mails().filter(({ to }) => to.includes("stock@example.com"))).toHaveLength(3);
      const status = await workspace.partwatch(["status"]);
      expect(status.outText).toMatch(words);
    },
  );

  it("with a broken runs.json: nobody is told a second time because of it", async () => {
    await using workspace = await openWorkspace(twoLists);
    await workspace.partwatch(["run", ...onDay(23)]);
    await edit(workspace, "runs.json", "<<<<<<< HEAD\n");
    const run = await workspace.partwatch(["run", ...onDay(24)]);
    expect(run).toMatchObject({ code: 1, outText: expect.stringContaining("runs.json") });
    expect(workspace.sink.mails().filter(({ to }) => to.includes("stock@example.com"))).toHaveLength(2);
    expect(await workspace.state("runs.json").catch(() => "broken")).toBe("broken");
  });

  it("with a broken runs.json: the admins hear of it once, however many lists there are, and when it is mended", async () => {
    const files = { "monitors/a.yaml": boardList({ name: "A" }), "monitors/b.yaml": boardList({ name: "B" }) };
    await using workspace = await openWorkspace({ files });
    await workspace.partwatch(["run", ...onDay(23)]);
    const good = await workspace.git("show", "partwatch-state:runs.json");
    const subjects = () =>
      workspace.sink.mails().flatMap(({ to, parsed }) => (to.includes("admin@example.com") ? [parsed.subject] : []));
    await edit(workspace, "runs.json", "<<<<<<< HEAD\n");
    expect(await workspace.partwatch(["run", ...onDay(24)])).toMatchObject({ code: 1 });
    expect(await workspace.partwatch(["run", ...onDay(25)])).toMatchObject({ code: 1 });
    expect(subjects()).toEqual([expect.stringContaining("The state branch is damaged")]);
    await edit(workspace, "runs.json", good);
    expect(await workspace.partwatch(["run", ...onDay(26)])).toMatchObject({ code: 0 });
    expect(subjects()).toEqual([expect.anything(), expect.stringContaining("The state branch can be read again")]);
  });

  it("begins in a repository without a single commit too; where there is no repository that is said, and nobody is told", async () => {
    await using workspace = await openWorkspace(oneList);
    await rm(join(workspace.root, ".git"), { recursive: true });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 1, errText: expect.stringContaining("git init") });
    expect(run.stderr).not.toMatch(/^\s+at /m);
    expect(workspace.sink.mails()).toEqual([]);
    await workspace.git("init", "--quiet");
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 0 });
    expect(await workspace.commits()).toBe(2);
  });

  it("that holds something else is neither read nor written", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.git("branch", "partwatch-state");
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 1, errText: expect.stringContaining("holds something else") });
    expect(workspace.sink.mails()).toEqual([]);
    expect(await workspace.git("rev-parse", "partwatch-state")).toBe(await workspace.git("rev-parse", "main"));
  });

  it("of a remote is fetched before and pushed after: two clones do not tell twice", async () => {
    await using workspace = await openWorkspace(oneList);
    const { git, root } = workspace;
    await git("init", "--quiet", "--bare", join(root, "../remote.git"));
    await git("remote", "add", "origin", join(root, "../remote.git"));
    await workspace.write("partwatch.yaml", "state: { remote: origin }\n");
    await git("add", "--all");
    await git("commit", "--quiet", "--message=Keep state on the remote");
    await git("push", "--quiet", "origin", "main");
    await git("clone", "--quiet", "--branch", "main", join(root, "../remote.git"), join(root, "../second"));
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 0 });
    const second = await workspace.partwatch(["--root", join(root, "../second"), "run", ...onDay(23, 5)]);
    expect(second).toMatchObject({ code: 0, outText: expect.stringContaining("Nothing is due.") });
    expect(workspace.sink.mails()).toHaveLength(1);
    expect(await git("ls-remote", "origin", "refs/heads/partwatch-state")).not.toBe("");
  });
});

describe.concurrent("two runs at once", () => {
  it("both claim and remember what they do, and lose nothing of each other", async () => {
    await using workspace = await openWorkspace(twoLists);
    const runs = await Promise.all([
      workspace.partwatch(["run", "--monitor", "a", ...onDay(23)]),
      workspace.partwatch(["run", "--monitor", "b", ...onDay(23)]),
    ]);
    expect(runs).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(await workspace.commits()).toBe(4);
    for (const id of ["a", "b"]) {
      expect(await workspace.state(`state/${id}.json`)).toMatchObject({ delivered: { email: { seq: 1 } } });
      expect(inside(await workspace.state("runs.json"), "monitors", id, "last_run")).toMatchObject({
        outcome: "notified",
      });
    }
    expect(await workspace.partwatch(["run", "--all", ...onDay(23, 5)])).toMatchObject({ code: 0 });
    expect(workspace.sink.mails()).toHaveLength(2);
  });

  it("on the same list send the same message, which mail programs show once", async () => {
    await using workspace = await openWorkspace(oneList);
    const runs = await Promise.all([1, 2].map(() => workspace.partwatch(["run", ...onDay(23)])));
    expect(runs).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(new Set(workspace.sink.mails().map(({ parsed }) => parsed.messageId)).size).toBe(1);
    expect(await workspace.state("state/board.json")).toMatchObject({ delivered: { email: { seq: 1 } } });
  });
});

describe("two hundred lists", () => {
  it("are checked with one reading of InvenTree, claimed by 25 and mailed over three connections at once", async () => {
    const lists = Array.from({ length: 200 }, (_, n) => [`monitors/list-${n}.yaml`, boardList({ name: `List ${n}` })]);
    await using workspace = await openWorkspace({ files: Object.fromEntries(lists) });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run.code).toBe(0);
    const paths = workspace.inventree.requests().map(({ path }) => path);
    expect(paths.length).toBeLessThanOrEqual(12);
    expect(new Set(paths).size).toBe(paths.length);
    expect(workspace.sink.mails()).toHaveLength(200);
    expect(workspace.sink.mostAtOnce()).toBe(3);
    expect(await workspace.commits()).toBe(9);
    expect(await workspace.partwatch(["run", ...onDay(23, 5)])).toMatchObject({
      code: 0,
      outText: expect.stringContaining("Nothing is due."),
    });
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(workspace.sink.mails()).toHaveLength(200);
    expect(await workspace.commits()).toBe(10);
  });
});
