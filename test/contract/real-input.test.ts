import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calculate } from "../../src/core/calculation/calculate.ts";
import type { Report } from "../../src/core/generated/report.ts";
import { DEFAULT_POLICY } from "../../src/core/monitor.ts";
import { type EmbeddedInventree, startInventree } from "../../src/demo/inventree/server.ts";
import { createClient } from "../../src/inventree/client.ts";
import { needOf } from "../../src/inventree/need.ts";
import { readSnapshot } from "../../src/inventree/snapshot.ts";
import { systemClock } from "../../src/system/clock.ts";
import { silentLog } from "../../src/system/log.ts";
import { announceRecordings, isRaw, recorded, recordedRows, recordingsPresent } from "../support/recordings.ts";
import { number } from "./raw.ts";
import { recordedTables } from "./recorded-tables.ts";

announceRecordings("a list of all twenty recorded assemblies");

describe.skipIf(!recordingsPresent)("a list of all twenty assemblies of the recorded data", () => {
  let inventree: EmbeddedInventree;
  let report: Report;

  beforeAll(async () => {
    inventree = await startInventree({ tables: recordedTables() });
    const parts = assemblies().map((pk) => ({ pk, quantity: 10 }));
    const list = { parts, watch: [], policy: DEFAULT_POLICY };
    const client = createClient({
      url: inventree.url,
      token: inventree.token,
      clock: systemClock,
      log: silentLog,
      limits: { maxConcurrency: 2, maxRequests: 50, requestTimeoutMs: 10_000, timeBudgetMs: 30_000, pageSize: 500 },
    });
    const need = needOf([{ ...list, silences: [] }]);
    const snapshot = await readSnapshot({ client, need, log: silentLog, clock: systemClock });
    await client.close();
    report = calculate({ ...list, snapshot, today: "2026-11-20" });
  });

  afterAll(() => inventree.close());

  it("is read with at most twelve requests, all of them answered", () => {
    expect(inventree.requests().length).toBeLessThanOrEqual(12);
    expect(inventree.requests().filter(({ status }) => status !== 200)).toEqual([]);
  });

  it("gets a report of every assembly, without problems", () => {
    expect(report.problems).toEqual([]);
    expect(report.summary.parts_requested).toBe(20);
    const lines = new Set(report.lines.map(({ pk }) => pk));
    const virtual = new Set(recordedRows("part-plain.json").flatMap((raw) => (raw.virtual === true ? [raw.pk] : [])));
    expect(assemblies().filter((pk) => !lines.has(pk) && !virtual.has(pk))).toEqual([]);
  });

  it("says of each assembly how many can be built at once as the real server did", () => {
    const requirements = recorded("part-requirements.json");
    const theirs = assemblies().map((pk) => {
      const own = isRaw(requirements) ? requirements[pk] : undefined;
      return [String(pk), isRaw(own) ? number(own, "can_build") : undefined];
    });
    const ours = Object.entries(report.can_build ?? {}).map(([pk, able]) => [pk, able?.now]);
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
  });
});

function assemblies(): readonly number[] {
  return recordedRows("part-plain.json").flatMap((raw) => (raw.assembly === true ? [number(raw, "pk")] : []));
}
