import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/core/calculation/snapshot.ts";
import type { Failure } from "../../src/core/failure.ts";
import type { Raw } from "../support/recordings.ts";
import { failureFrom } from "./support/client.ts";
import { readerOf, type Setting } from "./support/read.ts";
import type { Listings } from "./support/recorded-server.ts";
import { bomLine, part } from "./support/rows.ts";
import { useServers } from "./support/use-servers.ts";

const servers = useServers();
const reader = readerOf(servers);

const snapshotOf = async (more: Listings, setting?: Setting): Promise<Snapshot> => (await reader(more, setting)).read();
const failureOf = async (more: Listings, setting?: Setting): Promise<Failure> =>
  failureFrom((await reader(more, setting)).read());

/** Orders are read of parts that are on order, of all that a list reaches where it has a day. */
const ON_ORDER = { "/api/part/": [part(1, { assembly: true }), part(2, { ordering: 1 })] };
const BY_WHEN = { neededBy: "2026-12-31" };

describe("fields that are not as InvenTree writes them", () => {
  it.each<[string, Listings, string]>([
    ["/api/part/", { "/api/part/": [part(1, { in_stock: null }), part(2)] }, "row 1: in_stock is null, not a number"],
    [
      "/api/part/",
      { "/api/part/": [part(1), part(2, { in_stock: "many" })] },
      'row 2: in_stock is "many", not a number',
    ],
    ["/api/part/", { "/api/part/": [part(1, { name: 7 }), part(2)] }, "row 1: name is 7, not a text"],
    [
      "/api/part/",
      { "/api/part/": [part(1, { active: "yes" }), part(2)] },
      'row 1: active is "yes", not true or false',
    ],
    ["/api/part/", { "/api/part/": [part(1, { variant_of: 1.5 }), part(2)] }, "row 1: variant_of is 1.5, not a pk"],
    ["/api/bom/", { "/api/bom/": [bomLine(1, { quantity: -1 })] }, "row 1: quantity is -1, not 0 or more"],
    [
      "/api/bom/",
      { "/api/bom/": [bomLine(1, { substitutes: undefined })] },
      "row 1: substitutes is missing, not a list",
    ],
    [
      "/api/order/po-line/",
      { "/api/order/po-line/": [orderLine({ order_detail: undefined })] },
      "order_detail: a row is missing",
    ],
    [
      "/api/order/po-line/",
      { "/api/order/po-line/": [orderLine({ target_date: "soon" })] },
      'target_date is "soon", not a date',
    ],
    [
      "/api/order/po-line/",
      { "/api/order/po-line/": [orderLine({ supplier_part_detail: undefined })] },
      "supplier_part_detail: a row is missing",
    ],
  ])("fail the check, named by path and row: %s", async (path, listings, words) => {
    const failure = await failureOf({ ...ON_ORDER, ...listings }, BY_WHEN);
    expect(failure.message).toContain(path);
    expect(failure.message).toContain(words);
    expect(failure).toMatchObject({ kind: "inventree", incident: "incomplete" });
  });

  it("may be numbers that are written as text", async () => {
    const snapshot = await snapshotOf({
      "/api/part/": [part(1, { minimum_stock: "3.000000", pricing_min: "1.5", in_stock: "-0" }), part(2)],
    });
    expect(snapshot.parts.get(1)).toMatchObject({ minimumStock: 3, pricingMin: 1.5, pricingMax: null, inStock: 0 });
  });

  it("may be missing where older servers do not have them", async () => {
    const { consumable, ...old } = part(2);
    expect(consumable).toBe(false);
    expect((await snapshotOf({ "/api/part/": [part(1), old] })).parts.get(2)?.consumable).toBe(false);
  });

  it("keep every odd character of a name, but no link that a browser must not follow", async () => {
    const name = "<script>alert(1)</script>\r\nBcc: x@example.com|=cmd()";
    const links = ["javascript:alert(1)", "data:text/html,x", "not a link", "/relative", "https://example.com/a?b=1"];
    const snapshot = await snapshotOf({
      "/api/part/": links.map((link, index) => part(index + 1, { name, link })),
    });
    const parts = [...snapshot.parts.values()];
    expect(parts.map((one) => one.name)).toEqual(links.map(() => name));
    expect(parts.map((one) => one.link)).toEqual([null, null, null, null, "https://example.com/a?b=1"]);
  });
});

describe("open purchase orders", () => {
  it("are told in the part's unit, with the line's date or else the order's", async () => {
    const lines = [
      orderLine({ pk: 3, ...soldIn(5, 0.3048), quantity: 7, received: 2, target_date: "2026-12-01" }),
      orderLine({ pk: 2, ...soldIn(6, 100), quantity: 3 }),
      orderLine({ pk: 4, ...soldIn(6, 100), quantity: 3, received: 3 }),
      orderLine({ pk: 6, ...soldIn(6, 100), order_detail: { ...order, status: 10 } }),
      orderLine({ pk: 5, part: null }),
      ...[30, 40, 50, 60].map((status) => orderLine({ pk: status, order_detail: { ...order, status } })),
    ];
    const snapshot = await snapshotOf({ ...ON_ORDER, "/api/order/po-line/": lines }, BY_WHEN);
    const of = { part: 2, order: 9, orderReference: "PO-0009", supplierName: "Mouser" };
    expect(snapshot.purchaseOrderLines.get(2)).toEqual([
      { ...of, pk: 2, outstanding: 300, targetDate: "2026-12-24", placed: true },
      { ...of, pk: 3, outstanding: 1.524, targetDate: "2026-12-01", placed: true },
      { ...of, pk: 6, outstanding: 100, targetDate: "2026-12-24", placed: false },
    ]);
  });
});

describe("builds", () => {
  const build = {
    pk: 1,
    part: 2,
    quantity: 10,
    completed: 4,
    status: 20,
    target_date: "2026-12-24",
    reference: "BO-1",
  };
  const pages = { "/api/build/": [build, { ...build, pk: 2, status: 40 }, { ...build, pk: 3, completed: 10 }] };

  it("are told with what is outstanding and their day, if a list has a day", async () => {
    const { builds } = await snapshotOf(pages, { neededBy: "2026-12-31" });
    expect(builds?.get(2)).toEqual([{ pk: 1, part: 2, outstanding: 6, targetDate: "2026-12-24", reference: "BO-1" }]);
  });

  it("are not asked for otherwise", async () => {
    expect((await snapshotOf(pages)).builds).toBe(undefined);
  });
});

const order = {
  pk: 9,
  status: 20,
  reference: "PO-0009",
  target_date: "2026-12-24",
  supplier_name: "Mouser",
};

function orderLine(more: Raw): Raw {
  return { pk: 1, ...soldIn(5, 10), quantity: 1, received: 0, target_date: null, order_detail: order, ...more };
}

/** What a line says of its supplier part. */
function soldIn(supplierPart: number, pack: number): Raw {
  return { part: supplierPart, supplier_part_detail: { pk: supplierPart, part: 2, pack_quantity_native: pack } };
}
