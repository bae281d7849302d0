import { type Netting, needed, net, type Tally } from "./netting.ts";
import { exactly, ONE } from "./numbers.ts";
import { resolve, type Trouble, words } from "./resolving.ts";
import { type Walk, walk } from "./walk.ts";
import { availableOf, incomingOf, partOf, type Question } from "./world.ts";

export interface Counting {
  readonly graph: Walk;
  readonly counted: Netting;
  readonly reaches: readonly Reach[];
}

/** Of each entry, its part's pk, what is wrong with it, or null: it is not counted. */
export type Resolved = readonly (number | Trouble | null)[];

export interface Settled extends Counting {
  readonly resolved: Resolved;
}

/** Rules 1 to 10 for some of the entries; those behind a quantity that cannot be counted are left out, part by part. */
export function settled(q: Question, takes: (index: number) => boolean = () => true): Settled {
  const resolved = q.parts.map((entry, index) => (takes(index) ? resolve(q, entry, index) : null));
  for (;;) {
    const counting = count(q, resolved);
    const { graph, counted, reaches } = counting;
    const tooLarge = graph.order.find((pk) => isTooLarge(q, pk, counted.of(pk)));
    if (tooLarge === undefined) return { ...counting, resolved };
    for (const [index, entry] of q.parts.entries()) {
      const pk = resolved[index];
      if (typeof pk !== "number" || !reaches[index]?.has(tooLarge)) continue;
      const rest = { entry: index, words: words(entry), quantity: entry.quantity, matches: [tooLarge] };
      resolved[index] = { kind: "quantity_too_large", ...rest };
    }
  }
}

/** Nothing above it is counted. */
const MOST = 10_000_000_000n * ONE;

/** Of a part that is required: whether anything that its line would show is. A virtual part has no line. */
function isTooLarge(q: Question, pk: number, { required, missing }: Tally): boolean {
  if (required === 0n || partOf(q, pk).virtual) return required > MOST;
  const available = availableOf(q, pk);
  const { onOrder, inProduction } = incomingOf(q, pk);
  return [required, missing, available, -available, onOrder + inProduction].some((figure) => figure > MOST);
}

/** Rules 2 to 10 for the entries that mean a part. */
function count(q: Question, resolved: Resolved): Counting {
  const roots = resolved.filter((it) => typeof it === "number");
  const graph = walk(q, roots);
  const counted = net(q, graph, {
    wanted: q.parts.flatMap(({ quantity }, index) => {
      const pk = resolved[index];
      return typeof pk === "number" ? [{ pk, quantity: exactly(quantity) }] : [];
    }),
    forced: null,
    available: (pk) => availableOf(q, pk),
    countIncoming: true,
  });
  const reaches = resolved.map((it) => (typeof it === "number" ? reachOf(graph, counted, it) : new Map()));
  return { graph, counted, reaches };
}

/** Pk of each part behind an entry, with the shortest path to it (rule 13), through what is really built. */
export type Reach = ReadonlyMap<number, readonly number[]>;

function reachOf(graph: Walk, counted: Netting, root: number): Reach {
  const paths = new Map<number, readonly number[]>([[root, [root]]]);
  for (const [pk, path] of paths) {
    // A line that needs nothing, because its quantity is 0, is no reason.
    const lines = graph.lines(pk).filter((line) => needed(line, counted.of(pk).built) > 0n);
    for (const { subPart } of lines) if (!paths.has(subPart)) paths.set(subPart, [...path, subPart]);
  }
  return paths;
}
