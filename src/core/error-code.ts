import { isRecord } from "./records.ts";

/** Node's code for the error or its cause: `ECONNREFUSED`, `CERT_HAS_EXPIRED`; undefined if there is none. */
export function errorCode(error: unknown): string | undefined {
  if (!isRecord(error)) return undefined;
  const { code, cause } = error;
  // undici's code for an address that cannot be used.
  return typeof code === "string" && code !== "UND_ERR_INVALID_ARG" ? code : errorCode(cause);
}
