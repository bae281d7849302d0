// What a mail server can do wrong. The names are the rows of the table in docs/reliability.md.
import type { MailServer } from "../../../src/core/settings/mail-settings.ts";
import { PASSWORD } from "./bench.ts";
import type { Script, State } from "./smtp-server.ts";

export interface SmtpFault {
  readonly name: string;
  readonly script?: Script;
  readonly offers?: readonly string[];
  readonly server?: Partial<MailServer>;
  /** It falls silent, before the final dot or behind it: patience is short, so that nobody waits for the test. */
  readonly silent?: "early" | "late";
}

const LOGIN = { username: "mailer", password: PASSWORD } as const;
const WITH_LOGIN = ["8BITMIME", "AUTH PLAIN LOGIN"];

const STATES: readonly State[] = ["greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "message"];

function at(state: State): Pick<SmtpFault, "offers" | "server"> {
  return state === "AUTH" || state === "AUTH answer" ? { offers: WITH_LOGIN, server: LOGIN } : {};
}

function says(state: State, say: string, more: Partial<SmtpFault> = {}): SmtpFault {
  return { name: `${state}: ${say}`, script: { at: state, does: { say } }, ...at(state), ...more };
}

const EVERYWHERE = STATES.flatMap((state): SmtpFault[] => [
  says(state, "421 4.3.2 Shutting down"),
  says(state, "451 4.3.0 Try again later"),
  says(state, "554 5.3.0 No"),
  { name: `${state}: the connection ends`, script: { at: state, does: "drop" }, ...at(state) },
  {
    name: `${state}: no answer`,
    script: { at: state, does: "silence" },
    ...at(state),
    silent: state === "message" ? "late" : "early",
  },
  says(state, "250 \u001b[2Jnonsense without a meaning".replace("250", "999")),
  says(state, "what is this"),
]);

/** The subjects of RFC 3463, where recipients are named, and behind the final dot. */
const SUBJECTS: readonly string[] = [
  ...["1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.7", "1.8", "1.10"],
  ...["2.0", "2.1", "2.2", "2.3", "2.4"],
  ...["3.0", "3.1", "3.2", "3.4"],
  ...["4.0", "4.1", "4.3", "4.4", "4.6", "4.7"],
  ...["5.0", "5.1", "5.2", "5.3", "5.4", "5.5"],
  ...["6.0", "6.1", "6.3"],
  ...["7.0", "7.1", "7.8", "7.9", "7.23", "7.26", "7.30", "7.139"],
];

const ENHANCED = SUBJECTS.flatMap((code) => [
  says("RCPT", `550 5.${code} Refused for a reason`),
  ...(/^[13567]\.[01]$/.test(code) ? [says("message", `550 5.${code} Refused for a reason`)] : []),
]);

const WORDS: readonly SmtpFault[] = [
  says("RCPT", "550 No such user here"),
  says("RCPT", "552 Mailbox full"),
  says("RCPT", "550 Relay access denied"),
  says("RCPT", "450 Greylisted, come back in 5 minutes"),
  says("RCPT", "452 4.5.3 Too many recipients"),
  says("RCPT", "504 5.5.2 <[127.0.0.1]>: Helo command rejected: need fully-qualified hostname"),
  says("MAIL", "530 5.7.0 Authentication required"),
  says("MAIL", "552 5.3.4 Message size exceeds fixed limit"),
  says("MAIL", "550 5.7.60 SMTP; Client does not have permissions to send as this sender"),
  says("message", "550 5.7.1 Message content rejected as spam"),
  says("message", "552 5.3.4 Message too big"),
  says("message", `554 5.7.1 Not ${PASSWORD}`, { offers: WITH_LOGIN, server: LOGIN }),
];

const LOGINS: readonly SmtpFault[] = [
  says("AUTH", "535 5.7.8 Authentication credentials invalid"),
  says("AUTH", "534 5.7.9 Application-specific password required"),
  says("AUTH", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled"),
  says("AUTH", "454 4.7.0 Temporary authentication failure"),
  says("AUTH", "334 not base64!"),
  {
    name: "AUTH: a challenge, and then a refusal",
    script: { at: "AUTH answer", does: { say: "535 5.7.8 No" } },
    server: LOGIN,
    offers: ["AUTH LOGIN"],
  },
  {
    name: "AUTH: a challenge, and then no answer",
    script: { at: "AUTH answer", does: "silence" },
    server: LOGIN,
    offers: ["AUTH LOGIN"],
    silent: "early",
  },
  { name: "no login is offered where one is set", server: LOGIN },
  { name: "only a login with a token is offered", server: LOGIN, offers: ["AUTH XOAUTH2"] },
];

const ENCRYPTION: readonly SmtpFault[] = [
  { name: "STARTTLS is not offered", server: { mode: "starttls" } },
  {
    name: "STARTTLS: 454 4.7.0 TLS not available",
    server: { mode: "starttls" },
    offers: ["STARTTLS"],
    script: { at: "STARTTLS", does: { say: "454 4.7.0 TLS not available" } },
  },
  {
    name: "STARTTLS: the connection ends",
    server: { mode: "starttls" },
    offers: ["STARTTLS"],
    script: { at: "STARTTLS", does: "drop" },
  },
  { name: "TLS from the first byte is expected, and it speaks plain", server: { mode: "tls" } },
];

const ODD: readonly SmtpFault[] = [
  { name: "EHLO is not known, HELO is", script: { at: "EHLO", does: { say: "502 5.5.1 Not implemented" } } },
  {
    name: "one address is not there, the other is",
    script: { at: "RCPT", only: "bob@", does: { say: "550 5.1.1 No such user" } },
  },
  {
    name: "one mailbox is full, the other is not",
    script: { at: "RCPT", only: "bob@", does: { say: "452 4.2.2 Mailbox full" } },
  },
  {
    name: "451 twice behind the final dot, then well",
    script: { at: "message", connections: 2, does: { say: "451 4.3.0 Later", andDrop: true } },
  },
  {
    name: "421 at the greeting twice, then well",
    script: { at: "greeting", connections: 2, does: { say: "421 4.3.2 Busy", andDrop: true } },
  },
  {
    name: "a refusal behind the final dot, and the end",
    script: { at: "message", does: { say: "550 5.6.0 No", andDrop: true } },
  },
  { name: "the message is taken, and nobody is told: the end", script: { at: "message", keeps: true, does: "drop" } },
  {
    name: "the message is taken, and nobody is told: no answer",
    script: { at: "message", keeps: true, does: "silence" },
    silent: "late",
  },
  {
    name: "the message is taken, and the connection ends at once",
    script: { at: "message", keeps: true, does: { say: "250 2.0.0 queued", andDrop: true } },
  },
  { name: "QUIT: no answer", script: { at: "QUIT", does: "silence" } },
  { name: "QUIT: 500 What?", script: { at: "QUIT", does: { say: "500 What?" } } },
  { name: "a greeting of 100,000 characters", script: { at: "greeting", does: { say: `220 ${"x".repeat(100_000)}` } } },
  {
    name: "a refusal of 5,000 characters in many lines",
    script: { at: "MAIL", does: { say: `${"550-5.7.1 no and no\r\n".repeat(250)}550 5.7.1 no` } },
  },
];

/** One after the other. */
export const SMTP_FAULTS: readonly SmtpFault[] = [
  ...EVERYWHERE,
  ...ENHANCED,
  ...WORDS,
  ...LOGINS,
  ...ENCRYPTION,
  ...ODD,
];
