// Files of the state branch, spoiled: each is read, or is said to be broken; the others stay readable, and nothing is lost.
import { expect, it } from "vitest";
import { readFiles, stateFileChanges } from "../../src/state/files.ts";
import { deliveredDelta } from "../state/conformance.ts";
import { FIRST_SEED, LONGEST_MS, partOfAll } from "./support/amount.ts";
import { expectNoFlaws, wordFlaw } from "./support/expect-plain.ts";
import { spoiled } from "./support/mutate.ts";

const INCIDENT = { since: "2026-03-02T07:10:00.000Z", cause: "down", opened: {} };

/** What stands on a branch after two runs, and one in trouble. */
function branch(): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const deltas = [
    deliveredDelta("board"),
    { ...deliveredDelta("cable", { day: 3 }), system: { "default/unreachable": INCIDENT } },
  ];
  for (const delta of deltas)
    for (const [path, text] of stateFileChanges(texts, delta).changes) if (text !== null) texts.set(path, text);
  return texts;
}

it("a file of the state branch that is spoiled is read or said to be broken, and the others stay readable", {
  timeout: LONGEST_MS,
}, () => {
  const whole = branch();
  const paths = [...whole.keys()].filter((path) => path.endsWith(".json") && path !== "data.json").sort();
  const corpus = paths.map((path) => whole.get(path) ?? "");
  const count = partOfAll(0.56);
  const flaws: string[] = [];
  let broken = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + count; seed += 1) {
    const path = paths[seed % paths.length] ?? "";
    // Its own text, and now and then another one that has come to its place.
    const own = seed % 10 === 0 ? corpus : [whole.get(path) ?? ""];
    const texts = new Map([...whole, [path, spoiled(own, seed)]]);
    const files = readFiles(texts);
    for (const { path: named, message } of files.broken) {
      broken += 1;
      const flaw = named === path ? wordFlaw(message) : `${named} is called broken`;
      if (flaw !== undefined) flaws.push(`seed ${seed}, ${path}: ${flaw}: ${JSON.stringify(message)}`);
    }
    // A run goes on: what is broken keeps its bytes.
    const { changes, skipped } = stateFileChanges(texts, deliveredDelta("board", { day: 4 }));
    const overwritten = files.broken.filter((file) => changes.has(file.path));
    if (overwritten.length > 0) flaws.push(`seed ${seed}: ${path} is overwritten, skipped ${skipped.join(", ")}`);
    const other = path.endsWith("/cable.json") ? "board" : "cable";
    if (!path.endsWith("s.json") && !path.endsWith("system.json") && files.monitors[other] === undefined)
      flaws.push(`seed ${seed}: ${path} takes ${other} with it`);
  }
  expectNoFlaws(flaws);
  console.log(`state: ${count} texts, ${broken} broken`);
  expect(broken).toBeGreaterThan(count / 3);
});
