import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bomLine, part, stockItem } from "../demo/workshop.ts";
import { BOARD, boardList, CHIP, onDay, putStock, smallProduct } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

/** Words that every object of JavaScript answers to, as ids, where letters are small, and as they are. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype);
const IDS = ["board", "constructor", "hasownproperty", "tostring", "valueof"];

const lists = Object.fromEntries(IDS.map((id) => [`monitors/${id}.yaml`, boardList({ name: id })]));

describe.concurrent("lists whose ids every object answers to", () => {
  it("are valid, and get a schedule and a preview", async () => {
    await using workspace = await openWorkspace({ files: lists });
    expect(await workspace.partwatch(["validate"])).toMatchObject({ code: 0, stderr: "" });
    expect(await workspace.partwatch(["generate"])).toMatchObject({ code: 0, stderr: "" });
    expect((await workspace.partwatch(["status"])).stdout).toMatch(/^constructor /m);
    expect((await workspace.partwatch(["monitor", "show", "constructor"])).stdout).toContain("constructor");
    expect((await workspace.partwatch(["preview", "constructor", ...onDay(23)])).stdout).toContain("(first)");
  });

  it("are checked, mailed, remembered and forgotten like any other", async () => {
    await using workspace = await openWorkspace({ files: lists });
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 0 });
    expect(subjects(workspace)).toEqual(IDS.map((id) => `[Partwatch] ${id}: parts short`));
    for (const id of IDS) {
      expect(await workspace.state(`state/${id}.json`)).toMatchObject({ id, alerts: [{ part: CHIP }] });
      expect(inside(await workspace.state("runs.json"), "monitors", id)).toMatchObject({
        last_run: { outcome: "notified" },
      });
    }
    expect(await workspace.partwatch(["run", ...onDay(24)])).toMatchObject({ code: 0 });
    expect(workspace.sink.mails()).toHaveLength(IDS.length);
    await workspace.remove("monitors/constructor.yaml");
    putStock(workspace.inventree, CHIP, 50);
    expect(await workspace.partwatch(["run", ...onDay(25)])).toMatchObject({ code: 0 });
    expect(await workspace.state("state/constructor.json")).toBeUndefined();
    expect(Object.keys(Object(inside(await workspace.state("runs.json"), "monitors")))).not.toContain("constructor");
    const others = IDS.filter((id) => id !== "constructor");
    expect(subjects(workspace).slice(IDS.length)).toEqual(others.map((id) => `[Partwatch] ${id}: all covered`));
  });

  it("are shown with what is remembered, and their alerts are acknowledged", async () => {
    await using workspace = await openWorkspace({ files: lists });
    await workspace.partwatch(["run", ...onDay(23)]);
    expect((await workspace.partwatch(["monitor", "list"])).stdout).toMatch(/^constructor .* 1$/m);
    const shown = await workspace.partwatch(["monitor", "show", "constructor", "--json"]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ id: "constructor" });
    expect((await workspace.partwatch(["alerts"])).stdout).toMatch(/^constructor +Chip +#3 +short +5 +active/m);
    const acked = await workspace.partwatch(["ack", "constructor", "Chip", "--by", "Ann"]);
    expect(acked).toMatchObject({ code: 0, stdout: expect.stringContaining("is acknowledged by Ann") });
    expect(await workspace.state("state/constructor.json")).toMatchObject({ alerts: [{ state: "acknowledged" }] });
  });

  it("are made, changed and read from an old presets file", async () => {
    await using workspace = await openWorkspace({ files: {} });
    const old = IDS.map((name) => ({ ...OLD, name, id: name }));
    const json = JSON.stringify(old).replaceAll('"active"', '"constructor":1,"__proto__":{"active":false},"active"');
    await workspace.write("old.json", json);
    const imported = await workspace.partwatch(["import", "old.json"]);
    expect(imported).toMatchObject({ code: 0, stderr: "" });
    expect(imported.stdout).toContain("wrote monitors/constructor.yaml");
    expect(imported.stdout).toContain("constructor, __proto__: not known here; left out.");
    const set = await workspace.partwatch(["monitor", "update", "constructor", "--name", "valueOf"]);
    expect(set).toMatchObject({ code: 0, stdout: expect.stringContaining("updated constructor") });
  });
});

describe.concurrent("words that every object answers to", () => {
  it("are columns that nothing reads, in a parts list of CSV", async () => {
    const cells = INHERITED.map(() => ",1").join("");
    const csv = `name,quantity,${INHERITED.join(",")}\nChip,20${cells}\n`;
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList(), "list.csv": csv } });
    const set = await workspace.partwatch(["monitor", "update", "board", "--parts-file", "list.csv"]);
    expect(set).toMatchObject({ code: 0 });
    for (const word of INHERITED) expect(set.stdout + set.stderr).toContain(`the column "${word}" is not read`);
    expect(set.stdout + set.stderr).not.toContain("native code");
    expect(await readFile(join(workspace.root, "monitors/board.yaml"), "utf8")).toContain(
      "{ name: Chip, quantity: 20 }",
    );
  });

  it("are fields that nothing knows, in a list and in partwatch.yaml", async () => {
    const unknown = INHERITED.map((word) => `${word}: 1\n`).join("");
    await using workspace = await openWorkspace({
      files: {
        "monitors/board.yaml": `${boardList()}${unknown}`,
        "monitors/__proto__.yaml": boardList({ name: "Prototype" }),
        "partwatch.yaml": unknown,
      },
    });
    const { code, outText, errText } = await workspace.partwatch(["validate"]);
    expect(code).toBe(1);
    for (const word of INHERITED)
      for (const file of ["monitors/board.yaml", "partwatch.yaml"])
        expect(outText + errText).toMatch(new RegExp(`^${file}:\\d+:1 ${word}: is not known here`, "m"));
    expect(outText + errText).toMatch(/^monitors\/__proto__\.yaml.* is not a valid id/m);
  });

  it("may name parts, servers and the variables of servers", async () => {
    const parts = INHERITED.map((name, index) => part({ pk: 100 + index, name, IPN: `IPN-${name}` }));
    const product = smallProduct({
      parts: [part({ pk: BOARD, name: "Board", assembly: true, purchaseable: false }), ...parts],
      bomLines: parts.map(({ pk }) => bomLine({ pk, part: BOARD, sub_part: pk })),
      stockItems: parts.map(({ pk }) => stockItem({ pk, part: pk, quantity: 3 })),
    });
    await using workspace = await openWorkspace({
      inventree: { tables: product },
      files: {
        "monitors/constructor.yaml": boardList({
          instance: "constructor",
          parts: `[{ name: Board, quantity: 10 }${INHERITED.map((word) => `, { name: ${word}, quantity: 1 }`).join("")}]`,
        }),
        "partwatch.yaml":
          "instances:\n  - { label: constructor, url_env: INVENTREE_URL, token_env: INVENTREE_API_TOKEN }\n",
      },
    });
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 0 });
    // Long names go on in the next line.
    for (const word of INHERITED)
      expect(workspace.sink.mails()[0]?.parsed.text).toMatch(
        new RegExp(`^${word.slice(0, 12)}\\S* +(?:IPN-\\S+ +)?11 `, "m"),
      );
    expect(await workspace.partwatch(["ack", "constructor", "__proto__", "--by", "valueOf"])).toMatchObject({
      code: 0,
    });
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(workspace.sink.mails()).toHaveLength(1);
  });
});

const OLD = {
  parts: [{ name: "Board", quantity: 10 }],
  active: true,
  cron_schedule: "10 7 * * 1-5",
  timezone: "UTC",
  recipients: "stock@example.com",
  notify_condition: "always",
};

function subjects({ sink }: Workspace): readonly string[] {
  return sink.mails().map(({ parsed }) => parsed.subject ?? "");
}
