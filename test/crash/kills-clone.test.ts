import { expect, it } from "vitest";
import { killEverywhere } from "./support/kills.ts";
import { openCloneSite } from "./support/sites.ts";

/** `.ci/run` kills 100 times, `npm run soak` more often. */
const KILLS = Number(process.env.PARTWATCH_KILLS ?? "15");

/** A safety net: soaking takes its time. */
const LONGEST_MS = 12 * 3_600_000;

const KINDS = [
  ...["inventree →", "inventree ←", "mail →", "mail ←", "webhook →", "webhook ←"],
  ...["git before", "git after"],
];

it("the program, killed at every boundary in a clone, with mail and a webhook, keeps every promise", {
  timeout: LONGEST_MS,
}, async () => {
  await using site = await openCloneSite();
  const { kills, kinds, repeats, violations } = await killEverywhere(site, KILLS);
  console.log(
    `clone: kills ${kills}, ${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(", ")}; repeats ${repeats}`,
  );
  expect(violations).toEqual([]);
  expect(kills).toBeGreaterThanOrEqual(KILLS);
  expect([...kinds.keys()].sort()).toEqual(KINDS.toSorted());
});
