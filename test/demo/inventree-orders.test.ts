import { afterEach, describe, expect, it } from "vitest";
import type { EmbeddedInventree } from "../../demo/inventree/server.ts";
import { ask, servers } from "./asking.ts";
import { part, tables } from "./workshop.ts";

const { start, closeAll } = servers();
afterEach(closeAll);

const company = { description: "", currency: "EUR", is_customer: false, is_manufacturer: false, is_supplier: true };
const supplierPart = { part: 1, MPN: null, description: null, active: true, available: 0, pack_quantity: "1" };
const facts = tables({
  today: "2026-11-20",
  parts: [part({ pk: 1, name: "Chip" })],
  companies: [
    { pk: 5, name: "Nord", active: true, ...company },
    { pk: 6, name: "Süd", active: true, ...company },
  ],
  supplierParts: [{ pk: 7, supplier: 5, SKU: "N-1", pack_quantity_native: 1, ...supplierPart }],
  priceBreaks: [
    { pk: 1, part: 7, quantity: 1, price: 2, price_currency: "EUR" },
    { pk: 2, part: 7, quantity: 100, price: 1.5, price_currency: "EUR" },
  ],
});
const MAY_ADD = { part: ["view"], purchase_order: ["view", "add"] } as const;

async function post(server: EmbeddedInventree, path: string, body: unknown) {
  const answer = await ask(server, path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

describe("the embedded InvenTree takes purchase orders", () => {
  it("makes a pending order under the next reference, and shows its notes only where it stands alone", async () => {
    const server = await start({ tables: facts, roles: MAY_ADD });
    const options = await ask(server, "order/po/", { method: "OPTIONS" });
    expect(await options.json()).toMatchObject({ actions: { POST: { reference: { default: "PO-0001" } } } });
    const order = { reference: "PO-0041", supplier: 5, description: "For first", notes: "Ours" };
    const made = await post(server, "order/po/", order);
    expect(made).toMatchObject({
      status: 201,
      body: { ...order, pk: 1, status: 10, status_text: "Pending", supplier_name: "Nord", creation_date: "2026-11-20" },
    });
    expect(await (await ask(server, "order/po/1/")).json()).toMatchObject({ notes: "Ours" });
    expect(await (await ask(server, "order/po/")).json()).not.toMatchObject([{ notes: "Ours" }]);
    const next = await ask(server, "order/po/", { method: "OPTIONS" });
    expect(await next.json()).toMatchObject({ actions: { POST: { reference: { default: "PO-0042" } } } });
  });

  it("adds to the line of the same part and day, unless it is to stay apart, at the price of its breaks", async () => {
    const server = await start({ tables: facts, roles: MAY_ADD });
    await post(server, "order/po/", { reference: "PO-0001", supplier: 5 });
    const line = { order: 1, part: 7, quantity: 60, auto_pricing: true };
    expect(await post(server, "order/po-line/", line)).toMatchObject({
      status: 201,
      body: { pk: 1, quantity: 60, purchase_price: 2, received: 0, sku: "N-1" },
    });
    expect(await post(server, "order/po-line/", line)).toMatchObject({
      body: { pk: 1, quantity: 120, purchase_price: 1.5 },
    });
    expect(await post(server, "order/po-line/", { ...line, merge_items: false })).toMatchObject({
      body: { pk: 2, quantity: 60 },
    });
    expect(await (await ask(server, "part/1/")).json()).toMatchObject({ ordering: 180 });
  });

  it("refuses what InvenTree refuses, in its words, and adds nothing then", async () => {
    const server = await start({ tables: facts, roles: MAY_ADD, tokens: { reader: { purchase_order: ["view"] } } });
    await post(server, "order/po/", { reference: "PO-0001", supplier: 6 });
    const table: readonly (readonly [path: string, body: unknown, refused: unknown])[] = [
      ["order/po/", {}, { reference: ["This field is required."], supplier: ["This field is required."] }],
      [
        "order/po/",
        { reference: "", supplier: null },
        { reference: ["This field may not be blank."], supplier: ["This field may not be null."] },
      ],
      [
        "order/po/",
        { reference: "PO-0001", supplier: 99 },
        {
          reference: ["Purchase Order with this Order Reference already exists."],
          supplier: ['Invalid pk "99" - object does not exist.'],
        },
      ],
      [
        "order/po/",
        { reference: "Mine", supplier: 5 },
        { reference: ["Reference must match required pattern: PO-{ref:04d}"] },
      ],
      [
        "order/po/",
        { reference: "PO-2", supplier: 5, description: "x".repeat(251) },
        { description: ["Ensure this field has no more than 250 characters."] },
      ],
      [
        "order/po/",
        { reference: "PO-2", supplier: 5, target_date: "soon" },
        { target_date: ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."] },
      ],
      ["order/po/", [], { non_field_errors: [expect.stringContaining("Expected a dictionary")] }],
      [
        "order/po-line/",
        {},
        {
          order: ["This field is required."],
          part: ["This field is required."],
          quantity: ["This field is required."],
        },
      ],
      [
        "order/po-line/",
        { order: 1, part: 7, quantity: -1 },
        expect.objectContaining({ quantity: ["Ensure this value is greater than or equal to 0."] }),
      ],
      [
        "order/po-line/",
        { order: 1, part: 7, quantity: "many" },
        expect.objectContaining({ quantity: ["A valid number is required."] }),
      ],
      [
        "order/po-line/",
        { order: 1, part: 7, quantity: 1 },
        { part: ["Supplier must match purchase order"], order: ["Purchase order must match supplier"] },
      ],
    ];
    for (const [path, body, refused] of table)
      expect(await post(server, path, body), JSON.stringify(body)).toEqual({ status: 400, body: refused });
    const headers = { authorization: "Token reader", "content-type": "application/json" };
    const order = JSON.stringify({ reference: "PO-0002", supplier: 5 });
    expect((await ask(server, "order/po/", { method: "POST", headers, body: order })).status).toBe(403);
    expect(await (await ask(server, "order/po/", { method: "OPTIONS", headers })).json()).toEqual({ actions: {} });
    expect(server.tables().purchaseOrders).toHaveLength(1);
    expect(server.tables().purchaseOrderLines).toEqual([]);
  });
});
