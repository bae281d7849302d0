import { it } from "vitest";
import { selfSigned } from "../../demo/certificate.ts";
import { startMailSink } from "../../demo/mail-sink.ts";
import { openBench } from "./support/bench.ts";
import { eachOf, expectTable, type Outcome, shareOf } from "./support/outcome.ts";
import { playFault } from "./support/play-fault.ts";
import { SMTP_FAULTS, type SmtpFault } from "./support/smtp-faults.ts";
import { startScripted } from "./support/smtp-server.ts";

/** Where nothing comes: what comes before it has time enough on a busy machine. */
const PATIENCE = { early: { timeoutMs: 1_500 }, late: { answerMs: 8_000 } } as const;

/** A safety net: a busy machine takes its time. */
const LONGEST_MS = 30 * 60_000;

it("a fault of a mail server: class, words, exit code, state, messages and patience are as the table says", {
  timeout: LONGEST_MS,
}, async () => {
  const first = await startMailSink();
  await using bench = await openBench({ mail: { server: { port: first.port } } });
  await first.close();
  const played = async ({ name, script, offers, server, silent }: SmtpFault): Promise<Outcome> => {
    await using scripted = await startScripted({ ...(script && { script }), ...(offers && { offers }) });
    return await playFault({
      bench,
      fault: name,
      to: { mail: { server: { port: scripted.port, ...server }, ...(silent && PATIENCE[silent]) } },
      asked: scripted.connections,
      taken: scripted.taken,
    });
  };
  const gone = await startScripted({});
  await gone[Symbol.asyncDispose]();
  const untrusted = async (): Promise<Outcome> => {
    const sink = await startMailSink({ tls: { mode: "implicit", ...selfSigned(new Date()) } });
    try {
      return await playFault({
        bench,
        fault: "a certificate that nobody trusts",
        to: { mail: { server: { port: sink.port, mode: "tls" } } },
        asked: sink.connections,
        taken: () => sink.mails().map(({ parsed }) => parsed.messageId ?? ""),
      });
    } finally {
      await sink.close();
    }
  };
  const rows: readonly (() => Promise<Outcome>)[] = [
    ...SMTP_FAULTS.map((fault) => () => played(fault)),
    untrusted,
    () =>
      playFault({
        bench,
        fault: "nobody listens there",
        to: { mail: { server: { host: "127.0.0.1", port: gone.port } } },
        asked: () => 0,
        taken: () => [],
      }),
  ];
  expectTable("smtp", { outcomes: await eachOf(shareOf(rows), 6, (row) => row()), least: 100 });
});
