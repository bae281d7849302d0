import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

const SOURCES = join(import.meta.dirname, "../../src");
const CLOCK = "system/clock.ts";
/** Only these hand the machine's clock to the rest. */
const ENTRIES = ["action.ts", "action/dashboard.ts", "cli/io.ts"];
/** What browsers run, as text: there the reader's own clock says whether a page is old. */
const IN_BROWSERS = "pages/generated/assets.ts";

/** A look at the machine's own time or chance. */
const REAL =
  /\bnew Date(?:\(\)|(?![\w(]))|(?<!new )\bDate\(|\bDate\.now\b|\bperformance\.\w+\(|\bhrtime\b|\bTemporal\.Now\b|\bMath\.random\b/;

it.each([
  "const now = new Date();",
  "const now = new Date;",
  "const today = Date();",
  "const started = Date.now();",
  "const later = [1].map(Date.now);",
  "const started = performance.now();",
  "const started = process.hrtime.bigint();",
  "const now = Temporal.Now.instant();",
  "const jitter = Math.random();",
])("a look at the machine's clock is seen: %s", (line) => {
  expect(line).toMatch(REAL);
});

it.each(["const at = new Date(text);", "const at = new Date(Date.UTC(2026, 0, 1));", "(value: Date) => value.now"])(
  "a day that is given is none: %s",
  (line) => {
    expect(line).not.toMatch(REAL);
  },
);

it("nothing but system/clock.ts looks at the machine's clock, and only entries take it from there", async () => {
  const files = (await readdir(SOURCES, { recursive: true })).filter(
    (file) => /\.tsx?$/.test(file) && file !== IN_BROWSERS,
  );
  const texts = await Promise.all(
    files.map(async (file) => [file, await readFile(join(SOURCES, file), "utf8")] as const),
  );
  const having = (pattern: RegExp) => texts.flatMap(([file, text]) => (pattern.test(text) ? [file] : [])).sort();
  expect(having(REAL)).toEqual([CLOCK]);
  expect(having(/\bsystemClock\b/)).toEqual([...ENTRIES, CLOCK].sort());
});
