import type { CanBuild } from "../generated/report.ts";
import { ONE, type Quantity } from "./quantity.ts";

/** What stock on hand could do for one entry if it stood alone on the list. */
interface EntryCoverage {
  readonly quantity: Quantity;
  /** Of a template with the free stock of its variants; null: could not be resolved. */
  readonly available: Quantity | null;
  /** null: nothing limits it. */
  readonly allLevels: CanBuild["all_levels"];
  /** A virtual part that is not made: there is nothing to cover. */
  readonly nothingToCover: boolean;
}

/** The exact mean of the entries' coverages, each between 0 and 1, floored to whole percent. No entries: 100. */
export function coveragePercent(entries: readonly EntryCoverage[]): number {
  if (entries.length === 0) return 100;
  let whole = 0;
  // Shares of the same denominator are added as whole numbers, so that the mean is exact and cheap.
  const shares = new Map<Quantity, bigint>();
  for (const entry of entries) {
    const covered = coveredOf(entry);
    if (covered >= entry.quantity) whole += 1;
    else if (covered > 0) shares.set(entry.quantity, (shares.get(entry.quantity) ?? 0n) + BigInt(covered));
  }
  let numerator = BigInt(whole);
  let denominator = 1n;
  for (const [quantity, sum] of shares) {
    numerator = numerator * BigInt(quantity) + sum * denominator;
    denominator *= BigInt(quantity);
  }
  return Number((numerator * 100n) / (denominator * BigInt(entries.length)));
}

function coveredOf(entry: EntryCoverage): Quantity {
  if (entry.available === null) return 0;
  if (entry.nothingToCover || entry.allLevels === null) return entry.quantity;
  return entry.available + entry.allLevels * ONE;
}
