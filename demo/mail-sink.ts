import { mkdir, writeFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

export interface MailSinkOptions {
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** Where to write `001-subject.eml` and `.html`; absent: only memory. */
  readonly folder?: string;
  /** Absent: no encryption is offered. */
  readonly tls?: { readonly mode: "starttls" | "implicit"; readonly key: string; readonly cert: string };
  /** Who may send; absent: anybody, without signing in. */
  readonly user?: { readonly name: string; readonly password: string };
  /** Who may send with a token of OAuth2, by XOAUTH2 and nothing else. */
  readonly oauth?: { readonly name: string; readonly takes: (token: string) => boolean };
  readonly behaviour?: MailBehaviour;
}

/** How the server misbehaves; absent hooks and undefined answers mean that it does not. */
export interface MailBehaviour {
  readonly connect?: () => SmtpReply | "drop" | undefined;
  readonly auth?: () => SmtpReply | "drop" | undefined;
  readonly sender?: (address: string) => SmtpReply | "drop" | undefined;
  readonly recipient?: (address: string) => SmtpReply | "drop" | undefined;
  /** After DATA: a reply refuses the message; `drop` loses it, `keep-and-drop` stores it but never answers. */
  readonly message?: (mail: SunkMail) => SmtpReply | "drop" | "keep-and-drop" | undefined;
}

/** 4xx for now, 5xx permanently. */
export interface SmtpReply {
  readonly code: number;
  readonly text: string;
}

/** A message as it came in. */
export interface SunkMail {
  /** From 1, in the order of acceptance. */
  readonly number: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  /** Whether it came over an encrypted connection. */
  readonly secure: boolean;
  /** Who was signed in. */
  readonly user: string | null;
  readonly parsed: Email;
  /** Where it was written, if anywhere. */
  readonly files: readonly string[];
}

export interface MailSink {
  readonly host: string;
  readonly port: number;
  /** Accepted messages, oldest first. */
  readonly mails: () => readonly SunkMail[];
  readonly forget: () => void;
  /** From now on it misbehaves like this. */
  readonly behave: (behaviour: MailBehaviour) => void;
  /** Connections made so far. */
  readonly connections: () => number;
  /** The most that were open at the same time. */
  readonly mostAtOnce: () => number;
  readonly close: () => Promise<void>;
}

/** Starts an SMTP server on 127.0.0.1 that delivers nothing anywhere. Rejects if the port is taken. */
export async function startMailSink(options: MailSinkOptions = {}): Promise<MailSink> {
  let behaviour = options.behaviour ?? {};
  let connections = 0;
  let mostAtOnce = 0;
  let taken = 0;
  const mails: SunkMail[] = [];
  const sockets = new Map<number, Socket>();
  const drop = (session: SMTPServerSession) => sockets.get(session.remotePort)?.destroy();
  const settle = (session: SMTPServerSession, reply: SmtpReply | "drop" | undefined, done: Done) => {
    if (reply === "drop") drop(session);
    else done(reply && smtpError(reply));
  };

  const receive = async (raw: Buffer, session: SMTPServerSession): Promise<SmtpReply | "drop" | undefined> => {
    taken += 1;
    const mail = await opened(raw, { session, number: taken });
    const reply = behaviour.message?.(mail);
    if (reply !== undefined && reply !== "keep-and-drop") {
      taken -= 1;
      return reply;
    }
    mails.push(options.folder === undefined ? mail : { ...mail, files: await written(mail, options.folder) });
    return reply === "keep-and-drop" ? "drop" : undefined;
  };

  const server = new SMTPServer({
    ...encryption(options.tls),
    disableReverseLookup: true,
    logger: false,
    authOptional: options.user === undefined && options.oauth === undefined,
    ...(options.oauth === undefined ? {} : { authMethods: ["XOAUTH2"] }),
    allowInsecureAuth: true,
    closeTimeout: 100,
    onConnect: (session, done) => {
      connections += 1;
      settle(session, behaviour.connect?.(), done);
    },
    onAuth: (auth, session, done) => {
      const reply = behaviour.auth?.();
      if (reply !== undefined) return settle(session, reply, done);
      const { user, oauth } = options;
      if (oauth !== undefined) {
        const isGood = auth.username === oauth.name && oauth.takes(auth.accessToken ?? "");
        return isGood ? done(null, { user: oauth.name }) : done(null, { data: { status: "401", schemes: "bearer" } });
      }
      const known = user === undefined || (auth.username === user.name && auth.password === user.password);
      if (known) return done(null, { user: auth.username });
      done(smtpError({ code: 535, text: "5.7.8 Authentication credentials invalid" }));
    },
    onMailFrom: (address, session, done) => settle(session, behaviour.sender?.(address.address), done),
    onRcptTo: (address, session, done) => settle(session, behaviour.recipient?.(address.address), done),
    onData: (stream, session, done) => {
      buffer(stream)
        .then((raw) => receive(raw, session))
        .then((reply) => settle(session, reply, done))
        .catch((error: unknown) => done(error instanceof Error ? error : new Error(String(error))));
    },
  });
  server.server.on("connection", (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    mostAtOnce = Math.max(mostAtOnce, sockets.size);
    socket.once("close", () => sockets.delete(port));
  });
  // Connections that break (a refused certificate, a client that leaves) are part of the game.
  server.on("error", () => {});
  const port = await listening(server, options.port ?? 0);
  return {
    host: "127.0.0.1",
    port,
    mails: () => [...mails],
    forget: () => {
      mails.length = 0;
    },
    behave: (next) => {
      behaviour = next;
    },
    connections: () => connections,
    mostAtOnce: () => mostAtOnce,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.values()) socket.destroy();
      }),
  };
}

type Done = (error?: Error | null) => void;

function encryption(tls: MailSinkOptions["tls"]) {
  if (!tls) return { hideSTARTTLS: true, disabledCommands: ["STARTTLS"] };
  return { key: tls.key, cert: tls.cert, secure: tls.mode === "implicit" };
}

function smtpError({ code, text }: SmtpReply): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

interface Arrival {
  readonly session: SMTPServerSession;
  readonly number: number;
}

async function opened(raw: Buffer, { session, number }: Arrival): Promise<SunkMail> {
  const { mailFrom, rcptTo } = session.envelope;
  return {
    number,
    from: mailFrom ? mailFrom.address : "",
    to: rcptTo.map(({ address }) => address),
    raw: raw.toString("utf8"),
    secure: session.secure,
    user: typeof session.user === "string" ? session.user : null,
    parsed: await PostalMime.parse(raw),
    files: [],
  };
}

async function written(mail: SunkMail, folder: string): Promise<readonly string[]> {
  const stem = join(folder, `${String(mail.number).padStart(3, "0")}-${fileWords(mail.parsed.subject ?? "")}`);
  const contents = [
    { path: `${stem}.eml`, content: mail.raw },
    ...(mail.parsed.html === undefined ? [] : [{ path: `${stem}.html`, content: mail.parsed.html }]),
  ];
  await mkdir(folder, { recursive: true });
  for (const { path, content } of contents) await writeFile(path, content);
  return contents.map(({ path }) => path);
}

/** A subject as part of a file's name: letters and digits only, not too long. */
function fileWords(subject: string): string {
  const words = subject
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return words.slice(0, 60).replace(/-+$/, "") || "message";
}

function listening(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.server.off("error", reject);
      const address = server.server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
