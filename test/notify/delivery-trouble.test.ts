import { describe, expect, it } from "vitest";
import { selfSigned } from "../../demo/certificate.ts";
import { startMailSink } from "../../demo/mail-sink.ts";
import { createEmailChannel } from "../../src/notify/email/channel.ts";
import { createMailSender } from "../../src/notify/email/send.ts";
import { CERTIFICATE, mailBench, quietWorld, serverOf, words } from "./channel-fixture.ts";
import { notification } from "./fixtures.ts";
import { listening, scripted } from "./raw-server.ts";

const { keep, sink, channelTo } = mailBench();

describe("a server that is in trouble for now", () => {
  it("is tried again with growing waits, each of them logged, until it takes the mail", async () => {
    let asked = 0;
    const server = await sink({
      behaviour: { message: () => (++asked < 3 ? { code: 451, text: "try again" } : undefined) },
    });
    const { channel, log, lines, waits } = channelTo(server);
    expect((await channel.notify(notification(), log)).kind).toBe("accepted");
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
    const receipt = await channel.notify(notification(), log);
    expect(receipt).toMatchObject({
      kind: "failed",
      failure: { kind: "mail", status: 421, retryable: true, incident: "mail" },
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
    const receipt = await channel.notify(notification(), log);
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
    expect(await channel.notify(notification(), log)).toMatchObject({
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
    expect((await channel.notify(notification(), log)).kind).toBe("accepted");
    expect(waits).toHaveLength(1);
  });

  it("that hangs up without having said that it took the message does not get it again: nobody knows", async () => {
    let calls = 0;
    const server = await sink({ behaviour: { message: () => (++calls === 1 ? "keep-and-drop" : undefined) } });
    const { channel, log } = channelTo(server);
    const receipt = await channel.notify(notification(), log);
    expect(receipt.kind).toBe("unknown");
    expect(server.mails()).toHaveLength(1);
  });

  it("that hangs up after it took the message does not get it twice", async () => {
    const taken: string[] = [];
    const server = keep(
      await scripted((line, reply, socket) => {
        if (line === ".") {
          taken.push(line);
          socket.write("250 2.0.0 queued\r\n", () => socket.destroy());
        } else reply();
      }),
    );
    const { channel, log, waits } = channelTo(server);
    expect((await channel.notify(notification(), log)).kind).toBe("accepted");
    expect((await channel.notify(notification({ seq: 8 }), log)).kind).toBe("accepted");
    expect(taken).toHaveLength(2);
    expect(waits.length).toBeLessThanOrEqual(1);
  });

  it("that cannot be reached is tried again, then named with its settings", async () => {
    const server = await startMailSink();
    await server.close();
    const { channel, log, waits } = channelTo(server);
    const receipt = await channel.notify(notification(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { retryable: true, incident: "mail" } });
    expect(words(receipt)).toContain("EMAIL_SMTP_SERVER");
    expect(waits).toHaveLength(3);
  });

  it("that never greets is given up after the time-out", async () => {
    const silent = keep(await listening(() => undefined));
    const { channel, log } = channelTo(silent, {}, { timeoutMs: 50, attempts: 1 });
    expect(await channel.notify(notification(), log)).toMatchObject({ kind: "failed", failure: { retryable: true } });
  });

  it("that is no mail server at all is named with its settings, once for all mails", async () => {
    const web = keep(await listening((socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")));
    const { channel, log, waits } = channelTo(web);
    const receipt = await channel.notify(notification(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { retryable: false, incident: "mail" } });
    expect(words(receipt)).toMatch(
      /is not a mail server \(.*HTTP\/1\.1 400.*\): check EMAIL_SMTP_SERVER and EMAIL_SMTP_PORT/,
    );
    expect(waits).toEqual([]);
  });

  it("that breaks off the TLS handshake is tried again", async () => {
    const server = keep(await listening((socket) => socket.destroy()));
    const { channel, log, waits } = channelTo(server, { mode: "tls" });
    expect(await channel.notify(notification(), log)).toMatchObject({ kind: "failed", failure: { retryable: true } });
    expect(waits).toHaveLength(3);
  });
});

describe("an encryption that cannot be trusted", () => {
  it.each(["starttls", "tls"] as const)("is refused in words: a self-signed certificate (%s)", async (mode) => {
    const tls = { mode: mode === "tls" ? ("implicit" as const) : mode, ...CERTIFICATE };
    const server = await sink({ tls });
    const world = quietWorld();
    const sender = createMailSender({ server: serverOf(server, { mode }), clock: world.clock, timeoutMs: 60_000 });
    keep(sender);
    const receipt = await createEmailChannel({ sender, rows: 50 }).notify(notification(), world.log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { retryable: false, incident: "mail" } });
    expect(words(receipt)).toContain("is not trusted");
    expect(words(receipt)).toContain("NODE_EXTRA_CA_CERTS");
    expect(world.waits).toEqual([]);
    expect(server.mails()).toEqual([]);
  });

  it.each([
    ["an expired certificate", selfSigned(new Date(Date.now() - 60 * 86_400_000)), "localhost", "has expired"],
    // No certificate of ours is for this address, which leads to the same machine.
    ["a certificate for another name", CERTIFICATE, "0.0.0.0", "is for another name: set EMAIL_SMTP_SERVER"],
  ])("is refused in words: %s", async (_, certificate, host, said) => {
    const server = await sink({ tls: { mode: "starttls", ...certificate } });
    const { channel, log, waits } = channelTo(server, { mode: "starttls", host }, { ca: certificate.cert });
    const receipt = await channel.notify(notification(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { retryable: false, incident: "mail" } });
    expect(words(receipt)).toContain(said);
    expect(waits).toEqual([]);
    expect(server.mails()).toEqual([]);
  });

  it("is refused where the server offers none, and nothing goes out in the clear", async () => {
    const server = await sink();
    const { channel, log, waits } = channelTo(server, { mode: "starttls" });
    const receipt = await channel.notify(notification(), log);
    expect(words(receipt)).toContain("offers no STARTTLS");
    expect(waits).toEqual([]);
    expect(server.mails()).toEqual([]);
  });

  it("is told apart from a port that speaks plain SMTP first", async () => {
    const server = await sink();
    const { channel, log } = channelTo(server, { mode: "tls" });
    expect(words(await channel.notify(notification(), log))).toContain("EMAIL_USE_TLS=true");
  });
});
