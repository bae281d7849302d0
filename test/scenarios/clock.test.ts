import { expect, it } from "vitest";
import { boardList } from "../support/small-product.ts";
import { inside, openWorkspace } from "../support/workspace.ts";

// On other days CI fakes the time (.ci/other-days): a process outside of it would prove nothing.
it("the program and its git live in the same time as the test", async () => {
  await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList() } });
  const before = Date.now();
  const run = await workspace.partwatch(["--log-format", "json", "--log-level", "debug", "run", "--all"]);
  await workspace.git("commit", "--quiet", "--allow-empty", "--message=Afterwards");
  const after = Date.now();
  expect(run.code).toBe(0);
  const logged = run.stderr.trim().split("\n").map(timeOf);
  const committed = ["partwatch-state", "main"].map((branch) => workspace.git("log", "-1", "--format=%cI", branch));
  // Git knows whole seconds.
  const times = [...logged, ...(await Promise.all(committed)).map((text) => new Date(text).getTime() + 999)];
  expect(times.length).toBeGreaterThan(3);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(before);
  expect(Math.max(...times)).toBeLessThanOrEqual(after + 999);
});

function timeOf(line: string): number {
  return new Date(String(inside(JSON.parse(line), "time"))).getTime();
}
