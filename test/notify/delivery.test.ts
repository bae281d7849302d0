import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type MailSink, type MailSinkOptions, startMailSink } from "../../src/demo/mail-sink.ts";
import { createAdminChannel, createEmailChannel } from "../../src/notify/email/channel.ts";
import { createMailSender, type MailSender } from "../../src/notify/email/send.ts";
import { CERTIFICATE, quietWorld, senderTo, serverOf } from "./bench.ts";
import { monitor, telling } from "./fixtures.ts";

const PASSWORD = "correct horse:battery/staple+9";
const open: { close: () => Promise<void> | void }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function sink(options: MailSinkOptions = {}): Promise<MailSink> {
  const started = await startMailSink(options);
  open.push(started);
  return started;
}

function channelTo(
  to: Pick<MailSink, "port">,
  ...rest: Parameters<typeof senderTo> extends [unknown, unknown, ...infer R] ? R : never
) {
  const world = quietWorld();
  const sender: MailSender = senderTo(to, world, ...rest);
  open.push(sender);
  return { ...world, sender, channel: createEmailChannel({ sender, rows: 50 }) };
}

/** Everything that was logged or returned, as one text: no secret may be in it. */
function words(...things: unknown[]): string {
  return JSON.stringify(things);
}

describe("a mail is handed over", () => {
  it("to all recipients of a monitor in one message", async () => {
    const server = await sink();
    const { channel, log, lines } = channelTo(server);
    const receipt = await channel.tell(telling(), log);
    expect(receipt).toEqual({
      kind: "accepted",
      ref: "<sensor-board.7.5f2c9e0b7a41d386@sensor-kit.acme.partwatch>",
      accepted: ["stock@example.com", "purchasing@example.com"],
      pending: [],
      refused: [],
    });
    expect(server.mails().map((mail) => mail.to)).toEqual([["stock@example.com", "purchasing@example.com"]]);
    expect(lines).toContainEqual({
      level: "info",
      message: "mail accepted for stock@example.com, purchasing@example.com",
      fields: {
        step: "mail",
        message_id: receipt.kind === "accepted" ? receipt.ref : "",
        answer: expect.stringMatching(/^250 /),
      },
    });
  });

  it("over STARTTLS, signed in, when EMAIL_USE_TLS says so", async () => {
    const server = await sink({
      tls: { mode: "starttls", ...CERTIFICATE },
      user: { name: "robot", password: PASSWORD },
    });
    const { channel, log } = channelTo(server, { mode: "starttls", username: "robot", password: PASSWORD });
    expect((await channel.tell(telling(), log)).kind).toBe("accepted");
    expect(server.mails()[0]).toMatchObject({ secure: true, user: "robot" });
  });

  it("over TLS from the first byte, signed in, when EMAIL_USE_SSL says so", async () => {
    const server = await sink({
      tls: { mode: "implicit", ...CERTIFICATE },
      user: { name: "robot", password: PASSWORD },
    });
    const { channel, log } = channelTo(server, { mode: "tls", username: "robot", password: PASSWORD });
    expect((await channel.tell(telling(), log)).kind).toBe("accepted");
    expect(server.mails()[0]).toMatchObject({ secure: true, user: "robot" });
  });

  it("over one connection, however many monitors are told in a run", async () => {
    const server = await sink();
    const { channel, log } = channelTo(server);
    for (const seq of [1, 2, 3]) expect((await channel.tell(telling({ seq }), log)).kind).toBe("accepted");
    expect(server.mails()).toHaveLength(3);
    expect(server.connections()).toBe(1);
  });

  it("to pending recipients alone when it is repeated for them", async () => {
    const server = await sink();
    const { channel, log } = channelTo(server);
    await channel.tell(telling({ recipients: ["purchasing@example.com"] }), log);
    expect(server.mails().map((mail) => mail.to)).toEqual([["purchasing@example.com"]]);
  });

  it("to admins, about a trouble", async () => {
    const server = await sink();
    const { sender, log } = channelTo(server);
    const admin = createAdminChannel({ sender, recipients: ["admin@example.com"], language: "en", timezone: "UTC" });
    const receipt = await admin.tell(
      {
        kind: "begins",
        key: "default/refused",
        since: telling().at,
        at: telling().at,
        cause: "403",
        monitors: [],
        links: telling().links,
      },
      log,
    );
    expect(receipt).toMatchObject({ kind: "accepted", accepted: ["admin@example.com"] });
    expect(server.mails()[0]?.parsed.subject).toBe("[Partwatch] InvenTree refuses Partwatch");
  });
});

describe("a server that refuses for good", () => {
  it("ends a wrong password in words with the fix, at once and without the password", async () => {
    const server = await sink({
      tls: { mode: "starttls", ...CERTIFICATE },
      user: { name: "robot", password: "other" },
    });
    const { channel, log, lines, waits } = channelTo(server, {
      mode: "starttls",
      username: "robot",
      password: PASSWORD,
    });
    const receipt = await channel.tell(telling(), log);
    expect(receipt).toMatchObject({
      kind: "failed",
      failure: { kind: "mail", status: 535, retryable: false, trouble: "mail" },
    });
    expect(words(receipt)).toContain("the mail server refused EMAIL_USERNAME/EMAIL_PASSWORD (535)");
    expect(waits).toEqual([]);
    const said = words(receipt, lines);
    expect(said).not.toContain(PASSWORD);
    expect(said).not.toContain(Buffer.from(PASSWORD).toString("base64"));
    expect(said).not.toContain(Buffer.from(`\0robot\0${PASSWORD}`).toString("base64"));
    expect(said).not.toMatch(/ at \w+.*\.js:\d+/);
  });

  it("keeps an echoed password out of words and log", async () => {
    const server = await sink({
      user: { name: "robot", password: "other" },
      behaviour: { auth: () => ({ code: 535, text: `bad password ${PASSWORD} sent` }) },
    });
    const { channel, log, lines } = channelTo(server, { username: "robot", password: PASSWORD });
    const receipt = await channel.tell(telling(), log);
    expect(receipt.kind).toBe("failed");
    expect(words(receipt, lines)).not.toContain(PASSWORD);
  });

  it("is not asked again, and one refused address stops nobody else", async () => {
    const server = await sink({
      behaviour: {
        recipient: (address) => (address.startsWith("stock") ? { code: 550, text: "no such user" } : undefined),
      },
    });
    const { channel, log, waits } = channelTo(server);
    const receipt = await channel.tell(telling(), log);
    expect(receipt).toMatchObject({
      kind: "accepted",
      accepted: ["purchasing@example.com"],
      pending: [],
      refused: [{ address: "stock@example.com", reason: expect.stringContaining("550") }],
    });
    expect(waits).toEqual([]);
    expect(server.mails()[0]?.to).toEqual(["purchasing@example.com"]);
  });

  it("fails the telling when it refuses every address, naming each", async () => {
    const server = await sink({ behaviour: { recipient: () => ({ code: 550, text: "no such user" }) } });
    const { channel, log, waits } = channelTo(server);
    const receipt = await channel.tell(telling(), log);
    expect(receipt).toMatchObject({
      kind: "failed",
      failure: { retryable: false },
      refused: [{ address: "stock@example.com" }, { address: "purchasing@example.com" }],
    });
    // It is these addresses that are wrong, not the server: other monitors are still told.
    expect(receipt.kind === "failed" && receipt.failure.trouble).toBe(undefined);
    expect(waits).toEqual([]);
  });

  it("fails a message that it does not want, at once", async () => {
    const server = await sink({ behaviour: { message: () => ({ code: 554, text: "spam" }) } });
    const { channel, log, waits } = channelTo(server);
    const receipt = await channel.tell(telling(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { status: 554, retryable: false } });
    expect(waits).toEqual([]);
  });

  it("that wants a login is answered with the settings to fill in", async () => {
    const server = await sink({ user: { name: "robot", password: PASSWORD } });
    const { channel, log } = channelTo(server);
    const receipt = await channel.tell(telling(), log);
    expect(words(receipt)).toContain("set EMAIL_USERNAME and EMAIL_PASSWORD");
  });
});

describe("a server that is in trouble for now", () => {
  it("is tried again with growing waits, each of them logged, until it takes the mail", async () => {
    let asked = 0;
    const server = await sink({
      behaviour: { message: () => (++asked < 3 ? { code: 451, text: "try again" } : undefined) },
    });
    const { channel, log, lines, waits } = channelTo(server);
    expect((await channel.tell(telling(), log)).kind).toBe("accepted");
    expect(server.mails()).toHaveLength(1);
    // Half of 1 s and 2 s for certain, and with the chance 0.5 half of the rest.
    expect(waits).toEqual([750, 1500]);
    const retries = lines.filter((line) => line.level === "info" && line.fields.wait_ms !== undefined);
    expect(retries.map((line) => [line.fields.attempt, line.fields.wait_ms])).toEqual([
      [1, 750],
      [2, 1500],
    ]);
    expect(retries[0]?.message).toContain("451");
  });

  it("is given up after four attempts; the failure says so and can be tried by the next run", async () => {
    const server = await sink({ behaviour: { sender: () => ({ code: 421, text: "busy" }) } });
    const { channel, log, lines, waits } = channelTo(server);
    const receipt = await channel.tell(telling(), log);
    expect(receipt).toMatchObject({
      kind: "failed",
      failure: { kind: "mail", status: 421, retryable: true, trouble: "mail" },
    });
    expect(words(receipt)).toContain("(4 attempts)");
    expect(waits).toHaveLength(3);
    expect(lines.some((line) => line.level === "error")).toBe(true);
  });

  it("leaves recipients that it refuses for now pending, and does not send twice to the others", async () => {
    const server = await sink({
      behaviour: {
        recipient: (address) => (address.startsWith("stock") ? { code: 450, text: "greylisted" } : undefined),
      },
    });
    const { channel, log, waits } = channelTo(server);
    const receipt = await channel.tell(telling(), log);
    expect(receipt).toMatchObject({
      kind: "accepted",
      accepted: ["purchasing@example.com"],
      pending: [{ address: "stock@example.com", reason: expect.stringContaining("greylisted") }],
      refused: [],
    });
    expect(server.mails()).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it("is asked again for recipients that it all refused for now, but not for those refused for good", async () => {
    const asked: string[] = [];
    const server = await sink({
      behaviour: {
        recipient: (address) => {
          asked.push(address);
          if (address.startsWith("stock")) return { code: 550, text: "no such user" };
          return asked.length < 3 ? { code: 450, text: "greylisted" } : undefined;
        },
      },
    });
    const { channel, log } = channelTo(server);
    expect(await channel.tell(telling(), log)).toMatchObject({
      kind: "accepted",
      accepted: ["purchasing@example.com"],
      refused: [{ address: "stock@example.com" }],
    });
    expect(asked).toEqual(["stock@example.com", "purchasing@example.com", "purchasing@example.com"]);
  });

  it("that hangs up before the message is tried again", async () => {
    let calls = 0;
    const server = await sink({ behaviour: { sender: () => (++calls === 1 ? "drop" : undefined) } });
    const { channel, log, waits } = channelTo(server);
    expect((await channel.tell(telling(), log)).kind).toBe("accepted");
    expect(waits).toHaveLength(1);
  });

  it("that hangs up without having said that it took the message gets it again under the same Message-ID", async () => {
    let calls = 0;
    const server = await sink({ behaviour: { message: () => (++calls === 1 ? "keep-and-drop" : undefined) } });
    const { channel, log } = channelTo(server);
    const receipt = await channel.tell(telling(), log);
    expect(receipt.kind).toBe("accepted");
    const ids = server.mails().map((mail) => mail.parsed.messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it("that hangs up after it took the message does not get it twice", async () => {
    const taken: string[] = [];
    const server = await scripted((line, reply, socket) => {
      if (line === ".") {
        taken.push(line);
        socket.write("250 2.0.0 queued\r\n", () => socket.destroy());
      } else reply();
    });
    const { channel, log, waits } = channelTo(server);
    expect((await channel.tell(telling(), log)).kind).toBe("accepted");
    expect((await channel.tell(telling({ seq: 8 }), log)).kind).toBe("accepted");
    expect(taken).toHaveLength(2);
    expect(waits.length).toBeLessThanOrEqual(1);
  });

  it("that cannot be reached is tried again, then named with its settings", async () => {
    const server = await startMailSink();
    await server.close();
    const { channel, log, waits } = channelTo(server);
    const receipt = await channel.tell(telling(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { retryable: true, trouble: "mail" } });
    expect(words(receipt)).toContain("EMAIL_SMTP_SERVER");
    expect(waits).toHaveLength(3);
  });

  it("that never greets is given up after the time-out", async () => {
    const silent = await listening(() => undefined);
    const { channel, log } = channelTo(silent, {}, { timeoutMs: 50, attempts: 1 });
    expect(await channel.tell(telling(), log)).toMatchObject({ kind: "failed", failure: { retryable: true } });
  });

  it("that breaks off the TLS handshake is tried again", async () => {
    const server = await listening((socket) => socket.destroy());
    const { channel, log, waits } = channelTo(server, { mode: "tls" });
    expect(await channel.tell(telling(), log)).toMatchObject({ kind: "failed", failure: { retryable: true } });
    expect(waits).toHaveLength(3);
  });
});

describe("an encryption that cannot be trusted", () => {
  it.each(["starttls", "tls"] as const)("is refused in words: a self-signed certificate (%s)", async (mode) => {
    const tls = { mode: mode === "tls" ? ("implicit" as const) : mode, ...CERTIFICATE };
    const server = await sink({ tls });
    const world = quietWorld();
    const sender = createMailSender({ server: serverOf(server, { mode }), clock: world.clock, timeoutMs: 2_000 });
    open.push(sender);
    const receipt = await createEmailChannel({ sender, rows: 50 }).tell(telling(), world.log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { retryable: false, trouble: "mail" } });
    expect(words(receipt)).toContain("is not trusted");
    expect(words(receipt)).toContain("NODE_EXTRA_CA_CERTS");
    expect(world.waits).toEqual([]);
    expect(server.mails()).toEqual([]);
  });

  it("is refused where the server offers none, and nothing goes out in the clear", async () => {
    const server = await sink();
    const { channel, log, waits } = channelTo(server, { mode: "starttls" });
    const receipt = await channel.tell(telling(), log);
    expect(words(receipt)).toContain("offers no STARTTLS");
    expect(waits).toEqual([]);
    expect(server.mails()).toEqual([]);
  });

  it("is told apart from a port that speaks plain SMTP first", async () => {
    const server = await sink();
    const { channel, log } = channelTo(server, { mode: "tls" });
    expect(words(await channel.tell(telling(), log))).toContain("EMAIL_USE_TLS=true");
  });
});

it("a monitor whose name tries to add headers adds none", async () => {
  const server = await sink();
  const { channel, log } = channelTo(server);
  await channel.tell(telling({ monitor: monitor({ name: "Board\r\nBcc: thief@example.com\r\n\r\nX" }) }), log);
  const [mail] = server.mails();
  expect(mail?.parsed.subject).toBe("[Partwatch] Board Bcc: thief@example.com X: parts short");
  expect(mail?.parsed.headers.map((header) => header.key)).not.toContain("bcc");
});

async function listening(onSocket: (socket: Socket) => void): Promise<{ port: number }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port };
}

/** An SMTP server in a few lines, for what a well-behaved library does not do. */
function scripted(onLine: (line: string, reply: () => void, socket: Socket) => void): Promise<{ port: number }> {
  return listening((socket) => {
    let text = "";
    let inData = false;
    socket.write("220 scripted\r\n");
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      const lines = text.split("\r\n");
      text = lines.pop() ?? "";
      for (const line of lines) {
        if (inData && line !== ".") continue;
        inData = /^data$/i.test(line);
        const reply = () => socket.write(inData ? "354 go on\r\n" : "250 ok\r\n");
        onLine(line, reply, socket);
      }
    });
  });
}
