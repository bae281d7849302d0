import type { Policy } from "../monitor.ts";
import { committedOf } from "./commitments.ts";
import { partIndex } from "./part-index.ts";
import { type Quantity, quantityOf } from "./quantity.ts";
import type { Part, Snapshot, StockItem, StockLocation } from "./snapshot.ts";

/** What is there of one part, variants not counted. */
interface Stock {
  readonly inStock: Quantity;
  readonly committed: Quantity;
  /** May be negative: earlier commitments are already short. */
  readonly available: Quantity;
}

export interface StockCount {
  readonly of: (part: Part) => Stock;
  /** What is available of the part, and of its variants what they have beyond their commitments. */
  readonly withVariants: (part: Part) => Quantity;
  /** Stock of the part and its variants at these locations, as far as the policy counts it; commitments left out. */
  readonly at: (part: Part, locations: ReadonlySet<number>) => Quantity;
  /** true: the policy leaves some stock out. */
  readonly narrowed: boolean;
  /** Locations that the policy names and that do not exist. */
  readonly unknownLocations: readonly (number | string)[];
}

/**
 * Counts stock by `policy.stock` and commitments by `policy.demand`. `today` (YYYY-MM-DD) decides what has expired.
 * Virtual parts have no stock. Throws an Error where the policy needs stock items or locations that were not read.
 */
export function countStock(input: {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly today: string;
}): StockCount {
  const { snapshot, policy } = input;
  const { locations, exclude } = policy.stock;
  const narrowed = locations.length > 0 || exclude.length > 0;
  const named = locations.map((reference) => ({ reference, places: findPlaces(reference, locationsOf(snapshot)) }));
  const places = named.flatMap(({ places }) => places);
  const inside = locations.length > 0 ? withChildren(places, locationsOf(snapshot)) : null;
  const counts = (item: StockItem): boolean =>
    (inside === null || (item.location !== null && inside.has(item.location))) &&
    !(item.external && exclude.includes("external")) &&
    !(item.expiryDate !== null && item.expiryDate < input.today && exclude.includes("expired"));

  const known = new Map<number, Stock>();
  const of = (part: Part): Stock => {
    const before = known.get(part.pk);
    if (before !== undefined) return before;
    const inStock = narrowed ? sum(itemsOf(snapshot, part).filter(counts)) : quantityOf(part.inStock);
    const committed = committedOf(part, { demand: policy.demand, snapshot });
    const stock = part.virtual ? NOTHING : { inStock, committed, available: inStock - committed };
    known.set(part.pk, stock);
    return stock;
  };
  const variants = (part: Part): readonly Part[] => partIndex(snapshot).variants(part.pk);
  return {
    of,
    withVariants: (part) =>
      variants(part).reduce((total, variant) => total + Math.max(0, of(variant).available), of(part).available),
    at: (part, where) =>
      [part, ...variants(part)]
        .filter((each) => !each.virtual)
        .flatMap((each) => itemsOf(snapshot, each))
        .filter((item) => item.location !== null && where.has(item.location) && counts(item))
        .reduce((total, item) => total + quantityOf(item.quantity), 0),
    narrowed,
    unknownLocations: named.filter(({ places }) => places.length === 0).map(({ reference }) => reference),
  };
}

/** The snapshot's locations. Throws an Error if they were not read. */
export function locationsOf(snapshot: Snapshot): ReadonlyMap<number, StockLocation> {
  if (snapshot.locations === undefined) throw new Error("The snapshot lacks the locations that the list names");
  return snapshot.locations;
}

const NOTHING: Stock = { inStock: 0, committed: 0, available: 0 };

function itemsOf(snapshot: Snapshot, part: Part): readonly StockItem[] {
  if (snapshot.stockItems === undefined) throw new Error("The snapshot lacks the stock items that the policy asks for");
  return snapshot.stockItems.get(part.pk) ?? [];
}

function sum(items: readonly StockItem[]): Quantity {
  return items.reduce((total, item) => total + quantityOf(item.quantity), 0);
}

/** The locations or categories that a reference names: by pk, or all of that name or path; by pk. */
export function findPlaces(
  reference: number | string,
  places: ReadonlyMap<number, StockLocation>,
): readonly StockLocation[] {
  if (typeof reference === "number") {
    const place = places.get(reference);
    return place === undefined ? [] : [place];
  }
  return [...places.values()]
    .filter((place) => place.path === reference || place.name === reference)
    .sort((a, b) => a.pk - b.pk);
}

/** The pks of these places and of all that lies in them. */
export function withChildren(
  roots: readonly StockLocation[],
  places: ReadonlyMap<number, StockLocation>,
): ReadonlySet<number> {
  const children = new Map<number, number[]>();
  for (const place of places.values()) {
    if (place.parent === null) continue;
    const siblings = children.get(place.parent);
    if (siblings === undefined) children.set(place.parent, [place.pk]);
    else siblings.push(place.pk);
  }
  const found = new Set<number>();
  const open = roots.map((place) => place.pk);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    open.push(...(children.get(at) ?? []));
  }
  return found;
}
