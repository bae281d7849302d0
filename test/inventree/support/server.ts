import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as the server saw it. */
export interface Seen {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
}

export type Reply =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  /** Sends a part of a body and breaks the connection; or never answers. */
  | { readonly fault: "reset" | "reset-in-body" | "silence" };

export interface TestServer {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Most requests that were being answered at the same time. */
  readonly mostAtOnce: () => number;
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

export type Answer = (request: Seen, number: number) => Reply | Promise<Reply>;

/** A real HTTP server on a free port; texts are sent as they are, anything else as JSON, with API version 530. */
export async function startServer(answer: Answer): Promise<TestServer> {
  const seen: Seen[] = [];
  let now = 0;
  let most = 0;
  let connections = 0;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const one: Seen = { path: url.pathname, query: url.searchParams, headers: request.headers };
    seen.push(one);
    most = Math.max(most, ++now);
    const reply = await answer(one, seen.length);
    now -= 1;
    send(response, reply);
  });
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    seen,
    mostAtOnce: () => most,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, reply: Reply): void {
  if ("fault" in reply) {
    if (reply.fault === "silence") return;
    if (reply.fault === "reset-in-body") {
      response.writeHead(200, { "content-type": "application/json", "x-inventree-api": "530" });
      response.write('{"count": 1, "resu');
    }
    setImmediate(() => response.socket?.resetAndDestroy());
    return;
  }
  const asIs = typeof reply.body === "string" || Buffer.isBuffer(reply.body);
  const headers = { "content-type": "application/json", "x-inventree-api": "530", ...reply.headers };
  response.writeHead(
    reply.status ?? 200,
    Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== "")),
  );
  response.end(asIs ? reply.body : JSON.stringify(reply.body ?? {}));
}

/** The port of a server that listens; throws if it does not. */
export function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
