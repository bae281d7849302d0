import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/core/generated/report.ts";
import { DEFAULT_POLICY, type Policy } from "../../../src/core/monitor.ts";
import { fold, type Section } from "../../../src/core/view/table.ts";
import { type View, viewOf } from "../../../src/core/view/view.ts";
import { calmReport, line, report } from "../../notify/fixture-report.ts";
import { AT, monitor, notification } from "../../notify/fixtures.ts";

function view(changes: Partial<Parameters<typeof viewOf>[0]> = {}): View {
  return viewOf({ ...notification(), ...changes });
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
      "to_order",
      "chase",
      "on_its_way",
      "missing",
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

  it("says from which day on more of an assembly could be built, only where what arrives makes a difference", () => {
    const step = (date: string | null, number: number | null, limited_by: number[] = [901]) => ({
      date,
      number,
      limited_by,
    });
    const late = { part: 901, quantity: 5, because: "late" as const };
    const steps = [step(null, 3), step("2027-01-15", 3), step("2027-01-20", 5), step("2027-02-01", null, [])];
    const names = { 907: "Board", 908: "Rack", 901: "Chip" };
    const none = { steps: [step(null, 2), step("2027-01-15", 2)], without_day: [] };
    const how_many = { 907: { steps, without_day: [late] }, 908: none };
    const shown = viewOf({ report: report({ names, how_many }), monitor: monitor(), at: AT });
    expect(section(shown, "how_many")).toMatchObject({
      title: "How many, by when",
      lead: "Board",
      notes: ["On its way without a day: 5 Chip (overdue)"],
      columns: [{ title: "From" }, { title: "Could be built" }, { title: "Limited by" }],
      rows: [
        { cells: [{ text: "now" }, { text: "3", value: 3 }, { text: "Chip" }] },
        { cells: [{ text: "20 Jan 2027" }, { text: "5" }, { text: "Chip" }] },
        { cells: [{ text: "1 Feb 2027" }, { text: "no limit" }, { text: "" }] },
      ],
    });
    const many = { steps: Array.from({ length: 9 }, (_, at) => step(`2027-03-0${at + 1}`, at)), without_day: [] };
    const both = viewOf({ report: report({ names, how_many: { 907: many, 908: many } }), monitor: monitor(), at: AT });
    expect(section(both, "how_many")?.rows.map(({ cells: [one, , number] }) => [one?.text, number?.text])).toEqual(
      ["Board", "Rack"].flatMap((name) => ["0", "1", "2", "3", "4", "8"].map((number) => [name, number])),
    );
    const nothing = viewOf({ report: report({ names, how_many: { 908: none } }), monitor: monitor(), at: AT });
    expect(section(nothing, "how_many")).toBe(undefined);
  });

  it("says of watched parts what is on order, when it comes, and how much to order from whom", () => {
    const [first, second] = report().watched ?? [];
    if (first === undefined || second === undefined) throw new Error("nothing is watched");
    const arrival = { quantity: 20, reference: "PO-9", supplier: "Mouser", late: false, not_placed: false };
    const offer = {
      ...{ supplier: "Mouser", sku: "M-1", mpn: null, link: null, packs: 3, pack: 10, unit_price: 2, currency: "EUR" },
      ...{ total: 6, below_first_break: false, next_break: null },
    };
    const watched = [
      {
        ...{ ...first, units: "", location: null, on_order: 20, to_order: 28, order_quantity: 30, offer },
        outlook: { state: "covered" as const, date: "2026-12-01" },
        arrivals: [{ ...arrival, date: "2026-12-01" }],
      },
      { ...second, location: null, on_order: 0, outlook: { state: "not_covered" as const, date: null } },
    ];
    const shown = viewOf({ report: report({ watched }), monitor: monitor(), at: AT });
    expect(cells(shown, "watched", 0)).toMatchObject({
      ...{ on_order: "20", delivery: "1 Dec 2026", order_quantity: "3 × 10", supplier: "Mouser" },
    });
    // Nobody knows whether an assembly is bought.
    expect(cells(shown, "watched", 1)).toMatchObject({ delivery: "", order_quantity: "", supplier: "" });
    expect(
      section(viewOf({ report: report(), monitor: monitor(), at: AT }), "watched")?.columns.map(({ id }) => id),
    ).toEqual(expect.not.arrayContaining(["on_order", "delivery", "order_quantity", "supplier"]));
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
      order_reference: "PO-0012, Mouser",
      // As all of it, which the head says.
      since: "",
      optional: "",
      owed: "",
      needed_for: "Sensor Board",
    });
    expect(cells(view({ episode: null }), "missing", 0).since).toBe("12 Nov 2026");
    expect(cells(view(), "missing", 1).delivery).toBe("late since 3 Nov 2026");
    expect(cells(view(), "missing", 2)).toMatchObject({
      delivery: "nothing ordered",
      since: "",
      needed_for: "Sensor Board › Power Module",
    });
  });

  it("shows whole pieces of what has no unit, and how much of it attrition, setup and rounding add", () => {
    const figures = { required: 321.44, missing: 321.44, to_order: 321.44, overage: 41.44, short: true };
    const offer = {
      ...{ supplier: "Mouser", sku: "M-1", mpn: null, link: null, packs: 4, pack: 100, unit_price: 2, currency: "EUR" },
      ...{ total: 8, below_first_break: false, next_break: null },
    };
    const shown = viewOf({
      report: report({
        lines: [
          line({ pk: 1, name: "Capacitor", ...figures, order_quantity: 322 }),
          line({ pk: 2, name: "Wire", units: "m", ...figures, order_quantity: 321.44 }),
          line({ pk: 3, name: "Reel", ...figures, order_quantity: 400, offer }),
          line({ pk: 4, name: "Some in stock", ...figures, missing: 20.4, to_order: 20.4, order_quantity: 21 }),
          line({ pk: 5, name: "Half", required: 2.5, missing: 0.5, to_order: 0.5, order_quantity: 1, short: true }),
        ],
      }),
      monitor: monitor(),
      at: AT,
    });
    const columns = (id: Section["id"], at: number, names: readonly string[]) =>
      names.map((name) => cells(shown, id, at)[name]);
    expect([0, 1, 2, 3, 4].map((at) => columns("missing", at, ["required", "missing"]))).toEqual([
      ["322 (280 + 42)", "322"],
      ["321.44 m (280 + 41.44)", "321.44 m"],
      ["322 (280 + 42)", "322"],
      ["322 (280 + 42)", "21"],
      ["3", "1"],
    ]);
    expect([0, 1, 2, 3, 4].map((at) => columns("to_order", at, ["missing", "order_quantity"]))).toEqual([
      ["322", "322 (280 + 42)"],
      ["321.44 m", "321.44 m (280 + 41.44)"],
      ["322 (280 + 42)", "4 × 100"],
      // Stock serves first what the builds hold: all that is left to order is overage.
      ["21", "21 (0 + 21)"],
      ["1", "1"],
    ]);
    const values = section(shown, "parts")?.rows[0]?.cells.map(({ value }) => value) ?? [];
    expect(values.filter((value) => value !== undefined)).toEqual(expect.arrayContaining([321.44, 41.44]));
  });

  it("tells a change by less than a piece exactly, and else in whole pieces", () => {
    const row = { kind: "short" as const, part: 1, name: "Capacitor", sort: "worsened" as const };
    const told = (before: number, now: number) =>
      cells(
        viewOf({
          ...notification(),
          report: report({ lines: [line({ pk: 1, name: "Capacitor", required: 400, missing: now, short: true })] }),
          change: { kind: "changed", listEdited: false, rows: [{ ...row, before, now }] },
        }),
        "changed",
        0,
      );
    expect(told(280, 321.44)).toMatchObject({ before: "280", now: "322" });
    expect(told(321.2, 321.44)).toMatchObject({ before: "321.2", now: "321.44" });
  });

  it("says that a cost is unknown where nothing of it has a price, and has no such table where nothing at all has one", () => {
    const range = (max: number, unpriced: number) => ({ min: max / 2, max, unpriced });
    const shown = (required: ReturnType<typeof range>, missing: ReturnType<typeof range>) =>
      viewOf({
        report: report({ cost: { currency: "EUR", required, missing, to_order: range(0, 0) } }),
        monitor: monitor(),
        at: AT,
      });
    const some = shown(range(4, 1), range(0, 2));
    expect([0, 1, 2].map((at) => cells(some, "cost", at))).toMatchObject([
      { least: "€2.00", most: "€4.00", unpriced: "1" },
      { least: "unknown", most: "unknown", unpriced: "2" },
      // Nothing is to order: that costs nothing.
      { least: "€0.00", most: "€0.00", unpriced: "0" },
    ]);
    expect(section(shown(range(0, 3), range(0, 2)), "cost")).toBeUndefined();
  });

  it("says what to order from whom, in packs, at which price, with the sum", () => {
    expect(cells(view(), "to_order", 0)).toMatchObject({
      order_quantity: "10 × 5",
      supplier: "Binder GmbH",
      sku: "09-3442-500-05",
      unit_price: "€7.20",
      total: "€72.00",
    });
    expect(cells(view(), "to_order", 1)).toMatchObject({
      order_quantity: "1 × 100 m",
      unit_price: "",
      total: "no price",
    });
    const [connector] = section(view(), "to_order")?.rows ?? [];
    expect(connector?.cells.find(({ text }) => text === "€72.00")?.sub).toBe("12 × 5 cost €70.80");
    expect(connector?.cells.find(({ text }) => text === "Binder GmbH")?.href).toBe("https://shop.example.org/09-3442");
    expect(section(view(), "to_order")?.notes).toEqual(["Total €72.00; 1 part has no price."]);
    expect(cells(view(), "parts", 1)).toMatchObject({ packs: "10", pack: "5", mpn: "09 3442 500 05", currency: "EUR" });
  });

  it("says that prices cannot be read where that is so", () => {
    const blind = viewOf({ report: { ...report(), offers: "unreadable" }, monitor: monitor(), at: AT });
    expect(section(blind, "to_order")?.notes.at(-1)).toContain("could not be read");
  });

  it("says by when an entry is there, what it waits for, and what is too late to order", () => {
    const dated = report({
      ready: [
        {
          entry: 0,
          words: "Sensor Board",
          state: "unknown",
          date: null,
          in_time: false,
          needed_by: "2026-12-20",
          waits_for: [{ part: 32, quantity: 58, arrives: null, because: "late" }],
        },
        {
          entry: 1,
          words: "ipn=CBL-0007",
          state: "if_ordered",
          date: "2027-01-15",
          in_time: false,
          needed_by: "2026-12-20",
          waits_for: [{ part: 33, quantity: 12.2, arrives: "2027-01-15", because: "to_order" }],
        },
      ],
    });
    const lines = dated.lines.map((one) => (one.pk === 33 ? { ...one, order_by: "2026-11-01" } : one));
    const shown = viewOf({ report: { ...dated, lines }, monitor: monitor(), at: AT });
    expect(cells(shown, "by_when", 0)).toMatchObject({
      entry: "Sensor Board",
      needed_by: "20 Dec 2026",
      ready: "no date known",
      waits_for: "58 Connector M12, 5-pin, A-coded, panel mount, rear fastened, gold plated (overdue)",
    });
    expect(cells(shown, "by_when", 1)).toMatchObject({
      ready: "15 Jan 2027 if ordered today",
      waits_for: "12.2 m Wire AWG 24, red (15 Jan 2027)",
    });
    expect(cells(shown, "to_order", 1).order_by).toBe("1 Nov 2026, too late");
    expect(shown.headline).toBe("4 parts are short · 1 entry is not in time");
    expect(shown.facts.find(({ id }) => id === "late")).toMatchObject({ label: "Not in time", text: "1", tone: "bad" });
  });

  it("lists apart the orders to ask after, the longest overdue first, and those whose day is sure", () => {
    const shown = section(view(), "chase")?.rows.map((row) => row.cells.map(({ text }) => text));
    const connector = ["Connector M12, 5-pin, A-coded, panel mount, rear fastened, gold plated", "CON-0032"];
    expect(shown).toEqual([
      [...connector, "6", "PO-0009", "Binder GmbH", "late since 3 Nov 2026"],
      [...connector, "3", "PO-0010", "", "ordered, no date"],
      [...connector, "1", "PO-0013", "Mouser", "not placed yet"],
    ]);
    expect(cells(view(), "on_its_way", 0)).toMatchObject({
      quantity: "40",
      order_reference: "PO-0012",
      supplier: "Mouser",
      due: "8 Dec 2026",
    });
  });

  it("names a draft that covers it, whatever day it names, and none beside the order that comes on that day", () => {
    const placed = { date: "2026-12-01", quantity: 5, reference: "PO-0001", supplier: "Mouser", late: false };
    const draft = { ...placed, reference: "PO-0002", not_placed: true };
    const short = { name: "Chip", missing: 5, on_order: 5, short: true };
    const lines = [
      line({ ...short, pk: 1, outlook: { state: "undated", date: null }, arrivals: [draft] }),
      line({
        ...short,
        pk: 2,
        outlook: { state: "covered", date: "2026-12-01" },
        arrivals: [{ ...placed, not_placed: false }, draft],
      }),
    ];
    const shown = view({ report: report({ lines, problems: [] }) });
    expect(cells(shown, "missing", 0)).toMatchObject({
      delivery: "not placed yet",
      order_reference: "PO-0002, Mouser",
    });
    expect(cells(shown, "missing", 1)).toMatchObject({ delivery: "1 Dec 2026", order_reference: "PO-0001, Mouser" });
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
        .sections.filter((one) => one.notes.join().includes("commitments are counted in full"))
        .map((one) => one.id);
    expect(saying(report())).toEqual(["missing"]);
    expect(saying({ ...calmReport(), watched: report().watched ?? [] })).toEqual(["watched"]);
    expect(saying(calmReport())).toEqual(["parts"]);
    expect(
      view()
        .sections.flatMap((one) => one.notes)
        .join(),
    ).not.toContain("commitments are counted in full");
  });

  it("says by which policy it is counted, where that is not the default", () => {
    const notes = (policy: Partial<Policy>) =>
      section(view({ monitor: { ...monitor(), policy: { ...DEFAULT_POLICY, ...policy } } }), "parts")?.notes;
    const usual = notes({}) ?? [];
    expect(notes({ demand: "none", optional: "exclude", buy: [4, "M-1"] })).toEqual([
      "Calculated with this list's policy: demand: none; optional: exclude; buy: #4, M-1.",
      ...usual,
    ]);
    expect(notes({ on_order: "count" })).toEqual(["Calculated with this list's policy: on_order: count.", ...usual]);
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
