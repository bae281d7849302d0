import { describe, expect, it } from "vitest";
import { boardList, onDay } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

const bad = boardList({ cron_schedule: '"61 7 * * *"' });

function notices({ sink }: Workspace) {
  return sink.mails().filter(({ to }) => to.includes("admin@example.com"));
}

async function ids(workspace: Workspace): Promise<readonly string[]> {
  return (await workspace.git("ls-tree", "--name-only", "partwatch-state", "state/", "reports/")).split("\n");
}

describe.concurrent("a list that cannot be used", () => {
  it("stops none of the others, is told to the admins once per content, and makes the run red", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/a.yaml": bad, "monitors/b.yaml": boardList() } });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^monitors\/a\.yaml:2:16 cron_schedule: .*minute/m);
    expect(workspace.sink.mails().map(({ to }) => to)).toEqual([["stock@example.com"], ["admin@example.com"]]);
    expect(notices(workspace)[0]?.parsed.text).toContain("monitors/a.yaml:2:16");
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(notices(workspace)).toHaveLength(1);
    await workspace.write("monitors/a.yaml", boardList({ timezone: "Mars/Olympus" }));
    await workspace.partwatch(["run", ...onDay(25)]);
    expect(notices(workspace)).toHaveLength(2);
    expect(notices(workspace)[1]?.parsed.text).toContain("Mars/Olympus");
    await workspace.write("monitors/a.yaml", boardList());
    expect(await workspace.partwatch(["run", ...onDay(26)])).toMatchObject({ code: 0 });
    expect(notices(workspace).at(-1)?.parsed.subject).toContain("monitors/a.yaml is fixed");
    expect(await workspace.state("system.json")).toEqual({ schema_version: 2 });
  });

  it("is told to the admins also by a run in which nothing is due", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/b.yaml": boardList() } });
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.write("monitors/a.yaml", bad);
    expect(await workspace.partwatch(["run", ...onDay(23, 5)])).toMatchObject({ code: 1 });
    expect(notices(workspace)).toHaveLength(1);
    await workspace.partwatch(["run", ...onDay(23, 10)]);
    expect(notices(workspace)).toHaveLength(1);
  });

  it("keeps its state until it is mended, and then goes on as if nothing had been", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/a.yaml": boardList() } });
    await workspace.partwatch(["run", ...onDay(23)]);
    const before = await workspace.state("state/a.json");
    await workspace.write("monitors/a.yaml", bad);
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(await workspace.state("state/a.json")).toEqual(before);
    await workspace.write("monitors/a.yaml", boardList());
    await workspace.partwatch(["run", ...onDay(25)]);
    expect(await workspace.state("state/a.json")).toEqual(before);
    expect(workspace.sink.mails().filter(({ to }) => to.includes("stock@example.com"))).toHaveLength(1);
  });
});

describe.concurrent("a list that is deleted", () => {
  const two = { files: { "monitors/a.yaml": boardList(), "monitors/b.yaml": boardList() } };

  it("loses its state with the next run, as long as every file can be read", async () => {
    await using workspace = await openWorkspace(two);
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.remove("monitors/a.yaml");
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(await ids(workspace)).toEqual(["reports/b.json", "state/b.json"]);
    expect(inside(await workspace.state("runs.json"), "monitors", "a")).toBeUndefined();
  });

  it("keeps its state while another file is broken: it might have moved there", async () => {
    await using workspace = await openWorkspace(two);
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.remove("monitors/a.yaml");
    await workspace.write("monitors/c.yaml", bad);
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(await ids(workspace)).toContain("state/a.json");
    await workspace.write("monitors/c.yaml", `id: a\n${boardList()}`);
    await workspace.partwatch(["run", ...onDay(25)]);
    expect(await ids(workspace)).toEqual(["reports/a.json", "reports/b.json", "state/a.json", "state/b.json"]);
    expect(workspace.sink.mails().filter(({ to }) => to.includes("stock@example.com"))).toHaveLength(2);
  });

  it("keeps its state in a run on another branch than the default one", async () => {
    await using workspace = await openWorkspace(two);
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.git("remote", "add", "origin", "https://git.example.com/team/lists.git");
    await workspace.git("update-ref", "refs/remotes/origin/main", "HEAD");
    await workspace.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    await workspace.git("switch", "--quiet", "--create", "experiment");
    await workspace.remove("monitors/a.yaml");
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(await ids(workspace)).toContain("state/a.json");
  });

  it("keeps its state when it is only switched off", async () => {
    await using workspace = await openWorkspace(two);
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.write("monitors/a.yaml", boardList({ active: "false" }));
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(await ids(workspace)).toContain("state/a.json");
    expect(inside(await workspace.state("runs.json"), "monitors")).toMatchObject({
      a: { last_run: { scheduled_for: "2026-11-23T07:00:00.000Z" } },
    });
  });
});

describe.concurrent("validation", () => {
  it("says all problems of all files at once, each with its place and the fix, and is red", async () => {
    await using workspace = await openWorkspace({
      files: {
        "monitors/a.yaml": bad,
        "monitors/b.yaml": boardList({ recipients: "[nobody]", parts: "[]" }),
        "monitors/c.yaml": boardList(),
      },
    });
    const run = await workspace.partwatch(["validate"]);
    expect(run.code).toBe(1);
    for (const path of [
      /^monitors\/a\.yaml:2:16 cron_schedule/m,
      /^monitors\/b\.yaml:4:8 parts/m,
      /^monitors\/b\.yaml:5:14 recipients/m,
    ])
      expect(run.stdout).toMatch(path);
    expect(run.outText).toContain("3 problems; 1 monitor is valid.");
    const json: unknown = JSON.parse((await workspace.partwatch(["validate", "--json"])).stdout);
    expect(json).toMatchObject({
      monitors: [{ id: "c", file: "monitors/c.yaml" }],
      problems: [{ file: "monitors/a.yaml", line: 2, column: 16, path: "cron_schedule" }, {}, {}],
    });
  });

  it("warns of a list that was renamed without keeping its id, and not of one that keeps it", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/old-name.yaml": boardList() } });
    await workspace.remove("monitors/old-name.yaml");
    await workspace.write("monitors/new-name.yaml", boardList({ description: "Renamed, and Git was not told" }));
    const warned = {
      code: 0,
      outText: expect.stringMatching(/^warning: monitors\/new-name\.yaml:1:1 .*`id: old-name`/m),
    };
    expect(await workspace.partwatch(["validate"])).toMatchObject(warned);
    await workspace.git("add", "--all");
    await workspace.git("update-ref", "refs/remotes/origin/main", "HEAD");
    await workspace.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    await workspace.git("commit", "--quiet", "--message=Rename the list");
    expect(await workspace.partwatch(["validate"])).toMatchObject(warned);
    await workspace.write("monitors/new-name.yaml", boardList({ id: "old-name" }));
    expect(await workspace.partwatch(["validate"])).toMatchObject({ code: 0, stdout: "1 monitor is valid.\n" });
    expect(await workspace.git("status", "--porcelain")).toBe("M monitors/new-name.yaml");
  });
});
