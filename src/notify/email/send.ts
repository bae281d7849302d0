import { backOffMs } from "../../core/back-off.ts";
import type { Failure } from "../../core/failure.ts";
import type { Clock, Log } from "../../core/ports.ts";
import type { MailServer } from "../../core/settings/mail-settings.ts";
import type { Routes } from "../../core/settings/proxy.ts";
import { unlessAborted } from "../../core/unless-aborted.ts";
import type { AddressRefusal, Receipt } from "../channel.ts";
import type { AttemptOutcome } from "./hand-over.ts";
import type { Line } from "./line.ts";
import type { RecipientsMode, RenderedMail } from "./message.ts";
import { smtpFailure } from "./smtp-failure.ts";
import { type ContactedServer, contacted } from "./tokens.ts";

/** Hands mails to an SMTP server over connections that are kept open between them: one for each mail under way. */
export interface MailSender {
  /** One mail to all these recipients. Never throws for what the server or network does wrong. */
  readonly send: (mail: RenderedMail, to: readonly string[], options: SendOptions) => Promise<Receipt>;
  /** Connects, encrypts and logs in as for a mail, once, and sends none. null: all is well. Never throws, as above. */
  readonly verify: () => Promise<Failure | null>;
  /** Ends the connections, if there are any. */
  readonly close: () => Promise<void>;
}

export interface SendOptions {
  readonly log: Log;
  /** How the recipients stand in it; absent: together. */
  readonly mode?: RecipientsMode;
  /** Aborted when nobody waits any longer. */
  readonly ending?: AbortSignal | undefined;
}

export interface MailSenderOptions {
  readonly server: MailServer;
  readonly clock: Clock;
  /** By which proxy tokens for the login are asked for; absent: by none. */
  readonly routes?: Routes;
  /** Certificates to trust beside the system's; PEM. */
  readonly ca?: string;
  /** How long to wait for connection and greeting; twice as long for all mails together that it does not take. */
  readonly timeoutMs?: number;
  /** How long to wait for the answer to the final dot; the standard (RFC 5321) asks for 10 minutes. */
  readonly answerMs?: number;
  /** How often a mail is tried at most. */
  readonly attempts?: number;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A server that answers so soon does not hang. */
const PROMPT_MS = 5_000;

/** What this process has learned about the server. */
interface Server {
  readonly options: MailSenderOptions;
  readonly contact: ContactedServer;
  readonly lanes: Lane[];
  /** It does not answer: nobody waits for it again and again. */
  down: Failure | undefined;
  /** What attempts have cost that certainly sent nothing, and the waits between them, in milliseconds. */
  lostMs: number;
  waitedMs: number;
}

/** One mail after the other; opened with the first. */
interface Lane {
  line: Promise<Line> | undefined;
  isBusy: boolean;
}

/** Makes a sender. nodemailer is loaded with the first mail: a run that notifies nobody does without it. */
export function createMailSender(options: MailSenderOptions): MailSender {
  const contact = contacted({ ...options, timeoutMs: options.timeoutMs ?? 30_000 });
  const server: Server = { options, contact, lanes: [], down: undefined, lostMs: 0, waitedMs: 0 };
  return {
    send: (mail, to, { log, mode = "together", ending }) =>
      inLane(server, (lane) => sendAll({ server, lane, mail, to, mode, log, ending })),
    verify: () =>
      inLane(server, async (lane) => {
        try {
          await (await lineOf(server, lane)).pool.verify();
          return null;
        } catch (error) {
          return smtpFailure(error, contact).failure;
        }
      }),
    close: async () => {
      await Promise.all(server.lanes.map(hangUp));
    },
  };
}

/** On a connection that nobody else uses meanwhile. */
async function inLane<T>({ lanes }: Server, work: (lane: Lane) => Promise<T>): Promise<T> {
  const idle = lanes.find(({ isBusy }) => !isBusy);
  const lane: Lane = idle ?? { line: undefined, isBusy: true };
  if (idle === undefined) lanes.push(lane);
  lane.isBusy = true;
  try {
    return await work(lane);
  } finally {
    lane.isBusy = false;
  }
}

function lineOf(server: Server, lane: Lane): Promise<Line> {
  lane.line ??= open(server);
  return lane.line;
}

async function open({ options, contact }: Server): Promise<Line> {
  const { ca, timeoutMs = 30_000, answerMs = 300_000 } = options;
  const { openLine } = await import("./line.ts");
  return openLine({ server: contact, ca, timeoutMs, answerMs });
}

async function hangUp(lane: Lane): Promise<void> {
  const line = await lane.line;
  lane.line = undefined;
  line?.pool.close();
}

interface Mailing {
  readonly server: Server;
  readonly lane: Lane;
  readonly mail: RenderedMail;
  readonly to: readonly string[];
  readonly mode: RecipientsMode;
  readonly log: Log;
  readonly ending: AbortSignal | undefined;
}

/** One message after the other, until everybody has had one: each alone, or as many together as the server takes. */
async function sendAll(mailing: Mailing): Promise<Receipt> {
  const { server, mail, mode, log } = mailing;
  const waiting = mode === "each" ? mailing.to.map((address) => [address]) : [[...mailing.to]];
  const accepted: string[] = [];
  const pending: AddressRefusal[] = [];
  const refused: AddressRefusal[] = [];
  const unconfirmed: AddressRefusal[] = [];
  let failure: Failure | undefined;
  let unknown: Failure | undefined;
  for (let to = waiting.shift(); to !== undefined; to = waiting.shift()) {
    const isOver = mailing.ending?.aborted === true;
    const known = server.down ?? (isOver ? notBegun(server.contact) : undefined);
    const sent = known === undefined ? await sendOne({ ...mailing, to }) : failedWith(known);
    if (sent.kind === "too_many") {
      waiting.unshift(to.slice(0, Math.ceil(to.length / 2)), to.slice(Math.ceil(to.length / 2)));
      continue;
    }
    refused.push(...sent.refused);
    if (sent.kind === "accepted") {
      accepted.push(...sent.accepted);
      pending.push(...sent.pending);
      if (sent.split.length > 0) waiting.unshift(sent.split.map(({ address }) => address));
      continue;
    }
    if (sent.kind === "unknown") unknown ??= sent.failure;
    failure ??= sent.failure;
    const left = to.filter((address) => !refused.some((refusal) => refusal.address === address));
    const group = sent.kind === "unknown" ? unconfirmed : pending;
    group.push(...left.map((address) => ({ address, reason: sent.failure.message })));
  }
  // Who may have it is nobody who has certainly not got it, whatever became of the others.
  if (accepted.length === 0 && unknown !== undefined)
    return { kind: "unknown", failure: unknown, unconfirmed: unconfirmed.map(({ address }) => address) };
  if (accepted.length === 0 && failure !== undefined) return { kind: "failed", failure, refused };
  for (const { address, reason } of pending)
    log.warning(`mail to ${address} refused for now: ${reason}`, { step: "mail" });
  for (const { address, reason } of refused)
    log.warning(`mail to ${address} refused permanently: ${reason}`, { step: "mail" });
  const unanswered = unconfirmed.length === 0 ? {} : { unconfirmed };
  return { kind: "accepted", ref: mail.messageId, accepted, pending, refused, ...unanswered };
}

type Sent =
  | {
      readonly kind: "accepted";
      readonly accepted: readonly string[];
      readonly pending: readonly AddressRefusal[];
      readonly split: readonly AddressRefusal[];
      readonly refused: readonly AddressRefusal[];
    }
  | { readonly kind: "failed" | "unknown"; readonly failure: Failure; readonly refused: readonly AddressRefusal[] }
  /** Of this message the server wants fewer recipients. */
  | { readonly kind: "too_many" };

function failedWith(failure: Failure): Sent {
  return { kind: "failed", failure, refused: [] };
}

function notBegun({ host, port }: ContactedServer): Failure {
  return { kind: "mail", retryable: true, message: `the run ended before ${host}:${port} had this mail` };
}

async function sendOne(mailing: Mailing): Promise<Sent> {
  const { server, lane, mail, log, ending } = mailing;
  const { clock, attempts: most = 4 } = server.options;
  const refused: AddressRefusal[] = [];
  let { to } = mailing;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOf({ ...mailing, to });
    const fields = { step: "mail", attempts: attempt, message_id: mail.messageId };
    if (outcome.kind === "silent") {
      const words = outcome.isSent ? "nobody knows whether the mail arrived" : "mail not delivered";
      log.error(`${words}: ${outcome.failure.message}`, fields);
      // What hangs there must not be taken for the next mail's.
      await hangUp(lane);
      return { kind: outcome.isSent ? "unknown" : "failed", failure: outcome.failure, refused };
    }
    refused.push(...outcome.refused);
    const gone = new Set([...outcome.pending, ...outcome.split, ...refused].map(({ address }) => address));
    if (outcome.kind === "accepted") {
      const { pending, split, answer } = outcome;
      const accepted = to.filter((address) => !gone.has(address));
      log.info(`mail accepted for ${accepted.join(", ")}`, { step: "mail", message_id: mail.messageId, answer });
      return { kind: "accepted", accepted, pending, split, refused };
    }
    // Whoever was refused permanently is not tried again.
    to = to.filter((address) => !refused.some((refusal) => refusal.address === address));
    const { failure } = outcome;
    if (outcome.tooMany && to.length > 1) return { kind: "too_many" };
    const wait = waitMs(attempt, clock.random());
    if (!failure.retryable || attempt >= most || to.length === 0 || !mayWait(mailing, wait)) {
      log.error(`mail not delivered: ${failure.message}`, fields);
      return { kind: "failed", failure: withAttempts(failure, attempt), refused };
    }
    log.info(`mail not accepted: ${failure.message}`, { step: "mail", attempt, of: most, wait_ms: wait });
    server.waitedMs += wait;
    await unlessAborted(clock.sleep(wait), ending);
    if (ending?.aborted) return { kind: "failed", failure, refused };
  }
}

/** Remembers what it has cost: a server that takes nothing has so long for all mails of a run together. */
async function attemptOf({ server, lane, mail, to, mode, ending }: Mailing): Promise<AttemptOutcome> {
  const { options } = server;
  const { timeoutMs = 30_000, answerMs = 300_000, clock } = options;
  const [line, { handOver }] = await Promise.all([lineOf(server, lane), import("./hand-over.ts")]);
  const begun = clock.now().getTime();
  const earlyMs = timeoutMs * 2 - server.lostMs;
  const attempt = { line, server: server.contact, mail, to, mode, earlyMs, answerMs, ending };
  const outcome = await handOver(attempt);
  const spent = clock.now().getTime() - begun;
  // A refusal that comes late has cost the same, before the final dot or behind it; one of addresses that comes at once is work done.
  const isLost =
    outcome.kind === "silent"
      ? !outcome.isSent
      : outcome.kind === "failed" && (outcome.refused.length === 0 || spent > PROMPT_MS);
  if (isLost) server.lostMs += spent;
  if (outcome.kind === "accepted") return outcome;
  const isOver = outcome.kind === "silent" ? outcome.isTimeout : server.lostMs >= timeoutMs * 2;
  if (isOver) server.down = outcome.failure;
  return outcome;
}

function mayWait({ server, ending }: Mailing, wait: number): boolean {
  const { timeoutMs = 30_000 } = server.options;
  return ending?.aborted !== true && server.down === undefined && server.waitedMs + wait <= timeoutMs * 2;
}

function waitMs(attempt: number, chance: number): number {
  return backOffMs({ attempt, firstMs: FIRST_WAIT_MS, longestMs: LONGEST_WAIT_MS, sure: 0.5, chance });
}

function withAttempts(failure: Failure, attempts: number): Failure {
  return attempts === 1 ? failure : { ...failure, message: `${failure.message} (${attempts} attempts)` };
}
