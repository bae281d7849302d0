// Runs the tests part by part, says what each part took, and ends with one line that counts them all.
// Arguments go to vitest as they are: npm test -- test/core
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const parts = ["unit", "adapters", "scenarios", "browser", "engine"];

const args = process.argv.slice(2);
if (args.length > 0) {
  const { status } = spawnSync(process.execPath, [vitest, "run", ...args], { cwd: root, stdio: "inherit" });
  process.exit(status ?? 1);
}

const folder = mkdtempSync(join(tmpdir(), "partwatch-test-"));
const results = parts.map(runPart);
rmSync(folder, { recursive: true, force: true });

console.log("");
for (const { part, seconds, passed, failed, skipped } of results) {
  console.log(
    `${part.padEnd(10)} ${seconds.toFixed(0).padStart(4)} s   ${passed} passed, ${failed} failed, ${skipped} skipped`,
  );
}
const sum = (pick: (result: PartResult) => number) => results.reduce((total, result) => total + pick(result), 0);
const failed = sum((result) => result.failed);
const skipped = sum((result) => result.skipped);
console.log(`\n${sum((result) => result.passed)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed > 0 ? 1 : 0);

interface PartResult {
  readonly part: string;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

function runPart(part: string): PartResult {
  console.log(`\n== ${part}`);
  const file = join(folder, `${part}.json`);
  const started = performance.now();
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", "--project", part, "--passWithNoTests", ...reporters],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  const seconds = (performance.now() - started) / 1000;
  const counts = readCounts(file);
  // A file that does not load, or a worker that dies, is a failure even where no test says so.
  const failed = status === 0 ? counts.failed : Math.max(1, counts.failed);
  return { part, seconds, passed: counts.passed, failed, skipped: counts.skipped };
}

function readCounts(file: string): { passed: number; failed: number; skipped: number } {
  try {
    const report: unknown = JSON.parse(readFileSync(file, "utf8"));
    const count = (name: string) => {
      const value: unknown = typeof report === "object" && report !== null ? Reflect.get(report, name) : 0;
      return typeof value === "number" ? value : 0;
    };
    return {
      passed: count("numPassedTests"),
      failed: count("numFailedTests"),
      skipped: count("numPendingTests") + count("numTodoTests"),
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
