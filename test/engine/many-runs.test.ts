import { expect, it } from "vitest";
import { boardList, onDay } from "../support/small-product.ts";
import { inside, openWorkspace } from "../support/workspace.ts";

/** CI runs it once with 64. */
const RUNS = Number(process.env.PARTWATCH_TEST_RUNS ?? "8");

it(`${RUNS} runs at once on one clone are all green: each list is checked and told once`, {
  timeout: 600_000,
}, async () => {
  const ids = Array.from({ length: RUNS }, (_, index) => `list-${index + 1}`);
  const files = Object.fromEntries(ids.map((id) => [`monitors/${id}.yaml`, boardList({ name: `List ${id}` })]));
  await using workspace = await openWorkspace({ files });
  const runs = await Promise.all(ids.map((id) => workspace.partwatch(["run", "--monitor", id, ...onDay(23)])));
  expect(runs.filter(({ code }) => code !== 0).map(({ stderr }) => stderr)).toEqual([]);
  expect(Object.keys(Object(inside(await workspace.state("runs.json"), "monitors"))).sort()).toEqual(ids.toSorted());
  expect(inside(await workspace.state("runs.json"), "generation")).toBe(RUNS);
  const subjects = workspace.sink.mails().map(({ parsed }) => parsed.subject);
  expect(subjects.sort()).toEqual(ids.map((id) => `[Partwatch] List ${id}: parts short`).sort());
});
