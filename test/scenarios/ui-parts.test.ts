// Parts of the local UI in the test's own process: what goes wrong there cannot be brought about from outside.
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { termsFor } from "../../src/pages/ui/terms.ts";
import { systemClock } from "../../src/system/clock.ts";
import { push } from "../../src/system/git-work.ts";
import { silentLog } from "../../src/system/log.ts";
import { createApp } from "../../src/web/app.ts";
import { postedForm } from "../../src/web/posted-form.ts";
import { createRunner } from "../../src/web/runner.ts";
import { type Live, openLive } from "../../src/wire/live.ts";
import { part } from "../demo/workshop.ts";
import { boardList, smallProduct } from "../support/small-product.ts";
import { openWorkspace, type Workspace } from "../support/workspace.ts";

const NOW = new Date("2026-11-20T06:00:00Z");

describe("a form that was sent", () => {
  it("keeps all of its rows", () => {
    const rows = Array.from({ length: 12_000 }, (_, row): [string, string] => [`r.parts.${row}.part`, `P ${row}`]);
    const { content } = postedForm(new URLSearchParams([...rows, ["f.name", "first"], ["f.name", "second"]]));
    expect(content).toMatchObject({ kind: "fields", form: { texts: { name: "first" } } });
    expect(content.kind === "fields" && content.form.rows.parts.at(-1)?.cells.part).toBe("P 11999");
    expect(content.kind === "fields" && content.form.rows.parts).toHaveLength(12_000);
  });
});

describe("parts of the local UI", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    const parts = [
      part({ pk: 1, name: "Board", IPN: "PCA-1", assembly: true }),
      part({ pk: 2, name: "Screw", IPN: "" }),
      part({ pk: 3, name: "Screw", IPN: "" }),
    ];
    const tables = smallProduct({ parts, bomLines: [], stockItems: [] });
    workspace = await openWorkspace({ files: { "monitors/boards.yaml": boardList() }, inventree: { tables } });
  });
  afterAll(() => workspace[Symbol.asyncDispose]());

  function wiring(mask: (secrets: readonly string[]) => void = () => {}) {
    return { root: workspace.root, env: workspace.env, log: silentLog, clock: systemClock, mask };
  }

  async function answer(live: Live, path: string, language = "en") {
    const guard = { port: 1, entry: undefined, session: "s", formToken: "f" };
    const app = createApp({ guard, now: () => NOW, wiring: wiring(), live }, () => {});
    const request = new Request(`http://127.0.0.1:1${path}`, { headers: { "accept-language": language } });
    const response = await app.answer(request, { kind: "allowed" });
    return { status: response.status, body: await response.text() };
  }

  it("checks nothing for real once the lists name others than were agreed to", async () => {
    const runner = createRunner({ wiring: wiring(), secrets: async () => [], onEnd: () => {} });
    const agreed = { dryRun: false, people: ["kim@example.com"], words: termsFor("de") } as const;
    const run = runner.start({ ...agreed, list: { id: "boards", name: "Boards" }, by: "Tess", now: NOW });
    await run?.finished;
    expect(run?.failure()).toMatch(/^Es würden andere benachrichtigt, als die Seite genannt hat\./);
    expect([workspace.sink.mails().length, await workspace.commits()]).toEqual([0, 0]);
  });

  it("looks again after a failure, and says what has failed", async () => {
    let times = 0;
    const live = openLive(
      wiring(() => {
        times += 1;
        if (times === 1) throw new Error("broken once");
      }),
    );
    // The state branch is read at most every few seconds, a failure is not kept for so long.
    const broken = await answer(live, "/");
    expect(broken.status).toBe(500);
    expect(broken.body).toContain("This is a bug in Partwatch");
    expect(broken.body).toContain("broken once");
    expect((await answer(live, "/")).status).toBe(200);
    const never = { known: () => Promise.reject(new Error("always broken")), forget: () => {} };
    expect(await answer(never, "/")).toEqual({
      status: 500,
      body: "This page cannot be shown; the terminal where Partwatch runs says why.\n",
    });
  });

  it("finds parts in the page's language, tells two of a name apart, and takes no promised stock for free", async () => {
    const { body } = await answer(openLive(wiring()), "/parts/find?q=screw", "de");
    expect(body).toMatch(/data-value="#2"><strong>Screw<\/strong> #2 <span class="mute">0 frei/);
    expect(body).toMatch(/data-value="#3"><strong>Screw<\/strong> #3 <span class="mute">0 frei/);
    const row = { pk: 4, name: "Nut", IPN: "N-1", units: "", in_stock: 7 };
    const lift = workspace.inventree.faults.add({
      path: "/api/part/",
      fault: { kind: "answer", status: 200, body: { count: 1, next: null, previous: null, results: [row] } },
    });
    const told = await answer(openLive(wiring()), "/parts/find?q=nut");
    lift();
    expect(told.body).toMatch(/data-value="ipn=N-1"><strong>Nut<\/strong> N-1 <span class="mute"><\/span>/);
  });

  it("pushes without anybody to ask, and not for ever", async () => {
    const script = join(workspace.root, "../ssh");
    await writeFile(script, '#!/bin/sh\necho "$@" > "$0.said"\nexec sleep 600\n');
    await chmod(script, 0o700);
    await workspace.git("remote", "add", "origin", "ssh://example.invalid/lists");
    await workspace.git("config", "branch.main.remote", "origin");
    await workspace.git("config", "branch.main.merge", "refs/heads/main");
    const env = { ...workspace.env, GIT_SSH_COMMAND: script };
    await expect(push({ root: workspace.root, env, limitMs: 1_000 })).rejects.toThrow(
      "git push had not ended after 1 s and was stopped. Run it in a terminal.",
    );
    expect(await readFile(`${script}.said`, "utf8")).toContain("-oBatchMode=yes");
  });
});
