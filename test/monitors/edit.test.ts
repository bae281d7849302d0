import { describe, expect, it } from "vitest";
import { editMonitorText, type FieldChanges } from "../../src/monitors/edit.ts";

const FILE = `# yaml-language-server: $schema=../schemas/monitor.schema.json
# Lists of the Berlin lab.

name:   'Sensor board, next 25'   # as purchasing calls it
cron_schedule: "10 7 * * 1-5"  # before the stand-up
timezone: Europe/Berlin
parts:
  # boards
  - { name: Sensor Board,  version: B, quantity: 25 }   # the October batch
  - ipn: CBL-0007   # cable
    quantity: 50 # one spare each
  # glue
  - {name: "Glue, UV", quantity: 1.5}
  # more to come

recipients: [ stock@example.com,  purchasing@example.com ]
notify_condition: on_change
# the end
`;

function edited(text: string, changes: FieldChanges): string {
  const result = editMonitorText({ file: "monitors/a.yaml", text, changes });
  if (result.kind === "refused") throw new Error(result.problems.map(({ message }) => message).join("\n"));
  return result.text;
}

/** The lines that went (-) and came (+). */
function moved(before: string, after: string): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

const PARTS = [
  { name: "Sensor Board", version: "B", quantity: 25 },
  { ipn: "CBL-0007", quantity: 50 },
  { name: "Glue, UV", quantity: 1.5 },
];

describe("a monitor's file, edited by the program", () => {
  it("keeps every byte if it says already what is wanted", () => {
    const same = { name: "Sensor board, next 25", timezone: "Europe/Berlin", parts: PARTS, description: undefined };
    expect(edited(FILE, same)).toBe(FILE);
  });

  it("moves only the value that changes, quoted as it was, and keeps the remark behind it", () => {
    expect(moved(FILE, edited(FILE, { cron_schedule: "*/30 8-17 * * *" }))).toEqual([
      '-cron_schedule: "10 7 * * 1-5"  # before the stand-up',
      '+cron_schedule: "*/30 8-17 * * *"  # before the stand-up',
    ]);
    expect(moved(FILE, edited(FILE, { name: "Bob's board" }))).toEqual([
      "-name:   'Sensor board, next 25'   # as purchasing calls it",
      "+name:   'Bob''s board'   # as purchasing calls it",
    ]);
    expect(moved(FILE, edited(FILE, { notify_condition: "always" }))).toEqual([
      "-notify_condition: on_change",
      "+notify_condition: always",
    ]);
  });

  it("moves only the number of a part whose quantity changes", () => {
    const [board, cable, glue] = PARTS;
    const parts = [{ ...board, quantity: 30 }, { ...cable, quantity: 0.25 }, glue];
    expect(moved(FILE, edited(FILE, { parts }))).toEqual([
      "-  - { name: Sensor Board,  version: B, quantity: 25 }   # the October batch",
      "-    quantity: 50 # one spare each",
      "+  - { name: Sensor Board,  version: B, quantity: 30 }   # the October batch",
      "+    quantity: 0.25 # one spare each",
    ]);
  });

  it("puts new parts behind the last, and takes out those that go, with the remarks of the others in place", () => {
    const parts = [...PARTS.slice(0, 1), PARTS[2], { name: "Nut, M3", quantity: 100 }, { pk: 12, quantity: 3 }];
    const text = edited(FILE, { parts });
    expect(text).toBe(
      FILE.replace("  - ipn: CBL-0007   # cable\n    quantity: 50 # one spare each\n", "").replace(
        "quantity: 1.5}\n",
        'quantity: 1.5}\n  - { name: "Nut, M3", quantity: 100 }\n  - { pk: 12, quantity: 3 }\n',
      ),
    );
  });

  it("writes new parts one line a field where the first one is written so", () => {
    const text = "parts:\n-   name: A\n    quantity: 1\nname: x\n";
    const parts = [
      { name: "A", quantity: 1 },
      { ipn: "B: 2", quantity: 2 },
    ];
    expect(edited(text, { parts })).toBe(
      'parts:\n-   name: A\n    quantity: 1\n-   ipn: "B: 2"\n    quantity: 2\nname: x\n',
    );
  });

  it("keeps the order of a list whatever the order that is asked for", () => {
    expect(edited(FILE, { parts: PARTS.toReversed() })).toBe(FILE);
  });

  it("changes addresses inside their brackets", () => {
    const recipients = ["stock@example.com", "new@example.com"];
    expect(moved(FILE, edited(FILE, { recipients }))).toEqual([
      "-recipients: [ stock@example.com,  purchasing@example.com ]",
      "+recipients: [ stock@example.com,  new@example.com ]",
    ]);
    expect(edited("recipients: [a@x.de, b@x.de, c@x.de] # all\n", { recipients: ["b@x.de"] })).toBe(
      "recipients: [b@x.de] # all\n",
    );
    expect(edited("recipients: []\n", { recipients: ["b@x.de", "c@x.de"] })).toBe("recipients: [b@x.de, c@x.de]\n");
    expect(
      edited("recipients: [\n  a@x.de, # Ann\n  b@x.de\n]\n", { recipients: ["a@x.de", "b@x.de", "c@x.de"] }),
    ).toBe("recipients: [\n  a@x.de, # Ann\n  b@x.de,\n  c@x.de\n]\n");
    expect(edited("recipients:\n- a@x.de # Ann\n- b@x.de\n", { recipients: ["b@x.de", "c@x.de"] })).toBe(
      "recipients:\n- b@x.de\n- c@x.de\n",
    );
  });

  it("puts a new field where the docs have it, behind the remarks of the one before", () => {
    expect(edited(FILE, { active: false })).toBe(FILE.replace("calls it\n", "calls it\nactive: false\n"));
    expect(edited(FILE, { language: "de" })).toBe(FILE.replace("on_change\n", "on_change\nlanguage: de\n"));
    const text = "parts:\n  - { name: A, quantity: 1 }\n  # more to come\n\n# whom to tell\nnotify_condition: always\n";
    expect(edited(text, { recipients: ["a@x.de"] })).toBe(text.replace("come\n", "come\nrecipients: [a@x.de]\n"));
    expect(edited(FILE, { id: "old" })).toBe(FILE.replace("\nname:", "\nid: old\nname:"));
  });

  it("takes a field out with its lines, whatever they are", () => {
    const text =
      "name: x\ndescription: >\n  several\n  lines\n\ntags:\n  - a\n  - b\nactive: true # for now\ntimezone: UTC";
    expect(edited(text, { description: undefined, tags: undefined, active: undefined })).toBe(
      "name: x\n\ntimezone: UTC",
    );
  });

  it("replaces what stands on several lines, is empty, or is of another kind", () => {
    expect(edited("description: |\n  a\n  b\nname: x\n", { description: "one" })).toBe("description: one\nname: x\n");
    expect(edited("description:\nname: x\n", { description: "one\ntwo" })).toBe('description: "one\\ntwo"\nname: x\n');
    expect(edited("recipients: a@x.de\nname: x\n", { recipients: ["a@x.de"] })).toBe("recipients: [a@x.de]\nname: x\n");
    expect(edited("recipients:\nname: x\n", { recipients: ["a@x.de"] })).toBe("recipients: [a@x.de]\nname: x\n");
  });

  it("writes new entries with the quotes and braces of those that are there", () => {
    expect(
      edited("parts: [{name: A, quantity: 1}]\nrecipients: ['a@x.de']\n", {
        parts: [
          { name: "A", quantity: 1 },
          { ipn: "B", quantity: 2 },
        ],
        recipients: ["a@x.de", "b@x.de"],
      }),
    ).toBe("parts: [{name: A, quantity: 1}, {ipn: B, quantity: 2}]\nrecipients: ['a@x.de', 'b@x.de']\n");
    expect(edited('tags:\n  - "a"\n', { tags: ["a", "b"] })).toBe('tags:\n  - "a"\n  - "b"\n');
  });

  it("keeps the line ends of Windows, and a last line without end", () => {
    const windows = FILE.replaceAll("\n", "\r\n");
    const changes = { active: false, name: "New", parts: [...PARTS, { name: "A", quantity: 1 }] };
    expect(edited(windows, changes)).toBe(edited(FILE, changes).replaceAll("\n", "\r\n"));
    expect(edited("name: >-\r\n  two\r\n  lines\r\nactive: true\r\n", { name: "one" })).toBe(
      "name: one\r\nactive: true\r\n",
    );
    expect(edited("# r\r\n? name\r\n: x\r\nactive: true\r\n", { name: "y" })).toMatch(/^# r\r\n[^\n]*\r\n[^\n]*y\r\n/);
    expect(edited("name: x\nactive: true", { active: false, timezone: "UTC" })).toBe(
      "name: x\nactive: false\ntimezone: UTC",
    );
  });

  it("edits a file that is written as JSON as JSON", () => {
    const text = '{\n  "name": "x",\n  "active": true,\n  "parts": [\n    { "name": "A", "quantity": 1 }\n  ]\n}\n';
    const after = edited(text, {
      active: false,
      timezone: "UTC",
      parts: [
        { name: "A", quantity: 2 },
        { ipn: "B", quantity: 3 },
      ],
    });
    expect(JSON.parse(after)).toEqual({
      name: "x",
      active: false,
      timezone: "UTC",
      parts: [
        { name: "A", quantity: 2 },
        { ipn: "B", quantity: 3 },
      ],
    });
    expect(moved(text, after)).toEqual([
      '-  "active": true,',
      '-    { "name": "A", "quantity": 1 }',
      "-  ]",
      '+  "active": false,',
      '+    { "name": "A", "quantity": 2 },',
      '+    {"ipn":"B","quantity":3}',
      "+  ],",
      '+  "timezone": "UTC"',
    ]);
    expect(JSON.parse(edited(text, { active: undefined }))).not.toHaveProperty("active");
  });

  it("refuses what would move another field by an anchor, and says so", () => {
    const text = "name: &n Board\ndescription: *n\n";
    expect(editMonitorText({ file: "monitors/a.yaml", text, changes: { name: "Other" } })).toEqual({
      kind: "refused",
      problems: [expect.objectContaining({ message: expect.stringContaining("name cannot be changed here") })],
    });
    expect(edited(text, { description: "Other" })).toBe("name: &n Board\ndescription: Other\n");
  });

  it("refuses a file that cannot be read, with the line", () => {
    const result = editMonitorText({
      file: "monitors/a.yaml",
      text: "name: x\n\tactive: true\n",
      changes: { name: "y" },
    });
    expect(result).toMatchObject({ kind: "refused", problems: [{ file: "monitors/a.yaml", line: 2 }] });
    expect(editMonitorText({ file: "monitors/a.yaml", text: "- a\n", changes: { name: "y" } }).kind).toBe("refused");
  });
});
