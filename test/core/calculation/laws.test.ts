import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calculate } from "../../../src/core/calculation/calculate.ts";
import type { Part } from "../../../src/core/calculation/snapshot.ts";
import type { Report, ReportLine } from "../../../src/core/generated/report.ts";
import { hashOf, significantResult } from "../../../src/core/notification/significant.ts";
import { cases, casesOf } from "../../support/cases.ts";
import { questions } from "../oracle/cases.ts";
import type { Question } from "../oracle/world.ts";
import { type Given, givens, inputOf, isAcyclic } from "./random-snapshot.ts";
import type { SnapshotGiven } from "./snapshot-builder.ts";

const root = join(import.meta.dirname, "../../..");
const seeded = cases(1_000);

describe("whatever the list and the stock", () => {
  it("a report is what its schema says, and report to JSON to report is the identity", () => {
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(join(root, "schemas/report.schema.json"), "utf8")),
    );
    fc.assert(
      fc.property(questions(), (question) => {
        const report = calculate(question);
        expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
        // Strict: neither an undefined field nor -0 would come back.
        expect(JSON.parse(JSON.stringify(report))).toStrictEqual(report);
      }),
      seeded,
    );
  });

  it("two reports have the same hash exactly when they say the same of what matters", () => {
    const alike = { same: 0, different: 0 };
    fc.assert(
      fc.property(questions(), fc.constantFrom(...TWISTS), (question, twist) => {
        const [one, other] = [calculate(question), calculate(twist(question))];
        const same = isDeepStrictEqual(whatMatters(one), whatMatters(other));
        expect(hashOf(significantResult(one)) === hashOf(significantResult(other))).toBe(same);
        alike[same ? "same" : "different"] += 1;
      }),
      seeded,
    );
    expect(Math.min(alike.same, alike.different)).toBeGreaterThan(casesOf(200));
  });

  it("more stock never makes more missing", () => {
    fc.assert(
      fc.property(givens(), fc.nat({ max: 8 }), fc.integer({ min: 1, max: 20 }), (given, chosen, more) => {
        const before = calculate(inputOf(given));
        fc.pre(isAcyclic(before));
        const index = chosen % given.snapshot.parts.length;
        const after = calculate(inputOf(withStock(given, index, more)));
        const missing = new Map(before.lines.map((line) => [line.pk, line.missing]));
        for (const line of after.lines) expect(line.missing).toBeLessThanOrEqual(missing.get(line.pk) ?? 0);
      }),
      seeded,
    );
  });

  it("the order of the list and of what InvenTree answers does not matter", () => {
    fc.assert(
      fc.property(givens(), orders, (given, order) => {
        const before = calculate(inputOf(given));
        fc.pre(isAcyclic(before));
        const list = anew(given.list, order);
        const after = calculate(inputOf({ ...given, list, snapshot: shuffled(given.snapshot, order) }));
        expect(after.lines.map(withoutWhy)).toEqual(before.lines.map(withoutWhy));
        expect({ ...after, lines: [] }).toEqual({ ...before, lines: [] });
      }),
      seeded,
    );
  });

  it("the same input gives the same bytes, whatever the order of what InvenTree answers", () => {
    fc.assert(
      fc.property(questions(), orders, (question, order) => {
        const { snapshot } = question;
        const parts = new Map(anew([...snapshot.parts], order));
        const bomLines = new Map(anew([...snapshot.bomLines], order).map(([pk, lines]) => [pk, anew(lines, order)]));
        const after = calculate({ ...question, snapshot: { ...snapshot, parts, bomLines } });
        expect(JSON.stringify(after)).toBe(JSON.stringify(calculate(question)));
      }),
      seeded,
    );
  });

  it("the numbers of the BOM lines do not matter while no substitutes are used", () => {
    fc.assert(
      fc.property(givens({ policy: { substitutes: "suggest" } }), (given) => {
        const before = calculate(inputOf(given));
        fc.pre(isAcyclic(before));
        const lines = (given.snapshot.lines ?? []).map((line) => ({ ...line, pk: 100 - line.pk }));
        const after = calculate(inputOf({ ...given, snapshot: { ...given.snapshot, lines } }));
        expect(after.lines.map(withoutWhy)).toEqual(before.lines.map(withoutWhy));
      }),
      seeded,
    );
  });

  it("splitting a quantity over two entries changes only why", () => {
    fc.assert(
      fc.property(givens(), (given) => {
        const [first, ...others] = given.list;
        if (first === undefined) throw new Error("the list is empty");
        const before = calculate(inputOf(given));
        const halves = [0.25, first.quantity - 0.25].map((quantity) => ({ ...first, quantity }));
        fc.pre(first.quantity > 0.25);
        const after = calculate(inputOf({ ...given, list: [...halves, ...others] }));
        expect(after.lines.map(withoutWhy)).toEqual(before.lines.map(withoutWhy));
        expect({ ...after, lines: [], summary: {} }).toEqual({ ...before, lines: [], summary: {} });
        expect(after.lines.map(({ why }) => why.some(({ entry }) => entry <= 1))).toEqual(
          before.lines.map(({ why }) => why.some(({ entry }) => entry === 0)),
        );
      }),
      seeded,
    );
  });

  it("without stock, commitments, production, setup and rounding, required scales with the list", () => {
    fc.assert(
      fc.property(givens({ stock: false, lots: false }), fc.integer({ min: 2, max: 9 }), (given, factor) => {
        const list = given.list.map((entry) => ({ ...entry, quantity: entry.quantity * factor }));
        const once = calculate(inputOf(given));
        const scaled = new Map(calculate(inputOf({ ...given, list })).lines.map((line) => [line.pk, line]));
        expect(scaled.size).toBe(once.lines.length);
        for (const { pk, required, optional } of once.lines) {
          const line = scaled.get(pk);
          // Attrition leaves more than five decimals, which are rounded on each level.
          expect(Math.abs((line?.required ?? 0) / (required * factor) - 1)).toBeLessThan(1e-4);
          expect(line?.optional).toBeCloseTo(optional * factor, 0);
        }
      }),
      seeded,
    );
  });

  it("without attrition, setup and rounding of its BOM lines, a part is required without its overage", () => {
    const seen = { some: 0 };
    fc.assert(
      fc.property(givens({ policy: { substitutes: "suggest" } }), fc.nat({ max: 8 }), (given, chosen) => {
        const before = calculate(inputOf(given));
        const having = before.lines.filter((one) => one.overage !== undefined);
        const among = having.length === 0 ? before.lines : having;
        const line = among[chosen % Math.max(1, among.length)];
        // What a template borrows of its variant may decide how many of that variant are required.
        fc.pre(line !== undefined && isAcyclic(before) && partOf(given, line.pk).variantOf === null);
        const plain = { attrition: 0, setupQuantity: 0, roundingMultiple: null };
        const lines = (given.snapshot.lines ?? []).map((one) => (one.subPart === line.pk ? { ...one, ...plain } : one));
        const after = calculate(inputOf({ ...given, snapshot: { ...given.snapshot, lines } }));
        const now = after.lines.find(({ pk }) => pk === line.pk);
        const { overage = 0 } = line;
        expect(now?.required ?? 0).toBeCloseTo(line.required - overage, 5);
        expect(now?.overage).toBeUndefined();
        expect(overage).toBeGreaterThanOrEqual(0);
        if (overage > 0) seen.some += 1;
      }),
      seeded,
    );
    expect(seen.some).toBeGreaterThan(casesOf(100));
  });

  it.each(["suggest", "use"] as const)("no unit of stock is used twice (substitutes: %s)", (substitutes) => {
    fc.assert(
      fc.property(givens({ policy: { substitutes } }), (given) => {
        const { lines } = calculate(inputOf(given));
        const availableOf = new Map(aloneOf(given).map(({ pk, available }) => [pk, available]));
        const stands = Map.groupBy(
          lines.flatMap((line) => line.covered_by),
          ({ part }) => part,
        );
        for (const [pk, covers] of stands) {
          const lent = covers.reduce((sum, { quantity }) => sum + quantity, 0);
          expect(lent).toBeLessThanOrEqual((availableOf.get(pk) ?? 0) + 1e-6);
        }
        for (const family of families(given.snapshot)) {
          const there = family.reduce((sum, pk) => sum + Math.max(0, availableOf.get(pk) ?? 0), 0);
          const used = lines
            .filter(({ pk }) => family.includes(pk))
            .reduce((sum, line) => sum + line.required + Math.max(0, -line.available) - line.missing, 0);
          expect(used).toBeLessThanOrEqual(there + 1e-6);
        }
      }),
      seeded,
    );
  });
});

function partOf({ snapshot }: Given, pk: number): SnapshotGiven["parts"][number] {
  const part = snapshot.parts.find((each) => each.pk === pk);
  if (part === undefined) throw new Error(`there is no part ${pk}`);
  return part;
}

function withoutWhy({ why: _why, ...line }: ReportLine): Omit<ReportLine, "why"> {
  return line;
}

function withStock(given: Given, at: number, more: number): Given {
  const parts = given.snapshot.parts.map((part, index) =>
    index === at ? { ...part, inStock: (part.inStock ?? 0) + more } : part,
  );
  return { ...given, snapshot: { ...given.snapshot, parts } };
}

/** Ranks by which rows are sorted anew. */
const orders = fc.array(fc.nat({ max: 1_000 }), { minLength: 20, maxLength: 20 });

function anew<Row>(rows: readonly Row[], order: readonly number[]): readonly Row[] {
  return rows
    .map((row, index) => ({ row, rank: (order[index % order.length] ?? 0) + index / 100 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
}

function shuffled(snapshot: SnapshotGiven, order: readonly number[]): SnapshotGiven {
  return {
    ...snapshot,
    parts: anew(snapshot.parts, order),
    lines: anew(snapshot.lines ?? [], order),
    orders: anew(snapshot.orders ?? [], order),
    supplierParts: anew(snapshot.supplierParts ?? [], order),
  };
}

/** Changes of the world, some of which matter to what people are told and some of which do not. */
const TWISTS: readonly ((question: Question) => Question)[] = [
  (question) => withParts(question, (part) => ({ ...part, name: `${part.name} (new)`, pricingMin: 7 })),
  (question) => withParts(question, (part) => ({ ...part, inStock: part.inStock + 1_000_000 })),
  (question) => withParts(question, (part) => ({ ...part, inStock: part.inStock + (part.pk % 5 === 0 ? 0.00001 : 0) })),
  (question) => withParts(question, (part) => ({ ...part, minimumStock: part.minimumStock + 1 })),
  (question) => ({ ...question, today: "2027-11-20" }),
];

function withParts(question: Question, twisted: (part: Part) => Part): Question {
  const parts = new Map([...question.snapshot.parts].map(([pk, part]) => [pk, twisted(part)]));
  return { ...question, snapshot: { ...question.snapshot, parts } };
}

/** What people are told of parts, in no order: kind, part, quantity. */
function whatMatters({ lines, watched = [], problems }: Report): readonly string[] {
  const rows: readonly (readonly [kind: string, part: number | string, quantity: number])[] = [
    ...lines.flatMap(({ pk, short, missing }) => (short ? [["short", pk, missing] as const] : [])),
    ...lines.map(({ pk, to_build }) => ["build", pk, to_build] as const),
    ...lines.map(({ pk, critical }) => ["critical", pk, critical] as const),
    ...problems.map(({ words, quantity }) => ["unresolved", words, quantity ?? 0] as const),
  ];
  const low = watched.map(({ kind, pk, lacking }) => JSON.stringify([kind, pk, lacking]));
  return [...rows.filter(([, , quantity]) => quantity > 0).map((row) => JSON.stringify(row)), ...low].sort();
}

/** Every part as the only one of a list: its line tells what is available. */
function aloneOf(given: Given): readonly ReportLine[] {
  return given.snapshot.parts.flatMap(({ pk }) =>
    calculate(inputOf({ ...given, list: [{ pk, quantity: 1 }] })).lines.filter((line) => line.pk === pk),
  );
}

/** Parts whose stock may stand in for one another. */
function families(snapshot: SnapshotGiven): readonly (readonly number[])[] {
  const family = new Map(snapshot.parts.map(({ pk }) => [pk, pk]));
  const join = (a: number, b: number): void => {
    const [from, to] = [family.get(a), family.get(b)];
    for (const [pk, of] of family) if (of === from && to !== undefined) family.set(pk, to);
  };
  for (const { pk, variantOf } of snapshot.parts) if (variantOf) join(pk, variantOf);
  for (const { subPart, substitutes } of snapshot.lines ?? []) for (const pk of substitutes ?? []) join(subPart, pk);
  return [...Map.groupBy(family.keys(), (pk) => family.get(pk)).values()];
}
