import { describe, expect, it } from "vitest";
import { clip, plainText, webAddress } from "../../../src/core/text/plain-text.ts";
import { formatFor, plainNumber } from "../../../src/core/view/format.ts";

const en = formatFor({ language: "en", timezone: "Europe/Berlin" });
const de = formatFor({ language: "de", timezone: "America/New_York" });

describe("numbers and dates for people", () => {
  it.each([
    [1234.5, "1,234.5", "1.234,5"],
    [5.551115123125783e-17, "0", "0"],
    [-0, "0", "0"],
    [-1e-9, "0", "0"],
    [1e-7, "0", "0"],
    [0.1 + 0.2, "0.3", "0,3"],
    [0.00001, "0.00001", "0,00001"],
    [1e10, "10,000,000,000", "10.000.000.000"],
    [-8, "-8", "-8"],
  ])("%d is %s in English and %s in German", (value, english, german) => {
    expect(en.quantity(value)).toBe(english);
    expect(de.quantity(value)).toBe(german);
  });

  it("have the unit behind them", () => {
    expect(en.quantity(12.5, "m")).toBe("12.5 m");
  });

  it("are in the monitor's zone, and a calendar day is in none", () => {
    const instant = new Date("2026-11-20T02:10:00Z");
    expect(en.instant(instant)).toBe("Fri, 20 Nov 2026, 03:10 CET");
    expect(de.instant(instant)).toMatch(/^Do\., 19\. Nov\. 2026, 21:10/);
    expect(de.dayOf(instant)).toBe("19. Nov. 2026");
    expect(de.day("2026-11-20")).toBe("20. Nov. 2026");
    expect(en.day("2026-11-20")).toBe("20 Nov 2026");
    expect(en.day("someday")).toBe("someday");
  });

  it("write money in its currency, or bare where that is unknown", () => {
    expect(en.money(1043.955, "EUR")).toBe("€1,043.96");
    expect(de.money(1043.5, "EUR")).toBe("1.043,50 €");
    expect(en.money(3, null)).toBe("3.00");
    expect(en.money(3, "no such")).toBe("3.00");
    expect(en.money(-1e-9, "EUR")).toBe("€0.00");
  });

  it("write numbers for machines without grouping", () => {
    expect(plainNumber(1234567.891, { decimalMark: "." })).toBe("1234567.891");
    expect(plainNumber(1000, { decimalMark: "," })).toBe("1000");
    expect(plainNumber(-0.5, { decimalMark: "," })).toBe("-0,5");
  });
});

describe("foreign text", () => {
  it("becomes one line without controls, hidden signs or turned direction", () => {
    expect(plainText(" a\r\n b\tc\u00a0d ")).toBe("a b c d");
    expect(plainText("x\u202Ey\u0000z\u200B\u00AD!\uD800")).toBe("x\uFFFDy\uFFFDz!\uFFFD");
    expect(plainText("👩‍👩‍👧 漢字 שלום é")).toBe("👩‍👩‍👧 漢字 שלום é");
  });

  it("is cut between letters as people see them", () => {
    expect(clip("abcdef", 4)).toBe("abc…");
    expect(clip("abcd", 4)).toBe("abcd");
    expect(clip("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2)).toBe("👩‍👩‍👧…");
  });

  it.each([
    ["https://a.example/x?y=1#z", "https://a.example/x?y=1#z"],
    ["HTTP://A.example", "http://a.example/"],
    ["javascript:alert(1)", undefined],
    ["data:text/html,x", undefined],
    ["https://user:password@a.example", undefined],
    ["//a.example", undefined],
    ["not an address", undefined],
    ['https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"],
    [null, undefined],
  ])("is a link only if it is a web address: %s", (address, link) => {
    expect(webAddress(address)).toBe(link);
  });
});
