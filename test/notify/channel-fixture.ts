import { afterEach } from "vitest";
import { selfSigned } from "../../demo/certificate.ts";
import { type MailSink, type MailSinkOptions, startMailSink } from "../../demo/mail-sink.ts";
import type { Clock, Log, LogFields } from "../../src/core/ports.ts";
import type { MailServer } from "../../src/core/settings/mail-settings.ts";
import { createEmailChannel } from "../../src/notify/email/channel.ts";
import { createMailSender, type MailSenderOptions } from "../../src/notify/email/send.ts";

export const CERTIFICATE = selfSigned(new Date());

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields;
}

/** A log that remembers, a clock that never waits, and the sleeps that were asked for. */
export function quietWorld(): { log: Log; clock: Clock; lines: LogLine[]; waits: number[] } {
  const lines: LogLine[] = [];
  const waits: number[] = [];
  const logWith = (base: LogFields): Log => {
    const at = (level: string) => (message: string, fields?: LogFields) =>
      void lines.push({ level, message, fields: { ...base, ...fields } });
    return {
      error: at("error"),
      warning: at("warning"),
      info: at("info"),
      debug: at("debug"),
      with: (fields) => logWith({ ...base, ...fields }),
    };
  };
  const clock: Clock = {
    now: () => new Date("2026-11-20T06:10:00Z"),
    sleep: async (milliseconds) => void waits.push(milliseconds),
    random: () => 0.5,
  };
  return { log: logWith({}), clock, lines, waits };
}

/** The settings for a sink; by name, since certificates are for names. */
export function serverOf(sink: Pick<MailSink, "port">, changes: Partial<MailServer> = {}): MailServer {
  return {
    host: "localhost",
    port: sink.port,
    mode: "plain",
    sender: "partwatch@example.com",
    senderName: "Partwatch",
    ...changes,
  };
}

/** Sinks, servers and senders of one test file; closed after each test. */
export function mailBench() {
  const open: { readonly close: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  const keep = <T extends { readonly close: () => Promise<void> }>(one: T): T => {
    open.push(one);
    return one;
  };
  return {
    keep,
    sink: async (options: MailSinkOptions = {}) => keep(await startMailSink(options)),
    /** A channel to a server, with the log and the waits of what it does. */
    channelTo: (
      to: Pick<MailSink, "port">,
      changes: Partial<MailServer> = {},
      options: Partial<MailSenderOptions> = {},
    ) => {
      const world = quietWorld();
      const sender = keep(senderTo(to, world, changes, options));
      return { ...world, sender, channel: createEmailChannel({ sender, rows: 50 }) };
    },
  };
}

/** Everything that was logged or returned, as one text. */
export function words(...things: unknown[]): string {
  return JSON.stringify(things);
}

/** A sender to a sink that trusts the sink's certificate, unless told otherwise. */
function senderTo(
  sink: Pick<MailSink, "port">,
  world: { readonly clock: Clock },
  changes: Partial<MailServer>,
  options: Partial<MailSenderOptions>,
) {
  return createMailSender({
    server: serverOf(sink, changes),
    clock: world.clock,
    ca: CERTIFICATE.cert,
    timeoutMs: 60_000,
    ...options,
  });
}
