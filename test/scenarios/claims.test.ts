// Nobody is told twice, and nobody is left with a false last word: what is about to be sent is written down first.
import { utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { boardList, CHIP, onDay, putStock } from "../support/small-product.ts";
import { inside, openWorkspace, type Running, type Workspace } from "../support/workspace.ts";

const TAKE_OVER = ["--take-over", "--yes"];

const oneList = { files: { "monitors/board.yaml": boardList() } };
const threeLists = {
  files: {
    "monitors/a.yaml": boardList({ name: "List A", recipients: "[a@example.com]" }),
    "monitors/b.yaml": boardList({ name: "List B", recipients: "[b@example.com]" }),
    "monitors/c.yaml": boardList({ name: "List C", recipients: "[c@example.com]" }),
  },
};

function reports({ sink }: Workspace) {
  return sink.mails().filter(({ to }) => !to.includes("admin@example.com"));
}

/** What the run is told with: killed by the server's hand at its so-many-th message, which the server has taken or not. */
function killAt(workspace: Workspace, running: () => Running | undefined, taken: "taken" | "before"): void {
  if (taken === "before") {
    workspace.sink.behave({
      sender: () => {
        running()?.kill();
        return "drop";
      },
    });
    return;
  }
  workspace.sink.behave({
    message: () => {
      running()?.kill();
      return "keep-and-drop";
    },
  });
}

async function killedRun(workspace: Workspace, args: readonly string[], taken: "taken" | "before"): Promise<void> {
  let running: Running | undefined;
  killAt(workspace, () => running, taken);
  running = workspace.begin(args);
  expect((await running.finished).code).toBe(-1);
  workspace.sink.behave({});
}

async function sending(workspace: Workspace, id = "board"): Promise<unknown> {
  return inside(await workspace.state(`state/${id}.json`), "sending", "email");
}

describe.concurrent("a run that is killed", () => {
  it("after its mail went out leaves nobody with a false last word", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    putStock(workspace.inventree, CHIP, 20);
    await killedRun(workspace, ["run", ...onDay(24)], "taken");
    expect(reports(workspace).map(({ parsed }) => parsed.subject)).toEqual([
      "[Partwatch] Board batch: parts short",
      "[Partwatch] Board batch: all covered",
    ]);
    expect(await sending(workspace)).toMatchObject({ seq: 2, why: "changed", to: ["stock@example.com"], tries: 1 });
    // As it was: what was delivered for certain says nothing else, but what was not may.
    putStock(workspace.inventree, CHIP, 5);
    const run = await workspace.partwatch(["run", ...TAKE_OVER, ...onDay(25)]);
    expect(run).toMatchObject({ code: 0 });
    const [, wrong, right, ...more] = reports(workspace);
    expect(more).toEqual([]);
    expect(right?.parsed.subject).toBe("[Partwatch] Board batch: parts short");
    expect(right?.parsed.text).toMatch(/A mail of .*24 Nov 2026.* may have\s+said\s+otherwise\./);
    expect(right?.parsed.messageId).not.toBe(wrong?.parsed.messageId);
    expect(await sending(workspace)).toBeUndefined();
    expect(await workspace.state("state/board.json")).toMatchObject({ delivered: { email: { seq: 3 } } });
    await workspace.partwatch(["run", ...onDay(26)]);
    expect(reports(workspace)).toHaveLength(3);
  });

  it("before its mail went out keeps its list from others until it is over; then it is sent once", async () => {
    await using workspace = await openWorkspace(oneList);
    await killedRun(workspace, ["run", ...onDay(23)], "before");
    expect(reports(workspace)).toEqual([]);
    const claim = await sending(workspace);
    expect(claim).toMatchObject({ seq: 1, why: "first", run: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const other = await workspace.partwatch(["run", "--force", ...onDay(23, 10)]);
    expect(other).toMatchObject({ code: 0, outText: expect.stringMatching(/being notified elsewhere/) });
    expect(reports(workspace)).toEqual([]);
    expect(await workspace.state("runs.json")).toMatchObject({
      monitors: { board: { last_run: { outcome: "elsewhere" } } },
    });
    const status = await workspace.partwatch(["status", ...onDay(23, 15)]);
    expect(status.outText).toMatch(
      /board: email: being notified elsewhere \(run [0-9a-f]{8}, check of 2026-11-23 07:00/,
    );
    const asked = await workspace.partwatch(["run", "--take-over", ...onDay(23, 20)]);
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") });
    expect(await workspace.partwatch(["run", ...TAKE_OVER, ...onDay(23, 20)])).toMatchObject({ code: 0 });
    await workspace.partwatch(["run", ...onDay(23, 30)]);
    expect(reports(workspace)).toHaveLength(1);
    expect(await workspace.state("state/board.json")).toMatchObject({ delivered: { email: { seq: 1 } } });
  });
});

describe.concurrent("a message whose answer never came", () => {
  it("is not sent again in the same run, nor soon; then the same, under the same Message-ID", async () => {
    await using workspace = await openWorkspace(oneList);
    workspace.sink.behave({ message: () => "keep-and-drop" });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 1, outText: expect.stringContaining("gave no answer") });
    expect(reports(workspace)).toHaveLength(1);
    expect(await sending(workspace)).toMatchObject({ fate: "unknown", tries: 1 });
    workspace.sink.behave({});
    expect(await workspace.partwatch(["run", ...onDay(23, 20)])).toMatchObject({ code: 0 });
    expect(reports(workspace)).toHaveLength(1);
    expect(await workspace.partwatch(["run", "--force", "-m", "board", ...onDay(23, 30)])).toMatchObject({ code: 0 });
    const [first, second, ...more] = reports(workspace);
    expect(more).toEqual([]);
    expect(second?.parsed.messageId).toBe(first?.parsed.messageId);
    expect(await sending(workspace)).toBeUndefined();
  });

  it("is sent six times at most; then it counts as heard, and the admins are told once", async () => {
    await using workspace = await openWorkspace(oneList);
    workspace.sink.behave({ message: () => "keep-and-drop" });
    for (const minutes of [0, 1, 2, 3, 4, 5])
      expect((await workspace.partwatch(["run", "--force", "-m", "board", ...onDay(23, minutes)])).code).toBe(1);
    expect(await sending(workspace)).toMatchObject({ tries: 6, fate: "unknown" });
    workspace.sink.behave({});
    const last = await workspace.partwatch(["run", ...onDay(24)]);
    expect(last).toMatchObject({ code: 1, outText: expect.stringContaining("was sent 6 times and never confirmed") });
    expect(await sending(workspace)).toBeUndefined();
    expect(await workspace.partwatch(["run", ...onDay(25)])).toMatchObject({ code: 0 });
    const notices = workspace.sink.mails().filter(({ to }) => to.includes("admin@example.com"));
    expect(reports(workspace)).toHaveLength(6);
    expect(new Set(reports(workspace).map(({ parsed }) => parsed.messageId)).size).toBe(1);
    expect(notices.map(({ parsed }) => parsed.subject)).toEqual([
      "[Partwatch] Nobody knows whether board was delivered by email",
    ]);
  });

  it("is followed at once by what is true now, if that is something else", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    workspace.sink.behave({ message: () => "keep-and-drop" });
    putStock(workspace.inventree, CHIP, 1);
    expect(await workspace.partwatch(["run", ...onDay(24)])).toMatchObject({ code: 1 });
    workspace.sink.behave({});
    putStock(workspace.inventree, CHIP, 5);
    expect(await workspace.partwatch(["run", ...onDay(24, 10)])).toMatchObject({ code: 0 });
    const text = reports(workspace).at(-1)?.parsed.text ?? "";
    expect(text).toContain("A mail of 07:00 may have said otherwise.");
    // Missing were 5, perhaps 9: neither worse nor better.
    expect(text).toMatch(/now +Chip/);
  });
});

describe.concurrent("a state that cannot be written", () => {
  it("keeps everybody from being mailed, admins too, and makes each run red", async () => {
    await using workspace = await openWorkspace({
      files: { ...oneList.files, "monitors/bad.yaml": "name: Bad\n" },
    });
    await workspace.partwatch(["run", "--dry-run", ...onDay(23)]);
    // What a Git leaves that died: the branch can be read, and never written.
    const lock = join(workspace.root, ".git/refs/heads/partwatch-state.lock");
    await writeFile(lock, "");
    const longAgo = new Date("2026-01-01T00:00:00Z");
    await utimes(lock, longAgo, longAgo);
    for (const minutes of [0, 15, 30]) {
      const run = await workspace.partwatch(["run", ...onDay(23, minutes)]);
      expect(run).toMatchObject({ code: 1, outText: expect.stringContaining("Nobody was notified") });
    }
    expect(workspace.sink.mails()).toEqual([]);
  });
});

describe.concurrent("two runs at once", () => {
  it("tell everybody once between them, and both are green", async () => {
    await using workspace = await openWorkspace(threeLists);
    const runs = await Promise.all([1, 2].map(() => workspace.partwatch(["run", ...onDay(23)])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(
      reports(workspace)
        .map(({ to }) => to[0])
        .sort(),
    ).toEqual(["a@example.com", "b@example.com", "c@example.com"]);
  });
});

describe.concurrent("a run that is asked to end", () => {
  const ids = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const files = Object.fromEntries(
    ids.map((id) => [`monitors/${id}.yaml`, boardList({ recipients: `[${id}@example.com]` })]),
  );
  const sorted = (workspace: Workspace) =>
    reports(workspace)
      .map(({ to }) => to[0]?.charAt(0))
      .sort();

  it.each(["SIGTERM", "SIGINT"] as const)(
    "by %s begins no further message; the next run goes on with the rest",
    async (signal) => {
      await using workspace = await openWorkspace({ files });
      let running: Running | undefined;
      let taken = 0;
      workspace.sink.behave({
        message: () => {
          taken += 1;
          if (taken === 2) running?.signal(signal);
          return undefined;
        },
      });
      running = workspace.begin(["run", ...onDay(23)]);
      const run = await running.finished;
      expect(run).toMatchObject({ code: 1, outText: expect.stringContaining(`asked to end (${signal})`) });
      expect(run.outText).toMatch(/lists stay due: the next run goes on with them/);
      // The one under way may still have been finished.
      expect(taken).toBeLessThan(ids.length);
      workspace.sink.behave({});
      expect(await workspace.partwatch(["run", ...onDay(23, 10)])).toMatchObject({ code: 0 });
      expect(sorted(workspace)).toEqual(ids);
      expect(await sending(workspace, "h")).toBeUndefined();
    },
  );
});

describe.concurrent("a list that is deleted and made again", () => {
  it("repeats no Message-ID", async () => {
    await using workspace = await openWorkspace(threeLists);
    await workspace.partwatch(["run", ...onDay(23)]);
    const ids = () =>
      reports(workspace).flatMap(({ to, parsed }) => (to[0] === "a@example.com" ? [parsed.messageId] : []));
    await workspace.remove("monitors/a.yaml");
    await workspace.partwatch(["run", "--all", ...onDay(24)]);
    expect(await workspace.state("state/a.json")).toBeUndefined();
    await workspace.write("monitors/a.yaml", threeLists.files["monitors/a.yaml"]);
    await workspace.partwatch(["run", ...onDay(25)]);
    expect(new Set(ids()).size).toBe(2);
  });
});
