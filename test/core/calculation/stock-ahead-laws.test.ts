import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StockAhead, stockAhead } from "../../../src/core/calculation/ahead/stock-ahead.ts";
import { partOf } from "../../../src/core/calculation/part-index.ts";
import type { PurchaseOrderLine, Snapshot } from "../../../src/core/calculation/snapshot.ts";
import { addDays } from "../../../src/core/schedule/days.ts";
import { cases } from "../../support/cases.ts";
import { datedQuestions } from "../oracle/ahead-cases.ts";
import { later } from "../oracle/days.ts";
import type { Question } from "../oracle/world.ts";

const seeded = cases(400);

function aheadOf(question: Question, pk: number): StockAhead {
  return stockAhead(partOf(question.snapshot, pk), { ...question, listOf: () => "list" });
}

/** Any list, and one of its parts that is no phantom. */
function anyPart(): fc.Arbitrary<{ readonly question: Question; readonly pk: number }> {
  return fc
    .record({ question: datedQuestions(), chosen: fc.nat() })
    .map(({ question, chosen }) => {
      const pks = [...question.snapshot.parts.values()].filter(({ virtual }) => !virtual).map(({ pk }) => pk);
      return { question, pk: pks[chosen % pks.length] ?? 0 };
    })
    .filter(({ pk }) => pk > 0);
}

function withOrders(
  question: Question,
  pk: number,
  change: (line: PurchaseOrderLine) => PurchaseOrderLine | PurchaseOrderLine[],
): Question {
  const lines = (question.snapshot.purchaseOrderLines.get(pk) ?? []).flatMap(change);
  const purchaseOrderLines = new Map(question.snapshot.purchaseOrderLines).set(pk, lines);
  return { ...question, snapshot: { ...question.snapshot, purchaseOrderLines } };
}

function withPart(question: Question, pk: number, fields: Partial<ReturnType<typeof partOf>>): Question {
  const parts = new Map(question.snapshot.parts).set(pk, { ...partOf(question.snapshot, pk), ...fields });
  const snapshot: Snapshot = { ...question.snapshot, parts };
  return { ...question, snapshot };
}

/** In 0.00001, which a double holds exactly. */
function units(quantity: number): number {
  return Math.round(quantity * 1e5) + 0;
}

/** What is there at the end of a day, whether or not anything comes or goes on it. */
function stockOn({ days, in_stock }: StockAhead, date: string): number {
  return days.findLast((day) => day.date <= date)?.stock ?? in_stock;
}

describe("whatever comes and goes", () => {
  it("each day is the one before it with what comes and goes, and the lowest is the least of them", () => {
    fc.assert(
      fc.property(anyPart(), ({ question, pk }) => {
        const { in_stock, days, lowest, today } = aheadOf(question, pk);
        let stock = units(in_stock);
        for (const day of days) {
          for (const { quantity } of day.movements) stock += units(quantity);
          expect(units(day.stock)).toBe(stock);
        }
        expect(days.map(({ date }) => date)).toEqual([...new Set(days.map(({ date }) => date))].sort());
        expect(days[0]?.date).toBe(today);
        expect(lowest.stock).toBe(Math.min(...days.map((day) => day.stock)));
        expect(days.find(({ stock: there }) => there === lowest.stock)?.date).toBe(lowest.date);
      }),
      seeded,
    );
  });

  it("a day is in a span below zero or below minimum exactly if its stock is", () => {
    fc.assert(
      fc.property(anyPart(), ({ question, pk }) => {
        const { days, below_zero, below_minimum, minimum } = aheadOf(question, pk);
        const isIn = (spans: StockAhead["below_zero"], date: string): boolean =>
          spans.some(({ from, until }) => from <= date && (until === null || date < until));
        for (const { date, stock } of days) {
          expect(isIn(below_zero, date)).toBe(stock < 0);
          expect(isIn(below_minimum, date)).toBe(minimum > 0 && stock < minimum);
        }
      }),
      seeded,
    );
  });

  it("more stock lifts every day by as much", () => {
    fc.assert(
      fc.property(anyPart(), fc.integer({ min: 1, max: 50 }), ({ question, pk }, more) => {
        // Where lists require more or less of it than before, their entries say so.
        const bare = { ...question, parts: [], policy: { ...question.policy, stock: { locations: [], exclude: [] } } };
        const before = aheadOf(bare, pk);
        const after = aheadOf(withPart(bare, pk, { inStock: before.in_stock + more }), pk);
        expect(after.days.map(({ stock }) => units(stock))).toEqual(
          before.days.map(({ stock }) => units(stock) + units(more)),
        );
      }),
      seeded,
    );
  });

  it("an order that comes earlier lowers no day, and one in two lines of the same day changes none", () => {
    fc.assert(
      fc.property(anyPart(), fc.integer({ min: 1, max: 20 }), ({ question, pk }, days) => {
        const before = aheadOf(question, pk);
        const sooner = withOrders(question, pk, (line) => {
          if (line.targetDate === null || line.targetDate < question.today) return line;
          return { ...line, targetDate: later(question.today, addDays(line.targetDate, -days)) };
        });
        const after = aheadOf(sooner, pk);
        for (const { date } of [...before.days, ...after.days])
          expect(stockOn(after, date)).toBeGreaterThanOrEqual(stockOn(before, date));
        const split = withOrders(question, pk, (line) =>
          line.outstanding < 2
            ? line
            : [
                { ...line, outstanding: 1 },
                { ...line, outstanding: line.outstanding - 1, pk: line.pk + 500 },
              ],
        );
        const halves = aheadOf(split, pk);
        expect(halves.days.map(({ date, stock }) => [date, units(stock)])).toEqual(
          before.days.map(({ date, stock }) => [date, units(stock)]),
        );
        expect(halves.pull_in?.days).toBe(before.pull_in?.days);
      }),
      seeded,
    );
  });

  it("what has no day changes no day", () => {
    fc.assert(
      fc.property(anyPart(), ({ question, pk }) => {
        const onlyDated = withOrders(question, pk, (line) =>
          line.placed && line.targetDate !== null && line.targetDate >= question.today ? line : [],
        );
        const [all, dated] = [aheadOf(question, pk), aheadOf(onlyDated, pk)];
        expect(dated.days).toEqual(all.days);
        expect(dated.pull_in).toEqual(all.pull_in);
      }),
      seeded,
    );
  });

  it("where other demand does not count, no build and no sale takes anything", () => {
    fc.assert(
      fc.property(anyPart(), ({ question, pk }) => {
        const ahead = aheadOf({ ...question, policy: { ...question.policy, demand: "none" } }, pk);
        const kinds = [...ahead.days.flatMap(({ movements }) => movements), ...ahead.without_day].map((it) => it.kind);
        expect(kinds.filter((kind) => kind === "for_build" || kind === "for_sale")).toEqual([]);
      }),
      seeded,
    );
  });

  it("pulled in as it says, stock is never below zero; a day less, and it is", () => {
    let seen = 0;
    fc.assert(
      fc.property(anyPart(), ({ question, pk }) => {
        const { pull_in: pull, lowest, today } = aheadOf(question, pk);
        if (lowest.stock >= 0) expect(pull).toBe(null);
        if (pull === null || pull.kind === "build") return;
        seen += 1;
        const moved = (days: number) =>
          aheadOf(
            withOrders(question, pk, (line) => {
              const due = line.targetDate;
              if (line.orderReference !== pull.reference || !line.placed || due === null || due < today) return line;
              return { ...line, targetDate: later(today, addDays(due, -days)) };
            }),
            pk,
          );
        expect(moved(pull.days).lowest.stock).toBeGreaterThanOrEqual(0);
        expect(moved(pull.days - 1).lowest.stock).toBeLessThan(0);
      }),
      { ...seeded, numRuns: 4 * (seeded.numRuns ?? 100) },
    );
    expect(seen).toBeGreaterThan(10);
  });
});
