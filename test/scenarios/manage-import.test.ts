import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { boardList, onDay } from "../support/small-product.ts";
import { openWorkspace, type Workspace } from "../support/workspace.ts";

const UUID = "0b0e7d1e-8c5a-4f0e-9a53-0d3c7c1f2a11";

/** A monitoring list as the old program kept it. */
const LIST = {
  id: UUID,
  name: "Sensor board, weekly",
  parts: [
    { name: "Board", version: "B", quantity: 10 },
    { name: "Chip", version: null, quantity: "2" },
  ],
  active: true,
  // Its weekday 0 is Monday.
  cron_schedule: "10 7 * * 0-4",
  timezone: "Europe/Berlin",
  recipients: "stock@example.com, purchasing@example.com",
  notify_condition: "always",
  last_hash: "d41d8cd98f00b204e9800998ecf8427e",
};

const WRITTEN = `id: ${UUID}
name: Sensor board, weekly
active: true
cron_schedule: "10 7 * * MON-FRI"
timezone: Europe/Berlin
parts:
  - { name: Board, version: B, quantity: 10 }
  - { name: Chip, quantity: 2 }
recipients: [stock@example.com, purchasing@example.com]
notify_condition: always
`;

function old(content: unknown): { readonly files: Readonly<Record<string, string>> } {
  return { files: { "presets.json": JSON.stringify(content, null, 2) } };
}

async function monitors({ root }: Workspace): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(join(root, "monitors"))).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(root, "monitors", name), "utf8")));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""]));
}

describe.concurrent("an old presets file", () => {
  it("becomes monitors that keep their id; its old hash is dropped with a note, and the first check tells", async () => {
    await using workspace = await openWorkspace(old({ presets: [], monitoring_lists: [LIST] }));
    const imported = await workspace.partwatch(["import", "presets.json"]);
    expect(imported).toMatchObject({ code: 0, stderr: "" });
    expect(imported.outText).toContain("wrote monitors/sensor-board-weekly.yaml: Sensor board, weekly");
    expect(imported.outText).toContain("last_hash is left out: the first check notifies");
    expect(await monitors(workspace)).toEqual({ "sensor-board-weekly.yaml": WRITTEN });
    await workspace.partwatch(["run", ...onDay(23)]);
    expect(workspace.sink.mails()).toHaveLength(1);
    expect(await workspace.state(`state/${UUID}.json`)).toMatchObject({
      last_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([
    ["a list of them", [LIST]],
    ["presets alone", { presets: [LIST] }],
    ["fields by id", { monitoring_lists: { [UUID]: { ...LIST, id: undefined } } }],
    ["one alone", LIST],
    [
      "recipients as a list, each once",
      [{ ...LIST, recipients: ["stock@example.com", "purchasing@example.com", "Stock@example.com "] }],
    ],
  ])("may be %s", async (_shape, content) => {
    await using workspace = await openWorkspace(old(content));
    expect(await workspace.partwatch(["import", "presets.json"])).toMatchObject({ code: 0 });
    expect(await monitors(workspace)).toEqual({ "sensor-board-weekly.yaml": WRITTEN });
  });

  it("writes nothing with --dry-run, and says what it would do", async () => {
    await using workspace = await openWorkspace(old([LIST]));
    const dry = await workspace.partwatch(["import", "presets.json", "--dry-run"]);
    expect(dry).toMatchObject({
      code: 0,
      outText: expect.stringContaining("would write monitors/sensor-board-weekly.yaml"),
    });
    expect(await monitors(workspace)).toEqual({});
  });

  it("overwrites nothing: what is there already is kept, and another list of that name is refused", async () => {
    const { id: _id, ...bare } = LIST;
    await using workspace = await openWorkspace(
      old([LIST, { ...bare, name: "Board" }, { ...bare, name: "Twin" }, { ...bare, name: "Twin" }]),
    );
    await workspace.write("monitors/board.yaml", boardList());
    const first = await workspace.partwatch(["import", "presets.json"]);
    expect(first).toMatchObject({
      code: 1,
      outText: expect.stringContaining("[1].name: monitors/board.yaml is there already and stays"),
    });
    const after = await monitors(workspace);
    expect(Object.keys(after)).toEqual(["board.yaml", "sensor-board-weekly.yaml", "twin-2.yaml", "twin.yaml"]);
    expect(after["board.yaml"]).toBe(boardList());
    const again = await workspace.partwatch(["import", "presets.json"]);
    expect(again.outText).toContain("kept monitors/sensor-board-weekly.yaml: Sensor board, weekly is there already");
    expect(again.outText).toContain("kept monitors/twin.yaml: Twin is there already");
    expect(again.outText).toContain("kept monitors/twin-2.yaml: Twin is there already");
    expect(await monitors(workspace)).toEqual(after);
  });

  it("does not take a list for another one that has its id", async () => {
    const lists = { presets: [LIST], monitoring_lists: [LIST, { ...LIST, name: "Other" }] };
    await using workspace = await openWorkspace(old(lists));
    const { code, outText } = await workspace.partwatch(["import", "presets.json"]);
    expect(code).toBe(1);
    expect(outText).toContain("1 imported, 1 there already, 1 refused.");
    expect(outText).toMatch(
      new RegExp(
        `presets\\.json:\\d+:13 monitoring_lists\\[1\\]\\.id: "${UUID}" is also the id of "Sensor board, weekly"`,
      ),
    );
    expect(Object.keys(await monitors(workspace))).toEqual(["sensor-board-weekly.yaml"]);
  });

  it("says what it could not take over, and why, at its line, and takes over the rest", async () => {
    const content = {
      monitoring_lists: [
        LIST,
        {
          ...LIST,
          id: "x!",
          name: "Wrong",
          cron_schedule: "@daily",
          parts: [
            { name: "A", quantity: 0 },
            { name: "B", quantity: -1 },
          ],
        },
        { ...LIST, id: null, name: "", recipients: ["nix"] },
        {
          ...LIST,
          id: null,
          name: "Odd",
          notify_condition: "sometimes",
          misfire_grace_time: 3600,
          parts: [
            { name: "A", quantity: 0 },
            { name_or_ipn: "IC-1", quantity: 1, comment: "for Ann", supplier: null },
          ],
        },
        7,
      ],
      email_configs: [{ password: "hunter2" }],
    };
    await using workspace = await openWorkspace(old(content));
    const { code, outText } = await workspace.partwatch(["import", "presets.json"]);
    expect(code).toBe(1);
    const lines = JSON.stringify(content, null, 2).split("\n");
    const lineOf = (needle: string) => lines.findIndex((line) => line.includes(needle)) + 1;
    expect(outText).toContain(`presets.json:${lineOf('"@daily"')}:24 monitoring_lists[1].cron_schedule: "@daily"`);
    expect(outText).toContain(
      `presets.json:${lineOf("-1")}:23 monitoring_lists[1].parts[1].quantity: must be above 0, not -1.`,
    );
    expect(outText).toContain(
      `presets.json:${lineOf('"nix"')}:9 monitoring_lists[2].recipients[0]: "nix" is not a valid mail address`,
    );
    expect(outText).toMatch(/presets\.json:\d+:\d+ monitoring_lists\[4\]: is not a list/);
    expect(outText).toContain("part 1 (A) is left out: its quantity is 0.");
    expect(outText).toContain('notify_condition "sometimes" is not known here; on_change is used.');
    expect(outText).toContain("misfire_grace_time: not known here; left out.");
    expect(outText).toContain("taken as names: IC-1.");
    expect(outText).toContain("comment of parts: not known here; left out.");
    expect(outText).toContain("email_configs is not taken over");
    expect(outText).not.toContain("hunter2");
    expect(outText).toContain("2 imported, 0 there already, 2 refused.");
    expect(Object.keys(await monitors(workspace))).toEqual(["odd.yaml", "sensor-board-weekly.yaml"]);
  });

  it("gives lists without a schedule or recipients as inactive ones, or with those that are given", async () => {
    const kit = {
      name: "Kit",
      items: [
        { part_id: 3, quantity: 5 },
        { part_id: "Board", quantity: 1 },
      ],
    };
    const hourly = { name: "Hourly", parts: { Chip: 1 }, interval_minutes: 120, recipients: ["a@example.com"] };
    await using workspace = await openWorkspace(old({ presets: [kit, hourly] }));
    const dry = await workspace.partwatch([
      "import",
      "presets.json",
      "--dry-run",
      "--json",
      "--recipients",
      "b@example.com",
    ]);
    expect(JSON.parse(dry.stdout)).toMatchObject({
      dry_run: true,
      lists: [{ id: "kit", outcome: "imported" }, { id: "hourly" }],
    });
    const imported = await workspace.partwatch(["import", "presets.json"]);
    expect(imported).toMatchObject({ code: 0, outText: expect.stringContaining("has no schedule and no recipients") });
    expect(await monitors(workspace)).toEqual({
      "kit.yaml":
        'name: Kit\nactive: false\ncron_schedule: "10 7 * * 1-5"\nparts:\n  - { pk: 3, quantity: 5 }\n  - { name: Board, quantity: 1 }\nchannels: { email: { active: false } }\n',
      "hourly.yaml":
        'name: Hourly\ncron_schedule: "10 */2 * * *"\nparts:\n  - { name: Chip, quantity: 1 }\nrecipients: [a@example.com]\n',
    });
    expect(await workspace.partwatch(["validate"])).toMatchObject({ code: 0 });
  });

  it("keeps its days: the old program's weekday 0 is Monday, and whatever else is guessed is said", async () => {
    const bare = { parts: [{ part_id: "12", quantity: 1 }], recipients: ["a@example.com"] };
    const crons = [
      ["0 7 * * 0-4", "0 7 * * MON-FRI"],
      ["0 7 * * 5,6", "0 7 * * SAT,SUN"],
      ["0 7 * * */2", "0 7 * * MON,WED,FRI,SUN"],
      ["0 7 * * 0-6", "0 7 * * *"],
      ["0 7 * * mon-fri", "0 7 * * mon-fri"],
      ["0 7 * * 1-7", "0 7 * * 1-7"],
      ["0 7 * * fri-mon", "0 7 * * fri-mon"],
      ["0 7 1 * 4", "0 7 1 * FRI"],
      // Every day beside other days was those other days; here it would be every day.
      ["0 7 1 * */1", "0 7 1 * *"],
      ["0 7 1 * 0-6", "0 7 1 * *"],
      ["0 7 1 * mon-sun", "0 7 1 * *"],
      ["0 7 */1 * 0", "0 7 * * MON"],
      ["0 7 1-31 * mon", "0 7 * * mon"],
    ];
    const lists = crons.map(([cron], index) => ({
      ...bare,
      name: `L${String(index).padStart(2, "0")}`,
      interval_minutes: 60,
      cron_schedule: cron,
    }));
    await using workspace = await openWorkspace(old({ monitoring_lists: lists }));
    const { code, outText } = await workspace.partwatch(["import", "presets.json"]);
    expect(code).toBe(0);
    const texts = Object.values(await monitors(workspace));
    expect(texts.map((text) => /cron_schedule: "(.*)"/.exec(text)?.[1])).toEqual(crons.map(([, cron]) => cron));
    const words = outText.replace(/\s+/g, " ");
    expect(words).toContain(
      "0 7 * * 0-4: weekday 0 was Monday in the older program, here it is Sunday; written as 0 7 * * MON-FRI.",
    );
    for (const days of ["1-7", "fri-mon"])
      expect(words).toContain(`the day of week ${days} was none in the older program; it stays as it is`);
    expect(words).toContain("0 7 1 * 4 names days of the month and of the week: both had to match before");
    expect(words.match(/both had to match before/g)).toHaveLength(1);
    expect(words).toContain("interval_minutes 60 is left out: the cron decides.");
    expect(words).toContain("no timezone is named: the cron is read in the zone of partwatch.yaml, UTC by default.");
    expect(words).toContain('part_id "12": taken as the part\'s pk in InvenTree.');
    expect(texts[0]).toContain("{ pk: 12, quantity: 1 }");
  });

  it("that is none is said in words", async () => {
    await using workspace = await openWorkspace({
      files: { "a.json": '{"a": ', "b.json": '{"colour": 1}', "c.json": "" },
    });
    for (const file of ["a.json", "b.json", "c.json", "d.json"]) {
      const { code, stdout, stderr } = await workspace.partwatch(["import", file]);
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      expect(stdout).toMatch(new RegExp(`^${file}[ :]`));
    }
    expect(await workspace.partwatch(["import"])).toMatchObject({ code: 2 });
  });
});
