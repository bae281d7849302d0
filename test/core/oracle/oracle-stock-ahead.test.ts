import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stockAhead } from "../../../src/core/calculation/ahead/stock-ahead.ts";
import { casesOf } from "../../support/cases.ts";
import { examplesOf } from "../calculation/example.ts";
import { isStockExample, stockQuestionOf } from "../calculation/stock-ahead-example.ts";
import { datedQuestions } from "./ahead-cases.ts";
import { listOf, stockAheadOf } from "./stock-ahead.ts";
import { partOf, type Question } from "./world.ts";

const RUNS = casesOf(500);

const page = readFileSync(join(import.meta.dirname, "../../../docs/stock-ahead.md"), "utf8");
const examples = examplesOf(page).filter(isStockExample);

describe("How stock develops is what an independent count of the same rule says", () => {
  it.each([21, 22])(`for every part of ${RUNS} random lists with days with seed %i`, (seed) => {
    const seen = { below: 0, pulledIn: 0, withoutDay: 0, listed: 0 };
    fc.assert(
      fc.property(datedQuestions(), (question) => {
        for (const pk of question.snapshot.parts.keys()) {
          const ahead = expectAgreementOn(question, pk);
          seen.below += ahead.below_zero.length;
          seen.pulledIn += ahead.pull_in === null ? 0 : 1;
          seen.withoutDay += ahead.without_day.length;
          seen.listed += ahead.days.flatMap(({ movements }) => movements).filter((it) => it.kind === "for_list").length;
        }
      }),
      { seed, numRuns: RUNS },
    );
    // The random cases bring what the rule is about.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(RUNS / 10);
  });

  it.each(examples.map((example) => [example.title, example] as const))("in the example: %s", (_title, example) => {
    const { question } = stockQuestionOf(example);
    for (const pk of question.snapshot.parts.keys()) expectAgreementOn(question, pk);
  });
});

function expectAgreementOn(question: Question, pk: number) {
  const actual = stockAhead(partOf(question, pk), { ...question, listOf });
  const said = { ...actual, problems: actual.problems.map((row) => ({ ...row, message: "said" })) };
  const expected = stockAheadOf(question, pk);
  if (!isDeepStrictEqual(said, expected)) expect(said).toEqual(expected);
  return actual;
}
