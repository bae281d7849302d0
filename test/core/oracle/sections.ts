import type { Part, PurchaseOrderLine } from "../../../src/core/calculation/snapshot.ts";
import type {
  Alternative,
  Cost,
  CostRange,
  DataQuality,
  Outlook,
  ReportLine,
  Watched,
} from "../../../src/core/generated/report.ts";
import type { WatchEntry } from "../../../src/core/monitor.ts";
import { offerOf, piecesOf } from "./buying.ts";
import { byDay } from "./days.ts";
import type { Netting } from "./netting.ts";
import { divided, exactly, positive, shown, sum } from "./numbers.ts";
import { referenceWords, type Trouble, unknown } from "./resolving.ts";
import { hasUnvalidated, named, type Walk } from "./walk.ts";
import {
  allParts,
  availableOf,
  bomOf,
  boughtByPolicy,
  incomingOf,
  itemsOf,
  partOf,
  placesWithin,
  type Question,
  referred,
  stockOf,
  variantsBelow,
} from "./world.ts";

/** A finding of rule 16 without its message, whose wording is no part of the calculation. */
export type Finding = Omit<DataQuality, "message">;

/** Rule 15, for a part of which something is missing. */
export function outlookOf(q: Question, pk: number, missing: bigint): Outlook | null {
  if (missing === 0n) return null;
  const orders = q.snapshot.purchaseOrderLines.get(pk) ?? [];
  // Nobody delivers a draft: it has no day.
  const dayOf = (order: PurchaseOrderLine): string | null => (order.placed ? order.targetDate : null);
  const days = [...new Set(orders.map(dayOf).filter((day) => day !== null))].sort();
  const inTurn = [...days.filter((day) => day >= q.today), ...days.filter((day) => day < q.today), null];
  let covered = 0n;
  for (const date of inTurn) {
    covered += sum(orders.filter((order) => dayOf(order) === date).map((order) => exactly(order.outstanding)));
    if (covered < missing) continue;
    if (date === null) return { state: "undated", date };
    return { state: date < q.today ? "late" : "covered", date };
  }
  return { state: "not_covered", date: null };
}

/** Open purchase orders of a part of which something is missing, by day, those without one last. */
export function arrivalsOf(q: Question, pk: number, missing: bigint): Pick<ReportLine, "arrivals"> {
  const orders = q.snapshot.purchaseOrderLines.get(pk) ?? [];
  if (missing === 0n || orders.length === 0) return {};
  const arrivals = [...orders]
    .sort((a, b) => byDay(a.targetDate, b.targetDate) || a.pk - b.pk)
    .map((order) => ({
      date: order.targetDate,
      quantity: shown(exactly(order.outstanding)),
      reference: order.orderReference,
      supplier: order.supplierName,
      late: order.placed && order.targetDate !== null && order.targetDate < q.today,
      not_placed: !order.placed,
    }));
  return { arrivals };
}

/** Rule 14, over the bought lines. */
export function costOf(q: Question, counted: Netting, bought: readonly number[]): Cost {
  const range = (quantityOf: (pk: number) => bigint): CostRange => {
    const parts = bought.filter((pk) => quantityOf(pk) > 0n).map((pk) => partOf(q, pk));
    const priced = parts.flatMap(({ pk, pricingMin, pricingMax }) =>
      pricingMin === null || pricingMax === null ? [] : [{ pk, pricingMin, pricingMax }],
    );
    // Prices have more decimals than quantities (here ten); a sum of money is exact and rounded once.
    const total = (price: (part: { pricingMin: number; pricingMax: number }) => number): number =>
      shown(divided(sum(priced.map((part) => exactly(price(part), 10) * quantityOf(part.pk))), 10n ** 10n));
    return {
      min: total((part) => part.pricingMin),
      max: total((part) => part.pricingMax),
      unpriced: parts.length - priced.length,
    };
  };
  return {
    currency: q.snapshot.currency,
    required: range((pk) => counted.of(pk).required),
    missing: range((pk) => counted.of(pk).missing),
    to_order: range((pk) => counted.of(pk).toOrder),
  };
}

/** Rule 10: substitutes of the lines of really built assemblies whose part is missing, with what they have free. */
export function alternativesOf(q: Question, graph: Walk, counted: Netting): Alternative[] {
  const lines = graph.order.flatMap((pk) => counted.of(pk).needs.map((need) => need.line));
  const once = new Map(lines.map((line) => [line.pk, line]));
  return [...once.values()]
    .filter((line) => counted.of(line.subPart).missing > 0n)
    .sort((a, b) => a.pk - b.pk)
    .flatMap((line) =>
      [...line.substitutes]
        .sort((a, b) => a - b)
        .map((pk) => {
          const { name, ipn } = partOf(q, pk);
          return { line: line.pk, for: line.subPart, pk, name, ipn, free: shown(counted.free(pk)) };
        }),
    );
}

/** Rule 16. */
export function findingsOf(
  q: Question,
  graph: Walk,
  { counted, short }: { readonly counted: Netting; readonly short: readonly number[] },
): Finding[] {
  const finding = (kind: Finding["kind"], pk: number, path: readonly number[] = []): Finding => ({
    kind,
    pk,
    name: partOf(q, pk).name,
    path: named(q, path),
  });
  const onWalk = graph.order.map((pk) => partOf(q, pk));
  const pick = (kind: Finding["kind"], parts: readonly Part[], is: (part: Part) => boolean): Finding[] =>
    parts.filter(is).map((part) => finding(kind, part.pk));
  const shortParts = short.map((pk) => partOf(q, pk));
  const withStock = (part: Part): boolean => variantsBelow(q, part.pk).some((variant) => stockOf(q, variant.pk) > 0n);
  return [
    ...pick("inactive_part", onWalk, (part) => !part.active),
    ...pick("not_obtainable", shortParts, (part) => !part.purchaseable && !part.assembly),
    ...pick(
      "no_supplier_part",
      shortParts,
      (part) => part.purchaseable && (q.snapshot.supplierParts.get(part.pk) ?? []).length === 0,
    ),
    ...pick("assembly_without_bom", onWalk, (part) => part.assembly && bomOf(q, part.pk).length === 0),
    ...pick("bom_not_validated", onWalk, (part) => counted.of(part.pk).built > 0n && hasUnvalidated(q, part.pk)),
    ...graph.cycles.map((path) => finding("cycle", path.at(-2) ?? 0, path)),
    ...pick("odd_phantom", onWalk, (part) => part.virtual && part.assembly && withStock(part)),
  ];
}

/** The watch rules: what is out or low, and what a rule names and nothing is. */
export function watchedOf(q: Question): { readonly watched: Watched[]; readonly problems: Trouble[] } {
  const problems: Trouble[] = [];
  const found = new Map<string, Watched>();
  for (const rule of q.watch) {
    const place = rule.location === undefined ? undefined : placesWithin(q.snapshot.locations, rule.location);
    if (place === null) problems.push(unknown("unknown_location", rule.location ?? ""));
    const parts = partsOf(q, rule, problems);
    if (place === null) continue;
    for (const part of parts) {
      const told = watchOne(q, rule, { part, place });
      if (told === null) continue;
      const key = `${part.pk} ${told.location}`;
      const before = found.get(key);
      if (before === undefined || before.lacking < told.lacking) found.set(key, told);
    }
  }
  return { watched: [...found.values()].sort(outFirst), problems };
}

/** Out before low; each by how much, then by name, by pk, by place. */
function outFirst(a: Watched, b: Watched): number {
  if (a.kind !== b.kind) return a.kind === "out" ? -1 : 1;
  const names = a.name === b.name ? 0 : a.name < b.name ? -1 : 1;
  const places = (a.location ?? "") < (b.location ?? "") ? -1 : 1;
  return b.lacking - a.lacking || names || a.pk - b.pk || places;
}

function partsOf(q: Question, rule: WatchEntry, problems: Trouble[]): Part[] {
  if (rule.part !== undefined) {
    const parts = referred(q, rule.part);
    if (parts.length === 0) problems.push(unknown("unknown_watch_part", rule.part));
    return parts.filter((part) => !part.virtual);
  }
  const watched = allParts(q).filter((part) => !part.virtual && (rule.minimum !== undefined || part.minimumStock > 0));
  if (rule.category === undefined) return watched;
  const category = placesWithin(q.snapshot.categories, rule.category);
  if (category === null) problems.push(unknown("unknown_category", rule.category));
  return watched.filter((part) => part.category !== null && category?.inside.has(part.category));
}

interface Watching {
  readonly part: Part;
  readonly place: ReturnType<typeof placesWithin> | undefined;
}

function watchOne(q: Question, rule: WatchEntry, { part, place }: Watching): Watched | null {
  const minimum = exactly(rule.minimum ?? part.minimumStock);
  const here = (pk: number): bigint => {
    if (place === undefined || place === null) return availableOf(q, pk);
    const items = itemsOf(q, pk).filter((item) => item.location !== null && place.inside.has(item.location));
    return sum(items.map((item) => exactly(item.quantity)));
  };
  const available = here(part.pk) + sum(variantsBelow(q, part.pk).map((variant) => positive(here(variant.pk))));
  if (available > 0n && available >= minimum) return null;
  const { pk, name, ipn, revision, units } = part;
  return {
    ...{ pk, name, ipn, version: revision, units },
    kind: available <= 0n ? "out" : "low",
    available: shown(available),
    minimum: shown(minimum),
    lacking: shown(positive(minimum - available)),
    location: placeName(rule, place),
    ...onItsWay(q, part, positive(minimum - available)),
    ...(rule.location === undefined ? toOrder(q, part, positive(minimum - available)) : {}),
  };
}

/** What is on order; when it comes, where the orders are known. */
function onItsWay(q: Question, { pk }: Part, lacking: bigint): Pick<Watched, "on_order" | "outlook" | "arrivals"> {
  const { onOrder } = incomingOf(q, pk);
  const isKnown = onOrder === 0n || (q.snapshot.purchaseOrderLines.get(pk) ?? []).length > 0;
  const outlook = outlookOf(q, pk, lacking);
  return {
    on_order: shown(onOrder),
    ...(isKnown && outlook !== null ? { outlook } : {}),
    ...arrivalsOf(q, pk, lacking),
  };
}

/** What nothing on its way covers, of a part that is not built. */
function toOrder(q: Question, part: Part, lacking: bigint): Pick<Watched, "to_order" | "order_quantity" | "offer"> {
  const { onOrder, inProduction } = incomingOf(q, part.pk);
  const left = positive(lacking - onOrder - inProduction);
  if (left === 0n || (part.assembly && !boughtByPolicy(q, part.pk))) return {};
  const offer = offerOf(q, part.pk, left);
  const quantity = offer === null ? piecesOf(q, part.pk, left) : BigInt(offer.packs) * exactly(offer.pack);
  return { to_order: shown(left), order_quantity: shown(quantity), ...(offer === null ? {} : { offer }) };
}

/** The path of the one place that a rule names; its own words where they name several. */
function placeName(rule: WatchEntry, place: Watching["place"]): string | null {
  if (rule.location === undefined || place === undefined || place === null) return null;
  const [only, ...others] = place.roots;
  return only !== undefined && others.length === 0 ? only.path : referenceWords(rule.location);
}
