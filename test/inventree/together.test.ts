import { describe, expect, it } from "vitest";
import { startInventree } from "../../demo/inventree/server.ts";
import type { Tables } from "../../demo/inventree/tables.ts";
import { sampleTables } from "../../demo/sample/tables.ts";
import type { WantedParts } from "../../src/app/deps.ts";
import { readFor } from "../../src/app/run/read.ts";
import { calculate } from "../../src/core/calculation/calculate.ts";
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

/** Reports of lists that are read in one run, and how. */
async function reportsOf(url: string, token: string, lists: readonly List[]) {
  const { client, clock, log } = bench(url, { maxRequests: 100_000 }, token);
  const inventree = {
    url,
    read: (need: SnapshotRequest) => readSnapshot({ client, clock, log, need }),
    readOffers: ({ isRequired, ...parts }: WantedParts) => readOffers({ client, clock, log, parts, isRequired }),
    spent: client.spent,
  };
  const asked = lists.map((list) => ({ ...list, silences: [], timezone: "UTC" }));
  const snapshot = await readFor(asked, { inventree, now: new Date(`${TODAY}T08:00:00Z`) });
  await client.close();
  return {
    reports: lists.map((list) => JSON.stringify(calculate({ ...list, snapshot, today: TODAY }))),
    log: log.lines.join("\n"),
  };
}

/** Each list alone has the report that it has beside one that names every assembly and watches all stock. */
async function expectAlike(tables: Tables, lists: readonly List[]): Promise<{ readonly reached: number }> {
  const server = await startInventree({ tables });
  const parts = tables.parts.filter((row) => row.assembly).map(({ pk }) => ({ pk, quantity: 3 }));
  const everything: List = { parts, watch: [{ all: true, minimum: 5 }], policy: DEFAULT_POLICY };
  const together = await reportsOf(server.url, server.token, [...lists, everything]);
  expect(together.log).toMatch(/parts: all/);
  let reached = 0;
  for (const [index, list] of lists.entries()) {
    const alone = await reportsOf(server.url, server.token, [list]);
    expect(alone.reports[0], JSON.stringify(list)).toBe(together.reports[index]);
    if (alone.log.includes("; parts: reached")) reached += 1;
  }
  await server.close();
  return { reached };
}

describe.each<[string, (() => Tables) | null]>([
  ["the sample", () => sampleTables({ today: TODAY })],
  ["the recorded data", recordingsPresent ? recordedTables : null],
])("a list of one assembly of %s", (_, makeTables) => {
  it(
    "has the same report alone as in a run that reads everything",
    needs("recordings in ../shared", makeTables !== null),
    async () => {
      const tables = makeTables?.();
      if (tables === undefined) throw new Error("no tables");
      const assemblies = tables.parts.filter((row) => row.assembly);
      const lists = assemblies.map(({ pk }) => ({
        parts: [{ pk, quantity: 7 }],
        watch: [],
        policy: DEFAULT_POLICY,
      }));
      const { reached } = await expectAlike(tables, lists);
      expect(reached).toBeGreaterThan(lists.length / 4);
    },
  );
});

describe("random lists of a random server", () => {
  it("have the same reports alone as in a run that reads everything", async () => {
    let reached = 0;
    for (let seed = 1; seed <= casesOf(60); seed++) {
      const tables = randomTables(seed + 5_000);
      const dice = diceOf(seed);
      const lists = [randomList(dice, tables), randomList(dice, tables)];
      reached += (await expectAlike(tables, lists)).reached;
    }
    expect(reached).toBeGreaterThan(10);
  });
});

function randomList(dice: Dice, { parts: rows }: Tables): List {
  const pick = () => rows[dice.below(rows.length)]?.pk ?? 1;
  return {
    parts: [
      { pk: pick(), quantity: 1 + dice.below(20) },
      ...(dice.onceIn(3) ? [{ pk: pick(), quantity: 2, needed_by: "2026-12-24" }] : []),
    ],
    watch: dice.onceIn(3) ? [{ part: pick(), minimum: 20 }] : [],
    policy: {
      ...DEFAULT_POLICY,
      substitutes: dice.onceIn(2) ? "use" : "suggest",
      demand: dice.onceIn(4) ? "allocated" : "open_orders",
      on_order: dice.onceIn(3) ? "count" : "report",
      stock: dice.onceIn(4) ? { locations: ["Place 1"], exclude: ["expired"] } : DEFAULT_POLICY.stock,
    },
  };
}
