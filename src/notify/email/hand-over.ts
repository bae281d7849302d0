// One attempt to hand a mail over: what the server says of it, or that it says nothing.

import type { Failure } from "../../core/failure.ts";
import { field } from "../../core/records.ts";
import { clip, plainText } from "../../core/text/plain-text.ts";
import { createGate, type Gate } from "./gate.ts";
import type { Line } from "./line.ts";
import { type RecipientsMode, type RenderedMail, sendMailOptions } from "./message.ts";
import { type Refusals, refusals, smtpFailure } from "./smtp-failure.ts";
import type { ContactedServer } from "./tokens.ts";
import { withoutLoginSecrets } from "./without-secrets.ts";

export interface Attempt {
  readonly line: Line;
  readonly server: ContactedServer;
  readonly mail: RenderedMail;
  readonly to: readonly string[];
  readonly mode: RecipientsMode;
  /** How long to wait for everything before the final dot. */
  readonly earlyMs: number;
  /** How long to wait for the answer to it. */
  readonly answerMs: number;
  /** Aborted when nobody waits any longer. */
  readonly ending: AbortSignal | undefined;
}

export type AttemptOutcome =
  | (Refusals & { readonly kind: "accepted"; readonly answer: string })
  /** `tooMany`: only because of the number of recipients. */
  | (Refusals & {
      readonly kind: "failed";
      readonly failure: Failure;
      readonly tooMany: boolean;
    })
  /** Not answered in time, or given up: not tried again. `isSent`: it was handed over. */
  | { readonly kind: "silent"; readonly failure: Failure; readonly isSent: boolean; readonly isTimeout: boolean };

/** A mail that the server has accepted is never tried again: whatever happens after that is not looked at. */
export async function handOver(attempt: Attempt): Promise<AttemptOutcome> {
  const { line, server, earlyMs, answerMs, ending } = attempt;
  const gate = createGate();
  line.gate = gate;
  const where = `${server.host}:${server.port}`;
  const silent = (words: string, isTimeout: boolean): AttemptOutcome => {
    gate.shut();
    const message = `the mail server ${where} ${words}`;
    const failure: Failure = { kind: "mail", retryable: true, message, ...(isTimeout ? { incident: "mail" } : {}) };
    return { kind: "silent", failure, isSent: gate.isPassed(), isTimeout };
  };
  const { promise: over, resolve } = Promise.withResolvers<AttemptOutcome>();
  const onEnd = () => resolve(silent("did not answer before the run ended", false));
  const early = setTimeout(() => {
    if (!gate.isPassed()) resolve(silent(`did not take a mail within ${Math.round(earlyMs) / 1000} s`, true));
  }, earlyMs);
  const late = setTimeout(
    () => resolve(silent(`did not answer within ${answerMs / 1000} s`, true)),
    earlyMs + answerMs,
  );
  if (ending?.aborted === true) onEnd();
  ending?.addEventListener("abort", onEnd, { once: true });
  try {
    return await Promise.race([over, transmit(attempt, { gate, silent })]);
  } finally {
    clearTimeout(early);
    clearTimeout(late);
    ending?.removeEventListener("abort", onEnd);
  }
}

async function transmit(
  { line, mail, to, mode, server }: Attempt,
  { gate, silent }: { readonly gate: Gate; readonly silent: (words: string, isTimeout: boolean) => AttemptOutcome },
): Promise<AttemptOutcome> {
  try {
    const answer = await line.pool.sendMail(sendMailOptions(mail, { from: server, to, mode }));
    return {
      kind: "accepted",
      answer: clip(plainText(withoutLoginSecrets(answer.response, server)), 200),
      ...refusals(answer, server),
    };
  } catch (error) {
    const { failure, tooMany = false, pending, split, refused } = smtpFailure(error, server);
    const failed = { kind: "failed", failure, tooMany, pending, split, refused } as const;
    if (failure.status !== undefined || pending.length + split.length + refused.length > 0) return failed;
    const isTimeout = field(error, "code") === "ETIMEDOUT";
    if (gate.isPassed()) return silent("took the mail and gave no answer", isTimeout);
    return isTimeout ? { kind: "silent", failure, isSent: false, isTimeout } : failed;
  }
}
