import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { part } from "../demo/workshop.ts";
import { startReceiver } from "../notify/webhook/receiver.ts";
import {
  expectNoCommands,
  expectSafeHeader,
  expectSafeLines,
  expectSafeMarkdown,
  HOSTILE,
} from "../support/hostile.ts";
import { BOARD, boardList, CHIP, onDay, RESISTOR, smallProduct } from "../support/small-product.ts";
import { type Finished, openWorkspace, type Workspace } from "../support/workspace.ts";

const EVERYTHING = HOSTILE.join(" ").toWellFormed();
/** What may stand in a list's name, which is the subject of mails: no control, nothing that cannot be seen. */
const NAME = "::error::x ##[error]y `*@everyone* =1+1;=2 <script>";
const STEP = { GITHUB_ACTIONS: "true" };

function hostileList(fields: Readonly<Record<string, string>> = {}): string {
  return boardList({
    name: JSON.stringify(NAME),
    description: JSON.stringify(EVERYTHING),
    tags: JSON.stringify(HOSTILE.map((text) => text.slice(0, 50))),
    parts: JSON.stringify([
      { name: "Board", quantity: 10 },
      ...HOSTILE.filter((text) => text.trim() !== "").map((name) => ({ name, quantity: 2 })),
    ]),
    ...fields,
  });
}

function hostileTables() {
  const tables = smallProduct();
  const words = {
    description: EVERYTHING,
    IPN: "\n::error::x;\u001b[2J\u202e=1",
    revision: "\u009b\u2066##[error]",
    units: "`*x*`\u001b[2J",
  };
  return {
    ...tables,
    parts: [
      part({ pk: BOARD, name: "Board", IPN: "PCA-1", assembly: true, purchaseable: false }),
      part({ pk: RESISTOR, name: "::error::r\u202e", ...words }),
      part({ pk: CHIP, name: "::warning::chip\u001b[2J\u202e ##[error]c", ...words, IPN: "::stop-commands::x" }),
    ],
  };
}

function expectSafe({ stdout, stderr }: Finished): void {
  for (const text of [stdout, stderr]) {
    expectSafeLines(text);
    expectNoCommands(text);
  }
}

async function open(): Promise<Workspace> {
  return await openWorkspace({
    files: {
      "monitors/board.yaml": hostileList(),
      "list.json": JSON.stringify([{ name: "a\u001b[2J\u202e ::error::", quantity: "x\u009b" }]),
    },
    inventree: { tables: hostileTables() },
  });
}

describe.concurrent("words that are more than words", () => {
  it("are words in all that a command says in a step of a workflow, as text and as JSON", async () => {
    await using workspace = await open();
    const env = STEP;
    const run = await workspace.partwatch(["--log-level", "debug", "run", ...onDay(23)], { env });
    expectSafe(run);
    expect(run.stdout).toContain("\\u003a:warning::chip");
    const json = await workspace.partwatch(
      ["--log-format", "json", "--log-level", "info", "run", "--json", "--force", ...onDay(24)],
      { env },
    );
    expectSafe(json);
    expect(JSON.parse(json.stdout)).toMatchObject({ monitors: [{ name: NAME, outcome: "notified" }] });
    expect(JSON.stringify(JSON.parse(json.stdout))).toContain("::warning::chip\\u001b[2J\u202e ##[error]c");
    for (const line of json.stderr.trim().split("\n"))
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) });
    const calc = ["calc", "Board:10", `${EVERYTHING.replaceAll("\u0000", "")}:2`];
    for (const args of [
      calc,
      [...calc, "--json"],
      ["calc", "--from", "list.json"],
      ["validate"],
      ["validate", "--json"],
      ["status"],
      ["status", "--json"],
      ["monitor", "list"],
      ["monitor", "list", "--json"],
      ["monitor", "show", "board"],
      ["monitor", "show", "board", "--json"],
      ["monitor", "add", "--name", "New", "--schedule", "0 7 * * *", "--parts-file", "list.json"],
      ["alerts"],
      ["alerts", "--json"],
      ["ack", "board", "\u001b[2J\u202e::error::"],
      ["preview", "board", "\u202e\u001b[2J"],
      ["import", "list.json"],
      ["generate", "--check"],
      ["\u001b[2J\u202e"],
    ])
      expectSafe(await workspace.partwatch(args, { env }));
  });

  it("are words in what is remembered and sent", async () => {
    await using workspace = await open();
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.partwatch(["ack", "board", `#${CHIP}`, "--by", "a\u001b[2J\u202e"]);
    const readme = await workspace.state("README.md");
    expectSafeMarkdown(String(readme));
    const log = await workspace.git("log", "--format=%B", "partwatch-state");
    expect(log).toContain("Acknowledge board");
    expectSafeLines(log);
    const [mail] = workspace.sink.mails();
    expectSafeHeader((mail?.raw ?? "").split("\r\n\r\n")[0] ?? "");
    for (const text of [mail?.parsed.subject, mail?.parsed.text, mail?.parsed.html])
      expectSafeLines((text ?? "").replaceAll("\r\n", "\n"));
  });

  it("are words in the file that a command writes of them", async () => {
    await using workspace = await open();
    const text = "a\u001b[2J\u202e: #::error::";
    const added = await workspace.partwatch(["monitor", "update", "board", "--description", text], { env: STEP });
    expect(added).toMatchObject({ code: 0 });
    const shown = await workspace.partwatch(["monitor", "show", "board", "--json"]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ description: text });
    const file = await workspace.git("diff", "--unified=0", "monitors/board.yaml");
    expect(file).toContain('description: "a\\u001b[2J\\u202e: #::error::"'.replace("\\u001b", "\\e"));
  });

  it("are words where a server refuses with them", async () => {
    const said = "\u001b[2Jno\u202e\u009b ::error::x ##[error]y";
    const chat = await startReceiver();
    try {
      await using workspace = await openWorkspace({
        files: { "monitors/board.yaml": boardList({ channels: "{ webhook: { active: true, url_env: CHAT } }" }) },
      });
      const env = { ...STEP, CHAT: `${chat.url}/hook` };
      chat.behave({ status: 400, body: said });
      workspace.sink.behave({ message: () => ({ code: 554, text: said }) });
      const remote = join(workspace.root, "../remote.git");
      await workspace.git("init", "--quiet", "--bare", remote);
      await mkdir(join(remote, "hooks"), { recursive: true });
      await writeFile(
        join(remote, "hooks/pre-receive"),
        `#!/bin/sh\nprintf '${said.replace("\u001b", "\\033")}\\n' >&2\nexit 1\n`,
        {
          mode: 0o755,
        },
      );
      await workspace.git("remote", "add", "origin", remote);
      for (const flags of [["run"], ["run", "--json"], ["--log-format", "json", "run"]]) {
        const run = await workspace.partwatch([...flags, ...onDay(23)], { env });
        expect(run.code).toBe(1);
        expectSafe(run);
      }
      const lift = workspace.inventree.faults.add({ fault: { kind: "answer", status: 400, body: { detail: said } } });
      for (const args of [["run", ...onDay(24)], ["calc", "Board:1"], ["doctor"], ["doctor", "--json"]])
        expectSafe(await workspace.partwatch(args, { env }));
      lift();
    } finally {
      await chat.close();
    }
  });
});
