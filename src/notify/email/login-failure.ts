// What stops a login, in words with the fix.
import { enhancedCode } from "../../core/smtp-reply.ts";
import type { ContactedServer } from "./tokens.ts";

/** What nodemailer reports about an error. */
export interface SmtpError {
  readonly code: string;
  /** The system's own code behind it: `ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  readonly cause: string;
  readonly status: number | undefined;
  /** The server's own words. */
  readonly answer: string;
  readonly message: string;
  readonly command: string;
  /** Nothing of a login was sent: the server offers none that could be used, or there is no token (yet). */
  readonly login: "not_offered" | "no_token" | "no_token_yet" | undefined;
}

interface LoginFailure {
  readonly retryable: boolean;
  readonly message: string;
}

/** undefined: it is not of the login. */
export function loginFailure(error: SmtpError, server: ContactedServer): LoginFailure | undefined {
  const { status, answer, login, message } = error;
  const where = `${server.host}:${server.port}`;
  if (login === "not_offered") return { retryable: false, message: notOffered(message, server) };
  if (login !== undefined) return { retryable: login === "no_token_yet", message };
  const number = status === undefined ? "" : ` (${status})`;
  const isRefused = error.code === "EAUTH" || error.code === "ENOAUTH";
  const isOver = PASSWORD_IS_OVER.test(enhancedCode(answer) ?? "") || APP_PASSWORD.test(answer);
  if (isOver && server.oauth === undefined) return { retryable: false, message: passwordIsOver(answer, server) };
  if (isRefused && status !== undefined && status < 500)
    return { retryable: true, message: `the mail server ${where} cannot process logins right now${number}` };
  if (isRefused && server.oauth !== undefined)
    return {
      retryable: false,
      message: `the mail server refused the OAuth2 token${number}: ${tokenAdvice(answer, server)}`,
    };
  if (isRefused) {
    const fix = "check both secrets (many providers want an app password)";
    return { retryable: false, message: `the mail server refused EMAIL_USERNAME/EMAIL_PASSWORD${number}: ${fix}` };
  }
  if (status !== 530 && status !== 538) return undefined;
  const fix = "set EMAIL_USERNAME and EMAIL_PASSWORD";
  return { retryable: false, message: `the mail server ${where} wants a login${number}: ${fix}` };
}

/** Exchange Online: basic authentication is switched off. Gmail: the password that one logs in with is not taken. */
const PASSWORD_IS_OVER = /^5\.7\.(?:30|139|9)$/;
const APP_PASSWORD = /application-specific password/i;

function passwordIsOver(answer: string, { host, port }: ContactedServer): string {
  const number = ` (${/^\d{3}/.exec(answer)?.[0] ?? ""})`;
  const oauth = "log in with OAuth2 (EMAIL_OAUTH_TOKEN_URL and so on; docs/mail.md has the steps)";
  const fix =
    APP_PASSWORD.test(answer) || enhancedCode(answer) === "5.7.9" ? `${oauth}, or make an app password` : oauth;
  return `the mail server ${host}:${port} does not take this password any longer${number}: ${fix}`;
}

function tokenAdvice(answer: string, { username = "" }: ContactedServer): string {
  if (/SmtpClientAuthentication is disabled/i.test(answer))
    return `switch on "Authenticated SMTP" for ${username} (Microsoft 365 admin center, Mail, Manage email apps)`;
  return `check that EMAIL_USERNAME (${username}) is the mailbox, that EMAIL_OAUTH_SCOPE is the one for mail, and that the app may send for this mailbox (docs/mail.md has the steps)`;
}

function notOffered(offered: string, { host, port, oauth }: ContactedServer): string {
  const server = `the mail server ${host}:${port}`;
  if (oauth !== undefined) {
    const offers = offered === "" ? "offers no login" : `offers only other ways to log in (${offered})`;
    return `${server} ${offers}, not XOAUTH2, so nothing was sent: use the port for sending with a login (mostly 587 or 465), or a password instead of EMAIL_OAUTH_…`;
  }
  if (offered === "XOAUTH2") {
    return `${server} offers only OAuth2 (XOAUTH2), so nothing was sent: set EMAIL_OAUTH_TOKEN_URL and so on (docs/mail.md has the steps)`;
  }
  const offers =
    offered === "" ? "offers no login" : `offers only ways to log in that a password is no use for (${offered})`;
  return `${server} ${offers}, so nothing was sent: leave EMAIL_USERNAME and EMAIL_PASSWORD unset if it wants none, or use the port for sending with a login (mostly 587 or 465)`;
}
