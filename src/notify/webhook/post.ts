import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { backOffMs } from "../../core/back-off.ts";
import type { Failure } from "../../core/failure.ts";
import type { Clock, Log } from "../../core/ports.ts";
import { defined } from "../../core/records.ts";
import { parseRetryAfter } from "../../core/retry-after.ts";
import { clip, plainText } from "../../core/text/plain-text.ts";
import { unlessAborted } from "../../core/unless-aborted.ts";
import { beginningOf, noAnswer } from "../answer.ts";
import { type BodyFailure, failureInBody } from "./body-failure.ts";

/** Where something is posted, and its name in messages: the address itself is a secret and appears nowhere. */
interface Target {
  /** The variable that holds the address. */
  readonly variable: string;
  readonly url: string;
  /** By which proxy it is called, as words behind what could not be reached. */
  readonly route: string;
  /** Further values that must not appear in words. */
  readonly secrets: readonly string[];
}

/** One request, and what it is made with. */
export interface Posting {
  readonly target: Target;
  readonly body: Body;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs: number;
  /** Aborted when nobody waits any longer. */
  readonly ending: AbortSignal | undefined;
  /** What a 2xx's body says of a failure; absent: as receivers of webhooks do. */
  readonly failureIn?: (text: string) => BodyFailure | undefined;
}

/** `isSent`: no answer came, so it may have arrived. */
interface PostFailure extends Failure {
  readonly isSent: boolean;
}

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 1_000;
/** All waits together; who asks for more patience gets the message with the next run. */
const MOST_MS = 60_000;

export type Outcome =
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
 * Posts, and tries again after 408, 429, 5xx and where no connection was made; after a 2xx never, nor where no answer came to
 * what was sent. Undefined once it is accepted.
 * Follows no redirect: the address may be a secret that is not for another server.
 */
export async function post(posting: Posting): Promise<PostFailure | undefined> {
  const { target, clock, log, ending } = posting;
  const step = { step: "webhook", webhook: target.variable };
  let leftMs = MOST_MS;
  let isSent = false;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await postOnce(posting);
    if (outcome.kind === "accepted") {
      log.info(`webhook accepted (${outcome.status})`, { ...step, attempt });
      return undefined;
    }
    isSent ||= outcome.isSent === true;
    const wait = waitMs({ attempt, outcome, chance: clock.random() });
    const message = `the webhook of ${target.variable} ${outcome.message}`;
    // What may have arrived is not posted again at once: later runs repeat it when its claim is due.
    if (isSent || !outcome.again || attempt >= ATTEMPTS || wait > leftMs || ending?.aborted === true) {
      log.error(`webhook not accepted: ${message}`, { ...step, attempts: attempt });
      return {
        kind: "channel",
        isSent,
        ...defined({ status: outcome.status }),
        retryable: outcome.again,
        message: attempt === 1 ? message : `${message} (${attempt} attempts)`,
      };
    }
    log.info(`webhook not accepted: ${message}`, { ...step, attempt, of: ATTEMPTS, wait_ms: wait });
    leftMs -= wait;
    await unlessAborted(clock.sleep(wait), ending);
  }
}

/** Posts once; never rejects. */
export async function postOnce(posting: Posting): Promise<Outcome> {
  const { target, body, dispatcher, clock, timeoutMs, ending, failureIn = failureInBody } = posting;
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(ending === undefined ? [] : [ending])]);
  let isBegun = false;
  try {
    signal.throwIfAborted();
    const { origin, pathname, search } = new URL(target.url);
    const bytes = Buffer.from(body.text, "utf8");
    const asked = dispatcher.request({
      origin,
      path: pathname + search,
      method: "POST",
      headers: { "user-agent": "partwatch", "content-length": String(bytes.length), ...body.headers },
      body: watched(bytes, () => {
        isBegun = true;
      }),
      signal,
    });
    // undici looks at the signal only once there is a connection.
    const answer = await unlessAborted(asked, signal);
    if (answer === undefined) throw signal.reason;
    const { statusCode: status } = answer;
    if (status >= 200 && status < 300) {
      const text = await beginningOf(answer.body);
      const failed = failureIn(text);
      if (failed === undefined) return { kind: "accepted", status };
      const said = shown(text, target);
      return {
        kind: "failed",
        status,
        again: failed.again,
        message: `answers ${status}, ${failed.words}: it said: ${said}`,
      };
    }
    const retryAfterMs = parseRetryAfter([answer.headers["retry-after"]].flat()[0], clock.now());
    const said = await wordsOf(answer.body, target);
    const refused = refusal(status, said);
    const message = refused.message + (status === 407 || status >= 502 ? target.route : "");
    return { ...refused, message, status, ...defined({ retryAfterMs }) };
  } catch (error) {
    if (signal.aborted && ending?.aborted) return { kind: "failed", ...ENDED, isSent: isBegun };
    const words = noAnswer(error, timeoutMs);
    return { kind: "failed", ...words, message: words.message + target.route, isSent: isBegun };
  }
}

const ENDED = { message: "did not answer before the run ended", again: true };

/** What goes out; nothing of it is taken before there is a connection. */
function watched(bytes: Buffer, onBegin: () => void): Readable {
  return Readable.from(
    (function* () {
      onBegin();
      yield bytes;
    })(),
  );
}

function refusal(status: number, said: string): { kind: "failed"; message: string; again: boolean } {
  const words = said === "" ? "" : `: it said: ${said}`;
  const of = (message: string, again = false) => ({ kind: "failed", message: `${message}${words}`, again }) as const;
  if (status >= 300 && status < 400)
    return of(
      `answers ${status}: it redirects elsewhere, which is not followed; put the address that it leads to there`,
    );
  if (status === 401 || status === 403) return of(`refuses (${status}); check that address and secret are still valid`);
  if (status === 407) return of("is not called: the proxy wants a login (407)");
  if (status === 404 || status === 410) return of(`is not there (${status}); check that the address is right`);
  if (status === 408 || status === 429 || status >= 500) return of(`answers ${status}`, true);
  return of(`refuses the message (${status})`);
}

/** The beginning of what the server says, without address and secrets. */
async function wordsOf(body: AsyncIterable<unknown>, target: Target): Promise<string> {
  return shown(await beginningOf(body), target);
}

function shown(text: string, { url, secrets }: Target): string {
  const hidden = [...partsOf(url), ...secrets].filter((text) => text.length > 3).sort((a, b) => b.length - a.length);
  const clean = hidden.reduce((words, one) => words.replaceAll(one, "***"), text);
  return clip(plainText(clean.replace(/<!--|-->|<[^>]*>/g, " ")), 200);
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

/** Doubles each time, minus up to half of it at random; never sooner than the server asked for. */
function waitMs(options: {
  readonly attempt: number;
  readonly outcome: Extract<Outcome, { kind: "failed" }>;
  readonly chance: number;
}): number {
  const { attempt, outcome, chance } = options;
  return Math.max(backOffMs({ attempt, firstMs: FIRST_WAIT_MS, sure: 0.5, chance }), outcome.retryAfterMs ?? 0);
}

/** What is posted to a webhook. */
export interface Body {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}
