import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect, it } from "vitest";
import { wordLookups } from "../support/word-lookups.ts";

const root = join(import.meta.dirname, "../..");
/** Its `own` and `field` ask for what a record itself holds, so that nothing else has to index by a word. */
const ALLOWED = "src/core/records.ts";

it("words from outside ask no object for what every object inherits, but through own() and field()", () => {
  const found = wordLookups(root, "src").filter((place) => !place.startsWith(`${ALLOWED}:`));
  expect(found, "use own() or field() of core/records.ts, or a Map").toEqual([]);
});

it("each way to ask with a word is found, and none with a number or a word of the program's own", async () => {
  const folder = await mkdtemp(join(root, "src/guard-"));
  try {
    await writeFile(
      join(folder, "lookups.ts"),
      `export function asks(of: { record: Record<string, number>; word: string; index: number; side: "a" | "b" }) {
  const { record, word, index, side } = of;
  const { [word]: taken } = record;
  const fine = [[1, 2][index], { a: 1, b: 2 }[side], { [word]: 1 }, "a" in record];
  record[word] = 2;
  return [record[word], word in record, taken, Reflect.get(record, word), record[word + 1], fine];
}
`,
    );
    const found = wordLookups(root, relative(root, folder));
    expect(found.map((place) => place.replace(/^.*lookups\.ts:/, ""))).toEqual([
      "3 [word]: taken",
      "5 record[word]",
      "6 record[word]",
      "6 word in record",
      "6 Reflect.get(record, word)",
      "6 record[word + 1]",
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
