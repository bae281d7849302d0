import type { Monitor } from "../monitor.ts";
import { bomLinesOf } from "./bom.ts";
import { partIndex } from "./part-index.ts";
import { findParts, resolveEntries } from "./resolve.ts";
import type { Part, Snapshot } from "./snapshot.ts";
import { findPlaces, withChildren } from "./stock.ts";

/**
 * Whether a change of one of these parts (pks, IPNs or exact names) can matter to a monitor: its list reaches the part
 * through BOMs, variants or substitutes, or a watch rule names it. Policies are left aside: one check too many does no
 * harm, one too few would.
 */
export function reaches(input: {
  readonly monitor: Pick<Monitor, "parts" | "watch">;
  readonly snapshot: Snapshot;
  readonly parts: readonly (number | string)[];
}): boolean {
  const { monitor, snapshot } = input;
  const wanted = new Set(input.parts.flatMap((reference) => findParts(reference, snapshot)));
  if (wanted.size === 0) return false;
  if (watches(monitor, snapshot, wanted)) return true;
  const index = partIndex(snapshot);
  const open = resolveEntries(monitor.parts, snapshot).entries.flatMap(({ part }) => part ?? []);
  const seen = new Set<Part>(open);
  const meet = (part: Part | undefined) => {
    if (part === undefined || seen.has(part)) return;
    seen.add(part);
    open.push(part);
  };
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (wanted.has(part)) return true;
    for (const variant of index.variants(part.pk)) meet(variant);
    for (const line of bomLinesOf(part, snapshot)) {
      meet(snapshot.parts.get(line.subPart));
      for (const substitute of line.substitutes) meet(snapshot.parts.get(substitute));
    }
  }
  return false;
}

function watches({ watch }: Pick<Monitor, "watch">, snapshot: Snapshot, wanted: ReadonlySet<Part>): boolean {
  return watch.some((rule) => {
    if (rule.all === true) return true;
    if (rule.part !== undefined) return findParts(rule.part, snapshot).some((part) => wanted.has(part));
    if (rule.category === undefined || snapshot.categories === undefined) return false;
    const inside = withChildren(findPlaces(rule.category, snapshot.categories), snapshot.categories);
    return [...wanted].some((part) => part.category !== null && inside.has(part.category));
  });
}
