import { access, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { systemClock } from "../../src/system/clock.ts";
import { boardList, CHIP, onDay } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

const THREE = {
  files: {
    "monitors/board.yaml": boardList({ timezone: "Europe/Berlin", cron_schedule: '"0 8 * * 1-5"' }),
    "monitors/idle.yaml": boardList({ name: "Idle", active: "false" }),
    "monitors/wrong.yaml": boardList({ cron_schedule: '"61 7 * * *"' }),
  },
};

async function exists({ root }: Workspace, path: string): Promise<boolean> {
  return await access(join(root, path)).then(
    () => true,
    () => false,
  );
}

/** The rows of a table below its rule, each cell by its column. */
function rows(stdout: string): string[][] {
  const lines = stdout.split("\n");
  const rule = lines.findIndex((line) => /^-+( +-+)+$/.test(line));
  const starts = [...(lines[rule]?.matchAll(/-+/g) ?? [])].map(({ index }) => index);
  return lines.slice(rule + 1).map((line) => starts.map((start, index) => line.slice(start, starts[index + 1]).trim()));
}

describe.concurrent("the list of monitors", () => {
  it("shows who is active, the schedule in words, the next and the last run, and what is short, in 80 columns", async () => {
    await using workspace = await openWorkspace(THREE);
    await workspace.partwatch(["run", ...onDay(23)]);
    const list = await workspace.partwatch(["monitor", "list", ...onDay(23, 30)]);
    expect(list).toMatchObject({ code: 0, stderr: "" });
    expect(
      Math.max(...list.stdout.split("\n").map((line) => (line.startsWith("monitors/") ? 0 : line.length))),
    ).toBeLessThanOrEqual(80);
    const all = rows(list.stdout);
    const column = (row: number, index: number) => all.slice(row).map((cells) => cells[index]);
    const board = all.findIndex(([id]) => id === "board");
    const next = all.findIndex(([id]) => id === "idle");
    const text = (index: number) =>
      column(board, index)
        .slice(0, next - board)
        .join(" ")
        .trim();
    expect([1, 2, 3, 4, 5].map(text)).toEqual([
      "yes",
      "At 08:00, Monday through Friday",
      "24 Nov 08:00",
      "notified 23 Nov",
      "1",
    ]);
    expect(all[next]).toEqual(["idle", "no", "At 07:00", "inactive", "never", "–"]);
    expect(list.outText).toContain('monitors/wrong.yaml:2:16 cron_schedule: "61 7 * * *": minute must be 0-59.');
  });

  it("shows all its columns in 80, however long an id and an outcome are", async () => {
    const file = "monitors/sensor-board-next-twenty-five.yaml";
    await using workspace = await openWorkspace({ files: { [file]: boardList({ cron_schedule: '"0 8 * * 1-5"' }) } });
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.partwatch(["run", ...onDay(24, 120)]);
    const { stdout } = await workspace.partwatch(["monitor", "list", ...onDay(24, 180)]);
    expect(stdout).toMatch(/^Monitor +Active +Schedule +Next run +Last run +Short$/m);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/ unchanged 24 Nov +1$/m);
  });

  it("is the same as JSON", async () => {
    await using workspace = await openWorkspace(THREE);
    await workspace.partwatch(["run", ...onDay(23)]);
    const list: unknown = JSON.parse(
      (await workspace.partwatch(["monitor", "list", "--json", ...onDay(23, 30)])).stdout,
    );
    expect(list).toMatchObject({
      monitors: [
        {
          id: "board",
          active: true,
          schedule_in_words: "At 08:00, Monday through Friday",
          next_run: "2026-11-24T07:00:00.000Z",
          last_run: { outcome: "notified", scheduled_for: "2026-11-23T07:00:00.000Z" },
          short: 1,
        },
        { id: "idle", active: false, next_run: null, last_run: null, short: null },
      ],
      broken: [
        { file: "monitors/wrong.yaml", id: "wrong", problems: [{ line: 2, column: 16, path: "cron_schedule" }] },
      ],
    });
  });

  it("stands also where there is no Git, and says what cannot be known", async () => {
    await using workspace = await openWorkspace(THREE);
    await rm(join(workspace.root, ".git"), { recursive: true });
    const list = await workspace.partwatch(["monitor", "list"]);
    expect(list).toMatchObject({ code: 0, errText: expect.stringContaining("could not read the state") });
    expect(list.stdout).toMatch(/^board +yes/m);
  });
});

describe.concurrent("one monitor", () => {
  it("is shown with all its fields, its last hash, its next three runs, and its alerts", async () => {
    await using workspace = await openWorkspace(THREE);
    await workspace.partwatch(["run", ...onDay(23)]);
    const hash = inside(await workspace.state("state/board.json"), "last_hash");
    const { code, stdout } = await workspace.partwatch(["monitor", "show", "bo", ...onDay(27, 30)]);
    expect(code).toBe(0);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^Board batch\nboard · monitors\/board\.yaml$/m);
    expect(stdout).toContain("0 8 * * 1-5 (At 08:00, Monday through Friday)");
    expect(stdout).toMatch(
      /^next runs +Mon, 30 Nov 2026, 08:00 CET\n +Tue, 1 Dec 2026, 08:00 CET\n +Wed, 2 Dec 2026, 08:00 CET$/m,
    );
    expect(stdout).toMatch(new RegExp(`^last_hash +${String(hash)}$`, "m"));
    expect(stdout).toMatch(/^last notified +email Mon, 23 Nov 2026, 08:00 CET$/m);
    expect(stdout).toMatch(/^parts +\{ name: Board, quantity: 10 \}$/m);
    expect(stdout).toMatch(/^recipients +stock@example.com$/m);
    expect(stdout).toMatch(/^notify_condition +on_change$/m);
    expect(stdout).toMatch(/^board +Chip +#3 +short +5 +active +23 Nov 2026$/m);
    const shown: unknown = JSON.parse(
      (await workspace.partwatch(["monitor", "show", "board", "--json", ...onDay(27)])).stdout,
    );
    expect(shown).toMatchObject({
      id: "board",
      cron_schedule: "0 8 * * 1-5",
      parts: [{ name: "Board", quantity: 10 }],
      policy: { demand: "open_orders" },
      last_hash: hash,
      next_runs: ["2026-11-30T07:00:00.000Z", "2026-12-01T07:00:00.000Z", "2026-12-02T07:00:00.000Z"],
      alerts: [{ part: CHIP, kind: "short", state: "active" }],
    });
  });

  it("whose file is broken is shown with its problems", async () => {
    await using workspace = await openWorkspace(THREE);
    const { code, errText } = await workspace.partwatch(["monitor", "show", "wrong"]);
    expect({ code, errText }).toEqual({
      code: 1,
      errText: expect.stringContaining("monitors/wrong.yaml:2:16 cron_schedule"),
    });
    expect(await workspace.partwatch(["monitor", "run", "wrong"])).toMatchObject({ code: 1, stdout: "" });
  });
});

describe.concurrent("a monitor that is to be deleted", () => {
  it("stays where nobody can be asked, and goes with --yes; its state goes with the next run", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList(), "monitors/other.yaml": boardList() },
    });
    await workspace.partwatch(["run", ...onDay(23)]);
    const asked = await workspace.partwatch(["monitor", "delete", "board"]);
    expect(asked).toMatchObject({ code: 2, errText: expect.stringContaining("add --yes") });
    expect(await exists(workspace, "monitors/board.yaml")).toBe(true);
    const deleted = await workspace.partwatch(["monitor", "delete", "board", "--yes"]);
    expect(deleted).toMatchObject({ code: 0, outText: expect.stringContaining("deleted board (monitors/board.yaml)") });
    expect(await exists(workspace, "monitors/board.yaml")).toBe(false);
    expect(await workspace.state("state/board.json")).toBeDefined();
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(await workspace.state("state/board.json")).toBeUndefined();
    expect(await workspace.state("state/other.json")).toBeDefined();
  });

  it("goes only after a yes to the question at the terminal", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList() } });
    const asked: string[] = [];
    const answering = (answer: string) => {
      const ask = async (question: string) => {
        asked.push(question);
        return answer;
      };
      const at = { cwd: workspace.root, clock: systemClock };
      const io = { ...at, out: () => {}, err: () => {}, env: {}, columns: 80, color: false };
      return runProgram(["monitor", "delete", "board"], { ...io, interactive: true, ask });
    };
    for (const no of ["", "n", "what?"]) expect(await answering(no)).toBe(1);
    expect(await exists(workspace, "monitors/board.yaml")).toBe(true);
    expect(await answering("y")).toBe(0);
    expect(await exists(workspace, "monitors/board.yaml")).toBe(false);
    expect(asked[0]).toBe('Delete board (monitors/board.yaml), "Board batch"? [y/N] ');
  });

  it("may be one whose file cannot be read", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": "\t{" } });
    expect(await workspace.partwatch(["monitor", "delete", "board", "-y", "--json"])).toMatchObject({ code: 0 });
    expect(await exists(workspace, "monitors/board.yaml")).toBe(false);
  });
});
