import { expect } from "vitest";
import { formatProblem, isError, type Problem } from "../../../src/core/problem.ts";

/** What no line for people may have in it: controls, and what turns the direction of reading. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\ufeff]/;
const STACK =
  /\bat \S+ \(|node_modules|node:internal|\.ts:\d+|\[object |undefined is not|Cannot read prop|is not a function|is not iterable/;
const LONGEST = 1_500;

/** What is wrong with the words of a problem, and with its place; undefined: nothing. */
export function flawOf(problem: Problem, files: ReadonlySet<string>): string | undefined {
  const { file, line, column, message } = problem;
  if (file === undefined || !files.has(file)) return "without its file";
  if (isError(problem) && (line === undefined || line < 1)) return "without a line";
  if (isError(problem) && (column === undefined || column < 1)) return "without a column";
  return wordFlaw(`${formatProblem(problem)}`) ?? (message.trim() === "" ? "without words" : undefined);
}

/** What is wrong with a line that people read. */
export function wordFlaw(text: string): string | undefined {
  if (UNSEEN.test(text)) return "a control character";
  if (STACK.test(text)) return "a stack, or words of a bug";
  return text.length > LONGEST ? "far too long" : undefined;
}

/** Fails with the seeds that show it, a few of them. */
export function expectNoFlaws(flaws: readonly string[]): void {
  expect(flaws.length === 0 ? "" : `${flaws.length} flaws, as in\n${flaws.slice(0, 12).join("\n")}`).toBe("");
}
