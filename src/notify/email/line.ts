// The connection to a mail server, as nodemailer keeps it.

import { pipeline } from "node:stream";
import type { Transporter } from "nodemailer";
import { defined } from "../../core/records.ts";
import type { MailServer } from "../../core/settings/mail-settings.ts";
import { createGate, type Gate } from "./gate.ts";
import type { ContactedServer } from "./tokens.ts";

type Pool = Transporter<{ readonly response: string; readonly accepted: readonly unknown[] }>;

/** The server as this process knows it. */
export interface Line {
  readonly pool: Pool;
  /** The message that passes next. */
  gate: Gate;
}

export interface LineOptions {
  readonly server: ContactedServer;
  /** Certificates to trust beside the system's; PEM. */
  readonly ca?: string | undefined;
  /** How long to wait for connection and greeting. */
  readonly timeoutMs: number;
  /** How long to wait for the answer to the final dot. */
  readonly answerMs: number;
}

/** Loads nodemailer; nothing is connected before the first mail. */
export async function openLine({ server, ca, timeoutMs, answerMs }: LineOptions): Promise<Line> {
  const { createTransport } = await import("nodemailer");
  const pool: Pool = createTransport({
    pool: true,
    host: server.host,
    port: server.port,
    secure: server.mode === "tls",
    requireTLS: server.mode === "starttls",
    ignoreTLS: server.mode === "plain",
    ...defined({ name: server.greeting }),
    ...(await loginOptions(server)),
    tls: { rejectUnauthorized: true, minVersion: "TLSv1.2", ...defined({ ca }) },
    maxConnections: 1,
    maxMessages: 1_000,
    // Trying again is decided and logged here, not inside.
    maxRequeues: 0,
    // So that an idle connection does not keep the process alive for minutes.
    idleTimeout: 5_000,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    // Everything before the final dot has a shorter limit of its own.
    socketTimeout: answerMs,
    logger: false,
  });
  const signer = await signerOf(server);
  const line: Line = { pool, gate: createGate() };
  pool.use("stream", (mail, done) => {
    const { gate } = line;
    // Not by nodemailer's own option: it would sign behind the gate.
    if (signer !== undefined) mail.message.processFunc((message) => signer.sign(message));
    // The last stage of all: with any after it, a short message could be taken in before the server has asked for it.
    mail.message.processFunc((message) => pipeline(message, gate.stream, () => undefined));
    done();
  });
  return line;
}

/** nodemailer's own ways would send a password to a server that offers no login. */
async function loginOptions({ username, password, tokens }: ContactedServer) {
  if (username === undefined || (password === undefined && tokens === undefined)) return {};
  const { LOGIN_METHOD, logIn, logInWith } = await import("./login.ts");
  const login = tokens === undefined ? logIn : (context: Parameters<typeof logIn>[0]) => logInWith(context, tokens);
  return {
    auth: { user: username, pass: password ?? "", method: LOGIN_METHOD },
    customAuth: { [LOGIN_METHOD]: login },
    forceAuth: true,
  };
}

async function signerOf({ dkim }: MailServer) {
  if (dkim === undefined) return undefined;
  const { default: Dkim } = await import("nodemailer/lib/dkim");
  return new Dkim({ domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey });
}
