// Every figure of a report that InvenTree computes too, of every recorded part, BOM line, build line and assembly,
// against the real server's own. Where they differ a rule of docs/calculation.md says so: each difference is listed.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedInventree, startInventree } from "../../demo/inventree/server.ts";
import { calculate } from "../../src/core/calculation/calculate.ts";
import type { Snapshot } from "../../src/core/calculation/snapshot.ts";
import type { Report, ReportLine } from "../../src/core/generated/report.ts";
import { DEFAULT_POLICY, type ListEntry, type Policy } from "../../src/core/monitor.ts";
import { needs } from "../support/needs.ts";
import { isRaw, type Raw, recorded, recordedRows, recordingsPresent } from "../support/recordings.ts";
import { number } from "./raw.ts";
import { snapshotFrom } from "./recorded-snapshot.ts";
import { recordedTables } from "./recorded-tables.ts";

/** A figure of a line under a policy, the server's own, and the parts of which they differ. */
type Figure = readonly [
  what: string,
  policy: Partial<Policy>,
  ours: (line: ReportLine) => number,
  theirs: (raw: Raw) => number,
  differences: readonly string[],
];

const inStock = (line: ReportLine) => line.in_stock;
const onOrder = (line: ReportLine) => line.on_order;
const inProduction = (line: ReportLine) => line.in_production;
const committed = (line: ReportLine) => line.committed;
const free = (line: ReportLine) => Math.max(0, line.available);
const allocations = (raw: Raw) => number(raw, "allocated_to_build_orders") + number(raw, "allocated_to_sales_orders");
const requirements = (raw: Raw) =>
  number(raw, "required_for_build_orders") + Math.max(0, number(raw, "required_for_sales_orders"));

/** Rule 5: stock of 78 and 79 is allocated to builds that require 72, their template, which has so much less committed. */
const ACROSS_PARTS = ["78: 2, InvenTree 0", "79: 2, InvenTree 0"];

describe(
  "what a report says and the real server said, too",
  needs("recordings in ../shared", recordingsPresent),
  () => {
    let inventree: EmbeddedInventree;
    let snapshot: Snapshot;
    let compared = 0;

    beforeAll(async () => {
      inventree = await startInventree({ tables: recordedTables() });
      snapshot = await snapshotFrom(inventree, everyPart());
    });

    afterAll(async () => {
      process.stdout.write(`contract: ${compared} figures of reports compared with the real server's own\n`);
      await inventree.close();
    });

    /** `part: ours, InvenTree theirs` for each pair that differs. */
    function differing(pairs: readonly (readonly [pk: number, ours: number | undefined, theirs: number])[]): string[] {
      compared += pairs.length;
      return pairs
        .filter(([, ours, theirs]) => ours !== theirs)
        .map(([pk, ours, theirs]) => `${pk}: ${ours}, InvenTree ${theirs}`);
    }

    function linesUnder(policy: Partial<Policy>): ReadonlyMap<number, ReportLine> {
      return linesOf(reportOf(everyPart(), { snapshot, policy }));
    }

    it("is said of every part but the three virtual ones, which are no lines", () => {
      expect(partRows()).toHaveLength(414);
      expect([...linesUnder({}).keys()].sort()).toEqual(realParts().sort());
      expect(realParts()).toHaveLength(411);
    });

    it.each<Figure>([
      ["in stock", {}, inStock, (raw) => number(raw, "in_stock"), []],
      ["on order", {}, onOrder, (raw) => number(raw, "ordering"), []],
      ["in production", {}, inProduction, (raw) => number(raw, "scheduled_to_build"), []],
      ["outputs in production", { in_production: "outputs" }, inProduction, (raw) => number(raw, "building"), []],
      ["allocated", { demand: "allocated" }, committed, allocations, []],
      [
        "committed",
        {},
        committed,
        requirements,
        // 89 and 90: InvenTree's list of parts cuts the fraction off.
        ["72: 266, InvenTree 270", ...ACROSS_PARTS, "89: 62.5, InvenTree 62", "90: 7.5, InvenTree 7"],
      ],
    ])("of each part alone: %s", (_what, policy, ours, theirs, differences) => {
      const lines = linesUnder(policy);
      const pairs = partRows().flatMap((raw) => {
        const line = lines.get(number(raw, "pk"));
        return line === undefined ? [] : [[line.pk, ours(line), theirs(raw)] as const];
      });
      expect(pairs).toHaveLength(411);
      expect(differing(pairs).sort()).toEqual(differences);
    });

    it.each<Figure>([
      ["in stock", {}, inStock, (raw) => number(raw, "total_stock"), []],
      ["in production", {}, inProduction, (raw) => number(raw, "scheduled_to_build"), []],
      ["outputs in production", { in_production: "outputs" }, inProduction, (raw) => number(raw, "building"), []],
      ["allocated", { demand: "allocated" }, committed, allocations, []],
      ["unallocated", { demand: "allocated" }, free, (raw) => number(raw, "unallocated_stock"), []],
      ["committed", {}, committed, requirements, ACROSS_PARTS],
    ])("of each part with all of its variants: %s", (_what, policy, ours, theirs, differences) => {
      const lines = linesUnder(policy);
      const pairs = realParts().map((pk) => {
        const family = withVariants(pk).flatMap((each) => lines.get(each) ?? []);
        return [pk, family.reduce((sum, line) => sum + ours(line), 0), theirs(requirementsOf(pk))] as const;
      });
      expect(pairs).toHaveLength(411);
      expect(differing(pairs).sort()).toEqual(differences);
    });

    it("of what is unallocated of each part, in InvenTree's list of parts", () => {
      const lines = linesUnder({ demand: "allocated" });
      const pairs = partRows().flatMap((raw) => {
        const family = withVariants(number(raw, "pk")).flatMap((pk) => lines.get(pk) ?? []);
        const ours = family.reduce((sum, line) => sum + free(line), 0);
        return raw.virtual === true ? [] : [[number(raw, "pk"), ours, number(raw, "unallocated_stock")] as const];
      });
      // That list takes only a template's own allocations off the stock of all its variants. By rule 5 what a variant has
      // committed is not free, as InvenTree itself says of each part alone and of each BOM line.
      expect(differing(pairs).sort()).toEqual(["71: 72, InvenTree 129", "72: 50, InvenTree 54"]);
    });

    it("of what is free of the part of each BOM line, of its variants and of the line's substitutes", () => {
      const lines = linesUnder({ demand: "allocated" });
      const freeOf = (pks: readonly number[]) =>
        pks.reduce((sum, pk) => sum + Math.max(0, lines.get(pk)?.available ?? 0), 0);
      const rows = recordedRows("bom.json");
      expect(rows).toHaveLength(228);
      const substitutes = Map.groupBy(recordedRows("bom-substitute.json"), (raw) => raw.bom_item);
      const pairs = rows.flatMap((raw) => {
        const [pk, sub] = [number(raw, "pk"), number(raw, "sub_part")];
        const stand = (substitutes.get(pk) ?? []).map((row) => number(row, "part"));
        return [
          [pk, freeOf([sub]), number(raw, "available_stock")],
          [pk, freeOf(withVariants(sub).slice(1)), number(raw, "available_variant_stock")],
          [pk, freeOf(stand), number(raw, "available_substitute_stock")],
        ] as const;
      });
      expect(differing(pairs)).toEqual([]);
    });

    it("of what each recorded build of so many requires of each part of its BOM", () => {
      const buildLines = Map.groupBy(recordedRows("build-line-plain.json"), (raw) => raw.build);
      const builds = recordedRows("build.json");
      expect(builds).toHaveLength(16);
      const pairs = builds.flatMap((build) => {
        const list = [{ pk: number(build, "part"), quantity: number(build, "quantity") }];
        const required = linesOf(
          reportOf(list, { snapshot: emptied(snapshot), policy: oneLevelOf(number(build, "part")) }),
        );
        const lines = buildLines.get(build.pk) ?? [];
        const byPart = [...Map.groupBy(lines, (line) => number(line, "part"))];
        return byPart.map(
          ([pk, rows]) =>
            [pk, required.get(pk)?.required, rows.reduce((sum, row) => sum + number(row, "quantity"), 0)] as const,
        );
      });
      expect(pairs.length).toBeGreaterThan(300);
      expect(differing(pairs)).toEqual([]);
    });

    it("of how many of each of the twenty assemblies could be built at once", () => {
      const list = assemblies().map((pk) => ({ pk, quantity: 1 }));
      const { can_build } = reportOf(list, { snapshot, policy: {} });
      const pairs = assemblies().map(
        (pk) => [pk, can_build[pk]?.now, number(requirementsOf(pk), "can_build")] as const,
      );
      expect(pairs).toHaveLength(20);
      expect(pairs.some(([, now]) => now !== undefined && now > 0)).toBe(true);
      expect(differing(pairs)).toEqual([]);
    });
  },
);

function reportOf(
  parts: readonly ListEntry[],
  { snapshot, policy }: { readonly snapshot: Snapshot; readonly policy: Partial<Policy> },
): Report {
  return calculate({ parts, watch: [], policy: { ...DEFAULT_POLICY, ...policy }, snapshot, today: "2026-11-20" });
}

function linesOf(report: Report): ReadonlyMap<number, ReportLine> {
  return new Map(report.lines.map((line) => [line.pk, line]));
}

/** The same parts and BOMs with nothing there and nothing on its way: all that is asked for is to be built. */
function emptied(snapshot: Snapshot): Snapshot {
  const parts = [...snapshot.parts].map(([pk, part]) => [pk, { ...part, inStock: 0, onOrder: 0 }] as const);
  return { ...snapshot, parts: new Map(parts) };
}

/** As a build order counts: all lines of this BOM, and of none below it. */
function oneLevelOf(assembly: number): Partial<Policy> {
  const buy = assemblies().filter((pk) => pk !== assembly);
  return { buy, demand: "none", in_production: "ignore", consumables: "include" };
}

// Asked for each part: read once.
const known = recordingsPresent
  ? { parts: recordedRows("part-plain.json"), requirements: recorded("part-requirements.json") }
  : { parts: [], requirements: {} };

function partRows(): readonly Raw[] {
  return known.parts;
}

function everyPart(): readonly ListEntry[] {
  return partRows().map((raw) => ({ pk: number(raw, "pk"), quantity: 1 }));
}

function realParts(): number[] {
  return partRows().flatMap((raw) => (raw.virtual === true ? [] : [number(raw, "pk")]));
}

function assemblies(): readonly number[] {
  return partRows().flatMap((raw) => (raw.assembly === true ? [number(raw, "pk")] : []));
}

/** The part itself, then all below it. */
function withVariants(pk: number): readonly number[] {
  const family = new Set([pk]);
  for (const above of family) {
    for (const raw of partRows()) if (raw.variant_of === above) family.add(number(raw, "pk"));
  }
  return [...family];
}

function requirementsOf(pk: number): Raw {
  const own = isRaw(known.requirements) ? known.requirements[pk] : undefined;
  if (!isRaw(own)) throw new Error(`The requirements of part ${pk} are not recorded`);
  return own;
}
