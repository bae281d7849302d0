import { expect, it } from "vitest";
import { killEverywhere } from "./support/kills.ts";
import { openActionSite } from "./support/sites.ts";

/** `.ci/run` kills 100 times, `npm run soak` more often. */
const KILLS = Number(process.env.PARTWATCH_KILLS ?? "15");

/** A safety net: soaking takes its time. */
const LONGEST_MS = 12 * 3_600_000;

const KINDS = ["inventree →", "inventree ←", "mail →", "mail ←", "github →", "github ←"];

it("the action, killed at every boundary on GitHub's runner, with mail and issues, keeps every promise", {
  timeout: LONGEST_MS,
}, async () => {
  await using site = await openActionSite();
  const { kills, kinds, repeats, violations } = await killEverywhere(site, KILLS);
  console.log(
    `action: kills ${kills}, ${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(", ")}; repeats ${repeats}`,
  );
  expect(violations).toEqual([]);
  expect(kills).toBeGreaterThanOrEqual(KILLS);
  expect([...kinds.keys()].sort()).toEqual(KINDS.toSorted());
});
