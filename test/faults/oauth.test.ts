import { it } from "vitest";
import { startMailSink } from "../../demo/mail-sink.ts";
import { CLIENT_SECRET, openBench } from "./support/bench.ts";
import { type Reply, startFront } from "./support/http-front.ts";
import { eachOf, expectTable, type Outcome, shareOf } from "./support/outcome.ts";
import { playFault } from "./support/play-fault.ts";
import { type Script, startScripted } from "./support/smtp-server.ts";

const TOKEN = { access_token: "ya29.a-token", token_type: "Bearer", expires_in: 3_600 };
const refused = (error: string, words = ""): Reply => ({ status: 400, body: { error, error_description: words } });

/** What the server of tokens says, and what the mail server says to a token; both are well where nothing stands. */
const FAULTS: readonly (readonly [name: string, token: Reply | undefined, mail?: Script])[] = [
  ["invalid_client", refused("invalid_client")],
  [
    "invalid_client: the secret is wrong (AADSTS7000215)",
    refused("invalid_client", "AADSTS7000215: Invalid client secret provided."),
  ],
  [
    "invalid_client: the secret has expired (AADSTS7000222)",
    refused("invalid_client", "AADSTS7000222: The provided client secret keys are expired."),
  ],
  [
    "unauthorized_client: no such app (AADSTS700016)",
    refused("unauthorized_client", "AADSTS700016: Application not found."),
  ],
  ["invalid_request: no such tenant (AADSTS90002)", refused("invalid_request", "AADSTS90002: Tenant not found.")],
  ["invalid_scope", refused("invalid_scope")],
  ["invalid_grant", refused("invalid_grant", "Token has been expired or revoked.")],
  ["unsupported_grant_type", refused("unsupported_grant_type")],
  ["temporarily_unavailable", refused("temporarily_unavailable")],
  ["an error that nobody knows", refused("weird\u001b[2J")],
  ["400 without words", { status: 400, body: "" }],
  ["401", { status: 401, body: { error: "invalid_client" } }],
  ["403", { status: 403, body: "<html>no</html>" }],
  ["404", { status: 404, body: "not here" }],
  ["407: a proxy wants a login", { status: 407, body: "" }],
  ["408", { status: 408, body: "" }],
  ["429", { status: 429, body: "" }],
  ["500", { status: 500, body: "" }],
  ["503", { status: 503, body: "" }],
  ["a redirect to another server", { status: 302, headers: { location: "https://evil.example/token" }, body: "" }],
  ["a page to log in", { headers: { "content-type": "text/html" }, body: "<!doctype html>" }],
  ["200 without a token", { body: { token_type: "Bearer" } }],
  ["200 with a token that is a number", { body: { access_token: 7 } }],
  ["200 with a token of two lines", { body: { access_token: "a\r\nMAIL FROM:<x@y>" } }],
  ["200 with an empty token", { body: { access_token: "" } }],
  ["the connection is reset", "reset"],
  ["half an answer, then the end", "half and close"],
  ["an answer that is no HTTP", { bytes: "220 mail.example\r\n" }],
  [
    "the mail server refuses the token (535)",
    undefined,
    { at: "AUTH", does: { say: "535 5.7.3 Authentication unsuccessful" } },
  ],
  ["the mail server refuses the token for now (454)", undefined, { at: "AUTH", does: { say: "454 4.7.0 Temporary" } }],
  [
    "the mail server tells why, then refuses (334, 535)",
    undefined,
    { at: "AUTH answer", challenges: 1, does: { say: "535 5.7.8 Refused" } },
  ],
  [
    "the mailbox may not send by SMTP (535 5.7.139)",
    undefined,
    {
      at: "AUTH",
      does: { say: "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox." },
    },
  ],
  ["the connection ends when the token comes", undefined, { at: "AUTH", does: "drop" }],
];

/** A safety net: a busy machine takes its time. */
const LONGEST_MS = 30 * 60_000;

it("a fault of a token server: class, words, exit code, state, messages and patience are as the table says", {
  timeout: LONGEST_MS,
}, async () => {
  const first = await startMailSink();
  await using bench = await openBench({ mail: { server: { port: first.port } } });
  await first.close();
  const rows = FAULTS.map(([name, token, mail]) => async (): Promise<Outcome> => {
    await using endpoint = await startFront("http://127.0.0.1:1", () => token ?? { body: TOKEN });
    await using scripted = await startScripted({ offers: ["AUTH XOAUTH2"], ...(mail && { script: mail }) });
    const oauth = {
      grant: "client_credentials",
      tokenUrl: `${endpoint.url}/tenant/token`,
      clientId: "app",
      clientSecret: CLIENT_SECRET,
    } as const;
    return await playFault({
      bench,
      fault: name,
      to: { mail: { server: { port: scripted.port, username: "stock@example.com", oauth } } },
      asked: endpoint.asked,
      taken: scripted.taken,
    });
  });
  expectTable("oauth", { outcomes: await eachOf(shareOf(rows), 4, (row) => row()), least: 30 });
});
