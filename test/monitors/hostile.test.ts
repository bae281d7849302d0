import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatProblem } from "../../src/core/problem.ts";
import { readMonitors } from "../../src/monitors/read.ts";
import { GOOD, NOW, problemsOf, readFiles, withRepository } from "./folder.ts";

/** Nine levels, each of ten times the one before: a billion values in less than a kilobyte. */
const BOMB = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${Array.from("bcdefghij", (name, index) => {
  const before = `*${"abcdefghij".charAt(index)}`;
  return `${name}: &${name} [${Array.from({ length: 10 }, () => before).join(", ")}]`;
}).join("\n")}\n`;

const REPEATS = "uses aliases (*name) too often or in a circle; write the values out.";

test.each<[string, string | Uint8Array, string]>([
  ["a YAML bomb", `parts:\n  - ${BOMB.replaceAll("\n", "\n    ")}`, REPEATS],
  ["thousands of aliases", `a: &a 1\nb: [${"*a,".repeat(5000)}]`, REPEATS],
  ["a list that contains itself", "a: &a [*a]", REPEATS],
  ["a binary file", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]), "is a binary file, not text; remove it."],
  [
    "a file that is not UTF-8",
    new Uint8Array([0x6e, 0x3a, 0x20, 0xe4, 0xf6]),
    'is not UTF-8, probably Windows-1252: line 1 would read "n: äö"; save it as UTF-8.',
  ],
  ["a UTF-16 file", Buffer.from(`\ufeff${GOOD}`, "utf16le"), "is UTF-16; save it as UTF-8."],
  ["an empty file", "", "the file is empty; it needs fields, as in name: Sensor board."],
  ["a file of remarks", "# nothing yet\n", "the file is empty; it needs fields, as in name: Sensor board."],
  ["a file of one word", "hello\n", "the file must consist of fields, as in name: Sensor board."],
  ["a file that is a list", "- a\n- b\n", "the file must consist of fields, as in name: Sensor board."],
  ["nesting without end", "[".repeat(50_000), "values are nested too deep; a list needs three levels."],
  ["dashes without end", "- ".repeat(50_000), "values are nested too deep; a list needs three levels."],
  ["a directive of YAML 1.1", `%YAML 1.1\n---\n${GOOD}`, "files are YAML 1.2; leave the line %YAML out."],
  ["a tag", GOOD.replace("25 }", "!secret x }"), "the tag !secret means nothing here; leave it out,"],
  ["a tag of other YAML versions", GOOD.replace("25 }", "!!binary eA== }"), "the tag !!binary means nothing here"],
  ["two documents", `${GOOD}---\n${GOOD}`, "a second document begins here (---)"],
  ["a key that stands twice", `${GOOD}name: Other\n`, "the key name appears twice; keep one of them."],
  ["a tab", "name: x\nparts:\n\t- a\n", "a tab indents this line; YAML wants spaces."],
  ["a quote that nothing closes", `name: "Sensor\n`, 'the quote " that begins here is never closed'],
  ["a cron without quotes", GOOD.replace('"10 7 * * 1-5"', "*/20 7 * * 1-5"), "must be in quotes"],
  ["a key that is no name", `? [a, b]\n: 1\n${GOOD}`, "a key must be a plain name."],
])("%s is one problem in words", async (_what, content, message) => {
  const problems = await problemsOf(content);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(message);
  expect(problems[0]).toMatch(/^monitors\/a\.yaml:\d+:\d+[: ]/);
});

test.each<[string, string, number, number]>([
  ["lists in lists", `${"[".repeat(20_000)}1${"]".repeat(20_000)}`, 2, 27],
  ["fields in fields", `${"{a: ".repeat(20_000)}1${"}".repeat(20_000)}`, 2, 84],
  ["as many as can just be parsed", `${"[".repeat(700)}1${"]".repeat(700)}`, 2, 27],
  ["brackets that nobody closes", "[".repeat(400_000), 2, 27],
  ["dashes", `\n  ${"- ".repeat(20_000)}x`, 3, 43],
  ["question marks", "? ".repeat(20_000), 2, 47],
  ["indented fields", Array.from({ length: 600 }, (_, level) => `\n${" ".repeat(level + 1)}a:`).join(""), 22, 21],
])("a name of %s is one problem, where it goes too deep", async (_what, name, line, column) => {
  const problems = await problemsOf(`cron_schedule: "0 7 * * *"\nname: ${name}\n`);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`:${line}:${column}: values are nested too deep; a list needs three levels.`);
});

test("a key that stands twice hides no other problem", async () => {
  const problems = await problemsOf(`${GOOD.replace("25 }", "0 }")}name: Other\n`);
  expect(problems).toEqual([
    "monitors/a.yaml:5:49 parts[0].quantity: must be above 0, not 0.",
    "monitors/a.yaml:8:1: the key name appears twice; keep one of them.",
  ]);
});

test("a file of 50 MB is refused unread", async () => {
  const { problems, monitors } = await readFiles({
    "monitors/a.yaml": new Uint8Array(50 * 1024 * 1024).fill(0x61),
    "monitors/b.yaml": GOOD,
  });
  expect(problems.map(formatProblem)).toEqual(["monitors/a.yaml:1:1: is too large (50.0 MB; 1 MB is the most)."]);
  expect(monitors).toHaveLength(1);
});

test("a folder, a dangling link and links out of the repository are told, and the good list runs", async () => {
  await withRepository({ "monitors/good.yaml": GOOD, "other/shared.yaml": GOOD, ".git/config": "x" }, async (root) => {
    const folder = join(root, "monitors");
    await mkdir(join(folder, "folder.yaml"));
    await symlink("nowhere.yaml", join(folder, "dangling.yaml"));
    await symlink("loop.yaml", join(folder, "loop.yaml"));
    await symlink("/proc/self/environ", join(folder, "environ.yaml"));
    await symlink("../.git/config", join(folder, "git.yaml"));
    await symlink("../other/shared.yaml", join(folder, "shared.yaml"));
    const { problems, monitors } = await readMonitors({ root, now: NOW });
    expect(monitors.map(({ id }) => id)).toEqual(["good", "shared"]);
    const said = new Map(problems.map(({ file = "", message }) => [file.slice("monitors/".length), message]));
    expect(said.get("folder.yaml")).toBe("is a folder, not a file; rename or remove it.");
    expect(said.get("dangling.yaml")).toBe("is a broken link; remove it or fix it.");
    expect(said.get("loop.yaml")).toBe("is a broken link; remove it or fix it.");
    expect(said.get("git.yaml")).toBe("is a link that leads out of the repository; put the file itself here.");
    expect(said.get("environ.yaml")).toMatch(/^is (not a regular file|a link that leads out of the repository)/);
    expect(said.size).toBe(5);
  });
});

test("nothing that a file says can move the reader's terminal or begin a new line", async () => {
  const nasty = '"\\e[31m\\r\\n::error::\\u202eevil\\0"';
  const text = `name: ${nasty}\ncron_schedule: ${nasty}\ntimezone: ${nasty}\n${nasty}: 1\nlanguage: ${nasty}
parts: [{ name: ${nasty}, quantity: ${nasty}, ${nasty}: 1 }]\nrecipients: [${nasty}]\nid: ${nasty}\n`;
  const { problems } = await readFiles({ "monitors/a.yaml": text, "monitors/\u001b[31m.yaml": GOOD });
  expect(problems.length).toBeGreaterThan(8);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not be there.
  const unsafe = problems.filter((problem) => /[\u0000-\u001f\u007f-\u009f\u202e]/.test(formatProblem(problem)));
  expect(unsafe).toEqual([]);
});

test("a name of a thousand characters is too long, and nothing else", async () => {
  expect(await problemsOf(GOOD.replace(/^name: .*/, `name: ${"x".repeat(5000)}`))).toEqual([
    "monitors/a.yaml:1:7 name: is too long: 5000 characters, where 200 are the most.",
  ]);
});

test("a file whose name has a line break is read like any other", async () => {
  const { problems, monitors } = await readFiles({ "monitors/a\nb.yaml": GOOD });
  expect(monitors).toEqual([]);
  expect(problems.map(formatProblem)).toEqual([
    expect.stringMatching(/^monitors\/a\ufffdb\.yaml:1:1 id: the file's name makes the id .* rename it to a-b\.yaml/),
  ]);
});

test("a file with thousands of problems is told of the first hundred", async () => {
  const entries = Array.from({ length: 900 }, () => "  - { name: A, quantity: 0 }").join("\n");
  const problems = await problemsOf(GOOD.replace(/parts:\n.*\n.*\n/, `parts:\n${entries}\n`));
  expect(problems).toHaveLength(101);
  expect(problems[0]).toBe("monitors/a.yaml:5:26 parts[0].quantity: must be above 0, not 0.");
  expect(problems.at(-1)).toBe("monitors/a.yaml: has more problems; these are the first 100.");
});

test("a megabyte of wrong entries is answered all the same", async () => {
  const { problems } = await readFiles({
    "monitors/a.yaml": `${GOOD}policy: { stock: { exclude: [${"x,".repeat(200_000)}x] } }\n`,
  });
  expect(problems).toHaveLength(101);
});

test("a repository without lists is told how to begin, which is no error", async () => {
  const { problems, monitors } = await readFiles({ "README.md": "x" });
  expect(monitors).toEqual([]);
  expect(problems).toEqual([
    {
      file: "monitors",
      message: "this folder does not exist yet; lists go into it, as in monitors/sensor-board.yaml.",
      severity: "warning",
    },
  ]);
});

test("a file where the folder should be, and an ending in capitals, are told", async () => {
  const file = await readFiles({ monitors: "x" });
  expect(file.problems.map(formatProblem)).toEqual(["monitors: cannot be read as a folder (ENOTDIR)."]);
  const capitals = await readFiles({ "monitors/A.YAML": GOOD });
  expect(capitals.problems.map(formatProblem)).toEqual([
    "monitors/A.YAML: is not read: its ending must be .yaml in small letters.",
  ]);
});
