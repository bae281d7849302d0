import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { calculate } from "../../../src/core/calculation/calculate.ts";
import type { Report } from "../../../src/core/generated/report.ts";
import { issueBody } from "../../../src/core/issue/body.ts";
import { parseBody } from "../../../src/core/issue/mark.ts";
import type { Monitor } from "../../../src/core/monitor.ts";
import type { SectionId } from "../../../src/core/view/texts/texts.ts";
import { type View, viewOf } from "../../../src/core/view/view.ts";
import { AT, monitor, notification } from "../../notify/fixtures.ts";
import { examplesOf, inputOf } from "../calculation/example.ts";

const [EXAMPLE, UNDATED] = examplesOf(readFileSync(join(import.meta.dirname, "../../../docs/plans.md"), "utf8"));

/** A plan as its report is after the first example of docs/plans.md, and another list that it leaves out. */
function given(changes: Partial<Monitor> = {}, example = EXAMPLE): { report: Report; monitor: Monitor } {
  if (example === undefined) throw new Error("docs/plans.md has no example");
  const input = inputOf(example);
  const report = calculate({ ...input, ...(input.plan ? { plan: { ...input.plan, left_out: ["idle"] } } : {}) });
  const lists = report.plan?.lists.map((list) => ({ ...list, name: `The ${list.id}` })) ?? [];
  return {
    report: { ...report, ...(report.plan === undefined ? {} : { plan: { ...report.plan, lists } }) },
    monitor: monitor({ parts: input.parts, ...changes }),
  };
}

function rows(view: View, id: SectionId): readonly Readonly<Record<string, string>>[] {
  const found = view.sections.find((one) => one.id === id);
  return (found?.rows ?? []).map(({ cells }) =>
    Object.fromEntries(found?.columns.map((column, at) => [column.id, cells[at]?.text ?? ""]) ?? []),
  );
}

describe("a plan's report as people read it", () => {
  it("says when each list is ready, what is enough for each and not for all, and which list needs a part", () => {
    const view = viewOf({ ...given(), at: AT });
    expect(rows(view, "plan_lists")).toEqual([
      { list: "The boards", id: "boards", entries: "1", ready: "no date known" },
      { list: "The cables", id: "cables", entries: "1", ready: "can start now" },
    ]);
    expect(view.sections.find(({ id }) => id === "plan_lists")?.notes).toEqual(["Inactive, so left out: idle."]);
    expect(rows(view, "not_for_all")).toMatchObject([
      {
        part: "Screw",
        required: "160",
        available: "100",
        missing: "60",
        needed_for: "boards: Board; cables: Cable set",
      },
    ]);
    expect(rows(view, "missing").map(({ part, needed_for }) => [part, needed_for])).toEqual([
      ["Screw", "boards: Board; cables: Cable set"],
      ["MCU", "boards: Board"],
    ]);
    expect(rows(view, "by_when").map(({ entry }) => entry)).toEqual(["boards: Board", "cables: Cable set"]);
    expect(rows(view, "parts").map(({ part, notes }) => [part, notes])).toEqual([
      ["Screw", "enough for each list alone"],
      ["MCU", ""],
      ["Cable set", ""],
      ["Board", ""],
      ["Plug", ""],
    ]);
    expect(view.sections.map(({ id }) => id).slice(0, 2)).toEqual(["plan_lists", "to_order"]);
  });

  it("says that an entry is late where its list has no day", () => {
    const { report, monitor } = given();
    const late = report.ready?.map((row) => ({ ...row, date: "2027-03-02", in_time: false })) ?? [];
    const view = viewOf({ report: { ...report, ready: late }, monitor, at: AT });
    const cells = view.sections.find(({ id }) => id === "plan_lists")?.rows.map((row) => row.cells.at(-1));
    expect(cells?.[0]).toEqual({ text: "no date known", sub: "1 entry is not in time", tone: "bad" });
    expect(cells?.[1]).toEqual({ text: "can start now", tone: "good" });
  });

  it("knows the words that its entries had, whatever its lists have become since", () => {
    const view = viewOf({ ...given({ parts: [] }), at: AT });
    expect(rows(view, "parts").map(({ part, needed_for }) => [part, needed_for])).toContainEqual([
      "Board",
      "boards: Board",
    ]);
  });

  it("has no column of days where there are none, and says in German what it says", () => {
    const view = viewOf({
      ...given({ language: "de" }, UNDATED),
      at: AT,
      change: { ...notification().change, listEdited: true },
    });
    expect(rows(view, "by_when")[1]).toEqual({
      entry: "second: R",
      quantity: "8",
      ready: "20. Jan. 2027",
      waits_for: "6 R (20. Jan. 2027)",
    });
    expect(rows(view, "plan_lists")[2]).toMatchObject({ ready: "24. Jan. 2027, wenn heute bestellt" });
    expect(view.sections.find(({ id }) => id === "not_for_all")).toMatchObject({
      title: "Für jede genug, nicht für alle",
      lead: "Jede Liste allein hat davon genug, alle zusammen nicht.",
    });
    expect(view.sections[0]?.lead).toContain("Der Plan oder eine seiner Listen wurde bearbeitet.");
  });

  it("says in an issue whose entries need a part, and that each list alone has enough of it", () => {
    const { report, monitor } = given();
    const alerts = report.lines
      .filter(({ short }) => short)
      .map(({ pk, name, missing }) => {
        const since = "2027-01-10T06:10:00Z";
        return {
          kind: "short" as const,
          part: pk,
          name,
          quantity: missing,
          state: "active" as const,
          since,
          seen_at: since,
          message: "",
        };
      });
    const body = issueBody({
      ...{ monitor, at: AT, report, alerts, remembered: [] },
      mark: { episode: 1, notification: "1.5f2c9e0b7a41d386", isNew: false, isOver: false },
      present: parseBody(""),
      boxes: new Map(),
      links: { inventree: "" },
    });
    expect(body).toContain(
      "<td>Screw<br><sub>boards: Board; cables: Cable set</sub></td><td>short, enough for each list alone</td>",
    );
    expect(body).toContain("<td>MCU<br><sub>boards: Board</sub></td><td>short</td>");
  });

  it("is silent about a part that is silenced", () => {
    const { report, monitor } = given();
    const screw = report.lines.find(({ name }) => name === "Screw")?.pk ?? 0;
    const row = { kind: "short" as const, part: screw, name: "Screw", quantity: 60, reason: "x", until: null };
    expect(rows(viewOf({ report: { ...report, silenced: [row] }, monitor, at: AT }), "not_for_all")).toEqual([]);
  });
});
