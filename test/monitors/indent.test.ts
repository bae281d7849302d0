import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatProblem, isError } from "../../src/core/problem.ts";
import { defaultConfig } from "../../src/core/settings/config.ts";
import { parseConfigText } from "../../src/monitors/config.ts";
import { parseMonitorText } from "../../src/monitors/monitor.ts";
import { cases } from "../support/cases.ts";
import { NOW } from "./folder.ts";

const HEAD = 'name: Sensor board\ncron_schedule: "10 7 * * 1-5"\n';
const LISTS: readonly string[] = [
  `${HEAD}parts:
  - name: Cable
    quantity: 5
  - ipn: IC-1
    version: B
    quantity: 2
watch:
  - part: Cable
    minimum: 10
  - category: Fuses
    minimum: 3
recipients:
  - jo@example.com
  - ann@example.com
policy:
  buy:
    - Cable
  optional: include
order_soon: 5d
channels:
  email:
    active: true
  issue:
    active: false
silences:
  - part: Cable
    until: 2027-01-01
    reason: waiting
`,
  `${HEAD}parts:
- name: Cable
  quantity: 5
- ipn: IC-1
  version: B
  quantity: 2
recipients:
- jo@example.com
- ann@example.com
channels:
  email:
    active: true
`,
  `${HEAD}parts:
  -
    name: Cable
    quantity: 5
  -
    ipn: IC-1
    quantity: 2
recipients: [jo@example.com]
`,
  `name: Sensor board
description: |
  two lines
  of text
cron_schedule: "10 7 * * 1-5"
parts:
    - { name: Cable, quantity: 5 }
    - { ipn: IC-1, quantity: 2 }
    # a remark
    - { ipn: IC-2,
        quantity: 2 }
watch:
    - { part: Cable, minimum: 3 }
recipients: [jo@example.com]
`,
];

const list = fc.constantFrom(...LISTS).map((text) => text.trimEnd().split("\n"));
const indent = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map((count) => " ".repeat(count)),
  fc.constantFrom("\t", "  \t", "\t\t", " \t"),
);

/** The errors of a list, in the order of its lines. */
function errorsOf(lines: readonly string[]) {
  const text = `${lines.join("\n")}\n`;
  return parseMonitorText({ file: "a.yaml", text, config: defaultConfig(), now: NOW }).problems.filter(isError);
}

/** The lines after somebody did what the first advice says, word by word; undefined where it is no advice of this kind. */
function followed(lines: readonly string[]): readonly string[] | undefined {
  const [first] = errorsOf(lines);
  const [, tabs] = /^tabs indent these lines, .* write (\d) blanks for each tab\.$/.exec(first?.message ?? "") ?? [];
  if (tabs !== undefined)
    return lines.map((line) => line.replace(/^[ \t]+/, (blanks) => blanks.replaceAll("\t", " ".repeat(Number(tabs)))));
  const [, column, along, many] =
    /^(?:this line is indented by \d+|a tab indents this line), (?:align it with .* \(|indent it by )(\d+)\)?(, and move the (?:line|(\d+) lines) below it along)?\.$/.exec(
      first?.message ?? "",
    ) ?? [];
  if (column === undefined || first?.line === undefined) return undefined;
  const at = first.line - 1;
  const own = /^[ \t]*/.exec(lines[at] ?? "")?.[0].length ?? 0;
  let left = along === undefined ? 0 : Number(many ?? 1);
  return lines.map((line, index) => {
    if (index === at) return " ".repeat(Number(column)) + line.trimStart();
    if (index < at || left === 0 || /^\s*(?:#.*)?$/.test(line)) return line;
    left -= 1;
    const blanks = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    return " ".repeat(Math.max(0, blanks + Number(column) - own)) + line.trimStart();
  });
}

/** What is still wrong once the advice was followed so many times at most. */
function leftAfter(lines: readonly string[], times: number): readonly string[] {
  let now: readonly string[] | undefined = lines;
  for (let time = 0; time < times && now !== undefined && errorsOf(now).length > 0; time += 1) {
    const next = followed(now);
    if (next === undefined) break;
    now = next;
  }
  return errorsOf(now ?? lines).map(formatProblem);
}

describe("whoever follows the advice of a line that is indented wrongly has a list that is valid", () => {
  test("after one step, where one line stands wrong", () => {
    fc.assert(
      fc.property(list, fc.nat(), indent, (lines, place, blanks) => {
        const at = place % lines.length;
        const wrong = lines.map((line, index) => (index === at ? blanks + line.trimStart() : line));
        expect(errorsOf(wrong).length).toBeLessThanOrEqual(1);
        expect(leftAfter(wrong, 1), wrong.join("\n")).toEqual([]);
      }),
      cases(250),
    );
  });

  test("and where an entry or a section stands wrong as a whole", () => {
    fc.assert(
      fc.property(list, fc.nat(), fc.integer({ min: -4, max: 4 }), (lines, place, shift) => {
        const at = place % lines.length;
        const depth = (line: string) => line.search(/\S/);
        const own = depth(lines[at] ?? "");
        const end = lines.findIndex((line, index) => index > at && depth(line) <= own);
        // Where two levels become one, nobody can tell them apart any more.
        fc.pre(own + shift >= 0);
        const wrong = lines.map((line, index) =>
          index < at || (end >= 0 && index >= end)
            ? line
            : " ".repeat(Math.max(0, depth(line) + shift)) + line.trimStart(),
        );
        expect(leftAfter(wrong, 3), wrong.join("\n")).toEqual([]);
      }),
      cases(120),
    );
  });

  test.each([
    ["tabs all over", `${HEAD}parts:\n\t- name: Cable\n\t  quantity: 5\nwatch:\n\t- part: Cable\n\t  minimum: 3\n`],
    [
      "an entry below its field's neighbour",
      `${HEAD}parts:\n  - name: Cable\n    quantity: 5\n    - ipn: IC-1\n      quantity: 2\n`,
    ],
    [
      "fields that are not below their list",
      `${HEAD}policy:\nbuy: [Cable]\nparts:\n  - { name: Cable, quantity: 5 }\n`,
    ],
    [
      "two slips far from each other",
      `${HEAD}parts:\n  - name: Cable\n   quantity: 5\nwatch:\n  - part: Cable\n      minimum: 3\n`,
    ],
    ["two fields in a row", `${HEAD}parts:\n  - name: Cable\n   version: B\n   quantity: 5\n`],
    [
      "a field whose name means something outside",
      `${HEAD}parts: [{ ipn: A, quantity: 1 }]\nchannels:\n  issue:\n active: false\n`,
    ],
  ])("and with %s", (_what, text) => {
    const lines = text.trimEnd().split("\n");
    const wrong = [...lines, "recipients: [jo@example.com]"];
    expect(errorsOf(wrong).length).toBeGreaterThan(0);
    expect(leftAfter(wrong, 3)).toEqual([]);
  });

  test("beside a slip of another kind, each is said", () => {
    const lines =
      "name: Board\nschedule: @daily\nparts:\n  - name: Cable\n   quantity: 5\nrecipients: [jo@example.com]";
    expect(errorsOf(lines.split("\n")).map(formatProblem)).toEqual([
      'a.yaml:2:11: shortcuts as @daily are not supported; write cron_schedule: "0 0 * * *" (in quotes).',
      'a.yaml:5:4: this line is indented by 3, align it with "name" above (4).',
    ]);
  });

  test("the line and the column are those of the line, and what is moved along is said", () => {
    const says = (text: string) =>
      errorsOf(`${HEAD}${text}\nrecipients: [jo@example.com]`.split("\n")).map(formatProblem);
    expect(says("parts:\n  - name: Cable\n  quantity: 5")).toEqual([
      'a.yaml:5:3: this line is indented by 2, align it with "name" above (4).',
    ]);
    expect(says("parts:\n  - name: A\n    quantity: 5\n   - name: B\n     quantity: 1")).toEqual([
      "a.yaml:6:4: this line is indented by 3, align it with the dash above (2), and move the line below it along.",
    ]);
    expect(says("parts: [{ ipn: A, quantity: 1 }]\npolicy:\nbuy: [A]")).toEqual([
      "a.yaml:5:1: this line is indented by 0, indent it by 2.",
    ]);
    expect(says("parts:\n  - { name: Board: B, quantity: 5 }\n watch: []")).toHaveLength(1);
  });
});

describe("in partwatch.yaml and in a file of parts as well", () => {
  test("partwatch.yaml", () => {
    const { problems } = parseConfigText("channels:\n  email:\n  active: true\nlimits:\n  monitors: 5\n");
    expect(problems.map(formatProblem)).toEqual(["partwatch.yaml:3:3: this line is indented by 2, indent it by 4."]);
  });
});
