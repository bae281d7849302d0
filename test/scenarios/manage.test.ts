import { mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { boardList, CHIP, onDay } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

const NEW = [
  "monitor",
  "add",
  ...["--name", "Gehäuse, klein"],
  ...["--parts", "Nut, M3:100,ipn=IC-1:5,#2:0.5"],
  ...["--schedule", "10 7 * * 1-5"],
  ...["--recipients", "stock@example.com, purchasing@example.com"],
];

/** A list as people write it, with remarks and a style of their own. */
const OWN = `# the Berlin lab
name: 'Cables'   # as purchasing calls them
active: true
cron_schedule: "30 6 * * 1"  # Monday
parts:
  # of the October batch
  - {name: Board,  quantity: 10}   # ten
  - {name: Chip,   quantity: 2}
recipients: [stock@example.com]
`;

function text({ root }: Workspace, file: string): Promise<string> {
  return readFile(join(root, file), "utf8");
}

function json(stdout: string): unknown {
  return JSON.parse(stdout);
}

describe.concurrent("a new monitor from the command line", () => {
  it("is written into a file named after it, as it was asked for, and is due", async () => {
    await using workspace = await openWorkspace({ files: {} });
    const added = await workspace.partwatch(NEW);
    expect(added).toMatchObject({ code: 0, stderr: "" });
    expect(added.outText).toContain("added gehaeuse-klein (monitors/gehaeuse-klein.yaml)");
    expect(added.outText).toContain("At 07:10, Monday through Friday (UTC)");
    expect(await text(workspace, "monitors/gehaeuse-klein.yaml")).toBe(`name: Gehäuse, klein
cron_schedule: "10 7 * * 1-5"
parts:
  - { name: "Nut, M3", quantity: 100 }
  - { ipn: IC-1, quantity: 5 }
  - { pk: 2, quantity: 0.5 }
recipients: [stock@example.com, purchasing@example.com]
`);
    expect(await workspace.partwatch(["validate"])).toMatchObject({ code: 0, stdout: "1 monitor is valid.\n" });
    await workspace.partwatch(["run"]);
    expect(workspace.sink.mails()[0]?.to).toEqual(["stock@example.com", "purchasing@example.com"]);
  });

  it("has every field that a flag gives it, its own id, and the editor's schema where there is one", async () => {
    await using workspace = await openWorkspace({ files: { "schemas/monitor.schema.json": "{}" } });
    const flags = ["--id", "box", "--timezone", "Europe/Berlin", "--notify-condition", "always", "--no-active"];
    const more = ["--description", "For the fair: all of it", "--tags", "fair, lab", "--language", "de"];
    expect(await workspace.partwatch([...NEW, ...flags, ...more])).toMatchObject({ code: 0 });
    expect(await text(workspace, "monitors/box.yaml")).toMatch(
      /^# yaml-language-server: \$schema=..\/schemas\/monitor.schema.json\nname: Gehäuse, klein\ndescription: "For the fair: all of it"\ntags: \[fair, lab\]\nactive: false\ncron_schedule: .*\ntimezone: Europe\/Berlin\nparts:\n(?: {2}.*\n)+recipients: .*\nnotify_condition: always\nlanguage: de\n$/,
    );
  });

  it("never takes the place of a file or an id that is there", async () => {
    const files = { "monitors/gehaeuse-klein.yaml": "not even a list", "monitors/other.yml": boardList({ id: "box" }) };
    await using workspace = await openWorkspace({ files });
    const again = await workspace.partwatch(NEW);
    expect(again).toMatchObject({ code: 1, errText: expect.stringContaining("gehaeuse-klein.yaml: is there already") });
    expect(await text(workspace, "monitors/gehaeuse-klein.yaml")).toBe("not even a list");
    const twin = await workspace.partwatch([...NEW, "--id", "box"]);
    expect(twin).toMatchObject({ code: 1, errText: expect.stringContaining("also the id of monitors/other.yml") });
    expect(await readdir(join(workspace.root, "monitors"))).toEqual(["gehaeuse-klein.yaml", "other.yml"]);
  });

  it("is not written while anything is wrong with it; each problem has the line it would have had", async () => {
    await using workspace = await openWorkspace({ files: { "partwatch.yaml": "allowed_recipients: [example.com]\n" } });
    const parts = ["--name", "Bad", "--parts", "A:1"];
    const wrong = ["--schedule", "61 7 * * 1-5", "--recipients", "ann@elsewhere.org", "--timezone", "Berlin"];
    const added = await workspace.partwatch(["monitor", "add", ...parts, ...wrong]);
    expect(added).toMatchObject({ code: 1, stdout: "" });
    expect(added.errText).toContain('monitors/bad.yaml:2:16 cron_schedule: "61 7 * * 1-5": minute must be 0-59.');
    expect(added.errText).toContain("monitors/bad.yaml:3:11 timezone:");
    expect(added.errText).toContain("monitors/bad.yaml:6:14 recipients[0]: ann@elsewhere.org is not allowed");
    expect(added.errText).toContain("Nothing was written.");
    expect(await readdir(join(workspace.root, "monitors"))).toEqual([]);
  });

  it("never leaves the repository by a link", async () => {
    await using workspace = await openWorkspace({ files: {} });
    const elsewhere = await mkdtemp(join(tmpdir(), "partwatch-elsewhere-"));
    for (const target of [elsewhere, join(elsewhere, "nothing")]) {
      await rm(join(workspace.root, "monitors"), { recursive: true, force: true });
      await symlink(target, join(workspace.root, "monitors"));
      const { code, errText } = await workspace.partwatch(NEW);
      expect({ code, errText }).toEqual({
        code: 1,
        errText: expect.stringMatching(/^monitors: (is a link|cannot be written).*\nNothing was written/),
      });
    }
    expect(await readdir(elsewhere)).toEqual([]);
    await rm(elsewhere, { recursive: true });
  });

  it("is a usage error (exit 2) where the command line itself is wrong, and writes nothing", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/a.yaml": boardList(), "list.csv": "Board,1" } });
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [["monitor", "add", "--name", "A", "--parts", "A:1"], "--schedule"],
      [["monitor", "add", "--name", "A", "--schedule", "0 7 * * *"], "--parts (or --parts-file, --lists)"],
      [[...NEW, "--parts-file", "list.csv"], "exclude each other"],
      [[...NEW, "--parts", "A"], "write PART:QUANTITY"],
      [[...NEW, "--parts", "A:-1,B:5"], "must be a number above 0"],
      [[...NEW, "--notify-condition", "sometimes"], "Allowed choices"],
      [[...NEW, "--id", "../x"], "is not a valid id"],
      [["monitor", "update", "a"], "Nothing to change"],
      [["monitor"], "Usage: partwatch monitor"],
    ];
    for (const [args, says] of wrong) {
      const { code, errText } = await workspace.partwatch(args);
      expect({ code, errText }).toEqual({ code: 2, errText: expect.stringContaining(says) });
    }
    expect(await readdir(join(workspace.root, "monitors"))).toEqual(["a.yaml"]);
  });

  it("may take its parts from a file, whose own lines are named where they are wrong", async () => {
    const list = 'name,version,quantity\nBoard,B,25\n"Nut, M3",,100\n';
    await using workspace = await openWorkspace({ files: { "list.csv": list, "bad.csv": `${list}Chip,,many\n` } });
    const add = ["monitor", "add", "--name", "Box", "--schedule", "0 7 * * *", "--recipients", "stock@example.com"];
    const bad = await workspace.partwatch([...add, "--parts-file", "bad.csv"]);
    expect(bad).toMatchObject({
      code: 1,
      errText: expect.stringContaining("bad.csv:4:7 parts[2].quantity: must be a"),
    });
    expect(await workspace.partwatch([...add, "--parts-file", "list.csv"])).toMatchObject({ code: 0 });
    expect(await text(workspace, "monitors/box.yaml")).toContain(
      'parts:\n  - { name: Board, version: B, quantity: 25 }\n  - { name: "Nut, M3", quantity: 100 }\n',
    );
  });
});

describe.concurrent("a monitor that is changed from the command line", () => {
  it("keeps its remarks, its order and its style: only what changes moves", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/cables.yaml": OWN } });
    const parts = ["--parts", "Chip:3,Board:10,Nut:1", "--schedule", "45 6 * * 1"];
    const updated = await workspace.partwatch(["monitor", "update", "cab", ...parts, "--timezone", "Europe/Berlin"]);
    expect(updated).toMatchObject({ code: 0, outText: expect.stringContaining("updated cables") });
    expect(await text(workspace, "monitors/cables.yaml")).toBe(
      OWN.replace("30 6", "45 6")
        .replace("# Monday\n", "# Monday\ntimezone: Europe/Berlin\n")
        .replace("quantity: 2}\n", "quantity: 3}\n  - {name: Nut, quantity: 1}\n"),
    );
    expect((await workspace.git("diff", "--numstat")).split("\t").slice(0, 2)).toEqual(["4", "2"]);
  });

  it("keeps the version of a part that --parts cannot name, and says so", async () => {
    const own = OWN.replace("{name: Board,", "{name: Board, version: B,");
    await using workspace = await openWorkspace({ files: { "monitors/cables.yaml": own } });
    const updated = await workspace.partwatch(["monitor", "update", "cables", "--parts", "Board:12,Chip:2"]);
    expect(updated).toMatchObject({ code: 0, outText: expect.stringContaining("Board keeps its version B.") });
    expect(await text(workspace, "monitors/cables.yaml")).toBe(own.replace("quantity: 10", "quantity: 12"));
  });

  it("stays byte for byte as it was if the change would make it invalid", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/cables.yaml": OWN } });
    const wrong = ["--schedule", "*/5 * * * *", "--name", "Other"];
    const { code, errText } = await workspace.partwatch(["monitor", "update", "cables", ...wrong]);
    expect({ code, errText }).toEqual({
      code: 1,
      errText: expect.stringContaining("monitors/cables.yaml:4:16 cron_schedule"),
    });
    expect(await text(workspace, "monitors/cables.yaml")).toBe(OWN);
  });

  it("may have been invalid before: a change can mend it", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/cables.yaml": OWN.replace("30 6", "99 6") } });
    expect(await workspace.partwatch(["monitor", "deactivate", "cables"])).toMatchObject({ code: 1 });
    expect(await workspace.partwatch(["monitor", "update", "cables", "--schedule", "30 6 * * 1"])).toMatchObject({
      code: 0,
    });
    expect(await text(workspace, "monitors/cables.yaml")).toBe(OWN);
  });

  it("keeps the byte order mark and the line ends of a Windows editor", async () => {
    const own = `\ufeff${OWN.replaceAll("\n", "\r\n")}`;
    await using workspace = await openWorkspace({ files: { "monitors/cables.yaml": own } });
    await workspace.partwatch(["monitor", "update", "cables", "--recipients", "stock@example.com,b@example.com"]);
    expect(await text(workspace, "monitors/cables.yaml")).toBe(own.replace("com]", "com, b@example.com]"));
  });

  it("is named by as much of its id as is unique, or by its file", async () => {
    const files = { "monitors/cables.yaml": OWN, "monitors/cabinet.yaml": OWN, "monitors/cab.yaml": OWN };
    await using workspace = await openWorkspace({ files });
    const activate = (name: string) => workspace.partwatch(["monitor", "deactivate", name, "--json"]);
    expect(json((await activate("cabl")).stdout)).toMatchObject({
      id: "cables",
      action: "updated",
      changed: ["active"],
    });
    expect(json((await activate("CAB")).stdout)).toMatchObject({ id: "cab" });
    expect(json((await activate("monitors/cabinet.yaml")).stdout)).toMatchObject({ id: "cabinet" });
    expect(await activate("ca")).toMatchObject({ code: 1, errText: expect.stringContaining("cab, cabinet, cables") });
    expect(await activate("x")).toMatchObject({ code: 1, errText: expect.stringContaining("There is no monitor x.") });
  });

  it("is passed over by the schedule once deactivated, and checked again once activated", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/cables.yaml": OWN } });
    await workspace.partwatch(["monitor", "deactivate", "cables"]);
    expect(await text(workspace, "monitors/cables.yaml")).toBe(OWN.replace("active: true", "active: false"));
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({
      outText: expect.stringContaining("Nothing is due."),
    });
    const again = await workspace.partwatch(["monitor", "deactivate", "cables"]);
    expect(again).toMatchObject({ code: 0, outText: expect.stringContaining("nothing was written") });
    await workspace.partwatch(["monitor", "activate", "cables"]);
    expect(await text(workspace, "monitors/cables.yaml")).toBe(OWN);
    await workspace.partwatch(["run", ...onDay(23)]);
    expect(workspace.sink.mails()).toHaveLength(1);
  });

  it("is run at once by its name, inactive or not", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/cables.yaml": OWN.replace("true", "false") } });
    const run = await workspace.partwatch(["monitor", "run", "cab", ...onDay(23)]);
    expect(run).toMatchObject({ code: 0, outText: expect.stringContaining(`Chip`) });
    expect(inside(await workspace.state("state/cables.json"), "alerts", 0, "part")).toBe(CHIP);
    expect(inside(await workspace.state("runs.json"), "monitors", "cables", "last_run", "manual_at")).toBe(
      "2026-11-23T07:00:00.000Z",
    );
  });
});

describe.concurrent("a change that moves the workflows", () => {
  it("says that they are to be written, writes them if asked, and is quiet once they fit", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/cables.yaml": OWN } });
    const due = "Run: partwatch generate";
    expect((await workspace.partwatch(NEW)).outText).toContain(due);
    const update = ["monitor", "update", "cables", "--schedule"];
    const written = await workspace.partwatch([...update, "45 6 * * 1", "--generate"]);
    expect(written.outText).toContain("wrote .github/workflows/partwatch.yml");
    expect(await text(workspace, ".github/workflows/partwatch.yml")).toContain("45 6 * * 1");
    expect((await workspace.partwatch(["generate", "--check"])).code).toBe(0);
    expect((await workspace.partwatch(["monitor", "update", "cables", "--tags", "lab"])).outText).not.toContain(due);
    expect((await workspace.partwatch([...update, "50 6 * * 1"])).outText).toContain(due);
  });
});
