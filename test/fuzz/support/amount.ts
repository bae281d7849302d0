/** Seeds from here on; `npm run soak` begins somewhere else each time. */
export const FIRST_SEED = Number(process.env.PARTWATCH_SEED ?? "1");

/** How many texts are tried in all. */
const ALL = Number(process.env.PARTWATCH_FUZZ ?? (process.env.PARTWATCH_ALL_CASES === "1" ? "25000" : "2500"));

/** A part of all cases; the parts of all tests together are one. */
export function partOfAll(share: number): number {
  return Math.ceil(ALL * share);
}

/** A safety net: soaking takes its time. */
export const LONGEST_MS = 12 * 3_600_000;
