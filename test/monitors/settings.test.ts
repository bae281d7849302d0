import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { formatProblem } from "../../src/core/problem.ts";
import { DEFAULT_INSTANCE } from "../../src/core/settings/instances.ts";
import { readSettings, serverSettings } from "../../src/core/settings/settings.ts";
import { secretShapes } from "../../src/core/settings/variables.ts";

const GOOD = {
  INVENTREE_URL: "https://inventree.example.com",
  INVENTREE_API_TOKEN: "inv-0123456789abcdef",
  EMAIL_SMTP_SERVER: "smtp.example.com",
  EMAIL_SENDER_ADDRESS: "partwatch@example.com",
};

/** Everything that is said of the good settings with these changes. */
function said(changes: Readonly<Record<string, string>>): string[] {
  const variables = { ...GOOD, ...changes };
  const { problems } = serverSettings(variables, DEFAULT_INSTANCE);
  return [...problems, ...readSettings(variables).problems].map(formatProblem);
}

test.each([
  [
    { INVENTREE_API_TOKEN: "", INVENTREE_TOKEN: "inv-1" },
    "INVENTREE_API_TOKEN: is not set",
    "(INVENTREE_TOKEN is set; did you mean it?).",
  ],
  [
    { EMAIL_SMTP_SERVER: "", SMTP_SERVER: "smtp.example.com" },
    "EMAIL_SMTP_SERVER: is not set",
    "(SMTP_SERVER is set; did you mean it?).",
  ],
  [
    { EMAIL_SENDER_ADDRESS: "", EMAIL_SENDER_ADRESS: "a@example.com" },
    "EMAIL_SENDER_ADDRESS: is not set",
    "(EMAIL_SENDER_ADRESS is set; did you mean it?).",
  ],
])("a setting that was misspelt is named: %j", (changes, begins, ends) => {
  const [problem = "", ...rest] = said(changes);
  expect(rest).toEqual([]);
  expect(problem.startsWith(begins)).toBe(true);
  expect(problem.endsWith(ends)).toBe(true);
});

test("settings come from the environment, under their fixed names", () => {
  const variables = {
    ...GOOD,
    EMAIL_SMTP_PORT: "2587",
    EMAIL_USE_TLS: "True",
    EMAIL_USE_SSL: "false",
    EMAIL_USERNAME: "stock",
    EMAIL_PASSWORD: " pass word ",
    ADMIN_EMAIL_RECIPIENTS: "a@example.com, b@example.com,",
    GLOBAL_EMAIL_NOTIFICATIONS_ENABLED: "yes",
  };
  expect(serverSettings(variables, DEFAULT_INSTANCE)).toEqual({
    value: { url: "https://inventree.example.com", token: "inv-0123456789abcdef" },
    problems: [],
  });
  expect(readSettings(variables)).toEqual({
    mail: {
      host: "smtp.example.com",
      port: 2587,
      mode: "starttls",
      username: "stock",
      password: " pass word ",
      sender: "partwatch@example.com",
    },
    admins: ["a@example.com", "b@example.com"],
    mailEnabled: true,
    problems: [],
  });
});

test("secrets may end with the line break that they were copied with", () => {
  const variables = { ...GOOD, INVENTREE_API_TOKEN: "inv-1\n", EMAIL_USERNAME: "u\n", EMAIL_PASSWORD: "p\r\n" };
  expect(serverSettings(variables, DEFAULT_INSTANCE).value?.token).toBe("inv-1");
  expect(readSettings(variables).mail).toMatchObject({ username: "u", password: "p" });
});

describe("without a word about it, mail is encrypted, on the port that belongs to it", () => {
  test.each([
    [{}, "starttls", 587],
    [{ EMAIL_USE_TLS: "true" }, "starttls", 587],
    [{ EMAIL_USE_SSL: "true" }, "tls", 465],
    [{ EMAIL_USE_SSL: "on", EMAIL_USE_TLS: "off" }, "tls", 465],
    [{ EMAIL_USE_TLS: "false" }, "plain", 25],
    [{ EMAIL_USE_TLS: "0", EMAIL_USE_SSL: "0", EMAIL_SMTP_PORT: "1025" }, "plain", 1025],
    [{ EMAIL_SMTP_PORT: "465" }, "tls", 465],
    [{ EMAIL_SMTP_PORT: "25" }, "starttls", 25],
    [{ EMAIL_SMTP_SERVER: "127.0.0.1", EMAIL_SMTP_PORT: "1025" }, "plain", 1025],
    [{ EMAIL_SMTP_SERVER: "127.example.com", EMAIL_SMTP_PORT: "1025" }, "starttls", 1025],
    [{ EMAIL_SMTP_SERVER: "[::1]", EMAIL_SMTP_PORT: "1025", EMAIL_USE_TLS: "true" }, "starttls", 1025],
    [{ EMAIL_USE_TLS: "", EMAIL_USE_SSL: "" }, "starttls", 587],
  ])("%o", (changes, mode, port) => {
    expect(said(changes)).toEqual([]);
    expect(readSettings({ ...GOOD, ...changes }).mail).toMatchObject({ mode, port });
  });
});

describe("what is missing, wrong or contradictory is said in words", () => {
  test.each([
    [
      { EMAIL_USE_TLS: "true", EMAIL_USE_SSL: "true" },
      "EMAIL_USE_TLS: and EMAIL_USE_SSL are both true; choose EMAIL_USE_TLS for port 587 (STARTTLS), EMAIL_USE_SSL for port 465.",
    ],
    [
      { EMAIL_USE_TLS: "true", EMAIL_SMTP_PORT: "465" },
      "EMAIL_SMTP_PORT: 465 speaks TLS from the first byte; set EMAIL_USE_SSL=true and EMAIL_USE_TLS=false, or use port 587.",
    ],
    [
      { EMAIL_USE_TLS: "false", EMAIL_SMTP_PORT: "465" },
      "EMAIL_SMTP_PORT: 465 speaks TLS from the first byte; set EMAIL_USE_SSL=true and EMAIL_USE_TLS=false, or use port 587.",
    ],
    [
      { EMAIL_USE_SSL: "true", EMAIL_SMTP_PORT: "587" },
      "EMAIL_SMTP_PORT: 587 begins without TLS; set EMAIL_USE_TLS=true and EMAIL_USE_SSL=false, or use port 465.",
    ],
    [
      { EMAIL_USERNAME: "stock" },
      "EMAIL_PASSWORD: is not set, but EMAIL_USERNAME is; set both, or neither for a server without login.",
    ],
    [
      { EMAIL_PASSWORD: "geheim" },
      "EMAIL_USERNAME: is not set, but EMAIL_PASSWORD is; set both, or neither for a server without login.",
    ],
    [{ EMAIL_USERNAME: "u", EMAIL_PASSWORD: "geh\neim" }, "EMAIL_PASSWORD: has a line break in it; copy it again."],
    [{ EMAIL_USE_TLS: "ja" }, 'EMAIL_USE_TLS: "ja" is neither true nor false.'],
    [
      { GLOBAL_EMAIL_NOTIFICATIONS_ENABLED: "maybe" },
      'GLOBAL_EMAIL_NOTIFICATIONS_ENABLED: "maybe" is neither true nor false.',
    ],
    [
      { EMAIL_SMTP_PORT: "0" },
      'EMAIL_SMTP_PORT: "0" is not a valid port; use a number from 1 to 65535, most often 587 or 465.',
    ],
    [
      { EMAIL_SMTP_PORT: "65536" },
      'EMAIL_SMTP_PORT: "65536" is not a valid port; use a number from 1 to 65535, most often 587 or 465.',
    ],
    [
      { EMAIL_SMTP_PORT: "smtp" },
      'EMAIL_SMTP_PORT: "smtp" is not a valid port; use a number from 1 to 65535, most often 587 or 465.',
    ],
    [
      { EMAIL_SMTP_SERVER: " " },
      "EMAIL_SMTP_SERVER: is not set; it is the name of your mail server, as in smtp.example.com.",
    ],
    [
      { EMAIL_SMTP_SERVER: "smtp.example.com:587" },
      'EMAIL_SMTP_SERVER: "smtp.example.com:587" is not a valid server name; put the port into EMAIL_SMTP_PORT.',
    ],
    [
      { EMAIL_SMTP_SERVER: "smtp://smtp.example.com" },
      'EMAIL_SMTP_SERVER: "smtp://smtp.example.com" is not a valid server name; write the name alone, as in smtp.example.com.',
    ],
    [
      { EMAIL_SENDER_ADDRESS: "" },
      "EMAIL_SENDER_ADDRESS: is not set; it is the address that mails come from, as in partwatch@example.com.",
    ],
    [
      { EMAIL_SENDER_ADDRESS: "Stock <s@example.com>" },
      'EMAIL_SENDER_ADDRESS: "Stock <s@example.com>" has a name beside the address; write s@example.com alone.',
    ],
    [
      { ADMIN_EMAIL_RECIPIENTS: "a@example.com,nobody" },
      'ADMIN_EMAIL_RECIPIENTS: "nobody" is not a valid mail address; write it as stock@example.com.',
    ],
    [
      { INVENTREE_URL: "" },
      "INVENTREE_URL: is not set; it is the address of your server, as in https://inventree.example.com.",
    ],
    [
      { INVENTREE_URL: "inventree" },
      "INVENTREE_URL: is not a valid address; write it as https://inventree.example.com.",
    ],
    [
      { INVENTREE_URL: "ftp://inventree" },
      "INVENTREE_URL: must begin with https:// or http://; write it as https://inventree.example.com.",
    ],
    [
      { INVENTREE_URL: "https://me:geheim@inventree" },
      "INVENTREE_URL: has a name or password in it; leave them out, INVENTREE_API_TOKEN is what is used.",
    ],
    [
      { INVENTREE_URL: "https://inventree/?a=b" },
      "INVENTREE_URL: has something behind ? or #; write the server's address alone.",
    ],
    [
      { INVENTREE_API_TOKEN: "" },
      "INVENTREE_API_TOKEN: is not set; make a token in InvenTree (user settings, API tokens) and set it as a secret.",
    ],
    [
      { INVENTREE_API_TOKEN: "your-api-token-here" },
      "INVENTREE_API_TOKEN: is a placeholder; set the token that InvenTree has given you.",
    ],
    [
      { INVENTREE_API_TOKEN: "<token>" },
      "INVENTREE_API_TOKEN: is a placeholder; set the token that InvenTree has given you.",
    ],
    [
      { INVENTREE_API_TOKEN: "Token inv-geheim" },
      "INVENTREE_API_TOKEN: begins with the word Token; set the token alone.",
    ],
    [
      { INVENTREE_API_TOKEN: "inv-geh eim" },
      "INVENTREE_API_TOKEN: has a space, a line break or a letter that no token has; copy it again.",
    ],
  ])("%o", (changes, message) => {
    const problems = said(changes);
    expect(problems).toEqual([message]);
    expect(problems.join()).not.toContain("geheim");
  });
});

const OAUTH = {
  EMAIL_OAUTH_TOKEN_URL: "https://login.example.com/token",
  EMAIL_OAUTH_CLIENT_ID: "app",
  EMAIL_OAUTH_CLIENT_SECRET: "geheim",
};
const KEY = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
const PEM = KEY.export({ type: "pkcs8", format: "pem" }).toString();
const DKIM = { EMAIL_DKIM_SELECTOR: "mail", EMAIL_DKIM_PRIVATE_KEY: PEM };

describe("OAuth2 and DKIM are there as a whole, or what is wrong is said before anything is sent", () => {
  const curve = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const locked = KEY.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }).toString();
  test.each<[Record<string, string>, string]>([
    [{ ...OAUTH, EMAIL_OAUTH_TOKEN_URL: "" }, "EMAIL_OAUTH_TOKEN_URL: is not set; it is where tokens are asked for"],
    [
      { ...OAUTH, EMAIL_OAUTH_TOKEN_URL: "http://login.example.com/t" },
      "EMAIL_OAUTH_TOKEN_URL: must begin with https://, as a secret is sent there.",
    ],
    [{ ...OAUTH, EMAIL_OAUTH_TOKEN_URL: "login" }, "EMAIL_OAUTH_TOKEN_URL: is not a valid address; write it as"],
    [{ ...OAUTH, EMAIL_OAUTH_CLIENT_ID: "" }, "EMAIL_OAUTH_CLIENT_ID: is not set; it is the id of the app"],
    [{ ...OAUTH, EMAIL_OAUTH_CLIENT_SECRET: "" }, "EMAIL_OAUTH_CLIENT_SECRET: is not set; it is the secret of the app"],
    [
      { ...OAUTH, EMAIL_OAUTH_CLIENT_SECRET: "geheim 2" },
      "EMAIL_OAUTH_CLIENT_SECRET: has a space or a line break in it",
    ],
    [
      { ...OAUTH, EMAIL_OAUTH_GRANT: "password" },
      'EMAIL_OAUTH_GRANT: "password" is not a valid grant; use client_cred',
    ],
    [
      { ...OAUTH, EMAIL_OAUTH_GRANT: "refresh_token" },
      "EMAIL_OAUTH_REFRESH_TOKEN: is not set; it is what your provider",
    ],
    [
      {
        ...OAUTH,
        EMAIL_OAUTH_GRANT: "jwt",
        EMAIL_OAUTH_PRIVATE_KEY: '{"private_key": "geheim"}',
        EMAIL_OAUTH_SCOPE: "s",
      },
      "EMAIL_OAUTH_PRIVATE_KEY: is a whole JSON file; set what stands behind private_key in it",
    ],
    [
      { ...OAUTH, EMAIL_OAUTH_GRANT: "jwt", EMAIL_OAUTH_PRIVATE_KEY: PEM },
      "EMAIL_OAUTH_SCOPE: is not set; it is what the token is for; https://mail.google.com/ for Gmail.",
    ],
    [{ ...DKIM, EMAIL_DKIM_SELECTOR: "" }, "EMAIL_DKIM_SELECTOR: is not set; it is the name of the key in the DNS"],
    [{ ...DKIM, EMAIL_DKIM_SELECTOR: "mail._domainkey" }, 'EMAIL_DKIM_SELECTOR: "mail._domainkey" is not a selector'],
    [{ ...DKIM, EMAIL_DKIM_DOMAIN: "https://a.example" }, 'EMAIL_DKIM_DOMAIN: "https://a.example" is not a domain'],
    [
      { ...DKIM, EMAIL_DKIM_PRIVATE_KEY: "" },
      "EMAIL_DKIM_PRIVATE_KEY: is not set; it is the key that mails are signed",
    ],
    [{ ...DKIM, EMAIL_DKIM_PRIVATE_KEY: "geheim" }, "EMAIL_DKIM_PRIVATE_KEY: is not a private key; set all of it"],
    [
      { ...DKIM, EMAIL_DKIM_PRIVATE_KEY: PEM.replace(/MII/, "AAA") },
      "EMAIL_DKIM_PRIVATE_KEY: cannot be read as a private",
    ],
    [
      { ...DKIM, EMAIL_DKIM_PRIVATE_KEY: curve },
      "EMAIL_DKIM_PRIVATE_KEY: is a key of kind ed25519; an RSA key is needed.",
    ],
    [{ ...DKIM, EMAIL_DKIM_PRIVATE_KEY: locked }, "EMAIL_DKIM_PRIVATE_KEY: has a passphrase; set the key without one."],
  ])("%#: %s", (changes, message) => {
    const problems = said(changes);
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(problems.join()).not.toMatch(/geheim|MII/);
  });

  test("what partwatch.yaml wants is missing where nothing of it is set", () => {
    const { problems } = readSettings(GOOD, { oauth: true, dkim: true });
    expect(problems.map(({ path }) => path)).toEqual([
      ...["EMAIL_OAUTH_TOKEN_URL", "EMAIL_OAUTH_CLIENT_ID", "EMAIL_OAUTH_CLIENT_SECRET"],
      ...["EMAIL_DKIM_SELECTOR", "EMAIL_DKIM_PRIVATE_KEY"],
    ]);
  });

  test("the mailbox is the sender's unless EMAIL_USERNAME names another, and so is the domain", () => {
    expect(readSettings({ ...GOOD, ...OAUTH, ...DKIM, EMAIL_PASSWORD: "old" }).mail).toMatchObject({
      username: "partwatch@example.com",
      oauth: { grant: "client_credentials", clientSecret: "geheim" },
      dkim: { domain: "example.com", selector: "mail" },
    });
    const other = { ...GOOD, ...OAUTH, EMAIL_USERNAME: "stock@example.com" };
    expect(readSettings(other).mail?.username).toBe("stock@example.com");
    expect(readSettings(other).mail).not.toHaveProperty("password");
  });

  test("each line of a key is a secret, whether its line breaks are there or written out", () => {
    const line = PEM.split("\n")[3] ?? "";
    for (const text of [PEM, PEM.replaceAll("\n", "\\n")]) expect(secretShapes(text)).toContain(line);
    expect(secretShapes(PEM).filter((shape) => shape !== PEM && /-----/.test(shape))).toEqual([]);
  });
});

test("everything that is missing is said at once", () => {
  const settings = readSettings({});
  const server = serverSettings({}, DEFAULT_INSTANCE);
  expect(server.problems.map(({ path }) => path)).toEqual(["INVENTREE_URL", "INVENTREE_API_TOKEN"]);
  expect(server.value).toBeUndefined();
  expect(settings.problems.map(({ path }) => path)).toEqual(["EMAIL_SMTP_SERVER", "EMAIL_SENDER_ADDRESS"]);
  expect(settings).toMatchObject({ admins: [], mailEnabled: true });
  expect(settings.mail).toBeUndefined();
});

test("where all mail is switched off, nothing is asked of its settings and nobody is told", () => {
  const settings = readSettings({
    GLOBAL_EMAIL_NOTIFICATIONS_ENABLED: "False",
    EMAIL_USE_TLS: "true",
    EMAIL_USE_SSL: "true",
    ADMIN_EMAIL_RECIPIENTS: "admin@example.com",
  });
  expect(settings.problems).toEqual([]);
  expect(settings).toMatchObject({ mailEnabled: false, admins: [] });
  expect(settings.mail).toBeUndefined();
});
