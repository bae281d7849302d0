import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "../../src/core/text/plain-text.ts";
import { plainNumber } from "../../src/core/view/format.ts";
import type { Cell } from "../../src/core/view/table.ts";
import { offerColumns } from "../../src/core/view/to-order.ts";
import { csvOf } from "../../src/notify/email/csv.ts";
import { renderReportMail } from "../../src/notify/email/report-mail.ts";
import { cases } from "../support/cases.ts";
import { line } from "./fixture-report.ts";
import { monitor, notification } from "./fixtures.ts";
import { cellsOf, formulasIn } from "./spreadsheet.ts";

function fieldsOf(cells: readonly Cell[], language: "en" | "de" = "en"): string {
  return tableOf([cells], language).split("\r\n")[1] ?? "";
}

function tableOf(rows: readonly (readonly Cell[])[], language: "en" | "de"): string {
  const columns = (rows[0] ?? []).map((_, index) => ({
    id: "part" as const,
    title: `T${index}`,
    align: "left" as const,
    priority: 1 as const,
    merged: false,
  }));
  return csvOf({ columns, rows: rows.map((cells) => ({ cells })) }, language);
}

describe("the CSV of a mail", () => {
  it("starts with a byte-order mark and ends its lines as Excel wants", () => {
    const { csv, attachments } = renderReportMail(notification(), { rows: 50 });
    expect(csv.startsWith("\uFEFFPart,IPN,")).toBe(true);
    expect(csv.endsWith("\r\n")).toBe(true);
    expect(csv.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(attachments[0]).toEqual({
      filename: "sensor-board.csv",
      contentType: "text/csv; charset=utf-8",
      content: csv,
    });
  });

  it("has point and comma in English, comma and semicolon in German, and never groups digits", () => {
    expect(fieldsOf([{ text: "1,234.5 m", value: 1234.5 }, { text: "a" }])).toBe("1234.5,a");
    expect(fieldsOf([{ text: "1.234,5 m", value: 1234.5 }, { text: "a" }], "de")).toBe("1234,5;a");
    const german = renderReportMail(notification({ monitor: monitor({ language: "de" }) }), { rows: 50 }).csv;
    expect(german).toContain("Wire AWG 24, red;WIR-0033;;fehlt;12,5;");
  });

  it.each([
    [5.551115123125783e-17, "0"],
    [1e-7, "0"],
    [-0, "0"],
    [0.1 + 0.2, "0.3"],
    [1e10, "10000000000"],
    [-8, "-8"],
    [0.00001, "0.00001"],
  ])("writes %d as people do: %s", (value, text) => {
    expect(fieldsOf([{ text: "x" }, { text: "y", value }])).toBe(`x,${text}`);
  });

  it.each(["=cmd()", "+1+1", "-2+3", "@SUM(A1)", " =1", "＝1", "|x", "%0a", "'=1", "\t=1"])(
    "never lets a text become a formula: %s",
    (text) => {
      const field = fieldsOf([{ text }]);
      expect(field.replace(/^"/, "").trimStart()).toMatch(/^'/);
    },
  );

  it.each(["-12.5", "-8", "42", "R 10k", "a=b", "Mounting -20 °C"])("leaves a harmless text as it is: %s", (text) => {
    expect(fieldsOf([{ text: "x" }, { text }])).toBe(`x,${text}`);
  });

  it("starts no formula inside a text either when it is opened with the other language's separator", () => {
    expect(fieldsOf([{ text: "x;=cmd()" }])).toBe("x;'=cmd()");
    expect(fieldsOf([{ text: "x,=cmd()" }], "de")).toBe("x,'=cmd()");
    expect(fieldsOf([{ text: "x,@A1" }, { text: "y" }])).toBe('"x,@A1",y');
  });

  it.each([
    'x;"=1+1;y',
    ";-2+3+cmd|' /C calc'!A0",
    'x;"";"=1',
    'x; " =1+1',
    "x,\t+1",
    '"=1',
    "a;;＝1",
    "-5",
    "x;-5",
    "\u0000=1",
    "\u200b=1",
    "a\r=1",
    "a\n-1+2",
  ])("has no formula in whatever separator it is opened with: %j", (text) => {
    for (const [language, separator] of [
      ["en", ","],
      ["de", ";"],
    ] as const) {
      const cells: readonly Cell[] = [{ text }, { text }, { text: "", value: -8.5 }, { text }];
      const csv = tableOf([cells, cells], language);
      expect(formulasIn(csv, separator)).toEqual([]);
      expect(cellsOf(csv, { separator, quoting: "at start" }).map((row) => row.length)).toEqual([4, 4, 4]);
    }
  });

  it("has no formula in any reading, and in its own one every text, but for apostrophes", () => {
    const piece = fc.constantFrom(
      ...[
        ",",
        ";",
        "\t",
        '"',
        '""',
        "'",
        " ",
        "=",
        "+",
        "-",
        "@",
        "＝",
        "－",
        "|",
        "1",
        "1.5",
        "a",
        "\r",
        "\n",
        "\u00a0",
      ],
    );
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    const cell = fc.oneof(
      { weight: 4, arbitrary: text.map((words): Cell => ({ text: words })) },
      {
        weight: 1,
        arbitrary: fc.integer({ min: -50, max: 50 }).map((value): Cell => ({ text: "x", value: value / 4 })),
      },
    );
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, fc.constantFrom("en", "de"), (table, language) => {
        const csv = tableOf(table, language);
        const separator = language === "en" ? "," : ";";
        expect(formulasIn(csv, separator)).toEqual([]);
        const read = cellsOf(csv.slice(1), { separator, quoting: "at start" }).slice(1);
        const bare = (words: string) => words.replaceAll("'", "");
        expect(read.map((row) => row.map(bare))).toEqual(
          table.map((row) =>
            row.map(({ text: words, value }) =>
              value === undefined
                ? bare(plainText(words))
                : plainNumber(value, { decimalMark: language === "en" ? "." : "," }),
            ),
          ),
        );
      }),
      cases(2000),
    );
  });

  it("has a price to its last decimal", () => {
    const columns = offerColumns();
    const offer = { supplier: "Mouser", sku: "M-1", mpn: null, link: null, packs: 1, pack: 1, unit_price: 0.123456 };
    const price = { currency: "EUR", total: 0.123456, below_first_break: false, next_break: null };
    const row = columns.map(({ cell }) => cell(line({ pk: 1, name: "R", offer: { ...offer, ...price } })));
    expect(fieldsOf(row)).toBe("Mouser,M-1,,1,1,0.123456,EUR");
    expect(fieldsOf(row, "de")).toBe("Mouser;M-1;;1;1;0,123456;EUR");
  });

  it("quotes separators and quotes", () => {
    expect(fieldsOf([{ text: 'a,"b"' }, { text: "c" }])).toBe('"a,""b""",c');
    expect(fieldsOf([{ text: "a;b" }], "de")).toBe('"a;b"');
  });
});
