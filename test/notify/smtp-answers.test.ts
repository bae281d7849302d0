import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { MailServer } from "../../src/core/settings/mail-settings.ts";
import type { MailSenderOptions } from "../../src/notify/email/send.ts";
import { mailBench, words } from "./channel-fixture.ts";
import { notification } from "./fixtures.ts";
import { type RawServer, scripted } from "./raw-server.ts";

const { keep, sink, channelTo } = mailBench();
const TO = ["a@example.com", "b@example.com", "c@example.com"];
const message = () => notification({ recipients: TO });

/** A server whose answers to whole lines are the test's; what it was asked is kept. */
async function answering(answer: (line: string, count: number) => string | undefined) {
  const lines: string[] = [];
  const server: RawServer = await scripted((line, reply, socket) => {
    lines.push(line);
    const own = answer(line, lines.length);
    if (own === undefined) reply();
    else socket.write(`${own}\r\n`);
  });
  return { ...keep(server), lines };
}

describe("the subject of an answer decides", () => {
  it("that there are too many recipients: the others get theirs at once, in a second transaction", async () => {
    let taken = 0;
    const server = await sink({
      behaviour: {
        sender: () => {
          taken = 0;
          return undefined;
        },
        recipient: () => (++taken > 2 ? { code: 552, text: "5.5.3 Maximum limit of 2 recipients reached" } : undefined),
      },
    });
    const { channel, log, waits } = channelTo(server);
    expect(await channel.notify(message(), log)).toMatchObject({
      kind: "accepted",
      accepted: TO,
      pending: [],
      refused: [],
    });
    expect(server.mails().map(({ to }) => to)).toEqual([TO.slice(0, 2), TO.slice(2)]);
    expect(waits).toEqual([]);
  });

  it("that the whole message has too many: it goes out in halves", async () => {
    const server = await sink({
      behaviour: {
        message: ({ to }) => (to.length > 1 ? { code: 550, text: "5.5.3 Too many recipients" } : undefined),
      },
    });
    const { channel, log } = channelTo(server);
    expect(await channel.notify(message(), log)).toMatchObject({ kind: "accepted", accepted: TO });
    expect(server.mails().map(({ to }) => to)).toEqual([["a@example.com"], ["b@example.com"], ["c@example.com"]]);
  });

  it("that a mailbox is full, whatever the first digit: it is owed to its owner", async () => {
    const server = await sink({
      behaviour: {
        recipient: (address) =>
          address === "b@example.com" ? { code: 552, text: "5.2.2 Mailbox over quota" } : undefined,
      },
    });
    const { channel, log } = channelTo(server);
    expect(await channel.notify(message(), log)).toMatchObject({
      kind: "accepted",
      accepted: ["a@example.com", "c@example.com"],
      pending: [{ address: "b@example.com" }],
      refused: [],
    });
  });

  it("that the name in the greeting is not taken: the fix is EMAIL_EHLO_NAME, and no address is blamed", async () => {
    const answer = { code: 504, text: "5.5.2 <[127.0.0.1]>: Helo command rejected: need fully-qualified hostname" };
    const server = await sink({ behaviour: { recipient: () => answer } });
    const { channel, log } = channelTo(server);
    const receipt = await channel.notify(message(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { incident: "mail", status: 504 }, refused: [] });
    expect(words(receipt)).toContain("wants a full host name in EHLO (504): set EMAIL_EHLO_NAME");
  });

  it("that nobody may be written to: one cause for all, and the fix is a permission", async () => {
    const server = await sink({ behaviour: { recipient: () => ({ code: 550, text: "5.7.1 Unable to relay" }) } });
    const { channel, log } = channelTo(server);
    const receipt = await channel.notify(message(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { retryable: false } });
    expect(receipt.kind === "failed" && receipt.failure.message.match(/Unable to relay/g)).toHaveLength(1);
    expect(words(receipt)).toContain("EMAIL_USERNAME");
  });

  it("that the sender is not known: the fix is its setting", async () => {
    const answer = { code: 553, text: "5.1.8 Sender address rejected: Domain not found" };
    const server = await sink({ behaviour: { sender: () => answer } });
    const { channel, log } = channelTo(server);
    const receipt = await channel.notify(message(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { incident: "mail" } });
    expect(words(receipt)).toContain("check EMAIL_SENDER_ADDRESS");
  });
});

describe("the greeting", () => {
  it("names this machine as EMAIL_EHLO_NAME says", async () => {
    const server = await answering(() => undefined);
    const { channel, log } = channelTo(server, { greeting: "partwatch.example.com" });
    expect((await channel.notify(message(), log)).kind).toBe("accepted");
    expect(server.lines[0]).toBe("EHLO partwatch.example.com");
  });
});

describe("a login", () => {
  const login = { username: "mailer", password: "pass word/7" } satisfies Partial<MailServer>;
  const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
  const hello = (offers: string) => (line: string) => (/^EHLO/.test(line) ? `250-hi\r\n250 ${offers}` : undefined);

  it.each([
    ["nothing", "8BITMIME", /offers no login, so nothing was sent: leave EMAIL_USERNAME and EMAIL_PASSWORD unset/],
    ["only what a password is no use for", "AUTH GSSAPI NTLM", /offers no login/],
    [
      "only a token's login",
      "AUTH XOAUTH2",
      /offers only OAuth2 \(XOAUTH2\), so nothing was sent: set EMAIL_OAUTH_TOKEN_URL/,
    ],
  ])("is not tried at a server that offers %s", async (_, offers, said) => {
    const server = await answering(hello(offers));
    const { channel, log } = channelTo(server, login);
    const receipt = await channel.notify(message(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { retryable: false, incident: "mail" } });
    expect(words(receipt)).toMatch(said);
    expect(words(receipt)).not.toContain("check both secrets");
    expect(server.lines.filter((line) => /AUTH|MAIL/.test(line))).toEqual([]);
    expect(server.lines.join("\n")).not.toContain(base64(login.password));
  });

  it("is not tried at a server that knows no extensions at all", async () => {
    const server = await answering((line) => (/^EHLO/.test(line) ? "502 5.5.1 Not implemented" : undefined));
    const { channel, log } = channelTo(server, login);
    expect((await channel.notify(message(), log)).kind).toBe("failed");
    expect(server.lines.filter((line) => /AUTH|MAIL/.test(line))).toEqual([]);
  });

  it.each([
    ["PLAIN", [`AUTH PLAIN ${base64("\0mailer\0pass word/7")}`]],
    ["LOGIN", ["AUTH LOGIN", base64("mailer"), base64("pass word/7")]],
    [
      "CRAM-MD5",
      ["AUTH CRAM-MD5", base64(`mailer ${createHmac("md5", login.password).update("<1@x>").digest("hex")}`)],
    ],
  ])("goes by %s where the server offers that", async (method, said) => {
    let asked = 0;
    const last = said.at(-1) ?? "";
    const server = await answering((line) => {
      if (/^EHLO/.test(line)) return `250-hi\r\n250 AUTH GSSAPI ${method}`;
      if (line.endsWith(last)) return "235 2.7.0 welcome";
      if (/^AUTH/.test(line) || asked > 0) {
        asked += 1;
        return /^MAIL|^RCPT|^DATA/.test(line) ? undefined : `334 ${base64(method === "CRAM-MD5" ? "<1@x>" : "?")}`;
      }
      return undefined;
    });
    const { channel, log } = channelTo(server, login);
    // What follows the login is not what this is about.
    await channel.notify(message(), log);
    const dialogue = server.lines.slice(1, 1 + said.length).join(" ");
    expect(dialogue).toBe(said.join(" "));
    expect(server.lines.some((line) => /^MAIL FROM/.test(line))).toBe(true);
  });
});

describe("the recipients of one mail", () => {
  it.each([
    ["together", [TO], ["a@example.com, b@example.com, c@example.com"]],
    ["bcc", [TO], ['"undisclosed-recipients":;']],
    ["each", TO.map((one) => [one]), TO],
  ] as const)("stand in it %s", async (mode, envelopes, headers) => {
    const server = await sink();
    const { sender, log } = channelTo(server);
    const { createEmailChannel } = await import("../../src/notify/email/channel.ts");
    const channel = createEmailChannel({ sender, rows: 50, recipients: mode });
    expect(await channel.notify(message(), log)).toMatchObject({ kind: "accepted", accepted: TO });
    expect(server.mails().map(({ to }) => to)).toEqual(envelopes);
    const shown = server.mails().map(({ raw }) => /^To: (.*(?:\r?\n[ \t].*)*)/m.exec(raw)?.[1]?.replace(/\s+/g, " "));
    expect(shown).toEqual(headers);
    // One message, whoever reads it.
    expect(new Set(server.mails().map(({ parsed }) => parsed.messageId)).size).toBe(1);
    expect(server.mails().every(({ raw }) => !/^Bcc:/im.test(raw))).toBe(true);
  });

  it("each in one of their own: who was not reached is owed it, the others are not told twice", async () => {
    const server = await sink({
      behaviour: { message: ({ to }) => (to[0] === "b@example.com" ? { code: 554, text: "5.6.0 No" } : undefined) },
    });
    const { sender, log } = channelTo(server);
    const { createEmailChannel } = await import("../../src/notify/email/channel.ts");
    const channel = createEmailChannel({ sender, rows: 50, recipients: "each" });
    expect(await channel.notify(message(), log)).toMatchObject({
      kind: "accepted",
      accepted: ["a@example.com", "c@example.com"],
      pending: [{ address: "b@example.com" }],
    });
  });
});

describe("messages to one person each", () => {
  it("of unknown fate are told apart from those that were certainly not sent", async () => {
    const server = await sink({
      behaviour: {
        message: ({ to }) =>
          to[0] === "b@example.com"
            ? "keep-and-drop"
            : to[0] === "c@example.com"
              ? { code: 451, text: "No" }
              : undefined,
      },
    });
    const { sender, log } = channelTo(server, {}, { attempts: 1 });
    const { createEmailChannel } = await import("../../src/notify/email/channel.ts");
    const channel = createEmailChannel({ sender, rows: 50, recipients: "each" });
    const rest = { pending: [{ address: "c@example.com" }], unconfirmed: [{ address: "b@example.com" }] };
    expect(await channel.notify(message(), log)).toMatchObject({
      kind: "accepted",
      accepted: ["a@example.com"],
      ...rest,
    });
    const others = notification({ recipients: TO.slice(1) });
    expect(await channel.notify(others, log)).toMatchObject({ kind: "unknown", unconfirmed: ["b@example.com"] });
  });
});

describe("a message of which nobody has said that it arrived", () => {
  it("is of unknown fate also where somebody else has refused theirs: it was not certainly not sent", async () => {
    const server = await sink({
      behaviour: {
        recipient: (address) => (address.startsWith("a@") ? { code: 550, text: "5.1.1 No such user" } : undefined),
        message: ({ to }) => (to[0] === "b@example.com" ? "keep-and-drop" : { code: 554, text: "5.6.0 No" }),
      },
    });
    const { sender, log } = channelTo(server);
    const { createEmailChannel } = await import("../../src/notify/email/channel.ts");
    const channel = createEmailChannel({ sender, rows: 50, recipients: "each" });
    const receipt = await channel.notify(message(), log);
    expect(server.mails().map(({ to }) => to)).toEqual([["b@example.com"]]);
    expect(receipt.kind).toBe("unknown");
  });
});

describe("what a server that hangs before the final dot may cost", () => {
  it("is 60 s for all mails of a run together, failed attempts included", async () => {
    const server = await sink({ behaviour: { sender: () => ({ code: 451, text: "4.3.0 Later" }) } });
    const { sender, log, channel } = await slowly(server);
    const first = await channel.notify(message(), log);
    expect(first).toMatchObject({ kind: "failed", failure: { incident: "mail" } });
    const connections = server.connections();
    expect(await channel.notify(message(), log)).toMatchObject({ kind: "failed", failure: { status: 451 } });
    expect(server.connections()).toBe(connections);
    await sender.close();
  });

  it("holds for a refusal that comes late behind the final dot: it is not waited for again", async () => {
    const server = await sink({ behaviour: { message: () => ({ code: 451, text: "4.3.0 Later" }) } });
    const { log, channel, waits } = await slowly(server, 120_000);
    expect(await channel.notify(message(), log)).toMatchObject({ kind: "failed", failure: { status: 451 } });
    expect(await channel.notify(message(), log)).toMatchObject({ kind: "failed", failure: { status: 451 } });
    expect({ connections: server.connections(), waits }).toEqual({ connections: 1, waits: [] });
  });

  it("counts no answer that comes at once: a hundred lists with wrong addresses leave time for the others", async () => {
    const behaviour = {
      recipient: (address: string) => (address.startsWith("a@") ? { code: 550, text: "5.1.1 No" } : undefined),
    };
    const server = await sink({ behaviour });
    const { log, channel } = await slowly(server, 1_000);
    const to = (recipient: string) => notification({ recipients: [recipient] });
    for (let list = 0; list < 70; list += 1) await channel.notify(to("a@example.com"), log);
    expect((await channel.notify(to("b@example.com"), log)).kind).toBe("accepted");
  });

  /** Each look at this clock finds it so much later. */
  async function slowly(server: { readonly port: number }, stepMs = 20_000) {
    const { createMailSender } = await import("../../src/notify/email/send.ts");
    const { createEmailChannel } = await import("../../src/notify/email/channel.ts");
    const { quietWorld, serverOf } = await import("./channel-fixture.ts");
    const world = quietWorld();
    let now = Date.parse("2026-11-20T06:10:00Z");
    const clock = {
      ...world.clock,
      now: () => {
        now += stepMs;
        return new Date(now);
      },
    };
    const options: MailSenderOptions = { server: serverOf(server), clock, timeoutMs: 30_000 };
    const sender = createMailSender(options);
    return { ...world, sender, channel: createEmailChannel({ sender, rows: 50 }) };
  }
});
