import { isRecord } from "./records.ts";

/** What Node calls the error or what caused it: `ECONNREFUSED`, `CERT_HAS_EXPIRED`; undefined where it calls it nothing. */
export function errorCode(error: unknown): string | undefined {
  if (!isRecord(error)) return undefined;
  const { code, cause } = error;
  // undici calls an address so that cannot be called.
  return typeof code === "string" && code !== "UND_ERR_INVALID_ARG" ? code : errorCode(cause);
}
