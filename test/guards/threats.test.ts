// docs/security.md names the test behind each of its lines: it has to be there.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const PAGE = join(import.meta.dirname, "../../docs/security.md");

interface Proof {
  readonly title: string;
  readonly file: string;
}

/** `[title of the test](../test/….test.ts)`. */
function proofsIn(text: string): readonly Proof[] {
  return [...text.matchAll(/\[([^\]]+)\]\((\.\.\/test\/[^)]+\.test\.ts)\)/g)].map(([, title = "", file = ""]) => ({
    title,
    file,
  }));
}

/** The rows of tables whose last column is *proven by*. */
function threatsIn(text: string): readonly string[] {
  return text.split(/\n\n+/).flatMap((block) => {
    const [head = "", , ...rows] = block.split("\n");
    return /\| proven by \|$/.test(head) ? rows.filter((row) => row.startsWith("|")) : [];
  });
}

/** Whether a file has a test, or a group of tests, with that title; of `it.each(…)` it stands in the second brackets. */
function hasTest(source: string, title: string): boolean {
  const literal = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll('"', '\\\\?"');
  return new RegExp(`(?:\\b(?:it|test|describe)(?:\\.\\w+)*\\(|\\)\\()\\s*["'\`]${literal}["'\`]`).test(source);
}

describe("docs/security.md", async () => {
  const text = await readFile(PAGE, "utf8");

  it("has a test for each of its lines", () => {
    const threats = threatsIn(text);
    expect(threats.length).toBeGreaterThan(50);
    expect(threats.filter((row) => proofsIn(row).length === 0)).toEqual([]);
    expect(threats.filter((row) => row.split(" | ").length !== 3)).toEqual([]);
  });

  it.each(proofsIn(text))("names a test that is there: $title", async ({ title, file }) => {
    expect(hasTest(await readFile(join(dirname(PAGE), file), "utf8"), title), file).toBe(true);
  });

  it("would be found out", () => {
    expect(hasTest('it("is there", () => {});', "is there")).toBe(true);
    expect(hasTest('it.each([["a"]])("is %s", () => {});', "is %s")).toBe(true);
    expect(hasTest('it("is there", () => {});', "is gone")).toBe(false);
    expect(hasTest('// "is there"\nconst a = "is said";', "is said")).toBe(false);
    expect(threatsIn("| somebody … | what | proven by |\n| --- | --- | --- |\n| a | b | c |")).toHaveLength(1);
  });
});
