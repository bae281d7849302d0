// Between node:http and the Fetch API that the routes are written in: loopback only, small bodies, answers as streams.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { own } from "../core/records.ts";
import type { AccessDecision, GuardedRequest } from "./guard.ts";

/** A list of 10,000 parts is a form of some 5 MiB. */
const LARGEST_BODY = 16 * 1024 * 1024;

const TOO_MUCH =
  "This form is larger than 16 MiB, and nothing of it was taken. Change the file in monitors/ with an editor, and look at it with: partwatch validate\n";

export interface Listener {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export interface ListenOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Said of each request once the port is known. */
  readonly judge: (asked: GuardedRequest, port: number) => AccessDecision;
  readonly answer: (request: Request, judged: AccessDecision) => Response | Promise<Response>;
  /** A bug, or a connection that broke. */
  readonly onError: (error: unknown) => void;
}

/** Serves on 127.0.0.1. Rejects with the system's error where the port is taken. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const server = createServer((request, response) => {
    serve({ request, response, options, port: portOf(server) }).catch((error: unknown) => {
      options.onError(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port: options.port, host: "127.0.0.1" }, resolve);
  });
  return {
    port: portOf(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return address === null || typeof address === "string" ? 0 : address.port;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly options: ListenOptions;
  readonly port: number;
}

async function serve({ request, response, options, port }: Exchange): Promise<void> {
  const { method = "GET", url = "" } = request;
  const judged = options.judge({ method, path: url, header: (name) => headerOf(request, name) }, port);
  const isRefused = judged.kind === "refused";
  const body = method === "POST" && !isRefused ? await bodyOf(request) : undefined;
  if (body === null) return void response.writeHead(413, { connection: "close" }).end(TOO_MUCH);
  const cancelled = new AbortController();
  response.once("close", () => cancelled.abort());
  const answer = await options.answer(
    new Request(new URL(isRefused ? "/" : url, `http://127.0.0.1:${port}`), {
      method: isRefused ? "GET" : method,
      headers: plainHeaders(request),
      signal: cancelled.signal,
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    }),
    judged,
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body === null || method === "HEAD") return void response.end();
  // Whoever goes away in the middle of an answer does nothing wrong.
  await pipeline(Readable.fromWeb(answer.body), response).catch(() => {});
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = own(headers, name);
  return Array.isArray(value) ? value.join(", ") : value;
}

/** Those that the routes look at. */
function plainHeaders(request: IncomingMessage): Record<string, string> {
  const names = ["accept-language", "last-event-id", "content-type", "sec-fetch-dest"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headerOf(request, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** null: it is larger than anything that a form here says. It is read to its end: a browser shows an answer only then. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY) chunks.length = 0;
    else chunks.push(bytes);
  }
  return size > LARGEST_BODY ? null : Buffer.concat(chunks);
}
