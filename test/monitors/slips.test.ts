import { describe, expect, test } from "vitest";
import { GOOD, problemsOf, readFiles } from "./folder.ts";

const HEAD = 'name: Sensor board\ncron_schedule: "10 7 * * 1-5"\n';
const TAIL = "recipients: [jo@example.com]\n";

/** The one problem of a file, without the file. */
async function problemOf(text: string): Promise<string> {
  const problems = await problemsOf(text);
  expect(problems).toHaveLength(1);
  return problems[0]?.replace("monitors/a.yaml:", "") ?? "";
}

const PARTS: readonly (readonly [written: string, says: string])[] = [
  ["- name: Cable\n    quantity: 2,5", "5:15 parts[0].quantity: decimals need a point: 2.5"],
  ["- { name: Cable, quantity: 2,5 }", "4:32 parts[0].5: in braces a comma ends a value: write 2.5"],
  [
    "- { quantity: 2, name: Nut, M3, zinc }",
    '4:31 parts[0].M3: in braces a comma ends a value: write name: "Nut, M3, zinc"',
  ],
  ["- { name: Cable, quantity: 25x }", "parts[0].quantity: write 25; the unit is the part's own in InvenTree."],
  ["- { name: Cable, quantity: 25 pcs }", "parts[0].quantity: write 25; the unit is the part's own in InvenTree."],
  ["- { name: Cable, quantity: 2.5 m }", "parts[0].quantity: write 2.5; the unit is the part's own in InvenTree."],
  ["- { name: Cable, quantity: 5k }", "parts[0].quantity: write the number out: 5000."],
  ["- { name: Cable, quantity: 1_000 }", "parts[0].quantity: write 1000: nothing stands between thousands."],
  ["- { name: Cable, quantity: 1'000 }", "parts[0].quantity: write 1000: nothing stands between thousands."],
  [
    "- name: Cable\n    quantity: 1.000,5",
    "parts[0].quantity: write 1000.5: decimals need a point, and nothing stands",
  ],
  ["- name: Cable\n    quantity: 1,000", "parts[0].quantity: write 1000: nothing stands between thousands; a decimal"],
  ["- { name: Cable, quantity: １０ }", "parts[0].quantity: must be a number; write 10."],
  ["- name: Cable\n   quantity: 5", '5:4: this line is indented by 3, align it with "name" above (4).'],
  ["- name: Cable\n     quantity: 5", '5:6: this line is indented by 5, align it with "name" above (4).'],
  [
    "- { name: A, quantity: 5 }\n - { name: B, quantity: 5 }",
    "5:2: this line is indented by 1, align it with the dash above (2).",
  ],
  ["- name: Board: B\n    quantity: 5", '4:11: a colon and a blank in a text need quotes: write name: "Board: B"'],
  ["- { name: Board: B, quantity: 5 }", '4:13: a colon and a blank in a text need quotes: write name: "Board: B"'],
  ["- Sensor Board: 25", "4:5 parts[0]: write - { name: Sensor Board, quantity: 25 }"],
  ["- Sensor Board", "4:5 parts[0]: write - { name: Sensor Board, quantity: 25 }"],
  ["- Sensor Board: { quantity: 25 }", "4:5 parts[0]: write - { name: Sensor Board, quantity: 25 }"],
  ["- Sensor Board:\n      quantity: 25", "4:5 parts[0]: write - { name: Sensor Board, quantity: 25 }"],
  ["- { Sensor Board, 25 }", "4:5 parts[0]: write - { name: Sensor Board, quantity: 25 }"],
  ["- { name: Sensor Board, 25 }", "4:5 parts[0]: write - { name: Sensor Board, quantity: 25 }"],
  ["- [Sensor Board, 25]", "4:5 parts[0]: write - { name: Sensor Board, quantity: 25 }"],
  ["- Sensor Board:2,5", "4:5 parts[0]: write - { name: Sensor Board, quantity: 2.5 }"],
  ["- Sensor Board, 3", "4:5 parts[0]: write - { name: Sensor Board, quantity: 3 }"],
  ["- 3 x Sensor Board", "4:5 parts[0]: write - { name: Sensor Board, quantity: 3 }"],
  ["- name= Sensor Board\n    quantity= 3", "4:5 parts[0]: write - { name: Sensor Board, quantity: 3 }"],
  ["- name: Cable, quantity: 3", "4:18: quantity stands in a line of its own, or write - { name: Cable, quantity: 3 }"],
  ["- (name: Cable, quantity: 3)", "4:5: fields in one line stand in braces: write - { name: Cable, quantity: 3 }"],
  ['- "name": "Cable",\n    "quantity": 3', '4:20: a line ends without a comma: write - "name": "Cable"'],
  [
    "- { name: A, quantity: 5 }\n- { name: B, quantity: 5 }",
    "5:1: this line is indented by 0, align it with the dash above (2).",
  ],
  ["1. name: A\n    quantity: 5", "4:3: an entry begins with - and a blank, not with 1."],
  [
    "- { name: Cable, quantity: 2,5 m }",
    "in braces a comma ends a value: write 2.5; the unit is the part's own in InvenTree",
  ],
  ["- { name: Cable, quantity: 1.000,5 }", "in braces a comma ends a value: write 1000.5"],
  ["- ipn=IC-1:3", "4:5 parts[0]: write - { ipn: IC-1, quantity: 3 }"],
  ["Sensor Board:25, Chip:3", "must be a list; write - { name: Sensor Board, quantity: 25 } below it"],
  ["Sensor Board: 25\n  Chip: 3", "4:3 parts: must be a list: write - { name: Sensor Board, quantity: 25 }"],
  ["name: Sensor Board\n  quantity: 25", "4:3 parts: must be a list: put a dash and a blank before each entry"],
  ["- {name:A, quantity:1}", "4:5 parts[0]: a blank is missing behind the colon: write name: A, quantity: 1"],
  ["- Cable: 2,5", "4:5 parts[0]: write - { name: Cable, quantity: 2.5 }"],
  ["- Cable: 25 pcs", "4:5 parts[0]: write - { name: Cable, quantity: 25 }"],
  ["- Cable: ½", "4:5 parts[0]: write - { name: Cable, quantity: 0.5 }"],
  ["- Cable: five", "4:5 parts[0]: write - { name: Cable, quantity: 25 }"],
  ["- Cable: [25]", "4:5 parts[0]: write - { name: Cable, quantity: 25 }"],
  ["- 25: Cable", "4:5 parts[0]: write - { name: Cable, quantity: 25 }"],
  ["- Cable: { quantity: 2,5 }", "4:5 parts[0]: write - { name: Cable, quantity: 2.5 }"],
  ["- Cable: { quantity: 5, version: B }", "4:5 parts[0]: write - { name: Cable, version: B, quantity: 5 }"],
  ["- Cable:\n    quantity: 5", "4:5 parts[0]: write - { name: Cable, quantity: 5 }"],
  ["- Cable, 2,5", "4:5 parts[0]: write - { name: Cable, quantity: 2.5 }"],
  ["- Sensor Board: B: 25", '4:5: write - { name: "Sensor Board: B", quantity: 25 }'],
  ["- Cable\n    quantity: 25", "4:5: a field is missing: write - name: Cable"],
  ["- name: Cable\n    25", "5:5: a field is missing: write quantity: 25"],
  [
    "- name: Cable\n  - quantity: 25",
    "5:5 parts[1]: goes on with the entry above it: write a blank instead of the dash.",
  ],
  ["Cable: 2,5", "4:3 parts: must be a list: write - { name: Cable, quantity: 2.5 }"],
  ["- { name: A, quantity: 1.234.567 }", "parts[0].quantity: write 1234567: nothing stands between thousands."],
  ["- { name: A, quantity: 1 234,5 }", "in braces a comma ends a value: write 1234.5"],
  ["- { name: A, quantity: 2;5 }", "parts[0].quantity: decimals need a point: 2.5"],
  ["- { name: A, quantity: 1 ½ }", "parts[0].quantity: write 1.5: a fraction is no number here."],
  ["- { name: A, quantity: 1/2 }", "parts[0].quantity: write 0.5: a fraction is no number here."],
  ["- { name: A, quantity: 2.5.1 }", 'must be one number, not "2.5.1"; one point at most stands in it, as in 2.5.'],
  ["- { name: A, quantity: 5-10 }", 'must be one number, not "5-10"; write 5 or 10.'],
  ["- { name: A, quantity: 2*5 }", "write 10: nothing is calculated here."],
  ["- { name: A, quantity: ca. 5 }", "must be a number; write 5."],
  ["- { name: A, quantity: 5² }", 'must be a number, not "5²"; write digits, as in 25.'],
  ["- { name: A, quantity: [5] }", "must be a number; write 5 without brackets."],
  ["- { name: A, quantity: 1,234,567 }", "4:28 parts[0].234: in braces a comma ends a value: write 1234567."],
  [
    "- { name: A, quantity: 1,5,2 }",
    "in braces a comma ends a value: write one number, with a point before its decimals.",
  ],
  ["- { name: A quantity: 1 }", "4:14: a comma is missing before quantity: write name: A, quantity:"],
  ["-{ name: A, quantity: 1 }", "4:4: a blank is missing behind the dash: write - { name: A, quantity: 1 }"],
  ["– { name: A, quantity: 1 }", "4:3: an entry begins with - and a blank, not with –."],
  [
    "- { name: A, quantity: 1\n  - { name: B, quantity: 1 }",
    "4:5: the bracket { that begins here is never closed; add } at the end.",
  ],
  ["- { name: A, quantity: 1 }}", "4:29: the bracket } is one too many; delete it."],
  [
    "- { name: Cable #2, quantity: 1 }",
    '4:19: what stands behind # is a remark, so the brace { is never closed: write name: "Cable #2"',
  ],
  ["- { name: „Board“, quantity: 5 }", '4:13 parts[0].name: the quotes „ and “ are letters here; write "Board"'],
  ["- { part: A, quantity: 5 }", "4:7 parts[0].part: is not known here; did you mean name?"],
  ["- { name: A, qty: 5 }", "4:16 parts[0].qty: is not known here; did you mean quantity?"],
  ["- { name: A, Menge: 5 }", "4:16 parts[0].Menge: is not known here; did you mean quantity?"],
  ["- { id: 12, quantity: 5 }", "4:7 parts[0].id: is not known here; did you mean pk?"],
  ["\u00a0 - { name: A, quantity: 1 }", "4:3: a blank that is none to YAML stands here (U+00A0); type plain blanks."],
];

describe("a slip is said once, in its line, with how to write it", () => {
  test.each(PARTS)("in parts: %j", async (written, says) => {
    expect(await problemOf(`${HEAD}parts:\n  ${written}\n${TAIL}`)).toContain(says);
  });

  test.each([
    ["name: Board: the next 25", '1:7: a colon and a blank in a text need quotes: write name: "Board: the next 25"'],
    ["name:x", "1:6: a blank is missing behind the colon: write name: x"],
    ["name = x", "1:5: a colon and a blank stand behind a field: write name: x"],
    ["name x", "1:5: a colon is missing: write name: x"],
    ["name：x", "1:5: the colon ： is another letter; write : and a blank."],
    ["name: @x", '1:7: a text that begins with @ must be in quotes: write name: "@x"'],
    ["name: > 5 boards", '1:7: a text that begins with > must be in quotes: write name: "> 5 boards"'],
    ["name: [old] board", '1:7: a text that begins with [ must be in quotes: write name: "[old] board"'],
    ["name: 'Ann's board'", "1:12: a ' inside of the text ends it here: write name: \"Ann's board\""],
    ['name: "5" tube"', "1:10: a \" inside of the text ends it here: write name: '5\" tube'"],
    ['name: "C:\\parts"', "1:10: a backslash in double quotes begins a sign of its own: write name: 'C:\\parts'"],
    ["name: 'x", "1:7: the quote ' that begins here is never closed; add one at the text's end."],
    ["name: “Board”", '1:7 name: the quotes “ and ” are letters here; write "Board"'],
    ["“name”: Board", "1:1 “name”: is not known here; did you mean name?"],
    ["// a list\nname: x", "1:1: a remark begins with #."],
  ])("in the name: %j", async (written, says) => {
    expect(await problemOf(GOOD.replace(/^name: .*/, written))).toContain(says);
  });

  test.each([
    [
      "cron_schedule: @daily",
      '2:16: shortcuts as @daily are not supported; write cron_schedule: "0 0 * * *" (in quotes).',
    ],
    [
      "cron_schedule: */15 8-17 * * *",
      '2:16: a value that starts with * must be in quotes: write cron_schedule: "*/15 8-17 * * *".',
    ],
    [
      'cron_schedule: "10 7 * * Mo-Fr"',
      '2:16 cron_schedule: "10 7 * * Mo-Fr": day of week: "Mo" is not supported; write MON-FRI.',
    ],
    ["schedule: @daily", '2:11: shortcuts as @daily are not supported; write cron_schedule: "0 0 * * *" (in quotes).'],
    ["cron: */15 8-17 * * *", 'must be in quotes: write cron_schedule: "*/15 8-17 * * *".'],
    ["cron_schedule: @every 5m", "shortcuts as @every 5m are not supported; write five fields, as in cron_schedule: "],
    ["cron_schedule: daily", '2:16 cron_schedule: "daily": a cron has five fields; write 0 0 * * *.'],
    ["cron_schedule: 07:10", '2:16 cron_schedule: "07:10": a cron has five fields; write 10 7 * * *.'],
    ["cron_schedule: “10 7 * * 1-5”", '2:16 cron_schedule: the quotes “ and ” are letters here; write "10 7 * * 1-5"'],
    ['schedule: "10 7 * * 1-5"', "2:1 schedule: is not known here; did you mean cron_schedule?"],
    [' cron_schedule: "10 7 * * 1-5"', '2:2: this line is indented by 1, align it with "name" above (0).'],
  ])("in the schedule: %j", async (written, says) => {
    expect(await problemOf(GOOD.replace(/^cron_schedule: .*/m, written))).toContain(says);
  });

  test.each([
    ["recipients: jo@example.com", "7:13 recipients: write recipients: [jo@example.com]"],
    ["recipients: jo@example.com; ann@example.com", "recipients: write recipients: [jo@example.com, ann@example.com]"],
    ["recipients:\n  jo@example.com\n  ann@example.com", "write recipients: [jo@example.com, ann@example.com]"],
    ["recipients:\n  -jo@example.com", "write recipients: [jo@example.com]"],
    ["recipients: Jo <jo@example.com>", "7:13 recipients: write recipients: [jo@example.com]"],
    ["recipients: (jo@example.com)", "7:13 recipients: write recipients: [jo@example.com]"],
    ["recipients: [mailto:jo@example.com]", "is not a valid mail address; write jo@example.com alone."],
    ["recipients: [jo@example.com ann@example.com]", "is more than one address; write each as an entry of its own."],
    ["recipients: [[jo@example.com]]", "7:14 recipients[0]: write jo@example.com alone."],
    ["recipients: a", '7:13 recipients: "a" is no mail address; write recipients: [stock@example.com]'],
    ["recipients: [jo(at)example.com]", "is not a valid mail address; write jo@example.com."],
    ["recipients: [jo @example.com]", "is not a valid mail address; write jo@example.com."],
    ["recipients:\n  - jo@example.com,", "is not a valid mail address; write jo@example.com."],
    ["recipients: [jo@example,com]", "7:14 recipients[0]: a comma ends an entry: write jo@example.com"],
    ["recipients: [jo@example.com,,ann@example.com]", "7:28: this comma is one too many; delete it."],
    [
      "recipients: [jo@example.com] [ann@example.com]",
      "write all of them in one list: recipients: [jo@example.com, ann@",
    ],
    ["recipients: [a]", '7:14 recipients[0]: "a" is not a valid mail address; write it as stock@example.com.'],
    ["recipients: [jo@example.com", "7:13: the bracket [ that begins here is never closed; add ] at the end."],
    ["emails: [jo@example.com]", "7:1 emails: is not known here; did you mean recipients?"],
    ["recipients: [jo@example.com]\nactive: yes", '8:9 active: must be true or false, not "yes"; write true.'],
    ["recipients: [jo@example.com]\nremind_after: 7 days", '8:15 remind_after: "7 days" is no duration; write 7d.'],
    ["recipients: [jo@example.com]\nlanguage: Deutsch", 'language: "Deutsch" is not possible here; did you mean de?'],
    [
      "recipients: [jo@example.com]\nsignificance: { kinds: short }",
      "8:24 significance.kinds: must be a list: write [short].",
    ],
    [
      "recipients: [jo@example.com]\nchannels: { webhook: x }",
      "channels.webhook: must consist of fields: active, url_env,",
    ],
    [
      "recipients: [jo@example.com]\nquantity: 7",
      "8:1 quantity: belongs to an entry of parts; move it there, or delete the line.",
    ],
    ["<<<<<<< HEAD", "7:1: two versions of this file were merged here (<<<<<<<)"],
  ])("behind the parts: %j", async (written, says) => {
    expect(await problemOf(GOOD.replace(/^recipients: .*/m, written))).toContain(says);
  });

  test("in partwatch.yaml as well", async () => {
    const { problems } = await readFiles({ "partwatch.yaml": "recipients: jo@example.com\ntime_zone: UTC\n" });
    expect(problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining(["write recipients: [jo@example.com]", "is not known here; did you mean timezone?"]),
    );
  });
});

describe("what is read in a way that somebody may not have meant is a warning, and the list is used", () => {
  test.each([
    [
      "{ name: A, quantity: 1.000 }",
      "parts[0].quantity: 1.000 is read as 1; write 1000 if thousands are meant, else 1.",
    ],
    ["{ name: A, quantity: 12.500 }", "12.500 is read as 12.5; write 12500 if thousands are meant, else 12.5000."],
    ["{ name: A, quantity: 0x10 }", "0x10 is read as 16; write 16."],
    ["{ name: A, quantity: 0o17 }", "0o17 is read as 15; write 15."],
    ["{ name: A, quantity: 010 }", "010 is read as 10; write 10, since a 0 in front means other things elsewhere."],
    ["{ name: A, quantity: 1e3 }", "1e3 is read as 1000; write the number out."],
    [
      "{ name: 'A ', quantity: 1 }",
      'parts[0].name: "A " ends with a blank; a part\'s name must be the same to the letter.',
    ],
    ['{ name: "A\u00a0B", quantity: 1 }', "has a blank in it that is none of the keyboard's (U+00A0)"],
    ['{ name: "AB\u200b", quantity: 1 }', "has a character in it that cannot be seen (U+200B)"],
    ["{ name: &A b, quantity: 1 }", 'parts[0].name: is read as b; write "&A b" in quotes if it is meant.'],
    ["{ name: A  B, quantity: 1 }", "has two blanks in a row"],
    [
      "{ ipn: IC-1, quantity: 1 }\n  - { ipn: IC-1, quantity: 2 }",
      "parts[1]: is in the list already (line 4): both count, 3 in all",
    ],
  ])("%s", async (entry, says) => {
    const { problems, monitors } = await readFiles({ "monitors/a.yaml": `${HEAD}parts:\n  - ${entry}\n${TAIL}` });
    expect(problems.map(({ severity, line }) => [severity, line !== undefined])).toEqual([["warning", true]]);
    expect(`${problems[0]?.path}: ${problems[0]?.message}`).toContain(says);
    expect(monitors).toHaveLength(1);
  });

  test.each([
    ['name: "Board "', 'name: "Board " ends with a blank; leave it out if it is not meant.'],
    ['name: Board\ntags: [" x"]', 'tags[0]: " x" begins with a blank'],
    ["name: Cable #2", 'name: is read as Cable: what stands behind # is a remark; write "Cable #2" in quotes'],
    ["name: Board\nsilences: [{ until: 2026-11-19, reason: x }]", "2026-11-19 is in the past; the silence is over"],
  ])("%s", async (written, says) => {
    const { problems, monitors } = await readFiles({ "monitors/a.yaml": GOOD.replace(/^name: .*/, written) });
    expect(problems.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(`${problems[0]?.path}: ${problems[0]?.message}`).toContain(says);
    expect(monitors).toHaveLength(1);
  });

  test.each([
    "name: Cable # a remark",
    "name: 'Cable #2'",
    "name: Board\nsilences: [{ until: 2026-11-20, reason: today }]",
    "name: 👩‍🔧 family 👨‍👩‍👧",
  ])("and what everybody reads alike is none: %s", async (written) => {
    expect(await problemsOf(GOOD.replace(/^name: .*/, written))).toEqual([]);
  });
});
