import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/core/generated/report.ts";
import { DEFAULT_POLICY, type Policy } from "../../../src/core/monitor.ts";
import { fold, type Section } from "../../../src/core/view/table.ts";
import { type View, viewOf } from "../../../src/core/view/view.ts";
import { calmReport, line, report } from "../../notify/fixture-report.ts";
import { AT, monitor, telling } from "../../notify/fixtures.ts";

function view(changes: Partial<Parameters<typeof viewOf>[0]> = {}): View {
  return viewOf({ ...telling(), ...changes });
}

function section(of: View, id: Section["id"]): Section | undefined {
  return of.sections.find((one) => one.id === id);
}

function cells(of: View, id: Section["id"], row: number): Record<string, string> {
  const found = section(of, id);
  return Object.fromEntries(
    found?.columns.map((column, at) => [column.id, found.rows[row]?.cells[at]?.text ?? ""]) ?? [],
  );
}

describe("a report as people read it", () => {
  it("has its sections in one order", () => {
    expect(view().sections.map((one) => one.id)).toEqual([
      "changed",
      "missing",
      "to_order",
      "to_build",
      "critical",
      "alternatives",
      "watched",
      "problems",
      "data_quality",
      "can_build",
      "cost",
      "parts",
    ]);
  });

  it("needs neither change nor links nor alerts: calc has none", () => {
    const bare = viewOf({ report: report(), monitor: monitor(), at: AT });
    expect(section(bare, "changed")).toBe(undefined);
    expect(section(bare, "missing")?.rows[0]?.cells[0]?.href).toBe(undefined);
    expect(section(bare, "missing")?.columns.map((column) => column.id)).not.toContain("since");
  });

  it("says of what is missing how much, since when, for what, and when it comes", () => {
    expect(cells(view(), "missing", 0)).toEqual({
      part: "MCU STM32L072RBT6",
      ipn: "IC-0031",
      version: "Y",
      required: "25",
      available: "4",
      missing: "21",
      delivery: "8 Dec 2026",
      since: "12 Nov 2026",
      optional: "",
      owed: "",
      needed_for: "Sensor Board",
    });
    expect(cells(view(), "missing", 1).delivery).toBe("late since 3 Nov 2026");
    expect(cells(view(), "missing", 2)).toMatchObject({
      delivery: "nothing ordered",
      since: "",
      needed_for: "Sensor Board › Power Module",
    });
  });

  it("lists an entry that stands for no part among what is missing, in the list's own words", () => {
    expect(cells(view(), "missing", 3)).toMatchObject({
      part: "Mounting Bracket XL",
      required: "25",
      missing: "25",
      delivery: "ambiguous",
    });
    expect(cells(view(), "parts", 9)).toMatchObject({ part: "Mounting Bracket XL", status: "ambiguous" });
  });

  it("has a word for where every part stands", () => {
    const lines = [
      line({ pk: 1, name: "a", missing: 1, short: true }),
      line({ pk: 2, name: "b", missing: 1, make: true, to_build: 1 }),
      line({ pk: 3, name: "c", missing: 1, make: true, in_production: 1 }),
      line({ pk: 4, name: "d", missing: 1, on_order: 1 }),
      line({ pk: 5, name: "e", critical: 1 }),
      line({ pk: 6, name: "f" }),
    ];
    const of = view({ report: report({ lines, problems: [] }) });
    expect(lines.map((_, at) => cells(of, "parts", at).status)).toEqual([
      "short",
      "to build",
      "in production",
      "on its way",
      "critical",
      "enough",
    ]);
    expect(section(of, "missing")?.rows).toHaveLength(1);
    for (const one of of.sections)
      for (const row of one.rows) for (const cell of row.cells) if (cell.tone === "bad") expect(cell.text).not.toBe("");
  });

  it("takes what is silenced out of every table but that of all parts, where it says so", () => {
    const lines = [
      line({ pk: 1, name: "a", missing: 2, to_order: 2, short: true }),
      line({ pk: 2, name: "b", critical: 3 }),
    ];
    const silenced: Report["silenced"] = [
      { kind: "short", part: 1, name: "a", quantity: 2, reason: "r", until: null },
      { kind: "critical", part: 2, name: "b", quantity: 3, reason: "r", until: null },
      { kind: "unresolved", part: "Mounting Bracket XL", name: "", quantity: 25, reason: "r", until: null },
      { kind: "low", part: 52, name: "Label", quantity: 880, reason: "r", until: null },
      { kind: "out", part: 51, name: "Solder paste", quantity: 500, reason: "r", until: null },
    ];
    const of = view({ report: report({ lines, silenced }) });
    expect(of.status).toBe("covered");
    for (const id of ["missing", "to_order", "critical", "watched"] as const) expect(section(of, id)).toBe(undefined);
    expect(cells(of, "parts", 0).notes).toBe("silenced");
    expect(section(of, "silenced")?.rows).toHaveLength(5);
  });

  it("counts low and out as not covered, but not what must be built or is critical", () => {
    const lines = [
      line({ pk: 1, name: "a", make: true, missing: 5, to_build: 5 }),
      line({ pk: 2, name: "b", critical: 1 }),
    ];
    expect(view({ report: report({ lines, problems: [], watched: [] }) }).status).toBe("covered");
    expect(view({ report: { ...calmReport(), watched: report().watched ?? [] } })).toMatchObject({
      status: "short",
      headline: "2 watched parts are low or out of stock",
    });
  });

  it("shows no summary of a list where there is only stock to watch", () => {
    const { summary } = report();
    const only = {
      ...calmReport(),
      lines: [],
      summary: { ...summary, parts_requested: 0, parts_available: 0, lines: 0, unresolved: 0 },
      watched: report().watched ?? [],
    };
    expect(view({ report: only }).facts.map((fact) => fact.id)).toEqual(["low", "out"]);
  });

  it("counts one part as one", () => {
    const one = view({
      report: report({ lines: [line({ pk: 1, name: "a", missing: 1, short: true })], problems: [] }),
    });
    expect(one.headline).toBe("1 part is short");
    expect(view().headline).toBe("4 parts are short");
  });

  it("says by what a line is covered", () => {
    const covered = line({
      pk: 1,
      name: "a",
      required: 5,
      covered_by: [{ line: 9, part: 41, quantity: 5 }],
      missing: 1,
      short: true,
    });
    const of = view({ report: report({ lines: [covered], names: { "41": "MCU STM32L073RBT6" } }) });
    expect(cells(of, "parts", 0).covered_by).toBe("5 MCU STM32L073RBT6");
    expect(cells(of, "missing", 0).covered_by).toBe("5 MCU STM32L073RBT6");
    const enough = view({ report: report({ lines: [{ ...covered, missing: 0, short: false }] }) });
    expect(cells(enough, "parts", 0).status).toBe("enough, with substitutes");
  });

  it("says once that the policy leaves stock out, where the first figure of it stands", () => {
    const policy = { ...DEFAULT_POLICY, stock: { locations: [], exclude: ["expired"] } } as const;
    const saying = (of: Report) =>
      view({ report: of, monitor: { ...monitor(), policy } })
        .sections.filter((one) => one.notes.join().includes("commitments are counted whole"))
        .map((one) => one.id);
    expect(saying(report())).toEqual(["missing"]);
    expect(saying({ ...calmReport(), watched: report().watched ?? [] })).toEqual(["watched"]);
    expect(saying(calmReport())).toEqual(["parts"]);
    expect(
      view()
        .sections.flatMap((one) => one.notes)
        .join(),
    ).not.toContain("commitments are counted whole");
  });

  it("says by which policy it is counted, where that is not the default", () => {
    const notes = (policy: Partial<Policy>) =>
      section(view({ monitor: { ...monitor(), policy: { ...DEFAULT_POLICY, ...policy } } }), "parts")?.notes;
    const usual = notes({}) ?? [];
    expect(notes({ demand: "none", optional: "exclude", buy: [4, "M-1"] })).toEqual([
      "Counted by this list's policy: demand: none; optional: exclude; buy: #4, M-1.",
      ...usual,
    ]);
    expect(notes({ on_order: "count" })).toEqual(["Counted by this list's policy: on_order: count.", ...usual]);
  });

  it("says of what is missing how much is optional, and how much earlier orders lack already", () => {
    const part = { required: 5, missing: 11, short: true };
    const lines = [
      line({ ...part, pk: 1, name: "a", optional: 5, owed: 6 }),
      line({ ...part, pk: 2, name: "b", optional: 2, units: "m", to_order: 11 }),
      line({ ...part, pk: 3, name: "c" }),
    ];
    const of = view({ report: report({ lines }) });
    const subs = section(of, "missing")?.rows.map((row) => row.cells[0]?.sub);
    expect(subs?.slice(0, 3)).toEqual(["optional · 6 of it for earlier orders", "2 m of 5 m optional", undefined]);
    expect(section(of, "to_order")?.rows[0]?.cells[0]?.sub).toBe("2 m of 5 m optional");
    expect([0, 1, 2].map((row) => cells(of, "missing", row)).map(({ optional, owed }) => [optional, owed])).toEqual([
      ["5", "6"],
      ["2 m", ""],
      ["", ""],
    ]);
    expect(
      section(view({ report: report({ lines: lines.slice(2) }) }), "missing")?.columns.map(({ id }) => id),
    ).toEqual(expect.not.arrayContaining(["optional", "owed", "covered_by"]));
  });

  it("names what limits a build, and says when nothing does", () => {
    expect(cells(view(), "can_build", 0)).toEqual({
      assembly: "Sensor Board",
      direct: "0",
      can_build: "4",
      limited_by: "MCU STM32L072RBT6",
    });
    const free = view({ report: report({ can_build: { "11": { now: 3, all_levels: null, limited_by: [] } } }) });
    expect(cells(free, "can_build", 0).can_build).toBe("no limit");
  });

  it("names what was silenced since the last mail", () => {
    const silenced = { kind: "short", part: 1, name: "a", quantity: 2, reason: "r", until: null } as const;
    const of = view({ change: { kind: "changed", rows: [], listEdited: true, nowSilenced: [silenced] } });
    expect(section(of, "changed")?.lead).toBe("The list was edited. 1 part was silenced.");
  });

  it("folds a table after so many rows and says how many there are", () => {
    const parts = section(view(), "parts");
    expect(parts && fold(parts, 4)).toMatchObject({ total: 10, folded: 6, rows: { length: 4 } });
    expect(parts && fold(parts, 10)).toEqual(parts);
  });

  it("links a part to its page whatever the base URL ends in", () => {
    for (const inventree of ["https://i.example/tree", "https://i.example/tree/"]) {
      expect(section(view({ links: { inventree } }), "missing")?.rows[0]?.cells[0]?.href).toBe(
        "https://i.example/tree/web/part/31/",
      );
    }
    expect(section(view({ links: { inventree: "ftp://i.example" } }), "missing")?.rows[0]?.cells[0]?.href).toBe(
      undefined,
    );
  });
});
