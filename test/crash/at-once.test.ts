import { join } from "node:path";
import { expect, it } from "vitest";
import { runHere } from "../support/run-here.ts";
import { boardList, onDay } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

/** `.ci/run` begins 24 and 16, as docs/reliability.md says. */
const IN_CLONES = Number(process.env.PARTWATCH_RUNS_IN_CLONES ?? "4");
const OF_ONE_LIST = Number(process.env.PARTWATCH_RUNS_OF_ONE_LIST ?? "3");
/** The first of each are processes, the others take place in this one. */
const PROCESSES = 3;
const NOW = new Date("2026-11-23T07:00:00Z");
const CLONES = ["one", "two", "three", "four"];

function subjects({ sink }: Workspace): readonly string[] {
  return sink.mails().map(({ parsed }) => parsed.subject ?? "");
}

/** What a process says that has failed. */
async function failed(
  workspace: Workspace,
  { args, cwd }: { readonly args: readonly string[]; readonly cwd: string },
): Promise<readonly string[]> {
  const { code, stderr } = await workspace.partwatch(["run", ...args, ...onDay(23)], { cwd });
  return code === 0 ? [] : [stderr];
}

it(`${IN_CLONES} lists in 4 clones with one remote, all at once: nothing is lost, and each mail goes out once`, async () => {
  const ids = Array.from({ length: IN_CLONES }, (_, index) => `list-${index + 1}`);
  const lists = ids.map((id) => [`monitors/${id}.yaml`, boardList({ name: `List ${id}` })] as const);
  await using workspace = await openWorkspace({
    files: { ...Object.fromEntries(lists), "partwatch.yaml": "state: { remote: origin }\n" },
  });
  await workspace.git("clone", "--quiet", "--bare", ".", "../remote.git");
  for (const clone of CLONES) await workspace.git("clone", "--quiet", "../remote.git", `../${clone}`);
  const runs = ids.map((id, index) => {
    const cwd = `../${CLONES[index % CLONES.length]}`;
    if (index < PROCESSES) return failed(workspace, { args: ["--monitor", id], cwd });
    const root = join(workspace.root, cwd);
    return runHere({ root, env: workspace.env, which: { kind: "monitors", ids: [id] }, now: NOW });
  });
  expect((await Promise.all(runs)).flat()).toEqual([]);
  expect(subjects(workspace).toSorted()).toEqual(ids.map((id) => `[Partwatch] List ${id}: parts short`).toSorted());
  const text = await workspace.git("--git-dir=../remote.git", "show", "partwatch-state:runs.json");
  const state: unknown = JSON.parse(text);
  expect(Object.keys(Object(inside(state, "monitors"))).sort()).toEqual(ids.toSorted());
  expect(inside(state, "generation")).toBe(IN_CLONES);
});

it(`${OF_ONE_LIST} runs of one list at once are all green, and there is one mail`, async () => {
  await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList() } });
  const runs = Array.from({ length: OF_ONE_LIST }, (_, index) =>
    index < PROCESSES
      ? failed(workspace, { args: [], cwd: "." })
      : runHere({ ...workspace, which: { kind: "due" }, now: NOW }),
  );
  expect((await Promise.all(runs)).flat()).toEqual([]);
  expect(subjects(workspace)).toEqual(["[Partwatch] Board batch: parts short"]);
  expect(await workspace.state("state/board.json")).toMatchObject({ delivered: { email: { seq: 1 } } });
  expect(inside(await workspace.state("state/board.json"), "sending")).toBeUndefined();
  await workspace.partwatch(["run", ...onDay(23, 5)]);
  expect(subjects(workspace)).toHaveLength(1);
});
