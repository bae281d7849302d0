import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tables } from "../../scripts/simulate.ts";
import { simulateHour } from "../../scripts/simulation.ts";
import { callsAlone } from "../../scripts/simulation-calls.ts";
import { openRunner } from "../support/action.ts";
import { boardList, CHIP, putStock } from "../support/small-product.ts";

const LISTS = 60;
/** These need chips, the others resistors. */
const CHIPS = 30;
const ALL = { event: "schedule", inputs: { all: "true" } };

test("the simulation counts the requests that runs really make to GitHub's API", async () => {
  const files = Array.from({ length: LISTS }, (_, index): [string, string] => {
    const ipn = index < CHIPS ? "IC-1" : "RES-1";
    const fields = { name: `List ${index}`, parts: `[{ ipn: ${ipn}, quantity: ${200 + index} }]` };
    return [`monitors/list-${index}.yaml`, boardList({ ...fields, cron_schedule: '"17 3 1 1 *"' })];
  });
  await using runner = await openRunner(Object.fromEntries(files));
  const asked = async () => {
    const before = runner.github.requests.length;
    const { code, outputs } = await runner.run(ALL);
    return { code, notified: outputs.notified, calls: runner.github.requests.length - before };
  };

  const first = callsAlone({ lists: 0, known: 0, told: LISTS });
  expect(await asked()).toEqual({ code: 0, notified: String(LISTS), calls: first });

  const quiet = callsAlone({ lists: LISTS, known: LISTS, told: 0 });
  expect(await asked()).toEqual({ code: 0, notified: "0", calls: quiet });

  putStock(runner.inventree, CHIP, 1);
  const some = callsAlone({ lists: LISTS, known: LISTS, told: CHIPS });
  expect(await asked()).toEqual({ code: 0, notified: String(CHIPS), calls: some });
});

test("an hour of one job has as many requests as a run alone", () => {
  const standing = { lists: 2_000, known: 2_000, told: 100 };
  const hour = simulateHour({ ...standing, due: 2_000, shards: 1, readers: 1, runTimeMs: 720_000, seed: 7 });
  expect(hour).toMatchObject({ calls: callsAlone(standing), commits: 5, conflicts: 0, told: 100, failed: 0 });
});

test("jobs that write at once get into each other's way, and nothing that was claimed is lost", () => {
  const hour = { lists: 400, known: 400, due: 400, told: 400, readers: 4, runTimeMs: 720_000 };
  for (const seed of [1, 2, 3]) {
    const four = simulateHour({ ...hour, shards: 4, seed });
    expect(four).toMatchObject({ told: 400, failed: 0, commits: 20 });
    expect(four.conflicts).toBeGreaterThan(0);
    expect(four).toEqual(simulateHour({ ...hour, shards: 4, seed }));
  }
});

test("without requests left nothing is claimed, and what was told is still recorded", () => {
  const hour = {
    lists: 10_000,
    known: 0,
    due: 10_000,
    told: 10_000,
    shards: 1,
    readers: 1,
    runTimeMs: 720_000,
    seed: 1,
  };
  const { calls, told, failed } = simulateHour(hour);
  expect(failed).toBe(0);
  expect(told).toBeLessThan(10_000);
  expect(calls).toBeLessThanOrEqual(1_000);
});

test("docs/instances.md shows what npm run simulate prints", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/instances.md"), "utf8");
  for (const table of tables().split("\n\n")) expect(page).toContain(table);
});
