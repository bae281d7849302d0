import type { Transporter } from "nodemailer";
import type { Clock } from "../../core/clock.ts";
import type { Failure } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import type { MailServer } from "../../core/settings/mail-server.ts";
import { clip, plainText } from "../../core/view/plain-text.ts";
import type { Receipt, Refusal } from "../channel.ts";
import type { RenderedMail } from "./mail.ts";
import { messageOf } from "./message.ts";
import { refusals, smtpFailure, withoutSecrets } from "./smtp-failure.ts";

/** Hands mails to an SMTP server over one connection that is kept open between them. */
export interface MailSender {
  /** One mail to all these recipients. Never throws for what the server or network does wrong. */
  readonly send: (mail: RenderedMail, to: readonly string[], log: Log) => Promise<Receipt>;
  /** Connects, encrypts and logs in as for a mail, once, and sends none. null: all is well. Never throws, as above. */
  readonly verify: () => Promise<Failure | null>;
  /** Ends the connection, if there is one. */
  readonly close: () => Promise<void>;
}

export interface MailSenderOptions {
  readonly server: MailServer;
  readonly clock: Clock;
  /** Certificates to trust beside the system's; PEM. */
  readonly ca?: string;
  /** How long to wait for connection, greeting and each answer. */
  readonly timeoutMs?: number;
  /** How often a mail is tried at most. */
  readonly attempts?: number;
}

type Pool = Transporter<{ readonly response: string; readonly accepted: readonly unknown[] }>;
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
    };

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Makes a sender. nodemailer is loaded with the first mail: a run that tells nobody does without it. */
export function createMailSender(options: MailSenderOptions): MailSender {
  let pool: Promise<Pool> | undefined;
  return {
    send: async (mail, to, log) => {
      pool ??= openPool(options);
      return deliver({ options, pool: await pool, mail, to, log });
    },
    verify: async () => {
      pool ??= openPool(options);
      try {
        await (await pool).verify();
        return null;
      } catch (error) {
        return smtpFailure(error, options.server).failure;
      }
    },
    close: async () => {
      const open = await pool;
      pool = undefined;
      open?.close();
    },
  };
}

async function deliver(of: {
  readonly options: MailSenderOptions;
  readonly pool: Pool;
  readonly mail: RenderedMail;
  readonly to: readonly string[];
  readonly log: Log;
}): Promise<Receipt> {
  const { options, mail, log } = of;
  const most = options.attempts ?? 4;
  const refused: Refusal[] = [];
  let to = of.to;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await handOver({ ...of, to });
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
      return { kind: "accepted", ref: mail.messageId, accepted, pending, refused };
    }
    // Who was refused for good is not asked again.
    to = to.filter((address) => !refused.some((refusal) => refusal.address === address));
    const { failure } = outcome;
    if (!failure.retryable || attempt >= most || to.length === 0) {
      log.error(`mail not delivered: ${failure.message}`, {
        step: "mail",
        attempts: attempt,
        message_id: mail.messageId,
      });
      return { kind: "failed", failure: withAttempts(failure, attempt), refused };
    }
    const wait = waitMs(attempt, options.clock.random());
    log.info(`mail not accepted: ${failure.message}`, { step: "mail", attempt, of: most, wait_ms: wait });
    await options.clock.sleep(wait);
  }
}

/** One attempt. A mail that the server has accepted is never tried again: whatever happens after that is not looked at. */
async function handOver(of: {
  readonly options: MailSenderOptions;
  readonly pool: Pool;
  readonly mail: RenderedMail;
  readonly to: readonly string[];
}): Promise<Outcome> {
  const { server } = of.options;
  try {
    const answer = await of.pool.sendMail(messageOf(of.mail, { from: server, to: of.to }));
    return {
      kind: "accepted",
      answer: clip(plainText(withoutSecrets(answer.response, server)), 200),
      ...refusals(answer, server),
    };
  } catch (error) {
    return { kind: "failed", ...smtpFailure(error, server) };
  }
}

async function openPool({ server, ca, timeoutMs = 30_000 }: MailSenderOptions): Promise<Pool> {
  const { createTransport } = await import("nodemailer");
  const login =
    server.username === undefined || server.password === undefined
      ? undefined
      : { user: server.username, pass: server.password };
  return createTransport({
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
    socketTimeout: timeoutMs * 2,
    logger: false,
  });
}

/** Doubles each time, less up to half of it by chance, so that many runs do not come back at once. */
function waitMs(attempt: number, chance: number): number {
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return Math.round(whole / 2 + (whole / 2) * chance);
}

function withAttempts(failure: Failure, attempts: number): Failure {
  return attempts === 1 ? failure : { ...failure, message: `${failure.message} (${attempts} attempts)` };
}
