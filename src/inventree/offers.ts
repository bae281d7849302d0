import type { BoughtParts } from "../core/calculation/buying/to-order.ts";
import type { Offers, PriceBreak, Snapshot } from "../core/calculation/snapshot.ts";
import { FailureError } from "../core/failure.ts";
import { startPace } from "./adaptive-concurrency.ts";
import { openListing } from "./listing.ts";
import type { Reading } from "./paginate.ts";
import { PRICE_BREAKS, PURCHASE_ORDER_LINES, SUPPLIER_PARTS } from "./plan.ts";
import { byPart, purchaseOrderLinesOf, type SnapshotOptions } from "./snapshot.ts";
import { withTaskGroup } from "./task-group.ts";
import { toPriceBreak, toSupplierPart } from "./to-core.ts";

export interface OffersOptions extends Omit<SnapshotOptions, "need"> {
  readonly parts: BoughtParts;
  /** false: nobody fails where it cannot be read. Default: true. */
  readonly isRequired?: boolean;
}

/**
 * Who supplies these parts, their price breaks by supplier part where something is to order, and what is on order of those
 * that are missing or low. What is missing or low is known without prices and orders: where the server does not give them, reports
 * say what is to order without saying where. Throws FailureError (kind inventree).
 */
export async function readOffers(options: OffersOptions): Promise<Offers> {
  const { toOrder, ordered } = options.parts;
  const [supplierParts, offers, orders] = await Promise.all([
    readSuppliers(options),
    toOrder.size === 0 ? null : readPrices(options, toOrder),
    ordered.size === 0 ? null : readOrders(options, ordered),
  ]);
  // Packs and prices belong together: without suppliers, there is no offer.
  const prices = supplierParts === "unreadable" ? ("unreadable" as const) : offers;
  return {
    supplierParts: supplierParts === "unreadable" ? new Map() : supplierParts,
    ...(prices === null ? {} : { offers: prices }),
    ...(orders === null || orders === "unreadable" ? {} : { purchaseOrderLines: orders }),
  };
}

async function readSuppliers(options: OffersOptions): Promise<Snapshot["supplierParts"] | "unreadable"> {
  const { supplied } = options.parts;
  const rows = () =>
    readRows(options, async (reading) => {
      const found = await openListing(reading, SUPPLIER_PARTS).rowsOf(supplied);
      return byPart(found.map(toSupplierPart).filter(({ part }) => supplied.has(part)));
    });
  if (options.isRequired !== false) return rows();
  return unlessUnreadable(options, "who supplies what is low", rows);
}

function readOrders(
  options: OffersOptions,
  parts: ReadonlySet<number>,
): Promise<(Snapshot["purchaseOrderLines"] & {}) | "unreadable"> {
  const rows = () =>
    readRows(options, async (reading) =>
      byPart(purchaseOrderLinesOf(await openListing(reading, PURCHASE_ORDER_LINES).rowsOf(parts), parts)),
    );
  return options.isRequired === false ? unlessUnreadable(options, "orders of watched parts", rows) : rows();
}

async function unlessUnreadable<T>(
  { log }: OffersOptions,
  what: string,
  read: () => Promise<T>,
): Promise<T | "unreadable"> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    log.warning(`${what} could not be read, so reports do not say it: ${error.failure.message}`, { step: "inventree" });
    return "unreadable";
  }
}

async function readPrices(options: OffersOptions, parts: ReadonlySet<number>): Promise<Snapshot["offers"] & {}> {
  try {
    return await readRows(options, async (reading) => {
      const rows = await openListing(reading, PRICE_BREAKS).rowsOf(parts);
      const breaks = new Map<number, PriceBreak[]>();
      for (const { supplierPart, ...price } of rows.map(toPriceBreak).filter((row) => row !== null)) {
        const known = breaks.get(supplierPart);
        if (known === undefined) breaks.set(supplierPart, [price]);
        else known.push(price);
      }
      return breaks;
    });
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { message } = error.failure;
    options.log.warning(
      `prices of suppliers could not be read, so reports say what is to order, but not where: ${message}`,
      { step: "inventree" },
    );
    return "unreadable";
  }
}

function readRows<Rows>(
  { client, log, clock }: OffersOptions,
  read: (reading: Reading) => Promise<Rows>,
): Promise<Rows> {
  return withTaskGroup(({ signal, start }) => {
    const pace = startPace(client.maxConcurrency);
    return start(read({ client, clock, log: log.with({ step: "inventree" }), signal, pace, pageSizes: new Map() }));
  });
}
