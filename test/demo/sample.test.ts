import { afterEach, describe, expect, it } from "vitest";
import type { EmbeddedInventree } from "../../demo/inventree/server.ts";
import type { Tables } from "../../demo/inventree/tables.ts";
import { deliveryArrives, reelRunsOut } from "../../demo/sample/events.ts";
import { sampleTables } from "../../demo/sample/tables.ts";
import { readFor } from "../../src/app/run/read.ts";
import type { BoughtParts } from "../../src/core/calculation/buying/to-order.ts";
import { calculate } from "../../src/core/calculation/calculate.ts";
import type { SnapshotRequest } from "../../src/core/calculation/snapshot-request.ts";
import type { Report } from "../../src/core/generated/report.ts";
import { DEFAULT_POLICY, type ListEntry } from "../../src/core/monitor.ts";
import { createClient } from "../../src/inventree/client.ts";
import { readOffers } from "../../src/inventree/offers.ts";
import { readSnapshot } from "../../src/inventree/snapshot.ts";
import { systemClock } from "../../src/system/clock.ts";
import { silentLog } from "../../src/system/log.ts";
import { rows, servers } from "./asking.ts";

const today = "2026-11-20";
const { start, closeAll } = servers();
afterEach(closeAll);

/** The list of the demo's monitor. */
const next25: readonly ListEntry[] = [
  { name: "Sensor Board", version: "B", quantity: 25 },
  { ipn: "CBL-0007", quantity: 50 },
];

describe("the sample product", () => {
  const sample = sampleTables({ today });

  it("is the same for the same day, and its dates move with the day", () => {
    expect(sampleTables({ today })).toEqual(sample);
    const later = sampleTables({ today: "2027-03-02" });
    expect(later.parts).toEqual(sample.parts);
    expect(later.purchaseOrders[0]?.target_date).toBe("2027-02-24");
    expect(sample.purchaseOrders[0]?.target_date).toBe("2026-11-14");
  });

  it("has about 80 parts on three levels, with everything that calculation distinguishes", () => {
    expect(sample.parts.length).toBeGreaterThanOrEqual(78);
    expect(sample.parts.length).toBeLessThanOrEqual(90);
    expect(depthBelow(sample, "FW-100")).toBe(3);
    const { parts, bomLines, stockItems, locations } = sample;
    const kinds = {
      template: parts.some((row) => row.is_template && !row.assembly),
      variant: parts.some((row) => row.variant_of !== null),
      revisions: parts.filter((row) => row.name === "Sensor Board").length === 2,
      phantom: parts.some((row) => row.virtual && row.assembly),
      consumablePart: parts.some((row) => row.consumable),
      metres: parts.some((row) => row.units === "m"),
      inactive: parts.some((row) => !row.active),
      boughtAssembly: parts.some((row) => row.assembly && row.purchaseable),
      inherited: bomLines.some((row) => row.inherited),
      optional: bomLines.some((row) => row.optional),
      consumableLine: bomLines.some((row) => row.consumable),
      allowVariants: bomLines.some((row) => row.allow_variants),
      attrition: bomLines.some((row) => row.attrition > 0),
      setup: bomLines.some((row) => row.setup_quantity > 0),
      multiple: bomLines.some((row) => row.rounding_multiple !== null),
      unvalidated: bomLines.some((row) => !row.validated),
      substitute: sample.substitutes.length > 0,
      expired: stockItems.some((row) => row.expiry_date !== null && row.expiry_date < today),
      damaged: stockItems.some((row) => row.status === 55),
      external: stockItems.some((row) => locations.find(({ pk }) => pk === row.location)?.external === true),
      packs: sample.supplierParts.some((row) => row.pack_quantity_native > 1),
      unsold: parts.some((row) => row.purchaseable && !sample.supplierParts.some(({ part }) => part === row.pk)),
      draftOrder: sample.purchaseOrders.some((row) => row.status === 10),
    };
    expect(Object.entries(kinds).filter(([, there]) => !there)).toEqual([]);
  });

  it("points nowhere into the void, and keeps no more for builds and sales than is there", async () => {
    const server = await start({ tables: sample });
    for (const [name, table] of Object.entries(sample)) {
      if (!Array.isArray(table)) continue;
      const pks = table.map((row: { pk?: number }) => row.pk).filter((pk) => pk !== undefined);
      expect(new Set(pks).size, name).toBe(pks.length);
    }
    const parts = new Set(sample.parts.map(({ pk }) => pk));
    expect(sample.bomLines.every((row) => parts.has(row.part) && parts.has(row.sub_part))).toBe(true);
    const items = await rows(server, "stock/?in_stock=true");
    expect(items.filter((item) => Number(item.allocated) > Number(item.quantity))).toEqual([]);
    expect(await rows(server, "build/line/")).toHaveLength(sample.buildLines.length);
  });

  it("makes the demo's list short of several parts, with a late, a sure, an undated and no delivery", async () => {
    const report = await check(await start({ tables: sample }));
    expect(named(report, (line) => line.short)).toEqual(
      ["CON-0001", "CON-0003", "IC-0001", "IC-0002", "SEN-0001", "SEN-0003", "WIR-0001", "XTL-0002"].sort(),
    );
    expect(named(report, (line) => line.to_build > 0)).toEqual(["CBL-0007", "PCA-0010", "PCA-0020"]);
    expect(named(report, (line) => line.critical > 0)).toContain("PCB-0010");
    const outlook = Object.fromEntries(report.lines.map((line) => [line.ipn, line.outlook?.state]));
    expect(outlook).toMatchObject({
      "SEN-0001": "late",
      "IC-0001": "covered",
      "XTL-0002": "undated",
      "WIR-0001": "not_covered",
    });
    expect(report.alternatives?.map(({ ipn }) => ipn)).toEqual(["IC-0003"]);
    expect(line(report, "WIR-0001")).toMatchObject({ required: 100.998, missing: 38.498, order_quantity: 100 });
    expect(line(report, "IC-0002")).toMatchObject({ available: -2, missing: 16, owed: 2 });
    expect(line(report, "RES-0001").borrowed).toBeGreaterThan(0);
    expect(report.problems).toEqual([]);
  });

  it("resolves one shortage and brings a new one when a delivery arrives and a reel runs out", async () => {
    const server = await start({ tables: sample });
    const before = await check(server);
    server.change(deliveryArrives.change);
    server.change(reelRunsOut.change);
    const after = await check(server);
    expect([line(before, "IC-0001").missing, line(after, "IC-0001").missing]).toEqual([4, 0]);
    expect([line(before, "CAP-0001").missing, line(after, "CAP-0001").missing]).toEqual([0, 321.44]);
    const others = (report: Report) =>
      named(report, (row) => row.short && !["IC-0001", "CAP-0001"].includes(row.ipn ?? ""));
    expect(others(after)).toEqual(others(before));
    expect(deliveryArrives.words).toContain("IC-0001");
    expect(reelRunsOut.words).toContain("CAP-0001");
  });
});

async function check(server: EmbeddedInventree): Promise<Report> {
  const limits = {
    maxConcurrency: 4,
    maxRequests: 100,
    requestTimeoutMs: 10_000,
    timeBudgetMs: 30_000,
    pageSize: 500,
  };
  const client = createClient({ url: server.url, token: server.token, clock: systemClock, log: silentLog, limits });
  const list = { parts: next25, watch: [], policy: DEFAULT_POLICY };
  const world = { client, log: silentLog, clock: systemClock };
  const inventree = {
    url: server.url,
    read: (need: SnapshotRequest) => readSnapshot({ ...world, need }),
    readOffers: (parts: BoughtParts) => readOffers({ ...world, parts }),
    spent: client.spent,
  };
  const now = new Date(`${today}T08:00:00Z`);
  const snapshot = await readFor([{ ...list, silences: [], timezone: "UTC" }], { inventree, now });
  await client.close();
  return calculate({ ...list, snapshot, today });
}

type Line = Report["lines"][number];

function named(report: Report, wanted: (line: Line) => boolean): readonly (string | null)[] {
  return report.lines
    .filter(wanted)
    .map(({ ipn }) => ipn)
    .sort();
}

function line(report: Report, ipn: string): Line {
  const found = report.lines.find((row) => row.ipn === ipn);
  if (!found) throw new Error(`${ipn} is no line of the report`);
  return found;
}

/** How many levels of lines there are below an assembly. */
function depthBelow({ parts, bomLines }: Tables, ipn: string): number {
  const depth = (pk: number): number =>
    Math.max(0, ...bomLines.filter((row) => row.part === pk).map((row) => 1 + depth(row.sub_part)));
  return depth(parts.find((row) => row.IPN === ipn)?.pk ?? 0);
}
