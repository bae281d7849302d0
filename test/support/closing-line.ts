// A reporter beside vitest's own: what each part of the suite took, what failed once more in short, what could not be proven
// on this machine, and one last line that counts everything.
import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestModule } from "vitest/node";

interface Part {
  files: number;
  milliseconds: number;
  passed: number;
  failed: number;
  skipped: number;
}

/** So many lines of an error are said again. */
const MOST_LINES = 15;

/** A file that takes so long is named as it ends. */
const SLOW_MS = 30_000;

export default class ClosingLine implements Reporter {
  onTestModuleEnd(module: TestModule): void {
    if (millisecondsOf(module) > SLOW_MS) console.log(` slow: ${nameOf(module)}`);
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: string): void {
    const parts = partsOf(modules);
    const sum = (pick: (part: Part) => number) => [...parts.values()].reduce((total, part) => total + pick(part), 0);
    const counted = sum(({ failed }) => failed);
    // A worker that dies and an error outside of every test are failures, though no test says so.
    const failed = errors.length > 0 || reason === "failed" ? Math.max(1, counted) : counted;
    const skipped = sum((part) => part.skipped);
    console.log("\nSeconds of the files of each part, which run side by side:");
    for (const [name, part] of parts) console.log(rowOf(name, part));
    console.log(`Slowest files: ${slowest(modules)}\n`);
    for (const line of failures(modules, errors)) console.log(line);
    if (skipped > 0) console.log(`Not proven here: ${unproven(modules)}`);
    console.log(`${sum(({ passed }) => passed)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  }
}

function rowOf(name: string, { files, milliseconds, passed, failed, skipped }: Part): string {
  const seconds = secondsOf(milliseconds).padStart(5);
  return `${name.padEnd(10)} ${seconds} s  ${String(files).padStart(3)} files  ${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function partsOf(modules: readonly TestModule[]): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  for (const module of modules) {
    const part = parts.get(module.project.name) ?? { files: 0, milliseconds: 0, passed: 0, failed: 0, skipped: 0 };
    parts.set(module.project.name, part);
    part.files += 1;
    part.milliseconds += millisecondsOf(module);
    const before = part.failed;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") part.passed += 1;
      else if (state === "skipped") part.skipped += 1;
      // A test that never ended proves nothing.
      else part.failed += 1;
    }
    // A file that does not load, or whose hooks fail, has no test that says so.
    if (!module.ok() && part.failed === before) part.failed += 1;
  }
  return parts;
}

function millisecondsOf(module: TestModule): number {
  const { duration, collectDuration, setupDuration, environmentSetupDuration, prepareDuration } = module.diagnostic();
  return duration + collectDuration + setupDuration + environmentSetupDuration + prepareDuration;
}

function slowest(modules: readonly TestModule[]): string {
  return modules
    .toSorted((a, b) => millisecondsOf(b) - millisecondsOf(a))
    .slice(0, 8)
    .map(nameOf)
    .join(", ");
}

function nameOf(module: TestModule): string {
  return `${module.relativeModuleId.replace(/^test\//, "")} ${secondsOf(millisecondsOf(module))} s`;
}

/** What is absent, with the number of tests that need it; tests that were skipped for no stated reason are named themselves. */
function unproven(modules: readonly TestModule[]): string {
  const absent = new Map<string, number>();
  const unstated: string[] = [];
  for (const test of modules.flatMap((module) => [...module.children.allTests("skipped")])) {
    const { needs } = test.meta();
    if (needs === undefined) unstated.push(`"${test.fullName}"`);
    else absent.set(needs, (absent.get(needs) ?? 0) + 1);
  }
  const named = unstated.length > 3 ? [`${unstated.length} tests that were left out`] : unstated;
  return [...[...absent].map(([need, count]) => `no ${need} (${testsOf(count)})`), ...named].join(", ");
}

/** `FAILED file > test`, and below it the error, indented by four: `.ci/run` says these again at its end. */
function failures(modules: readonly TestModule[], errors: readonly unknown[]): readonly string[] {
  const ofModules = modules.flatMap((module) => {
    const tests = [...module.children.allTests()].flatMap((test) => {
      const { state, errors = [] } = test.result();
      if (state === "pending") return [{ name: test.fullName, errors: [{ message: "never ended" }] }];
      return state === "failed" ? [{ name: test.fullName, errors }] : [];
    });
    const suites = [...module.children.allSuites()].map((suite) => ({ name: suite.fullName, errors: suite.errors() }));
    const all = [{ name: "", errors: module.errors() }, ...suites].filter(({ errors }) => errors.length > 0);
    return [...all, ...tests].map(({ name, errors }) => ({
      title: [module.relativeModuleId, ...(name === "" ? [] : [name])].join(" > "),
      errors,
    }));
  });
  const outside = errors.map((error) => ({ title: "outside of every test", errors: [error] }));
  return [...ofModules, ...outside].flatMap(({ title, errors }) => [
    `FAILED ${title}`,
    ...errors.flatMap((error) => wordsOf(error).map((line) => `    ${line}`)),
    "",
  ]);
}

/** What an error says, how the two sides differ, and where it was thrown. */
function wordsOf(error: unknown): readonly string[] {
  if (typeof error !== "object" || error === null) return [String(error)];
  const { message, diff, stack } = { ...error } as Readonly<Record<string, unknown>>;
  const where = String(stack ?? "").match(/^ *at .*$/gm) ?? [];
  const lines = [message ?? stack ?? error, ...(diff === undefined ? [] : [diff])].flatMap((text) =>
    stripVTControlCharacters(String(text)).trimEnd().split("\n"),
  );
  const place = where.find((line) => !line.includes("node_modules")) ?? where[0];
  return [...lines.slice(0, MOST_LINES - 1), ...(place === undefined ? [] : [place.trim()])];
}

function testsOf(count: number): string {
  return count === 1 ? "1 test" : `${count} tests`;
}

function secondsOf(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(0);
}
