import { createVerify, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { MailServer } from "../../src/core/settings/mail-settings.ts";
import { readSettings } from "../../src/core/settings/settings.ts";
import { CERTIFICATE, mailBench, words } from "./channel-fixture.ts";
import { notification } from "./fixtures.ts";
import { scripted } from "./raw-server.ts";
import { startTokenEndpoint, type TokenAnswer } from "./token-endpoint.ts";

const { sink, channelTo, keep } = mailBench();
const SECRET = "Q~secret/of+the=app";
const MAILBOX = "partwatch@example.com";
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

const endpoint = async (answer: (form: URLSearchParams, count: number) => TokenAnswer) =>
  keep(await startTokenEndpoint(answer));

const gives = (token: string, lasts = 3_600): TokenAnswer => ({ body: { access_token: token, expires_in: lasts } });

/** The settings as somebody has set them, with that endpoint. */
function settings(url: string, variables: Readonly<Record<string, string>> = {}): Partial<MailServer> {
  const { mail, problems } = readSettings({
    EMAIL_SMTP_SERVER: "smtp.example.com",
    EMAIL_SENDER_ADDRESS: MAILBOX,
    EMAIL_OAUTH_TOKEN_URL: url,
    EMAIL_OAUTH_CLIENT_ID: "app-1",
    ...variables,
  });
  if (mail?.oauth === undefined || mail.username === undefined) throw new Error(JSON.stringify(problems));
  return { username: mail.username, oauth: mail.oauth };
}

const CLIENT = { EMAIL_OAUTH_CLIENT_SECRET: SECRET, EMAIL_OAUTH_SCOPE: "https://outlook.office365.com/.default" };

describe("a mailbox with OAuth2 is logged in to", () => {
  it("with a token of the app's own, asked for once a run, over STARTTLS", async () => {
    const tokens = await endpoint(() => gives("token-1"));
    const server = await sink({
      tls: { mode: "starttls", ...CERTIFICATE },
      oauth: { name: MAILBOX, takes: (token) => token === "token-1" },
    });
    const { channel, sender, log, lines } = channelTo(server, { mode: "starttls", ...settings(tokens.url, CLIENT) });
    expect((await channel.notify(notification(), log)).kind).toBe("accepted");
    await sender.close();
    expect((await channel.notify(notification({ seq: 8 }), log)).kind).toBe("accepted");
    expect(await sender.verify()).toBeNull();
    expect(server.mails()).toMatchObject([
      { secure: true, user: MAILBOX },
      { secure: true, user: MAILBOX },
    ]);
    expect(server.connections()).toBeGreaterThan(1);
    expect(tokens.forms.map((form) => Object.fromEntries(form))).toEqual([
      {
        grant_type: "client_credentials",
        client_id: "app-1",
        client_secret: SECRET,
        scope: "https://outlook.office365.com/.default",
      },
    ]);
    expect(words(lines)).not.toMatch(/token-1|secret/);
  });

  it("with a refresh token", async () => {
    const tokens = await endpoint(() => gives("token-2"));
    const server = await sink({ oauth: { name: "shop@gmail.com", takes: (token) => token === "token-2" } });
    const set = { EMAIL_USERNAME: "shop@gmail.com", EMAIL_OAUTH_REFRESH_TOKEN: "1//refresh", EMAIL_PASSWORD: "old" };
    const { channel, log } = channelTo(server, settings(tokens.url, set));
    expect((await channel.notify(notification(), log)).kind).toBe("accepted");
    expect(Object.fromEntries(tokens.forms[0] ?? [])).toEqual({
      grant_type: "refresh_token",
      client_id: "app-1",
      refresh_token: "1//refresh",
    });
  });

  it("with a key of a service account, that signs for the mailbox", async () => {
    const tokens = await endpoint(() => gives("token-3"));
    const server = await sink({ oauth: { name: MAILBOX, takes: (token) => token === "token-3" } });
    const key = { EMAIL_OAUTH_PRIVATE_KEY: privateKey.replaceAll("\n", "\\n") };
    const { channel, log } = channelTo(
      server,
      settings(tokens.url, { ...key, EMAIL_OAUTH_SCOPE: "https://mail.google.com/" }),
    );
    expect((await channel.notify(notification(), log)).kind).toBe("accepted");
    const [form] = tokens.forms;
    expect(form?.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    const [head = "", claims = "", signature = ""] = form?.get("assertion")?.split(".") ?? [];
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    expect(read(head)).toEqual({ alg: "RS256", typ: "JWT" });
    const issued = Date.parse("2026-11-20T06:10:00Z") / 1000;
    expect(read(claims)).toEqual({
      iss: "app-1",
      sub: MAILBOX,
      scope: "https://mail.google.com/",
      aud: tokens.url,
      iat: issued,
      exp: issued + 3_600,
    });
    const verify = createVerify("RSA-SHA256").update(`${head}.${claims}`);
    expect(verify.verify(publicKey, signature, "base64url")).toBe(true);
  });

  it("with a token that is asked for through the proxy, like everything else", async () => {
    const proxy = await endpoint(() => gives("token-4"));
    const server = await sink({ oauth: { name: MAILBOX, takes: (token) => token === "token-4" } });
    const { sender } = channelTo(server, settings("http://127.0.0.1:1/token", CLIENT), {
      routes: () => ({ proxy: { uri: new URL(proxy.url).origin }, words: ", asked through the proxy" }),
    });
    expect(await sender.verify()).toBeNull();
    expect(proxy.paths).toEqual(["http://127.0.0.1:1/token"]);
  });

  it("with a new token where one that was kept is refused, and one that is over is not tried", async () => {
    const tokens = await endpoint((_, count) => gives(`token-${count}`, count === 2 ? 30 : 3_600));
    let good = "token-1";
    const tried: string[] = [];
    const takes = (token: string) => {
      tried.push(token);
      return token === good;
    };
    const server = await sink({ oauth: { name: MAILBOX, takes } });
    const { sender } = channelTo(server, settings(tokens.url, CLIENT));
    expect(await sender.verify()).toBeNull();
    good = "token-2";
    expect(await sender.verify()).toBeNull();
    good = "token-3";
    expect(await sender.verify()).toBeNull();
    expect(tried).toEqual(["token-1", "token-1", "token-2", "token-3"]);
  });
});

describe("without a login", () => {
  const down = { name: MAILBOX, takes: () => false };

  it("a token that is refused is said, once asked for again, and shown nowhere", async () => {
    const tokens = await endpoint(() => gives("token-77"));
    const server = await sink({ oauth: down });
    const { channel, log, lines } = channelTo(server, settings(tokens.url, CLIENT));
    const receipt = await channel.notify(notification(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { status: 535, retryable: false, incident: "mail" } });
    expect(words(receipt)).toMatch(/refused the OAuth2 token \(535\): check that EMAIL_USERNAME \(partwatch@example/);
    expect(tokens.forms).toHaveLength(1);
    expect(words(receipt, lines)).not.toMatch(/token-77|Q~secret/);
  });

  it("no token is asked for where the server does not offer XOAUTH2", async () => {
    const tokens = await endpoint(() => gives("token-1"));
    const server = await sink({ user: { name: MAILBOX, password: "x" } });
    const { channel, log } = channelTo(server, settings(tokens.url, CLIENT));
    expect(words(await channel.notify(notification(), log))).toMatch(
      /offers only other ways to log in \(PLAIN, LOGIN\), not XOAUTH2, so nothing was sent/,
    );
    expect(tokens.forms).toEqual([]);
  });

  it.each<[string, TokenAnswer, boolean, RegExp]>([
    [
      "an unknown app",
      { status: 401, body: { error: "invalid_client", error_description: `wrong: ${SECRET}` } },
      false,
      /127\.0\.0\.1:\d+ gives no OAuth2 token for mail \(invalid_client\): check EMAIL_OAUTH_CLIENT_ID and .*it said: wrong: \*\*\*/,
    ],
    [
      "a secret's id instead of its value",
      {
        status: 401,
        body: { error: "invalid_client", error_description: "AADSTS7000215: Invalid client secret provided." },
      },
      false,
      /\(invalid_client, AADSTS7000215\): EMAIL_OAUTH_CLIENT_SECRET is wrong; set the secret's value, not its id/,
    ],
    [
      "a scope that is none",
      { status: 400, body: { error: "invalid_scope", error_description: "AADSTS1002012: The provided value …" } },
      false,
      /AADSTS1002012\): check EMAIL_OAUTH_SCOPE; for Microsoft 365 it is https:\/\/outlook\.office365\.com\/\.default/,
    ],
    [
      "another page",
      { status: 404, body: "<html>" },
      false,
      /gives no OAuth2 token \(404\): check that EMAIL_OAUTH_TO/,
    ],
    ["no token", { body: {} }, false, /answers without an OAuth2 token: check that EMAIL_OAUTH_TOKEN_URL/],
    ["somewhere else", { status: 302, body: "", headers: { location: "http://127.0.0.1:1/" } }, false, /redirects/],
    ["an outage", { status: 503, body: "down" }, true, /gives no OAuth2 token right now \(503\).*\(4 attempts\)/],
  ])("%s is said with what to mend, and the secret is not", async (_, answer, retryable, said) => {
    const tokens = await endpoint(() => answer);
    const server = await sink({ oauth: down });
    const { channel, log, lines } = channelTo(server, settings(tokens.url, CLIENT));
    const receipt = await channel.notify(notification(), log);
    expect(receipt).toMatchObject({ kind: "failed", failure: { kind: "mail", retryable, incident: "mail" } });
    expect(words(receipt)).toMatch(said);
    expect(words(receipt, lines)).not.toContain(SECRET);
    expect(tokens.forms).toHaveLength(retryable ? 4 : 1);
  });

  it("an endpoint that is not there is named", async () => {
    const tokens = await endpoint(() => gives("x"));
    await tokens.close();
    const { channel, log } = channelTo(await sink({ oauth: down }), settings(tokens.url, CLIENT), { attempts: 1 });
    expect(words(await channel.notify(notification(), log))).toMatch(
      /cannot be reached \(ECONNREFUSED\): no OAuth2 token for mail; check EMAIL_OAUTH_TOKEN_URL/,
    );
  });
});

it.each([
  [
    "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
    "",
    /any longer \(535\): log in with OA/,
  ],
  [
    "550 5.7.30 Basic authentication is not supported for Client Submission.",
    "",
    /any longer \(550\): log in with OAuth2/,
  ],
  [
    "534-5.7.9 Application-specific password required.\r\n534 5.7.9 See support",
    "",
    /log in with OAuth2 .*, or make an app/,
  ],
  [
    "535 5.7.139 SmtpClientAuthentication is disabled for the Mailbox",
    "oauth",
    /switch on "Authenticated SMTP" for partw/,
  ],
])("the answer %s says that OAuth2 is what to use", async (answer, way, said) => {
  const tokens = await endpoint(() => gives("token-t"));
  const server = keep(
    await scripted((line, reply, socket) => {
      if (/^EHLO/.test(line)) socket.write("250-hi\r\n250 AUTH PLAIN XOAUTH2\r\n");
      else if (/^AUTH/.test(line)) socket.write(`${answer}\r\n`);
      else reply();
    }),
  );
  const login = way === "" ? { username: MAILBOX, password: "old" } : settings(tokens.url, CLIENT);
  const { channel, log } = channelTo(server, login);
  const receipt = await channel.notify(notification(), log);
  expect(receipt).toMatchObject({ kind: "failed", failure: { retryable: false, incident: "mail" } });
  expect(words(receipt).replaceAll('\\"', '"')).toMatch(said);
});
