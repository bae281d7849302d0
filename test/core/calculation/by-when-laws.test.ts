import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { turnsOf } from "../../../src/core/calculation/ahead/turns.ts";
import { calculate } from "../../../src/core/calculation/calculate.ts";
import { countList } from "../../../src/core/calculation/count.ts";
import { plain } from "../../../src/core/calculation/quantity.ts";
import type { Snapshot } from "../../../src/core/calculation/snapshot.ts";
import { countStock } from "../../../src/core/calculation/stock.ts";
import type { Ready } from "../../../src/core/generated/report.ts";
import { DEFAULT_POLICY, type LeadTimes, type Policy } from "../../../src/core/monitor.ts";
import { addDays } from "../../../src/core/schedule/days.ts";
import { cases } from "../../support/cases.ts";
import { type Given, givens, inputOf, isAcyclic, type Plainness } from "./random-snapshot.ts";
import { snapshotOf } from "./snapshot-builder.ts";

const TODAY = "2026-11-20";
const seeded = cases(500);

interface DatedGiven extends Given {
  readonly leadTimes: LeadTimes;
}

const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays(TODAY, days));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });

/** Random lists whose entries, orders and builds may have days. */
function dated(plainness: Plainness = {}): fc.Arbitrary<DatedGiven> {
  return givens(plainness).chain((given) =>
    fc
      .record({
        needed: fc.array(maybe(day), { minLength: given.list.length, maxLength: given.list.length }),
        due: fc.array(maybe(day), { minLength: 3, maxLength: 3 }),
        placed: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }),
        built: maybe(day),
        lead: maybe(fc.integer({ min: 0, max: 30 })),
        build: fc.integer({ min: 0, max: 5 }),
      })
      .map(({ needed, due, placed, built, lead, build }) => ({
        ...given,
        list: given.list.map((entry, index) => {
          const needed_by = index === 0 ? (needed[0] ?? addDays(TODAY, 20)) : needed[index];
          return needed_by === null || needed_by === undefined ? entry : { ...entry, needed_by };
        }),
        snapshot: {
          ...given.snapshot,
          parts: given.snapshot.parts.map((part) => ({ ...part, onOrder: ordered(given, part.pk) })),
          orders: (given.snapshot.orders ?? []).map((order, index) => ({
            ...order,
            targetDate: due[index] ?? null,
            placed: placed[index] !== 0,
          })),
          builds: given.snapshot.parts.map(({ pk, scheduledToBuild = 0 }) => ({
            pk,
            part: pk,
            outstanding: scheduledToBuild,
            targetDate: built,
          })),
        },
        leadTimes: { build, ...(lead === null ? {} : { default: lead }) },
      })),
  );
}

function ordered({ snapshot }: Given, pk: number): number {
  const lines = (snapshot.orders ?? []).filter(({ part }) => part === pk);
  return lines.reduce((sum, { outstanding = 0 }) => sum + outstanding, 0);
}

function reportOf(given: DatedGiven) {
  return calculate({ ...inputOf(given), leadTimes: given.leadTimes });
}

/** Whether an entry is ready by the same day as before or sooner, and not out of time where it was in time. */
function expectNoneLater(after: readonly Ready[] | undefined, before: readonly Ready[] | undefined): void {
  for (const [index, row] of (before ?? []).entries()) {
    const now = after?.[index];
    if (row.date !== null && now?.date !== null && now !== undefined) expect(now.date <= row.date).toBe(true);
    if (row.date !== null) expect(now?.date).not.toBe(null);
    if (row.in_time === true) expect(now?.in_time).toBe(true);
  }
}

/** Nothing is lent, no cycle, no lots: what is there of a part is nobody else's. */
const OWN = { lots: false, policy: { substitutes: "suggest" as const } };

function withoutVariants<G extends Given>(given: G): G {
  const parts = given.snapshot.parts.map((part) => ({ ...part, variantOf: null }));
  return { ...given, snapshot: { ...given.snapshot, parts } };
}

describe("whatever the list, the stock and the days", () => {
  it("what the entries wait for of a bought part adds up to what the list lacks of it", () => {
    fc.assert(
      fc.property(dated(OWN), (random) => {
        const report = reportOf(withoutVariants(random));
        fc.pre(isAcyclic(report));
        for (const { pk, make, missing } of report.lines) {
          if (make) continue;
          const waits = report.ready?.flatMap(({ waits_for }) => waits_for.filter(({ part }) => part === pk)) ?? [];
          const sum = waits.reduce((total, { quantity }) => total + Math.round(quantity * 1e5), 0);
          expect(sum).toBe(Math.round(missing * 1e5));
        }
      }),
      seeded,
    );
  });

  it("an entry at its turn lacks what the list up to it lacks, counted alone", () => {
    fc.assert(
      fc.property(dated(), (given) => {
        const input = { ...inputOf(given), buy: new Set(given.policy.buy.filter((pk) => typeof pk === "number")) };
        const counting = { ...input, stock: countStock(input) };
        const turns: number[] = [];
        for (const { entry, count } of turnsOf(countList(counting), counting)) {
          turns.push(entry);
          const parts = given.list.filter((_, index) => turns.includes(index));
          const alone = new Map(calculate({ ...input, parts }).lines.map((line) => [line.pk, line.missing]));
          for (const node of count.order) {
            if (count.netting.required.of(node) === 0 || node.part.virtual) continue;
            expect(plain(count.netting.missing.of(node)), `part ${node.part.pk}`).toBe(alone.get(node.part.pk));
          }
        }
        expect(turns.toSorted()).toEqual([...given.list.keys()]);
      }),
      seeded,
    );
  });

  it("a shorter lead time makes no entry later", () => {
    fc.assert(
      fc.property(dated(), fc.integer({ min: 1, max: 10 }), (given, less) => {
        const { default: lead = 10, build = 0 } = given.leadTimes;
        const slow = { ...given, leadTimes: { default: lead + less, build: build + 1 } };
        const quick = { ...given, leadTimes: { default: lead, build } };
        expectNoneLater(reportOf(quick).ready, reportOf(slow).ready);
      }),
      seeded,
    );
  });

  it("an earlier arrival that is not before today makes no entry later", () => {
    fc.assert(
      fc.property(dated(), fc.nat({ max: 2 }), fc.integer({ min: 1, max: 30 }), (given, chosen, days) => {
        const orders = given.snapshot.orders?.map((order, index) => {
          if (index !== chosen || order.targetDate === null || order.targetDate === undefined) return order;
          const earlier = addDays(order.targetDate, -days);
          return { ...order, targetDate: earlier < TODAY ? TODAY : earlier };
        });
        const after = reportOf({ ...given, snapshot: { ...given.snapshot, orders: orders ?? [] } });
        expectNoneLater(after.ready, reportOf(given).ready);
      }),
      seeded,
    );
  });

  it("a later day that leaves the turn as it is puts no entry out of time", () => {
    fc.assert(
      fc.property(dated(), fc.integer({ min: 1, max: 30 }), (given, days) => {
        const list = given.list.map((entry) =>
          entry.needed_by === undefined ? entry : { ...entry, needed_by: addDays(entry.needed_by, days) },
        );
        expectNoneLater(reportOf({ ...given, list }).ready, reportOf(given).ready);
      }),
      seeded,
    );
  });

  it("without the days of orders and builds nothing is ready by a day that they name", () => {
    fc.assert(
      fc.property(dated(), (given) => {
        const orders = given.snapshot.orders?.map((order) => ({ ...order, targetDate: null })) ?? [];
        const report = reportOf({ ...given, snapshot: { ...given.snapshot, orders, builds: [] } });
        for (const { state } of report.ready ?? []) expect(["now", "if_ordered", "unknown"]).toContain(state);
      }),
      seeded,
    );
  });

  it("more stock makes no entry later", () => {
    fc.assert(
      fc.property(dated(OWN), fc.nat({ max: 8 }), fc.integer({ min: 1, max: 20 }), (random, chosen, more) => {
        const given = withoutVariants(random);
        const before = reportOf(given);
        fc.pre(isAcyclic(before));
        const index = chosen % given.snapshot.parts.length;
        const parts = given.snapshot.parts.map((part, at) =>
          at === index ? { ...part, inStock: (part.inStock ?? 0) + more } : part,
        );
        expectNoneLater(reportOf({ ...given, snapshot: { ...given.snapshot, parts } }).ready, before.ready);
      }),
      seeded,
    );
  });

  it("the number that can be built is that of stock at hand first, and nothing that arrives lowers it", () => {
    fc.assert(
      fc.property(dated(OWN), (given) => {
        const report = calculate({ ...inputOf(given), byWhen: true });
        fc.pre(isAcyclic(report));
        for (const [pk, { all_levels = 0, limited_by } = {}] of Object.entries(report.can_build)) {
          const [first, ...later] = report.how_many?.[pk]?.steps ?? [];
          expect(first).toEqual({ date: null, number: all_levels, limited_by });
          let before = first;
          for (const step of later) {
            expect(step.number ?? Infinity).toBeGreaterThanOrEqual(before?.number ?? Infinity);
            expect((step.date ?? "") > (before?.date ?? "")).toBe(true);
            before = step;
          }
        }
      }),
      seeded,
    );
  });

  it("an entry in two halves of the same day is ready as a whole when its second half is", () => {
    fc.assert(
      fc.property(dated(OWN), fc.nat({ max: 3 }), (random, chosen) => {
        const given = withoutVariants(random);
        const index = chosen % given.list.length;
        const entry = given.list[index];
        fc.pre(entry !== undefined && entry.quantity >= 2);
        if (entry === undefined) return;
        const halves = [
          { ...entry, quantity: 1 },
          { ...entry, quantity: entry.quantity - 1 },
        ];
        const list = given.list.toSpliced(index, 1, ...halves);
        const [whole, split] = [reportOf(given), reportOf({ ...given, list })];
        fc.pre(isAcyclic(whole));
        expect(split.ready?.[index + 1]?.date).toBe(whole.ready?.[index]?.date);
      }),
      seeded,
    );
  });
});

describe("an entry whose turn comes before that of one which stands before it on the list", () => {
  const turn = (policy: Partial<Policy>, snapshot: Snapshot) => {
    const parts = [
      { pk: 1, quantity: 1, needed_by: "2027-03-01" },
      { pk: 2, quantity: 1, needed_by: "2027-02-01" },
    ];
    const report = calculate({ parts, watch: [], policy: { ...DEFAULT_POLICY, ...policy }, snapshot, today: TODAY });
    return report.ready?.[1]?.waits_for.map(({ part, quantity }) => [part, quantity]);
  };

  it("follows BOMs that need each other from its own side", () => {
    const parts = [{ pk: 1 }, { pk: 2 }, { pk: 3 }];
    const lines = [
      { pk: 1, part: 1, subPart: 2 },
      { pk: 2, part: 2, subPart: 1 },
      { pk: 3, part: 1, subPart: 3 },
    ];
    expect(turn({}, snapshotOf({ parts, lines }))).toEqual([[3, 1]]);
  });

  it("takes substitutes in the order that it would have alone", () => {
    const parts = [{ pk: 1 }, { pk: 2 }, { pk: 3 }, { pk: 4 }, { pk: 5 }, { pk: 6, inStock: 1 }];
    const lines = [
      { pk: 1, part: 1, subPart: 5 },
      { pk: 2, part: 5, subPart: 3 },
      { pk: 3, part: 2, subPart: 3, substitutes: [6] },
      { pk: 4, part: 2, subPart: 4, substitutes: [6] },
    ];
    expect(turn({ substitutes: "use" }, snapshotOf({ parts, lines }))).toEqual([[4, 1]]);
  });
});
