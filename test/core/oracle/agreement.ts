import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect } from "vitest";
import { casesOf } from "../../support/cases.ts";
import { questions } from "./cases.ts";
import { told } from "./compare.ts";

/** How many random lists and snapshots are compared for each seed; all cases of eight seeds make 20,000. */
export const RUNS_PER_SEED = casesOf(2_500);

/** Fails with the smallest list and snapshot for which a report differs from the oracle's in any field. */
export function expectAgreement(seed: number): void {
  fc.assert(
    fc.property(questions(), (question) => {
      const { actual, expected } = told(question);
      if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
    }),
    { seed, numRuns: RUNS_PER_SEED },
  );
}
