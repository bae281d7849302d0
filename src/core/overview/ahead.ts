// What lies ahead, as pages show it: from orders/ and outlook/ of the state branch, which are younger than the reports as last
// notified, each with the instant at which it was read.
import { arrivalsOf, outlookOf } from "../calculation/deliveries.ts";
import { quantityOf } from "../calculation/quantity.ts";
import type { PurchaseOrderLine } from "../calculation/snapshot.ts";
import type { HowMany, Ready, Report, ReportLine } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import type { OrdersFile, OutlookBasket, PartOutlook } from "../notification/ahead-files.ts";
import type { StateFiles } from "../notification/state.ts";
import { own } from "../records.ts";
import { localDate } from "../schedule/local-date.ts";

/** An outlook is made at most daily: one that is older than two days says little about today. */
const STALE_AFTER_MS = 2 * 86_400_000;

/** When InvenTree was read for it, and whether that is so long ago that it is shown in grey, with its date. */
export interface AsRead {
  readonly readAt: Date;
  readonly isStale: boolean;
}

/** By when a list's entries are ready, and how many of its assemblies by when (rules 20 and 23 of docs/by-when.md). */
export interface ListAhead extends AsRead {
  readonly ready: readonly Ready[];
  /** By pk of the assembly. */
  readonly howMany: Readonly<Record<string, HowMany>>;
  /** Names of the parts above, by pk. */
  readonly names: Readonly<Record<string, string>>;
}

/** How the stock of a part develops (rule 24 of docs/stock-ahead.md), with the lists that were counted. */
export interface PartAhead extends AsRead {
  readonly stock: PartOutlook;
}

/** What an instance's lists have to order together (rule 27 of docs/buying.md). */
export interface BasketAhead extends AsRead {
  readonly instance: string;
  readonly basket: OutlookBasket;
  /** Ids of the active lists with parts that it was not made for: they were not due in the same run. */
  readonly without: readonly string[];
}

interface Asked {
  readonly state: Pick<StateFiles, "outlooks">;
  readonly now: Date;
}

/** null: no outlook names the list. */
export function listAhead(
  { id, instance }: { readonly id: string; readonly instance: string },
  asked: Asked,
): ListAhead | null {
  const found = own(own(asked.state.outlooks, instance)?.lists, id);
  if (found === undefined) return null;
  const { read_at, ready, how_many: howMany, names } = found;
  return { ...asRead(read_at, asked), ready, howMany, names };
}

/** null: the part is in no outlook. */
export function partAhead(
  { instance, pk }: { readonly instance: string; readonly pk: number },
  asked: Asked,
): PartAhead | null {
  const stock = own(own(asked.state.outlooks, instance)?.stock, String(pk));
  return stock === undefined ? null : { ...asRead(stock.read_at, asked), stock };
}

/** One for each instance that has one, by its label. */
export function basketsAhead(monitors: readonly Monitor[], asked: Asked): readonly BasketAhead[] {
  return Object.values(asked.state.outlooks).flatMap(({ instance, basket }): BasketAhead[] => {
    if (basket === undefined) return [];
    const due = monitors.filter(
      (list) => list.active && list.instance === instance && list.plan === undefined && list.parts.length > 0,
    );
    const without = due.map(({ id }) => id).filter((id) => !basket.lists.includes(id));
    return [{ ...asRead(basket.read_at, asked), instance, basket, without }];
  });
}

function asRead(readAt: string, { now }: Asked): AsRead {
  const at = new Date(readAt);
  return { readAt: at, isStale: now.getTime() - at.getTime() > STALE_AFTER_MS };
}

/**
 * The report with the deliveries of orders/ in its lines, as far as these were read after it was made. What is missing stays
 * as last notified.
 */
export function withOrders(
  report: Report,
  {
    orders,
    reportedAt,
    today,
  }: { readonly orders: OrdersFile; readonly reportedAt: Date | null; readonly today: string },
): Report {
  const fresh = freshLines(orders, reportedAt);
  if (fresh.size === 0) return report;
  return { ...report, lines: report.lines.map((line) => lineWith(line, { orders: fresh.get(line.pk), today })) };
}

/** Of the same list: one that was edited since is as last notified. */
function withReady(
  report: Report,
  { ahead, reportedAt }: { readonly ahead: ListAhead | null; readonly reportedAt: Date | null },
): Report {
  const { ready } = report;
  if (ahead === null || ready === undefined || ahead.readAt.getTime() <= (reportedAt?.getTime() ?? 0)) return report;
  const words = (all: readonly Ready[]) => JSON.stringify(all.map((one) => [one.entry, one.words, one.needed_by]));
  if (words(ready) !== words(ahead.ready)) return report;
  const howMany = report.how_many === undefined ? {} : { how_many: { ...ahead.howMany } };
  return { ...report, ready: [...ahead.ready], ...howMany, names: { ...report.names, ...ahead.names } };
}

/** By pk, of the parts that were read since. */
function freshLines(
  { orders, readings }: OrdersFile,
  reportedAt: Date | null,
): ReadonlyMap<number, readonly PurchaseOrderLine[]> {
  const since = reportedAt?.getTime() ?? 0;
  const found = new Map<number, PurchaseOrderLine[]>();
  for (const { at, parts } of readings) if (Date.parse(at) >= since) for (const part of parts) found.set(part, []);
  for (const { order, reference, supplier, status, lines } of orders) {
    for (const { part, quantity, date } of lines)
      found.get(part)?.push({
        ...{ pk: order, order, part, outstanding: quantity, targetDate: date },
        ...{ orderReference: reference, supplierName: supplier, placed: status === "placed" },
      });
  }
  return found;
}

function lineWith(
  line: ReportLine,
  { orders, today }: { readonly orders: readonly PurchaseOrderLine[] | undefined; readonly today: string },
): ReportLine {
  if (orders === undefined || line.missing <= 0) return line;
  const { arrivals: _told, ...rest } = line;
  const outlook = outlookOf(quantityOf(line.missing), { orders, today });
  return { ...rest, outlook, ...(orders.length === 0 ? {} : { arrivals: arrivalsOf(orders, today) }) };
}

/** The report of a list as pages show it: with what was read since it was made of orders, and of by when it is ready. */
export function presentReport(
  report: Report | null,
  {
    state,
    instance,
    reportedAt,
    ahead,
    now,
    timezone,
  }: {
    readonly state: Pick<StateFiles, "orders">;
    readonly instance: string;
    readonly reportedAt: Date | null;
    readonly ahead: ListAhead | null;
    readonly now: Date;
    readonly timezone: string;
  },
): Report | null {
  const orders = own(state.orders, instance);
  if (report === null) return report;
  const fresh = withReady(report, { ahead, reportedAt });
  return orders === undefined ? fresh : withOrders(fresh, { orders, reportedAt, today: localDate(now, timezone) });
}
