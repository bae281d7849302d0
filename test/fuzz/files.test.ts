// Lists, partwatch.yaml and parts lists, spoiled in every way: each is taken, or refused with its place, in words.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultConfig } from "../../src/core/settings/config.ts";
import { readPartsFile } from "../../src/monitors/parts-file.ts";
import { readMonitors } from "../../src/monitors/read.ts";
import { GOOD, NOW, withRepository } from "../monitors/folder.ts";
import { FIRST_SEED, LONGEST_MS, partOfAll } from "./support/amount.ts";
import { LISTS, SETTINGS, TABLES } from "./support/corpus.ts";
import { expectNoFlaws, flawOf } from "./support/expect-plain.ts";
import { spoiled } from "./support/mutate.ts";

const AT_ONCE = 100;

const ENDINGS = ["csv", "tsv", "json", "yaml"];

describe("a file of random or mutated text", () => {
  it("is taken, or refused with file, line and column", { timeout: LONGEST_MS }, async () => {
    const count = partOfAll(0.006);
    const flaws: string[] = [];
    let refused = 0;
    await withRepository({ "partwatch.yaml": "language: en\n" }, async (root) => {
      for (let from = FIRST_SEED; from < FIRST_SEED + count; from += AT_ONCE) {
        const seeds = Array.from({ length: Math.min(AT_ONCE, FIRST_SEED + count - from) }, (_, index) => from + index);
        const instead = new Map(seeds.map((seed) => [`monitors/${seed}.yaml`, spoiled(LISTS, seed)]));
        const { problems, broken } = await readMonitors({ root, now: NOW, instead });
        const files = new Set(instead.keys());
        refused += broken.length;
        for (const problem of problems) {
          const flaw = flawOf(problem, new Set([...files, "monitors"]));
          if (flaw !== undefined && problem.file !== "monitors") flaws.push(`${flaw}: ${JSON.stringify(problem)}`);
        }
      }
    });
    expectNoFlaws(flaws);
    console.log(`lists: ${count} texts (seeds from ${FIRST_SEED}), ${refused} refused`);
    expect(refused).toBeGreaterThan(count / 3);
    expect(refused).toBeLessThanOrEqual(count);
  });

  it("that is partwatch.yaml is taken, or refused with line and column", { timeout: LONGEST_MS }, async () => {
    const count = partOfAll(0.002);
    const flaws: string[] = [];
    let refused = 0;
    await withRepository({ "monitors/good.yaml": GOOD }, async (root) => {
      for (let seed = FIRST_SEED; seed < FIRST_SEED + count; seed += 1) {
        await writeFile(join(root, "partwatch.yaml"), spoiled(SETTINGS, seed));
        const { problems, broken } = await readMonitors({ root, now: NOW });
        if (broken.length > 0) refused += 1;
        for (const problem of problems) {
          const flaw = flawOf(problem, new Set(["partwatch.yaml", "monitors/good.yaml"]));
          if (flaw !== undefined) flaws.push(`seed ${seed}, ${flaw}: ${JSON.stringify(problem)}`);
        }
      }
    });
    expectNoFlaws(flaws);
    console.log(`partwatch.yaml: ${count} texts, ${refused} refused`);
    expect(refused).toBeGreaterThan(count / 4);
  });

  it("that is a parts list of CSV, JSON or YAML is taken, or refused with its line", {
    timeout: LONGEST_MS,
  }, async () => {
    const count = partOfAll(0.032);
    const flaws: string[] = [];
    let refused = 0;
    await withRepository({}, async (root) => {
      for (let seed = FIRST_SEED; seed < FIRST_SEED + count; seed += 1) {
        const file = `list.${ENDINGS[seed % ENDINGS.length]}`;
        const path = join(root, file);
        await writeFile(path, spoiled(TABLES, seed));
        const { problems, parts } = await readPartsFile({ path, file, config: defaultConfig(), now: NOW });
        if (parts === undefined) refused += 1;
        for (const problem of problems) {
          const flaw = flawOf({ column: 1, ...problem }, new Set([file]));
          if (flaw !== undefined) flaws.push(`seed ${seed}, ${flaw}: ${JSON.stringify(problem)}`);
        }
      }
    });
    expectNoFlaws(flaws);
    console.log(`parts lists: ${count} texts, ${refused} refused`);
    expect(refused).toBeGreaterThan(count / 10);
  });
});
