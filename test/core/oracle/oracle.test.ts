import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calculate } from "../../../src/core/calculate.ts";
import { questions } from "./cases.ts";
import { told } from "./compare.ts";
import { featuresOf, OFTEN, RARE } from "./features.ts";
import { answer } from "./oracle.ts";

const RUNS_PER_SEED = 2_500;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

describe("A report says what an independent count of the same rules says", () => {
  it.each(SEEDS)(`in every field of ${RUNS_PER_SEED} random lists and snapshots with seed %i`, (seed) => {
    fc.assert(
      fc.property(questions(), (question) => {
        const { actual, expected } = told(question);
        if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
      }),
      { seed, numRuns: RUNS_PER_SEED },
    );
  });

  it("with each feature of the calculation in enough of them to be seen when it is wrong", () => {
    const runs = 3_000;
    const counts = new Map<string, number>();
    for (const question of fc.sample(questions(), { numRuns: runs, seed: 42 })) {
      for (const feature of featuresOf(question, answer(question, calculate(question).can_build))) {
        counts.set(feature, (counts.get(feature) ?? 0) + 1);
      }
    }
    const percent = (feature: string): number => (100 * (counts.get(feature) ?? 0)) / runs;
    const tooSeldom = [
      ...OFTEN.filter((feature) => percent(feature) < 5),
      ...RARE.filter((feature) => percent(feature) < 0.5),
    ];
    expect(tooSeldom.map((feature) => `${feature}: ${percent(feature).toFixed(1)} %`)).toEqual([]);
    expect([...counts.keys()].filter((feature) => !OFTEN.includes(feature) && !RARE.includes(feature))).toEqual([]);
  });
});
