import { expect, it } from "vitest";
import type { StockAhead } from "../../../src/core/calculation/ahead/stock-ahead.ts";
import { textWidth } from "../../../src/core/text/text-width.ts";
import { formatFor } from "../../../src/core/view/format.ts";
import { renderHowMany } from "../../../src/core/view/how-many.ts";
import { renderStockAhead } from "../../../src/core/view/stock-ahead.ts";
import { renderView } from "../../../src/core/view/terminal.ts";
import { viewOf } from "../../../src/core/view/view.ts";
import { line, report } from "../../notify/fixture-report.ts";
import { AT, monitor } from "../../notify/fixtures.ts";

it("a report in the terminal speaks the list's language to the last word, and is never wider than the terminal", () => {
  const lines = Array.from({ length: 1_203 }, (_, at) =>
    line({ pk: at + 1, name: `Teil ${at}`, units: "m", required: 1_234.5, missing: 1, short: true }),
  );
  const view = viewOf({ report: report({ lines }), monitor: monitor({ language: "de" }), at: AT });
  const text = renderView(view, { columns: 60, color: false, rows: 3 });
  expect(text).toContain("\n… und 1.201 weitere\n");
  expect(text).toContain("Deckung 46 %");
  expect(text).toContain("1.234,5 m");
  expect(text).not.toMatch(/\b(and|more|of|missing|short)\b/i);
  expect(Math.max(...text.split("\n").map((row) => row.length))).toBeLessThanOrEqual(60);
});

it("how many by when is a chart whose bars have one scale, in the list's language, and fits the terminal", () => {
  const chart = {
    steps: [
      { date: null, number: 0, limited_by: [1] },
      { date: "2027-01-20", number: 1, limited_by: [1, 2] },
      { date: "2027-02-03", number: 1_200, limited_by: [3] },
      { date: "2027-02-04", number: null, limited_by: [] },
    ],
    without_day: [{ part: 2, quantity: 1_000, because: "late" as const }],
  };
  const names = { 2: "Kondensator 100 nF / 50 V", 3: "電源", 9: "Platine" };
  const shown = report({ lines: [line({ pk: 1, name: "Chip" })], names, how_many: { 9: chart } });
  expect(renderHowMany({ report: shown, monitor: monitor({ language: "de" }) }, { columns: 80, color: false })).toBe(`
Wie viele, bis wann

Platine
am Lager                 0                            Chip
20. Jan. 2027            1  █                         Chip, Kondensator 100 nF…
3. Feb. 2027         1.200  ████████████████████████  電源
4. Feb. 2027   ohne Grenze  ████████████████████████
Unterwegs ohne Termin: 1.000 Kondensator 100 nF / 50 V (überfällig)
`);
  for (const columns of [40, 80]) {
    const text = renderHowMany({ report: shown, monitor: monitor() }, { columns, color: false });
    expect(Math.max(...text.split("\n").map(textWidth))).toBeLessThanOrEqual(columns);
  }
  expect(renderHowMany({ report: report(), monitor: monitor() }, { columns: 80, color: false })).toBe("");
});

it("stock ahead says what comes and goes each day, what that means and what has no day, and fits the terminal", () => {
  const name = "Kondensator 100 nF / 50 V, 電源, 0603, X7R, in a name that is far longer than a terminal is wide";
  const due = "2027-01-04";
  const ahead = {
    schema_version: 1 as const,
    part: { pk: 7, name, ipn: "CAP-0007", units: "m" },
    today: "2027-01-10",
    in_stock: 12.5,
    minimum: 5,
    days: [
      { date: "2027-01-10", stock: 4.5, movements: [{ kind: "for_build", reference: "BO-1", quantity: -8, due }] },
      {
        date: "2027-01-20",
        stock: -1_230,
        movements: ["one", "two", "three"].map((list) => ({
          ...{ kind: "for_list" as const, reference: `list-with-a-long-name-${list}` },
          ...{ quantity: -411.5, due: "2027-01-20" },
        })),
      },
      {
        date: "2027-02-05",
        stock: 40,
        movements: [{ kind: "order", reference: "PO-0012", supplier: "Mouser", quantity: 1_270, due: "2027-02-05" }],
      },
    ],
    lowest: { date: "2027-01-20", stock: -1_230 },
    below_zero: [{ from: "2027-01-20", until: "2027-02-05" }],
    below_minimum: [{ from: "2027-01-10", until: "2027-02-05" }],
    without_day: [
      { kind: "order", reference: "PO-0015", supplier: "", quantity: 10, due, because: "late" },
      { kind: "order", reference: "PO-0016", supplier: "", quantity: 20, due, because: "not_placed" },
      { kind: "build", reference: "", quantity: 1, due: null, because: "undated" },
      { kind: "for_sale", reference: "SO-2", quantity: -7, due: null, because: "undated" },
    ],
    pull_in: null,
    problems: [{ list: "one", words: "Chipp", message: "No part is named Chipp" }],
  } satisfies StockAhead;
  const format = formatFor({ language: "en", timezone: "UTC" });
  const text = renderStockAhead(ahead, { columns: 80, color: false, format });
  expect(text.slice(text.indexOf("\n") + 1)).toBe(`In stock 12.5 m, minimum 5

10 Jan 2027     4.5  ██                    −8 for BO-1
20 Jan 2027  -1,230                        −411.5 for the list
                                           list-with-a-long-name-one, −411.5 for
                                           the list list-with-a-long-name-two,
                                           −411.5 for the list
                                           list-with-a-long-name-three
5 Feb 2027       40  ████████████████████  +1,270 on PO-0012 (Mouser)

Lowest: -1,230 m on 20 Jan 2027.
Below zero from 20 Jan 2027 until 5 Feb 2027.
Below the minimum from 10 Jan 2027 until 5 Feb 2027.
No single order or build could come soon enough to prevent it.
On its way without a day: 10 on PO-0015, overdue since 4 Jan 2027; 20 on
PO-0016, not placed yet; 1 that no order or build names.
Required without a day: 7 for SO-2.
Not counted: one, Chipp: No part is named Chipp
`);
  for (const columns of [40, 60]) {
    const narrow = renderStockAhead(ahead, { columns, color: false, format });
    expect(Math.max(...narrow.split("\n").map(textWidth))).toBeLessThanOrEqual(columns);
  }
});
