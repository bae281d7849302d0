import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calculate } from "../../../src/core/calculation/calculate.ts";
import { spansOf } from "../../../src/core/calculation/plan.ts";
import type { Report } from "../../../src/core/generated/report.ts";
import type { ListEntry, Plan } from "../../../src/core/monitor.ts";
import { addDays } from "../../../src/core/schedule/days.ts";
import { cases } from "../../support/cases.ts";
import { givens, inputOf } from "./random-snapshot.ts";

const seeded = cases(300);
const TODAY = "2026-11-20";

interface Given {
  readonly input: ReturnType<typeof inputOf>;
  readonly lists: readonly (readonly ListEntry[])[];
}

/** Up to four lists over one stock, some of whose entries have days. */
const planned: fc.Arbitrary<Given> = givens().chain((given) =>
  fc
    .record({
      of: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: given.list.length, maxLength: given.list.length }),
      days: fc.array(fc.option(fc.nat({ max: 40 }), { freq: 2 }), { minLength: 4, maxLength: 4 }),
      lead: fc.option(fc.nat({ max: 20 }), { nil: undefined, freq: 1 }),
    })
    .map(({ of, days, lead }) => {
      const entries = given.list.map((entry, index): ListEntry => {
        const day = days[index % 4];
        return day === null || day === undefined ? entry : { ...entry, needed_by: addDays(TODAY, day) };
      });
      const ids = [...new Set(of)].sort();
      const lists = ids.map((id) => entries.filter((_, index) => of[index] === id));
      // What some parts take is known, so that one list may have entries with and without a day.
      const parts = Object.fromEntries([1, 3, 4, 6].map((pk) => [String(pk), pk]));
      const leadTimes = { build: 2, parts, ...(lead === undefined ? {} : { default: lead }) };
      return { input: { ...inputOf(given), leadTimes }, lists };
    }),
);

function planOf(lists: Given["lists"]): Plan {
  const members = lists.map(({ length }, index) => ({ id: `l${index}`, name: `List ${index}`, entries: length }));
  return { lists: "all", members, left_out: [] };
}

function pooled({ input, lists }: Given): Report {
  const parts = lists.flatMap((list, index) => list.map((entry) => ({ ...entry, list: `l${index}` })));
  return calculate({ ...input, parts, plan: planOf(lists) });
}

const missingIn = (report: Report) =>
  new Map(report.lines.filter(({ missing }) => missing > 0).map(({ pk, missing }) => [pk, missing]));

describe("whatever the lists and the stock", () => {
  it("a plan counts as one list of all entries does, each at its turn", () => {
    fc.assert(
      fc.property(planned, (given) => {
        const together = calculate({ ...given.input, parts: given.lists.flat() });
        const plan = pooled(given);
        for (const name of ["lines", "summary", "can_build", "cost", "alternatives", "data_quality"] as const)
          expect(plan[name], name).toEqual(together[name]);
        const wordless = (report: Report) => report.ready?.map(({ words: _, ...row }) => row);
        if (together.ready !== undefined) expect(wordless(plan)).toEqual(wordless(together));
      }),
      seeded,
    );
  });

  it("a part is enough for each and not for all exactly where the plan lacks it and no list alone does", () => {
    fc.assert(
      fc.property(planned, (given) => {
        const plan = pooled(given);
        const alone = given.lists.map((parts) => missingIn(calculate({ ...given.input, parts })));
        const lacking = [...missingIn(plan).keys()].filter((pk) => alone.every((missing) => !missing.has(pk)));
        expect(plan.plan?.not_for_all).toEqual(lacking.sort((a, b) => a - b));
      }),
      seeded,
    );
  });

  it("a list is ready with the last of its entries, and in time if all of them are", () => {
    fc.assert(
      fc.property(planned, (given) => {
        const { plan, ready = [] } = pooled(given);
        expect(ready.length).toBe(given.lists.flat().length);
        for (const { member, start, end } of spansOf(plan?.lists ?? [])) {
          const own = ready.slice(start, end);
          expect(own.every(({ words }) => words.startsWith(`${member.id}: `))).toBe(true);
          const days = own.map(({ date }) => date ?? "never").sort();
          expect(member.date ?? "never").toBe(days.at(-1));
          const least =
            ["unknown", "if_ordered", "by"].find((state) => own.some((row) => row.state === state)) ?? "now";
          expect(member.state).toBe(least);
          expect(member.in_time === false).toBe(own.some(({ in_time }) => in_time === false));
        }
      }),
      seeded,
    );
  });

  it("a plan of one list says what that list says, and nothing is enough for each alone", () => {
    fc.assert(
      fc.property(planned, ({ input, lists: [list = []] }) => {
        const plan = pooled({ input, lists: [list] });
        expect(plan.lines).toEqual(calculate({ ...input, parts: list }).lines);
        expect(plan.plan?.not_for_all).toEqual([]);
      }),
      seeded,
    );
  });

  it("finds lists of which each alone has enough", () => {
    const found = fc.sample(planned, { seed: 1, numRuns: 300 }).map((given) => pooled(given).plan?.not_for_all ?? []);
    expect(found.filter(({ length }) => length > 0).length).toBeGreaterThan(2);
  });
});
