import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calculate } from "../../../src/core/calculation/calculate.ts";
import { casesOf } from "../../support/cases.ts";
import { expectAgreement, RUNS_PER_SEED } from "./agreement.ts";
import { questions } from "./cases.ts";
import { featuresOf, OFTEN, RARE } from "./features.ts";
import { answer } from "./oracle.ts";

/** The other half of the seeds of oracle.test.ts. */
const SEEDS = [5, 6, 7, 8];

describe("The random lists and snapshots that an independent count is compared on", () => {
  it.each(SEEDS)(`are reported alike in every field of ${RUNS_PER_SEED} of them with seed %i`, expectAgreement);

  it("have each feature of the calculation in at least 5 % of the cases", () => {
    const runs = casesOf(3_000);
    const counts = new Map<string, number>();
    for (const question of fc.sample(questions(), { numRuns: runs, seed: 42 })) {
      for (const feature of featuresOf(question, answer(question, calculate(question)))) {
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
