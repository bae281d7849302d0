// Answers of an InvenTree, spoiled: each is read, or refused in words; no bug, and no list that was read by half.
import { expect, it } from "vitest";
import { snapshotRequest } from "../../src/core/calculation/snapshot-request.ts";
import { failureOf } from "../../src/core/failure.ts";
import { DEFAULT_POLICY } from "../../src/core/monitor.ts";
import { readSnapshot } from "../../src/inventree/snapshot.ts";
import { bench } from "../inventree/support/client.ts";
import { answerFrom } from "../inventree/support/recorded-server.ts";
import { smallServer } from "../inventree/support/rows.ts";
import { type Reply, startServer } from "../inventree/support/server.ts";
import { FIRST_SEED, LONGEST_MS, partOfAll } from "./support/amount.ts";
import { expectNoFlaws, wordFlaw } from "./support/expect-plain.ts";
import { spoiled } from "./support/mutate.ts";

const NEED = snapshotRequest([{ parts: [{ pk: 1, quantity: 10 }], watch: [], policy: DEFAULT_POLICY, silences: [] }]);
/** About as many listings as reading takes: one of them is spoiled, each time that it is asked for. */
const LISTINGS = 5;

it("an answer of InvenTree that is spoiled is read, or refused in words without a stack", {
  timeout: LONGEST_MS,
}, async () => {
  const rows = smallServer({});
  const [board] = rows["/api/part/"] ?? [];
  const listed = answerFrom(rows);
  const right: typeof listed = (seen, number) =>
    seen.path === "/api/part/1/" ? { body: board } : listed(seen, number);
  let seed = FIRST_SEED;
  const asked: string[] = [];
  const server = await startServer(async (seen, number): Promise<Reply> => {
    if (!asked.includes(seen.path)) asked.push(seen.path);
    const reply = await right(seen, number);
    if ("fault" in reply || asked.indexOf(seen.path) !== seed % LISTINGS) return reply;
    return { ...reply, body: spoiled([JSON.stringify(reply.body)], seed).toWellFormed() };
  });
  const count = partOfAll(0.04);
  const flaws: string[] = [];
  let refused = 0;
  for (; seed < FIRST_SEED + count; seed += 1) {
    asked.length = 0;
    const { client, clock, log } = bench(server.url, { maxConcurrency: 1, requestTimeoutMs: 60_000 });
    try {
      const { parts } = await readSnapshot({ client, clock, log, need: NEED });
      // A part of the list is there, or nothing was read.
      if (parts.get(1) === undefined) flaws.push(`seed ${seed}: read, and without the board`);
    } catch (error) {
      refused += 1;
      const failure = failureOf(error);
      const flaw =
        failure.kind === "bug" ? `a bug: ${error instanceof Error ? error.stack : error}` : wordFlaw(failure.message);
      if (flaw !== undefined) flaws.push(`seed ${seed}: ${flaw}: ${JSON.stringify(failure.message)}`);
    } finally {
      await client.close();
    }
  }
  await server.close();
  expectNoFlaws(flaws);
  console.log(`answers: ${count}, ${refused} refused`);
  expect(refused).toBeGreaterThan(count / 10);
});
