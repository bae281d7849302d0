// What every store of state must do, whatever it is made of. Each has a real Git repository behind it, which is looked at.
import { afterEach, describe, expect, it } from "vitest";
import { channelMark } from "../../src/core/notification/claims.ts";
import { EMPTY_DELTA, EMPTY_STATE } from "../../src/core/notification/merge.ts";
import type { Sending } from "../../src/core/notification/sending.ts";
import type { DeliveryRecord, StateDelta } from "../../src/core/notification/state.ts";
import type { StateStore } from "../../src/state/store.ts";
import { reportOf } from "../core/notification/report.ts";
import { commitFiles, type TestRepository } from "./repository.ts";

export interface StoreUnderTest {
  /** The repository that has the branch. */
  readonly repository: TestRepository;
  readonly branch: string;
  /** Another run's store on the same branch, with a clock of its own. */
  readonly open: (options?: { readonly compactAfter?: number; readonly seed?: number }) => StateStore;
  readonly close: () => Promise<void>;
}

/** What a run writes down before it sends its first message of a monitor. */
export function claimDelta(id: string, { run, mark }: { readonly run: string; readonly mark?: string }): StateDelta {
  const sending = claimOf(run);
  const claims = { email: { sending, after: mark ?? channelMark(undefined, undefined) } };
  return { ...EMPTY_DELTA, interim: true, monitors: { [id]: { name: `List ${id}`, delivered: {}, claims } } };
}

function claimOf(run: string): Sending {
  return {
    run,
    seq: 1,
    hash: "a".repeat(64),
    significant: { short: [[4, 5]], build: [], critical: [], low: [], out: [], unresolved: [] },
    list_digest: "d".repeat(64),
    change: { kind: "first", rows: [], list_edited: false },
    episode: null,
    to: ["stock@example.com"],
    why: "first",
    at: "2026-03-02T07:10:00.000Z",
    until: "2026-03-02T07:26:00.000Z",
    tries: 1,
  };
}

/** What a run leaves that told of one monitor. */
export function deliveredDelta(
  id: string,
  more: { readonly missing?: number; readonly day?: number } = {},
): StateDelta {
  const { missing = 5, day = 2 } = more;
  const at = new Date(Date.UTC(2026, 2, day, 7, 10)).toISOString();
  const delivered: DeliveryRecord = {
    hash: "a".repeat(64),
    significant: { short: [[4, missing]], build: [], critical: [], low: [], out: [], unresolved: [] },
    seq: day,
    at,
    ref: `<${day}@example.com>`,
    list_digest: "d".repeat(64),
  };
  return {
    ...EMPTY_DELTA,
    monitors: {
      [id]: {
        name: `List ${id}`,
        delivered: { email: delivered },
        last_hash: delivered.hash,
        report: reportOf({ short: { 4: missing } }),
      },
    },
    runs: {
      [id]: {
        last_run: { scheduled_for: at, started_at: at, finished_at: at, outcome: "notified" },
        point: { at, hash: delivered.hash, short: 1, to_build: 0, critical: 0, coverage: 50 },
      },
    },
  };
}

export function describeStateStore(name: string, make: () => Promise<StoreUnderTest>): void {
  const opened: StoreUnderTest[] = [];
  const setUp = async () => {
    const store = await make();
    opened.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  describe(`${name}, as every store,`, () => {
    it("reads nothing where there is no branch", async () => {
      const { open, repository, branch } = await setUp();
      expect(await open().read()).toEqual(EMPTY_STATE);
      expect(await subjects(repository, branch)).toEqual([]);
    });

    it("begins an orphan branch with the first commit, which has all files", async () => {
      const { open, repository, branch } = await setUp();
      const { commit, conflicts, skipped } = await open().commit(deliveredDelta("board"), "Told of board");
      expect({ conflicts, skipped }).toEqual({ conflicts: 0, skipped: [] });
      expect(await repository.git("rev-parse", branch)).toBe(commit);
      expect(await repository.git("rev-list", "--parents", branch)).toBe(commit);
      expect(await subjects(repository, branch)).toEqual(["Told of board"]);
      expect(await paths(repository, branch)).toEqual([
        "README.md",
        "data.json",
        "history/board.json",
        "reports/board.json",
        "runs.json",
        "state/board.json",
      ]);
      expect(await repository.git("fsck", "--strict")).not.toMatch(/error|missing/);
    });

    it("begins on an empty branch too", async () => {
      const { open, repository, branch } = await setUp();
      await commitFiles(repository, { branch, files: {} });
      expect(await open().read()).toEqual(EMPTY_STATE);
      await open().commit(deliveredDelta("board"), "Told of board");
      expect(await subjects(repository, branch)).toEqual(["Told of board", "By another program"]);
    });

    it("gives back what was committed", async () => {
      const { open } = await setUp();
      const delta = deliveredDelta("board");
      await open().commit(
        { ...delta, system: { mail: { since: "2026-03-02T07:10:00.000Z", cause: "down", opened: {} } } },
        "Told",
      );
      const files = await open().read();
      expect(files.monitors.board).toEqual({
        schema_version: 2,
        id: "board",
        name: "List board",
        last_hash: "a".repeat(64),
        delivered: delta.monitors.board?.delivered,
        alerts: [],
        episode: null,
      });
      expect(files.reports.board).toEqual(delta.monitors.board?.report);
      expect(files.runs.board).toMatchObject({ last_run: { outcome: "notified" }, result: { short: 1 } });
      expect(files.histories).toEqual({});
      expect((await open().read({ histories: true })).histories.board).toMatchObject({
        points: [{ short: 1 }],
        recent: [{ outcome: "notified", ms: 0, counts: { short: 1, coverage: 50 } }],
      });
      expect(files.system.mail?.cause).toBe("down");
      expect(files.broken).toEqual([]);
    });

    it("makes exactly one commit per call, with only the files that changed", async () => {
      const { open, repository, branch } = await setUp();
      const store = open();
      await store.commit(deliveredDelta("board"), "Told of board");
      await store.commit(deliveredDelta("cable"), "Told of cable");
      const { commit } = await store.commit(
        { ...EMPTY_DELTA, runs: deliveredDelta("board", { day: 3 }).runs },
        "Board is the same",
      );
      expect(await subjects(repository, branch)).toEqual(["Board is the same", "Told of cable", "Told of board"]);
      const touched = await repository.git("diff-tree", "--no-commit-id", "--name-only", "-r", commit);
      expect(touched.split("\n")).toEqual(["README.md", "data.json", "history/board.json", "runs.json"]);
    });

    it("gives with each commit what stands there then, and in the middle of a run touches only what was told", async () => {
      const { open, repository, branch } = await setUp();
      const store = open();
      await store.commit(deliveredDelta("board"), "Told of board");
      const { monitors } = deliveredDelta("cable", { missing: 7 });
      await open({ seed: 2 }).commit(
        { ...EMPTY_DELTA, monitors: deliveredDelta("tray").monitors, interim: true },
        "Tray",
      );
      const { files, commit } = await store.commit({ ...EMPTY_DELTA, monitors, interim: true }, "Cable");
      expect(files.monitors.cable?.delivered.email?.significant.short).toEqual([[4, 7]]);
      const touched = await repository.git("diff-tree", "--no-commit-id", "--name-only", "-r", commit);
      expect(touched.split("\n")).toEqual(["reports/cable.json", "state/cable.json"]);
      expect(Object.keys((await open().read()).monitors)).toEqual(["board", "cable", "tray"]);
      expect(await subjects(repository, branch)).toEqual(["Cable", "Tray", "Told of board"]);
    });

    it("writes the same bytes for the same state, however it came about", async () => {
      const [one, two] = [await setUp(), await setUp()];
      await one.open().commit(deliveredDelta("board"), "x");
      await one.open().commit(deliveredDelta("cable"), "x");
      await two.open().commit(deliveredDelta("cable"), "y");
      await two.open().commit(deliveredDelta("board"), "y");
      const tree = ({ repository, branch }: StoreUnderTest) => repository.git("rev-parse", `${branch}^{tree}`);
      expect(await tree(one)).toBe(await tree(two));
    });

    it("loses nothing of 16 runs that write at once", async () => {
      const { open, repository, branch } = await setUp();
      const ids = Array.from({ length: 16 }, (_, index) => `list-${index}`);
      const done = await Promise.all(ids.map((id, seed) => open({ seed }).commit(deliveredDelta(id), `Told of ${id}`)));
      const files = await open().read();
      expect(Object.keys(files.monitors).sort()).toEqual([...ids].sort());
      expect(Object.keys(files.reports).sort()).toEqual([...ids].sort());
      expect(Object.keys(files.runs).sort()).toEqual([...ids].sort());
      expect((await subjects(repository, branch)).sort()).toEqual(ids.map((id) => `Told of ${id}`).sort());
      expect(await repository.git("rev-list", "--merges", branch)).toBe("");
      expect(done.reduce((sum, { conflicts }) => sum + conflicts, 0)).toBeGreaterThan(0);
      expect(new Set(done.map(({ commit }) => commit)).size).toBe(16);
    });

    it("gives a claim to one of eight runs that want it at once; each of them sees whose it is", async () => {
      const { open } = await setUp();
      const ids = Array.from({ length: 8 }, (_, index) => String(index).repeat(32));
      const done = await Promise.all(
        ids.map((run, seed) => open({ seed }).commit(claimDelta("board", { run }), `Notify board (${run})`)),
      );
      const holder = (await open().read()).monitors.board?.sending?.email?.run ?? "";
      expect(ids).toContain(holder);
      // Nobody may send who does not find itself in what its own commit gives back.
      const seen = done.map(({ files }) => files.monitors.board?.sending?.email?.run);
      expect(seen).toEqual(ids.map(() => holder));
    });

    it("ends a claim with the word of its own run alone; another's counts as heard", async () => {
      const { open } = await setUp();
      const [mine, other] = ["1".repeat(32), "2".repeat(32)];
      await open().commit(claimDelta("board", { run: mine }), "Notify board");
      const settle = (run: string) =>
        ({
          ...EMPTY_DELTA,
          monitors: {
            board: {
              name: "List board",
              delivered: deliveredDelta("board").monitors.board?.delivered ?? {},
              settled: { email: { kind: "delivered", sending: { ...claimOf(run), seq: run === mine ? 1 : 2 } } },
            },
          },
        }) satisfies StateDelta;
      await open().commit(settle(other), "Told of board");
      const between = (await open().read()).monitors.board;
      expect(between?.delivered).toEqual({});
      expect(between?.sending?.email).toMatchObject({ run: mine, also: [{ seq: 2 }] });
      const { files } = await open().commit(settle(mine), "Told of board");
      expect(files.monitors.board?.delivered.email).toMatchObject({ ref: "<2@example.com>" });
      expect(files.monitors.board?.sending).toBeUndefined();
    });

    it("keeps claims when it replaces a long branch by one commit", async () => {
      const { open, repository, branch } = await setUp();
      await open().commit(claimDelta("cable", { run: "1".repeat(32) }), "Notify cable");
      for (const day of [2, 3, 4])
        await open({ compactAfter: 3 }).commit(deliveredDelta("board", { day }), `Day ${day}`);
      expect(await subjects(repository, branch)).toHaveLength(1);
      expect((await open().read()).monitors.cable?.sending?.email?.run).toBe("1".repeat(32));
    });

    it("removes what is remembered of a monitor that is gone, and nothing else", async () => {
      const { open, repository, branch } = await setUp();
      await open().commit(deliveredDelta("board"), "Told of board");
      await open().commit(deliveredDelta("cable"), "Told of cable");
      await open().commit({ ...EMPTY_DELTA, removed: ["board", "never-there"] }, "Forget board");
      expect(await paths(repository, branch)).toEqual([
        "README.md",
        "data.json",
        "history/cable.json",
        "reports/cable.json",
        "runs.json",
        "state/cable.json",
      ]);
      expect(Object.keys((await open().read()).runs)).toEqual(["cable"]);
    });

    it.each([
      ["broken", '{"schema_version": 1, "id": "board", oops', "not valid JSON"],
      ["newer", '{"schema_version": 3, "id": "board"}', "schema_version 3"],
      ["wrong", '{"schema_version": 1, "id": "board"}', "not what Partwatch writes"],
    ])("says that a file is %s, and leaves it as it is", async (_what, text, words) => {
      const { open, repository, branch } = await setUp();
      await open().commit(deliveredDelta("cable"), "Told of cable");
      await commitFiles(repository, { branch, files: { "state/board.json": text } });
      const files = await open().read();
      expect(files.broken).toMatchObject([{ path: "state/board.json" }]);
      expect(files.broken[0]?.message).toContain(words);
      expect(Object.keys(files.monitors)).toEqual(["cable"]);
      const { skipped } = await open().commit(deliveredDelta("board"), "Told of board");
      expect(skipped).toEqual(["state/board.json"]);
      expect(await show(repository, `${branch}:state/board.json`)).toBe(text);
      expect(Object.keys((await open().read()).runs)).toEqual(["board", "cable"]);
      await open().commit({ ...EMPTY_DELTA, removed: ["board"] }, "Forget board");
      expect(await show(repository, `${branch}:state/board.json`)).toBe(text);
    });

    it("leaves a broken file of all runs, and still remembers what was told", async () => {
      const { open, repository, branch } = await setUp();
      await commitFiles(repository, { branch, files: { "runs.json": "[" } });
      const { skipped } = await open().commit(deliveredDelta("board"), "Told of board");
      expect(skipped).toEqual(["runs.json"]);
      expect(await show(repository, `${branch}:runs.json`)).toBe("[");
      expect((await open().read()).monitors.board?.last_hash).toBe("a".repeat(64));
      expect(await show(repository, `${branch}:README.md`)).toContain("runs.json");
    });

    it("keeps files that are not its own", async () => {
      const { open, repository, branch } = await setUp();
      await open().commit(deliveredDelta("board"), "Told of board");
      const files = { "docs/notes.txt": "mine", "state/deep/er.json": "{", ".gitattributes": "* -text\n" };
      await commitFiles(repository, { branch, files });
      expect((await open().read()).broken).toEqual([]);
      await open().commit(deliveredDelta("cable"), "Told of cable");
      for (const [path, text] of Object.entries(files))
        expect(await show(repository, `${branch}:${path}`)).toBe(text.trim());
    });

    it("leaves a history that reads as one", async () => {
      const { open, repository, branch } = await setUp();
      await open().commit(deliveredDelta("board", { missing: 5, day: 2 }), "Told of board");
      await open().commit(deliveredDelta("board", { missing: 8, day: 3 }), "Told of board");
      const patch = await repository.git(
        "log",
        "-p",
        "-1",
        "--format=",
        "--unified=0",
        branch,
        "--",
        "state/board.json",
      );
      const moved = patch
        .split("\n")
        .filter((line) => /^[-+] /.test(line))
        .map((line) => line.replace(/\s+/g, " ").trim());
      expect(moved).toEqual([
        '- "at": "2026-03-02T07:10:00.000Z",',
        '+ "at": "2026-03-03T07:10:00.000Z",',
        '- "ref": "<2@example.com>",',
        '- "seq": 2,',
        '+ "ref": "<3@example.com>",',
        '+ "seq": 3,',
        "- [4, 5]",
        "+ [4, 8]",
      ]);
    });

    it("shows people a table of today that foreign names cannot break", async () => {
      const { open, repository, branch } = await setUp();
      const delta = deliveredDelta("board");
      const [run] = Object.values(delta.runs);
      const name = "Board | <script>\n# boo";
      if (run !== undefined) await open().commit({ ...delta, runs: { board: { ...run, name } } }, "Told of board");
      const readme = await show(repository, `${branch}:README.md`);
      expect(readme).toContain(
        "| [Board \\| &lt;script&gt; \\# boo](reports/board.json) | short | 1 | 0 | 50% | 2026-03-02 07:10 |",
      );
      expect(readme).not.toContain("<script>");
      const page: unknown = JSON.parse(await show(repository, `${branch}:data.json`));
      expect(page).toMatchObject({ monitors: [{ id: "board", name, short: 1 }] });
    });

    it("replaces a branch that has grown too long by one commit of the same files", async () => {
      const { open, repository, branch } = await setUp();
      for (const day of [2, 3, 4])
        await open({ compactAfter: 3 }).commit(deliveredDelta("board", { day }), `Day ${day}`);
      expect(await subjects(repository, branch)).toHaveLength(3);
      const { commit } = await open({ compactAfter: 3 }).commit(deliveredDelta("board", { day: 5 }), "Day 5");
      expect(await repository.git("rev-list", "--parents", branch)).toBe(commit);
      const files = await open().read();
      expect(files.monitors.board?.delivered.email?.seq).toBe(5);
      expect(files.generation).toBe(4);
      expect((await open().read({ histories: true })).histories.board?.points).toHaveLength(4);
      await open({ compactAfter: 3 }).commit(deliveredDelta("board", { day: 6 }), "Day 6");
      expect(await subjects(repository, branch)).toHaveLength(2);
    });
  });
}

async function subjects({ git }: TestRepository, branch: string): Promise<string[]> {
  const text = await git("log", "--format=%s", branch, "--").catch(() => "");
  return text === "" ? [] : text.split("\n");
}

async function paths({ git }: TestRepository, branch: string): Promise<string[]> {
  return (await git("ls-tree", "-r", "--name-only", branch)).split("\n");
}

function show({ git }: TestRepository, object: string): Promise<string> {
  return git("show", object);
}
