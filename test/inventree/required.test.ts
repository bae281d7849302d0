import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/core/calculation/snapshot.ts";
import type { Failure } from "../../src/core/failure.ts";
import { failureFrom } from "./support/client.ts";
import { readerOf, type Setting } from "./support/read.ts";
import type { Listings } from "./support/recorded-server.ts";
import { part } from "./support/rows.ts";
import { useServers } from "./support/use-servers.ts";

const servers = useServers();
const reader = readerOf(servers);

const snapshotOf = async (more: Listings, setting?: Setting): Promise<Snapshot> => (await reader(more, setting)).read();
const _failureOf = async (more: Listings, setting?: Setting): Promise<Failure> =>
  failureFrom((await reader(more, setting)).read());

describe("what open orders require", () => {
  const builds = [
    { pk: 1, status: 20 },
    { pk: 2, status: 40 },
  ];
  const lines = {
    "/api/build/": builds,
    "/api/build/line/": [
      { pk: 1, build: 1, part: 2, quantity: 0.1, consumed: 0 },
      { pk: 2, build: 1, part: 2, quantity: 0.2, consumed: 0 },
      { pk: 3, build: 1, part: 2, quantity: 1, consumed: 4 },
      { pk: 4, build: 2, part: 2, quantity: 1000, consumed: 0 },
    ],
    "/api/order/so-line/": [
      { pk: 1, part: 2, quantity: 5, shipped: 0, order_detail: { pk: 1, status: 10 } },
      { pk: 2, part: 2, quantity: 1, shipped: 9, order_detail: { pk: 1, status: 25 } },
      { pk: 3, part: 2, quantity: 1000, shipped: 0, order_detail: { pk: 2, status: 30 } },
      { pk: 4, part: null, quantity: 1, shipped: 0, order_detail: { pk: 1, status: 10 } },
    ],
  };

  it("is summed up from the orders' lines", async () => {
    const snapshot = await snapshotOf(lines);
    expect(snapshot.parts.get(2)).toMatchObject({ requiredForBuildOrders: 0.3, requiredForSalesOrders: 5 });
    expect(snapshot.parts.get(1)).toMatchObject({ requiredForBuildOrders: 0, requiredForSalesOrders: 0 });
  });

  // As InvenTree's requirements/ says; the part list says 72 and 0.
  it.each([
    [
      "one line was shipped beyond its quantity",
      75,
      [
        [10, 13],
        [75, 0],
      ],
    ],
    [
      "that hides all of the others",
      3,
      [
        [10, 13],
        [3, 0],
      ],
    ],
  ] as const)("is not made smaller where %s", async (_, required, sold) => {
    const rows = sold.map(([quantity, shipped], index) => ({
      pk: index + 1,
      part: 2,
      quantity,
      shipped,
      order_detail: { pk: 1, status: 15 },
    }));
    const consumed = sold.map(([quantity, done], index) => ({
      pk: index + 1,
      build: 1,
      part: 2,
      quantity,
      consumed: done,
    }));
    const less = required - 3;
    const listed = part(2, { required_for_sales_orders: less, required_for_build_orders: less });
    const snapshot = await snapshotOf({
      "/api/part/": [part(1), listed],
      "/api/build/": [{ pk: 1, status: 20 }],
      "/api/build/line/": consumed,
      "/api/order/so-line/": rows,
    });
    const expected = { requiredForBuildOrders: required, requiredForSalesOrders: required };
    expect(snapshot.parts.get(2)).toMatchObject(expected);
  });

  it.each(["allocated", "none"] as const)("is not asked for where the policy is demand: %s", async (demand) => {
    const { read, server } = await reader(
      { "/api/part/": [part(1, { assembly: true }), part(2, { units: "m" })] },
      {
        policy: { demand },
      },
    );
    await read();
    const asked = ["/api/bom/", "/api/currency/exchange/", "/api/part/"];
    expect(server.seen.map(({ path }) => path).toSorted()).toEqual(asked);
  });

  it("asks which builds are active only where one has lines", async () => {
    const { read, server } = await reader({ "/api/build/": [{ pk: 2, status: 40 }] });
    await read();
    const asked = server.seen.map(({ path }) => path);
    expect(asked).toContain("/api/build/line/");
    expect(asked).not.toContain("/api/build/");
  });
});
