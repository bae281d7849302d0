import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { examplesOf, inputOf } from "../calculation/example.ts";
import { expectAgreementAhead, expectAgreementOn, RUNS_AHEAD } from "./agreement.ts";

const SEEDS = [11, 12];

const examples = ["by-when", "buying"].flatMap((page) =>
  examplesOf(readFileSync(join(import.meta.dirname, `../../../docs/${page}.md`), "utf8")),
);

describe("A report on days and offers says what an independent count of the same rules says", () => {
  it.each(SEEDS)(
    `in every field of ${RUNS_AHEAD} random lists with days and offers with seed %i`,
    expectAgreementAhead,
  );

  it.each(examples.map((example) => [example.title, example] as const))("in the example: %s", (_title, example) => {
    const question = inputOf(example);
    // Where something is to order, offers have been read, if only to find none.
    expectAgreementOn({ ...question, snapshot: { offers: new Map(), ...question.snapshot } });
  });
});
