import { describe, expect, it } from "vitest";
import type { Cell } from "../../src/core/view/table.ts";
import { csvOf } from "../../src/notify/email/csv.ts";
import { renderReportMail } from "../../src/notify/email/report-mail.ts";
import { monitor, telling } from "./fixtures.ts";

function fieldsOf(cells: readonly Cell[], language: "en" | "de" = "en"): string {
  const columns = cells.map((_, index) => ({
    id: "part" as const,
    title: `T${index}`,
    align: "left" as const,
    priority: 1 as const,
    merged: false,
  }));
  return csvOf({ columns, rows: [{ cells }] }, language).split("\r\n")[1] ?? "";
}

describe("the CSV of a mail", () => {
  it("starts with a byte-order mark and ends its lines as Excel wants", () => {
    const { csv, attachments } = renderReportMail(telling(), { rows: 50 });
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
    const german = renderReportMail(telling({ monitor: monitor({ language: "de" }) }), { rows: 50 }).csv;
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
    expect(fieldsOf([{ text: "x", value }])).toBe(text);
  });

  it.each(["=cmd()", "+1+1", "-2+3", "@SUM(A1)", " =1", "＝1", "|x", "%0a", "'=1", "\t=1"])(
    "never lets a text become a formula: %s",
    (text) => {
      const field = fieldsOf([{ text }]);
      expect(field.replace(/^"/, "").trimStart()).toMatch(/^'/);
    },
  );

  it.each(["-12.5", "-8", "42", "R 10k", "a=b", "Mounting -20 °C"])("leaves a harmless text as it is: %s", (text) => {
    expect(fieldsOf([{ text }])).toBe(text);
  });

  it("starts no formula inside a text either when it is opened with the other language's separator", () => {
    expect(fieldsOf([{ text: "x;=cmd()" }])).toBe("x;'=cmd()");
    expect(fieldsOf([{ text: "x,=cmd()" }], "de")).toBe("x,'=cmd()");
    expect(fieldsOf([{ text: "x,@A1" }, { text: "y" }])).toBe('"x,@A1",y');
  });

  it("quotes separators and quotes", () => {
    expect(fieldsOf([{ text: 'a,"b"' }, { text: " c" }])).toBe('"a,""b"""," c"');
    expect(fieldsOf([{ text: "a;b" }], "de")).toBe('"a;b"');
  });
});
