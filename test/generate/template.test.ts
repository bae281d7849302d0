// The repository that people begin with, as a folder of files to paste: docs/start/browser.md leads through it.
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { plainMachine } from "../support/machine.ts";

const ROOT = join(import.meta.dirname, "../..");
const TEMPLATE = join(ROOT, "template");
const page = await readFile(join(ROOT, "docs/start/browser.md"), "utf8");
const readme = await readFile(join(TEMPLATE, "README.md"), "utf8");
const workflow = await readFile(join(TEMPLATE, ".github/workflows/partwatch.yml"), "utf8");

it("is valid as it is, its workflows are those of its settings, and its list is checked once somebody activates it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "partwatch-template-"));
  try {
    await cp(TEMPLATE, folder, { recursive: true });
    const partwatch = (...args: readonly string[]) =>
      promisify(execFile)(process.execPath, [join(ROOT, "dist/cli.mjs"), "-C", folder, ...args], {
        env: plainMachine(folder),
      });
    const { monitors, problems } = JSON.parse((await partwatch("validate", "--json")).stdout);
    expect({ monitors, problems }).toEqual({
      monitors: [{ id: "first-list", file: "monitors/first-list.yaml" }],
      problems: [],
    });
    expect((await partwatch("generate", "--check")).stderr).toBe("");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it("has every file that the page has people paste, and the page every file of it", async () => {
  const entries = await readdir(TEMPLATE, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(TEMPLATE.length + 1)
        .split(sep)
        .join("/"),
    );
  const named = [...page.matchAll(/^\| `([^`]+)` \| \[[^\]]*\]\(\.\.\/\.\.\/template\/([^)]+)\)/gm)];
  expect(named.map(([, name, link]) => [name, link])).toEqual(named.map(([, name]) => [name, name]));
  expect(named.map(([, name]) => name).sort()).toEqual(files.filter((file) => file !== "README.md").sort());
});

it("names the secrets and variables that its workflow hands over, in its README and on the page alike", () => {
  const { check } = parse(workflow).jobs;
  const env: Readonly<Record<string, string>> = check.steps.at(-1).env;
  const inReadme = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name = ""]) => name);
  const onPage = [...page.matchAll(/`([A-Z]{3,}_[A-Z_]+)`/g)].map(([, name = ""]) => name);
  expect(new Set(onPage)).toEqual(new Set(inReadme));
  expect(inReadme.filter((name) => env[name] === undefined)).toEqual([]);
  const secretsOnly = Object.entries(env).flatMap(([name, value]) => (value.includes("vars.") ? [] : [name]));
  const variables = readme.slice(readme.indexOf("On the tab *Variables*"));
  expect(secretsOnly.filter((name) => variables.includes(name))).toEqual([]);
});
