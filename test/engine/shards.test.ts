import { describe, expect, it } from "vitest";
import { boardList, onDay } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

/** Of two shards a and b are in the first, c and d in the second. */
const FILES = {
  "partwatch.yaml": "shards: 2\ninventree: { time_budget: 60 }\n",
  ...Object.fromEntries(["a", "b", "c", "d"].map((id) => [`monitors/${id}.yaml`, boardList({ name: `List ${id}` })])),
};
const BROKEN = 'name: Broken\ncron_schedule: "61 7 * * *"\n';

const REFUSED = "[Partwatch] InvenTree denies Partwatch access";
const ACCEPTED = "[Partwatch] InvenTree gives Partwatch access again";

function refuse({ inventree }: Workspace, path: string): void {
  const body = { detail: "You do not have permission to perform this action." };
  inventree.faults.add({ path, fault: { kind: "answer", status: 403, body } });
}

function shard(index: number, ...more: readonly string[]): readonly string[] {
  return ["run", "--shard", `${index}/2`, ...more];
}

async function both(workspace: Workspace, ...more: readonly string[]) {
  return Promise.all([1, 2].map((index) => workspace.partwatch(shard(index, ...more))));
}

function notices({ sink }: Workspace): readonly (string | undefined)[] {
  return sink
    .mails()
    .filter(({ to }) => to.includes("admin@example.com"))
    .map(({ parsed }) => parsed.subject);
}

async function checkedIds(workspace: Workspace): Promise<readonly string[]> {
  return Object.keys(Object(inside(await workspace.state("runs.json"), "monitors")));
}

describe.concurrent("runs that share the monitors", () => {
  it("see to their own at the same moment: everybody is told once, and nothing is lost", async () => {
    await using workspace = await openWorkspace({ files: FILES });
    const runs = await both(workspace, ...onDay(23));
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs[0]?.stdout).toMatch(/List a[\s\S]*List b/);
    expect(runs[0]?.outText).not.toContain("List c");
    expect(
      workspace.sink
        .mails()
        .map(({ parsed }) => parsed.subject)
        .sort(),
    ).toEqual(["a", "b", "c", "d"].map((id) => `[Partwatch] List ${id}: parts short`));
    expect(await checkedIds(workspace)).toEqual(["a", "b", "c", "d"]);
    expect(await workspace.commits()).toBe(4);
    await both(workspace, ...onDay(23, 5));
    expect(workspace.sink.mails()).toHaveLength(4);
    expect(await workspace.commits()).toBe(4);
  });

  it("check a monitor that is asked for in the shard that it is in; the other says where it belongs", async () => {
    await using workspace = await openWorkspace({ files: FILES });
    const runs = await both(workspace, "--monitor", "c", ...onDay(23));
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs[0]?.errText).toContain("belongs to another server or shard");
    expect(await checkedIds(workspace)).toEqual(["c"]);
    const unknown = await workspace.partwatch(shard(1, "--monitor", "zebra"));
    expect(unknown).toMatchObject({ code: 1, outText: expect.stringContaining("Nothing was checked.") });
    expect(unknown.stderr + unknown.outText).toContain("There is no monitor zebra.");
  });

  it.each([
    ["at the same moment", []],
    ["one after the other", [1, 2]],
    ["the second before the first", [2, 1]],
  ])("tell that a server refuses them once, and once that it is over: %s", async (_, order) => {
    await using workspace = await openWorkspace({ files: FILES });
    const all = async (...more: readonly string[]) => {
      if (order.length === 0) await both(workspace, ...more);
      for (const index of order) await workspace.partwatch(shard(index, ...more));
    };
    refuse(workspace, "/api/");
    await all(...onDay(23));
    expect(notices(workspace)).toEqual([REFUSED]);
    workspace.inventree.faults.clear();
    await all(...onDay(23, 10));
    // Neither may have seen the other well where they ended together: the next run tells it.
    await all(...onDay(24));
    expect(notices(workspace)).toEqual([REFUSED, ACCEPTED]);
    expect(await workspace.state("system.json")).toEqual({ schema_version: 2 });
  });

  it("do not end it while the lists of another one cannot be read", async () => {
    await using workspace = await openWorkspace({ files: FILES });
    refuse(workspace, "/api/");
    await both(workspace, ...onDay(23));
    workspace.inventree.faults.clear();
    await workspace.partwatch(shard(1, ...onDay(23, 10)));
    expect(notices(workspace)).toEqual([REFUSED]);
    expect(await workspace.state("system.json")).toMatchObject({ "default/refused": {} });
    await workspace.partwatch(shard(2, ...onDay(23, 20)));
    expect(notices(workspace)).toEqual([REFUSED, ACCEPTED]);
  });

  it("tell of trouble that only one of them has, though it is not the first", async () => {
    const policy = "{ stock: { exclude: [external] } }";
    const files = { ...FILES, "monitors/c.yaml": boardList({ name: "List c", policy }) };
    await using workspace = await openWorkspace({ files });
    refuse(workspace, "/api/stock/");
    for (const minutes of [0, 10, 20]) await both(workspace, ...onDay(23, minutes));
    expect(notices(workspace)).toEqual([REFUSED]);
    expect(await workspace.state("system.json")).toMatchObject({ "default/refused": {} });
    workspace.inventree.faults.clear();
    await both(workspace, ...onDay(23, 30));
    expect(notices(workspace)).toEqual([REFUSED, ACCEPTED]);
  });

  it("tell of a broken file once, and once that it is well again", async () => {
    await using workspace = await openWorkspace({ files: { ...FILES, "monitors/e.yaml": BROKEN } });
    await both(workspace, ...onDay(23));
    await both(workspace, ...onDay(24));
    expect(notices(workspace)).toEqual(["[Partwatch] monitors/e.yaml is broken"]);
    await workspace.write("monitors/e.yaml", boardList({ name: "List e" }));
    await both(workspace, ...onDay(25));
    expect(notices(workspace)).toEqual([
      "[Partwatch] monitors/e.yaml is broken",
      "[Partwatch] monitors/e.yaml is fixed",
    ]);
  });

  it("forget a list that was deleted, and none that is only in the other shard", async () => {
    await using workspace = await openWorkspace({ files: FILES });
    await both(workspace, ...onDay(23));
    await workspace.remove("monitors/d.yaml");
    await workspace.partwatch(shard(2, ...onDay(24)));
    expect(await checkedIds(workspace)).toEqual(["a", "b", "c", "d"]);
    await workspace.partwatch(shard(1, ...onDay(24)));
    expect(await checkedIds(workspace)).toEqual(["a", "b", "c"]);
    expect(await workspace.state("state/d.json")).toBeUndefined();
    expect(await workspace.state("state/c.json")).toMatchObject({ name: "List c" });
  });
});
