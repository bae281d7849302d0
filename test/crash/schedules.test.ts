// Random schedules through the real stores, in one process: what is promised holds whatever befalls the runs.
import { describe, expect, it } from "vitest";
import { Violation } from "./support/invariants.ts";
import { openPlace, type PlaceName } from "./support/places.ts";
import { playSchedule, type Story } from "./support/schedule.ts";
import { openFacts } from "./support/world.ts";

/** `.ci/run` plays 300; `npm run soak` more, and others each time. */
const ALL = Number(process.env.PARTWATCH_SCHEDULES ?? "30");
const FIRST_SEED = Number(process.env.PARTWATCH_SEED ?? "1");

/** A safety net: soaking takes its time. */
const LONGEST_MS = 12 * 3_600_000;

// A run through a clone costs seven times as much as one through the API: it starts a dozen gits.
const SHARES: readonly (readonly [PlaceName, number])[] = [
  ["clone", 0.08],
  ["remote", 0.02],
  ["github", 0.9],
];

describe("random schedules of runs that are killed, stopped, asked to end, refused or not answered, two at once", () => {
  it.each(SHARES)(
    "keep every promise to people, with the state in: %s",
    { timeout: LONGEST_MS },
    async (name, share) => {
      await using place = await openPlace(name);
      await using facts = await openFacts();
      const count = Math.ceil(ALL * share);
      const stories: Story[] = [];
      const violations: string[] = [];
      for (let seed = FIRST_SEED; seed < FIRST_SEED + count; seed += 1) {
        try {
          stories.push(await playSchedule({ seed, place, facts }));
        } catch (error) {
          if (!(error instanceof Violation)) throw error;
          violations.push(error.message);
        }
      }
      const sum = (pick: (story: Story) => number) => stories.reduce((total, story) => total + pick(story), 0);
      console.log(
        `${name}: schedules ${count} (seeds ${FIRST_SEED} to ${FIRST_SEED + count - 1}), runs ${sum((s) => s.runs)}, kills ${sum((s) => s.kills)}, ` +
          `faults ${sum((s) => s.faults)}, messages ${sum((s) => s.told)}, repeats ${sum((s) => s.repeats)}, violations ${violations.length}`,
      );
      expect(violations.join("\n\n")).toBe("");
      expect(sum((story) => story.kills)).toBeGreaterThan(count / 4);
    },
  );
});
