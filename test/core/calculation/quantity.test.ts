import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  LARGEST,
  ONE,
  percentOf,
  plain,
  quantityOf,
  times,
  upToMultiple,
} from "../../../src/core/calculation/quantity.ts";
import { cases } from "../../support/cases.ts";

const seeded = cases(2_000);
const quantities = fc.integer({ min: 0, max: LARGEST });

describe("quantities", () => {
  it.each([
    [0.1, 10_000],
    [1.000005, 100_001],
    [1.000004999, 100_000],
    [0.000005, 1],
    [0.0000049, 0],
    [1e-7, 0],
    [-0, 0],
    [-0.000001, 0],
    [-2.5, -250_000],
    [10_000_000_000, LARGEST],
    [9_999_999_999.99999, LARGEST - 1],
  ])("are counted in hundred-thousandths, rounded half up: %d", (value, counted) => {
    expect(quantityOf(value)).toBe(counted);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("must be finite: %d", (value) => {
    expect(() => quantityOf(value)).toThrow(RangeError);
  });

  it("are what they were when they are written and read", () => {
    fc.assert(
      fc.property(fc.integer({ min: -LARGEST, max: LARGEST }), (quantity) => {
        expect(quantityOf(Number(JSON.stringify(plain(quantity))))).toBe(quantity + 0);
      }),
      seeded,
    );
  });

  it("multiply exactly, rounded half up, however large", () => {
    fc.assert(
      fc.property(quantities, quantities, (a, b) => {
        const product = BigInt(a) * BigInt(b);
        fc.pre(product / BigInt(ONE) <= BigInt(LARGEST));
        expect(BigInt(times(a, b))).toBe((product + BigInt(ONE / 2)) / BigInt(ONE));
      }),
      {
        ...seeded,
        examples: [
          [LARGEST, ONE],
          [150_000, 33_333],
          [1, 50_000],
          [1, 49_999],
        ],
      },
    );
  });

  it("take percent exactly, rounded half up", () => {
    expect(plain(percentOf(quantityOf(21), quantityOf(10)))).toBe(2.1);
    expect(plain(percentOf(quantityOf(17.5), quantityOf(2)))).toBe(0.35);
    expect(percentOf(5, quantityOf(10))).toBe(1);
    expect(percentOf(4, quantityOf(10))).toBe(0);
  });

  it("go up to the next multiple and stay on one", () => {
    expect(upToMultiple(quantityOf(25.1), quantityOf(5))).toBe(quantityOf(30));
    expect(upToMultiple(quantityOf(30), quantityOf(5))).toBe(quantityOf(30));
    expect(upToMultiple(quantityOf(0.3), quantityOf(0.1))).toBe(quantityOf(0.3));
  });
});
