import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { questions } from "./cases.ts";
import { told } from "./compare.ts";

describe("The independent oracle", () => {
  it("agrees", () => {
    fc.assert(
      fc.property(questions(), (q) => {
        const { actual, expected } = told(q);
        expect(actual).toEqual(expected);
      }),
      { seed: 42, numRuns: 2000 },
    );
  });
});
