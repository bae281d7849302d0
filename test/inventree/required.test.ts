import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/core/calculation/snapshot.ts";
import type { Failure } from "../../src/core/failure.ts";
import { failureFrom } from "./support/client.ts";
import { readerOf, type Setting } from "./support/read.ts";
import type { Listings } from "./support/recorded-server.ts";
import { bomLine, part } from "./support/rows.ts";
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

  it.each<[string, Listings]>([
    ["a part has a unit", { "/api/part/": [part(1), part(2, { units: "m" })] }],
    ["stock is a fraction", { "/api/part/": [part(1), part(2, { in_stock: 1.5 })] }],
    ["an assembly is built by halves", { "/api/part/": [part(1, { scheduled_to_build: 2.5 }), part(2)] }],
    ["a BOM quantity is a fraction", { "/api/bom/": [bomLine(1, { quantity: 0.1 })] }],
    ["a setup is a fraction", { "/api/bom/": [bomLine(1, { setup_quantity: 0.5 })] }],
    ["a BOM line has attrition", { "/api/bom/": [bomLine(1, { attrition: 2 })] }],
    ["a multiple is a fraction", { "/api/bom/": [bomLine(1, { rounding_multiple: 2.5 })] }],
    ["more was shipped than sold", { "/api/part/": [part(1), part(2, { required_for_sales_orders: -3 })] }],
  ])("is summed up from the orders' lines when %s", async (_, listings) => {
    const snapshot = await snapshotOf({ ...lines, ...listings });
    expect(snapshot.parts.get(2)).toMatchObject({ requiredForBuildOrders: 0.3, requiredForSalesOrders: 5 });
    expect(snapshot.parts.get(1)).toMatchObject({ requiredForBuildOrders: 0, requiredForSalesOrders: 0 });
  });

  it("is what the part list says when nothing can be a fraction, for no further request", async () => {
    const listed = part(2, { required_for_build_orders: 7, required_for_sales_orders: 3 });
    const { read, server } = await reader({ ...lines, "/api/part/": [part(1), listed] });
    expect((await read()).parts.get(2)).toMatchObject({ requiredForBuildOrders: 7, requiredForSalesOrders: 3 });
    expect(server.seen).toHaveLength(7);
  });

  it.each(["allocated", "none"] as const)("is not asked for where the policy is demand: %s", async (demand) => {
    const { read, server } = await reader(
      { "/api/part/": [part(1), part(2, { units: "m" })] },
      {
        policy: { demand },
      },
    );
    await read();
    expect(server.seen).toHaveLength(7);
  });
});
