import type { PriceBreak, SupplierPart } from "../../../src/core/calculation/snapshot.ts";
import type { NextBreak, Offer } from "../../../src/core/generated/report.ts";
import { exactly, ONE, upTo } from "./numbers.ts";
import { partOf, type Question } from "./world.ts";

/** Prices have six decimals. */
const DECIMALS = 6;

/** Rule 19: the lead time of a part, by the most exact that is known; null: none is. */
export function leadTimeOf(q: Question, pk: number, toOrder: bigint): number | null {
  const { default: usual, suppliers = {}, parts = {} } = q.leadTimes ?? {};
  const { ipn, name } = partOf(q, pk);
  const own = [`${pk}`, ipn, name]
    .filter((key, place) => key !== null && (place === 0 || !/^\d+$/.test(key)))
    .map((key) => parts[key ?? ""])
    .find((days) => days !== undefined);
  const supplier = chosen(q, pk, toOrder)?.supplierName;
  return own ?? (supplier === undefined ? undefined : suppliers[supplier]) ?? usual ?? null;
}

/** Rule 25: of whom to order so much. Where nothing is to order, nobody knows prices. */
export function chosen(q: Question, pk: number, toOrder: bigint): SupplierPart | undefined {
  const { prefer = [], avoid = [] } = q.suppliers ?? {};
  let left = (q.snapshot.supplierParts.get(pk) ?? []).filter((it) => it.active);
  const keep = (is: (it: SupplierPart) => boolean): void => {
    if (left.some(is)) left = left.filter(is);
  };
  keep((it) => !avoid.includes(it.supplierName));
  const preferred = prefer.find((name) => left.some((it) => it.supplierName === name));
  keep((it) => it.supplierName === preferred);
  keep((it) => it.primary);
  keep((it) => it.pk === partOf(q, pk).defaultSupplier);
  if (toOrder === 0n) return left.sort((a, b) => a.pk - b.pk)[0];
  const cost = (it: SupplierPart): Money | null => inOwn(q, priced(q, it, packsOf(q, it, toOrder)));
  keep((it) => cost(it) !== null);
  keep((it) => left.every((other) => isNoMore(cost(it), cost(other))));
  return [...left].sort((a, b) => a.pk - b.pk)[0];
}

/** Rule 26: the whole pieces or, with a unit, the quantity that must be ordered. */
export function piecesOf(q: Question, pk: number, toOrder: bigint): bigint {
  return partOf(q, pk).units === "" ? upTo(toOrder, ONE) : toOrder;
}

/** Rule 26: up to whole packs. */
export function packsOf(q: Question, it: SupplierPart, toOrder: bigint): bigint {
  const pack = exactly(it.packQuantity);
  return upTo(piecesOf(q, it.part, toOrder), pack) / pack;
}

/** Rules 25 and 26 for what is to order of a part. */
export function offerOf(q: Question, pk: number, toOrder: bigint): Offer | null {
  const it = toOrder > 0n && q.snapshot.offers !== "unreadable" ? chosen(q, pk, toOrder) : undefined;
  if (it === undefined) return null;
  const packs = packsOf(q, it, toOrder);
  const price = priced(q, it, packs);
  return {
    ...{ supplier: it.supplierName, sku: it.sku, mpn: it.mpn, link: it.link },
    ...{ packs: Number(packs), pack: it.packQuantity },
    unit_price: price?.one.price ?? null,
    currency: price?.one.currency ?? null,
    total: price === null ? null : money(price.total),
    below_first_break: price !== null && exactly(price.one.quantity) > packs * ONE,
    next_break: price === null ? null : nextBreak(q, it, { packs, price }),
  };
}

interface Priced {
  readonly one: PriceBreak;
  /** In millionths. */
  readonly total: bigint;
}

/** A sum in the server's currency, as a fraction. */
interface Money {
  readonly above: bigint;
  readonly below: bigint;
}

function breaksOf(q: Question, it: SupplierPart): PriceBreak[] {
  const { offers } = q.snapshot;
  const breaks = offers === undefined || offers === "unreadable" ? [] : (offers.get(it.pk) ?? []);
  return [...breaks].sort((a, b) => a.quantity - b.quantity || a.pk - b.pk);
}

/** What so many packs cost: by the largest break not above them, else by the first one. */
function priced(q: Question, it: SupplierPart, packs: bigint): Priced | null {
  const breaks = breaksOf(q, it);
  const one = breaks.filter(({ quantity }) => exactly(quantity) <= packs * ONE).at(-1) ?? breaks[0];
  return one === undefined ? null : { one, total: packs * exactly(one.price, DECIMALS) };
}

/** Rule 26: the later break up to which to buy costs no more: the least total, then the larger. */
function nextBreak(
  q: Question,
  it: SupplierPart,
  { packs, price }: { packs: bigint; price: Priced },
): NextBreak | null {
  const [best] = breaksOf(q, it)
    .filter(({ quantity }) => exactly(quantity) > packs * ONE)
    .map((one) => {
      const more = upTo(exactly(one.quantity), ONE) / ONE;
      return { more, one, total: more * exactly(one.price, DECIMALS) };
    })
    .filter((next) => costsNoMore(q, next, price))
    .sort((a, b) => {
      if (costsNoMore(q, a, b) && costsNoMore(q, b, a)) return a.more > b.more ? -1 : 1;
      return costsNoMore(q, a, b) ? -1 : 1;
    });
  if (best === undefined) return null;
  const { more, one, total } = best;
  return { packs: Number(more), unit_price: one.price, currency: one.currency, total: money(total) };
}

/** In one currency without a rate, else by the rates; what has none is no more and no less. */
function costsNoMore(q: Question, a: Priced, b: Priced): boolean {
  if (a.one.currency === b.one.currency) return a.total <= b.total;
  return isNoMore(inOwn(q, a), inOwn(q, b), false);
}

function isNoMore(a: Money | null, b: Money | null, unknown = true): boolean {
  return a === null || b === null ? unknown : a.above * b.below <= b.above * a.below;
}

function inOwn(q: Question, price: Priced | null): Money | null {
  if (price === null) return null;
  const { currency } = price.one;
  const rate = currency === q.snapshot.currency ? 1 : q.snapshot.rates?.[currency];
  return rate === undefined ? null : { above: price.total, below: exactly(rate, DECIMALS) };
}

function money(millionths: bigint): number {
  return Number(millionths) / 10 ** DECIMALS;
}
