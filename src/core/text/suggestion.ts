import { distance } from "fastest-levenshtein";

/** Nobody types that much instead of a word; comparing it with thousands would take seconds. */
const LONGEST = 100;

/**
 * The candidate that was probably meant: the same letters and digits, else the fewest edits away, at most a third of its
 * letters; undefined if none is near.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.slice(0, LONGEST + 1).toLowerCase();
  if (wanted.trim() === "" || wanted.length > LONGEST) return undefined;
  const ranked = candidates
    .filter((candidate) => candidate !== "" && Math.abs(candidate.length - wanted.length) <= allowance(candidate) + 1)
    .map((candidate) => ({ candidate, edits: edits(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= allowance(candidate))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate;
}

function allowance(candidate: string): number {
  return Math.max(1, Math.floor(candidate.length / 3));
}

/** Blanks, dashes and underscores are what people mix up most: `cron-schedule` counts as equal to `cron_schedule`. */
function edits(word: string, candidate: string): number {
  const plain = (text: string) => text.replace(/[\s_-]+/g, "");
  if (plain(word) === plain(candidate)) return 0;
  const count = distance(word, candidate);
  // Two swapped letters are one edit.
  return count === 2 && letters(word) === letters(candidate) ? 1 : count;
}

function letters(word: string): string {
  return Array.from(word).sort().join("");
}
