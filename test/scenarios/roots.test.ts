import { mkdir, mkdtemp, readdir, symlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { boardList, onDay } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

const twoLists = { files: { "monitors/a.yaml": boardList(), "monitors/b.yaml": boardList() } };

async function tip({ git }: Workspace): Promise<string> {
  return git("rev-parse", "partwatch-state");
}

describe.concurrent("the folder of the lists", () => {
  it("is found from where one stands upwards, as Git finds its repository", async () => {
    await using workspace = await openWorkspace(twoLists);
    await mkdir(join(workspace.root, "hardware/rev-b"), { recursive: true });
    const run = await workspace.partwatch(["run", ...onDay(23)], { cwd: "hardware/rev-b" });
    expect(run).toMatchObject({ code: 0 });
    expect(await workspace.state("runs.json")).toMatchObject({ root: ".", monitors: { a: {}, b: {} } });
    const status = await workspace.partwatch(["status"], { cwd: "monitors" });
    expect(status).toMatchObject({ code: 0, outText: expect.stringContaining("notified") });
  });

  it("has lists: a run without any is red, and says where it looked", async () => {
    await using workspace = await openWorkspace({ files: { "notes.txt": "nothing" } });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 1, errText: expect.stringContaining(`No list found in ${workspace.root}`) });
    expect(run.errText).toContain("--root");
    expect(await workspace.commits()).toBe(0);
    const doctor = await workspace.partwatch(["doctor"]);
    expect(doctor).toMatchObject({ code: 1, outText: expect.stringContaining(`No list found in ${workspace.root}`) });
  });

  it("is part of the state: a run in a subfolder with lists of its own deletes nothing of the others", async () => {
    await using workspace = await openWorkspace(twoLists);
    await workspace.partwatch(["run", ...onDay(23)]);
    const before = await tip(workspace);
    await workspace.write("sandbox/monitors/try.yaml", boardList());
    const run = await workspace.partwatch(["run", ...onDay(24)], { cwd: "sandbox" });
    expect(run).toMatchObject({ code: 1 });
    expect(run.errText).toMatch(
      /is that of the lists in the repository's top folder.*those in sandbox.*--root.*branch: partwatch-state-sandbox/,
    );
    expect(await tip(workspace)).toBe(before);
    expect(workspace.sink.mails().filter(({ to }) => to.includes("stock@example.com"))).toHaveLength(2);
    const doctor = await workspace.partwatch(["doctor"], { cwd: "sandbox" });
    expect(doctor).toMatchObject({ code: 1, outText: expect.stringContaining("those in sandbox") });
    await workspace.write("sandbox/partwatch.yaml", "state: { branch: partwatch-state-sandbox }\n");
    expect(await workspace.partwatch(["run", ...onDay(24)], { cwd: "sandbox" })).toMatchObject({ code: 0 });
    expect(await workspace.git("show", "partwatch-state-sandbox:runs.json")).toContain('"root": "sandbox"');
  });

  it("may have moved: whoever says so goes on with the state, and nothing is forgotten at once", async () => {
    await using workspace = await openWorkspace(twoLists);
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.write("stock/monitors/a.yaml", boardList());
    await workspace.remove("monitors/a.yaml");
    await workspace.remove("monitors/b.yaml");
    const run = await workspace.partwatch(["run", "--accept-state", ...onDay(24)], { cwd: "stock" });
    expect(run).toMatchObject({ code: 0 });
    expect(await workspace.state("runs.json")).toMatchObject({ root: "stock", monitors: { a: {}, b: {} } });
    const next = await workspace.partwatch(["run", ...onDay(25)], { cwd: "stock" });
    expect(next).toMatchObject({ code: 0, outText: expect.stringContaining("Forgotten: b.") });
  });

  it("without any list that is remembered is the wrong one, until somebody says that it is not", async () => {
    await using workspace = await openWorkspace(twoLists);
    await workspace.partwatch(["run", ...onDay(23)]);
    const before = await tip(workspace);
    for (const id of ["a", "b"]) await workspace.remove(`monitors/${id}.yaml`);
    await workspace.write("monitors/c.yaml", boardList());
    const run = await workspace.partwatch(["run", ...onDay(24)]);
    expect(run).toMatchObject({
      code: 1,
      errText: expect.stringMatching(/None of the lists .* is here: a, b\..*id: a/),
    });
    expect(await tip(workspace)).toBe(before);
    expect(await workspace.partwatch(["run", "--accept-state", ...onDay(24)])).toMatchObject({ code: 0 });
    expect(Object.keys(Object(inside(await workspace.state("runs.json"), "monitors")))).toEqual(["c"]);
  });

  it("names each list that is forgotten because its file is gone, in output and commit", async () => {
    await using workspace = await openWorkspace(twoLists);
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.remove("monitors/a.yaml");
    const run = await workspace.partwatch(["run", ...onDay(24)]);
    expect(run).toMatchObject({ code: 0, outText: expect.stringContaining("Forgotten: a. Its file is gone") });
    expect(await workspace.git("log", "-1", "--format=%B", "partwatch-state")).toContain("Forget a: ");
  });
});

describe.concurrent("a state branch that is gone or was set back", () => {
  it("is not begun again with a first check of every list: the run is red and nobody is notified", async () => {
    await using workspace = await openWorkspace(twoLists);
    await workspace.partwatch(["run", ...onDay(23)]);
    const before = await tip(workspace);
    await workspace.git("branch", "-D", "partwatch-state");
    const run = await workspace.partwatch(["run", ...onDay(24)]);
    expect(run).toMatchObject({
      code: 1,
      errText: expect.stringContaining(`git update-ref refs/heads/partwatch-state ${before}`),
    });
    expect(await workspace.partwatch(["doctor"])).toMatchObject({ outText: expect.stringContaining("is gone") });
    expect(await workspace.commits()).toBe(0);
    expect(workspace.sink.mails()).toHaveLength(2);
    expect(await workspace.partwatch(["run", "--accept-state", ...onDay(24)])).toMatchObject({ code: 0 });
    expect(await workspace.commits()).toBe(2);
  });

  it("whose name another branch takes is red, and nobody is notified", async () => {
    await using workspace = await openWorkspace(twoLists);
    await workspace.git("branch", "partwatch-state/old");
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 1, errText: expect.stringContaining("conflicts with the name") });
    expect(workspace.sink.mails()).toEqual([]);
  });
});

it("folders that a killed command left in the temporary folder are removed by the next run: ours, and old", async () => {
  await using workspace = await openWorkspace(twoLists);
  const TMPDIR = await mkdtemp(join(workspace.root, "../tmp-"));
  const now = new Date();
  const yesterday = new Date(now.getTime() - 24 * 60 * 60_000);
  const names = [
    "partwatch-before-Ab12Cd",
    "partwatch-diff-999999999-Ab12Cd",
    "partwatch-notes",
    "partwatch-demo-Ab12Cd",
  ];
  for (const name of names) {
    await mkdir(join(TMPDIR, name));
    await utimes(join(TMPDIR, name), yesterday, yesterday);
  }
  await mkdir(join(TMPDIR, "partwatch-before-Young1"));
  // Where tests run on another day, the system itself would date the folder by the real one.
  await utimes(join(TMPDIR, "partwatch-before-Young1"), now, now);
  await symlink(workspace.root, join(TMPDIR, "partwatch-before-Linked"));
  expect(await workspace.partwatch(["run", ...onDay(23)], { env: { TMPDIR } })).toMatchObject({ code: 0 });
  expect((await readdir(TMPDIR)).sort()).toEqual([
    "partwatch-before-Linked",
    "partwatch-before-Young1",
    "partwatch-demo-Ab12Cd",
    "partwatch-notes",
  ]);
});
