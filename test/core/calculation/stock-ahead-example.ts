// Reads the examples of docs/stock-ahead.md: those of the calculation, with what open builds and sales require.
import { type StockAhead, stockAhead } from "../../../src/core/calculation/ahead/stock-ahead.ts";
import { partOf } from "../../../src/core/calculation/part-index.ts";
import type { Demand, Snapshot } from "../../../src/core/calculation/snapshot.ts";
import { type Example, inputOf } from "./example.ts";

export interface StockExample extends Example {
  readonly demands?: readonly {
    readonly part: string;
    readonly kind: Demand["kind"];
    readonly outstanding: number;
    readonly target_date?: string;
    readonly reference?: string;
  }[];
  /** The part that is looked at. */
  readonly stock_of: string;
}

export function isStockExample(example: Example): example is StockExample {
  return "stock_of" in example;
}

/** What the example asks: the part's pk, and the rest as for a calculation. */
export function stockQuestionOf(example: StockExample) {
  const input = inputOf(example);
  const names = Object.keys(example.parts ?? {});
  const pkOf = (name: string): number => {
    const pk = names.indexOf(name) + 1;
    if (pk === 0) throw new Error(`The example lacks part ${name}`);
    return pk;
  };
  const demands = (example.demands ?? []).map(
    ({ part, target_date: targetDate = null, reference = "", ...row }, index): Demand => ({
      ...row,
      ...{ pk: index + 1, part: pkOf(part), targetDate, reference },
    }),
  );
  const snapshot: Snapshot = { ...input.snapshot, demands: Map.groupBy(demands, ({ part }) => part) };
  return { pk: pkOf(example.stock_of), question: { ...input, snapshot } };
}

export function stockAheadOf(example: StockExample): StockAhead {
  const { pk, question } = stockQuestionOf(example);
  return stockAhead(partOf(question.snapshot, pk), { ...question, listOf: () => "list" });
}
