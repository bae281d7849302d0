import { calculate } from "../../../src/core/calculation/calculate.ts";
import { answer } from "./oracle.ts";
import type { Question } from "./world.ts";

/** What the program and the oracle say, in one form: without wordings, and sorted what has no order of its own. */
export function told(q: Question) {
  const { problems, data_quality = [], alternatives = [], ...actual } = calculate(q);
  const { problems: troubles, data_quality: findings, alternatives: substitutes = [], ...expected } = answer(q, actual);
  return {
    actual: {
      ...actual,
      problems: plain(problems),
      data_quality: plain(data_quality),
      alternatives: plain(alternatives),
    },
    expected: {
      ...expected,
      problems: plain(worded(troubles)),
      data_quality: plain(worded(findings)),
      alternatives: plain(substitutes),
    },
  };
}

/** Rows in an order of their own; of a message, only whether it says something: the oracle knows no wordings. */
function plain(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).map(wordless).sort())).sort();
}

function wordless([key, value]: [string, unknown]): [string, unknown] {
  return key === "message" ? [key, value !== ""] : [key, value];
}

function worded(rows: readonly object[]): object[] {
  return rows.map((row) => ({ ...row, message: "said" }));
}
