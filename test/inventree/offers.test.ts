import { afterEach, expect, it } from "vitest";
import { type EmbeddedInventree, startInventree } from "../../demo/inventree/server.ts";
import type { Tables } from "../../demo/inventree/tables.ts";
import type { WantedParts } from "../../src/app/deps.ts";
import { readFor } from "../../src/app/run/read.ts";
import { calculate } from "../../src/core/calculation/calculate.ts";
import { DEFAULT_POLICY, type ListEntry, type WatchEntry } from "../../src/core/monitor.ts";
import { readOffers } from "../../src/inventree/offers.ts";
import { readSnapshot } from "../../src/inventree/snapshot.ts";
import { bomLine, part, purchase, stockItem, tables } from "../demo/workshop.ts";
import { bench } from "./support/client.ts";

let server: EmbeddedInventree;
afterEach(() => server.close());

const COMPANY = { name: "Mouser", description: "", currency: "USD", active: true };
const SOLD = { part: 2, supplier: 1, SKU: "M-2", MPN: "X2", description: null, active: true, available: 0 };

/** An assembly of one bought part, which somebody sells in packs of 10. */
async function start(more: Partial<Tables> = {}): Promise<void> {
  server = await startInventree({
    tables: tables({
      parts: [part({ pk: 1, name: "Board", assembly: true }), part({ pk: 2, name: "Chip", purchaseable: true })],
      bomLines: [bomLine({ pk: 1, part: 1, sub_part: 2, quantity: 1 })],
      stockItems: [stockItem({ pk: 1, part: 2, quantity: 5 })],
      companies: [{ pk: 1, ...COMPANY, is_customer: false, is_manufacturer: false, is_supplier: true }],
      supplierParts: [{ pk: 7, ...SOLD, pack_quantity: "10", pack_quantity_native: 10, more: { primary: true } }],
      priceBreaks: [
        { pk: 1, part: 7, quantity: 1, price: 2.5, price_currency: "USD" },
        { pk: 2, part: 7, quantity: 10, price: 2, price_currency: "USD" },
      ],
      ...more,
    }),
  });
}

/** Reads for one list as a run does. */
async function read(parts: readonly ListEntry[], watch: readonly WatchEntry[] = []) {
  const { client, clock, log } = bench(server.url, {}, server.token);
  server.forgetRequests();
  const list = { parts, watch, policy: DEFAULT_POLICY, silences: [], timezone: "UTC" };
  const inventree = {
    url: server.url,
    read: (need: Parameters<typeof readSnapshot>[0]["need"]) => readSnapshot({ client, clock, log, need }),
    readOffers: ({ isRequired, ...wanted }: WantedParts) =>
      readOffers({ client, clock, log, parts: wanted, isRequired }),
    spent: client.spent,
  };
  const snapshot = await readFor([list], { inventree, now: new Date("2026-11-20T08:00:00Z") });
  await client.close();
  return { snapshot, asked: server.requests().map(({ path }) => path), log: log.lines.join("\n") };
}

const pricesIn = (asked: readonly string[]) => asked.filter((path) => path.includes("price-break"));

it("prices are read where something has to be ordered, in one request", async () => {
  await start();
  const { snapshot, asked } = await read([{ pk: 1, quantity: 6 }]);
  expect(pricesIn(asked)).toHaveLength(1);
  expect(snapshot.offers).toEqual(
    new Map([
      [
        7,
        [
          { pk: 1, quantity: 1, price: 2.5, currency: "USD" },
          { pk: 2, quantity: 10, price: 2, currency: "USD" },
        ],
      ],
    ]),
  );
  expect(snapshot.supplierParts.get(2)).toMatchObject([{ primary: true, mpn: "X2", packQuantity: 10 }]);
  expect(Object.keys(snapshot.rates ?? {})).not.toEqual([]);
});

it("prices are not asked for where there is enough", async () => {
  await start();
  const { snapshot, asked } = await read([{ pk: 1, quantity: 5 }]);
  expect(pricesIn(asked)).toEqual([]);
  expect(snapshot.offers).toBe(undefined);
});

it.each([403, 404, 500])(
  "prices that cannot be read are said with the cause, and the rest goes on: %i",
  async (status) => {
    await start();
    server.faults.add({ path: "/api/company/price-break/", fault: { kind: "answer", status, body: { detail: "no" } } });
    const { snapshot, log } = await read([{ pk: 1, quantity: 6 }]);
    expect(snapshot.offers).toBe("unreadable");
    expect(log).toMatch(new RegExp(`prices of suppliers could not be read.*${status}`));
  },
);

it("suppliers are asked for where something is missing, and in a list with days of all that is bought", async () => {
  await start({ stockItems: [stockItem({ pk: 1, part: 2, quantity: 5 })] });
  const suppliersIn = (asked: readonly string[]) => asked.filter((path) => path.startsWith("/api/company/part/"));
  expect(suppliersIn((await read([{ pk: 1, quantity: 5 }])).asked)).toEqual([]);
  expect(suppliersIn((await read([{ pk: 1, quantity: 6 }])).asked)).toHaveLength(1);
  const dated = await read([{ pk: 1, quantity: 5, needed_by: "2026-12-31" }]);
  expect(suppliersIn(dated.asked)).toHaveLength(1);
  expect(pricesIn(dated.asked)).toEqual([]);
});

it("a pack of 0, a break at 0, a currency without rate, an order of nobody and 10,000 breaks end nothing", async () => {
  const supplied = (pk: number, more: object) => ({
    pk,
    ...SOLD,
    pack_quantity: "10",
    pack_quantity_native: 10,
    ...more,
  });
  const priced = { price_currency: "USD" };
  const { purchaseOrders = [], purchaseOrderLines: [line] = [] } = purchase(20);
  if (line === undefined) throw new Error("no line");
  await start({
    purchaseOrders,
    purchaseOrderLines: [
      { ...line, pk: 1, part: 7, quantity: 5, received: 0 },
      { ...line, pk: 2, part: 8, quantity: 1, received: 0 },
    ],
    currency: { base_currency: "EUR", exchange_rates: { EUR: 1, USD: 1.25 }, updated: null },
    companies: [{ pk: 1, ...COMPANY, name: "", is_customer: false, is_manufacturer: false, is_supplier: true }],
    supplierParts: [
      supplied(7, { pack_quantity: "0", pack_quantity_native: 0 }),
      supplied(8, { SKU: "M-8" }),
      supplied(9, { SKU: "M-9" }),
    ],
    priceBreaks: [
      { pk: 1, part: 7, quantity: 0, price: 3, price_currency: "XAU" },
      { pk: 2, part: 8, quantity: 0, price: 2, ...priced },
      ...Array.from({ length: 10_000 }, (_, at) => ({ pk: 3 + at, part: 9, quantity: at + 1, price: 2.5, ...priced })),
    ],
  });
  const parts = [{ pk: 1, quantity: 40 }];
  const { snapshot } = await read(parts);
  const report = calculate({ parts, watch: [], policy: DEFAULT_POLICY, snapshot, today: "2026-11-20" });
  // What has no rate cannot be compared, and a pack of nothing is a piece.
  expect(report.lines.find(({ pk }) => pk === 2)).toMatchObject({
    ...{ missing: 35, to_order: 25 },
    offer: { sku: "M-8", packs: 3, pack: 10, unit_price: 2, total: 6, next_break: null },
    arrivals: [{ quantity: 10, reference: "PO-1", supplier: "", date: "2026-12-01" }],
  });
});

it("of watched parts that are low, suppliers and orders are read, once; of others nothing, and nobody fails for want of them", async () => {
  const { purchaseOrders = [], purchaseOrderLines: [line] = [] } = purchase(20);
  if (line === undefined) throw new Error("no line");
  await start({ purchaseOrders, purchaseOrderLines: [{ ...line, part: 7, quantity: 2, received: 0 }] });
  const extra = (asked: readonly string[]) => asked.filter((path) => /po-line|company/.test(path));
  expect(extra((await read([], [{ part: 2, minimum: 5 }])).asked)).toEqual([]);
  const watch = [{ part: 2, minimum: 48 }];
  const watched = ({ snapshot }: Awaited<ReturnType<typeof read>>) =>
    calculate({ parts: [], watch, policy: DEFAULT_POLICY, snapshot, today: "2026-11-20" }).watched;
  const low = await read([], watch);
  expect(extra(low.asked)).toHaveLength(3);
  expect(watched(low)).toMatchObject([
    {
      ...{ lacking: 43, on_order: 20, to_order: 23, order_quantity: 30, offer: { sku: "M-2", packs: 3 } },
      outlook: { state: "not_covered", date: null },
      arrivals: [{ reference: "PO-1", date: "2026-12-01", quantity: 20 }],
    },
  ]);
  for (const path of ["/api/company/part/", "/api/order/po-line/"])
    server.faults.add({ path, fault: { kind: "answer", status: 403, body: { detail: "no" } } });
  const blind = await read([], watch);
  const [row] = watched(blind) ?? [];
  expect(row).toMatchObject({ on_order: 20, to_order: 23, order_quantity: 23 });
  expect(row).not.toHaveProperty("outlook");
  expect(blind.log).toMatch(/who supplies what is low could not be read.*403/);
  expect(blind.log).toMatch(/orders of watched parts could not be read.*403/);
});

it("a token that may not see suppliers fails the check with the missing permission", async () => {
  await start();
  server.faults.add({ path: "/api/company/part/", fault: { kind: "answer", status: 403, body: { detail: "no" } } });
  await expect(read([{ pk: 1, quantity: 6 }])).rejects.toThrow(/403: the token lacks purchase_order\.view/);
});

it("what is on order is asked only of parts that are missing and on order, and a list cannot do without it", async () => {
  const { purchaseOrders = [], purchaseOrderLines: [line] = [] } = purchase(20);
  if (line === undefined) throw new Error("no line");
  const orders = { purchaseOrders, purchaseOrderLines: [{ ...line, part: 7, quantity: 2, received: 0 }] };
  const linesIn = (asked: readonly string[]) => asked.filter((path) => path.startsWith("/api/order/po-line/"));
  await start(orders);
  expect(linesIn((await read([{ pk: 1, quantity: 5 }])).asked)).toEqual([]);
  const missing = await read([{ pk: 1, quantity: 6 }]);
  expect(linesIn(missing.asked)).toEqual([expect.stringContaining("base_part=2")]);
  expect(missing.snapshot.purchaseOrderLines.get(2)).toMatchObject([{ outstanding: 20, targetDate: "2026-12-01" }]);
  // Who asks by when reads them with the rest, once.
  expect(linesIn((await read([{ pk: 1, quantity: 6, needed_by: "2026-12-31" }])).asked)).toHaveLength(1);
  server.faults.add({ path: "/api/order/po-line/", fault: { kind: "answer", status: 403, body: { detail: "no" } } });
  await expect(read([{ pk: 1, quantity: 6 }])).rejects.toThrow(/403: the token lacks purchase_order\.view/);
  await server.close();
  await start();
  expect(linesIn((await read([{ pk: 1, quantity: 6 }])).asked)).toEqual([]);
});
