import { describe, it } from "vitest";
import { expectAgreement, RUNS_PER_SEED } from "./agreement.ts";

/** Half of the seeds; the others are in oracle-features.test.ts, for the other core. */
const SEEDS = [1, 2, 3, 4];

describe("A report says what an independent count of the same rules says", () => {
  it.each(SEEDS)(`in every field of ${RUNS_PER_SEED} random lists and snapshots with seed %i`, expectAgreement);
});
