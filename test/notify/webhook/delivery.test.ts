import { createHmac } from "node:crypto";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { DEFAULT_CHANNELS, type WebhookSettings } from "../../../src/core/channels.ts";
import type { Notification } from "../../../src/notify/channel.ts";
import { words } from "../channel-fixture.ts";
import { monitor, notification } from "../fixtures.ts";
import { webhookBench } from "./receiver.ts";

const { receiver, webhooks } = webhookBench();
const PATH = "/services/T01/B02/x9y8z7-secret?key=abcdef";

function notificationTo(settings: Partial<WebhookSettings> = {}, changes: Partial<Notification> = {}): Notification {
  const webhook = { ...DEFAULT_CHANNELS.webhook, active: true, url_env: "STOCK_URL", ...settings };
  return notification({ monitor: monitor({ channels: { ...DEFAULT_CHANNELS, webhook } }), ...changes });
}

describe("a webhook", () => {
  it("is called once at its address, and named by its variable wherever people read of it", async () => {
    const server = await receiver();
    const { channel, log, lines, waits } = webhooks({ STOCK_URL: server.url + PATH });
    const receipt = await channel.notify(notificationTo(), log);
    expect(receipt).toEqual({
      kind: "accepted",
      ref: "sensor-board.7.5f2c9e0b7a41d386",
      accepted: ["STOCK_URL"],
      pending: [],
      refused: [],
    });
    expect(server.received).toMatchObject([{ method: "POST", path: PATH }]);
    expect(server.received[0]?.headers).toMatchObject({
      "x-partwatch-event": "report",
      "x-partwatch-delivery": "sensor-board.7.5f2c9e0b7a41d386",
    });
    expect(waits).toEqual([]);
    expect(words(lines, receipt)).not.toContain("secret");
  });

  it("of format json can be told from others' by its signature over the very bytes of the body", async () => {
    const server = await receiver();
    const { channel, log, lines } = webhooks({ STOCK_URL: server.url, STOCK_KEY: "k-0815-schlüssel" });
    await channel.notify(notificationTo({ secret_env: "STOCK_KEY" }), log);
    const [got] = server.received;
    const mac = createHmac("sha256", "k-0815-schlüssel")
      .update(Buffer.from(got?.body ?? "", "utf8"))
      .digest("hex");
    expect(got?.headers["x-partwatch-signature-256"]).toBe(`sha256=${mac}`);
    expect(words(lines, server.received)).not.toContain("k-0815");
  });

  it("without a secret bears no signature", async () => {
    const server = await receiver();
    const { channel, log } = webhooks({ STOCK_URL: server.url });
    await channel.notify(notificationTo(), log);
    expect(server.received[0]?.headers).not.toHaveProperty("x-partwatch-signature-256");
    expect(server.received[0]?.headers).not.toHaveProperty("authorization");
  });

  it("of format ntfy shows its access token", async () => {
    const server = await receiver();
    const { channel, log } = webhooks({ STOCK_URL: `${server.url}/stock`, STOCK_KEY: "tk_123" });
    await channel.notify(notificationTo({ format: "ntfy", secret_env: "STOCK_KEY" }), log);
    expect(server.received[0]).toMatchObject({ path: "/stock", headers: { authorization: "Bearer tk_123" } });
  });

  it.each([
    [
      "Teams",
      "text/plain",
      "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 403",
    ],
    ["Slack", "application/json", '{"ok":false,"error":"invalid_auth"}'],
    ["a service", "application/json", '{"status":"error","detail":"no"}'],
    ["another", "application/json", '{"errcode":310000,"errmsg":"keywords not in content"}'],
    ["a third", "application/json", '{"errors":[{"message":"no"}]}'],
    ["a talker", "application/json", JSON.stringify({ data: "x".repeat(9_000), ok: false })],
    ["a talker that is cut", "application/json", `{"ok":false,"data":"${"x".repeat(70_000)}"}`],
    ["one that breaks off", "application/json", '{"data":{"ok":true},"error":{"message":"no'],
    ["a login page", "text/html", "<!doctype html><title>Sign in</title><form></form>"],
    ["a portal", "text/html", "\n<html lang=en><body>Welcome to the guest network</body></html>"],
    ["a page without its first tag", "text/html", "<head><meta charset=utf-8><title>Sign in</title></head>"],
    ["a script that leads on", "text/html", "<script>location.href = '/login'</script>"],
    ["a page behind a comment", "text/html", "<!-- cached --> \n<!-- 2 --><body onload=go()>wait</body>"],
    ["a comment that never ends", "text/html", `<!-- ${"x".repeat(70_000)}`],
    ["a page behind byte order marks", "text/html", "\uFEFF \t\r\n\uFEFF<html><p>Sign in</p></html>"],
    ["a page of XHTML", "text/html", '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD"><html>Sign in</html>'],
    ["a form", "text/html", "<form action=/login method=post>Sign in<input name=user></form>"],
  ])("has not delivered where %s says so in a 200", async (_, type, body) => {
    const server = await receiver();
    server.behave({ status: 200, headers: { "content-type": type }, body });
    const { channel, log, waits } = webhooks({ STOCK_URL: server.url });
    const receipt = await channel.notify(notificationTo(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { kind: "channel", status: 200 } });
    expect(words(receipt)).toMatch(
      /answers 200, (?:but its words say that it failed|with a web page .*): it said: [\w{]/,
    );
    expect(waits).toEqual([]);
  });

  it.each([
    "ok",
    "1",
    "",
    '{"success":true}',
    '{"ok":true,"error":""}',
    '{"id":"x","errors":[]}',
    '{"ok":true,"error":{"message":"cut',
    '{"data":{"ok":false,"error":"x"},"errors":[],"more":"cut',
    "<p>Thanks</p>",
    "[]",
  ])("has delivered where a 200 says: %s", async (body) => {
    const server = await receiver();
    server.behave({ status: 200, body });
    const { channel, log } = webhooks({ STOCK_URL: server.url });
    expect(await channel.notify(notificationTo(), log)).toMatchObject({ kind: "accepted" });
  });

  it("is tried again where a 200 says that it was too much at once", async () => {
    const server = await receiver();
    const body = "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429";
    server.behave({ status: 200, body });
    const { channel, log, waits } = webhooks({ STOCK_URL: server.url });
    expect(await channel.notify(notificationTo(), log)).toMatchObject({ kind: "accepted" });
    expect(waits).toHaveLength(1);
  });

  it("bears the same delivery when it is tried again, so that a receiver can drop what it has", async () => {
    const server = await receiver();
    server.behave({ status: 502 }, { status: 503 });
    const { channel, log, waits } = webhooks({ STOCK_URL: server.url });
    expect(await channel.notify(notificationTo(), log)).toMatchObject({ kind: "accepted" });
    expect(server.received).toHaveLength(3);
    expect(new Set(server.received.map(({ headers }) => headers["x-partwatch-delivery"])).size).toBe(1);
    expect(new Set(server.received.map(({ body }) => body)).size).toBe(1);
    expect(waits).toEqual([750, 1500]);
  });
});

describe("a webhook that does not answer as it should", () => {
  it.each([408, 429, 500, 502, 503, 504])("with %i is tried four times, then it is owed", async (status) => {
    const server = await receiver();
    server.behave(...Array.from({ length: 9 }, () => ({ status, body: "<b>busy</b> at\r\nthe moment" })));
    const { channel, log, lines } = webhooks({ STOCK_URL: server.url });
    const receipt = await channel.notify(notificationTo(), log);
    expect(receipt).toEqual({
      kind: "failed",
      failure: {
        kind: "channel",
        status,
        retryable: true,
        message: `the webhook of STOCK_URL answers ${status}: it said: busy at the moment (4 attempts)`,
      },
      refused: [],
    });
    expect(server.received).toHaveLength(4);
    expect(lines.filter(({ level }) => level === "info").map(({ fields }) => fields.attempt)).toEqual([1, 2, 3]);
  });

  it.each([
    [400, /refuses the message \(400\)/],
    [401, /refuses \(401\); check that address and secret are still valid/],
    [403, /refuses \(403\)/],
    [404, /is not there \(404\)/],
    [410, /is not there \(410\)/],
    [413, /refuses the message \(413\)/],
  ])("with %i is not tried again", async (status, message) => {
    const server = await receiver();
    server.behave({ status });
    const { channel, log } = webhooks({ STOCK_URL: server.url });
    const receipt = await channel.notify(notificationTo(), log);
    expect(receipt).toMatchObject({ failure: { retryable: false, status, message: expect.stringMatching(message) } });
    expect(server.received).toHaveLength(1);
  });

  it("is waited for as long as it asks, but not longer than a minute in all", async () => {
    const server = await receiver();
    server.behave(
      { status: 429, headers: { "retry-after": "7" } },
      { status: 429, headers: { "retry-after": "3600" } },
    );
    const { channel, log, waits } = webhooks({ STOCK_URL: server.url });
    expect(await channel.notify(notificationTo(), log)).toMatchObject({ kind: "failed", failure: { status: 429 } });
    expect(waits).toEqual([7000]);
    expect(server.received).toHaveLength(2);
  });

  it("is never called again once it has accepted, even if the rest of its answer is lost", async () => {
    const server = await receiver();
    server.behave("cut");
    const { channel, log } = webhooks({ STOCK_URL: server.url });
    expect(await channel.notify(notificationTo(), log)).toMatchObject({ kind: "accepted" });
    expect(server.received).toHaveLength(1);
  });

  it("is given up after a time-out, in words without its address", async () => {
    const server = await receiver();
    server.behave("silence", "silence");
    const { channel, log, lines } = webhooks({ STOCK_URL: server.url + PATH }, { timeoutMs: 30 });
    const receipt = await channel.notify(notificationTo(), log);
    expect(receipt).toMatchObject({
      kind: "unknown",
      failure: { message: expect.stringContaining("gives no answer within 0.03 s") },
    });
    // It may have arrived: nobody gets it four times.
    expect(server.received.length).toBeLessThanOrEqual(1);
    expect(words(lines, receipt)).not.toMatch(/127\.0\.0\.1|secret|abcdef/);
  });

  it("is not followed elsewhere: its address is a secret", async () => {
    const [server, other] = [await receiver(), await receiver()];
    server.behave({ status: 307, headers: { location: `${other.url}/grab` } });
    const { channel, log } = webhooks({ STOCK_URL: server.url, KEY: "k" });
    const receipt = await channel.notify(notificationTo({ secret_env: "KEY" }), log);
    expect(receipt).toMatchObject({
      failure: { status: 307, message: expect.stringContaining("redirects elsewhere") },
    });
    expect(other.received).toEqual([]);
  });

  it("that repeats address and secret in its answer finds them blotted out in log and receipt", async () => {
    const server = await receiver();
    server.behave({ status: 400, body: `no ${server.url}${PATH} and ${PATH} with key-4711` });
    const { channel, log, lines } = webhooks({ STOCK_URL: server.url + PATH, KEY: "key-4711" });
    const receipt = await channel.notify(notificationTo({ secret_env: "KEY" }), log);
    expect(receipt).toMatchObject({ failure: { message: expect.stringContaining("no *** and *** with ***") } });
    expect(words(lines, receipt)).not.toMatch(/x9y8z7|4711/);
  });

  it.each([
    ["without the slash in front", "The path services/T01/B02/x9y8z7-secret did not match."],
    ["its last part alone", "No hook x9y8z7-secret (key abcdef)"],
    ["with its slashes escaped", '{"path":"\\/services\\/T01\\/B02\\/x9y8z7-secret?key=abcdef"}'],
  ])("that repeats parts of its address (%s) finds them blotted out too", async (_, body) => {
    const server = await receiver();
    server.behave({ status: 404, body });
    const { channel, log, lines } = webhooks({ STOCK_URL: server.url + PATH });
    const receipt = await channel.notify(notificationTo(), log);
    expect(receipt).toMatchObject({ failure: { message: expect.stringContaining("is not there (404)") } });
    expect(words(lines, receipt)).toContain("***");
    expect(words(lines, receipt)).not.toMatch(/x9y8z7|abcdef/);
  });

  it("where nobody listens costs its patience once a run, however many lists name it", async () => {
    const server = await receiver();
    await server.close();
    const { channel, log, waits } = webhooks({ STOCK_URL: server.url });
    const first = await channel.notify(notificationTo(), log);
    expect(first).toMatchObject({ failure: { message: expect.stringContaining("cannot be reached (ECONNREFUSED)") } });
    expect(await channel.notify(notificationTo({}, { seq: 8 }), log)).toEqual(first);
    expect(waits).toHaveLength(3);
  });
});

describe("a webhook whose run ends", () => {
  const never = { now: () => new Date(0), sleep: () => new Promise<void>(() => {}), random: () => 0 };

  it("while it keeps silent may have got the message: nobody knows", async () => {
    const server = await receiver();
    server.behave("silence");
    const { channel, log } = webhooks({ STOCK_URL: server.url });
    const ending = new AbortController();
    const sent = channel.notify(notificationTo({}, { ending: ending.signal }), log);
    await expect.poll(() => server.received.length).toBe(1);
    ending.abort();
    expect(await sent).toMatchObject({ kind: "unknown", failure: { message: expect.stringContaining("run ended") } });
  });

  it("while it is waited for has certainly not got it, and is not called again", async () => {
    const server = await receiver();
    server.behave({ status: 503 });
    const { channel, log, lines } = webhooks({ STOCK_URL: server.url }, { clock: never });
    const ending = new AbortController();
    const sent = channel.notify(notificationTo({}, { ending: ending.signal }), log);
    await expect.poll(() => lines.length).toBe(1);
    ending.abort();
    expect(await sent).toMatchObject({ kind: "failed", failure: { retryable: true } });
    expect((await channel.notify(notificationTo({}, { ending: ending.signal }), log)).kind).toBe("failed");
    expect(server.received).toHaveLength(1);
  });

  it("or that is given up before it has taken the connection has certainly not got it", async () => {
    const silent = createServer((socket) => void socket.on("close", () => silent.close()));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    const port = address === null || typeof address === "string" ? 0 : address.port;
    const { channel, log } = webhooks({ STOCK_URL: `https://127.0.0.1:${port}/` }, { clock: never });
    const ending = new AbortController();
    silent.on("connection", () => ending.abort());
    expect((await channel.notify(notificationTo({}, { ending: ending.signal }), log)).kind).toBe("failed");
  });
});
