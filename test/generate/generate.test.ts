import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Generated, type GenerateOptions, generate } from "../../src/app/generate.ts";
import { configFrom } from "../../src/core/settings/config.ts";
import { WORKFLOW_MARKER } from "../../src/core/workflow/workflow.ts";

const FOLDER = ".github/workflows";
const RUN = `${FOLDER}/partwatch.yml`;
const PULL_REQUEST = `${FOLDER}/partwatch-pull-request.yml`;
const board = {
  file: "monitors/a.yaml",
  name: "Board",
  active: true,
  cron_schedule: "10 7 * * 1-5",
  timezone: "Europe/Berlin",
};

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "partwatch-generate-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = (options: Partial<GenerateOptions> = {}) => run({ check: false, ...options });
const check = (options: Partial<GenerateOptions> = {}) => run({ check: true, ...options });
const read = (path: string) => readFile(join(root, path), "utf8");

function run(options: Partial<GenerateOptions> & { readonly check: boolean }): Promise<Generated> {
  const config = configFrom({ workflow: { action: "./" } });
  return generate({ root, monitors: [board], config, ...options });
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(join(root, path, ".."), { recursive: true });
  await writeFile(join(root, path), text);
}

describe("partwatch generate", () => {
  it("writes both workflows into an empty repository, and a second time nothing", async () => {
    const first = await write();
    expect(first.written).toEqual([PULL_REQUEST, RUN]);
    expect(first.problems).toEqual([]);
    expect(await read(RUN)).toContain('timezone: "Europe/Berlin"');
    const texts = [await read(RUN), await read(PULL_REQUEST)];
    expect(await write()).toMatchObject({ written: [], removed: [], problems: [] });
    expect([await read(RUN), await read(PULL_REQUEST)]).toEqual(texts);
  });

  it("writes only what changed", async () => {
    await write();
    const { written } = await write({ monitors: [board, { ...board, cron_schedule: "5 5 * * *" }] });
    expect(written).toEqual([RUN]);
    expect(await read(RUN)).toContain('cron: "5 5 * * *"');
  });

  it("removes files of ours that are no longer wanted, and never one of somebody else", async () => {
    await write();
    const ci = "name: CI\n# partwatch generate\n";
    await put(`${FOLDER}/ci.yml`, ci);
    await put(`${FOLDER}/partwatch-nightly.yml`, "name: not of the generator\n");
    await put(`${FOLDER}/partwatch-old.yaml`, `${WORKFLOW_MARKER}\nname: old\n`);
    await put(`${FOLDER}/notes.txt`, `${WORKFLOW_MARKER}\n`);
    const config = configFrom({ workflow: { action: "./", pull_request: { active: false } } });
    const result = await write({ config });
    expect(result.removed).toEqual([`${FOLDER}/partwatch-old.yaml`, PULL_REQUEST].toSorted());
    expect((await readdir(join(root, FOLDER))).toSorted()).toEqual([
      "ci.yml",
      "notes.txt",
      "partwatch-nightly.yml",
      "partwatch.yml",
    ]);
    expect(await read(`${FOLDER}/ci.yml`)).toBe(ci);
  });

  it("says that a file of somebody else stands in its place, and touches nothing", async () => {
    await put(RUN, "name: mine\n");
    const result = await write();
    expect(result).toMatchObject({ written: [], removed: [], problems: [{ file: RUN }] });
    expect(result.problems[0]?.severity).toBeUndefined();
    expect(result.problems[0]?.message).toMatch(/rename or remove it/);
    expect(await read(RUN)).toBe("name: mine\n");
    expect(await readdir(join(root, FOLDER))).toEqual(["partwatch.yml"]);
  });

  it("says so of a folder or a link in its place", async () => {
    await mkdir(join(root, RUN), { recursive: true });
    await put("elsewhere.yml", `${WORKFLOW_MARKER}\n`);
    await symlink(join(root, "elsewhere.yml"), join(root, PULL_REQUEST));
    const { problems } = await write();
    expect(problems.map(({ file }) => file)).toEqual([PULL_REQUEST, RUN]);
    expect(await read("elsewhere.yml")).toBe(`${WORKFLOW_MARKER}\n`);
  });

  it.each([".github", ".github/workflows"])("never follows %s out of the repository", async (folder) => {
    const outside = await mkdtemp(join(tmpdir(), "partwatch-outside-"));
    await mkdir(join(root, folder, ".."), { recursive: true });
    await symlink(outside, join(root, folder));
    const { problems } = await write();
    expect(problems).toMatchObject([{ file: folder }]);
    expect(await readdir(outside)).toEqual([]);
    // The link leads nowhere then.
    await rm(outside, { recursive: true });
    expect((await write()).problems).toMatchObject([{ file: folder }]);
  });

  it("leaves everything as it is while a monitor or a setting is broken, so that no schedule is lost", async () => {
    await write();
    const before = await read(RUN);
    const problems = [{ file: "monitors/b.yaml", line: 3, message: "name is missing." }];
    const result = await write({ monitors: [], problems });
    expect(result).toMatchObject({ written: [], removed: [], problems });
    expect(await read(RUN)).toBe(before);
  });

  it("does not mind warnings", async () => {
    const problems = [{ file: "monitors/a.yaml", message: "renamed.", severity: "warning" as const }];
    const result = await write({ problems });
    expect(result.problems).toEqual(problems);
    expect(result.written).toHaveLength(2);
  });
});

describe("partwatch generate --check", () => {
  it("is content with what generate wrote, also where Git made Windows line ends of it", async () => {
    await write();
    expect(await check()).toMatchObject({ written: [], removed: [], problems: [] });
    await put(RUN, (await read(RUN)).replaceAll("\n", "\r\n"));
    const result = await check();
    expect(result).toMatchObject({ written: [], removed: [] });
    expect(result.diffs.size).toBe(0);
  });

  it("shows what a stale workflow lacks, and writes nothing", async () => {
    await write();
    const before = await read(RUN);
    const result = await check({ monitors: [{ ...board, cron_schedule: "12 7 * * 1-5" }] });
    expect(result.written).toEqual([RUN]);
    expect(result.diffs.get(RUN)).toContain([`--- a/${RUN}`, `+++ b/${RUN}`].join("\n"));
    expect(result.diffs.get(RUN)).toContain('\n-    - cron: "10 7 * * 1-5"\n+    - cron: "12 7 * * 1-5"\n');
    expect(await read(RUN)).toBe(before);
  });

  it("gives a patch that mends everything: a missing, a changed and a superfluous file", async () => {
    await write();
    await rm(join(root, PULL_REQUEST));
    await put(RUN, (await read(RUN)).replace("timeout-minutes: 15", "timeout-minutes: 600"));
    await put(`${FOLDER}/partwatch-old.yml`, `${WORKFLOW_MARKER}\nname: old\n`);
    const stale = await check();
    expect(stale.written).toEqual([PULL_REQUEST, RUN]);
    expect(stale.removed).toEqual([`${FOLDER}/partwatch-old.yml`]);
    await promisify(execFile)("git", ["init", "-q"], { cwd: root });
    await writeFile(join(root, "all.patch"), [...stale.diffs.values()].join(""));
    await promisify(execFile)("git", ["apply", "--check", "all.patch"], { cwd: root });
    await promisify(execFile)("git", ["apply", "all.patch"], { cwd: root });
    expect(await check()).toMatchObject({ written: [], removed: [] });
  });
});
