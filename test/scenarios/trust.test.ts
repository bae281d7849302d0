// What docs/security.md says of those who may write somewhere, where no other test does.
import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startReceiver } from "../notify/webhook/receiver.ts";
import {
  expectNoCommands,
  expectSafeHeader,
  expectSafeLines,
  expectSafeMarkdown,
  HOSTILE,
} from "../support/hostile.ts";
import { boardList, CHIP, onDay, putStock } from "../support/small-product.ts";
import { openWorkspace, PASSWORD, TOKEN, type Workspace } from "../support/workspace.ts";

const oneList = { files: { "monitors/board.yaml": boardList() } };

/** Changes files of the state branch, as somebody does who may push to it. */
async function rewriteState(workspace: Workspace, change: (text: string, path: string) => string): Promise<void> {
  const { git, root } = workspace;
  await git("worktree", "add", "--quiet", "../state", "partwatch-state");
  const folder = join(root, "../state");
  for (const path of await readdir(folder, { recursive: true }))
    if (path.endsWith(".json")) {
      const file = join(folder, path);
      await writeFile(file, change(await readFile(file, "utf8"), path));
    }
  await git("-C", "../state", "commit", "--quiet", "--all", "--message=Change the state");
  await git("worktree", "remove", "../state");
}

describe.concurrent("somebody who may write to the state branch", () => {
  it("brings nothing into terminal, mail, dashboard and README that is more than words", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    const words = JSON.stringify(HOSTILE.join(" ").toWellFormed().replaceAll("\u0000", "")).slice(1, -1);
    await rewriteState(workspace, (text) => text.replaceAll("Chip", words).replaceAll("Board batch", words));
    const env = { GITHUB_ACTIONS: "true" };
    for (const args of [
      ["status"],
      ["status", "--json"],
      ["alerts"],
      ["alerts", "--json"],
      ["monitor", "show", "board"],
      ["ack", "board", `#${CHIP}`],
      ["dashboard", "public", ...onDay(23)],
    ])
      for (const text of Object.values(await workspace.partwatch(args, { env })).map(String)) {
        expectSafeLines(text);
        expectNoCommands(text);
      }
    putStock(workspace.inventree, CHIP, 2);
    const run = await workspace.partwatch(["run", ...onDay(24)], { env });
    expectSafeLines(run.stdout + run.stderr);
    expectNoCommands(run.stdout + run.stderr);
    for (const { raw, parsed } of workspace.sink.mails()) {
      expectSafeHeader(raw.split("\r\n\r\n")[0] ?? "");
      for (const text of [parsed.subject, parsed.text, parsed.html])
        expectSafeLines((text ?? "").replaceAll("\r\n", "\n"));
      expect(parsed.html).not.toMatch(/<script|<img src=x/);
    }
    expectSafeMarkdown(String(await workspace.state("README.md")));
    const folder = join(workspace.root, "public");
    for (const path of await readdir(folder, { recursive: true }))
      if (path.endsWith(".html")) {
        const html = await readFile(join(folder, path), "utf8");
        expectSafeLines(html);
        expect(html, path).not.toMatch(
          /<script>|<script [^>]*alert|<img src=x|href="(?!\.|#|[\w-]+\.|https?:|lists\/|parts\/)/,
        );
      }
  });

  it("cannot make a run silent by a state that is no state: it is red, and nobody hears anything false", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    await rewriteState(workspace, (text, path) => (path.startsWith("state/") ? '{ "delivered": "all of it" }' : text));
    putStock(workspace.inventree, CHIP, 2);
    const run = await workspace.partwatch(["run", ...onDay(24)]);
    expect(run.code).toBe(1);
    expect(run.outText + run.errText).toContain("state/board.json");
    const reports = workspace.sink.mails().filter(({ to }) => !to.includes("admin@example.com"));
    expect(reports).toHaveLength(1);
  });
});

describe.concurrent("somebody who may change a list or partwatch.yaml", () => {
  it("reads no secret by calling it the address of a webhook: nothing is sent, and its value is in no word", async () => {
    const listFor = (name: string) =>
      [`monitors/${name.toLowerCase()}.yaml`, boardList({ channels: `{ webhook: { url_env: ${name} } }` })] as const;
    const files = Object.fromEntries([listFor("EMAIL_PASSWORD"), listFor("INVENTREE_API_TOKEN")]);
    await using workspace = await openWorkspace({ files });
    const env = { EMAIL_USERNAME: "mailer", EMAIL_PASSWORD: PASSWORD, DEPLOY_KEY: "other-secret-77" };
    const run = await workspace.partwatch(["--log-level", "debug", "run", ...onDay(23)], { env });
    expect(run.code).toBe(1);
    for (const name of ["EMAIL_PASSWORD", "INVENTREE_API_TOKEN"])
      expect(run.errText).toContain(`channels.webhook.url_env: "${name}" has a meaning of its own`);
    await workspace.write(...listFor("DEPLOY_KEY"));
    const other = await workspace.partwatch(["--log-level", "debug", "run", ...onDay(24)], { env });
    expect(other).toMatchObject({ code: 1, errText: expect.stringContaining("DEPLOY_KEY: is not a valid address") });
    const said = [run, other].map(({ stdout, stderr }) => stdout + stderr).join("\n");
    for (const secret of [PASSWORD, TOKEN, "other-secret-77"]) expect(said).not.toContain(secret);
    expect(workspace.inventree.requests()).toEqual([]);
    expect(workspace.sink.mails().every(({ to }) => to.includes("admin@example.com"))).toBe(true);
  });

  it("sends no file of the machine by naming it as the mails' template, be it by its path or by a link", async () => {
    await using workspace = await openWorkspace(oneList);
    const secret =
      "<mjml><mj-body><mj-section><mj-column><mj-text>root:x:0:0</mj-text></mj-column></mj-section></mj-body></mjml>";
    await writeFile(join(workspace.root, "../passwd"), secret);
    await symlink("../passwd", join(workspace.root, "link.mjml"));
    for (const [index, template] of ["../passwd", join(workspace.root, "../passwd"), "link.mjml"].entries()) {
      await workspace.write("partwatch.yaml", `mail: { template: ${template} }\n`);
      const run = await workspace.partwatch(["run", "--force", ...onDay(23 + index)]);
      expect(run).toMatchObject({ code: 1, outText: expect.stringMatching(/outside of the repository|leads out of/) });
    }
    const mails = workspace.sink.mails();
    expect(mails.filter(({ to }) => to.includes("stock@example.com"))).toHaveLength(3);
    expect(mails.filter(({ raw, parsed }) => `${raw}${parsed.html}`.includes("root:x:0:0"))).toEqual([]);
  });
});

describe.concurrent("somebody who has stolen the token that reads", () => {
  it("has a token for questions: whatever a person types or a schedule runs, it asks with it and writes nothing", async () => {
    const hook = await startReceiver();
    try {
      await using workspace = await openWorkspace({
        files: { "monitors/board.yaml": boardList({ channels: "{ webhook: { url_env: HOOK } }" }) },
      });
      const env = { HOOK: hook.url };
      for (const args of [
        ["run", ...onDay(23)],
        ["calc", "Board:10"],
        ["order"],
        ["stock"],
        ["doctor"],
        ["preview", "board"],
        ["ack", "board", `#${CHIP}`],
        ["dashboard", "public", ...onDay(23)],
      ])
        await workspace.partwatch(args, { env });
      const asked = workspace.inventree.requests();
      expect(asked.length).toBeGreaterThan(10);
      expect(asked.filter(({ method }) => method !== "GET" && method !== "HEAD" && method !== "OPTIONS")).toEqual([]);
    } finally {
      await hook.close();
    }
  });
});

describe.concurrent("somebody on the same network as the local UI", () => {
  it("finds nothing that listens: it is on 127.0.0.1 alone", async () => {
    await using workspace = await openWorkspace(oneList);
    const ui = workspace.begin(["ui", "--port", "0"]);
    const [, port = ""] = await ui.said(/http:\/\/127\.0\.0\.1:(\d+)\/\?enter=/);
    const reached = (host: string) =>
      new Promise<string>((resolve) => {
        const socket = connect({ host, port: Number(port) }, () => resolve("answers"));
        socket.on("error", () => resolve("nothing there"));
        socket.on("connect", () => socket.destroy());
      });
    expect(await reached("127.0.0.1")).toBe("answers");
    // Another address of this machine, which what listens on all of them would have.
    expect(await reached("127.0.0.2")).toBe("nothing there");
    expect(await reached("::1")).toBe("nothing there");
    ui.signal("SIGINT");
    expect((await ui.finished).code).toBe(0);
  });
});
