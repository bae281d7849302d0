// What a run adds to orders/ and outlook/. A later reading replaces all that is known of the parts, or lists, that it read; of
// others the earlier one stands. What would grow without an end has a bound.
import type { Report } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import { defined, own } from "../records.ts";
import { byCodeUnits } from "../text/code-units.ts";
import type {
  KnownOrder,
  KnownOrderLine,
  ListOutlook,
  OrdersFile,
  OrdersRead,
  OutlookBasket,
  OutlookFile,
  OutlookMade,
  PartOutlook,
  PartsRead,
} from "./ahead-files.ts";
import { canonicalJson } from "./significant.ts";
import { STATE_VERSION } from "./state.ts";

const DAY_MS = 86_400_000;
/** What no reading has confirmed for so long is removed: its list is gone, or no longer names the part. */
const FORGOTTEN_AFTER_MS = 62 * DAY_MS;
/** Order lines of an instance. About 400 kB. */
export const MOST_ORDER_LINES = 3_000;
/** Characters of JSON for the lists of an outlook, for its basket, and for its parts. */
export const OUTLOOK_ROOM = { lists: 150_000, basket: 150_000, stock: 180_000 } as const;

interface Known {
  readonly at: string;
  readonly lines: readonly OrderOfPart[];
}

interface OrderOfPart {
  readonly order: Omit<KnownOrder, "lines">;
  readonly line: KnownOrderLine;
}

/** The orders of an instance after a reading. */
export function mergeOrders(instance: string, current: OrdersFile | undefined, read: OrdersRead): OrdersFile {
  const known = partsOf(current?.readings ?? [], current?.orders ?? []);
  for (const [part, mine] of partsOf([read], read.orders)) {
    const theirs = known.get(part);
    if (theirs === undefined || isLater(mine, theirs)) known.set(part, mine);
  }
  const newest = Math.max(...[...known.values()].map(({ at }) => Date.parse(at)));
  const kept = [...known].filter(([, { at }]) => newest - Date.parse(at) <= FORGOTTEN_AFTER_MS);
  const fitting = withRoom(kept);
  return {
    schema_version: STATE_VERSION,
    instance,
    orders: ordersOf(fitting.flatMap(([, { lines }]) => lines).sort(byDay)),
    readings: readingsOf(fitting),
  };
}

/** The parts whose orders have room, the soonest first; of the others nothing is said to be known. */
function withRoom(known: readonly (readonly [number, Known])[]): readonly (readonly [number, Known])[] {
  let left = MOST_ORDER_LINES;
  const soonest = ({ lines }: Known) => lines.map(({ line }) => line.date ?? "~").sort(byCodeUnits)[0] ?? "";
  return known
    .toSorted(([one, a], [two, b]) => byCodeUnits(soonest(a), soonest(b)) || one - two)
    .filter(([, { lines }]) => {
      left -= lines.length;
      return left >= 0;
    });
}

/** What is new in a reading: the same found again on the same day (UTC) is not. undefined: nothing is. */
export function newInOrders(read: OrdersRead, current: OrdersFile | undefined): OrdersRead | undefined {
  const known = partsOf(current?.readings ?? [], current?.orders ?? []);
  const mine = partsOf([read], read.orders);
  const fresh = new Set(
    [...mine].flatMap(([part, one]) => {
      const before = known.get(part);
      const isKnown =
        before !== undefined && dayOf(before.at) === dayOf(one.at) && linesText(before) === linesText(one);
      return isKnown ? [] : [part];
    }),
  );
  if (fresh.size === 0) return undefined;
  const orders = read.orders
    .map((order) => ({ ...order, lines: order.lines.filter(({ part }) => fresh.has(part)) }))
    .filter(({ lines }) => lines.length > 0);
  return { at: read.at, parts: [...fresh].sort((a, b) => a - b), orders };
}

function partsOf(readings: readonly PartsRead[], orders: readonly KnownOrder[]): Map<number, Known> {
  const lines = Map.groupBy(
    orders.flatMap(({ lines: its, ...order }) => its.map((line) => ({ order, line }))),
    ({ line }) => line.part,
  );
  return new Map(
    readings.flatMap(({ at, parts }) => parts.map((part) => [part, { at, lines: lines.get(part) ?? [] }])),
  );
}

/** At the same instant, whatever comes first, the same one wins. */
function isLater(mine: Known, theirs: Known): boolean {
  const order = Date.parse(mine.at) - Date.parse(theirs.at);
  return order > 0 || (order === 0 && byCodeUnits(linesText(mine), linesText(theirs)) > 0);
}

function linesText({ lines }: Known): string {
  return canonicalJson(lines.toSorted(byDay));
}

function dayOf(at: string): string {
  return new Date(at).toISOString().slice(0, 10);
}

function byDay(a: OrderOfPart, b: OrderOfPart): number {
  return (
    byCodeUnits(a.line.date ?? "~", b.line.date ?? "~") ||
    a.line.part - b.line.part ||
    a.order.order - b.order.order ||
    a.line.quantity - b.line.quantity
  );
}

function ordersOf(lines: readonly OrderOfPart[]): readonly KnownOrder[] {
  return [...Map.groupBy(lines, ({ order }) => order.order).values()]
    .flatMap((its) => {
      const [first] = its;
      return first === undefined ? [] : [{ ...first.order, lines: its.map(({ line }) => line) }];
    })
    .sort((a, b) => byCodeUnits(a.reference, b.reference) || a.order - b.order);
}

function readingsOf(known: readonly (readonly [number, Known])[]): readonly PartsRead[] {
  return [...Map.groupBy(known, ([, { at }]) => at)]
    .map(([at, its]) => ({ at, parts: its.map(([part]) => part).sort((a, b) => a - b) }))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** The outlook of an instance after what a run has made of it. */
export function mergeOutlook(instance: string, current: OutlookFile | undefined, made: OutlookMade): OutlookFile {
  const basket = laterBasket(current?.basket, made.basket);
  return {
    schema_version: STATE_VERSION,
    instance,
    lists: roomFor(later<ListOutlook>(current?.lists, made.lists), OUTLOOK_ROOM.lists),
    ...defined({ basket: basket === undefined ? undefined : fitting(basket) }),
    stock: roomFor(later<PartOutlook>(current?.stock, made.stock), OUTLOOK_ROOM.stock),
  };
}

/** Whether something may be new about an outlook: of one day nothing is made twice, but for more lists. */
export function isOutlookDue(
  current: OutlookFile | undefined,
  { lists, now }: { readonly lists: readonly CheckedList[]; readonly now: Date },
): boolean {
  const together = lists.filter(({ monitor }) => isCounted(monitor)).length;
  const known = isOfDay(current?.basket?.read_at, now) ? (current?.basket?.lists.length ?? 0) : 0;
  if (together > known) return true;
  return lists.some(
    ({ monitor, report }) => report.ready !== undefined && !isOfDay(own(current?.lists, monitor.id)?.read_at, now),
  );
}

/** A list, and what its check has found. */
export interface CheckedList {
  readonly monitor: Monitor;
  readonly report: Report;
}

/** Whether what a list needs is counted together with others: what a plan needs is that of its lists. */
export function isCounted({ active, plan, parts }: Monitor): boolean {
  return active && plan === undefined && parts.length > 0;
}

/** Whether that was on the day (UTC) of that instant. */
export function isOfDay(readAt: string | undefined, now: Date): boolean {
  return readAt !== undefined && dayOf(readAt) === now.toISOString().slice(0, 10);
}

/** The outlook without a list whose file is gone. */
export function withoutList(outlook: OutlookFile, id: string): OutlookFile {
  if (own(outlook.lists, id) === undefined) return outlook;
  return { ...outlook, lists: Object.fromEntries(Object.entries(outlook.lists).filter(([one]) => one !== id)) };
}

type Dated = { readonly read_at: string };

function later<T extends Dated>(
  theirs: Readonly<Record<string, T>> | undefined,
  mine: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const all = new Map(Object.entries(theirs ?? {}));
  for (const [key, one] of Object.entries(mine)) {
    const other = all.get(key);
    if (other === undefined || prevails(one, other)) all.set(key, one);
  }
  const newest = Math.max(...[...all.values()].map(({ read_at }) => Date.parse(read_at)));
  return Object.fromEntries([...all].filter(([, { read_at }]) => newest - Date.parse(read_at) <= FORGOTTEN_AFTER_MS));
}

function prevails(mine: Dated, theirs: Dated): boolean {
  const order = Date.parse(mine.read_at) - Date.parse(theirs.read_at);
  return order > 0 || (order === 0 && byCodeUnits(canonicalJson(mine), canonicalJson(theirs)) > 0);
}

/** Of one day the one for more lists; else the later. */
function laterBasket(theirs: OutlookBasket | undefined, mine: OutlookBasket | undefined): OutlookBasket | undefined {
  if (theirs === undefined || mine === undefined) return mine ?? theirs;
  const more = mine.lists.length - theirs.lists.length;
  if (dayOf(mine.read_at) === dayOf(theirs.read_at) && more !== 0) return more > 0 ? mine : theirs;
  return prevails(mine, theirs) ? mine : theirs;
}

/** The newest that there is room for; of those of one reading, as they come. */
function roomFor<T extends Dated>(entries: Readonly<Record<string, T>>, room: number): Readonly<Record<string, T>> {
  let left = room;
  const kept = Object.entries(entries)
    .sort(([, a], [, b]) => Date.parse(b.read_at) - Date.parse(a.read_at))
    .filter(([, one]) => {
      left -= JSON.stringify(one).length;
      return left >= 0;
    });
  return Object.fromEntries(kept.sort(([a], [b]) => byCodeUnits(a, b)));
}

/** The basket with as many lines as there is room for. */
function fitting(basket: OutlookBasket): OutlookBasket {
  let left = OUTLOOK_ROOM.basket;
  let leftOut = basket.left_out ?? 0;
  const fits = <T>(line: T) => {
    left -= JSON.stringify(line).length;
    if (left < 0) leftOut += 1;
    return left >= 0;
  };
  const suppliers = basket.suppliers
    .map((supplier) => ({ ...supplier, lines: supplier.lines.filter(fits) }))
    .filter(({ lines }) => lines.length > 0);
  const without_offer = basket.without_offer.filter(fits);
  return { ...basket, suppliers, without_offer, ...(leftOut > 0 ? { left_out: leftOut } : {}) };
}
