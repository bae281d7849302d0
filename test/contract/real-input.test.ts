import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedInventree, startInventree } from "../../demo/inventree/server.ts";
import { calculate } from "../../src/core/calculation/calculate.ts";
import type { Report } from "../../src/core/generated/report.ts";
import { DEFAULT_POLICY } from "../../src/core/monitor.ts";
import { needs } from "../support/needs.ts";
import { recordedRows, recordingsPresent } from "../support/recordings.ts";
import { number } from "./raw.ts";
import { snapshotFrom } from "./recorded-snapshot.ts";
import { recordedTables } from "./recorded-tables.ts";

describe(
  "a list of all twenty assemblies of the recorded data",
  needs("recordings in ../shared", recordingsPresent),
  () => {
    let inventree: EmbeddedInventree;
    let report: Report;

    beforeAll(async () => {
      inventree = await startInventree({ tables: recordedTables() });
      const parts = assemblies().map((pk) => ({ pk, quantity: 10 }));
      const snapshot = await snapshotFrom(inventree, parts);
      report = calculate({ parts, watch: [], policy: DEFAULT_POLICY, snapshot, today: "2026-11-20" });
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
  },
);

function assemblies(): readonly number[] {
  return recordedRows("part-plain.json").flatMap((raw) => (raw.assembly === true ? [number(raw, "pk")] : []));
}
