import pLimit from "p-limit";
import type { Dispatcher } from "undici";
import { FailureError } from "../core/failure.ts";
import type { Clock, Log, RequestCost } from "../core/ports.ts";
import { defined } from "../core/records.ts";
import { type Routes, STRAIGHT } from "../core/settings/proxy.ts";
import { unlessAborted } from "../core/unless-aborted.ts";
import { header, mistyped, type RawAnswer, readBody, understand } from "./answer.ts";
import { backoffMs, MAX_ATTEMPTS } from "./backoff.ts";
import { type ClientLimits, startBudget } from "./budget.ts";
import { apiVersionOf, checkApiVersion, checkToken, connectionFailure, maskOf, parseServerUrl } from "./connection.ts";
import { type Failed, isTooHeavy, PageTooLarge, type RequestOutcome, toFailure } from "./errors.ts";

export interface ClientOptions {
  /** With or without `/api/`. */
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: ClientLimits;
  /** By which proxy it is asked; absent: by none. */
  readonly routes?: Routes;
}

export type Query = Readonly<Record<string, string | number | boolean>>;

interface GetOptions {
  /** Ends the request, its waits and retries; what was given to `abort` is thrown. */
  readonly signal?: AbortSignal;
  /** What is wrong with the shape of the answer, in words; then it is requested again. */
  readonly complaint?: (body: unknown) => string | undefined;
  /** true: the caller can ask for less. Then TooHeavy is thrown as soon as asking again for the same makes no sense. */
  readonly divisible?: boolean;
  /** Called with the milliseconds that the server took to answer; not for refusals. */
  readonly onAnswer?: (ms: number) => void;
  /** true: nothing else waits for this answer. Such requests leave half of the connections to those that others wait for. */
  readonly canWait?: boolean;
}

export interface Client {
  /** Origin and folder of the server without a trailing slash, for links. */
  readonly serverUrl: string;
  readonly pageSize: number;
  readonly maxConcurrency: number;
  /** Asks for `/api/part/` and the like and returns the parsed JSON. Throws FailureError (kind inventree). */
  readonly get: (path: string, query?: Query, options?: GetOptions) => Promise<unknown>;
  /** As the server says; asks only if no answer said it yet. Throws FailureError if it is too old. */
  readonly apiVersion: () => Promise<number>;
  readonly spent: () => RequestCost;
  /** Ends all connections. */
  readonly close: () => Promise<void>;
}

const MAX_REDIRECTS = 5;

/** A client for one InvenTree server. Reads only. Throws FailureError (kind config) if address or token cannot be right. */
export function createClient(options: ClientOptions): Client {
  const { clock, limits } = options;
  const server = parseServerUrl(options.url);
  const token = checkToken(options.token);
  const log = options.log.with({ step: "inventree" });
  const budget = startBudget(clock, limits);
  const slots = pLimit(limits.maxConcurrency);
  const aside = pLimit(Math.ceil(limits.maxConcurrency / 2));
  const route = (options.routes ?? STRAIGHT)(server.url);
  let pool: Promise<Dispatcher> | undefined;
  const mask = maskOf(token);
  let version: number | undefined;
  let asked: Promise<number> | undefined;

  async function connected(): Promise<Dispatcher> {
    const { openPool } = await import("./pool.ts");
    const limit = { connections: limits.maxConcurrency, connectMs: limits.requestTimeoutMs };
    return openPool(server.origin, { ...limit, proxy: route.proxy });
  }

  async function get(path: string, query: Query = {}, more: GetOptions = {}): Promise<unknown> {
    const inTurn = () => slots(() => ask({ path, search: toSearch(query) }, more));
    const body = await (more.canWait === true ? aside(inTurn) : inTurn());
    await apiVersion();
    return body;
  }

  async function apiVersion(): Promise<number> {
    if (version !== undefined) return version;
    // A proxy may strip the header: then ask /api/, once.
    asked ??= slots(() => ask({ path: "/api/", search: "" }, {})).then(apiVersionOf);
    version ??= await asked;
    return version;
  }

  async function ask(target: Target, more: GetOptions): Promise<unknown> {
    const request = `[GET] ${mask(target.path + target.search)}`;
    for (let attempt = 1; ; attempt++) {
      more.signal?.throwIfAborted();
      const outcome = complain(await follow(target, more), more.complaint);
      if (outcome.kind === "answer") return outcome.body;
      const failed = { ...outcome, cause: mask(outcome.cause), error: withoutSecrets(outcome.error, mask) };
      if (more.divisible === true && isTooHeavy(failed, attempt)) throw new PageTooLarge(failed.cause);
      const wait = waitOf(failed, attempt);
      if (wait.kind === "give-up") throw toFailure({ ...failed, cause: failed.cause + wait.why }, request, attempt);
      budget.countRetry();
      log.info(`${request} failed, trying again`, { attempt, cause: failed.cause, wait_ms: wait.ms });
      await unlessAborted(clock.sleep(wait.ms), more.signal);
    }
  }

  function waitOf(failed: Failed, attempt: number): { kind: "wait"; ms: number } | { kind: "give-up"; why: string } {
    if (!failed.again || attempt >= MAX_ATTEMPTS) return { kind: "give-up", why: "" };
    const ms = backoffMs({ attempt, retryAfterMs: failed.retryAfterMs, random: clock.random() });
    if (ms < budget.remainingMs()) return { kind: "wait", ms };
    const wait = `${Math.ceil(ms / 1000)} s`;
    return { kind: "give-up", why: `; the next attempt in ${wait} would be after the time budget of ${budget.words}` };
  }

  /** One attempt, with the redirects that stay on the server. */
  async function follow(target: Target, more: GetOptions): Promise<Exclude<RequestOutcome, { kind: "redirect" }>> {
    let at = server.folder + target.path + target.search;
    for (let step = 0; step <= MAX_REDIRECTS; step++) {
      const outcome = await send({ ...target, at }, more);
      if (outcome.kind !== "redirect") return outcome;
      const next = URL.parse(outcome.location, server.origin + at);
      if (next === null || next.origin !== server.origin)
        return elsewhere(outcome.status, { to: next, path: target.path });
      at = next.pathname + next.search;
    }
    return refused(`redirected more than ${MAX_REDIRECTS} times: is INVENTREE_URL right?`);
  }

  async function send(
    target: Target & { readonly at: string },
    { signal, onAnswer }: GetOptions,
  ): Promise<RequestOutcome> {
    const timeoutMs = Math.min(
      limits.requestTimeoutMs,
      budget.countRequest(`[GET] ${mask(target.path + target.search)}`),
    );
    pool ??= connected();
    const connections = await pool;
    const started = clock.now().getTime();
    const timeout = AbortSignal.timeout(Math.ceil(timeoutMs));
    try {
      const response = await connections.request({
        origin: server.origin,
        path: target.at,
        method: "GET",
        headers: {
          authorization: `Token ${token}`,
          accept: "application/json",
          "accept-encoding": "gzip",
          "user-agent": "partwatch",
        },
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      const answer = { status: response.statusCode, headers: response.headers, body: await readBody(response.body) };
      const ms = note(target, answer, started);
      if (answer.status < 300) onAnswer?.(ms);
      const outcome = await understand(answer, { path: target.path, now: clock.now(), mask });
      const isProxys = outcome.kind === "failed" && (answer.status === 407 || answer.status >= 500);
      return isProxys ? { ...outcome, cause: outcome.cause + route.words } : outcome;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof FailureError) throw error;
      const failed = connectionFailure(error, timeoutMs);
      budget.countAnswer(0, clock.now().getTime() - started);
      log.debug("request without an answer", { ...pathOf(target), ms: clock.now().getTime() - started });
      if (failed === undefined) throw error;
      return { ...failed, cause: failed.cause + route.words };
    }
  }

  /** Counts and logs an answer, and refuses a server that is too old, whatever it said. Returns how long it took. */
  function note(target: Target, answer: RawAnswer, started: number): number {
    const ms = clock.now().getTime() - started;
    const bytes = answer.body.length;
    budget.countAnswer(bytes, ms);
    log.debug("request", { ...pathOf(target), status: answer.status, ms, bytes });
    version = checkApiVersion(header(answer, "x-inventree-api")) ?? version;
    return ms;
  }

  function pathOf(target: Target): { method: string; path: string } {
    return { method: "GET", path: mask(target.path + target.search) };
  }

  return {
    serverUrl: server.url,
    pageSize: Math.min(500, limits.pageSize),
    maxConcurrency: limits.maxConcurrency,
    get,
    apiVersion,
    spent: budget.spent,
    close: async () => (await pool)?.destroy(),
  };
}

interface Target {
  readonly path: string;
  readonly search: string;
}

function toSearch(query: Query): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) pairs.append(name, String(value));
  return pairs.size === 0 ? "" : `?${pairs}`;
}

function complain(
  outcome: Exclude<RequestOutcome, { kind: "redirect" }>,
  complaint: GetOptions["complaint"],
): typeof outcome {
  if (outcome.kind !== "answer") return outcome;
  const wrong = complaint?.(outcome.body);
  return wrong === undefined ? outcome : mistyped(200, wrong);
}

/** `path`: what was asked for. Where a redirect leads to the same there, what stands before it is the server's address. */
function elsewhere(status: number, { to, path }: { readonly to: URL | null; readonly path: string }): Failed {
  const folder = to?.pathname.endsWith(path) === true ? to.pathname.slice(0, -path.length) : "";
  // Of what is no web address there is no origin.
  const where =
    to === null ? "an address that is none" : to.origin === "null" ? `a ${to.protocol} address` : to.origin + folder;
  return refused(`${status}: redirects to ${where}; the token goes to no other server: correct INVENTREE_URL`, status);
}

function refused(cause: string, status?: number): Failed {
  return { kind: "failed", cause, incident: "refused", again: false, ...defined({ status }) };
}

/** What a server sent may hang on an error of the parser: only the words are kept, masked. */
function withoutSecrets(error: unknown, mask: (text: string) => string): Error | undefined {
  return error instanceof Error ? new Error(mask(`${error.name}: ${error.message}`)) : undefined;
}
