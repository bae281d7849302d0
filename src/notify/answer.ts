// The answer of a web address, or why there was none.

import { errorCode } from "../core/error-code.ts";

/** A server's explanation is in its first words; anything longer is no answer to our request. */
const MOST_BYTES = 64 * 1_024;

/** The beginning of a body as text; if it breaks off, what came until then. */
export async function beginningOf(body: AsyncIterable<unknown>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) break;
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_BYTES) break;
    }
  } catch {
    // The status says enough.
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Why no answer came, to follow a name; never contains the address. */
export interface NoAnswer {
  readonly message: string;
  readonly again: boolean;
}

/** What stopped a request before it was answered. */
export function noAnswer(error: unknown, timeoutMs: number): NoAnswer {
  if (error instanceof DOMException && error.name === "TimeoutError")
    return { message: `gives no answer within ${timeoutMs / 1000} s`, again: true };
  const code = errorCode(error);
  // Node's error by its name; its message could contain the address.
  if (code === undefined) return { message: "cannot be called; check that the address is right", again: false };
  if (/CERT|SIGNATURE|ISSUER|HOSTNAME_MISMATCH/.test(code))
    return { message: `has a certificate that is not accepted (${code})`, again: false };
  if (code === "UND_ERR_ABORTED") return { message: "is not called: the proxy refuses to connect", again: true };
  return { message: `cannot be reached (${code})`, again: true };
}
