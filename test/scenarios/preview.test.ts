import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { boardList, CHIP, onDay, putStock } from "../support/small-product.ts";
import { inside, openWorkspace } from "../support/workspace.ts";

const oneList = { files: { "monitors/board.yaml": boardList() } };

describe.concurrent("a preview", () => {
  it("writes the mail as HTML, text, CSV and .eml, tells nobody and remembers nothing", async () => {
    await using workspace = await openWorkspace(oneList);
    const run = await workspace.partwatch(["preview", "board", "--out", "shown", ...onDay(23)]);
    expect(run).toMatchObject({
      code: 0,
      outText: expect.stringContaining("A run would notify stock@example.com (first). The mail:"),
    });
    const folder = join(workspace.root, "shown");
    const names = (await readdir(folder)).sort();
    expect(names).toEqual(["board.csv", "board.eml", "board.html", "board.txt"]);
    for (const name of names) expect(run.outText).toContain(`shown/${name}`);
    const [csv, eml, html, text] = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
    const mail = await PostalMime.parse(eml ?? "");
    expect(mail.subject).toBe("[Partwatch] Board batch: parts short");
    expect(mail.html?.trim()).toBe(html?.trim());
    expect(mail.text?.trim()).toBe(text?.trim());
    expect(mail.attachments).toMatchObject([{ mimeType: "text/csv", disposition: "attachment" }]);
    expect(csv?.startsWith("\uFEFF")).toBe(true);
    expect(csv).toMatch(/^.*Chip.*$/m);
    expect(workspace.sink.connections()).toBe(0);
    expect(await workspace.commits()).toBe(0);
  });

  it("shows what a run would mail: the same text, changes and Message-ID", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    putStock(workspace.inventree, CHIP, 1);
    await workspace.partwatch(["preview", "board", ...onDay(24)]);
    const eml = await readFile(join(workspace.root, "out/preview/board.eml"), "utf8");
    const shown = await PostalMime.parse(eml);
    expect(shown.text).toMatch(/^worse +Chip +short +5 +9$/m);
    await workspace.partwatch(["run", ...onDay(24)]);
    const sent = workspace.sink.mails()[1]?.parsed;
    expect(sent?.messageId).toBe(shown.messageId);
    expect(sent?.text).toBe(shown.text);
    expect(sent?.html).toBe(shown.html);
  });

  it("says that a run would notify nobody when nothing has changed, and still shows the mail", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    const run = await workspace.partwatch(["preview", "board", ...onDay(24)]);
    expect(run).toMatchObject({ code: 0, outText: expect.stringContaining("would notify nobody now") });
    expect(await readdir(join(workspace.root, "out/preview"))).toHaveLength(4);
  });

  it("names every channel that a run would notify, and says where there is none", async () => {
    const channels = "{ issue: { active: true }, webhook: { url_env: STOCK_URL } }";
    await using workspace = await openWorkspace({
      files: {
        "monitors/all.yaml": boardList({ channels }),
        "monitors/issue.yaml": boardList({ name: "I", recipients: "[]", channels: "{ issue: { active: true } }" }),
        "monitors/off.yaml": boardList({ name: "Off", channels: "{ email: { active: false } }" }),
      },
    });
    const said = async (id: string) => (await workspace.partwatch(["preview", id, ...onDay(23)])).outText;
    expect(await said("all")).toContain(
      "notify stock@example.com (first), and an issue on GitHub (first), and the webhook of STOCK_URL (first). The mail:",
    );
    expect(await said("issue")).toContain("A run would notify an issue on GitHub (first). The mail would be:");
    expect(await said("off")).toContain("A run would notify nobody: it has no recipients, or mail is switched off.");
  });

  it("names the monitors that there are when it is asked for another", async () => {
    await using workspace = await openWorkspace(oneList);
    const run = await workspace.partwatch(["preview", "bored"]);
    expect(run).toMatchObject({ code: 1, stdout: "", stderr: "There is no monitor bored. There are: board.\n" });
  });
});

describe.concurrent("the status", () => {
  it("of lists that were never checked says so, and asks no server", async () => {
    await using workspace = await openWorkspace(oneList);
    const run = await workspace.partwatch(["status", ...onDay(23)]);
    expect(run).toMatchObject({ code: 0, stderr: "", outText: expect.stringMatching(/^board .*never checked/m) });
    expect(workspace.inventree.requests()).toEqual([]);
  });

  it("after a run shows when it was, what was short, and when the next check is", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    const run = await workspace.partwatch(["status", ...onDay(23, 60)]);
    expect(run.stdout).toMatch(
      /^board +1 +1 +Mon, 23 Nov 2026, +notified +Tue, 24 Nov 2026,\n +07:00 UTC +07:00 UTC$/m,
    );
    const json: unknown = JSON.parse((await workspace.partwatch(["status", "--json", ...onDay(23, 60)])).stdout);
    expect(json).toMatchObject({
      monitors: [
        {
          id: "board",
          file: "monitors/board.yaml",
          active: true,
          last_run: { outcome: "notified", scheduled_for: "2026-11-23T07:00:00.000Z" },
          last_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          notified_at: "2026-11-23T07:00:00.000Z",
          short: 1,
          next_run: "2026-11-24T07:00:00.000Z",
        },
      ],
      incidents: {},
      broken_state: [],
    });
  });

  it("names trouble that goes on", async () => {
    await using workspace = await openWorkspace(oneList);
    workspace.inventree.faults.add({ fault: { kind: "answer", status: 403, body: {} } });
    await workspace.partwatch(["run", ...onDay(23)]);
    const run = await workspace.partwatch(["status", ...onDay(24)]);
    expect(run.stdout).toMatch(/^board .*failed/m);
    expect(run.outText).toContain("InvenTree denies Partwatch access, since Mon, 23 Nov 2026, 07:00 UTC: ");
  });

  it("shows a list whose file is broken as broken", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.write("monitors/board.yaml", "name: [\n");
    const run = await workspace.partwatch(["status", ...onDay(24)]);
    expect(run.stdout).toMatch(/^board +1 .*Mon, 23 Nov 2026.* broken file/m);
    expect(run.stdout).toMatch(/^monitors\/board\.yaml:\d+:\d+/m);
    const json: unknown = JSON.parse((await workspace.partwatch(["status", "--json"])).stdout);
    expect(inside(json, "broken_files")).toMatchObject([
      {
        file: "monitors/board.yaml",
        id: "board",
        problems: [expect.stringMatching(/^monitors\/board\.yaml:/)],
        last_run: { outcome: "notified" },
        last_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        short: 1,
      },
    ]);
    const list = await workspace.partwatch(["monitor", "list", ...onDay(24)]);
    expect(list.stdout).toMatch(/^board +broken +– +– +notified 23 Nov +1$/m);
    await workspace.write("monitors/board.yaml", boardList());
    await workspace.write("partwatch.yaml", "timezone: Mars/Olympus\n");
    const hidden = await workspace.partwatch(["status", ...onDay(24)]);
    expect(hidden.stdout).toMatch(/^partwatch\.yaml +– .*broken file/m);
    expect(hidden.stdout).toMatch(/^board +1 .*, no usable/m);
  });
});
