import { expect, it } from "vitest";
import { renderView } from "../../../src/core/view/terminal.ts";
import { viewOf } from "../../../src/core/view/view.ts";
import { line, report } from "../../notify/fixture-report.ts";
import { AT, monitor } from "../../notify/fixtures.ts";

it("a report in the terminal speaks the list's language to the last word, and is never wider than the terminal", () => {
  const lines = Array.from({ length: 1_203 }, (_, at) =>
    line({ pk: at + 1, name: `Teil ${at}`, required: 1_234.5, missing: 1, short: true }),
  );
  const view = viewOf({ report: report({ lines }), monitor: monitor({ language: "de" }), at: AT });
  const text = renderView(view, { columns: 60, color: false, rows: 3 });
  expect(text).toContain("\n… und 1.201 weitere\n");
  expect(text).toContain("Deckung 46 %");
  expect(text).toContain("1.234,5");
  expect(text).not.toMatch(/\b(and|more|of|missing|short)\b/i);
  expect(Math.max(...text.split("\n").map((row) => row.length))).toBeLessThanOrEqual(60);
});
