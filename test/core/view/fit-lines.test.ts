import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitCommand, fitLines } from "../../../src/core/text/fit-lines.ts";
import { visibleWidth } from "../../../src/core/text/text-width.ts";
import { painter } from "../../../src/core/view/terminal.ts";

describe("lines that are fitted", () => {
  it("stay as they are where they have room, blanks included", () => {
    const text = "kept  monitors/a.yaml \n\n  a   b\n";
    expect(fitLines(text, 24)).toBe(text);
  });

  it("go on two blanks further in, or below the text that a mark, a number or a label begins", () => {
    expect(fitLines("board is overdue: expected today", 20)).toBe("board is overdue:\n  expected today");
    expect(fitLines("  board is overdue today", 20)).toBe("  board is overdue\n    today");
    expect(fitLines("  - left out: not known", 20)).toBe("  - left out: not\n    known");
    expect(fitLines("12. Tell GitHub where it is", 20)).toBe("12. Tell GitHub\n    where it is");
    expect(fitLines("CSV   name,version,quantity or ipn", 28)).toBe("CSV   name,version,quantity\n      or ipn");
  });

  it("leave a word whole, so that it can be copied", () => {
    const path = "monitors/a-very-long-name.yaml";
    expect(fitLines(`wrote ${path}: done`, 20)).toBe(`wrote\n  ${path}:\n  done`);
  });

  it("do not count colours", () => {
    const text = painter(true)("board failed today", "bad");
    expect(fitLines(text, 18)).toBe(text);
    expect(fitLines(text, 12)).toBe("\u001b[31mboard failed\n  today\u001b[0m");
  });

  it("remain a command, with its flags beside their values", () => {
    const command = '  $ partwatch calc "Sensor Board:25" --from plan.yaml';
    const fitted = '  $ partwatch calc \\\n      "Sensor Board:25" \\\n      --from plan.yaml';
    expect(fitLines(command, 30)).toBe(fitted);
    expect(fitCommand("   gh variable set URL --body https://example.com", 30)).toBe(
      "   gh variable set URL \\\n       --body \\\n       https://example.com",
    );
  });

  it.each([
    "git update-ref refs/heads/partwatch-state 0123456789012345678901234567890123456789",
    "git push --force-with-lease=refs/heads/s:01234 origin 0123456:refs/heads/partwatch-state",
    "git config --global --add safe.directory <folder>",
    "rm '/home/a folder/.git/index.lock'",
    "git remote -v",
    "partwatch run --accept-state",
  ])("keep a command in a sentence whole, so that it can be copied: %s", (command) => {
    const fitted = fitLines(`The state branch is gone. Restore it with ${command} and then look at what it says.`, 30);
    expect(fitted).toContain(command);
    expect(fitted.split("\n").length).toBeGreaterThan(2);
    expect(fitted).toMatch(/and then look\n? *at what/);
  });

  it("have no line that is wider, but for single words, and lose no word", () => {
    const word = fc.oneof(fc.string({ minLength: 1, unit: "grapheme" }), fc.constantFrom("電阻器", "🔋", "10 kΩ", "a"));
    const line = fc.array(word, { maxLength: 30 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(line, fc.integer({ min: 20, max: 90 }), (text, width) => {
        const fitted = fitLines(text, width);
        const wide = fitted.split("\n").filter((one) => visibleWidth(one) > width);
        expect(wide.filter((one) => !/^ *(?:[-→✓!✗] |\d+\. )?[^ ]+(?: \\)?$/.test(one))).toEqual([]);
        fc.pre(!/^ *\$ /.test(text));
        expect(fitted.replace(/\s+/g, " ").trim()).toBe(text.replace(/\s+/g, " ").trim());
      }),
    );
  });
});
