// The files in version-1/ were written by the program that came before version 2 (the reports have a form of their own).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EMPTY_DELTA } from "../../src/core/notification/merge.ts";
import { readFiles, stateFileChanges } from "../../src/state/files.ts";

const FOLDER = join(import.meta.dirname, "version-1");

const texts = new Map(
  readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [path.slice(FOLDER.length + 1), readFileSync(path, "utf8")]),
);

describe("state that version 1 has left", () => {
  const files = readFiles(texts);

  it("is read whole: what was told is what was delivered", () => {
    expect(files.broken).toEqual([]);
    expect(files.monitors.board).toMatchObject({
      schema_version: 2,
      last_hash: files.monitors.board?.delivered.email?.hash,
      delivered: {
        email: {
          seq: 2,
          pending: ["bob@example.com"],
          change: { kind: "changed", rows: [{ sort: "worsened", now: 9 }] },
        },
        issue: { seq: 2, ref: "11" },
        webhook: { seq: 1 },
      },
      alerts: [{ part: 3, state: "active" }],
      episode: { number: 1, open: true },
    });
    expect(files.monitors.board).not.toHaveProperty("told");
    expect(files.reports.board?.schema_version).toBe(1);
  });

  it("has its outcomes and failures in today's words", () => {
    expect(files.runs).toMatchObject({
      board: { last_run: { outcome: "partly_notified", error: { kind: "channel", status: 400 } } },
      cables: { last_run: { outcome: "failed", error: { kind: "mail", status: 550 } } },
    });
  });

  it("has its troubles as incidents of which the admins know", () => {
    expect(files.system).toMatchObject({
      "address:cy@example.com": { opened: { issue: "2026-11-24T07:00:00.000Z" }, refs: { issue: "13" } },
      "file:monitors/bad.yaml": { opened: { issue: "2026-11-23T07:00:00.000Z" } },
      "webhook:STOCK_URL": { cause: "the webhook of STOCK_URL refuses the message (400)" },
    });
    expect(files.system["webhook:STOCK_URL"]).not.toHaveProperty("told");
  });

  it("has the histories that stood in runs.json then", () => {
    expect(Object.keys(files.histories).sort()).toEqual(Object.keys(files.runs).sort());
    for (const [id, { points, recent }] of Object.entries(files.histories)) {
      const { hash: _hash, ...newest } = points.at(-1) ?? { hash: "" };
      expect(files.runs[id]?.result ?? {}).toEqual(newest);
      expect(recent).toEqual([]);
    }
    expect(files.histories.board?.points.length).toBeGreaterThan(0);
  });

  it.each([
    ["in the middle of a run", { interim: true as const }],
    ["at its end", {}],
  ])("moves to today's form whole, in the first commit that a run makes, %s", (_when, more) => {
    const delta = { ...EMPTY_DELTA, monitors: { board: { name: "Board", delivered: {} } }, ...more };
    const { changes, skipped } = stateFileChanges(texts, delta);
    expect(skipped).toEqual([]);
    const moved = new Map(texts);
    for (const [path, text] of changes) if (text !== null) moved.set(path, text);
    for (const [path, text] of moved) {
      if (/^(state|history)\/|^(runs|system)\.json/.test(path)) expect(text, path).toContain('"schema_version": 2');
    }
    const after = { ...files, monitors: { ...files.monitors, board: { ...files.monitors.board, name: "Board" } } };
    expect(readFiles(moved)).toEqual({ ...after, generation: expect.any(Number) });
    expect([...stateFileChanges(moved, delta).changes.keys()]).toEqual([]);
  });
});
