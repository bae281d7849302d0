// Single-level figures against a real server's own, where its recorded answers are at hand.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { calculate } from "../../../src/core/calculation/calculate.ts";
import { DEFAULT_POLICY } from "../../../src/core/monitor.ts";
import { type LineGiven, type PartGiven, snapshotOf } from "./snapshot-builder.ts";

const recordings = join(import.meta.dirname, "../../../../shared/inventree/recordings");

interface RecordedPart {
  readonly pk: number;
  readonly name: string;
  readonly variant_of: number | null;
  readonly is_template: boolean;
  readonly active: boolean;
  readonly assembly: boolean;
  readonly purchaseable: boolean;
  readonly virtual: boolean;
  readonly consumable: boolean;
  readonly in_stock: number;
  readonly allocated_to_build_orders: number;
  readonly allocated_to_sales_orders: number;
}

interface RecordedLine {
  readonly pk: number;
  readonly part: number;
  readonly sub_part: number;
  readonly quantity: number;
  readonly attrition: number;
  readonly setup_quantity: number;
  readonly consumable: boolean;
  readonly inherited: boolean;
  readonly substitutes: readonly { readonly part: number }[];
}

describe.skipIf(!existsSync(recordings))(
  "a real server's data (skipped where ../shared/inventree is not there)",
  () => {
    it("gives the server's own can-build for each of its twenty assemblies", () => {
      const parts: readonly RecordedPart[] = recorded("part.json").results;
      const lines: readonly RecordedLine[] = recorded("bom.json").results;
      const server: Readonly<Record<string, { readonly can_build: number }>> = recorded("part-requirements.json");
      const snapshot = snapshotOf({ parts: parts.map(partOf), lines: lines.map(lineOf) });
      const assemblies = parts.filter((part) => part.assembly).map(({ pk }) => pk);
      expect(assemblies).toHaveLength(20);
      const list = assemblies.map((pk) => ({ pk, quantity: 1 }));
      const report = calculate({ parts: list, watch: [], policy: DEFAULT_POLICY, snapshot, today: "2026-11-20" });
      const ours = assemblies.map((pk) => [pk, report.can_build[pk]?.now]);
      expect(ours).toEqual(assemblies.map((pk) => [pk, server[pk]?.can_build]));
      expect(ours.some(([, now]) => now !== undefined && now > 0)).toBe(true);
    });
  },
);

function recorded(file: string) {
  return JSON.parse(readFileSync(join(recordings, file), "utf8"));
}

function partOf(part: RecordedPart): PartGiven {
  return {
    pk: part.pk,
    name: part.name,
    variantOf: part.variant_of,
    isTemplate: part.is_template,
    active: part.active,
    assembly: part.assembly,
    purchaseable: part.purchaseable,
    virtual: part.virtual,
    consumable: part.consumable,
    inStock: part.in_stock,
    allocatedToBuildOrders: part.allocated_to_build_orders,
    allocatedToSalesOrders: part.allocated_to_sales_orders,
  };
}

function lineOf(line: RecordedLine): LineGiven {
  return {
    pk: line.pk,
    part: line.part,
    subPart: line.sub_part,
    quantity: line.quantity,
    attrition: line.attrition,
    setupQuantity: line.setup_quantity,
    consumable: line.consumable,
    inherited: line.inherited,
    substitutes: line.substitutes.map(({ part }) => part),
  };
}
