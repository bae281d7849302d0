import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inside } from "../support/workspace.ts";

const ROOT = join(import.meta.dirname, "../..");

let home = "";
let project = "";
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "partwatch-package-"));
  project = join(home, "empty");
  await mkdir(project);
  await npm(ROOT, "pack", "--pack-destination", home);
  const [tarball = ""] = (await readdir(home)).filter((name) => name.endsWith(".tgz"));
  // A package that had to be downloaded would be refused: nobody is asked.
  await npm(project, "install", "--offline", "--engine-strict", join(home, tarball));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** npm as on a machine that nobody has configured, on the Node that runs this test. */
function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  return execute({ cwd, program: "npm", args });
}

async function execute(of: { readonly cwd: string; readonly program: string; readonly args: readonly string[] }) {
  const env = { HOME: home, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}` };
  const { stdout } = await promisify(execFile)(of.program, of.args, { cwd: of.cwd, env });
  return stdout;
}

const partwatch = (...args: readonly string[]) =>
  execute({ cwd: project, program: join(project, "node_modules/.bin/partwatch"), args });

async function json(file: string): Promise<unknown> {
  const value: unknown = JSON.parse(await readFile(file, "utf8"));
  return value;
}

describe("the packed program", () => {
  it("installs in an empty folder alone: no Node, and no other package", async () => {
    const packages = (await readdir(join(project, "node_modules"))).filter((name) => !name.startsWith("."));
    expect(packages).toEqual(["partwatch"]);
  });

  it("asks for Node 24, and for nothing that would be installed or run with it", async () => {
    const manifest = await json(join(project, "node_modules/partwatch/package.json"));
    expect(inside(manifest, "engines")).toEqual({ node: ">=24" });
    for (const name of ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies"])
      expect(inside(manifest, name), name).toBeUndefined();
    for (const name of ["preinstall", "install", "postinstall", "prepare"])
      expect(inside(manifest, "scripts", name), name).toBeUndefined();
  });

  it("has what a run needs, and no source, test or list", async () => {
    const folder = join(project, "node_modules/partwatch");
    expect((await readdir(folder)).toSorted()).toEqual(
      ["LICENSE", "README.md", "action.yml", "bin", "dist", "package.json", "schemas"].toSorted(),
    );
    expect((await readdir(join(folder, "dist"), { recursive: true })).toSorted()).toEqual(
      (await readdir(join(ROOT, "dist"), { recursive: true })).toSorted(),
    );
  });

  it("starts by its name, and works", async () => {
    expect(await partwatch("--version")).toBe(`${inside(await json(join(ROOT, "package.json")), "version")}\n`);
    await mkdir(join(project, "monitors"));
    await writeFile(
      join(project, "monitors/board.yaml"),
      'name: Board\ncron_schedule: "10 7 * * 1-5"\nparts: [{ name: Board, quantity: 1 }]\nrecipients: [a@example.com]\n',
    );
    expect(await partwatch("validate")).toBe("1 monitor is valid.\n");
  });
});

it("npm is told of each package that would run something when it is installed", async () => {
  const packages = Object.entries(Object(inside(await json(join(ROOT, "package-lock.json")), "packages")));
  const scripted = packages.flatMap(([path, entry]) =>
    inside(entry, "hasInstallScript") === true ? [path.replace(/^.*node_modules\//, "")] : [],
  );
  expect(Object.keys(Object(inside(await json(join(ROOT, "package.json")), "allowScripts")))).toEqual(scripted);
});
