// A random schedule: stock that moves and moves back, runs that are killed, stopped, asked to end or meet faults, two at
// once. In the end nothing is disturbed any longer, and a single run has to mend everything.

import { type Chance, chanceOf } from "./chance.ts";
import { randomIdOf } from "./ids.ts";
import { afterwards, Violation, whileQuiet } from "./invariants.ts";
import { type Effect, type Fate, type Machine, openMachine, type Process } from "./machine.ts";
import type { Mutation } from "./mutants.ts";
import type { Place } from "./places.ts";
import { type Office, runOnce } from "./runs.ts";
import type { Facts, Lists, Stock } from "./world.ts";

export interface ScheduleOptions {
  readonly seed: number;
  readonly place: Place;
  readonly facts: Facts;
  readonly mutation?: Mutation;
}

/** What a schedule has seen. */
export interface Story {
  readonly runs: number;
  readonly kills: number;
  readonly faults: number;
  readonly told: number;
  readonly repeats: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WAITS = [5 * MINUTE, 20 * MINUTE, 20 * MINUTE, 70 * MINUTE, 7 * 60 * MINUTE, DAY] as const;
const STOCKS: readonly [Stock, ...Stock[]] = [
  { chips: 5, resistors: 100 },
  { chips: 20, resistors: 100 },
  { chips: 1, resistors: 100 },
  { chips: 5, resistors: 10 },
  { chips: 20, resistors: 10 },
];
const LISTS: readonly [Lists, ...Lists[]] = [
  { a: 10, b: 10 },
  { a: 12, b: 10 },
];

/** Plays it. Throws Violation, with everything that happened, where a promise is broken. */
export async function playSchedule(options: ScheduleOptions): Promise<Story> {
  const chance = chanceOf(options.seed);
  const machine = openMachine({ begins: new Date("2026-11-23T07:00:00Z"), next: chance.next });
  const office: Office = {
    facts: options.facts,
    stock: chance.oneOf(STOCKS),
    lists: LISTS[0],
    // Drawn from the seed alone, so that the other half plays what it always did.
    combine: options.seed % 2 === 0,
    heard: [],
    notices: [],
    effects: 0,
    randomId: randomIdOf(options.seed),
  };
  const play: Play = { ...options, chance, machine, office, disturbances: [], runs: 0, kills: 0, faults: 0 };
  try {
    const steps = 2 + chance.below(3);
    for (let step = 0; step < steps; step += 1) await disturbed(play);
    await calm(play);
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    throw new Violation(`${error.message}\nseed ${options.seed}, ${options.place.name}\n${machine.trace.join("\n")}`);
  }
  const { runs, kills, faults } = play;
  const repeats = office.heard.length - new Set(office.heard.map(({ list, messageId }) => `${list} ${messageId}`)).size;
  return { runs, kills, faults, told: office.heard.length, repeats };
}

export interface Play extends ScheduleOptions {
  readonly chance: Chance;
  readonly machine: Machine;
  readonly office: Office;
  /** After how many effects something happened that excuses a repeat. */
  readonly disturbances: number[];
  frozen?: Process | undefined;
  before?: Stock | undefined;
  runs: number;
  kills: number;
  faults: number;
}

function branchOf({ seed }: Play): string {
  return `partwatch-state-${seed}`;
}

function begin(play: Play, takeOver: boolean): Process {
  const { place, machine, office, mutation } = play;
  play.runs += 1;
  const number = play.runs;
  const name = `run ${number}`;
  return machine.start(name, async (gate) => {
    const store = place.store(gate, { branch: branchOf(play), process: number });
    const result = await runOnce({ name, gate, office, store: mutation?.(store) ?? store, takeOver });
    if (result.failures.length > 0) machine.trace.push(`${name} is red: ${result.failures.join(" | ")}`);
  });
}

async function disturbed(play: Play): Promise<void> {
  const { chance, machine, office } = play;
  // Where lists share mails, one of them changes alone more often.
  move(play, office.combine ? 0.45 : 0.75);
  if (chance.happens(office.combine ? 0.5 : 0.2)) office.lists = chance.oneOf(LISTS);
  machine.pass(chance.oneOf(WAITS));
  if (chance.happens(0.7)) play.frozen?.thaw();
  if (play.frozen?.state() !== "frozen") play.frozen = undefined;
  const two = chance.happens(0.35);
  // Somebody who says that a run is dead is right.
  const takeOver = play.frozen === undefined && !two && chance.happens(0.15);
  begin(play, takeOver);
  if (two) begin(play, false);
  await machine.drive(fates(play));
  await whileQuiet(play, await look(play));
}

/** Stock moves; often back to where it was. */
function move(play: Play, likelihood: number): void {
  const { chance, office } = play;
  if (!chance.happens(likelihood)) return;
  const next = play.before !== undefined && chance.happens(0.5) ? play.before : chance.oneOf(STOCKS);
  play.before = office.stock;
  office.stock = next;
  play.machine.trace.push(`stock ${JSON.stringify(next)}`);
}

function fates(play: Play): (effect: Effect, process: Process) => Fate {
  const { chance, office } = play;
  // About where a run of this size may be hit; beyond its end nothing happens.
  const hit = chance.happens(0.75) ? office.effects + chance.below(play.place.name === "github" ? 26 : 14) : -1;
  const how = chance.oneOf(["kill", "kill", "kill", "kill", "freeze", "signal"] as const);
  const faulty = chance.happens(0.3) ? 0.12 : 0;
  const moves = chance.happens(0.2) ? office.effects + chance.below(12) : -1;
  return (effect, process) => {
    const number = office.effects;
    office.effects += 1;
    if (number === moves) move(play, 1);
    if (number === hit && how === "kill") {
      play.kills += 1;
      play.disturbances.push(number);
      return { kind: "kill", when: chance.oneOf(["before", "after"]) };
    }
    if (
      number === hit &&
      how === "freeze" &&
      play.frozen === undefined &&
      !/mail|webhook|admin|sleep/.test(effect.kind)
    ) {
      play.frozen = process;
      play.disturbances.push(number);
      return { kind: "freeze" };
    }
    if (number === hit && how === "signal") {
      play.disturbances.push(number);
      return { kind: "signal" };
    }
    const [fault, ...more] = effect.faults;
    if (fault === undefined || !chance.happens(faulty)) return { kind: "go", outcome: "ok" };
    play.faults += 1;
    play.disturbances.push(number);
    return { kind: "go", outcome: chance.oneOf([fault, ...more]) };
  };
}

/** Everything is well again: one run mends all, and the next has nothing to say. */
async function calm(play: Play): Promise<void> {
  const { chance, machine, office } = play;
  const undisturbed = (): Fate => {
    office.effects += 1;
    return { kind: "go", outcome: "ok" };
  };
  play.frozen?.thaw();
  await machine.drive(undisturbed);
  move(play, 0.5);
  const takeOver = chance.happens(0.5);
  machine.pass(takeOver ? 15 * MINUTE : DAY + 20 * MINUTE);
  const mending = begin(play, takeOver);
  await machine.drive(undisturbed);
  await whileQuiet(play, await look(play));
  const told = office.heard.length;
  machine.pass(20 * MINUTE);
  const last = begin(play, false);
  await machine.drive(undisturbed);
  afterwards(play, { state: await look(play), told, errors: [mending.error(), last.error()] });
}

function look(play: Play) {
  return play.place.look(branchOf(play));
}
