import type { Dispatcher } from "undici";
import type { Clock } from "../../core/clock.ts";
import type { Failure } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import { parseRetryAfter } from "../../core/retry-after.ts";
import { clip, plainText } from "../../core/view/plain-text.ts";
import type { Body } from "./body.ts";

/** Where something is posted, and how it is spoken of: the address itself is a secret and appears nowhere. */
export interface Target {
  /** The variable that holds the address. */
  readonly variable: string;
  readonly url: string;
  /** Further values that must not appear in words. */
  readonly secrets: readonly string[];
}

export interface Posting {
  readonly target: Target;
  readonly body: Body;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs: number;
}

/** `isSent`: one attempt at least got no answer, so it may have arrived. */
export interface PostFailure extends Failure {
  readonly isSent: boolean;
}

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 1_000;
/** All waits together; who asks for more patience gets the message with the next run. */
const PATIENCE_MS = 60_000;

type Outcome =
  | { readonly kind: "accepted"; readonly status: number }
  | {
      readonly kind: "failed";
      readonly message: string;
      readonly status?: number;
      readonly again: boolean;
      /** It was on its way, and no answer came. */
      readonly isSent?: boolean;
      readonly retryAfterMs?: number;
    };

/**
 * Posts, and tries again after 408, 429, 5xx and a broken connection; after a 2xx never. Undefined once it is accepted.
 * Follows no redirect: the address may be a secret that is not for another server.
 */
export async function post(posting: Posting): Promise<PostFailure | undefined> {
  const { target, clock, log } = posting;
  const step = { step: "webhook", webhook: target.variable };
  let patience = PATIENCE_MS;
  let isSent = false;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await once(posting);
    if (outcome.kind === "accepted") {
      log.info(`webhook accepted (${outcome.status})`, { ...step, attempt });
      return undefined;
    }
    isSent ||= outcome.isSent === true;
    const wait = waitMs({ attempt, outcome, chance: clock.random() });
    const message = `the webhook of ${target.variable} ${outcome.message}`;
    if (!outcome.again || attempt >= ATTEMPTS || wait > patience) {
      log.error(`webhook not accepted: ${message}`, { ...step, attempts: attempt });
      return {
        kind: "channel",
        isSent,
        ...(outcome.status === undefined ? {} : { status: outcome.status }),
        retryable: outcome.again,
        message: attempt === 1 ? message : `${message} (${attempt} attempts)`,
      };
    }
    log.info(`webhook not accepted: ${message}`, { ...step, attempt, of: ATTEMPTS, wait_ms: wait });
    patience -= wait;
    await clock.sleep(wait);
  }
}

async function once({ target, body, dispatcher, clock, timeoutMs }: Posting): Promise<Outcome> {
  try {
    const { origin, pathname, search } = new URL(target.url);
    const answer = await dispatcher.request({
      origin,
      path: pathname + search,
      method: "POST",
      headers: { "user-agent": "partwatch", ...body.headers },
      body: body.text,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { statusCode: status } = answer;
    if (status >= 200 && status < 300) {
      // Whatever happens to the rest of the answer: it was accepted.
      await answer.body.dump().catch(() => undefined);
      return { kind: "accepted", status };
    }
    const retryAfterMs = parseRetryAfter([answer.headers["retry-after"]].flat()[0], clock.now());
    const said = await wordsOf(answer.body, target);
    return { ...refusal(status, said), status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  } catch (error) {
    return { kind: "failed", ...connectionWords(error, timeoutMs) };
  }
}

function refusal(status: number, said: string): { kind: "failed"; message: string; again: boolean } {
  const words = said === "" ? "" : `: it said: ${said}`;
  const of = (message: string, again = false) => ({ kind: "failed", message: `${message}${words}`, again }) as const;
  if (status >= 300 && status < 400)
    return of(
      `answers ${status}: it redirects elsewhere, which is not followed; put the address that it leads to there`,
    );
  if (status === 401 || status === 403)
    return of(`refuses (${status}); look whether address and secret are still valid`);
  if (status === 404 || status === 410) return of(`is not there (${status}); look whether the address is right`);
  if (status === 408 || status === 429 || status >= 500) return of(`answers ${status}`, true);
  return of(`refuses the message (${status})`);
}

/** The beginning of what the server says, without address and secrets. */
async function wordsOf(body: AsyncIterable<unknown>, { url, secrets }: Target): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) break;
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > 4_096) break;
    }
  } catch {
    // The status says enough.
  }
  const hidden = [...partsOf(url), ...secrets].filter((text) => text.length > 3).sort((a, b) => b.length - a.length);
  const text = hidden.reduce((words, one) => words.replaceAll(one, "***"), Buffer.concat(chunks).toString("utf8"));
  return clip(plainText(text.replace(/<[^>]*>/g, " ")), 200);
}

/** Everything of an address that somebody could call it by. */
function partsOf(url: string): readonly string[] {
  const { host, hostname, pathname, search } = new URL(url);
  const whole = `${pathname}${search}`;
  const parts = whole.split(/[/?&=;]/);
  return [url, whole, host, hostname, ...parts, ...parts.map(decoded)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function connectionWords(
  error: unknown,
  timeoutMs: number,
): { readonly message: string; readonly again: boolean; readonly isSent?: boolean } {
  if (error instanceof DOMException && error.name === "TimeoutError")
    return { message: `gives no answer within ${timeoutMs / 1000} s`, again: true, isSent: true };
  const code = codeOf(error);
  // A name for what Node calls it; its message could hold the address.
  if (code === undefined) return { message: "cannot be called; look whether the address is right", again: false };
  if (/CERT|SIGNATURE|ISSUER|HOSTNAME_MISMATCH/.test(code))
    return { message: `has a certificate that is not accepted (${code})`, again: false };
  return { message: `cannot be reached (${code})`, again: true, isSent: !NEVER_SENT.test(code) };
}

/** No connection was made. */
const NEVER_SENT = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/;

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "string")
    return error.code === "UND_ERR_INVALID_ARG" ? undefined : error.code;
  return "cause" in error ? codeOf(error.cause) : undefined;
}

/** Doubles each time, less up to half of it by chance; never sooner than the server asked for. */
function waitMs(of: {
  readonly attempt: number;
  readonly outcome: Extract<Outcome, { kind: "failed" }>;
  readonly chance: number;
}): number {
  const whole = FIRST_WAIT_MS * 2 ** (of.attempt - 1);
  return Math.max(Math.round(whole / 2 + (whole / 2) * of.chance), of.outcome.retryAfterMs ?? 0);
}
