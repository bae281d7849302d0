import { pipeline } from "node:stream";
import type { Transporter } from "nodemailer";
import type { Clock } from "../../core/clock.ts";
import type { Failure } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import type { MailServer } from "../../core/settings/mail-server.ts";
import { clip, plainText } from "../../core/view/plain-text.ts";
import type { Receipt, Refusal } from "../channel.ts";
import { createGate, type Gate } from "./gate.ts";
import type { RenderedMail } from "./mail.ts";
import { messageOf } from "./message.ts";
import { refusals, smtpFailure, withoutSecrets } from "./smtp-failure.ts";

/** Hands mails to an SMTP server over one connection that is kept open between them. */
export interface MailSender {
  /** One mail to all these recipients. Never throws for what the server or network does wrong. */
  readonly send: (mail: RenderedMail, to: readonly string[], of: SendOptions) => Promise<Receipt>;
  /** Connects, encrypts and logs in as for a mail, once, and sends none. null: all is well. Never throws, as above. */
  readonly verify: () => Promise<Failure | null>;
  /** Ends the connection, if there is one. */
  readonly close: () => Promise<void>;
}

export interface SendOptions {
  readonly log: Log;
  /** Aborted when nobody waits any longer. */
  readonly ending?: AbortSignal | undefined;
}

export interface MailSenderOptions {
  readonly server: MailServer;
  readonly clock: Clock;
  /** Certificates to trust beside the system's; PEM. */
  readonly ca?: string;
  /** How long to wait for connection and greeting, and half as long as for everything before the final dot. */
  readonly timeoutMs?: number;
  /** How long to wait for the answer to the final dot; the standard (RFC 5321) asks for 10 minutes. */
  readonly answerMs?: number;
  /** How often a mail is tried at most. */
  readonly attempts?: number;
}

type Pool = Transporter<{ readonly response: string; readonly accepted: readonly unknown[] }>;

/** The server as this process knows it. */
interface Line {
  readonly pool: Pool;
  /** The message that passes next. */
  gate: Gate;
}

type Outcome =
  | {
      readonly kind: "accepted";
      readonly answer: string;
      readonly pending: readonly Refusal[];
      readonly refused: readonly Refusal[];
    }
  | {
      readonly kind: "failed";
      readonly failure: Failure;
      readonly pending: readonly Refusal[];
      readonly refused: readonly Refusal[];
    }
  /** Not answered in time, or given up: not tried again. `isSent`: it was handed over. */
  | { readonly kind: "silent"; readonly failure: Failure; readonly isSent: boolean; readonly isTimeout: boolean };

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Makes a sender. nodemailer is loaded with the first mail: a run that tells nobody does without it. */
export function createMailSender(options: MailSenderOptions): MailSender {
  let line: Promise<Line> | undefined;
  /** It has not answered in time: nobody waits for it again and again. */
  let down: Failure | undefined;
  const close = async () => {
    const open = await line;
    line = undefined;
    open?.pool.close();
  };
  return {
    send: async (mail, to, { log, ending }) => {
      if (down !== undefined) return { kind: "failed", failure: down, refused: [] };
      line ??= openLine(options);
      const { receipt, isSilent, isTimeout } = await deliver({ options, line: await line, mail, to, log, ending });
      if (isTimeout && receipt.kind !== "accepted") down = receipt.failure;
      // What hangs there must not be taken for the next mail's.
      if (isSilent) await close();
      return receipt;
    },
    verify: async () => {
      line ??= openLine(options);
      try {
        await (await line).pool.verify();
        return null;
      } catch (error) {
        return smtpFailure(error, options.server).failure;
      }
    },
    close,
  };
}

interface Mailing {
  readonly options: MailSenderOptions;
  readonly line: Line;
  readonly mail: RenderedMail;
  readonly to: readonly string[];
  readonly log: Log;
  readonly ending: AbortSignal | undefined;
}

async function deliver(
  mailing: Mailing,
): Promise<{ readonly receipt: Receipt; readonly isSilent: boolean; readonly isTimeout: boolean }> {
  const { options, mail, log } = mailing;
  const most = options.attempts ?? 4;
  const refused: Refusal[] = [];
  let { to } = mailing;
  const ends = (receipt: Receipt) => ({ receipt, isSilent: false, isTimeout: false });
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await handOver({ ...mailing, to });
    if (outcome.kind === "silent") {
      const { failure, isSent, isTimeout } = outcome;
      const words = isSent ? "nobody knows whether the mail arrived" : "mail not delivered";
      log.error(`${words}: ${failure.message}`, { step: "mail", attempts: attempt, message_id: mail.messageId });
      const receipt: Receipt = isSent ? { kind: "unknown", failure } : { kind: "failed", failure, refused };
      return { receipt, isSilent: true, isTimeout };
    }
    refused.push(...outcome.refused);
    if (outcome.kind === "accepted") {
      const { pending, answer } = outcome;
      const gone = new Set([...pending, ...refused].map((refusal) => refusal.address));
      const accepted = to.filter((address) => !gone.has(address));
      log.info(`mail accepted for ${accepted.join(", ")}`, { step: "mail", message_id: mail.messageId, answer });
      for (const { address, reason } of pending)
        log.warning(`mail to ${address} refused for now: ${reason}`, { step: "mail" });
      for (const { address, reason } of refused)
        log.warning(`mail to ${address} refused for good: ${reason}`, { step: "mail" });
      return ends({ kind: "accepted", ref: mail.messageId, accepted, pending, refused });
    }
    // Who was refused for good is not asked again.
    to = to.filter((address) => !refused.some((refusal) => refusal.address === address));
    const { failure } = outcome;
    if (!failure.retryable || attempt >= most || to.length === 0 || mailing.ending?.aborted === true) {
      log.error(`mail not delivered: ${failure.message}`, {
        step: "mail",
        attempts: attempt,
        message_id: mail.messageId,
      });
      return ends({ kind: "failed", failure: withAttempts(failure, attempt), refused });
    }
    const wait = waitMs(attempt, options.clock.random());
    log.info(`mail not accepted: ${failure.message}`, { step: "mail", attempt, of: most, wait_ms: wait });
    await options.clock.sleep(wait);
  }
}

/** One attempt. A mail that the server has accepted is never tried again: whatever happens after that is not looked at. */
async function handOver(mailing: Mailing): Promise<Outcome> {
  const { options, line, mail, to, ending } = mailing;
  const { server, timeoutMs = 30_000, answerMs = 300_000 } = options;
  const gate = createGate();
  line.gate = gate;
  const where = `${server.host}:${server.port}`;
  const silent = (words: string, isTimeout: boolean): Outcome => {
    gate.shut();
    const message = `the mail server ${where} ${words}`;
    const failure: Failure = { kind: "mail", retryable: true, message, ...(isTimeout ? { incident: "mail" } : {}) };
    return { kind: "silent", failure, isSent: gate.isPassed(), isTimeout };
  };
  const { promise: over, resolve } = Promise.withResolvers<Outcome>();
  const onEnd = () => resolve(silent("did not answer before the run ended", false));
  const early = setTimeout(() => {
    if (!gate.isPassed()) resolve(silent(`did not take a mail within ${(timeoutMs * 2) / 1000} s`, true));
  }, timeoutMs * 2);
  const late = setTimeout(
    () => resolve(silent(`did not answer within ${answerMs / 1000} s`, true)),
    timeoutMs * 2 + answerMs,
  );
  if (ending?.aborted === true) onEnd();
  ending?.addEventListener("abort", onEnd, { once: true });
  try {
    return await Promise.race([over, transmit({ line, mail, to, server, gate, silent })]);
  } finally {
    clearTimeout(early);
    clearTimeout(late);
    ending?.removeEventListener("abort", onEnd);
  }
}

async function transmit({
  line,
  mail,
  to,
  server,
  gate,
  silent,
}: Pick<Mailing, "line" | "mail" | "to"> & {
  readonly server: MailServer;
  readonly gate: Gate;
  readonly silent: (words: string, isTimeout: boolean) => Outcome;
}): Promise<Outcome> {
  try {
    const answer = await line.pool.sendMail(messageOf(mail, { from: server, to }));
    return {
      kind: "accepted",
      answer: clip(plainText(withoutSecrets(answer.response, server)), 200),
      ...refusals(answer, server),
    };
  } catch (error) {
    const { failure, ...refused } = smtpFailure(error, server);
    if (failure.status !== undefined || refused.pending.length + refused.refused.length > 0)
      return { kind: "failed", failure, ...refused };
    const isTimeout = isTimeoutError(error);
    if (gate.isPassed()) return silent("took the mail and gave no answer", isTimeout);
    return isTimeout ? { kind: "silent", failure, isSent: false, isTimeout } : { kind: "failed", failure, ...refused };
  }
}

function isTimeoutError(error: unknown): boolean {
  return typeof error === "object" && error !== null && Reflect.get(error, "code") === "ETIMEDOUT";
}

async function openLine({ server, ca, timeoutMs = 30_000, answerMs = 300_000 }: MailSenderOptions): Promise<Line> {
  const { createTransport } = await import("nodemailer");
  const login =
    server.username === undefined || server.password === undefined
      ? undefined
      : { user: server.username, pass: server.password };
  const pool: Pool = createTransport({
    pool: true,
    host: server.host,
    port: server.port,
    secure: server.mode === "tls",
    requireTLS: server.mode === "starttls",
    ignoreTLS: server.mode === "plain",
    ...(login === undefined ? {} : { auth: login, forceAuth: true }),
    tls: { rejectUnauthorized: true, minVersion: "TLSv1.2", ...(ca === undefined ? {} : { ca }) },
    maxConnections: 1,
    maxMessages: 1_000,
    // Trying again is decided and logged here, not inside.
    maxRequeues: 0,
    // So that a forgotten connection does not keep the process alive for minutes.
    idleTimeout: 5_000,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    // Everything before the final dot has a shorter limit of its own.
    socketTimeout: answerMs,
    logger: false,
  });
  const line: Line = { pool, gate: createGate() };
  pool.use("stream", (mail, done) => {
    const { gate } = line;
    // The last stage of all: any behind it would take in a short message before the server has asked for it.
    mail.message.processFunc((message) => pipeline(message, gate.stream, () => undefined));
    done();
  });
  return line;
}

/** Doubles each time, less up to half of it by chance, so that many runs do not come back at once. */
function waitMs(attempt: number, chance: number): number {
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return Math.round(whole / 2 + (whole / 2) * chance);
}

function withAttempts(failure: Failure, attempts: number): Failure {
  return attempts === 1 ? failure : { ...failure, message: `${failure.message} (${attempts} attempts)` };
}
