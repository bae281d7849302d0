import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedInventree, startInventree } from "../../demo/inventree/server.ts";
import type { Tables } from "../../demo/inventree/tables.ts";
import { sampleTables } from "../../demo/sample/tables.ts";
import type { WantedParts } from "../../src/app/deps.ts";
import { readFor } from "../../src/app/run/read.ts";
import { calculate } from "../../src/core/calculation/calculate.ts";
import type { Snapshot } from "../../src/core/calculation/snapshot.ts";
import type { SnapshotRequest } from "../../src/core/calculation/snapshot-request.ts";
import { DEFAULT_POLICY, type ListEntry, type Policy, type WatchEntry } from "../../src/core/monitor.ts";
import { readOffers } from "../../src/inventree/offers.ts";
import { readSnapshot } from "../../src/inventree/snapshot.ts";
import { recordedTables } from "../contract/recorded-tables.ts";
import { casesOf } from "../support/cases.ts";
import { needs } from "../support/needs.ts";
import { recordingsPresent } from "../support/recordings.ts";
import { bench } from "./support/client.ts";
import { type Dice, diceOf, randomTables } from "./support/random-tables.ts";

const TODAY = "2026-11-20";

interface List {
  readonly parts: readonly ListEntry[];
  readonly watch: readonly WatchEntry[];
  readonly policy: Policy;
}

/** A list's report, and how its snapshot was read: small pages make it dear to read everything. */
async function readWith(server: EmbeddedInventree, list: List, pageSize: number) {
  const { client, clock, log } = bench(server.url, { pageSize, maxRequests: 100_000 }, server.token);
  const silences = [{ category: "Category 1", until: "2027-01-01", reason: "" }];
  const asked = { ...list, silences: list.watch.length > 0 ? silences : [], timezone: "UTC" };
  const inventree = {
    url: server.url,
    read: (need: SnapshotRequest) => readSnapshot({ client, clock, log, need }),
    readOffers: ({ isRequired, ...parts }: WantedParts) => readOffers({ client, clock, log, parts, isRequired }),
    spent: client.spent,
  };
  const snapshot = await readFor([asked], { inventree, now: new Date(`${TODAY}T08:00:00Z`) });
  await client.close();
  return {
    snapshot,
    report: JSON.stringify(calculate({ ...list, snapshot, today: TODAY })),
    log: log.lines.join("\n"),
  };
}

/** Whether it read what the list reaches, and not all parts. */
function isReached(log: string, snapshot: Snapshot, tables: Tables): boolean {
  return log.includes("parts: reached") && snapshot.parts.size < tables.parts.length;
}

describe.each<[string, (() => Tables) | null]>([
  ["the sample", () => sampleTables({ today: TODAY })],
  ["the recorded data", recordingsPresent ? recordedTables : null],
])("a list of one assembly of %s", (_, makeTables) => {
  let server: EmbeddedInventree;

  beforeAll(async () => {
    if (makeTables !== null) server = await startInventree({ tables: makeTables() });
  });
  afterAll(() => server?.close());

  it(
    "has the same report from what it reaches as from everything",
    needs("recordings in ../shared", makeTables !== null),
    async () => {
      const assemblies = server.tables().parts.filter((row) => row.assembly);
      expect(assemblies.length).toBeGreaterThan(5);
      let reached = 0;
      for (const { pk, name } of assemblies) {
        const policy: Policy = { ...DEFAULT_POLICY, stock: { locations: [], exclude: ["external"] } };
        for (const list of [
          { parts: [{ pk, quantity: 7 }], watch: [], policy: DEFAULT_POLICY },
          { parts: [{ name, quantity: 30 }], watch: [], policy },
        ]) {
          const small = await readWith(server, list, 3);
          expect(small.report, name).toBe((await readWith(server, list, 500)).report);
          if (isReached(small.log, small.snapshot, server.tables())) reached += 1;
        }
      }
      expect(reached).toBeGreaterThan(assemblies.length / 2);
    },
  );
});

describe("a random list of a random server", () => {
  it("has the same report from what it reaches as from everything, however little of it that is", async () => {
    const seen = { reached: 0, everything: 0, changedItsMind: 0 };
    for (let seed = 1; seed <= casesOf(150); seed++) {
      const tables = randomTables(seed);
      const server = await startInventree({ tables });
      const dice = diceOf(seed + 1_000);
      const list = randomList(dice, tables);
      const small = await readWith(server, list, 1 + dice.below(4));
      const whole = await readWith(server, list, 500);
      await server.close();
      expect(small.report, `seed ${seed}`).toBe(whole.report);
      if (small.log.includes("reading all")) seen.changedItsMind += 1;
      else if (isReached(small.log, small.snapshot, tables)) seen.reached += 1;
      else seen.everything += 1;
    }
    for (const count of Object.values(seen)) expect(count, JSON.stringify(seen)).toBeGreaterThan(5);
  });
});

function randomList(dice: Dice, tables: Tables): List {
  const parts = Array.from({ length: dice.below(4) }, (): ListEntry => {
    const row = tables.parts[dice.below(tables.parts.length)];
    const quantity = 1 + dice.below(20);
    if (row === undefined || dice.onceIn(12)) return { name: "twiN 1 ", quantity };
    if (dice.onceIn(12)) return { pk: 4_711, quantity };
    if (dice.onceIn(3)) return { name: row.name, quantity, ...(dice.onceIn(3) ? { version: "B" } : {}) };
    if (row.IPN !== null && dice.onceIn(2)) return { ipn: row.IPN, quantity };
    return { pk: row.pk, quantity };
  });
  const watch: WatchEntry[] = [
    ...(dice.onceIn(3) ? [{ part: 1 + dice.below(9), minimum: 20 }] : []),
    ...(dice.onceIn(4) ? [{ part: "twin 1" }] : []),
    ...(dice.onceIn(6) ? [{ category: "Category 2", minimum: 3 }] : []),
    ...(dice.onceIn(6) ? [{ part: 2, minimum: 5, location: "Place 1" }] : []),
    ...(parts.length === 0 ? [{ part: 3, minimum: 50 }] : []),
  ];
  const policy: Policy = {
    ...DEFAULT_POLICY,
    demand: dice.onceIn(5) ? "allocated" : "open_orders",
    optional: dice.onceIn(4) ? "exclude" : "include",
    consumables: dice.onceIn(4) ? "include" : "exclude",
    substitutes: dice.onceIn(2) ? "use" : "suggest",
    on_order: dice.onceIn(3) ? "count" : "report",
    buy: dice.onceIn(3) ? ["TWIN 1", 1 + dice.below(20)] : [],
    stock: dice.onceIn(4) ? { locations: ["Place 1"], exclude: ["expired", "external"] } : DEFAULT_POLICY.stock,
  };
  return { parts, watch, policy };
}
