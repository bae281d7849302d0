import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textWidth, wrapToWidth } from "../../../src/core/text/text-width.ts";
import type { Column } from "../../../src/core/view/table.ts";
import { type TextTable, textTable } from "../../../src/core/view/text-table.ts";
import { cases } from "../../support/cases.ts";

function table(
  columns: readonly (readonly [string, Column["align"], Column["priority"]])[],
  rows: readonly (readonly string[])[],
): TextTable {
  return {
    columns: columns.map(([title, align, priority]) => ({ title, align, priority })),
    rows: rows.map((cells) => ({ cells: cells.map((text) => ({ text })) })),
  };
}

describe("a table in a terminal", () => {
  it("stands in columns, words to the left and numbers to the right", () => {
    const text = textTable(
      table(
        [
          ["Part", "left", 1],
          ["Missing", "right", 1],
        ],
        [
          ["Fuse", "5"],
          ["Relay 24 V", "1,200"],
        ],
      ),
      { width: 80 },
    );
    expect(text.split("\n")).toEqual([
      "Part        Missing",
      "----------  -------",
      "Fuse              5",
      "Relay 24 V    1,200",
    ]);
  });

  it("keeps its columns under wide letters, faces, flags and accents", () => {
    const names = ["漢字テスト", "👩‍👩‍👧 family", "🇩🇪 flag", "e\u0301tat", "ﾊﾝｶｸ"];
    const text = textTable(
      table(
        [
          ["Part", "left", 1],
          ["N", "right", 1],
        ],
        names.map((name) => [name, "7"]),
      ),
      { width: 80 },
    );
    expect(new Set(text.split("\n").map(textWidth)).size).toBe(1);
    expect(textWidth("漢字")).toBe(4);
    expect(textWidth("👩‍👩‍👧")).toBe(2);
    expect(textWidth("🇩🇪")).toBe(2);
    expect(textWidth("e\u0301tat")).toBe(4);
    // Wide since Unicode 16, vertical forms, a circled number that is not wide, half a flag.
    expect(["䷀", "𝌆", "︐", "㉊", "🇨"].map(textWidth)).toEqual([2, 2, 2, 1, 1]);
  });

  it("wraps a long name and leaves nothing of it out", () => {
    const name = "Connector M12, 5-pin, A-coded, panel mount, rear fastened, gold plated";
    const text = textTable(
      table(
        [
          ["Part", "left", 1],
          ["Missing", "right", 1],
        ],
        [[name, "5"]],
      ),
      { width: 40 },
    );
    const words = text
      .split("\n")
      .slice(2)
      .map((row) => row.slice(0, 31).trim())
      .join(" ");
    expect(words).toBe(name);
  });

  it("leaves out the least important columns where there is no room", () => {
    const wide = table(
      [
        ["Part", "left", 1],
        ["IPN", "left", 3],
        ["Required", "right", 2],
        ["Notes", "right", 5],
      ],
      [["Connector", "CON-000000000001", "10", "1234567890123456"]],
    );
    const titles = (width: number) => textTable(wide, { width }).split("\n")[0]?.split(/ {2,}/);
    expect(titles(80)).toEqual(["Part", "IPN", "Required", "Notes"]);
    expect(titles(45)).toEqual(["Part", "IPN", "Required"]);
    expect(titles(25)).toEqual(["Part", "Required"]);
  });

  it("stacks its rows where even the most important columns have no room", () => {
    const text = textTable(
      table(
        [
          ["Part", "left", 1],
          ["Missing", "right", 1],
        ],
        [
          ["Fuse", "123456789"],
          ["Relay", "1"],
        ],
      ),
      { width: 12 },
    );
    expect(text.split("\n")).toEqual(["Part: Fuse", "Missing:", "123456789", "", "Part: Relay", "Missing: 1"]);
  });

  it("lets no name move the cursor, colour the terminal or turn the direction around", () => {
    const text = textTable(table([["Part", "left", 1]], [["a\u001b[31mb\rc\nd\u202ee\u0007\u0085f\tg"]]), {
      width: 80,
    });
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text.split("\n")).toHaveLength(3);
  });

  it("colours words without moving them", () => {
    const plain = table(
      [
        ["Part", "left", 1],
        ["Status", "left", 1],
      ],
      [["Fuse", "short"]],
    );
    const toned: TextTable = { ...plain, rows: [{ cells: [{ text: "Fuse" }, { text: "short", tone: "bad" }] }] };
    const painted = textTable(toned, { width: 80, paint: (text, tone) => `<${tone}>${text}</>` });
    expect(painted).toContain("<bad>short </>");
    expect(painted.replace(/<[^>]*>/g, "").replace(/ +$/gm, "")).toBe(textTable(plain, { width: 80 }));
  });

  it("is never wider than asked, whatever is in it", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 });
    const cells = fc.array(text, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 5 }), fc.integer({ min: 8, max: 100 }), (rows, width) => {
        const columns = [
          ["Part", "left", 1],
          ["Number", "right", 2],
          ["Remark", "left", 3],
        ] as const;
        const lines = textTable(table(columns, rows), { width }).split("\n");
        for (const one of lines) expect(textWidth(one)).toBeLessThanOrEqual(width);
      }),
      cases(300),
    );
  });

  it("loses no letter of a text by wrapping it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), fc.integer({ min: 2, max: 30 }), (text, width) => {
        const bare = (words: string) => words.replaceAll(" ", "");
        expect(bare(wrapToWidth(text, width).join(""))).toBe(bare(text));
      }),
      cases(300),
    );
  });
});
