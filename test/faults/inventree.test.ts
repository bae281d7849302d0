import { it } from "vitest";
import { startMailSink } from "../../demo/mail-sink.ts";
import { openBench } from "./support/bench.ts";
import { type Front, startFront, startStranger } from "./support/http-front.ts";
import { INVENTREE_FAULTS } from "./support/inventree-faults.ts";
import { eachOf, expectTable, type Outcome, shareOf } from "./support/outcome.ts";
import { playFault } from "./support/play-fault.ts";

/** A safety net: a busy machine takes its time. */
const LONGEST_MS = 30 * 60_000;

it("a fault of InvenTree: class, words, exit code, state, messages and patience are as the table says", {
  timeout: LONGEST_MS,
}, async () => {
  const first = await startMailSink();
  await using bench = await openBench({ mail: { server: { port: first.port } } });
  await first.close();
  const played = async (name: string, front: Front, timeoutMs?: number) => {
    await using _ = front;
    return await playFault({
      bench,
      fault: name,
      to: { inventree: { url: front.url, ...(timeoutMs && { requestTimeoutMs: timeoutMs }) } },
      asked: front.asked,
    });
  };
  const gone = await startStranger(undefined);
  await gone[Symbol.asyncDispose]();
  const rows: readonly (() => Promise<Outcome>)[] = [
    ...INVENTREE_FAULTS.map(
      ({ name, does, timeoutMs }) =>
        async () =>
          played(name, await startFront(bench.inventree.url, does), timeoutMs),
    ),
    () => playFault({ bench, fault: "nobody listens there", to: { inventree: { url: gone.url } }, asked: () => 0 }),
    async () => played("a mail server listens there", await startStranger("220 mail.example ESMTP\r\n")),
    async () => played("what listens there hangs up", await startStranger(undefined)),
  ];
  const outcomes = await eachOf(shareOf(rows), 4, (row) => row());
  expectTable("inventree", { outcomes, least: 140 });
});
