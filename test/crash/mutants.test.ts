// A harness that passes a program which breaks its promises proves nothing.
import { expect, it } from "vitest";
import { Violation } from "./support/invariants.ts";
import { MUTANTS } from "./support/mutants.ts";
import { openPlace } from "./support/places.ts";
import { playSchedule } from "./support/schedule.ts";
import { openFacts } from "./support/world.ts";

const MOST_SCHEDULES = 40;

it.each(Object.entries(MUTANTS))("random schedules notice a program with this fault: %s", async (_name, mutation) => {
  await using place = await openPlace("clone");
  await using facts = await openFacts();
  let seed = 0;
  let broken: string | undefined;
  while (broken === undefined && seed < MOST_SCHEDULES) {
    seed += 1;
    try {
      await playSchedule({ seed, place, facts, mutation });
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      broken = error.message.split("\n")[0];
    }
  }
  expect(broken, `none of ${MOST_SCHEDULES} schedules did`).toBeDefined();
  console.log(`${_name}: noticed by seed ${seed}: ${broken}`);
});
