import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect } from "vitest";
import { casesOf } from "../../support/cases.ts";
import { datedQuestions } from "./ahead-cases.ts";
import { questions } from "./cases.ts";
import { told } from "./compare.ts";
import type { Question } from "./world.ts";

/** How many random lists and snapshots are compared for each seed; all cases of eight seeds make 20,000. */
export const RUNS_PER_SEED = casesOf(2_500);
/** The same for lists with days. */
export const RUNS_AHEAD = casesOf(1_000);

/** Fails with the smallest list and snapshot for which a report differs from the oracle's in any field. */
export function expectAgreement(seed: number): void {
  fc.assert(fc.property(questions(), expectAgreementOn), { seed, numRuns: RUNS_PER_SEED });
}

/** The same for lists with days, and for offers. */
export function expectAgreementAhead(seed: number): void {
  fc.assert(fc.property(datedQuestions(), expectAgreementOn), { seed, numRuns: RUNS_AHEAD });
}

/** Fails if the report of this list and snapshot differs from the oracle's in any field. */
export function expectAgreementOn(question: Question): void {
  const { actual, expected } = told(question);
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}
