// What came back from a web address, or why nothing did.

import { errorCode } from "../core/error-code.ts";

/** What a server says of itself stands in its first words; what is longer is no answer to what was sent. */
const MOST_BYTES = 64 * 1_024;

/** The beginning of a body as text; what breaks off is as long as it got. */
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

/** Why no answer came, as words behind a name; none of them has the address. */
export interface NoAnswer {
  readonly message: string;
  readonly again: boolean;
}

/** What stopped a call before there was an answer. */
export function noAnswer(error: unknown, timeoutMs: number): NoAnswer {
  if (error instanceof DOMException && error.name === "TimeoutError")
    return { message: `gives no answer within ${timeoutMs / 1000} s`, again: true };
  const code = errorCode(error);
  // A name for what Node calls it; its message could hold the address.
  if (code === undefined) return { message: "cannot be called; check that the address is right", again: false };
  if (/CERT|SIGNATURE|ISSUER|HOSTNAME_MISMATCH/.test(code))
    return { message: `has a certificate that is not accepted (${code})`, again: false };
  if (code === "UND_ERR_ABORTED") return { message: "is not called: the proxy refuses to connect", again: true };
  return { message: `cannot be reached (${code})`, again: true };
}
