import type { CanBuild } from "../../../src/core/generated/report.ts";
import { type Netting, net } from "./netting.ts";
import { exactly, least, ONE, positive, sum } from "./numbers.ts";
import type { Walk } from "./walk.ts";
import { availableOf, bomOf, isConsumable, isMade, partOf, type Question, variantsBelow } from "./world.ts";

/** Nothing is counted above it. */
const MOST_BUILDS = 10_000_000_000n;

/**
 * Rule 12 for one assembly of the list. `claimed` is the figure that the other side found: where so many can be built and
 * one more cannot, it is as good an answer of a bisection as ours. The two differ only where used substitutes or a cycle
 * let more builds lack less than fewer do (about once in 50,000 cases).
 */
export function canBuild(q: Question, graph: Walk, asking: Asking): CanBuild {
  return { now: Number(singleLevel(q, asking.assembly)), ...throughAllLevels(q, graph, asking) };
}

/** The figure through all levels: from stock at hand, or from that and what `come` says has come of a part since. */
export function throughAllLevels(
  q: Question,
  graph: Walk,
  { assembly, claimed, come }: Asking,
): Pick<CanBuild, "all_levels" | "limited_by"> {
  if (!isMade(q, assembly)) return { all_levels: 0, limited_by: [] };
  const limits = (builds: bigint): number[] => missingFor(q, graph, { assembly, builds, come });
  if (limits(MOST_BUILDS).length === 0) return { all_levels: null, limited_by: [] };
  const isBoundary = claimed !== null && limits(claimed).length === 0 && limits(claimed + 1n).length > 0;
  const can = isBoundary ? claimed : bisect((builds) => limits(builds).length === 0);
  return { all_levels: Number(can), limited_by: limits(can + 1n) };
}

interface Asking {
  readonly come?: ((pk: number) => bigint) | undefined;
  readonly assembly: number;
  readonly claimed: bigint | null;
}

/** The largest whole number that can be built; there is one that cannot. */
function bisect(isPossible: (builds: bigint) => boolean): bigint {
  let can = 0n;
  let cannot = 1n;
  while (isPossible(cannot)) {
    can = cannot;
    cannot *= 2n;
  }
  while (cannot - can > 1n) {
    const half = (can + cannot) / 2n;
    if (isPossible(half)) can = half;
    else cannot = half;
  }
  return can;
}

interface Trial {
  readonly come: ((pk: number) => bigint) | undefined;
  readonly assembly: number;
  readonly builds: bigint;
}

/** The bought parts that are missing if the assembly, alone, is built so often from stock on hand. */
function missingFor(q: Question, graph: Walk, { assembly, builds, come = () => 0n }: Trial): number[] {
  const trial: Netting = net(q, graph, {
    wanted: [{ pk: assembly, quantity: builds * ONE }],
    forced: assembly,
    available: (pk) => (pk === assembly ? 0n : positive(availableOf(q, pk) + come(pk))),
    countIncoming: false,
  });
  return graph.order.filter((pk) => !isMade(q, pk) && trial.of(pk).missing > 0n).sort((a, b) => a - b);
}

/**
 * InvenTree's own single-level figure, whatever the policy: available stock, that of variants and that of substitutes
 * are each a sum that is never below 0 (`annotate_bom_item_can_build` in InvenTree's part/filters.py).
 */
function singleLevel(q: Question, assembly: number): bigint {
  if (!partOf(q, assembly).assembly) return 0n;
  const figures = bomOf(q, assembly)
    .filter((line) => !partOf(q, line.subPart).virtual && !isConsumable(q, line))
    .map((line) => {
      const stock =
        unallocated(q, [line.subPart]) +
        unallocated(
          q,
          variantsBelow(q, line.subPart).map((part) => part.pk),
        ) +
        unallocated(q, line.substitutes);
      const each = exactly(line.quantity) * (100n * ONE + exactly(line.attrition));
      return each === 0n ? 0n : (positive(stock - exactly(line.setupQuantity)) * 100n * ONE) / each;
    });
  const [first, ...others] = figures;
  return first === undefined ? 0n : others.reduce(least, first);
}

function unallocated(q: Question, parts: readonly number[]): bigint {
  const figures = parts.map((pk) => {
    const part = partOf(q, pk);
    const taken = exactly(part.allocatedToBuildOrders) + exactly(part.allocatedToSalesOrders);
    return exactly(part.inStock) - taken;
  });
  return positive(sum(figures));
}
