import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { escaped, jsonText, withoutCommands } from "../../src/core/text/foreign-text.ts";
import { quoted } from "../../src/core/workflow/yaml.ts";
import { inline } from "../../src/monitors/edit-text.ts";
import { newMonitorText } from "../../src/monitors/new.ts";
import { expectNoCommands, expectSafeLines, HOSTILE } from "../support/hostile.ts";

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 4 })
  .map((pieces) => pieces.join("").toWellFormed());

describe("foreign text where nothing of it may be lost", () => {
  it("shows what a terminal would have obeyed, and leaves what people write alone", () => {
    expect(escaped("a\u001b[31mb\u202ec\u009b\td\n")).toBe("a\\u001b[31mb\\u202ec\\u009b\td\n");
    expect(escaped("Größe Ω 漢字 👩‍🔧 नमस्ते ⚠️ – „x“ é")).toBe("Größe Ω 漢字 👩‍🔧 नमस्ते ⚠️ – „x“ é");
    expect(escaped("\u{e0041}")).toBe("\\udb40\\udc41");
  });

  it("stays the same value in JSON", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const json = jsonText({ [text]: [text] }, 2);
        expectSafeLines(json);
        expectNoCommands(withoutCommands(json));
        expect(JSON.parse(withoutCommands(json))).toEqual({ [text]: [text] });
      }),
    );
  });

  it("is no workflow command, at the beginning of a line or where the older form is obeyed", () => {
    expect(withoutCommands("a\n  ::error::x\n::x\na::b ##[error]y")).toBe(
      "a\n  \\u003a:error::x\n\\u003a:x\na::b #\\u0023[error]y",
    );
    fc.assert(fc.property(hostile, (text) => expectNoCommands(withoutCommands(escaped(text)))));
  });

  it("stays the same value in the YAML that is written of it", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const yaml of [quoted(text), inline(text), inline([{ name: text, quantity: 1 }])]) expectSafeLines(yaml);
        expect(parse(quoted(text))).toBe(text);
        expect(parse(`k: ${inline(text)}`)).toEqual({ k: text });
        expect(parse(`k: ${inline([{ name: text, quantity: 1 }])}`)).toEqual({ k: [{ name: text, quantity: 1 }] });
        const fields = { name: "x", description: text, parts: [{ name: text, quantity: 1 }] };
        const file = newMonitorText({ fields, hasSchema: false, remarks: [text] });
        expectSafeLines(file);
        expect(parse(file)).toEqual(fields);
      }),
    );
  });
});
