import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const made: string[] = [];

afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

const CONFIG = {
  globals: true,
  reporters: [join(root, "test/support/closing-line.ts")],
  projects: ["one", "two"].map((name) => ({ extends: true, test: { name, include: [`${name}/*.test.mjs`] } })),
};
const NEEDS_ACT = '{ skip: true, meta: { needs: "act" } }';

/** Runs a suite of these files, in two parts. */
async function runSuite(files: Readonly<Record<string, string>>): Promise<{ code: number; lines: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "partwatch-suite-"));
  made.push(folder);
  const all = { ...files, "vitest.config.mjs": `export default ${JSON.stringify({ test: CONFIG })};\n` };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const env = { PATH: process.env.PATH, HOME: folder, NO_COLOR: "1" };
  const run = promisify(execFile)(process.execPath, [vitest, "run"], { cwd: folder, env });
  const { code, stdout } = await run.then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  );
  return { code, lines: stdout.trimEnd().split("\n") };
}

it("a suite ends with what each part took, what was not proven here, and one line that counts all", async () => {
  const { code, lines } = await runSuite({
    "one/a.test.mjs": 'it("is well", () => {});\nit("is well, too", () => {});\n',
    "two/b.test.mjs": `describe("engine", ${NEEDS_ACT}, () => { it("a", () => {}); it("b", () => {}); });\n`,
    "two/c.test.mjs": 'it("later", (context) => context.skip());\n',
  });
  expect(lines.slice(-2)).toEqual(['Not proven here: no act (2 tests), "later"', "2 passed, 0 failed, 3 skipped"]);
  expect(lines.filter((line) => /^(?:one|two) /.test(line))).toEqual([
    expect.stringMatching(/^one +\d+ s +1 files {2}2 passed, 0 failed, 0 skipped$/),
    expect.stringMatching(/^two +\d+ s +2 files {2}0 passed, 0 failed, 3 skipped$/),
  ]);
  expect(code).toBe(0);
});

it("a file that does not load, a hook that fails and a test that fails are counted, each", async () => {
  const { code, lines } = await runSuite({
    "one/a.test.mjs": 'import "./nowhere.mjs";\nit("is never reached", () => {});\n',
    "one/b.test.mjs": 'afterAll(() => { throw new Error("no"); });\nit("is well", () => {});\n',
    "two/c.test.mjs": 'it("is well", () => {});\nit("is not", () => { throw new Error("no"); });\n',
  });
  expect(lines.at(-1)).toBe("2 passed, 3 failed");
  expect(code).toBe(1);
  const again = lines.slice(lines.findLastIndex((line) => line.startsWith("Slowest files:")) + 1, -1);
  expect(again.filter((line) => line.startsWith("FAILED ")).toSorted()).toEqual([
    "FAILED one/a.test.mjs",
    "FAILED one/b.test.mjs",
    "FAILED two/c.test.mjs > is not",
  ]);
  expect(again.filter((line) => !/^(?:FAILED | {4}|$)/.test(line))).toEqual([]);
  expect(again[again.indexOf("FAILED two/c.test.mjs > is not") + 1]).toBe("    no");
});

it("of a long error the first lines are said again at the end, and where it was thrown", async () => {
  const words = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`);
  const { lines } = await runSuite({
    "one/a.test.mjs": `it("is not", () => { throw new Error(${JSON.stringify(words.join("\n"))}); });\n`,
  });
  const again = lines.slice(lines.indexOf("FAILED one/a.test.mjs > is not") + 1, -2);
  expect(again.slice(0, -1)).toEqual(words.slice(0, 14).map((line) => `    ${line}`));
  expect(again.at(-1)).toMatch(/^ {4}at .*a\.test\.mjs:1/);
});
