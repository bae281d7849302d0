import type { Failure } from "../../core/failure.ts";
import { defined, field } from "../../core/records.ts";
import { replyPattern, replySubject } from "../../core/smtp-reply.ts";
import { clip, plainText } from "../../core/text/plain-text.ts";
import type { AddressRefusal } from "../channel.ts";
import { loginFailure, type SmtpError } from "./login-failure.ts";
import type { ContactedServer } from "./tokens.ts";
import { withoutLoginSecrets } from "./without-secrets.ts";

/** What went wrong with a mail: in words, and who refused it. */
export interface SmtpFailure extends Refusals {
  readonly failure: Failure;
  /** The whole message was refused for the number of its recipients. */
  readonly tooMany?: boolean;
}

const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|CERT_UNTRUSTED|self-signed|unable to (?:get|verify)/i;
const EXPIRED = /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|certificate has expired|not yet valid/i;
const WRONG_NAME = /ALTNAME_INVALID|does not match certificate/i;
const NOT_TLS = /WRONG_VERSION_NUMBER|wrong version number|packet length too long|unknown protocol/i;

/** Turns what nodemailer threw into words with the fix; the password is in none of them. */
export function smtpFailure(error: unknown, server: ContactedServer): SmtpFailure {
  const smtp = smtpErrorOf(error, server);
  const recipients = refusals(error, server);
  const all = [...recipients.pending, ...recipients.split, ...recipients.refused];
  if (all.length > 0) return recipientsFailure(smtp, { server, recipients, all });
  const { retryable, message, ofServer } = explain(smtp, server);
  const tooMany = smtp.answer !== "" && replySubject(smtp.answer) === "recipients";
  return { failure: { ...baseOf(smtp), retryable, message, ...(ofServer ? INCIDENT : {}) }, ...recipients, tooMany };
}

const INCIDENT = { incident: "mail" } as const;

function baseOf({ status }: SmtpError): Pick<Failure, "kind" | "status"> {
  return { kind: "mail", ...defined({ status }) };
}

/** Nobody was taken. The same answer for all is one cause, which is seldom theirs. */
function recipientsFailure(
  smtp: SmtpError,
  {
    server,
    recipients,
    all,
  }: { readonly server: ContactedServer; readonly recipients: Refusals; readonly all: readonly AddressRefusal[] },
): SmtpFailure {
  const base = baseOf(smtp);
  const retryable = recipients.pending.length + recipients.split.length > 0;
  const [first] = all;
  const patterns = new Set(all.map(({ address, reason }) => replyPattern(reason, address)));
  const subject = replySubject(first?.reason ?? "");
  const isTheirs = subject === "address" || subject === "room" || subject === "recipients";
  if (retryable || patterns.size > 1 || first === undefined || isTheirs) {
    const words = all.map((one) => `${one.address} (${one.reason})`);
    const message = `the mail server takes this mail for none of its recipients: ${words.join("; ")}`;
    return { failure: { ...base, retryable, message }, ...recipients };
  }
  const explained = explain({ ...smtp, answer: first.reason, command: "RCPT TO" }, server);
  if (!explained.ofServer) return { failure: { ...base, retryable, message: explained.message }, ...recipients };
  // Of the greeting, the sender or the login: no address has to be looked at.
  return { failure: { ...base, retryable, message: explained.message, ...INCIDENT }, ...NO_REFUSALS };
}

export interface Refusals {
  /** For now, or until there is room. */
  readonly pending: readonly AddressRefusal[];
  /** Only because there were too many in one message. */
  readonly split: readonly AddressRefusal[];
  readonly refused: readonly AddressRefusal[];
}

const NO_REFUSALS: Refusals = { pending: [], split: [], refused: [] };

/** Addresses that were refused, although the mail may have gone out to others. */
export function refusals(outcome: unknown, server: ContactedServer): Refusals {
  const errors = field(outcome, "rejectedErrors");
  const all = (Array.isArray(errors) ? errors : []).map((error: unknown) => {
    const { status, answer, message } = smtpErrorOf(error, server);
    const kind = refusalKind(status, answer);
    return { kind, refusal: { address: text(field(error, "recipient")), reason: answer === "" ? message : answer } };
  });
  const of = (wanted: keyof Refusals) => all.flatMap(({ kind, refusal }) => (kind === wanted ? [refusal] : []));
  return { pending: of("pending"), split: of("split"), refused: of("refused") };
}

/** The subject of the answer decides, then its first digit: a full mailbox has room again some day. */
function refusalKind(status: number | undefined, answer: string): keyof Refusals {
  const subject = replySubject(answer);
  if (subject === "recipients") return "split";
  return subject === "room" || status === undefined || status < 500 ? "pending" : "refused";
}

function explain(
  error: SmtpError,
  server: ContactedServer,
): { readonly retryable: boolean; readonly message: string; readonly ofServer: boolean } {
  const { status, answer } = error;
  const where = `${server.host}:${server.port}`;
  const said = answer === "" ? "" : `; it said: ${answer}`;
  const temporary = status !== undefined && status >= 400 && status < 500;
  const known = `${error.cause} ${error.message}`;
  const of = (retryable: boolean, message: string, ofServer = true) => ({ retryable, message, ofServer });
  const login = loginFailure(error, server);
  if (login !== undefined) return of(login.retryable, `${login.message}${said}`);
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
      `what answers at ${where} is not a mail server (${error.message}): check EMAIL_SMTP_SERVER and EMAIL_SMTP_PORT`,
    );
  if (error.code === "ETLS" && status !== undefined && status >= 500)
    return of(
      false,
      `the mail server ${where} offers no STARTTLS (${status}): use EMAIL_USE_SSL=true with its TLS port (mostly 465), or another port`,
    );
  const aimed = answer === "" || temporary ? undefined : adviceFor(error, server);
  if (aimed !== undefined) return of(false, `the mail server ${where} ${aimed.words}${said}`, aimed.ofServer);
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

/** The fix for the subject of a refusal; undefined if it has none. */
function adviceFor(
  { answer, status, command }: SmtpError,
  { greeting, sender, username }: ContactedServer,
): { readonly words: string; readonly ofServer: boolean } | undefined {
  const number = ` (${status ?? ""})`;
  const atRecipient = command === "RCPT TO";
  switch (replySubject(answer)) {
    case "dialogue": {
      if (!GREETING.test(answer)) return undefined;
      const other = greeting === undefined ? "" : `, other than ${greeting}`;
      return {
        words: `wants a full host name in EHLO${other}${number}: set EMAIL_EHLO_NAME to one that is yours, as in partwatch.example.com`,
        ofServer: true,
      };
    }
    case "sender":
      return { words: `does not take mail from ${sender}${number}: check EMAIL_SENDER_ADDRESS`, ofServer: true };
    case "permission": {
      const login = username === undefined ? ", or whether it wants a login (EMAIL_USERNAME, EMAIL_PASSWORD)" : "";
      const whom = atRecipient ? "mail to these addresses" : "this mail";
      return {
        words: `does not permit ${whom}${number}: ask whoever runs it whether ${sender} may send there${login}`,
        ofServer: !atRecipient && command !== "DATA",
      };
    }
    case "routing":
      return {
        words: `knows no way to these addresses${number}: check them, and the server's routing`,
        ofServer: false,
      };
    default:
      return undefined;
  }
}

const GREETING = /\b(?:helo|ehlo|greeting)\b|host ?name|fully.qualified/i;

function smtpErrorOf(error: unknown, server: ContactedServer): SmtpError {
  const status = field(error, "responseCode");
  const clean = (value: unknown) => clip(plainText(withoutLoginSecrets(text(value), server)), 300);
  const inner = field(error, "cause");
  return {
    code: text(field(error, "code")),
    cause: [field(error, "originalCode"), field(inner, "code")].map(text).find((code) => code !== "") ?? "",
    status: typeof status === "number" ? status : undefined,
    answer: clean(field(error, "response")),
    message: clean(error instanceof Error ? error.message : error),
    command: text(field(error, "command")),
    login: loginProblem(error),
  };
}

function loginProblem(error: unknown): SmtpError["login"] {
  if (!(error instanceof Error)) return undefined;
  if (error.name === "NotOffered") return "not_offered";
  if (error.name !== "TokenRefused") return undefined;
  return field(error, "retryable") === true ? "no_token_yet" : "no_token";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
