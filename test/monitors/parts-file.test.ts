import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatProblem } from "../../src/core/problem.ts";
import { defaultConfig } from "../../src/core/settings/config.ts";
import { keepVersions, parsePartList } from "../../src/core/settings/part-list.ts";
import { type PartsFile, readPartsFile } from "../../src/monitors/parts-file.ts";

async function read(file: string, content: string): Promise<PartsFile> {
  const folder = await mkdtemp(join(tmpdir(), "partwatch-parts-"));
  try {
    const path = join(folder, file);
    await writeFile(path, content);
    return await readPartsFile({ path, file, config: defaultConfig(), now: new Date("2026-11-20T12:00:00Z") });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const BOARD = { name: "Board", quantity: 25 };
const NUT = { name: "Nut, M3", quantity: 100 };
const CHIP = { ipn: "IC-1", quantity: 1.5 };

describe("a parts list from a file", () => {
  it.each([
    ["list.csv", 'name,version,quantity\nBoard,,25\n\n# a remark\n"Nut, M3",,100\n', [BOARD, NUT]],
    ["list.csv", "Quantity;IPN;Name\r\n25;;Board\r\n1,5;IC-1;\r\n", [BOARD, CHIP]],
    ["list.csv", '\ufeffBoard,25\n"Nut, M3",100\nipn=IC-1,1.5', [BOARD, NUT, CHIP]],
    ["list.csv", "part,qty\nBoard,25\nipn=IC-1,1.5\n#12,3\n", [BOARD, CHIP, { pk: 12, quantity: 3 }]],
    ["list.csv", 'name,rev,qty\n"a ""b"" c",2,1\n', [{ name: 'a "b" c', version: "2", quantity: 1 }]],
    ["list.tsv", "pk\tquantity\n12\t3\n", [{ pk: 12, quantity: 3 }]],
    ["list.json", '[\n\t{ "name": "Board", "quantity": 25 },\n\t"Nut, M3:100"\n]', [BOARD, NUT]],
    [
      "list.json",
      '{ "title": "any", "parts": [{ "name": "Board", "version": "B", "quantity": 25 }] }',
      [{ ...BOARD, version: "B" }],
    ],
    ["list.yaml", "- name: Board\n  quantity: 25\n- ipn: IC-1 # a remark\n  quantity: 1.5\n", [CHIP, BOARD].reverse()],
    ["list.yml", "parts:\n  - { name: Board, quantity: 25 }\n", [BOARD]],
  ])("is read from %s: %j", async (file, content, parts) => {
    expect(await read(file, content)).toEqual({ parts, problems: [] });
  });

  it.each([
    [
      "list.csv",
      "name,quantity\nBoard,25\nChip,many\n,3\n",
      ["list.csv:3:6 parts[1].quantity: must be a number, not", "list.csv:4:1 parts[2]: names no part"],
    ],
    [
      "list.csv",
      "name,quantity\nBoard,0\nChip,\n",
      ["list.csv:2:7 parts[0].quantity: must be above 0", "list.csv:3:1 parts[1].quantity: is missing"],
    ],
    ["list.csv", "Board,25,7\nChip,zwei\n", ["list.csv:1:1: has more than PART,QUANTITY", 'list.csv:2:1: "Chip:zwei"']],
    ["list.csv", "name,quantity\n", ["list.csv:1:1 parts: the list is empty"]],
    ["list.csv", "name,quantity\nBoard,2,5\n", ['list.csv:2:9: "5" is in no column', "a comma in it must"]],
    [
      "list.csv",
      "name;quantity\nBoard;1.000\nChip;1.000,5\n",
      [
        'list.csv:2:7: "1.000" may have points',
        'list.csv:3:6: "1.000,5" has points between its thousands; write 1000,5.',
      ],
    ],
    ["list.tsv", "Board\t1.000\n", ['list.tsv:1:1: "1.000" may have points']],
    [
      "list.csv",
      'name,quantity\n"Board,25\n"Chip"x,3\n',
      ['list.csv:2:1: "\\"Board" begins with a quote', 'list.csv:3:1: "\\"Chip\\"x" begins'],
    ],
    ["list.csv", '"Board,25\n', ["list.csv:1:1: ", "begins with a quote that does not end it"]],
    [
      "list.json",
      '{ "parts": [\n  { "name": "Board", "quantity": 0 }\n] }',
      ["list.json:2:34 parts[0].quantity: must be above 0"],
    ],
    ["list.json", "{}", ["list.json:1:1 parts: the list is empty"]],
    ["list.json", '{ "parts": [ }', ["list.json:1:", "is not valid JSON"]],
    ["list.yaml", "- name: Board\n  quantity: 1\n  color: red\n", ["list.yaml:3:3 parts[0].color"]],
    ["list.txt", "Board:25", ["list.txt: must end in .csv, .json, .yaml or .yml"]],
  ])("is refused, with the lines, from %s: %j", async (file, content, says) => {
    const { parts, problems } = await read(file, content);
    expect(parts).toBeUndefined();
    expect(problems.map(formatProblem)).toEqual(
      expect.arrayContaining(says.map((part) => expect.stringContaining(part))),
    );
  });

  it("names the columns that are not read", async () => {
    const { parts, problems } = await read("list.csv", "name,quantity,shelf\nBoard,25,7\n");
    expect(parts).toEqual([BOARD]);
    expect(problems.map(formatProblem)).toEqual([
      'warning: list.csv:1:15: the column "shelf" is not read; known are name, ipn, pk, version, quantity, needed_by.',
    ]);
  });

  it("is missing where there is no such file", async () => {
    const config = defaultConfig();
    const missing = await readPartsFile({ path: "/no/such/list.csv", file: "list.csv", config, now: new Date(0) });
    expect(missing).toEqual({ problems: [{ file: "list.csv", message: "does not exist." }] });
  });
});

describe("a parts list on the command line", () => {
  const entries = (...texts: string[]) => parsePartList(texts).entries.map((entry) => Object.values(entry));

  it("is split at commas that follow a quantity, so that names may have commas and colons", () => {
    expect(entries("A:10,B:5")).toEqual([
      ["A", 10],
      ["B", 5],
    ]);
    expect(entries("Nut, M3:100, Resistor 0402: 10k:2.5 ,ipn=X,Y:1")).toEqual([
      ["Nut, M3", 100],
      ["Resistor 0402: 10k", 2.5],
      ["X,Y", 1],
    ]);
    expect(entries("A:1", "B:2,C:3,")).toEqual([
      ["A", 1],
      ["B", 2],
      ["C", 3],
    ]);
  });

  it("may name the day by which a part is needed", () => {
    expect(entries("A:10@2027-02-15,me@work:2 @ 2027-03-01,B:5")).toEqual([
      ["A", 10, "2027-02-15"],
      ["me@work", 2, "2027-03-01"],
      ["B", 5],
    ]);
    for (const day of ["2027-02-30", "tomorrow", "", "2027-02-15@2027-02-16"])
      expect(parsePartList([`A:10@${day}`]).wrong).toEqual([expect.stringContaining("as in A:10@2027-02-15.")]);
  });

  it("keeps the day and the version that a part has on the list", () => {
    const before = [{ name: "A", version: "B", quantity: 1, needed_by: "2027-02-15" }];
    const { parts, notes } = keepVersions(parsePartList(["A:10"]).entries, before);
    expect(parts).toEqual([{ name: "A", version: "B", quantity: 10, needed_by: "2027-02-15" }]);
    expect(notes).toEqual(["A keeps its version B.", "A is still needed by 2027-02-15."]);
  });

  it("has no quantity with two readings, and says how to write one with marks between thousands", () => {
    const says = (text: string) => parsePartList([text]).wrong.map((one) => one.replace(/^"[^"]*": /, ""));
    const doubt = "a point may stand between thousands or before decimals: write";
    expect(says("A:1.000")).toEqual([`${doubt} A:1000 or A:1.`]);
    expect(says("A:12.500@2027-02-15")).toEqual([`${doubt} A:12500 or A:12.5000.`]);
    for (const written of ["1,000", "1.000.000", "1'000", "1 000"])
      expect(says(`A:${written}`)).toEqual([
        `nothing stands between thousands: write A:${written.replaceAll(/\D/g, "")}.`,
      ]);
    expect(says("A:2,5,B:3")).toEqual(["decimals need a point: write A:2.5."]);
    expect(entries("A:0.125,B:1.5")).toEqual([
      ["A", 0.125],
      ["B", 1.5],
    ]);
  });

  it("does not take a wrong quantity for a part of the next name", () => {
    for (const quantity of ["0", "-1", "1e400", ".inf", "NaN", "1.123456"])
      expect(parsePartList([`A:${quantity},B:5`])).toMatchObject({
        entries: [{ name: "B" }],
        wrong: [expect.any(String)],
      });
    expect(parsePartList([""]).wrong).toHaveLength(1);
  });
});
