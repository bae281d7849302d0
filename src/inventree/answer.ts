import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { own } from "../core/records.ts";
import { parseRetryAfter } from "../core/retry-after.ts";
import { type RequestOutcome, refusal } from "./errors.ts";

/** Nobody's page of 500 rows is larger; what is larger is no answer of InvenTree. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** One answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Reads a body, bounded. Throws what the stream throws. */
export async function readBody(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw Object.assign(new Error("the answer is too large"), { code: "EMSGSIZE" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export interface AskedFor {
  /** `/api/part/`, without query. */
  readonly path: string;
  readonly now: Date;
  /** Takes the token out of a text. */
  readonly mask: (text: string) => string;
}

/** What an answer means. JSON is the only thing that counts as one. */
export async function understand(answer: RawAnswer, { path, now, mask }: AskedFor): Promise<RequestOutcome> {
  const { status } = answer;
  const location = header(answer, "location");
  if (status >= 300 && status < 400 && location !== undefined) return { kind: "redirect", location, status };
  const text = await textOf(answer);
  const type = (header(answer, "content-type") ?? "").toLowerCase();
  const html = type.includes("html") || (text ?? "").trimStart().startsWith("<");
  if (status < 200 || status >= 300)
    return refusal({
      status,
      path,
      body: text ?? "",
      html,
      mask,
      fromInventree: header(answer, "x-inventree-api") !== undefined,
      retryAfterMs: parseRetryAfter(header(answer, "retry-after"), now),
    });
  if (html) return { kind: "failed", status, cause: HTML, incident: "refused", again: false };
  if (type !== "" && !/\bjson\b/.test(type)) return mistyped(status, `the answer is ${type.split(";")[0]}, not JSON`);
  if (text === undefined) return mistyped(status, "the compressed answer is broken");
  try {
    const body: unknown = JSON.parse(text);
    return { kind: "answer", body };
  } catch {
    // The parser's own error quotes the answer, and an answer may quote the token: it goes no further.
    return mistyped(status, "the answer is truncated or no JSON");
  }
}

/** An answer with the wrong content; the next one may be complete. */
export function mistyped(status: number, cause: string): Extract<RequestOutcome, { kind: "failed" }> {
  return { kind: "failed", status, cause, incident: "unreachable", again: true };
}

/** The first value of a header. */
export function header(answer: Pick<RawAnswer, "headers">, name: string): string | undefined {
  const value = own(answer.headers, name);
  return Array.isArray(value) ? value[0] : value;
}

const HTML = "an HTML page, not JSON: is INVENTREE_URL right, or a login proxy in front?";

/** undefined if it cannot be unpacked. */
async function textOf(answer: RawAnswer): Promise<string | undefined> {
  if (header(answer, "content-encoding") !== "gzip") return answer.body.toString("utf8");
  try {
    return (await promisify(gunzip)(answer.body, { maxOutputLength: MAX_BODY_BYTES })).toString("utf8");
  } catch {
    return undefined; // broken off in the middle: the caller says so
  }
}
