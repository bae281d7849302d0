import type { Place, Snapshot, SupplierPart } from "../core/calculation/snapshot.ts";
import type { Clock } from "../core/clock.ts";
import { FailureError } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import { startBomRows } from "./bom-rows.ts";
import type { Client } from "./client.ts";
import { together } from "./crew.ts";
import { type Fields, isRow } from "./field.ts";
import { openListing } from "./listing.ts";
import { type Need, namesLocation } from "./need.ts";
import { startPace } from "./pace.ts";
import { startPartRows } from "./part-rows.ts";
import {
  BOM_LINES,
  CATEGORIES,
  type Listing,
  LOCATIONS,
  PARTS,
  PURCHASE_ORDER_LINES,
  planReading,
  STOCK_ITEMS,
  SUPPLIER_PARTS,
  VARIANTS,
} from "./plan.ts";
import { reach } from "./reach.ts";
import { openOrders, withExactRequirements } from "./required.ts";
import { scopeOf } from "./scope.ts";
import { countRows, type Reading, sweep } from "./sweep.ts";
import { toPart, toPlace, toPurchaseOrderLine, toStockItem, toSupplierPart } from "./to-core.ts";

export interface SnapshotOptions {
  readonly client: Client;
  readonly need: Need;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * Reads everything that the calculation may ask for these lists: each thing once, complete or not at all. A small list
 * reads what it reaches, level by level; a large one everything, in pages (plan.ts, cost.ts). The first thing that
 * cannot be read ends all other requests. Throws FailureError (kind inventree).
 */
export async function readSnapshot({ client, need, log, clock }: SnapshotOptions): Promise<Snapshot> {
  const readAt = clock.now().toISOString();
  return together(async ({ signal, start }) => {
    const pace = startPace(client.maxConcurrency);
    const reading: Reading = {
      client,
      clock,
      log: log.with({ step: "inventree" }),
      signal,
      pace,
      pageSizes: new Map(),
    };
    const counting = start(readCounts(reading, need));
    const currency = start(readCurrency(reading));
    const counts = await counting;
    const plan = planReading(need, counts);
    log.info(`the server has ${counts.parts} parts; reads parts: ${plan.parts}, BOM lines: ${plan.bomLines}`, {
      step: "inventree",
    });

    const readIf = (wanted: boolean, listing: Listing) => (wanted ? start(sweep(reading, listing)) : null);
    const categories = readIf(plan.categories, CATEGORIES);
    const locations = readIf(plan.locations, LOCATIONS);
    const parts = startPartRows(reading, counts.parts);
    const bom = startBomRows(reading, counts.bomLines ?? 0);
    const supplierParts = openListing(reading, SUPPLIER_PARTS);
    const orderLines = openListing(reading, PURCHASE_ORDER_LINES);
    const variants = openListing(reading, VARIANTS);
    const orders = openOrders(reading);
    const whole = [
      ...(plan.parts === "all" ? [start(parts.readAll())] : []),
      ...(plan.bomLines === "all" ? [start(bom.readAll())] : []),
    ];
    const expect = (count: number) => void start(Promise.all([supplierParts.expect(count), orderLines.expect(count)]));
    const reachAll = async () => {
      if (whole.length > 0) await Promise.all(whole);
      const places = categories === null ? new Map<number, Place>() : placesOf(await categories);
      return reach({ need, reading, parts, bom, categories: places, expect });
    };
    // Each level waits for the one above: what the lists name is asked for before all that can wait.
    const reaching = start(reachAll());
    if (plan.parts === "reached") start(variants.expect(0));
    if (plan.bomLines !== "none") start(orderLines.expect(need.entries.length));
    if (plan.bomLines !== "none") start(supplierParts.expect(plan.parts === "all" ? need.entries.length : 0));
    if (plan.required && plan.parts === "reached") start(orders.begin());
    const reached = await reaching;
    const scope = await scopeOf({ reached, parts, bom, variants });
    const rows = [...parts.known.values()].sort((a, b) => a.pk - b.pk);
    const bomLines = bom.lines();
    const lined = plan.bomLines === "none" ? new Set<number>() : (scope?.lines ?? null);

    const [supplierRows, orderRows, stockRows, exact] = await Promise.all([
      start(supplierParts.rowsOf(lined)),
      start(orderLines.rowsOf(lined)),
      plan.stockItems ? start(openListing(reading, STOCK_ITEMS).rowsOf(scope?.stock ?? null)) : null,
      plan.required ? start(orders.read({ rows, bomLines, scope: scope?.stock ?? null })) : null,
    ]);
    const locationRows = await locations;
    const listed = rows.map(toPart);
    const suppliers = supplierRows.map(toSupplierPart);
    log.info(`read ${listed.length} parts and ${bomLines.length} BOM lines`, { step: "inventree" });

    return {
      serverUrl: client.serverUrl,
      apiVersion: await client.apiVersion(),
      readAt,
      currency: await currency,
      parts: new Map((exact === null ? listed : withExactRequirements(listed, exact)).map((part) => [part.pk, part])),
      bomLines: byPart(bomLines),
      supplierParts: byPart(suppliers),
      purchaseOrderLines: byPart(purchaseOrderLinesOf(orderRows, { suppliers, lined })),
      ...(stockRows === null ? {} : { stockItems: stockItemsOf(stockRows, locationRows ?? []) }),
      ...(locationRows === null || !namesLocation(need) ? {} : { locations: placesOf(locationRows) }),
      ...(categories === null ? {} : { categories: placesOf(await categories) }),
    };
  });
}

/** Counts are cheap; where no list has entries, BOM lines do not matter. */
async function readCounts(reading: Reading, need: Need) {
  const [parts, bomLines] = await Promise.all([
    countRows(reading, PARTS),
    need.entries.length === 0 ? null : countRows(reading, BOM_LINES),
  ]);
  return { parts, bomLines, pageSize: reading.client.pageSize };
}

/** The server's default currency; null if it does not tell: then costs have no unit, and nothing else is wrong. */
async function readCurrency({ client, log, signal }: Reading): Promise<string | null> {
  try {
    const answer = await client.get("/api/currency/exchange/", {}, { signal });
    const code = isRow(answer) ? answer.base_currency : undefined;
    return typeof code === "string" && code !== "" ? code : null;
  } catch (error) {
    const status = error instanceof FailureError ? error.failure.status : undefined;
    if (status !== 403 && status !== 404) throw error;
    log.info("the server does not tell its currency", { status });
    return null;
  }
}

interface Supply {
  readonly suppliers: readonly SupplierPart[];
  /** The parts whose orders are wanted; null: all. */
  readonly lined: ReadonlySet<number> | null;
}

function purchaseOrderLinesOf(rows: readonly Fields[], { suppliers, lined }: Supply) {
  const byPk = new Map(suppliers.map((supplierPart) => [supplierPart.pk, supplierPart]));
  const isWanted = (row: Fields) => {
    const part = row.keyOrNull("internal_part") ?? byPk.get(row.keyOrNull("part") ?? 0)?.part;
    return lined === null || (part !== undefined && lined.has(part));
  };
  return rows.filter(isWanted).flatMap((row) => toPurchaseOrderLine(row, byPk) ?? []);
}

function byPart<T extends { readonly part: number }>(rows: readonly T[]): ReadonlyMap<number, readonly T[]> {
  return Map.groupBy(rows, (row) => row.part);
}

function placesOf(rows: readonly Fields[]): ReadonlyMap<number, Place> {
  return new Map(rows.map((row) => [row.pk, toPlace(row)]));
}

function stockItemsOf(rows: readonly Fields[], locations: readonly Fields[]): Snapshot["stockItems"] & {} {
  const external = new Set(locations.filter((row) => row.flag("external")).map((row) => row.pk));
  return byPart(rows.map((row) => toStockItem(row, external)).filter((item) => item !== null));
}
