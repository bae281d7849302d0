import type { Snapshot, StockLocation } from "../core/calculation/snapshot.ts";
import { asksForDemands, namesLocation, type SnapshotRequest } from "../core/calculation/snapshot-request.ts";
import { FailureError } from "../core/failure.ts";
import type { Clock, Log } from "../core/ports.ts";
import { isRecord } from "../core/records.ts";
import { startPace } from "./adaptive-concurrency.ts";
import { startBomRows } from "./bom-rows.ts";
import type { Client } from "./client.ts";
import { openListing } from "./listing.ts";
import { demandsOf, openOrderReader, withExactRequirements } from "./order-requirements.ts";
import { type Reading, sweep } from "./paginate.ts";
import { startPartRows } from "./part-rows.ts";
import {
  BUILDS,
  CATEGORIES,
  type Listing,
  LOCATIONS,
  PURCHASE_ORDER_LINES,
  planReading,
  STOCK_ITEMS,
  VARIANTS,
} from "./plan.ts";
import { reach } from "./reachable-parts.ts";
import type { RowReader } from "./row-reader.ts";
import { scopeOf } from "./scope.ts";
import { withTaskGroup } from "./task-group.ts";
import { toBuildOrder, toPart, toPlace, toPurchaseOrderLine, toStockItem } from "./to-core.ts";

export interface SnapshotOptions {
  readonly client: Client;
  readonly need: SnapshotRequest;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * Reads everything that the calculation may ask for these lists: each thing once, complete or not at all. A small list
 * reads what it reaches, level by level; a large one everything, in pages (plan.ts, request-estimate.ts). Who supplies what
 * is missing is asked once that is known (offers.ts). The first thing that cannot be read ends all other requests. Throws FailureError (kind inventree).
 */
export async function readSnapshot({ client, need, log, clock }: SnapshotOptions): Promise<Snapshot> {
  const readAt = clock.now().toISOString();
  return withTaskGroup(async ({ signal, start }) => {
    const pace = startPace(client.maxConcurrency);
    const reading: Reading = {
      client,
      clock,
      log: log.with({ step: "inventree" }),
      signal,
      pace,
      pageSizes: new Map(),
    };
    const plan = planReading(need);
    const readIf = (wanted: boolean, listing: Listing) => (wanted ? start(sweep(reading, listing)) : null);
    const categories = readIf(plan.categories, CATEGORIES);
    const parts = startPartRows(reading);
    const bom = startBomRows(reading);
    const builds = openListing(reading, BUILDS);
    const orders = openOrderReader(reading, builds);
    const reachAll = async () => {
      if (plan.allParts) await parts.readAll();
      const places = categories === null ? new Map<number, StockLocation>() : placesOf(await categories);
      return reach({ need, reading, parts, bom, categories: places });
    };
    // Each level waits for the one above: what the lists name is requested before all that can wait.
    const reaching = start(reachAll());
    const currency = start(readCurrency(reading));
    const locations = readIf(plan.locations, LOCATIONS);
    if (plan.required) start(orders.begin());
    if (plan.builds) start(builds.begin());
    const scope = await scopeOf(await reaching, { parts, bom, variants: openListing(reading, VARIANTS) });
    const rows = [...parts.known.values()].sort((a, b) => a.pk - b.pk);
    const listed = rows.map(toPart);
    const bomLines = bom.lines();
    const arriving = listed.filter(({ pk, onOrder }) => onOrder > 0 && (scope === null || scope.has(pk)));
    const ordered = new Set(arriving.map(({ pk }) => pk));

    const [orderRows, stockRows, exact, buildRows] = await Promise.all([
      plan.orders ? start(openListing(reading, PURCHASE_ORDER_LINES).rowsOf(ordered)) : [],
      plan.stockItems ? start(openListing(reading, STOCK_ITEMS).rowsOf(scope)) : null,
      plan.required ? start(orders.read(scope)) : null,
      plan.builds ? start(builds.rowsOf(scope)) : null,
    ]);
    const locationRows = await locations;
    const how = (rows: { readonly isWhole: () => boolean }) => (rows.isWhole() ? "all" : "reached");
    log.info(
      `read ${listed.length} parts and ${bomLines.length} BOM lines; parts: ${how(parts)}, BOM lines: ${how(bom)}`,
      { step: "inventree" },
    );

    return {
      serverUrl: client.serverUrl,
      apiVersion: await client.apiVersion(),
      readAt,
      ...(await currency),
      parts: new Map((exact === null ? listed : withExactRequirements(listed, exact)).map((part) => [part.pk, part])),
      bomLines: byPart(bomLines),
      supplierParts: new Map(),
      purchaseOrderLines: byPart(purchaseOrderLinesOf(orderRows, ordered)),
      ...buildsOf(buildRows ?? (asksForDemands(need) ? exact?.builds : undefined)),
      ...(exact === null || !asksForDemands(need) ? {} : { demands: byPart(demandsOf(exact)) }),
      ...(stockRows === null ? {} : { stockItems: stockItemsOf(stockRows, locationRows ?? []) }),
      ...(locationRows === null || !namesLocation(need) ? {} : { locations: placesOf(locationRows) }),
      ...(categories === null ? {} : { categories: placesOf(await categories) }),
    };
  });
}

/** The server's default currency and its rates; null if it does not tell: then costs have no unit, and nothing else is wrong. */
async function readCurrency({ client, log, signal }: Reading): Promise<Pick<Snapshot, "currency" | "rates">> {
  try {
    const answer = await client.get("/api/currency/exchange/", {}, { signal, canWait: true });
    const code = isRecord(answer) ? answer.base_currency : undefined;
    const rates = isRecord(answer) && isRecord(answer.exchange_rates) ? answer.exchange_rates : {};
    const numbers = Object.entries(rates).flatMap(([currency, rate]) =>
      typeof rate === "number" && rate > 0 && Number.isFinite(rate) ? [[currency, rate] as const] : [],
    );
    return { currency: typeof code === "string" && code !== "" ? code : null, rates: Object.fromEntries(numbers) };
  } catch (error) {
    const status = error instanceof FailureError ? error.failure.status : undefined;
    if (status !== 403 && status !== 404) throw error;
    log.info("the server does not report its currency", { status });
    return { currency: null };
  }
}

/** Who asks how stock develops gets those that were read for what they require. */
function buildsOf(rows: readonly RowReader[] | undefined): Pick<Snapshot, "builds"> {
  return rows === undefined ? {} : { builds: byPart(rows.map(toBuildOrder).filter((build) => build !== null)) };
}

/** Open lines of orders of these parts. */
export function purchaseOrderLinesOf(rows: readonly RowReader[], parts: ReadonlySet<number>) {
  return rows.flatMap((row) => toPurchaseOrderLine(row, (part) => parts.has(part)) ?? []);
}

/** Rows by the part that they are of. */
export function byPart<T extends { readonly part: number }>(rows: readonly T[]): ReadonlyMap<number, readonly T[]> {
  return Map.groupBy(rows, (row) => row.part);
}

function placesOf(rows: readonly RowReader[]): ReadonlyMap<number, StockLocation> {
  return new Map(rows.map((row) => [row.pk, toPlace(row)]));
}

function stockItemsOf(rows: readonly RowReader[], locations: readonly RowReader[]): Snapshot["stockItems"] & {} {
  const external = new Set(locations.filter((row) => row.flag("external")).map((row) => row.pk));
  return byPart(rows.map((row) => toStockItem(row, external)).filter((item) => item !== null));
}
