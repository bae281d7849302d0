import { errorCode } from "../core/error-code.ts";
import { FailureError } from "../core/failure.ts";
import { field, own } from "../core/records.ts";
import type { Failed } from "./errors.ts";

/** An error of the connection in words; undefined if it is something else (a bug). */
export function connectionFailure(error: unknown, timeoutMs: number): Failed | undefined {
  if (error instanceof DOMException && error.name === "TimeoutError")
    return { ...lost(`no complete answer within ${timeoutMs / 1000} s`, error), tooSlow: true };
  const code = errorCode(error);
  if (code === undefined) return undefined;
  if (isCertificate(code))
    return {
      ...lost(
        `the server's certificate is not accepted (${code}): is it expired, for another host, or self-signed? The file of an authority of your own goes into NODE_EXTRA_CA_CERTS`,
        error,
      ),
      again: false,
    };
  return lost(`${own(WORDS, code) ?? "the connection failed"} (${code})`, error);
}

function lost(cause: string, error: unknown): Failed {
  return { kind: "failed", cause, incident: "unreachable", again: true, error };
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection broke off",
  EPIPE: "the connection broke off",
  UND_ERR_SOCKET: "the connection broke off",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "the answer is truncated",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  ETIMEDOUT: "no connection in time",
  ENOTFOUND: "the host's name is not known",
  EAI_AGAIN: "the host's name cannot be looked up now",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  UND_ERR_ABORTED: "the proxy refused to connect",
  EMSGSIZE: "the answer is larger than 64 MiB",
  EPROTO: "no TLS there: does the server speak http, not https?",
  ERR_SSL_WRONG_VERSION_NUMBER: "no TLS there: does the server speak http, not https?",
};

/** Names that Node gives to what is wrong with a certificate: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isCertificate(code: string): boolean {
  return (
    /CERT|SIGNATURE|CRL|_CA$|ISSUER|PATH_LENGTH|HOSTNAME_MISMATCH/.test(code) &&
    !code.startsWith("UND_") &&
    code !== "ERR_SSL_WRONG_VERSION_NUMBER"
  );
}

/**
 * The token without the white space around it. Throws FailureError (kind config) without quoting it: a header with a
 * line break in it would otherwise become an error that does.
 */
export function checkToken(text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  const what = token === "" ? "is empty" : "holds a space, a line break or a character that no token has";
  throw new FailureError({ kind: "config", retryable: false, message: `INVENTREE_API_TOKEN ${what}` });
}

/** Takes a token out of a text, however a server may have written it down: in JSON, in an address, in other case. */
export function maskOf(token: string): (text: string) => string {
  const forms = [token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1)];
  const pattern = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")).join("|");
  return (text) => text.replace(new RegExp(pattern, "gi"), "***");
}

/** Where an InvenTree server lives. */
interface ServerAddress {
  /** `https://inventree.example.com`. */
  readonly origin: string;
  /** Folder below the origin, without a trailing slash: `` or `/stock`. */
  readonly folder: string;
  /** Origin and folder, for links; no trailing slash, no `/api`. */
  readonly url: string;
}

/**
 * Reads the address of a server as people write it: with or without `/api`, a folder or trailing slashes.
 * Throws FailureError (kind config), which never repeats the text: people paste tokens into the wrong field.
 */
export function parseServerUrl(text: string): ServerAddress {
  const trimmed = text.trim();
  if (trimmed === "") throw bad("is empty");
  const url = URL.parse(trimmed);
  if (url === null || !/^https?:\/\//i.test(trimmed)) throw bad("is not a web address with http:// or https://");
  if (url.username !== "" || url.password !== "")
    throw bad("must not hold a user name or password (the token goes into INVENTREE_API_TOKEN)");
  if (url.search !== "" || url.hash !== "") throw bad("must not have anything after ? or #");
  const folder = url.pathname
    .replace(/\/+$/, "")
    .replace(/\/+api$/, "")
    .replace(/\/+$/, "");
  return { origin: url.origin, folder, url: `${url.origin}${folder}` };
}

function bad(what: string): FailureError {
  const message = `INVENTREE_URL ${what}; write it like https://inventree.example.com`;
  return new FailureError({ kind: "config", retryable: false, message });
}

/** InvenTree 1.0. */
const MIN_API_VERSION = 390;

/** The header `X-InvenTree-API`, if it is there. Throws FailureError (refused) if the server is too old. */
export function checkApiVersion(header: string | undefined): number | undefined {
  const text = header?.trim() ?? "";
  return /^\d+$/.test(text) ? supported(Number(text)) : undefined;
}

/** What `/api/` says. Throws FailureError (refused) if the server is too old or no InvenTree. */
export function apiVersionOf(root: unknown): number {
  const version = field(root, "apiVersion");
  if (typeof version !== "number" || !Number.isInteger(version))
    throw refused("[GET] /api/: the answer names no apiVersion: is INVENTREE_URL the address of an InvenTree server?");
  return supported(version);
}

function supported(version: number): number {
  if (version >= MIN_API_VERSION) return version;
  throw refused(
    `the server's API version is ${version}; Partwatch needs at least ${MIN_API_VERSION} (InvenTree 1.0): update InvenTree`,
  );
}

function refused(message: string): FailureError {
  return new FailureError({ kind: "inventree", retryable: false, message, incident: "refused" });
}
