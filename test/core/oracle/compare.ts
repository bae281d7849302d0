import { calculate } from "../../../src/core/calculate.ts";
import { answer } from "./oracle.ts";
import type { Question } from "./world.ts";

/** What the program and the oracle say, in one form: without messages, and sorted what has no order of its own. */
export function told(q: Question) {
  const { problems, data_quality = [], alternatives = [], ...actual } = calculate(q);
  const {
    problems: troubles,
    data_quality: findings,
    alternatives: substitutes = [],
    ...expected
  } = answer(q, actual.can_build);
  return {
    actual: {
      ...actual,
      problems: plain(problems),
      data_quality: plain(data_quality),
      alternatives: plain(alternatives),
    },
    expected: {
      ...expected,
      problems: plain(troubles),
      data_quality: plain(findings),
      alternatives: plain(substitutes),
    },
  };
}

function plain(rows: readonly object[]): string[] {
  return rows
    .map((row) =>
      JSON.stringify(
        Object.entries(row)
          .filter(([key]) => key !== "message")
          .sort(),
      ),
    )
    .sort();
}
