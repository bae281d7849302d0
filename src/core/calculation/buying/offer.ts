import type { Offer } from "../../generated/report.ts";
import type { SupplierRules } from "../../monitor.ts";
import type { PartNode } from "../bom.ts";
import type { Netting } from "../netting.ts";
import { ONE, plain, type Quantity, quantityOf, upToMultiple } from "../quantity.ts";
import type { Part, PriceBreak, Snapshot, SupplierPart } from "../snapshot.ts";
import { inOwnCurrency, priceOf } from "./money.ts";

export interface Purchase {
  /** In the part's unit: whole pieces where it has none, whole packs where there is an offer. */
  readonly quantity: Quantity;
  /** null: nobody offers it. */
  readonly offer: Offer | null;
}

/** What to buy of all that is to order, by pk of the part. */
export function purchasesOf(
  nodes: readonly PartNode[],
  { netting, ...given }: { readonly netting: Netting } & Pick<PurchaseInput, "snapshot" | "rules">,
): ReadonlyMap<number, Purchase> {
  const bought = nodes.filter((node) => !node.made && netting.lacking.of(node) > 0);
  return new Map(
    bought.map((node) => [node.part.pk, purchaseFor({ part: node.part, toOrder: netting.lacking.of(node), ...given })]),
  );
}

/** What to buy of so much of one part. */
export function purchaseFor(input: PurchaseInput): Purchase {
  return input.snapshot.offers === undefined ? inPacks(input) : purchaseOf(input);
}

/** From whom a part would be ordered: the offer's supplier; without an offer, by the same rules as far as no price decides. */
export function supplierOf(
  pk: number,
  {
    purchases,
    snapshot,
    rules,
  }: { readonly purchases: ReadonlyMap<number, Purchase> } & Pick<PurchaseInput, "snapshot" | "rules">,
): string | null {
  const offer = purchases.get(pk)?.offer;
  if (offer !== null && offer !== undefined) return offer.supplier;
  const part = snapshot.parts.get(pk);
  if (part === undefined) return null;
  const [chosen] = ranked({ part, toOrder: 0, snapshot, rules }, new Map());
  return chosen?.supplierPart.supplierName ?? null;
}

/** As long as nobody has asked for offers, the packs of the first supplier part count. */
function inPacks({ part, toOrder, snapshot }: PurchaseInput): Purchase {
  const pack = quantityOf(firstActive(part.pk, snapshot)?.packQuantity ?? 0);
  return { quantity: pack > 0 ? upToMultiple(toOrder, pack) : toOrder, offer: null };
}

function firstActive(pk: number, snapshot: Snapshot): SupplierPart | undefined {
  const active = (snapshot.supplierParts.get(pk) ?? []).filter((supplierPart) => supplierPart.active);
  return active.sort((a, b) => a.pk - b.pk)[0];
}

interface PurchaseInput {
  readonly part: Part;
  readonly toOrder: Quantity;
  readonly snapshot: Snapshot;
  readonly rules: SupplierRules;
}

/** What the active supplier parts ask for so much, the chosen one first. */
function ranked(
  { part, toOrder, snapshot, rules }: PurchaseInput,
  breaks: ReadonlyMap<number, readonly PriceBreak[]>,
): Quote[] {
  const pieces = piecesOf(part, toOrder);
  const all = (snapshot.supplierParts.get(part.pk) ?? []).filter(({ active }) => active);
  const quoted = all.map((supplierPart) => quote(supplierPart, { pieces, snapshot, breaks }));
  return allowed(quoted, rules).sort(byPreference(part));
}

/** Up to a whole piece, where the part has no unit. */
function piecesOf(part: Part, toOrder: Quantity): Quantity {
  return part.units === "" ? upToMultiple(toOrder, ONE) : toOrder;
}

/** From whom to order what is to order of a part, and how much. Without offers (nobody could read them) no packs count. */
function purchaseOf(input: PurchaseInput): Purchase {
  const { snapshot } = input;
  const { offers } = snapshot;
  const pieces = piecesOf(input.part, input.toOrder);
  if (pieces <= 0 || offers === undefined || offers === "unreadable") return { quantity: pieces, offer: null };
  const [chosen] = ranked(input, offers);
  if (chosen === undefined) return { quantity: pieces, offer: null };
  const { supplierPart, packs, pack, price } = chosen;
  const { supplierName: supplier, sku, mpn, link } = supplierPart;
  return {
    quantity: packs * pack,
    offer: {
      supplier,
      sku,
      mpn,
      link,
      packs,
      pack: plain(pack),
      unit_price: price?.each ?? null,
      currency: price?.currency ?? null,
      total: price?.total ?? null,
      below_first_break: price?.isBelowFirst ?? false,
      next_break: price === null ? null : nextBreak(chosen, snapshot),
    },
  };
}

interface Quote {
  readonly supplierPart: SupplierPart;
  /** By quantity; per pack. */
  readonly breaks: readonly PriceBreak[];
  readonly packs: number;
  readonly pack: Quantity;
  readonly price: Price | null;
  /** In the server's currency; null: no price, or no rate. */
  readonly comparable: number | null;
}

interface Price {
  readonly each: number;
  readonly currency: string;
  readonly total: number;
  readonly isBelowFirst: boolean;
}

function quote(
  supplierPart: SupplierPart,
  given: {
    readonly pieces: Quantity;
    readonly snapshot: Snapshot;
    readonly breaks: ReadonlyMap<number, readonly PriceBreak[]>;
  },
): Quote {
  const size = quantityOf(supplierPart.packQuantity);
  const pack = size > 0 ? size : ONE;
  const packs = upToMultiple(given.pieces, pack) / pack;
  const breaks = (given.breaks.get(supplierPart.pk) ?? []).toSorted((a, b) => a.quantity - b.quantity || a.pk - b.pk);
  const price = priceFor(packs, breaks);
  const comparable =
    price === null ? null : inOwnCurrency({ amount: price.total, currency: price.currency }, given.snapshot);
  return { supplierPart, breaks, packs, pack, price, comparable };
}

/** That of the largest break not above the number of packs; below the first break, the first break's. */
function priceFor(packs: number, breaks: readonly PriceBreak[]): Price | null {
  const reached = breaks.findLast(({ quantity }) => quantity <= packs);
  const found = reached ?? breaks[0];
  if (found === undefined) return null;
  const { price: each, currency } = found;
  return { each, currency, total: priceOf(packs, each), isBelowFirst: reached === undefined };
}

/** Those whom nobody avoids, unless there are no others; of them those of the first preferred supplier who has one. */
function allowed(quoted: readonly Quote[], { prefer, avoid }: SupplierRules): Quote[] {
  const liked = quoted.filter(({ supplierPart }) => !avoid.includes(supplierPart.supplierName));
  const left = liked.length > 0 ? liked : quoted;
  const first = prefer.find((name) => left.some(({ supplierPart }) => supplierPart.supplierName === name));
  return left.filter(({ supplierPart }) => first === undefined || supplierPart.supplierName === first);
}

function byPreference(part: Part): (a: Quote, b: Quote) => number {
  const first = (is: (quote: Quote) => boolean) => (a: Quote, b: Quote) => Number(is(b)) - Number(is(a));
  const primary = first(({ supplierPart }) => supplierPart.primary);
  const usual = first(({ supplierPart }) => part.defaultSupplier === supplierPart.pk);
  return (a, b) =>
    primary(a, b) || usual(a, b) || cheapest(a.comparable, b.comparable) || a.supplierPart.pk - b.supplierPart.pk;
}

function cheapest(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}

/** Where buying up to a later break costs no more in total: of several the least total, then the larger. */
function nextBreak({ breaks, packs, price }: Quote, snapshot: Snapshot): Offer["next_break"] {
  if (price === null) return null;
  const now = inOwnCurrency({ amount: price.total, currency: price.currency }, snapshot);
  const later = breaks.flatMap(({ quantity, price: unit_price, currency }) => {
    const more = Math.ceil(quantity);
    if (more <= packs) return [];
    const total = priceOf(more, unit_price);
    const amount = currency === price.currency ? total : inOwnCurrency({ amount: total, currency }, snapshot);
    const limit = currency === price.currency ? price.total : now;
    if (amount === null || limit === null || amount > limit) return [];
    const rank = inOwnCurrency({ amount: total, currency }, snapshot) ?? total;
    return [{ packs: more, unit_price, currency, total, rank }];
  });
  const [best] = later.sort((a, b) => a.rank - b.rank || b.packs - a.packs);
  if (best === undefined) return null;
  const { rank: _, ...suggested } = best;
  return suggested;
}
