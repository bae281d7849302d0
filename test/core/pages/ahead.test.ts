import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Movement } from "../../../src/core/calculation/ahead/movements.ts";
import type { Language } from "../../../src/core/view/format.ts";
import { type TimelineStep, timeline } from "../../../src/pages/charts/timeline.ts";
import { frameFor } from "../../../src/pages/frame.ts";
import { howManyCards } from "../../../src/pages/how-many.ts";
import {
  lowestTile,
  movesCard,
  type PartAheadShown,
  stockChart,
  stockSentence,
} from "../../../src/pages/stock-ahead.ts";
import { line, report } from "../../notify/fixture-report.ts";
import { AT, monitor } from "../../notify/fixtures.ts";
import { cases } from "../../support/cases.ts";

function frame(language: Language = "en") {
  return frameFor({
    language,
    timezone: "Europe/Berlin",
    to: {
      page: (name) => `${name}.html`,
      list: (id) => `lists/${id}.html`,
      part: (_, pk) => `parts/${pk}.html`,
      file: (name) => name,
    },
  });
}

const movement = (kind: Movement["kind"], reference: string, quantity: number, supplier?: string): Movement => ({
  ...{ kind, reference, quantity, due: null },
  ...(supplier === undefined ? {} : { supplier }),
});

const SOCKET: PartAheadShown = {
  readAt: AT,
  isStale: false,
  names: new Map([["spring", "Spring <batch>"]]),
  stock: {
    part: { pk: 14, name: "M8 panel socket", ipn: "CON-0001", units: "" },
    ...{ today: "2026-11-27", in_stock: 46, minimum: 20 },
    days: [
      { date: "2026-11-27", stock: 46, movements: [] },
      { date: "2026-12-05", stock: 26, movements: [movement("for_build", "BO-0014", -20)] },
      { date: "2027-01-06", stock: -15, movements: [movement("for_list", "spring", -41)] },
      { date: "2027-01-20", stock: 35, movements: [movement("order", "PO-0049", 50, "Mouser")] },
    ],
    lowest: { date: "2027-01-06", stock: -15 },
    below_zero: [{ from: "2027-01-06", until: "2027-01-20" }],
    below_minimum: [{ from: "2027-01-06", until: "2027-01-20" }],
    without_day: [{ ...movement("order", "PO-0031", 5, "Mouser"), due: "2026-11-17", because: "late" }],
    pull_in: { kind: "order", reference: "PO-0049", supplier: "Mouser", days: 14, moves: [] },
    lists: ["spring"],
  },
};

describe("stock ahead", () => {
  it("says in a sentence when a part runs out, for how long, and what would help", () => {
    expect(stockSentence(SOCKET, frame())).toBe(
      "15 short from 6 Jan 2027 to 20 Jan 2027, then enough. If PO-0049, Mouser came 14 days earlier, it would never run out.",
    );
    expect(stockSentence(SOCKET, frame("de"))).toMatch(
      /^15 zu wenig vom 6\. Jan\. 2027 bis 20\. Jan\. 2027, dann genug\./,
    );
    const calm = { ...SOCKET, stock: { ...SOCKET.stock, below_zero: [], below_minimum: [], pull_in: null } };
    expect(stockSentence(calm, frame())).toBe("Enough on every day, as far as is known.");
    expect(lowestTile(SOCKET, frame())).toMatchObject({ figure: "-15", line: "6 Jan 2027, for 14 days", hue: "bad" });
    expect(lowestTile({ ...SOCKET, isStale: true }, frame()).hue).toBe("mute");
  });

  it("draws the time below zero apart, shaded, with the minimum, for two widths, and says the same aloud", async () => {
    const text = String(await stockChart(SOCKET, frame()));
    expect(text.match(/<svg /g)).toHaveLength(2);
    expect(
      text.match(/role="img" aria-label="Stock ahead of M8 panel socket: 46 now, at its lowest -15 on 6 Jan 2027\."/g),
    ).toHaveLength(2);
    expect(text.match(/class="shade"/g)).toHaveLength(2);
    expect(text.match(/class="line bad"/g)).toHaveLength(2);
    expect(text.match(/class="line good"/g)).toHaveLength(4);
    expect(text).toContain(">minimum 20</text>");
    // Steps: along, then up or down, never across.
    for (const [, path = ""] of text.matchAll(/class="line [a-z]+" d="([^"]+)"/g))
      expect(path).toMatch(/^M[-\d. ]+[HV\d.-]+$/);
    expect(text).toContain("−41 Spring &lt;batch&gt;");
    expect(text).not.toMatch(/ style=|NaN|Infinity/);
    expect(text).toContain("Read from InvenTree Fri 20 Nov, 07:10.");
    expect(text).not.toContain("old");
    expect(String(await stockChart({ ...SOCKET, isStale: true }, frame()))).toContain("These figures are old.");
  });

  it("has a table of what comes and goes, what has no day at its end", async () => {
    const rows = [...String(await movesCard(SOCKET, frame())).matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
      row
        .replace(/<[^>]+>/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    );
    expect(rows).toEqual([
      "Day What Change Then",
      "5 Dec 2026 For build BO-0014 −20 26",
      "6 Jan 2027 For list Spring &lt;batch&gt; −41 -15",
      "20 Jan 2027 Order PO-0049, Mouser +50 35",
      "No day known late since 17 Nov 2026 Order PO-0031, Mouser +5",
    ]);
  });
});

describe("how many, by when", () => {
  const steps = [
    { date: null, number: 0, limited_by: [31] },
    { date: "2026-12-14", number: 5, limited_by: [32] },
    { date: "2026-12-21", number: 5, limited_by: [32] },
    { date: "2027-01-11", number: 14, limited_by: [33] },
  ];
  const list = {
    ...{ reportedAt: AT, isStale: false, monitor: monitor(), instance: "default", ahead: null },
    report: report({
      lines: [line({ pk: 11, name: "Sensor Board", why: [{ entry: 0, path: [{ pk: 11, name: "Sensor Board" }] }] })],
      names: { "31": "MCU", "32": "Connector", "33": "Wire" },
      how_many: { "11": { steps, without_day: [{ part: 33, quantity: 10, because: "late" }] } },
    }),
  };

  it("draws each step with what limits it, what is wanted, and says the same as a table", async () => {
    const text = String(await howManyCards(list, frame()));
    expect(text).toContain("<h2>Sensor Board: how many, by when</h2>");
    expect(text).toContain('aria-label="How many Sensor Board, by when. Today: 0; 14 Dec 2026: 5; 11 Jan 2027: 14."');
    for (const words of ["25 wanted", "0: MCU", "5: Connector", "14: Wire", "No more than 14 as things stand: Wire"])
      expect(text).toContain(words);
    const rows = [...text.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) => row.replace(/<[^>]+>/g, "|"));
    expect(rows).toHaveLength(4);
    expect(text).toContain('<a href="parts/33.html">Wire</a>');
    expect(String(await howManyCards(list, frame("de")))).toContain("Sensor Board: Wie viele bis wann");
  });

  it("draws nothing where nothing that arrives makes a difference, or nobody knows", async () => {
    const same = { "11": { steps: steps.slice(0, 1), without_day: [] } };
    expect(String(await howManyCards({ ...list, report: report({ how_many: same }) }, frame()))).toBe("");
    expect(String(await howManyCards({ ...list, report: null }, frame()))).toBe("");
  });
});

describe("a chart of days to come", () => {
  const step = fc.record({
    days: fc.integer({ min: 1, max: 90 }),
    value: fc.integer({ min: -500, max: 5000 }),
    label: fc.string({ maxLength: 40 }),
  });

  it("stays within its frame, with at most six labels, none over another", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 80 }), async (made) => {
        let at = Date.parse("2026-11-27T12:00:00Z");
        const steps = made.map(({ days, value, label }, index): TimelineStep => {
          at += index === 0 ? 0 : days * 86_400_000;
          return { at: new Date(at), value, label, short: String(value), hue: "good", lines: [label] };
        });
        const text = String(await timeline({ steps, words: "w", day: () => "1 Jan", today: "Today" }));
        const [wide = "", narrow = ""] = text.split("</svg>");
        for (const [drawn, width, most] of [
          [wide, 1000, 6],
          [narrow, 330, 3],
        ] as const) {
          const labels = [...drawn.matchAll(/<text class="halo name" x="([-\d.]+)" y="([-\d.]+)">/g)].map(
            ([, x, y]) => ({
              x: Number(x),
              y: Number(y),
            }),
          );
          expect(labels.length).toBeLessThanOrEqual(most);
          for (const [index, one] of labels.entries())
            for (const other of labels.slice(index + 1))
              expect(Math.abs(one.y - other.y) >= 15.9 || other.x > one.x).toBe(true);
          for (const [, x, y] of drawn.matchAll(/<circle class="mark good" cx="([-\d.]+)" cy="([-\d.]+)"/g)) {
            expect(Number(x)).toBeGreaterThanOrEqual(0);
            expect(Number(x)).toBeLessThanOrEqual(width);
            expect(Number(y)).toBeGreaterThanOrEqual(0);
            expect(Number(y)).toBeLessThanOrEqual(250);
          }
          expect(drawn).not.toMatch(/NaN|Infinity/);
        }
      }),
      cases(100),
    );
  });
});
