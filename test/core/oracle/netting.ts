import type { BomLine } from "../../../src/core/calculation/snapshot.ts";
import { divided, exactly, least, ONE, positive, sum, times, upTo } from "./numbers.ts";
import type { Walk } from "./walk.ts";
import { incomingOf, isMade, partOf, type Question, variantsBelow } from "./world.ts";

/** What is asked for: by the entries, or by a trial build of one assembly. */
export interface Asked {
  readonly wanted: readonly { readonly pk: number; readonly quantity: bigint }[];
  /** The assembly that is built as often as asked whatever is in stock (rule 12); null: none. */
  readonly forced: number | null;
  readonly available: (pk: number) => bigint;
  readonly countIncoming: boolean;
}

/** What rules 4 to 10 find out about one part. */
export interface Tally {
  required: bigint;
  /** Of required: by entries, and by BOM lines that allow variants. */
  flexible: bigint;
  /** Of required: what optional paths alone bring. */
  optional: bigint;
  /** Of required: what the lines' parts do not hold in the end (rule 4). */
  wasted: bigint;
  lent: bigint;
  borrowed: bigint;
  missing: bigint;
  owed: bigint;
  toBuild: bigint;
  toOrder: bigint;
  /** How many are built: to build, or all that is required of a phantom. */
  built: bigint;
  coveredBy: { line: number; part: number; quantity: bigint }[];
  /** What each BOM line to this part needs, in the order in which its assemblies were counted. */
  needs: { assembly: number; line: BomLine; quantity: bigint }[];
}

export interface Netting {
  readonly of: (pk: number) => Tally;
  /** Rule 5: available − own requirement − lent, never below 0. */
  readonly free: (pk: number) => bigint;
}

/** Rules 4 to 10: each part once, in the order of the walk. */
export function net(q: Question, { order, lines }: Pick<Walk, "order" | "lines">, asked: Asked): Netting {
  const tallies = new Map<number, Tally>();
  const of = (pk: number): Tally => {
    const known = tallies.get(pk) ?? emptyTally();
    tallies.set(pk, known);
    return known;
  };
  const free = (pk: number): bigint =>
    partOf(q, pk).virtual ? 0n : positive(asked.available(pk) - of(pk).required - of(pk).lent);

  for (const { pk, quantity } of asked.wanted) {
    of(pk).required += quantity;
    of(pk).flexible += quantity;
  }
  for (const pk of order) {
    const tally = of(pk);
    if (tally.required === 0n) continue;
    if (pk === asked.forced || partOf(q, pk).virtual) tally.built = isMade(q, pk) ? tally.required : 0n;
    else serve(q, { pk, tally, of, free, asked });
    explode(tally, { lines: lines(pk), assembly: pk, of });
  }
  return { of, free };
}

function emptyTally(): Tally {
  const nothing = {
    required: 0n,
    flexible: 0n,
    optional: 0n,
    wasted: 0n,
    lent: 0n,
    borrowed: 0n,
    missing: 0n,
    owed: 0n,
  };
  return { ...nothing, toBuild: 0n, toOrder: 0n, built: 0n, coveredBy: [], needs: [] };
}

interface Serving {
  readonly pk: number;
  readonly tally: Tally;
  readonly of: (pk: number) => Tally;
  readonly free: (pk: number) => bigint;
  readonly asked: Asked;
}

/** Rules 5 to 7 and 10 for one part. */
function serve(q: Question, { pk, tally, of, free, asked }: Serving): void {
  const available = asked.available(pk);
  const deficit = positive(-available);
  const strict = tally.required - tally.flexible;
  const own = positive(available - tally.lent);
  const leftForFlexible = positive(own - strict);
  const flexibleUnserved = positive(tally.flexible - leftForFlexible);

  let wanted = deficit + flexibleUnserved;
  for (const variant of variantsBelow(q, pk)) {
    const taken = least(wanted, free(variant.pk));
    of(variant.pk).lent += taken;
    tally.borrowed += taken;
    wanted -= taken;
  }
  tally.missing = positive(tally.required - (available - tally.lent) - tally.borrowed);
  if (q.policy.substitutes === "use") substitute(tally, { of, free });
  tally.owed = least(tally.missing, positive(deficit - tally.borrowed));

  const { onOrder, inProduction } = incomingOf(q, pk);
  const uncovered = positive(tally.missing - (asked.countIncoming ? onOrder + inProduction : 0n));
  if (!isMade(q, pk)) tally.toOrder = uncovered;
  else {
    tally.toBuild = uncovered;
    tally.built = uncovered;
  }
}

/** Rule 10, `use`: lines by pk, substitutes by pk, together at most what the line needs. */
function substitute(tally: Tally, { of, free }: Pick<Serving, "of" | "free">): void {
  const lines = new Map(tally.needs.map((need) => [need.line.pk, need.line]));
  for (const line of [...lines.values()].sort((a, b) => a.pk - b.pk)) {
    let wanted = sum(tally.needs.filter((need) => need.line.pk === line.pk).map((need) => need.quantity));
    for (const part of [...line.substitutes].sort((a, b) => a - b)) {
      const quantity = least(least(wanted, tally.missing), free(part));
      if (quantity === 0n) continue;
      of(part).lent += quantity;
      tally.missing -= quantity;
      wanted -= quantity;
      tally.coveredBy.push({ line: line.pk, part, quantity });
    }
  }
}

interface Exploding {
  readonly lines: readonly BomLine[];
  readonly assembly: number;
  readonly of: (pk: number) => Tally;
}

/** Rules 4 and 9: what the builds of one assembly require of its lines' parts. */
function explode(tally: Tally, { lines, assembly, of }: Exploding): void {
  const optional = tally.required === tally.optional ? tally.built : least(tally.built, tally.optional);
  for (const line of lines) {
    const quantity = needed(line, tally.built);
    const passedOn = line.optional ? quantity : quantity - needed(line, tally.built - optional);
    const sub = of(line.subPart);
    sub.required += quantity;
    sub.optional += passedOn;
    sub.wasted += quantity - inside(line, tally.built);
    if (line.allowVariants) sub.flexible += quantity;
    if (quantity > 0n) sub.needs.push({ assembly, line, quantity });
  }
}

/** Rule 4: q·n, plus attrition, plus setup, up to the next multiple; 0 for n = 0. */
export function needed(line: BomLine, n: bigint): bigint {
  if (n === 0n) return 0n;
  const plain = times(exactly(line.quantity), n);
  const withAttrition = divided(plain * (100n * ONE + exactly(line.attrition)), 100n * ONE);
  return upTo(withAttrition + exactly(line.setupQuantity), exactly(line.roundingMultiple ?? 0));
}

/** Rule 4: q·n, what so many assemblies hold. */
function inside(line: BomLine, n: bigint): bigint {
  return times(exactly(line.quantity), n);
}
