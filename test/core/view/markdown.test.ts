import { describe, expect, it } from "vitest";
import { markdownText, viewMarkdown } from "../../../src/core/view/markdown.ts";
import type { Section } from "../../../src/core/view/table.ts";
import type { View } from "../../../src/core/view/view.ts";

/** What GitHub makes of a backslash, an entity and an element: what people read, and copy. */
const shown = (markdown: string) =>
  markdown
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/<\/?span>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

describe("foreign text in Markdown", () => {
  it.each([
    ["a table cell", "a|b", "a\\|b"],
    ["a tag", "<script>alert(1)</script>", "&lt;script&gt;alert\\(1\\)&lt;/script&gt;"],
    ["an entity", "&lt;", "&amp;lt;"],
    ["a link", "[x](https://evil.example)", "\\[x\\]\\(https<span>:</span>//evil.example\\)"],
    ["an image", "![x](y)", "\\!\\[x\\]\\(y\\)"],
    ["an address that GitHub would link", "see www.evil.example", "see www<span>.</span>evil.example"],
    ["a mention", "@acme/everybody", "<span>@</span>acme/everybody"],
    ["an issue", "Screw #10", "Screw <span>\\#</span>10"],
    ["an issue by its old name", "GH-7", "GH<span>-</span>7"],
    ["a formula", "$x$", "\\$x\\$"],
    ["code", "`x`", "\\`x\\`"],
    ["emphasis", "*a* _b_ ~c~", "\\*a\\* \\_b\\_ \\~c\\~"],
    ["several lines", "a\n\n# b", "a \\# b"],
    ["an escape of its own", "\\|", "\\\\\\|"],
  ])("stays text: %s", (_, text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
    expect(shown(markdown)).toBe(text.replace(/\s+/g, " "));
  });
});

describe("a report as Markdown", () => {
  const section: Section = {
    id: "missing",
    title: "Missing",
    columns: [
      { id: "part", title: "Part", align: "left", priority: 1, merged: false },
      { id: "missing", title: "Missing", align: "right", priority: 1, merged: false },
    ],
    rows: [
      { cells: [{ text: "Chip | A", href: "https://inventree.example.com/part/3/?a=(b)|c" }, { text: "5" }] },
      { cells: [{ text: "Wire" }, { text: "1.5 m" }] },
      { cells: [{ text: "Nut" }, { text: "2" }] },
    ],
    notes: ["A *note*."],
    total: 3,
    folded: 0,
  };
  const view: View = {
    language: "de",
    name: "Boards",
    description: "",
    status: "short",
    statusWords: "parts short",
    headline: "3 parts are short",
    counts: "",
    checkedAt: "Checked now",
    news: "",
    facts: [{ id: "short", label: "Short", text: "3", tone: "bad", isTask: false }],
    sections: [section, { ...section, id: "parts", title: "All parts" }],
    links: {},
  };

  it("has the sections, columns and rows of the mail; what is folded is counted in the reader's language", () => {
    expect(viewMarkdown(view, { rows: 2 })).toBe(
      [
        "## Boards: 3 parts are short",
        "Checked now",
        "Short **3**",
        "### Missing",
        [
          "| Part | Missing |",
          "| --- | --: |",
          "| [Chip \\| A](https://inventree.example.com/part/3/?a=%28b%29%7Cc) | 5 |",
          "| Wire | 1.5 m |",
        ].join("\n"),
        "und 1 weitere",
        "A \\*note\\*.",
        "<details><summary>All parts (3)</summary>",
        [
          "| Part | Missing |",
          "| --- | --: |",
          "| [Chip \\| A](https://inventree.example.com/part/3/?a=%28b%29%7Cc) | 5 |",
          "| Wire | 1.5 m |",
        ].join("\n"),
        "und 1 weitere",
        "A \\*note\\*.",
        "</details>",
      ].join("\n\n"),
    );
  });
});
