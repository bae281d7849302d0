import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { editMonitorText } from "../../src/monitors/edit.ts";
import { cases } from "../support/cases.ts";

describe("editing files of many shapes", () => {
  it("says afterwards exactly what was asked for, and nothing else moved, in files of many shapes", () => {
    const word = fc.constantFrom(
      "A",
      "B, c",
      "d: e",
      "#f",
      "- g",
      "yes",
      "1.10",
      "ö",
      "",
      "*x",
      "'q'",
      '"r"',
      "a b\tc",
      "[x]",
    );
    const entry = fc.record({ name: word, quantity: fc.constantFrom(1, 2.5, 100) }, { noNullPrototype: true });
    const list = fc.uniqueArray(entry, { minLength: 1, maxLength: 5, selector: ({ name }) => name });
    const words = fc.uniqueArray(word, { minLength: 1, maxLength: 5 });
    const style = fc.record({
      parts: list,
      tags: words,
      name: word,
      flow: fc.boolean(),
      block: fc.boolean(),
      end: fc.constantFrom("\n", "\r\n"),
      remark: fc.constantFrom("", " # remark"),
    });
    fc.assert(
      fc.property(style, list, words, word, (file, parts, tags, name) => {
        const { text, values } = written(file);
        const result = editMonitorText({ file: "a.yaml", text, changes: { parts, tags, name } });
        const after = result.kind === "edited" ? result.text : "";
        const now = parse(after);
        expect(now).toEqual({ ...values, name, parts: expect.any(Array), tags: expect.any(Array) });
        expect(new Set(now.parts.map(line))).toEqual(new Set(parts.map(line)));
        expect(new Set(now.tags)).toEqual(new Set(tags));
        expect(now.parts).toHaveLength(parts.length);
        const isOurs = (text: string) => /remark|top|middle/.test(text) && !/^ *-|^ *quantity|name|tags/.test(text);
        expect(after.split(file.end).filter(isOurs)).toEqual(text.split(file.end).filter(isOurs));
        expect(after.split("\r\n").length).toBe(file.end === "\r\n" ? after.split("\n").length : 1);
      }),
      cases(400),
    );
  });
});

function line(entry: object): string {
  return JSON.stringify(Object.entries(entry).sort());
}

interface Style {
  readonly parts: readonly { readonly name: string; readonly quantity: number }[];
  readonly tags: readonly string[];
  readonly name: string;
  readonly flow: boolean;
  readonly block: boolean;
  readonly end: string;
  readonly remark: string;
}

/** A file as people of different habits write it; JSON's strings are YAML's. */
function written({ parts, tags, name, flow, block, end, remark }: Style) {
  const q = JSON.stringify;
  const entries = parts.map(({ name: part, quantity }) =>
    block
      ? [`  - name: ${q(part)}${remark}`, `    quantity: ${quantity}${remark}`, "  # middle"]
      : [`  - {name: ${q(part)}, quantity: ${quantity} }${remark}`],
  );
  const lines = [
    "# top",
    `name: ${q(name)}${remark}`,
    ...(flow
      ? [`tags: [ ${tags.map((tag) => q(tag)).join(", ")} ]${remark}`]
      : ["tags:", ...tags.map((tag) => `- ${q(tag)}${remark}`)]),
    "",
    "# middle",
    "parts:",
    ...entries.flat(),
    `description: ${q("x")}${remark}`,
  ];
  return { text: `${lines.join(end)}${end}`, values: { name, tags, parts, description: "x" } };
}
