import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { sampleTables } from "../../demo/sample/tables.ts";
import type { Io } from "../../src/cli/io.ts";
import { createProgram, runProgram } from "../../src/cli/program.ts";
import { systemClock } from "../../src/system/clock.ts";
import { needs } from "../support/needs.ts";
import { BOARD, boardList, onDay } from "../support/small-product.ts";
import { inside, openWorkspace } from "../support/workspace.ts";

const repository = join(import.meta.dirname, "../..");
const program = join(repository, "dist/cli.mjs");
/** Whether there is a `script` here that makes a terminal for a command. */
const terminals = await promisify(execFile)("script", ["--version"]).then(
  () => true,
  () => false,
);
const oneList = { files: { "monitors/board.yaml": boardList() } };
const COMMANDS = [
  ...[
    "run",
    "calc",
    "order",
    "stock",
    "validate",
    "preview",
    "status",
    "alerts",
    "ack",
    "import",
    "generate",
    "init",
    "doctor",
  ],
  ...["dashboard", "ui", "demo"],
  ...["", " list", " show", " add", " update", " delete", " activate", " deactivate", " run"].map(
    (name) => `monitor${name}`,
  ),
];
/** They print data, for programs too. */
const PRINTING = COMMANDS.filter((command) => !["dashboard", "ui", "demo", "monitor"].includes(command));

/** Runs a command in this process. */
async function said(...args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> {
  let stdout = "";
  const out = (text: string) => {
    stdout += text;
  };
  return { code: await runProgram(args, ioTo(out)), stdout };
}

function ioTo(out: (text: string) => void): Io {
  const clock = systemClock;
  return { out, err: out, env: {}, cwd: repository, clock, columns: 80, color: false, interactive: false, ask: null };
}

/** Lines that do not fit 80 columns; an address may be as long as it is. */
function tooLong(text: string): readonly string[] {
  return text.split("\n").filter((line) => [...line].length > 80 && !line.includes("://"));
}

function reportSchema(): (report: unknown) => readonly unknown[] {
  const schema: unknown = JSON.parse(readFileSync(join(repository, "schemas/report.schema.json"), "utf8"));
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(Object(schema));
  return (report) => (validate(report) ? [] : (validate.errors ?? []));
}

describe.concurrent("help", () => {
  it.each(COMMANDS)("of %s has an example, and fits 80 columns", async (command) => {
    const { code, stdout } = await said(...command.split(" "), "--help");
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Example:\\n  \\$ partwatch ${command}`));
    expect(/^ +--json /m.test(stdout)).toBe(PRINTING.includes(command));
    expect(tooLong(stdout)).toEqual([]);
  });

  it("is there for every command that there is", async () => {
    const names = (command: Command, above: string): string[] =>
      command.commands.flatMap((one) => [`${above}${one.name()}`, ...names(one, `${above}${one.name()} `)]);
    const { program, load } = createProgram({ io: ioTo(() => {}), exit: () => {} });
    const overview = program.helpInformation();
    await load();
    expect(names(program, "").toSorted()).toEqual(COMMANDS.toSorted());
    // What it says of a command that is not loaded is what that command takes.
    expect(program.helpInformation()).toBe(overview);
  });

  it("is the same by the command's name behind it", async () => {
    for (const command of ["ack", "monitor"])
      expect(await said("help", command)).toEqual(await said(command, "--help"));
    expect(await said("help", "monitor", "add")).toEqual(await said("monitor", "--help"));
    expect((await said("help")).stdout).toMatch(/^ {2}ack /m);
  });

  it("of the program names every command", async () => {
    await using workspace = await openWorkspace(oneList);
    const run = await workspace.partwatch(["--help"]);
    for (const command of COMMANDS.filter((name) => !name.includes(" ")))
      expect(run.stdout).toMatch(new RegExp(`^  ${command}\\b`, "m"));
    expect(run.outText).toContain("Example:");
    expect(tooLong(run.stdout)).toEqual([]);
  });
});

it("says the version that the package has", async () => {
  const { version } = Object(JSON.parse(readFileSync(join(repository, "package.json"), "utf8")));
  expect(await said("--version")).toEqual({ code: 0, stdout: `${version}\n` });
});

describe.concurrent("exit codes", () => {
  it.each([
    ["no command", []],
    ["a command that there is not", ["nonsense"]],
    ["an option that there is not", ["run", "--nonsense"]],
    ["options that exclude each other", ["run", "--all", "--monitor", "board"]],
    ["an instant without a zone", ["run", "--now", "2026-11-23T07:00:00"]],
    ["a part without a quantity", ["calc", "Board"]],
    ["a quantity that is no number", ["calc", "Board:many"]],
    ["a quantity of nothing", ["calc", "Board:0"]],
    ["a quantity below nothing", ["calc", "Board:-1"]],
    ["a quantity without end", ["calc", "Board:1e400"]],
    ["a pk that is none", ["calc", "#board:1"]],
    ["no parts at all", ["calc"]],
    ["a log level that there is not", ["--log-level", "loud", "calc", "Board:1"]],
    ["a folder that is not there", ["--root", "nowhere", "validate"]],
    ["a folder that is a file", ["-C", "monitors/board.yaml", "status"]],
    ["a kind that nothing fails on", ["calc", "Board:1", "--fail-on", "everything"]],
  ])("2 for %s, with words and without a stack", async (_, args) => {
    await using workspace = await openWorkspace(oneList);
    const run = await workspace.partwatch(args);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).not.toBe("");
    expect(run.stderr).not.toMatch(/^\s+at /m);
    expect(workspace.inventree.requests()).toEqual([]);
  });

  it("come with what was probably meant", async () => {
    await using workspace = await openWorkspace(oneList);
    for (const [args, meant] of [
      [["rnu"], "run"],
      [["--log-level", "debgu", "validate"], "debug"],
      [["monitor", "show", "baord"], "board"],
      [["monitor", "show", "Board bacth"], "board"],
    ] as const)
      expect((await workspace.partwatch(args)).errText).toContain(`Did you mean ${meant}?`);
    const calc = await workspace.partwatch(["calc", "Board:2,5"]);
    expect(calc.errText).toContain("decimals need a point: write Board:2.5.");
  });

  it("0 for a shortage, unless --fail-on asks for 1", async () => {
    await using workspace = await openWorkspace(oneList);
    const codes = async (...args: readonly string[]) => (await workspace.partwatch(args)).code;
    expect(await codes("calc", "Board:10")).toBe(0);
    expect(await codes("calc", "Board:10", "--fail-on", "short")).toBe(1);
    expect(await codes("calc", "Board:5", "--fail-on", "short")).toBe(0);
    expect(await codes("calc", "No such part:1")).toBe(0);
    expect(await codes("calc", "No such part:1", "--fail-on", "short")).toBe(1);
    expect(await codes("run", "--dry-run", "--fail-on", "short", ...onDay(23))).toBe(1);
  });

  it("1 for critical parts where --fail-on critical asks for it", async () => {
    await using workspace = await openWorkspace({
      ...oneList,
      inventree: { tables: sampleTables({ today: "2026-11-23" }) },
    });
    const json = await workspace.partwatch(["calc", "ipn=XTL-0001:450", "--json"]);
    const summary = inside(JSON.parse(json.stdout), "summary");
    expect(summary).toMatchObject({ short: 0, critical: 1 });
    expect((await workspace.partwatch(["calc", "ipn=XTL-0001:450", "--fail-on", "short"])).code).toBe(0);
    expect((await workspace.partwatch(["calc", "ipn=XTL-0001:450", "--fail-on", "critical"])).code).toBe(1);
  });
});

describe.concurrent("calc", () => {
  it("finds a part by its name, with colons in it, by its IPN and by its pk", async () => {
    await using workspace = await openWorkspace(oneList);
    const run = await workspace.partwatch(["calc", "Resistor 0402: 10k:5", "ipn=IC-1:2.5", `#${BOARD}:3`, "--json"]);
    const lines = inside(JSON.parse(run.stdout), "lines");
    expect(lines).toMatchObject([
      { name: "Chip", required: 5.5, missing: 0.5, short: true },
      { name: "Board", required: 3, to_build: 3 },
      { name: "Resistor 0402: 10k", required: 17, short: false },
    ]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
  });

  it("says in the report what it cannot find and what is ambiguous, and calculates the rest", async () => {
    await using workspace = await openWorkspace(oneList);
    workspace.inventree.change((tables) => ({
      ...tables,
      parts: [...tables.parts, ...tables.parts.filter(({ name }) => name === "Chip").map((row) => ({ ...row, pk: 9 }))],
    }));
    const run = await workspace.partwatch(["calc", "Nothing:4", "Chip:1", "Board:2"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.outText).toContain("No part is named Nothing");
    expect(run.stdout).toMatch(/2 parts are named Chip: pk 3, 9/);
    expect(run.stdout).toMatch(/^Board +PCA-1 +to build/m);
  });

  it("takes a list from a file that is no monitor, and adds to it", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.write("plans/next.yaml", "parts: [{ name: Board, quantity: 4 }]\npolicy: { buy: [Board] }\n");
    const run = await workspace.partwatch(["calc", "--from", "next.yaml", "Chip:1", "--json"], { cwd: "plans" });
    expect(run.stderr).toBe("");
    expect(inside(JSON.parse(run.stdout), "lines")).toMatchObject([
      { name: "Board", required: 4, make: false, missing: 4 },
      { name: "Chip", required: 1 },
    ]);
    await workspace.write("plans/bad.yaml", "parts: [{ name: Board, quantity: 0 }]\n");
    const bad = await workspace.partwatch(["calc", "--from", "plans/bad.yaml"]);
    expect(bad).toMatchObject({ code: 1, stdout: "" });
    expect(bad.stderr).toMatch(/plans\/bad\.yaml:1:\d+ parts\[0\]\.quantity/);
    const none = await workspace.partwatch(["calc", "--from", "plans/none.yaml"]);
    expect(none).toMatchObject({ code: 1, stdout: "", errText: expect.stringContaining("plans/none.yaml") });
  });

  it("prints a report as JSON that fits its schema", async () => {
    await using workspace = await openWorkspace({
      ...oneList,
      inventree: { tables: sampleTables({ today: "2026-11-23" }) },
    });
    const args = ["calc", "Fernwarte Station 868:40", "Fernwarte Gateway:12", "Nothing:1", "--json"];
    const run = await workspace.partwatch(args);
    const report: unknown = JSON.parse(run.stdout);
    expect(reportSchema()(report)).toEqual([]);
    expect((await workspace.partwatch(args)).stdout).toBe(run.stdout);
  });
});

describe.concurrent("output", () => {
  it("of run fits 80 columns, and has no colours in a pipe", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/station.yaml": boardList({ parts: "[{ name: Fernwarte Station 868, quantity: 40 }]" }) },
      inventree: { tables: sampleTables({ today: "2026-11-23" }) },
    });
    const outputs = [
      await workspace.partwatch(["run", ...onDay(23)]),
      await workspace.partwatch(["calc", "Fernwarte Gateway:12"]),
      // A day late, so that it says what is overdue.
      await workspace.partwatch(["status", ...onDay(25)]),
    ];
    for (const { code, stdout } of outputs) {
      expect(code).toBe(0);
      expect(tooLong(stdout)).toEqual([]);
      expect(stdout).not.toContain("\u001b");
    }
  });

  it("of run --json is one JSON text whose reports fit their schema, with the log kept apart", async () => {
    await using workspace = await openWorkspace(oneList);
    const run = await workspace.partwatch(["--log-level", "debug", "run", "--json", ...onDay(23)]);
    const json: unknown = JSON.parse(run.stdout);
    expect(json).toMatchObject({
      monitors: [
        {
          id: "board",
          outcome: "notified",
          reason: "new",
          error: null,
          deliveries: [{ channel: "email", outcome: "accepted", accepted: ["stock@example.com"] }],
        },
      ],
      failures: [],
      spent: { requests: workspace.inventree.requests().length, retries: 0 },
    });
    expect(reportSchema()(inside(json, "monitors", 0, "report"))).toEqual([]);
  });

  it(
    "has colours on a terminal, unless NO_COLOR is set; the words are the same",
    needs("script", terminals),
    async () => {
      await using workspace = await openWorkspace(oneList);
      const onTerminal = async (env: Readonly<Record<string, string>>) => {
        const command = `"${process.execPath}" "${program}" validate; "${process.execPath}" "${program}" calc Board:10`;
        const { url, token } = workspace.inventree;
        const all = {
          ...process.env,
          INVENTREE_URL: url,
          INVENTREE_API_TOKEN: token,
          TERM: "xterm",
          NO_COLOR: "",
          ...env,
        };
        const { stdout } = await promisify(execFile)("script", ["-qec", command, "/dev/null"], {
          cwd: workspace.root,
          env: all,
        });
        // On a slow machine the progress line was there for a while: it wipes itself out.
        // biome-ignore lint/suspicious/noControlCharactersInRegex: it moves the cursor.
        const progress = /\r\u001b\[K(?:Reading InvenTree[^\r\n\u001b]*)?/g;
        return stdout
          .replace(progress, "")
          .replaceAll("\r\n", "\n")
          .replace(/ · Checked .*/, "");
      };
      const coloured = await onTerminal({});
      const plain = await onTerminal({ NO_COLOR: "1" });
      expect(coloured).toContain("\u001b[31m1\u001b[0m");
      expect(plain).not.toContain("\u001b");
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
      expect(coloured.replace(/\u001b\[\d+m/g, "").replace(/ +$/gm, "")).toBe(plain);
      expect(tooLong(plain)).toEqual([]);
    },
  );

  it("may be cut off by the reader of a pipe: that is no error", async () => {
    await using workspace = await openWorkspace(oneList);
    const shell = `set -o pipefail; "${process.execPath}" "${program}" calc --help | true`;
    const { stderr } = await promisify(execFile)("bash", ["-c", shell], { cwd: workspace.root });
    expect(stderr).toBe("");
  });
});
