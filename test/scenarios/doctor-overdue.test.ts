import { describe, expect, it } from "vitest";
import { boardList, onDay } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

const FILES = {
  "monitors/a.yaml": boardList({ name: "List a" }),
  "monitors/b.yaml": boardList({ name: "List b" }),
  "monitors/asleep.yaml": boardList({ name: "List asleep", active: "false" }),
};

function notices({ sink }: Workspace) {
  return sink.mails().filter(({ to }) => to.includes("admin@example.com"));
}

describe.concurrent("a monitor whose schedule has stopped", () => {
  it("is called overdue by the status, with what was expected, and not before", async () => {
    await using workspace = await openWorkspace({ files: FILES });
    await workspace.partwatch(["run", ...onDay(23)]);
    const soon = await workspace.partwatch(["status", ...onDay(24, 7 * 60)]);
    expect(soon.outText).not.toContain("overdue");
    const late = await workspace.partwatch(["status", ...onDay(24, 9 * 60)]);
    expect(late).toMatchObject({ code: 0 });
    expect(late.stdout).toMatch(/^a +.*notified, overdue/m);
    expect(late.stdout).toMatch(/^a is overdue: expected 2026-11-24 07:00, last checked 2026-11-23 07:00 \(UTC\)$/m);
    expect(late.outText).not.toContain("asleep is overdue");
    expect(late.stdout.split("\n").filter((line) => [...line].length > 80)).toEqual([]);
    const json: unknown = JSON.parse((await workspace.partwatch(["status", "--json", ...onDay(24, 9 * 60)])).stdout);
    expect(inside(json, "monitors")).toMatchObject([
      { id: "a", overdue_since: "2026-11-24T07:00:00.000Z" },
      { id: "asleep", overdue_since: null },
      { id: "b", overdue_since: "2026-11-24T07:00:00.000Z" },
    ]);
  });

  it("is told to the admins by any run that sees it and does not check it, once, and once when it is over", async () => {
    await using workspace = await openWorkspace({ files: FILES });
    await workspace.partwatch(["run", ...onDay(23)]);
    workspace.sink.forget();
    await workspace.partwatch(["run", "--monitor", "a", ...onDay(24, 9 * 60)]);
    await workspace.partwatch(["run", "--monitor", "a", ...onDay(25)]);
    const [notice, ...more] = notices(workspace);
    expect(more).toEqual([]);
    expect(notice?.parsed.subject).toBe("[Partwatch] Checks are overdue");
    expect(notice?.parsed.text).toContain("monitors/b.yaml: expected 2026-11-24 07:00");
    expect(notice?.parsed.text).toContain("List b");
    expect(notice?.parsed.text).not.toContain("monitors/asleep.yaml");
    const readme = String(await workspace.state("README.md"));
    expect(readme).toMatch(/^\| \[List b\].* \*\*overdue\*\* \|/m);
    expect(readme).toMatch(/## Overdue checks\n\n- \*\*List b\*\* was expected at 2026-11-24 07:00/);
    expect(readme).toMatch(/\*\*overdue\*\* since 2026-11-24 16:00/);
    await workspace.partwatch(["run", ...onDay(25, 10)]);
    expect(notices(workspace).map(({ parsed }) => parsed.subject)).toEqual([
      "[Partwatch] Checks are overdue",
      "[Partwatch] Checks are no longer overdue",
    ]);
    expect(String(await workspace.state("README.md"))).not.toContain("overdue");
  });

  it("is checked by the run that comes late, which says so and troubles nobody", async () => {
    await using workspace = await openWorkspace({ files: FILES });
    await workspace.partwatch(["run", ...onDay(20)]);
    workspace.sink.forget();
    const run = await workspace.partwatch(["run", ...onDay(25)]);
    expect(run).toMatchObject({ code: 0 });
    expect(run.stderr).toMatch(/warning a: was overdue: expected 2026-11-21 07:00, last checked 2026-11-20 07:00/);
    expect(workspace.sink.mails()).toEqual([]);
    expect((await workspace.partwatch(["status", ...onDay(25, 60)])).outText).not.toContain("overdue");
  });

  it("is expected no more once it is switched off", async () => {
    await using workspace = await openWorkspace({ files: FILES });
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.write("monitors/b.yaml", boardList({ name: "List b", active: "false" }));
    await workspace.partwatch(["run", ...onDay(24)]);
    await workspace.partwatch(["run", ...onDay(25)]);
    const readme = String(await workspace.state("README.md"));
    expect(readme).toMatch(/^\| \[List b\][^|]*\|[^|]*\|[^|]*\|[^|]*\|[^|]*\| 2026-11-23 07:00 \| +\|/m);
    expect(readme).not.toContain("overdue");
    expect(notices(workspace)).toEqual([]);
  });
});

describe("runs that share the monitors", () => {
  it("tell that the lists of another one are overdue, but not after a pause of all of them", async () => {
    // Of two shards a is in the first and c in the second.
    const files = {
      "monitors/a.yaml": boardList({ name: "List a" }),
      "monitors/c.yaml": boardList({ name: "List c" }),
    };
    await using workspace = await openWorkspace({ files });
    const shard = (index: number, ...more: readonly string[]) =>
      workspace.partwatch(["run", "--shard", `${index}/2`, ...more]);
    for (const index of [1, 2]) await shard(index, ...onDay(19));
    for (const index of [1, 2]) await shard(index, ...onDay(23));
    expect(notices(workspace)).toEqual([]);
    await shard(2, ...onDay(24));
    await shard(2, ...onDay(25));
    // Until then there was no run so long after the missing one that it had to be there.
    expect(notices(workspace)).toEqual([]);
    await shard(2, ...onDay(26));
    expect(notices(workspace).map(({ parsed }) => parsed.subject)).toEqual(["[Partwatch] Checks are overdue"]);
    await shard(1, ...onDay(26, 10));
    for (const index of [2, 1]) await shard(index, ...onDay(27));
    expect(notices(workspace).map(({ parsed }) => parsed.subject)).toEqual([
      "[Partwatch] Checks are overdue",
      "[Partwatch] Checks are no longer overdue",
    ]);
  });
});
