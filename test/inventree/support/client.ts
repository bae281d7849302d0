import { type Failure, FailureError } from "../../../src/core/failure.ts";
import type { Clock, Log } from "../../../src/core/ports.ts";
import type { ClientLimits } from "../../../src/inventree/budget.ts";
import { type Client, createClient } from "../../../src/inventree/client.ts";

export const TOKEN = "inv-0123456789-SECRET";

/** A clock that never waits: it moves on by what it was asked to sleep. */
export function testClock(random = 0.5): Clock & { readonly slept: number[] } {
  let now = Date.parse("2026-11-20T15:00:00Z");
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(now),
    random: () => random,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

/** A log that keeps each line as JSON. */
export function testLog(lines: string[] = []): Log & { readonly lines: string[] } {
  const at =
    (level: string): Log["info"] =>
    (message, fields) => {
      lines.push(JSON.stringify({ level, message, ...fields }));
    };
  return {
    lines,
    error: at("error"),
    warning: at("warning"),
    info: at("info"),
    debug: at("debug"),
    with: () => testLog(lines),
  };
}

export interface Bench {
  readonly client: Client;
  readonly clock: ReturnType<typeof testClock>;
  readonly log: ReturnType<typeof testLog>;
}

/** A client with generous limits, unless told otherwise. */
export function bench(url: string, limits: Partial<ClientLimits> = {}, token = TOKEN): Bench {
  const clock = testClock();
  const log = testLog();
  const generous = {
    maxConcurrency: 4,
    maxRequests: 100,
    requestTimeoutMs: 5_000,
    timeBudgetMs: 300_000,
    pageSize: 500,
  };
  return { clock, log, client: createClient({ url, token, clock, log, limits: { ...generous, ...limits } }) };
}

/** The failure that a promise ends with; any other end is an error of the test. */
export async function failureFrom(promise: Promise<unknown>): Promise<Failure> {
  return (await failureErrorFrom(promise)).failure;
}

export async function failureErrorFrom(promise: Promise<unknown>): Promise<FailureError> {
  const error: unknown = await promise.then(
    () => new Error("nothing was thrown"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof FailureError) return error;
  throw error;
}
