import type { ListEntry } from "../../monitor.ts";
import { byCodeUnits } from "../../text/code-units.ts";
import type { PartNode } from "../bom.ts";
import { type Count, type CountInput, countSome, isAlikeInParts } from "../count.ts";
import type { Quantity } from "../quantity.ts";

/** An entry at its turn: the list of all entries up to it, and what that lacks beyond the list without it. */
export interface Turn {
  readonly entry: number;
  /** null: could not be resolved, or is too large to be counted. */
  readonly node: PartNode | null;
  /** The entries so far, in list order. */
  readonly count: Count;
  /** What the entries before lacked of a part, by pk, and what was required of it. */
  readonly before: (pk: number) => { readonly missing: Quantity; readonly required: Quantity };
}

/** The indices of the entries by the day on which they are needed, those without one last; else as on the list. */
export function inTurn(parts: readonly ListEntry[]): readonly number[] {
  const day = (entry: number): string => parts[entry]?.needed_by ?? "~";
  return [...parts.keys()].sort((a, b) => byCodeUnits(day(a), day(b)) || a - b);
}

/**
 * The turns of all entries. Earlier entries have the stock, so that no unit is promised twice: what all turns lack of a
 * part adds up to what the list lacks of it.
 */
export function* turnsOf(whole: Count, input: CountInput): Generator<Turn> {
  const included = new Set<number>();
  const alike = isAlikeInParts(whole, input.policy);
  let before: Turn["before"] = () => NOTHING;
  for (const entry of inTurn(input.parts)) {
    included.add(entry);
    const count = included.size === input.parts.length ? whole : countSome(whole, { input, included, alike });
    yield { entry, node: count.entries.find((one) => one.entry === entry)?.node ?? null, count, before };
    before = (pk) => {
      const node = count.graph.byPk.get(pk);
      return node === undefined
        ? NOTHING
        : { missing: count.netting.missing.of(node), required: count.netting.required.of(node) };
    };
  }
}

const NOTHING = { missing: 0, required: 0 };
