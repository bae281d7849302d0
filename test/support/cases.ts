/** The share of a law's cases that `npm test` tries; `.ci/run` tries all of them. */
const SHARE = process.env.PARTWATCH_ALL_CASES === "1" ? 1 : 0.4;

/** Of so many cases, how many are tried here. */
export function casesOf(all: number): number {
  return Math.ceil(all * SHARE);
}

/** How fast-check tries a law: on the same random cases each time, so that a failure is one tomorrow, too. */
export function cases(all: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: 42, numRuns: casesOf(all) };
}
