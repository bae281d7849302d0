import { readdir, readFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { purchase } from "../demo/workshop.ts";
import { markupProblems } from "../support/markup.ts";
import { boardList, CHIP, onDay, putStock, smallProduct } from "../support/small-product.ts";
import { openWorkspace, PASSWORD, TOKEN, type Workspace } from "../support/workspace.ts";

const LISTS = {
  files: {
    "monitors/board.yaml": boardList({ name: "Board <batch> & more" }),
    "monitors/con.yaml": boardList({ name: "Kleine Platine", language: "de" }),
  },
};

/** Every file of a dashboard that was just written. */
async function written(
  workspace: Workspace,
  { day = 24, env = {} }: { readonly day?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ReadonlyMap<string, string>> {
  const run = await workspace.partwatch(["dashboard", "out", ...onDay(day)], { env });
  expect(run).toMatchObject({ code: 0, stderr: "" });
  const folder = join(workspace.root, "out");
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), "utf8")] as const)),
  );
}

function pagesOf(files: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...files].filter(([path]) => path.endsWith(".html"));
}

/** What a person sees of a page, in one line. */
function words(page: string | undefined): string {
  return (page ?? "")
    .replace(/<head>.*?<\/head>/s, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
}

describe.concurrent("a dashboard", () => {
  it("has valid pages for overview, lists, parts, alerts and runs, which link only to what is there", async () => {
    await using workspace = await openWorkspace(LISTS);
    await workspace.partwatch(["run", ...onDay(23)]);
    putStock(workspace.inventree, CHIP, 1);
    await workspace.partwatch(["run", ...onDay(24)]);
    const files = await written(workspace);
    expect([...files.keys()].sort()).toEqual(
      expect.arrayContaining([
        "alerts.html",
        "app.css",
        "app.js",
        "data.json",
        "find.js",
        "index.html",
        "lists.html",
        "lists/-con.html",
        "lists/board.csv",
        "lists/board.html",
        "parts.html",
        "runs.html",
      ]),
    );
    for (const [path, text] of pagesOf(files)) {
      expect([path, ...(await markupProblems(text))]).toEqual([path]);
      const targets = [...text.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target = ""]) => target);
      for (const target of targets.filter((one) => !/^(?:#|https?:)/.test(one))) {
        const file = posix.join(dirname(path), target.replace(/[?#].*$/, ""));
        expect(files.has(file), `${path} links to ${target}`).toBe(true);
      }
      for (const target of targets.filter((one) => one.includes("#") && !one.startsWith("#s-"))) {
        const [file = "", id = ""] = target.split("#");
        const page = file === "" ? text : files.get(posix.join(dirname(path), file));
        if (page?.includes('class="jumps"')) expect(page, `${path} links to ${target}`).toContain(`id="${id}"`);
      }
    }
  });

  it("says the same as the mail, foreign words escaped, each list in its own language", async () => {
    await using workspace = await openWorkspace(LISTS);
    await workspace.partwatch(["run", ...onDay(23)]);
    const files = await written(workspace);
    const [mail] = workspace.sink.mails().filter(({ parsed }) => parsed.subject?.includes("Board") === true);
    const missing = /(\d+) parts? (?:is|are) short/.exec(mail?.parsed.text ?? "")?.[1];
    expect(missing).toBeDefined();
    expect(words(files.get("index.html"))).toContain(`${missing} part`);
    expect(words(files.get("index.html"))).toContain("Board <batch> & more");
    expect(files.get("index.html")).not.toContain("<batch>");
    expect(words(files.get("lists/board.html"))).toMatch(/Missing .*Required/);
    expect(words(files.get("lists/-con.html"))).toContain("Fehlend");
    expect(files.get("lists/-con.html")).toContain('<main id="main" lang="de">');
  });

  it("holds no address of a person, no setting and no secret, and is small", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList({ description: "Ask kim@example.com." }) },
    });
    await workspace.partwatch(["run", ...onDay(23)]);
    const files = await written(workspace);
    const all = [...files.values()].join("\n");
    expect(all).not.toMatch(/[\w.]+@[\w-]+\.\w/);
    for (const secret of [TOKEN, PASSWORD, "admin@example.com", workspace.root]) expect(all).not.toContain(secret);
    expect(all).not.toMatch(/ style=|<script>|javascript:/);
    for (const [path, text] of pagesOf(files)) expect(Buffer.byteLength(text), path).toBeLessThan(200_000);
    expect(Buffer.byteLength(files.get("app.css") ?? "")).toBeLessThan(20_000);
    expect(Buffer.byteLength(files.get("app.js") ?? "")).toBeLessThan(10_000);
  });

  it("finds an address and a secret in whatever way a page has escaped, shortened or broken them", async () => {
    const secret = 'pa"ss<&>word';
    await using workspace = await openWorkspace({
      files: {
        "monitors/board.yaml": boardList({
          name: "Assembly of the control boards for hall 12, kim@example.com",
          description: `"${"Words. ".repeat(72)} jo@büro.example, root@localhost, jürgen@example.com, 'o''neil@example.com, 2A@3.3V, pa\\"ss<&>word"`,
        }),
        // What nobody can check is shown, too.
        "monitors/bad.yaml": 'name: "Board\u202e <b>jo@büro.example</b>"\nparts: 5\n',
      },
    });
    const files = await written(workspace, { env: { EMAIL_PASSWORD: secret } });
    for (const [path, text] of files) {
      const plain = path.endsWith(".ics") ? text.replaceAll("\r\n ", "") : text;
      expect(plain, path).not.toMatch(/büro|jürgen|neil|kim@|localhost|example\.com|ss(?:<|&lt;)(?:&|&amp;)/);
      if (!path.endsWith(".js")) expect(text, path).not.toContain("<b>(address)");
      expect(text, path).not.toContain("\u202e");
    }
    expect(words(files.get("lists/board.html"))).toContain("(address), (address), (address)");
    expect(words(files.get("lists/board.html"))).toContain("2A@3.3V, ***");
  });

  it("has a feed of what was found, a calendar of what is next, a badge, and the command that acknowledges an alert", async () => {
    await using workspace = await openWorkspace(LISTS);
    await workspace.partwatch(["run", ...onDay(23)]);
    const files = await written(workspace);
    const feed = files.get("feed.xml") ?? "";
    expect(feed).toContain("<title>Board &lt;batch&gt; &amp; more: 1 short</title>");
    expect(new Set(feed.match(/<id>urn:uuid:[0-9a-f-]{36}<\/id>/g)).size).toBe(3);
    const lines = (files.get("calendar.ics") ?? "").split("\r\n");
    expect(lines).toContain("SUMMARY:Check of Kleine Platine");
    expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !line.includes("\n"))).toBe(true);
    expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(2);
    expect(files.get("badge.svg")).toContain('aria-label="partwatch: 1 short"');
    const [, command = ""] = /<code>partwatch (ack board .*?)<\/code>/.exec(files.get("alerts.html") ?? "") ?? [];
    expect(await workspace.partwatch(command.split(" "))).toMatchObject({ code: 0 });
    const after = words((await written(workspace)).get("alerts.html"));
    expect(after).toContain("1 is acknowledged, 0 are dismissed.");
  });

  it("before anything was checked says so, and how to begin", async () => {
    await using workspace = await openWorkspace({ files: {} });
    expect(words((await written(workspace)).get("index.html"))).toContain("No lists yet. No list yet A list says");
    await workspace.write("monitors/board.yaml", boardList());
    const files = await written(workspace);
    expect(words(files.get("index.html"))).toContain("Nothing has been checked yet.");
    expect(words(files.get("lists/board.html"))).toContain("Never checked");
  });

  it("never shows what is unknown as covered: a server that is down, a broken file, a schedule that stopped", async () => {
    await using workspace = await openWorkspace(LISTS);
    await workspace.partwatch(["run", ...onDay(23)]);
    workspace.inventree.faults.down = true;
    await workspace.partwatch(["run", ...onDay(24)]);
    const down = await written(workspace);
    expect(words(down.get("index.html"))).toContain("We do not know what is short now. What was known on");
    expect(words(down.get("index.html"))).toContain("InvenTree is unreachable.");
    expect(words(down.get("lists/board.html"))).toContain("The last check failed.");
    await workspace.write("monitors/board.yaml", boardList({ cron_schedule: "61 7 * * *" }));
    const broken = words((await written(workspace)).get("index.html"));
    expect(broken).toMatch(/One list is not checked\. .*monitors\/board\.yaml:\d+/);
    await workspace.write("monitors/board.yaml", boardList());
    const late = words((await written(workspace, { day: 27 })).get("index.html"));
    expect(late).toContain("checks are overdue");
  });

  it("never says that everything is covered while a list waits for its first check, or one could not be checked", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList() } });
    putStock(workspace.inventree, CHIP, 100);
    await workspace.partwatch(["run", ...onDay(23)]);
    const covered = await written(workspace);
    expect(words(covered.get("index.html"))).toContain("Everything is covered.");
    expect(covered.get("badge.svg")).toContain("partwatch: covered");
    await workspace.write("monitors/new.yaml", boardList({ name: "New" }));
    const fresh = await written(workspace);
    expect(words(fresh.get("index.html"))).toContain(
      "Nothing is short, as far as we know: 1 of 2 lists could not be checked, or not yet.",
    );
    expect(fresh.get("badge.svg")).toContain("partwatch: unknown");
    await workspace.write("monitors/new.yaml", "parts: 5\n");
    const broken = await written(workspace);
    expect(words(broken.get("index.html"))).not.toContain("Everything is covered");
    expect(broken.get("badge.svg")).toContain("partwatch: unknown");
  });

  it("counts an order as late if one of its lines is, whatever the others are", async () => {
    const { supplierParts = [], purchaseOrderLines = [], ...order } = purchase(20);
    const lines = [
      { pk: 1, quantity: 1, received: 0, target_date: "2026-11-10" },
      { pk: 2, quantity: 1, received: 0, target_date: "2026-12-20" },
    ];
    const tables = smallProduct({
      ...order,
      supplierParts: supplierParts.map((one) => ({ ...one, part: CHIP, pack_quantity: "1", pack_quantity_native: 1 })),
      purchaseOrderLines: purchaseOrderLines.flatMap((one) => lines.map((line) => ({ ...one, ...line }))),
    });
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList() },
      inventree: { tables },
    });
    await workspace.partwatch(["run", ...onDay(23)]);
    const files = await written(workspace);
    expect(files.get("index.html")).toContain('aria-label="Open purchase orders. Late: 1."');
    expect(files.get("calendar.ics")).toContain("SUMMARY:Delivery: PO-1\\, Supplier (Late)");
  });

  it("removes what is gone, and never touches a folder that is not its own", async () => {
    await using workspace = await openWorkspace(LISTS);
    await workspace.partwatch(["run", ...onDay(23)]);
    expect((await written(workspace)).has("lists/-con.html")).toBe(true);
    await workspace.remove("monitors/con.yaml");
    expect((await written(workspace)).has("lists/-con.html")).toBe(false);
    const foreign = await workspace.partwatch(["dashboard", "monitors"]);
    expect(foreign).toMatchObject({
      code: 1,
      errText: expect.stringContaining("was not written by partwatch dashboard"),
    });
  });
});
