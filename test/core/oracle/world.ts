import type { BomLine, Part, Snapshot, StockItem, StockLocation } from "../../../src/core/calculation/snapshot.ts";
import type { LeadTimes, ListEntry, Plan, Policy, SupplierRules, WatchEntry } from "../../../src/core/monitor.ts";
import { exactly, least, most, positive, sum } from "./numbers.ts";

/** All that a calculation is asked about. */
export interface Question {
  readonly parts: readonly ListEntry[];
  readonly plan?: Plan;
  readonly watch: readonly WatchEntry[];
  readonly policy: Policy;
  readonly snapshot: Snapshot;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly leadTimes?: LeadTimes;
  readonly suppliers?: SupplierRules;
  readonly orderSoonDays?: number | null;
  readonly byWhen?: boolean;
}

/** Asks once for each part of a question: an aid for speed alone. */
function remembered<T>(find: (q: Question, pk: number) => T): (q: Question, pk: number) => T {
  const answers = new WeakMap<Question, Map<number, { readonly found: T }>>();
  return (q, pk) => {
    const known = answers.get(q) ?? new Map<number, { readonly found: T }>();
    answers.set(q, known);
    const answer = known.get(pk) ?? { found: find(q, pk) };
    known.set(pk, answer);
    return answer.found;
  };
}

const byPk = (a: { readonly pk: number }, b: { readonly pk: number }): number => a.pk - b.pk;

export function allParts(q: Question): Part[] {
  return [...q.snapshot.parts.values()].sort(byPk);
}

export function partOf(q: Question, pk: number): Part {
  const part = q.snapshot.parts.get(pk);
  if (part === undefined) throw new Error(`The snapshot lacks part ${pk}`);
  return part;
}

/** The templates above a part, nearest first. */
export const templatesAbove = remembered((q, pk): readonly Part[] => {
  const above: Part[] = [];
  let next = partOf(q, pk).variantOf;
  while (next !== null) {
    const template = partOf(q, next);
    above.push(template);
    next = template.variantOf;
  }
  return above;
});

/** All variants below a part, at any depth, by pk. */
export const variantsBelow = remembered((q, pk): readonly Part[] =>
  allParts(q).filter((part) => templatesAbove(q, part.pk).some((template) => template.pk === pk)),
);

/** Rule 2: an assembly's own BOM lines and the inherited ones of all templates above it, by pk. */
export const bomOf = remembered((q, pk): readonly BomLine[] => {
  const own = q.snapshot.bomLines.get(pk) ?? [];
  const inherited = templatesAbove(q, pk).flatMap((template) =>
    (q.snapshot.bomLines.get(template.pk) ?? []).filter((line) => line.inherited),
  );
  return [...own, ...inherited].sort(byPk);
});

/** Rule 8: a number is a pk, a string an IPN or an exact name; all matches. */
export function referred(q: Question, reference: number | string): Part[] {
  return allParts(q).filter((part) =>
    typeof reference === "number" ? part.pk === reference : part.ipn === reference || part.name === reference,
  );
}

export function boughtByPolicy(q: Question, pk: number): boolean {
  return q.policy.buy.some((reference) => referred(q, reference).some((part) => part.pk === pk));
}

/** Rule 8: an assembly with BOM lines, any, is made, unless the policy buys it; phantoms stay phantoms. */
export const isMade = remembered((q, pk): boolean => {
  const part = partOf(q, pk);
  if (!part.assembly || bomOf(q, pk).length === 0) return false;
  return part.virtual || !boughtByPolicy(q, pk);
});

/** Rule 9: the line's flag, or its part's. */
export function isConsumable(q: Question, line: BomLine): boolean {
  return line.consumable || partOf(q, line.subPart).consumable;
}

/** The BOM lines of a made part that the policy counts (rules 8 and 9); none of a bought one. */
export function countedLines(q: Question, pk: number): BomLine[] {
  if (!isMade(q, pk)) return [];
  return bomOf(q, pk)
    .filter((line) => q.policy.optional === "include" || !line.optional)
    .filter((line) => q.policy.consumables === "include" || !isConsumable(q, line));
}

/** A place by pk, name or path, with all that lies in it; null if there is none. */
export function placesWithin(places: ReadonlyMap<number, StockLocation> | undefined, reference: number | string) {
  const all = [...(places ?? new Map<number, StockLocation>()).values()].sort(byPk);
  const roots = all.filter((place) =>
    typeof reference === "number" ? place.pk === reference : place.name === reference || place.path === reference,
  );
  if (roots.length === 0) return null;
  const inside = new Set(roots.map((place) => place.pk));
  for (let size = -1; size !== inside.size; ) {
    size = inside.size;
    for (const place of all) if (place.parent !== null && inside.has(place.parent)) inside.add(place.pk);
  }
  return { roots, inside };
}

export function isNarrowed(q: Question): boolean {
  return q.policy.stock.locations.length > 0 || q.policy.stock.exclude.length > 0;
}

/** Rule 5, `policy.stock`: own stock that counts. Rule 9: virtual parts have none. */
export function stockOf(q: Question, pk: number): bigint {
  const part = partOf(q, pk);
  if (part.virtual) return 0n;
  return isNarrowed(q) ? sum(itemsOf(q, pk).map((item) => exactly(item.quantity))) : exactly(part.inStock);
}

/** The stock items of a part that `policy.stock` leaves; none of a virtual part. */
export function itemsOf(q: Question, pk: number): StockItem[] {
  if (partOf(q, pk).virtual) return [];
  const { locations, exclude } = q.policy.stock;
  const inside = new Set(locations.flatMap((place) => [...(placesWithin(q.snapshot.locations, place)?.inside ?? [])]));
  return (q.snapshot.stockItems?.get(pk) ?? [])
    .filter((item) => locations.length === 0 || (item.location !== null && inside.has(item.location)))
    .filter((item) => !(exclude.includes("external") && item.external))
    .filter((item) => {
      const expired = item.expiryDate !== null && item.expiryDate < q.today;
      return !(exclude.includes("expired") && expired);
    });
}

type Kind = "builds" | "sales";

function requiredElsewhere(part: Part, kind: Kind): bigint {
  return exactly(kind === "builds" ? part.requiredForBuildOrders : part.requiredForSalesOrders);
}

function allocated(part: Part, kind: Kind): bigint {
  return exactly(kind === "builds" ? part.allocatedToBuildOrders : part.allocatedToSalesOrders);
}

/** Rule 5: what other orders take away from a part, by `policy.demand`. */
export function committedOf(q: Question, pk: number): bigint {
  const part = partOf(q, pk);
  if (part.virtual || q.policy.demand === "none") return 0n;
  if (q.policy.demand === "allocated") return allocated(part, "builds") + allocated(part, "sales");
  return openOrders(q, part, "builds") + openOrders(q, part, "sales");
}

/**
 * `open_orders` of one kind: the greater of required and allocated; what variants have allocated beyond their own
 * requirement is taken, nearest template first, off what the templates have committed beyond their own allocations.
 */
function openOrders(q: Question, wanted: Part, kind: Kind): bigint {
  const committed = new Map(
    allParts(q).map((part) => [part.pk, most(requiredElsewhere(part, kind), allocated(part, kind))]),
  );
  for (const variant of allParts(q)) {
    let beyond = positive(allocated(variant, kind) - requiredElsewhere(variant, kind));
    for (const template of templatesAbove(q, variant.pk)) {
      const now = committed.get(template.pk) ?? 0n;
      const taken = least(beyond, positive(now - allocated(template, kind)));
      committed.set(template.pk, now - taken);
      beyond -= taken;
    }
  }
  return committed.get(wanted.pk) ?? 0n;
}

export const availableOf = remembered((q, pk): bigint => stockOf(q, pk) - committedOf(q, pk));

/** Rule 7: on order + in production, own only. */
export function incomingOf(q: Question, pk: number): { readonly onOrder: bigint; readonly inProduction: bigint } {
  const part = partOf(q, pk);
  const production = { scheduled: part.scheduledToBuild, outputs: part.building, ignore: 0 }[q.policy.in_production];
  return { onOrder: exactly(part.onOrder), inProduction: exactly(production) };
}
