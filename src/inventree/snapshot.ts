import type { Clock } from "../core/clock.ts";
import { FailureError } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import type { Place, Snapshot } from "../core/snapshot.ts";
import type { Client } from "./client.ts";
import { type Fields, isRow } from "./field.ts";
import { type Need, namesLocation } from "./need.ts";
import { type Listing, type Plan, planSweeps, type RequiredPlan } from "./plan.ts";
import { readMissingParts } from "./references.ts";
import { canHideFractions, type OrderRows, withExactRequirements } from "./required.ts";
import { type Reading, sweep } from "./sweep.ts";
import { toBomLine, toPart, toPlace, toPurchaseOrderLine, toStockItem, toSupplierPart } from "./to-core.ts";

export interface SnapshotOptions {
  readonly client: Client;
  readonly need: Need;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * Reads everything that the calculation may ask for these lists: each thing once, complete or not at all. The first
 * thing that cannot be read ends all other requests. Throws FailureError (kind inventree).
 */
export async function readSnapshot({ client, need, log, clock }: SnapshotOptions): Promise<Snapshot> {
  const controller = new AbortController();
  const reading: Reading = { client, clock, log: log.with({ step: "inventree" }), signal: controller.signal };
  const readAt = clock.now().toISOString();
  const plan = planSweeps(need);

  const [partRows, bomRows, supplierRows, orderRows, stockRows, locationRows, categoryRows, currency] = await together(
    controller,
    [...firstSweeps(reading, plan), readCurrency(reading)],
  );
  const bomLines = bomRows.map(toBomLine);
  const [missing] = await together(controller, [readMissingParts(reading, partRows, bomLines)]);
  const rows = [...partRows, ...missing].sort((a, b) => a.pk - b.pk);
  const hidden = canHideFractions({ partRows: rows, bomLines });
  const [exact] = await together(controller, [readRequired(reading, plan.required, hidden)]);

  const listed = rows.map(toPart);
  const parts = exact === null ? listed : withExactRequirements(listed, exact);
  const supplierParts = supplierRows.map(toSupplierPart);
  const suppliersByPk = new Map(supplierParts.map((supplierPart) => [supplierPart.pk, supplierPart]));
  const purchaseOrderLines = orderRows.map((row) => toPurchaseOrderLine(row, suppliersByPk));
  log.info(`read ${parts.length} parts and ${bomLines.length} BOM lines`, { step: "inventree" });

  return {
    serverUrl: client.serverUrl,
    apiVersion: await client.apiVersion(),
    readAt,
    currency,
    parts: new Map(parts.map((part) => [part.pk, part])),
    bomLines: byPart(bomLines),
    supplierParts: byPart(supplierParts),
    purchaseOrderLines: byPart(purchaseOrderLines.filter((line) => line !== null)),
    ...(stockRows === null ? {} : { stockItems: stockItemsOf(stockRows, locationRows ?? []) }),
    ...(locationRows === null || !namesLocation(need) ? {} : { locations: placesOf(locationRows) }),
    ...(categoryRows === null ? {} : { categories: placesOf(categoryRows) }),
  };
}

function firstSweeps(reading: Reading, plan: Plan) {
  const optional = (listing: Listing | null) => (listing === null ? null : sweep(reading, listing));
  return [
    sweep(reading, plan.parts),
    sweep(reading, plan.bomLines),
    sweep(reading, plan.supplierParts),
    sweep(reading, plan.purchaseOrderLines),
    optional(plan.stockItems),
    optional(plan.locations),
    optional(plan.categories),
  ] as const;
}

/** null if nobody counts what open orders require, or if the part list's whole numbers are the truth. */
async function readRequired(reading: Reading, plan: RequiredPlan | null, needed: boolean): Promise<OrderRows | null> {
  if (plan === null || !needed) return null;
  const [builds, buildLines, salesOrderLines] = await Promise.all([
    sweep(reading, plan.builds),
    sweep(reading, plan.buildLines),
    sweep(reading, plan.salesOrderLines),
  ]);
  return { builds, buildLines, salesOrderLines };
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

/** Like Promise.all, but the first failure ends the others, and nothing of them is still under way afterwards. */
async function together<const T extends readonly unknown[]>(
  controller: AbortController,
  tasks: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const watched = tasks.map(async (task) => {
    try {
      await task;
    } catch (error) {
      controller.abort(error);
    }
  });
  await Promise.all(watched);
  controller.signal.throwIfAborted();
  return Promise.all(tasks);
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
