import type { Failure } from "../../core/failure.ts";
import { field } from "../../core/records.ts";
import type { MailServer } from "../../core/settings/mail-server.ts";
import { clip, plainText } from "../../core/view/plain-text.ts";
import type { Refusal } from "../channel.ts";

/** What went wrong with a mail: in words, and who refused it. */
export interface SmtpFailure {
  readonly failure: Failure;
  /** Recipients that the server named, for now (4xx) or for good (5xx). */
  readonly pending: readonly Refusal[];
  readonly refused: readonly Refusal[];
}

/** What nodemailer tells of an error. */
interface SmtpError {
  readonly code: string;
  /** The system's own code behind it: `ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  readonly cause: string;
  readonly status: number | undefined;
  /** The server's own words. */
  readonly answer: string;
  readonly message: string;
  readonly command: string;
}

const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|CERT_UNTRUSTED|self-signed|unable to (?:get|verify)/i;
const EXPIRED = /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|certificate has expired|not yet valid/i;
const WRONG_NAME = /ALTNAME_INVALID|does not match certificate/i;
const NOT_TLS = /WRONG_VERSION_NUMBER|wrong version number|packet length too long|unknown protocol/i;

/** Turns what nodemailer threw into words with the fix; the password is in none of them. */
export function smtpFailure(error: unknown, server: MailServer): SmtpFailure {
  const smtp = smtpErrorOf(error, server);
  const recipients = refusals(error, server);
  const base = { kind: "mail", ...(smtp.status === undefined ? {} : { status: smtp.status }) } as const;
  if (recipients.pending.length + recipients.refused.length > 0) {
    const retryable = recipients.pending.length > 0;
    const words = [...recipients.pending, ...recipients.refused].map((one) => `${one.address} (${one.reason})`);
    const message = `the mail server takes this mail for none of its recipients: ${words.join("; ")}`;
    return { failure: { ...base, retryable, message }, ...recipients };
  }
  const { retryable, message, ofServer } = explain(smtp, server);
  return { failure: { ...base, retryable, message, ...(ofServer ? { incident: "mail" } : {}) }, ...recipients };
}

/** Addresses that were refused although the mail went out to others. */
export function refusals(
  outcome: unknown,
  server: MailServer,
): { readonly pending: readonly Refusal[]; readonly refused: readonly Refusal[] } {
  const errors = field(outcome, "rejectedErrors");
  const all = (Array.isArray(errors) ? errors : []).map((error: unknown) => {
    const { status, answer, message } = smtpErrorOf(error, server);
    return { address: text(field(error, "recipient")), reason: answer === "" ? message : answer, status };
  });
  const forGood = all.filter(({ status }) => status !== undefined && status >= 500);
  const strip = ({ address, reason }: (typeof all)[number]): Refusal => ({ address, reason });
  return { pending: all.filter((one) => !forGood.includes(one)).map(strip), refused: forGood.map(strip) };
}

/** A text without the password, in whatever shape it was sent. */
export function withoutSecrets(words: string, server: MailServer): string {
  const { username = "", password = "" } = server;
  if (password === "") return words;
  const shapes = [password, base64(password), base64(`\0${username}\0${password}`), encodeURIComponent(password)];
  return shapes.reduce((cleaned, shape) => cleaned.replaceAll(shape, "***"), words);
}

function explain(
  error: SmtpError,
  server: MailServer,
): { readonly retryable: boolean; readonly message: string; readonly ofServer: boolean } {
  const { status, answer } = error;
  const where = `${server.host}:${server.port}`;
  const said = answer === "" ? "" : `; it said: ${answer}`;
  const temporary = status !== undefined && status >= 400 && status < 500;
  const known = `${error.cause} ${error.message}`;
  const of = (retryable: boolean, message: string, ofServer = true) => ({ retryable, message, ofServer });
  if (error.code === "EAUTH" || error.code === "ENOAUTH") {
    const number = status === undefined ? "" : ` (${status})`;
    if (temporary) return of(true, `the mail server ${where} cannot log anybody in for now${number}${said}`);
    return of(
      false,
      `the mail server refused EMAIL_USERNAME/EMAIL_PASSWORD${number}: check both secrets (many providers want an app password)${said}`,
    );
  }
  if (status === 530 || status === 538)
    return of(
      false,
      `the mail server ${where} wants a login (${status}): set EMAIL_USERNAME and EMAIL_PASSWORD${said}`,
    );
  if (UNTRUSTED.test(known))
    return of(
      false,
      `the certificate of the mail server ${where} is not trusted (self-signed, or its issuer is unknown): give the issuer's certificate in NODE_EXTRA_CA_CERTS, or name the server as its certificate does`,
    );
  if (EXPIRED.test(known))
    return of(false, `the certificate of the mail server ${where} has expired or is not valid yet: renew it`);
  if (WRONG_NAME.test(known))
    return of(
      false,
      `the certificate of the mail server ${where} is for another name: set EMAIL_SMTP_SERVER to the name in the certificate`,
    );
  if (NOT_TLS.test(known))
    return of(
      false,
      `the mail server ${where} does not speak TLS from the first byte: use EMAIL_USE_TLS=true (STARTTLS, mostly port 587) instead of EMAIL_USE_SSL=true (mostly port 465)`,
    );
  if (error.code === "EPROTOCOL" && status === undefined)
    return of(
      false,
      `what answers at ${where} is no mail server (${error.message}): check EMAIL_SMTP_SERVER and EMAIL_SMTP_PORT`,
    );
  if (error.code === "ETLS" && status !== undefined && status >= 500)
    return of(
      false,
      `the mail server ${where} offers no STARTTLS (${status}): use EMAIL_USE_SSL=true with its TLS port (mostly 465), or another port`,
    );
  if (status !== undefined) {
    const step = error.command === "" ? "" : ` at ${error.command}`;
    const kind = temporary ? "refuses for now" : "refuses";
    // A refused sender or greeting meets every mail; a refused message only this one.
    return of(
      temporary || status < 400,
      `the mail server ${where} ${kind}${step} (${status})${said}`,
      error.command !== "DATA",
    );
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(known) || error.code === "EDNS")
    return of(true, `there is no mail server ${server.host} (${error.cause || "EDNS"}): check EMAIL_SMTP_SERVER`);
  if (["ECONNECTION", "ETIMEDOUT", "ESOCKET", "ETLS", "ECONNREFUSED", "ECONNRESET"].includes(error.code)) {
    const why = error.cause === "" || error.cause === error.code ? error.message : `${error.message}, ${error.cause}`;
    return of(
      true,
      `the mail server ${where} cannot be reached or broke off (${why}): check EMAIL_SMTP_SERVER, EMAIL_SMTP_PORT and the network`,
    );
  }
  return of(false, `the mail could not be handed to ${where}: ${error.message}`, false);
}

function smtpErrorOf(error: unknown, server: MailServer): SmtpError {
  const status = field(error, "responseCode");
  const clean = (value: unknown) => clip(plainText(withoutSecrets(text(value), server)), 300);
  const inner = field(error, "cause");
  return {
    code: text(field(error, "code")),
    cause: [field(error, "originalCode"), field(inner, "code")].map(text).find((code) => code !== "") ?? "",
    status: typeof status === "number" ? status : undefined,
    answer: clean(field(error, "response")),
    message: clean(error instanceof Error ? error.message : error),
    command: text(field(error, "command")),
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function base64(value: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(value)));
}
