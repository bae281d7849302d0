import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { calculate } from "../../../src/core/calculation/calculate.ts";
import { type Example, examplesOf, inputOf, observed } from "./example.ts";
import { isStockExample, stockAheadOf } from "./stock-ahead-example.ts";

const page = ["calculation", "by-when", "plans", "buying", "stock-ahead"]
  .map((name) => readFileSync(join(import.meta.dirname, `../../../docs/${name}.md`), "utf8"))
  .join("\n");
const examples = examplesOf(page);

describe("the examples of the calculation's pages", () => {
  it.each(examples.map((example) => [example.title, example] as const))("hold: %s", (_title, example) => {
    check(example);
  });

  it("are all found, those that must hold among them", () => {
    const titles = examples.map((example) => example.title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.length).toBe(page.match(/^```yaml example$/gm)?.length);
    expect(titles).toEqual(
      expect.arrayContaining([
        "Shared sub-assembly, two paths",
        "Attrition, setup, rounding",
        "Same part twice in the list",
        "Variants",
        "Committed beyond stock",
        "A deficit elsewhere",
        "The list's own sub-part",
        "All there",
        "Optional by path",
        "Optional by path, excluded",
        "Consumables",
        "Floats",
        "Production",
        "On order",
        "On order, counted",
        "Purchaseable assembly",
        "Purchaseable assembly, bought",
        "Not readable",
        "Neither purchaseable nor assembly",
        "Cycle",
        "Deep sharing",
        "Phantom",
        "Two turns",
        "Late",
        "Ordered today",
        "Build days",
        "Comes and goes",
        "Pull in",
      ]),
    );
  });

  it("would fail if a figure were wrong", () => {
    const [first] = examples.filter((example) => example.title === "Variants");
    if (first === undefined) throw new Error("no such example");
    const wrong = { ...first, expect: { ...first.expect, lines: { T: { missing: 2 } } } };
    expect(() => check(wrong)).toThrow();
  });
});

function check(example: Example): void {
  const { fails, ...expected } = example.expect;
  if (isStockExample(example)) {
    expect(stockAheadOf(example)).toMatchObject(expected);
    return;
  }
  if (fails !== undefined) {
    expect(() => calculate(inputOf(example))).toThrow(fails);
    return;
  }
  const seen = observed(calculate(inputOf(example)), example);
  expect(seen).toMatchObject(expected);
  if (expected.lines !== undefined) expect(Object.keys(seen.lines).sort()).toEqual(Object.keys(expected.lines).sort());
}
