import { describe, expect, test } from "vitest";
import { formatProblem } from "../../src/core/problem.ts";
import { DEFAULT_INSTANCE } from "../../src/core/settings/instances.ts";
import { readSettings, serverSettings } from "../../src/core/settings/settings.ts";

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
    [{ EMAIL_SMTP_PORT: "0" }, 'EMAIL_SMTP_PORT: "0" is no port; it is a number of 1-65535, most often 587 or 465.'],
    [
      { EMAIL_SMTP_PORT: "65536" },
      'EMAIL_SMTP_PORT: "65536" is no port; it is a number of 1-65535, most often 587 or 465.',
    ],
    [
      { EMAIL_SMTP_PORT: "smtp" },
      'EMAIL_SMTP_PORT: "smtp" is no port; it is a number of 1-65535, most often 587 or 465.',
    ],
    [
      { EMAIL_SMTP_SERVER: " " },
      "EMAIL_SMTP_SERVER: is not set; it is the name of your mail server, as in smtp.example.com.",
    ],
    [
      { EMAIL_SMTP_SERVER: "smtp.example.com:587" },
      'EMAIL_SMTP_SERVER: "smtp.example.com:587" is no name of a server; put the port into EMAIL_SMTP_PORT.',
    ],
    [
      { EMAIL_SMTP_SERVER: "smtp://smtp.example.com" },
      'EMAIL_SMTP_SERVER: "smtp://smtp.example.com" is no name of a server; write the name alone, as in smtp.example.com.',
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
      'ADMIN_EMAIL_RECIPIENTS: "nobody" is no mail address; write it as stock@example.com.',
    ],
    [
      { INVENTREE_URL: "" },
      "INVENTREE_URL: is not set; it is the address of your server, as in https://inventree.example.com.",
    ],
    [{ INVENTREE_URL: "inventree" }, "INVENTREE_URL: is no address; write it as https://inventree.example.com."],
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
