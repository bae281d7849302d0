import { expect, it } from "vitest";
import { runHere } from "../support/run-here.ts";
import { boardList, onDay } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

/** So many as processes; more of them in the test's own, in CI once 64. */
const PROCESSES = 6;
const RUNS = Number(process.env.PARTWATCH_TEST_RUNS ?? "8");

function idsOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `list-${index + 1}`);
}

function openLists(ids: readonly string[]): Promise<Workspace> {
  const files = Object.fromEntries(ids.map((id) => [`monitors/${id}.yaml`, boardList({ name: `List ${id}` })]));
  return openWorkspace({ files });
}

async function expectEachOnce(workspace: Workspace, ids: readonly string[]): Promise<void> {
  expect(Object.keys(Object(inside(await workspace.state("runs.json"), "monitors"))).sort()).toEqual(ids.toSorted());
  expect(inside(await workspace.state("runs.json"), "generation")).toBe(ids.length);
  const subjects = workspace.sink.mails().map(({ parsed }) => parsed.subject);
  expect(subjects.sort()).toEqual(ids.map((id) => `[Partwatch] List ${id}: parts short`).sort());
}

it(`${PROCESSES} processes at once on one clone are all green: each list is checked and told once`, async () => {
  const ids = idsOf(PROCESSES);
  await using workspace = await openLists(ids);
  const runs = await Promise.all(ids.map((id) => workspace.partwatch(["run", "--monitor", id, ...onDay(23)])));
  expect(runs.filter(({ code }) => code !== 0).map(({ stderr }) => stderr)).toEqual([]);
  await expectEachOnce(workspace, ids);
});

it(`${RUNS} runs at once on one clone are all green: each list is checked and told once`, {
  timeout: 600_000,
}, async () => {
  const ids = idsOf(RUNS);
  await using workspace = await openLists(ids);
  const now = new Date("2026-11-23T07:00:00Z");
  const runs = ids.map((id) => runHere({ ...workspace, which: { kind: "monitors", ids: [id] }, now }));
  expect((await Promise.all(runs)).flat()).toEqual([]);
  await expectEachOnce(workspace, ids);
});
