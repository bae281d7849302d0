// No line for people is wider than the terminal, whatever lists, parts and people are called.
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { visibleWidth } from "../../src/core/text/text-width.ts";
import { systemClock } from "../../src/system/clock.ts";
import { part } from "../demo/workshop.ts";
import { BOARD, boardList, CHIP, onDay, smallProduct } from "../support/small-product.ts";
import { openWorkspace, TOKEN, type Workspace } from "../support/workspace.ts";

/** The evening after the first checks. */
const clock = { ...systemClock, now: () => new Date("2026-11-24T18:00:00Z") };

interface Names {
  readonly list: string;
  readonly board: string;
  readonly chip: string;
  readonly person: string;
  readonly id: string;
}

const words = [
  "Resistor",
  "0402,",
  "10 kΩ",
  "(±1 %)",
  "電阻器",
  "🔋",
  "👩‍👩‍👧",
  "Überspannungsableiter",
  "e\u0301tat",
  "M3-8",
];
const long = fc.array(fc.constantFrom(...words), { minLength: 8, maxLength: 40 }).map((some) => some.join(" "));
const names: fc.Arbitrary<Names> = fc.record({
  list: long.map((text) => `List ${text}`),
  board: long.map((text) => `Board ${text}`),
  chip: long.map((text) => `Chip ${text}`),
  person: fc.integer({ min: 1, max: 40 }).map((length) => `${"ann.".repeat(length)}b@example.com`),
  id: fc.integer({ min: 1, max: 12 }).map((length) => Array.from({ length }, () => "list").join("-")),
});

/** Lines that are too wide; a word alone may be as long as it is. */
function tooWide(text: string, columns: number): readonly string[] {
  const isWord = (line: string) => /^ *(?:[-→✓!✗] )?(?:[^ ]+|"[^"]*")(?: \\)?$/.test(line);
  return text.split("\n").filter((line) => visibleWidth(line) > columns && !isWord(line));
}

/** What a command writes in a terminal of that width. Its clock stands still, so that no progress is shown. */
async function written(args: readonly string[], { workspace, columns, color }: Scene): Promise<string> {
  const pieces: string[] = [];
  const write = (text: string) => void pieces.push(text);
  const { inventree, sink, root: cwd } = workspace;
  const env = {
    INVENTREE_URL: inventree.url,
    INVENTREE_API_TOKEN: TOKEN,
    EMAIL_SMTP_SERVER: sink.host,
    EMAIL_SMTP_PORT: String(sink.port),
    EMAIL_USE_TLS: "false",
    EMAIL_SENDER_ADDRESS: "partwatch@example.com",
  };
  const ask = async (question: string) => {
    pieces.push(`${question}y\n`);
    return "y";
  };
  await runProgram(args, { out: write, err: write, env, cwd, clock, columns, color, interactive: true, ask });
  return pieces.join("");
}

interface Scene {
  readonly workspace: Workspace;
  readonly columns: number;
  readonly color: boolean;
}

async function openScene({ list, board, chip, person, id }: Names): Promise<Workspace> {
  const recipients = JSON.stringify([person, "gone@example.com"]);
  const name = JSON.stringify(list);
  const product = smallProduct();
  const called = new Map([
    [BOARD, board],
    [CHIP, chip],
  ]);
  const named = product.parts.map((row) => ({ ...row, name: called.get(row.pk) ?? row.name }));
  const parts = [...named, part({ pk: 9, name: chip, IPN: "IC-9" })];
  const workspace = await openWorkspace({
    files: {
      [`monitors/${id}.yaml`]: boardList({ name, recipients, parts: "[{ ipn: PCA-1, quantity: 10 }]" }),
      "monitors/other.yaml": boardList({
        name,
        recipients,
        parts: JSON.stringify([
          { name: chip, quantity: 4 },
          { name: `No ${board}`, quantity: 1 },
        ]),
      }),
      "monitors/plan.yaml": boardList({ name, recipients, lists: JSON.stringify([id, "other"]) }).replace(
        /^parts: .*\n/m,
        "",
      ),
      "monitors/broken.yaml": boardList({ name, cron_schedule: JSON.stringify(`61 7 ${list}`) }),
      "presets.json": JSON.stringify({
        presets: [{ name: list, parts: [{ name: chip, quantity: 3 }], nonsense: list }],
        monitoring_lists: [
          { name: chip, parts: [{ name: board, quantity: "many" }], cron_schedule: list, recipients: person },
        ],
      }),
      "parts.csv": `name,quantity\n"${chip}",many\n"${board}",4\n`,
    },
    inventree: { tables: { ...product, parts } },
  });
  await workspace.git("config", "user.name", "Tess");
  await workspace.git("config", "user.email", "tess@example.com");
  workspace.sink.behave({
    recipient: (address) =>
      address === "gone@example.com" ? { code: 550, text: `5.1.1 Nobody is called that: ${list}` } : undefined,
  });
  return workspace;
}

/** Every command, with what goes well and what goes wrong. */
function commandLines({ list, board, chip, person, id }: Names): readonly (readonly string[])[] {
  return [
    ["validate"],
    ["generate"],
    ["calc", `${board}:10`, `No ${chip}:2`, `${chip}:3`],
    ["calc", board, `${chip}:many`],
    ["calc", "--from", `${list}.yaml`, "--by-when"],
    ["run", "--all", ...onDay(23)],
    ["run", "--monitor", list, "--dry-run", ...onDay(23)],
    ["status", ...onDay(27)],
    ["alerts"],
    ["alerts", list],
    ["ack", id, list],
    ["ack", "other", chip],
    ["ack", id, "ipn=IC-1", "--by", `${list} ${person}`],
    ["ack", id, "ipn=IC-1", "--dismiss", "--until", "2999-12-31", "--by", list],
    ["alerts", "--all"],
    ["monitor", "list", ...onDay(24)],
    ["monitor", "show", id, ...onDay(24)],
    ["monitor", "show", "plan", ...onDay(24)],
    ["preview", "plan", ...onDay(24)],
    ["order", "plan", ...onDay(24)],
    ["monitor", "show", "broken"],
    ["monitor", "add", "--name", `New ${list}`, "--parts", `${board}:4,${chip}:5`, "--schedule", "0 8 * * *"],
    ["monitor", "add", "--name", chip, "--parts-file", "parts.csv", "--schedule", "0 8 * * *"],
    ["monitor", "update", "other", "--description", list, "--recipients", person, "--generate"],
    ["monitor", "update", "other", "--schedule", list],
    ["monitor", "deactivate", "other"],
    ["monitor", "run", id, "--force", ...onDay(24)],
    ["preview", id, ...onDay(25)],
    ["import", "presets.json"],
    ["import", `${list}.json`],
    ["--root", "new", "init", "--name", list, "--parts", `${board}:3,${chip}:2`],
    ["init", "--parts", `${board}:many`],
    ["doctor", ...onDay(27)],
    ["monitor", "delete", id],
    ["run", `--${list}`],
    [list],
  ];
}

describe("lines of the terminal", () => {
  it("are never wider than it, whatever lists, parts and people are called", async () => {
    const columns = fc.constantFrom(40, 60, 80, 120);
    await fc.assert(
      fc.asyncProperty(names, columns, fc.boolean(), async (called, columns, color) => {
        await using workspace = await openScene(called);
        const scene = { workspace, columns, color };
        for (const args of commandLines(called)) {
          const text = await written(args, scene);
          expect(text, args.join(" ")).not.toBe("");
          expect(tooWide(text, columns), args.join(" ")).toEqual([]);
        }
        workspace.inventree.faults.add({ path: "/api/", fault: { kind: "answer", status: 403, body: called.list } });
        for (const args of [
          ["run", "--all", ...onDay(28)],
          ["doctor", ...onDay(28)],
          ["status", ...onDay(30)],
        ])
          expect(tooWide(await written(args, scene), columns), args.join(" ")).toEqual([]);
      }),
      { numRuns: 2 },
    );
  }, 240_000);

  it("are never wider than 80 in a pipe", async () => {
    const [called] = fc.sample(names, { numRuns: 1, seed: 7 });
    if (called === undefined) throw new Error("no names");
    await using workspace = await openScene(called);
    // Each is a process, so only what says most.
    const all = commandLines(called);
    const notification = ["validate", "calc", "run", "status", "ack", "import"];
    for (const args of notification.flatMap((name) => all.filter(([first]) => first === name).slice(0, 1))) {
      const { stdout, stderr } = await workspace.partwatch(args);
      const log = /^\d\d:\d\d:\d\d (?:error|warning|info|debug) /;
      const said = stderr.split("\n").filter((line) => !log.test(line));
      expect(tooWide([stdout, ...said].join("\n"), 80), args.join(" ")).toEqual([]);
    }
  });

  it.each([40, 60, 80])("of help fit %i columns", async (columns) => {
    await using workspace = await openWorkspace({ files: {} });
    const commands = ["run", "calc", "validate", "preview", "status", "alerts", "ack", "import", "generate", "init"];
    const monitor = ["", "list", "show", "add", "update", "delete", "activate", "run"].map((name) => ["monitor", name]);
    for (const args of [[], ...commands.map((one) => [one]), ["doctor"], ["demo"], ...monitor]) {
      const text = await written([...args.filter((word) => word !== ""), "--help"], {
        workspace,
        columns,
        color: false,
      });
      expect(text).toContain("Usage: partwatch");
      expect(tooWide(text, columns)).toEqual([]);
    }
  });

  it("of the demo fit 60 columns", async () => {
    const columns = 60;
    await using workspace = await openWorkspace({ files: {} });
    const text = await written(["demo", "--out", join(workspace.root, "week")], { workspace, columns, color: true });
    expect(text).toContain("Where it all is");
    expect(tooWide(text, columns)).toEqual([]);
  });
});
