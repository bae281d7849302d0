import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Part, Snapshot } from "../../src/core/calculation/snapshot.ts";
import { type SnapshotRequest, snapshotRequest } from "../../src/core/calculation/snapshot-request.ts";
import { DEFAULT_POLICY } from "../../src/core/monitor.ts";
import { readSnapshot } from "../../src/inventree/snapshot.ts";
import { needs } from "../support/needs.ts";
import { isRaw, recorded, recordedRows, recordingsPresent } from "../support/recordings.ts";
import { type Bench, bench } from "./support/client.ts";
import { serveRecordings } from "./support/recorded-server.ts";
import type { TestServer } from "./support/server.ts";

describe(
  "a snapshot of the recorded server, for all twenty assemblies at once",
  needs("recordings in ../shared", recordingsPresent),
  () => {
    let server: TestServer;
    let tools: Bench;
    let snapshot: Snapshot;

    beforeAll(async () => {
      server = await serveRecordings();
      tools = bench(server.url);
      snapshot = await readSnapshot({ ...tools, need: allAssemblies() });
    });

    afterAll(async () => {
      await tools.client.close();
      await server.close();
    });

    it("takes at most twelve requests, pages of at most 500 rows, and each page once", () => {
      expect(server.seen.length).toBeLessThanOrEqual(12);
      expect(tools.client.spent()).toMatchObject({ requests: server.seen.length, retries: 0 });
      const limits = server.seen.flatMap((one) => one.query.get("limit") ?? []);
      expect(limits.length).toBeGreaterThan(5);
      expect(new Set(limits)).toEqual(new Set(["1", "500"]));
      const asked = server.seen.map((one) => `${one.path}?${one.query}`);
      expect(new Set(asked).size).toBe(asked.length);
    });

    it("asks for nothing that these lists do not need", () => {
      const paths = new Set(server.seen.map((one) => one.path));
      for (const path of ["/api/stock/", "/api/stock/location/", "/api/part/category/"])
        expect(paths).not.toContain(path);
      expect(snapshot).not.toHaveProperty("stockItems");
      expect(snapshot).not.toHaveProperty("locations");
      expect(snapshot).not.toHaveProperty("categories");
    });

    it("holds every part, BOM line, substitute and the server's own words about itself", () => {
      expect(snapshot.parts.size).toBe(414);
      expect(snapshot.bomLines.size).toBe(new Set(recordedRows("bom.json").map((row) => row.part)).size);
      expect(rowsOf(snapshot.bomLines)).toHaveLength(228);
      expect(snapshot.bomLines.get(87)?.find((line) => line.pk === 15)?.substitutes).toEqual([83, 84]);
      expect(rowsOf(snapshot.bomLines).filter((line) => line.substitutes.length > 0)).toHaveLength(
        new Set(recordedRows("bom-substitute.json").map((row) => row.bom_item)).size,
      );
      expect(snapshot).toMatchObject({
        serverUrl: server.url,
        apiVersion: 530,
        currency: "USD",
        readAt: "2026-11-20T15:00:00.000Z",
      });
    });

    it("has the exact requirements that the part list cuts, as the server's own figures per tree of variants", () => {
      const cut = recordedRows("part-plain.json").filter(
        (row) => snapshot.parts.get(Number(row.pk))?.requiredForBuildOrders !== row.required_for_build_orders,
      );
      expect(cut.map((row) => row.pk)).toEqual([89, 90]);
      expect(snapshot.parts.get(89)?.requiredForBuildOrders).toBe(62.5);
      expect(snapshot.parts.get(90)?.requiredForBuildOrders).toBe(7.5);
      const requirements = recorded("part-requirements.json");
      for (const part of snapshot.parts.values()) {
        const own = isRaw(requirements) ? requirements[String(part.pk)] : undefined;
        expect(own, part.name).toMatchObject({
          required_for_build_orders: sum(treeOf(part), (one) => one.requiredForBuildOrders),
          required_for_sales_orders: sum(treeOf(part), (one) => one.requiredForSalesOrders),
        });
      }
    });

    it("has in open purchase-order lines what the part list has on order, and nothing of closed orders", async () => {
      const dated = bench(server.url);
      const snapshot = await readSnapshot({ ...dated, need: { ...allAssemblies(), byWhen: true } });
      await dated.client.close();
      for (const part of snapshot.parts.values()) {
        const lines = snapshot.purchaseOrderLines.get(part.pk) ?? [];
        expect(
          sum(lines, (line) => line.outstanding),
          part.name,
        ).toBeCloseTo(part.onOrder, 5);
      }
      const open = recordedRows("po.json").filter((row) => [10, 20, 25].includes(Number(row.status)));
      const references = open.map((row) => row.reference);
      for (const line of rowsOf(snapshot.purchaseOrderLines)) expect(references).toContain(line.orderReference);
      expect(rowsOf(snapshot.purchaseOrderLines).length).toBeGreaterThan(5);
    });

    it("keeps the cross-part allocations of a template and its variant where the server has them", () => {
      for (const pk of [78, 79]) {
        const row = recordedRows("part-plain.json").find((one) => one.pk === pk);
        expect(snapshot.parts.get(pk)).toMatchObject({
          variantOf: row?.variant_of,
          allocatedToBuildOrders: row?.allocated_to_build_orders,
          requiredForBuildOrders: row?.required_for_build_orders,
        });
      }
    });

    it("stays the same in pages of 50", async () => {
      const small = bench(server.url, { pageSize: 50 });
      const again = await readSnapshot({ ...small, need: allAssemblies() });
      await small.client.close();
      expect(again).toEqual(snapshot);
    });

    it("has all stock items that count, with external places, when a policy narrows stock", async () => {
      const narrow = bench(server.url);
      const policy = { ...DEFAULT_POLICY, stock: { locations: [], exclude: ["external" as const] } };
      const need = { ...allAssemblies(), policies: [policy] };
      const { stockItems, ...rest } = await readSnapshot({ ...narrow, need });
      await narrow.client.close();
      for (const part of snapshot.parts.values()) {
        const items = stockItems?.get(part.pk) ?? [];
        expect(
          sum(items, (item) => item.quantity),
          part.name,
        ).toBeCloseTo(part.inStock, 5);
        expect(
          sum(
            items.filter((item) => item.external),
            (item) => item.quantity,
          ),
        ).toBeCloseTo(part.externalStock, 5);
      }
      expect(rest).not.toHaveProperty("locations");
    });

    it("knows places and categories when a watch rule names them", async () => {
      const named = bench(server.url);
      const need = snapshotRequest([
        { parts: [], watch: [{ category: "Mechanical", location: 7 }], policy: DEFAULT_POLICY, silences: [] },
      ]);
      const { locations, categories, stockItems } = await readSnapshot({ ...named, need });
      await named.client.close();
      expect(locations?.size).toBe(19);
      expect(categories?.get(15)).toEqual({ pk: 15, name: "Enclosures", parent: 2, path: "Mechanical/Enclosures" });
      expect(stockItems?.size).toBeGreaterThan(100);
    });

    function treeOf(part: Part): Part[] {
      const children = [...snapshot.parts.values()].filter((one) => one.variantOf === part.pk);
      return [part, ...children.flatMap(treeOf)];
    }
  },
);

function allAssemblies(): SnapshotRequest {
  const assemblies = recordedRows("part-plain.json").filter((row) => row.assembly === true);
  expect(assemblies).toHaveLength(20);
  const parts = assemblies.map((row) => ({ pk: Number(row.pk), quantity: 10 }));
  return snapshotRequest([{ parts, watch: [], policy: DEFAULT_POLICY, silences: [] }]);
}

function rowsOf<T>(byPart: ReadonlyMap<number, readonly T[]>): readonly T[] {
  return [...byPart.values()].flat();
}

function sum<T>(rows: readonly T[], quantity: (row: T) => number): number {
  return rows.reduce((total, row) => total + quantity(row), 0);
}
