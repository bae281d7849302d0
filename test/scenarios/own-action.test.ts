import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_ACTION } from "../../src/core/settings/workflow-settings.ts";
import { openRunner } from "../support/action.ts";
import { board, fork } from "../support/action-lists.ts";
import { commitAll, copyProgram, gitIn, pretendPushed } from "../support/own-clone.ts";
import { unbroken } from "../support/workspace.ts";

const VERSION = "v0.1.0";
const RUN = ".github/workflows/partwatch.yml";

let home = "";
let clone = "";
let lists = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "partwatch-own-action-"));
  clone = join(home, "partwatch");
  lists = join(home, "lists");
  await mkdir(lists);
  await gitIn(lists)("init", "--quiet", "--initial-branch=main");
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function partwatch(program: string, ...args: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: home, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };
  const { stdout } = await promisify(execFile)(process.execPath, [join(program, "dist/cli.mjs"), ...args], {
    cwd: lists,
    env,
  });
  return stdout;
}

const read = (path: string) => readFile(join(lists, path), "utf8");
const actionsIn = (text: string) =>
  new Set([...text.matchAll(/uses: (?!actions\/)(.*?)(?: # zizmor: .*)?$/gm)].map(([, uses]) => uses));

/** What init makes of it: the reference in partwatch.yaml, and why it may be wrong, if it says so. */
async function initialised(program: string, ...args: readonly string[]) {
  const said = unbroken(await partwatch(program, "init", ...args));
  const [, action] = /^ {2}action: "(.*)"$/m.exec(await read("partwatch.yaml")) ?? [];
  const [, why] = /workflow\.action: .*, because (.*?)\. Make sure/.exec(said) ?? [];
  expect(actionsIn(await read(RUN))).toEqual(new Set([action]));
  return { action, why };
}

async function pushedClone(address = "https://github.com/acme/partwatch.git"): Promise<string> {
  await copyProgram(clone);
  const commit = await commitAll(clone);
  await pretendPushed(clone, address);
  return commit;
}

describe("the workflows of somebody who runs Partwatch from a clone", () => {
  it.each([
    "https://github.com/acme/partwatch.git",
    "git@github.com:acme/partwatch.git",
    "https://u:p@github.com/acme/partwatch",
  ])("of %s run that very commit", async (address) => {
    const commit = await pushedClone(address);
    expect(await initialised(clone)).toEqual({ action: `acme/partwatch@${commit} # ${VERSION}`, why: undefined });
  });

  it("run it too where partwatch.yaml names no action, and the action itself agrees", async () => {
    const commit = await pushedClone();
    await using runner = await openRunner(board);
    const uses = `acme/partwatch@${commit} # ${VERSION}`;
    await partwatch(clone, "-C", runner.root, "generate");
    expect(actionsIn(await readFile(join(runner.root, RUN), "utf8"))).toEqual(new Set([uses]));
    const check = { ...fork, inputs: { command: "generate-check" } };
    const same = await runner.run({ ...check, env: { ...fork.env, GITHUB_ACTION_REF: commit } });
    expect(same).toMatchObject({ code: 0 });
    expect((await runner.run(check)).code).toBe(1);
  });

  it("run what partwatch.yaml or --action names instead", async () => {
    await pushedClone();
    const named = `other/fork@${"1".repeat(40)} # v9.9.9`;
    expect(await initialised(clone, "--action", named)).toEqual({ action: named, why: undefined });
    const settings = (await read("partwatch.yaml")).replace("other/fork", "third/fork");
    await writeFile(join(lists, "partwatch.yaml"), settings);
    await partwatch(clone, "generate");
    expect(actionsIn(await read(RUN))).toEqual(new Set([named.replace("other", "third")]));
  });

  it("run it where the clone is of a tag, and as shallow as can be", async () => {
    await copyProgram(clone);
    await commitAll(clone);
    const git = gitIn(clone);
    await git("commit", "--quiet", "--allow-empty", "--message=Release");
    await git("tag", "v1.0.0");
    const shallow = join(home, "shallow");
    await git("clone", "--quiet", "--depth=1", "--branch=v1.0.0", `file://${clone}`, shallow);
    await gitIn(shallow)("remote", "set-url", "origin", "https://github.com/acme/partwatch");
    const commit = await gitIn(shallow)("rev-parse", "HEAD");
    expect((await initialised(shallow)).action).toBe(`acme/partwatch@${commit} # ${VERSION}`);
  });

  it("name its folder where it is one of a larger repository", async () => {
    await copyProgram(join(clone, "tools/partwatch"));
    const commit = await commitAll(clone);
    await pretendPushed(clone, "https://github.com/acme/tools");
    const { action } = await initialised(join(clone, "tools/partwatch"));
    expect(action).toBe(`acme/tools/tools/partwatch@${commit} # ${VERSION}`);
  });
});

describe("the workflows of somebody whose lists have Partwatch among them", () => {
  it.each(["", "tools/partwatch"])("run the folder ./%s", async (folder) => {
    await copyProgram(join(lists, folder));
    expect(await initialised(join(lists, folder))).toEqual({ action: `./${folder}`, why: undefined });
  });

  it("do not where Git ignores it", async () => {
    await copyProgram(join(lists, "tools/partwatch"));
    await writeFile(join(lists, ".gitignore"), "dist/\n");
    const { action, why } = await initialised(join(lists, "tools/partwatch"));
    expect({ action, why }).toEqual({
      action: DEFAULT_ACTION,
      why: "this Partwatch is a folder that Git ignores here",
    });
  });
});

describe("init takes the last release, and says why, if Partwatch", () => {
  it("was installed by npm", async () => {
    await copyProgram(join(lists, "node_modules/partwatch"));
    const { action, why } = await initialised(join(lists, "node_modules/partwatch"));
    expect({ action, why }).toEqual({ action: DEFAULT_ACTION, why: "this Partwatch is not a clone of its repository" });
  });

  it("has a commit that was not pushed", async () => {
    await pushedClone();
    await gitIn(clone)("commit", "--quiet", "--allow-empty", "--message=Not pushed");
    const { action, why } = await initialised(clone);
    expect({ action, why }).toEqual({
      action: DEFAULT_ACTION,
      why: "this Partwatch is at a commit that is on no branch of its remote",
    });
  });

  it("was changed", async () => {
    await pushedClone();
    await writeFile(join(clone, "dist/cli.mjs"), `${await readFile(join(clone, "dist/cli.mjs"), "utf8")}\n// mine\n`);
    const { action, why } = await initialised(clone);
    expect({ action, why }).toEqual({
      action: DEFAULT_ACTION,
      why: "this Partwatch has changes in action.yml or dist that are in no commit",
    });
  });

  it("comes from another server than the lists", async () => {
    await pushedClone("https://gitlab.example.com/acme/partwatch");
    await gitIn(lists)("remote", "add", "origin", "https://github.com/acme/lists");
    expect((await initialised(clone)).why).toBe(
      "this Partwatch was cloned from where workflows of this repository cannot load it",
    );
  });
});
