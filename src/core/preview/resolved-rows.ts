import { findParts, resolveEntries } from "../calculation/resolve.ts";
import type { Snapshot } from "../calculation/snapshot.ts";
import { entryWords, type Monitor } from "../monitor.ts";
import { referenceWords } from "../text/reference-words.ts";
import type { ResolvedRow } from "./from-change.ts";

/** The parts that a monitor's list and its named watch rules refer to, in the order of the file. */
export function resolvedRows(
  { parts, watch }: Pick<Monitor, "parts" | "watch">,
  snapshot: Snapshot,
): readonly ResolvedRow[] {
  const { entries, problems } = resolveEntries(parts, snapshot);
  const found = new Map(entries.map(({ entry, part }) => [entry, part]));
  const why = new Map(problems.map(({ entry, message }) => [entry, message]));
  const listed = parts.map((entry, index): ResolvedRow => {
    const part = found.get(index) ?? null;
    const problem = part === null ? (why.get(index) ?? null) : null;
    return { words: entryWords(entry), watched: false, quantity: entry.quantity, part, problem };
  });
  const watched = watch.flatMap(({ part: reference, minimum = null }): readonly ResolvedRow[] => {
    if (reference === undefined) return [];
    const row = {
      words: referenceWords(reference),
      watched: true,
      quantity: minimum,
    };
    const found = findParts(reference, snapshot);
    if (found.length === 0) return [{ ...row, part: null, problem: "there is no such part" }];
    return found.map((part) => ({ ...row, part, problem: null }));
  });
  return [...listed, ...watched];
}
