import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bomLine, part } from "../demo/workshop.ts";
import { boardList, onDay, smallProduct } from "../support/small-product.ts";
import { inside, openWorkspace } from "../support/workspace.ts";

/** Names that are more than they seem, each a part of the board of which there is nothing. */
const NAMES = {
  script: "<script>alert(1)</script>",
  header: "Screw\r\nBcc: thief@example.com\r\n\r\nStolen",
  table: "Nut | 5 | `x` | [y](javascript:alert(1))",
  formula: '=cmd|"/c calc"!A1',
  plus: "+1+1",
  at: "@SUM(A1)",
  escape: "Bolt\u001b[2J\u001b]0;owned\u0007",
  turned: "Washer \u202egpj.exe",
};

function hostile() {
  const tables = smallProduct();
  const parts = Object.values(NAMES).map((name, index) =>
    part({ pk: 10 + index, name, description: name, IPN: name.slice(0, 20), link: "javascript:alert(1)" }),
  );
  const lines = parts.map(({ pk }) => bomLine({ pk, part: 1, sub_part: pk }));
  return { ...tables, parts: [...tables.parts, ...parts], bomLines: [...tables.bomLines, ...lines] };
}

describe.concurrent("part names that are made to do harm", () => {
  it("are harmless in mail, CSV, terminal, log and on the state page", async () => {
    const list = boardList({
      name: '"Board <script>alert(2)</script> | [y](javascript:alert(3))"',
      parts: '[{ name: Board, quantity: 10 }, { name: "=HYPERLINK(1) <b>|\\e[1m", quantity: 2 }]',
    });
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": list },
      inventree: { tables: hostile() },
    });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run.code).toBe(0);
    const [mail, ...others] = workspace.sink.mails();
    expect(others).toEqual([]);
    expect(mail?.to).toEqual(["stock@example.com"]);
    const headers = mail?.raw.split("\r\n\r\n")[0] ?? "";
    expect(headers).not.toMatch(/^Bcc:/im);
    const { html = "", text = "", attachments = [] } = mail?.parsed ?? {};
    expect(html).toContain("&lt;script&gt;alert(1)&lt;");
    expect(html).not.toMatch(/<script|href="javascript:/i);
    expect(text).not.toMatch(/^Bcc:/m);
    const controls = /[^\P{Cc}\n\t]|[\u202a-\u202e]/u;
    for (const shown of [html, text, run.stdout, run.stderr])
      expect(shown.replaceAll("\r\n", "\n")).not.toMatch(controls);
    const csv = String(
      attachments[0]?.content instanceof ArrayBuffer
        ? new TextDecoder().decode(attachments[0].content)
        : attachments[0]?.content,
    );
    const cells = csv
      .replace("\uFEFF", "")
      .split("\r\n")
      .flatMap((row) => row.split(","));
    expect(cells.filter((cell) => /^"?[=+@]/.test(cell) || /^"?-[^\d]/.test(cell))).toEqual([]);
    expect(csv).toContain("'+1+1");
    const page = String(await workspace.state("README.md"));
    expect(page).not.toMatch(/<script|\]\(javascript:/i);
    expect(page).toContain("Board &lt;script&gt;");
    expect(await workspace.state("reports/board.json")).toMatchObject({ summary: { unresolved: 1 } });
  });
});

describe.concurrent("a bill of materials that contains itself", () => {
  it("is reported with its path, and calculated all the same", async () => {
    const tables = smallProduct();
    const parts = tables.parts.map((row) => (row.name === "Chip" ? { ...row, assembly: true } : row));
    const bomLines = [...tables.bomLines, bomLine({ pk: 9, part: 3, sub_part: 1 })];
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList() },
      inventree: { tables: { ...tables, parts, bomLines } },
    });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 0, outText: expect.stringMatching(/Board (>|→) Chip (>|→) Board/) });
    expect(workspace.sink.mails()[0]?.parsed.text).toMatch(/Board (>|→) Chip (>|→) Board/);
  });
});

describe.concurrent("files that are no lists", () => {
  it("are each a problem with its place, and stop neither validation nor the good list", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/good.yaml": boardList() } });
    const folder = join(workspace.root, "monitors");
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${"bcdefgh".replace(/./g, (name) => {
      const before = String.fromCharCode(name.charCodeAt(0) - 1);
      return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(", ")}]\n`;
    })}`;
    await Promise.all([
      writeFile(join(folder, "bomb.yaml"), bomb),
      writeFile(join(folder, "big.yaml"), Buffer.alloc(50_000_000, "# all the same\n")),
      writeFile(join(folder, "binary.yaml"), Buffer.from([0, 255, 254, 1, 2, 0])),
      mkdir(join(folder, "folder.yaml")),
      symlink("nowhere", join(folder, "dangling.yml")),
      writeFile(join(folder, "empty.yaml"), ""),
      writeFile(join(folder, "notes.txt"), "not a list, and not looked at"),
    ]);
    const run = await workspace.partwatch(["validate"]);
    expect(run.code).toBe(1);
    const named = run.stdout.split("\n").flatMap((line) => /^monitors\/([a-z]+\.ya?ml)/.exec(line)?.[1] ?? []);
    expect([...new Set(named)].sort()).toEqual([
      "big.yaml",
      "binary.yaml",
      "bomb.yaml",
      "dangling.yml",
      "empty.yaml",
      "folder.yaml",
    ]);
    expect(run.outText).toContain("1 monitor is valid.");
    expect(run.stdout + run.stderr).not.toMatch(/^\s+at /m);
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 1 });
    expect(workspace.sink.mails().filter(({ to }) => to.includes("stock@example.com"))).toHaveLength(1);
    await workspace.write("partwatch.yaml", "nope: 1\n");
    const nothing = await workspace.partwatch(["run", ...onDay(24)]);
    const words = "partwatch.yaml cannot be used: nothing was checked.";
    expect(nothing).toMatchObject({ code: 1, outText: expect.stringContaining(words) });
  });

  it.each([
    ["an empty parts list", "[]", "parts"],
    ["a quantity of nothing", "[{ name: Board, quantity: 0 }]", "parts[0].quantity"],
    ["a quantity below nothing", "[{ name: Board, quantity: -1 }]", "parts[0].quantity"],
    ["an infinite quantity", "[{ name: Board, quantity: .inf }]", "parts[0].quantity"],
    ["a quantity beyond all numbers", "[{ name: Board, quantity: 1e400 }]", "parts[0].quantity"],
    ["a quantity that is a text", '[{ name: Board, quantity: "5" }]', "parts[0].quantity"],
  ])("%s is a problem with its line", async (_, parts, path) => {
    await using workspace = await openWorkspace({ files: { "monitors/a.yaml": boardList({ parts }) } });
    const run = await workspace.partwatch(["validate"]);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^monitors\/a\.yaml:4:\d+ /);
    expect(run.outText).toContain(` ${path}: `);
    const json: unknown = JSON.parse((await workspace.partwatch(["validate", "--json"])).stdout);
    expect(inside(json, "problems")).toHaveLength(1);
  });
});

describe.concurrent("a list with parts that nobody knows", () => {
  it("is checked; what is not found is short in its own words, and no trouble of the system", async () => {
    const list = boardList({ parts: "[{ name: Bored, quantity: 3 }, { ipn: IC-1, quantity: 2 }]" });
    await using workspace = await openWorkspace({ files: { "monitors/a.yaml": list } });
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 0 });
    expect(workspace.sink.mails().map(({ to }) => to)).toEqual([["stock@example.com"]]);
    const { subject, text } = workspace.sink.mails()[0]?.parsed ?? {};
    expect(subject).toBe("[Partwatch] Board batch: parts short");
    expect(text).toMatch(/^Bored .*not found/m);
    expect(await workspace.state("system.json")).toBeUndefined();
  });
});
