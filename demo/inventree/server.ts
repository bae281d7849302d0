import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { answerTo } from "./answer.ts";
import { type Costs, startWork, type Work, workMs } from "./costs.ts";
import { createFaults, type Fault, type Faults } from "./faults.ts";
import { Refusal } from "./refusal.ts";
import { AREAS, type Roles } from "./route.ts";
import type { Tables } from "./tables.ts";
import { type Database, warehouseOf } from "./warehouse.ts";

export interface EmbeddedOptions {
  readonly tables: Tables;
  /** 0 or absent: any free one. */
  readonly port?: number;
  readonly token?: string;
  /** What the token may do; absent: look at everything. */
  readonly roles?: Roles;
  /** Further tokens, and what each of them may do. */
  readonly tokens?: Readonly<Record<string, Roles>>;
  readonly apiVersion?: number;
  /** How long every answer takes at least, by path and query if it is a function. */
  readonly latencyMs?: number | ((pathAndQuery: string) => number);
  /** Answers take as long as a real server works on them; absent: nothing. */
  readonly costs?: Costs;
  /** Called with each request once it is answered. */
  readonly onRequest?: (request: RequestRecord) => void;
}

export interface RequestRecord {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** 0 where the connection was closed instead. */
  readonly status: number;
}

/** An InvenTree server inside this process, on 127.0.0.1. */
export interface EmbeddedInventree {
  /** Without `/api` and without a trailing slash. */
  readonly url: string;
  readonly token: string;
  /** The facts as they are now. */
  readonly tables: () => Tables;
  /** Replaces the facts; the next request sees the new ones. */
  readonly change: (next: (tables: Tables) => Tables) => void;
  /** The latest requests (10,000 at most), oldest first. */
  readonly requests: () => readonly RequestRecord[];
  readonly forgetRequests: () => void;
  readonly faults: Faults;
  readonly close: () => Promise<void>;
}

/** Starts a server that answers as InvenTree does, over the given facts. Rejects if the port is taken. */
export async function startInventree(options: EmbeddedOptions): Promise<EmbeddedInventree> {
  let warehouse = warehouseOf(options.tables);
  const token = options.token ?? "inv-embedded-token";
  const settings: Settings = {
    tokens: new Map([
      ...Object.entries(options.tokens ?? {}),
      [token, options.roles ?? Object.fromEntries(AREAS.map((area) => [area, ["view"]]))],
    ]),
    apiVersion: options.apiVersion ?? 530,
    latencyMs: options.latencyMs ?? 0,
    factor: options.costs?.factor ?? 0,
    work: startWork(options.costs),
  };
  const records: RequestRecord[] = [];
  const book = createFaults();

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "/";
    const fault = book.next(path);
    const keep = (tables: Tables) => {
      warehouse = warehouseOf(tables);
    };
    // What was added while the body came in counts.
    const status = await reply({ request, response, fault, settings, database: () => warehouse, keep });
    const record = { method: request.method ?? "GET", path, status };
    records.push(record);
    if (records.length > MOST_RECORDS) records.shift();
    options.onRequest?.(record);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(asError(error)));
  });
  server.keepAliveTimeout = 60_000;
  const port = await listening(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    tables: () => warehouse.tables,
    change: (next) => {
      warehouse = warehouseOf(next(warehouse.tables));
    },
    requests: () => [...records],
    forgetRequests: () => {
      records.length = 0;
    },
    faults: book.faults,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

const MOST_RECORDS = 10_000;
const MOST_BODY_BYTES = 1_000_000;
/** Who answers these is not InvenTree but something in front of it: its header is missing. */
const PROXY_STATUS = new Set([502, 503, 504]);

interface Settings {
  readonly tokens: ReadonlyMap<string, Roles>;
  readonly apiVersion: number;
  readonly latencyMs: number | ((pathAndQuery: string) => number);
  /** How many times the measured work; 0: answers cost nothing. */
  readonly factor: number;
  readonly work: Work;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fault: Fault | undefined;
  readonly database: () => Database;
  /** Takes the facts with a row that was added. */
  readonly keep: (tables: Tables) => void;
  readonly settings: Settings;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

async function reply(exchange: Exchange): Promise<number> {
  const { request, response, fault, database, keep, settings } = exchange;
  const path = request.url ?? "/";
  const { latencyMs } = settings;
  const wait = typeof latencyMs === "number" ? latencyMs : latencyMs(path);
  const delay = wait + (fault?.kind === "delay" ? fault.milliseconds : 0);
  const body = await bodyOf(request);
  if (delay > 0) await waited(delay, response);
  if (response.destroyed) return 0;
  if (fault?.kind === "drop") {
    request.socket.destroy();
    return 0;
  }
  const answer =
    fault?.kind === "answer"
      ? faulty(fault, settings)
      : await settings.work(() => worked(() => right(request, { body, database, keep, settings }), exchange));
  if (response.destroyed) return 0;
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, "content-length": String(bytes.length) });
  if (fault?.kind === "cut") {
    response.write(bytes.subarray(0, fault.bytes), () => request.socket.destroy());
    return 0;
  }
  response.end(request.method === "HEAD" ? undefined : bytes);
  return answer.status;
}

/** The answer, after as long as a real server would have worked on it; what this one takes itself is part of that. */
async function worked(make: () => Answer, { request, response, settings }: Exchange): Promise<Answer> {
  if (settings.factor === 0) return make();
  const began = performance.now();
  const answer = make();
  const ms = settings.factor * workMs(request.url ?? "/", answer.body) - (performance.now() - began);
  if (ms > 0) await waited(ms, response);
  return answer;
}

/** Waits, but not longer than somebody is there to be answered. */
async function waited(milliseconds: number, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  await sleep(milliseconds, undefined, { signal: gone.signal }).catch((error: unknown) => {
    if (!gone.signal.aborted) throw error;
  });
}

interface Circumstances extends Pick<Exchange, "database" | "keep" | "settings"> {
  readonly body: string;
}

function right(request: IncomingMessage, { body, database, keep, settings }: Circumstances): Answer {
  const address = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  if (address.pathname !== "/api" && !address.pathname.startsWith("/api/")) return webPage(settings);
  const headers = apiHeaders(settings);
  try {
    const incoming = { method: request.method ?? "GET", address, headers: request.headers, body };
    const answered = answerTo(incoming, { ...settings, warehouse: database() });
    if (answered.tables !== undefined) keep(answered.tables);
    return { status: answered.status, headers, body: JSON.stringify(answered.body) };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : brokenServer(error, address.pathname);
    return { status: refusal.status, headers: { ...headers, ...refusal.headers }, body: JSON.stringify(refusal.body) };
  }
}

/** A fault of this server itself: 500s are JSON too. */
function brokenServer(error: unknown, path: string): Refusal {
  const { name, message } = asError(error);
  return new Refusal(500, { error: name, error_class: name, detail: message, path, status_code: 500 });
}

function faulty(fault: Extract<Fault, { readonly kind: "answer" }>, settings: Settings): Answer {
  const { status, body = { detail: "Injected fault" } } = fault;
  const headers = PROXY_STATUS.has(status) ? {} : apiHeaders(settings);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/html" : "application/json";
  return { status, headers: { ...headers, "content-type": type, ...fault.headers }, body: text };
}

function apiHeaders({ apiVersion }: Settings): Record<string, string> {
  return { "content-type": "application/json", "x-inventree-api": String(apiVersion) };
}

/** The web interface is not part of this; a link from a mail leads to a page that explains it. */
function webPage(settings: Settings): Answer {
  const body = `<!doctype html><html lang="en"><title>InvenTree</title><p>Embedded InvenTree: only its API is here.</p></html>`;
  return { status: 200, headers: { ...apiHeaders(settings), "content-type": "text/html; charset=utf-8" }, body };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= MOST_BODY_BYTES) chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function listening(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
