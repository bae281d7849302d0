import { describe, expect, it } from "vitest";
import { createAdminChannel } from "../../src/notify/email/channel.ts";
import { CERTIFICATE, mailBench, words } from "./channel-fixture.ts";
import { monitor, notification } from "./fixtures.ts";

const PASSWORD = "correct horse:battery/staple+9";
const { sink, channelTo } = mailBench();

describe("a mail is handed over", () => {
  it("to all recipients of a monitor in one message", async () => {
    const server = await sink();
    const { channel, log, lines } = channelTo(server);
    const receipt = await channel.notify(notification(), log);
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
    expect((await channel.notify(notification(), log)).kind).toBe("accepted");
    expect(server.mails()[0]).toMatchObject({ secure: true, user: "robot" });
  });

  it("over TLS from the first byte, signed in, when EMAIL_USE_SSL says so", async () => {
    const server = await sink({
      tls: { mode: "implicit", ...CERTIFICATE },
      user: { name: "robot", password: PASSWORD },
    });
    const { channel, log } = channelTo(server, { mode: "tls", username: "robot", password: PASSWORD });
    expect((await channel.notify(notification(), log)).kind).toBe("accepted");
    expect(server.mails()[0]).toMatchObject({ secure: true, user: "robot" });
  });

  it("over one connection, however many monitors are told in a run", async () => {
    const server = await sink();
    const { channel, log } = channelTo(server);
    for (const seq of [1, 2, 3]) expect((await channel.notify(notification({ seq }), log)).kind).toBe("accepted");
    expect(server.mails()).toHaveLength(3);
    expect(server.connections()).toBe(1);
  });

  it("to pending recipients alone when it is repeated for them", async () => {
    const server = await sink();
    const { channel, log } = channelTo(server);
    await channel.notify(notification({ recipients: ["purchasing@example.com"] }), log);
    expect(server.mails().map((mail) => mail.to)).toEqual([["purchasing@example.com"]]);
  });

  it("to admins, about a trouble", async () => {
    const server = await sink();
    const { sender, log } = channelTo(server);
    const admin = createAdminChannel({ sender, recipients: ["admin@example.com"], language: "en", timezone: "UTC" });
    const receipt = await admin.notify(
      {
        kind: "opened",
        key: "default/refused",
        since: notification().at,
        at: notification().at,
        cause: "403",
        monitors: [],
        links: notification().links,
      },
      log,
    );
    expect(receipt).toMatchObject({ kind: "accepted", accepted: ["admin@example.com"] });
    expect(server.mails()[0]?.parsed.subject).toBe("[Partwatch] InvenTree denies Partwatch access");
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
    const receipt = await channel.notify(notification(), log);
    expect(receipt).toMatchObject({
      kind: "failed",
      failure: { kind: "mail", status: 535, retryable: false, incident: "mail" },
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
    const receipt = await channel.notify(notification(), log);
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
    const receipt = await channel.notify(notification(), log);
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
    const receipt = await channel.notify(notification(), log);
    expect(receipt).toMatchObject({
      kind: "failed",
      failure: { retryable: false },
      refused: [{ address: "stock@example.com" }, { address: "purchasing@example.com" }],
    });
    // It is these addresses that are wrong, not the server: other monitors are still told.
    expect(receipt.kind === "failed" && receipt.failure.incident).toBe(undefined);
    expect(waits).toEqual([]);
  });

  it("fails a message that it does not want, at once", async () => {
    const server = await sink({ behaviour: { message: () => ({ code: 554, text: "spam" }) } });
    const { channel, log, waits } = channelTo(server);
    const receipt = await channel.notify(notification(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { status: 554, retryable: false } });
    expect(waits).toEqual([]);
  });

  it("that wants a login is answered with the settings to fill in", async () => {
    const server = await sink({ user: { name: "robot", password: PASSWORD } });
    const { channel, log } = channelTo(server);
    const receipt = await channel.notify(notification(), log);
    expect(words(receipt)).toContain("set EMAIL_USERNAME and EMAIL_PASSWORD");
  });
});

it("a monitor whose name tries to add headers adds none", async () => {
  const server = await sink();
  const { channel, log } = channelTo(server);
  await channel.notify(notification({ monitor: monitor({ name: "Board\r\nBcc: thief@example.com\r\n\r\nX" }) }), log);
  const [mail] = server.mails();
  expect(mail?.parsed.subject).toBe("[Partwatch] Board Bcc: thief@example.com X: parts short");
  expect(mail?.parsed.headers.map((header) => header.key)).not.toContain("bcc");
});
