import { own } from "../core/records.ts";
import type { Failed } from "./outcome.ts";

/** An error of the connection in words; undefined if it is something else (a bug). */
export function connectionFailure(error: unknown, timeoutMs: number): Failed | undefined {
  if (error instanceof DOMException && error.name === "TimeoutError")
    return { ...lost(`no complete answer within ${timeoutMs / 1000} s`, error), tooSlow: true };
  const code = codeOf(error);
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

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "string" && error.code !== "UND_ERR_INVALID_ARG") return error.code;
  return "cause" in error ? codeOf(error.cause) : undefined;
}
