// A server in front of one that is well: what it passes on can be made wrong in every way in which an answer can be.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { createServer as createPlainServer } from "node:net";

export interface Asked {
  readonly method: string;
  /** As it came in. */
  readonly body: string;
  /** With its query. */
  readonly path: string;
  /** The so-manieth request of this path, from 1. */
  readonly times: number;
  readonly headers: IncomingMessage["headers"];
  /** The right answer, parsed. */
  readonly right: () => Promise<unknown>;
}

export type Reply =
  | {
      readonly status?: number;
      /** An empty value takes a header away. */
      readonly headers?: Readonly<Record<string, string>>;
      /** Text and bytes go out as they are, anything else as JSON. */
      readonly body?: unknown;
    }
  /** Nothing comes; the connection is reset; a part of the answer comes, and then nothing, or the end. */
  | "silence"
  | "reset"
  | "close"
  | "half and silence"
  | "half and reset"
  | "half and close"
  /** Bytes that are no answer. */
  | { readonly bytes: string };

/** undefined: the right answer. */
export type Misanswer = (asked: Asked) => Reply | undefined | Promise<Reply | undefined>;

export interface Front extends AsyncDisposable {
  readonly url: string;
  readonly asked: () => number;
}

/** Starts one on a free port. */
export async function startFront(behind: string, misanswer: Misanswer): Promise<Front> {
  const seen = new Map<string, number>();
  const sockets = new Set<Socket>();
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    serve(request, response).catch(() => response.destroy());
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const { headers, method = "GET", url: path = "/" } = request;
    const times = (seen.get(path) ?? 0) + 1;
    seen.set(path, times);
    const ask = () => {
      const passedOn = { authorization: headers.authorization ?? "", "content-type": "application/json" };
      return fetch(behind + path, { method, headers: passedOn, ...(body === "" ? {} : { body }) });
    };
    const right = async (): Promise<unknown> => (await ask()).json();
    const reply = await misanswer({ method, path, body, times, headers, right });
    if (reply === undefined) {
      const answer = await ask();
      return send(response, { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) });
    }
    if (typeof reply === "string") return fail(response, reply);
    if ("bytes" in reply) return void response.socket?.end(reply.bytes);
    send(response, reply);
  }
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked: () => asked,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What listens there and says this at once, whatever it is asked; undefined: it hangs up. */
export async function startStranger(says: string | undefined): Promise<Front> {
  const sockets = new Set<Socket>();
  let asked = 0;
  const server = createPlainServer((socket) => {
    asked += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    if (says === undefined) socket.destroy();
    else socket.write(says);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked: () => asked,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const HEADERS = { "content-type": "application/json", "x-inventree-api": "530" };

function send(response: ServerResponse, reply: Extract<Reply, { status?: number }>): void {
  const { status = 200, headers, body = {} } = reply;
  const all = Object.entries({ ...HEADERS, ...headers }).filter(([, value]) => value !== "");
  response.writeHead(status, Object.fromEntries(all));
  response.end(typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}

function fail(response: ServerResponse, how: Extract<Reply, string>): void {
  const { socket } = response;
  if (how === "silence") return;
  if (how === "reset") return void socket?.resetAndDestroy();
  if (how === "close") return void socket?.destroy();
  response.writeHead(200, { ...HEADERS, "content-length": "1000" });
  response.write('{"count": 3, "resu', () => {
    if (how === "half and reset") socket?.resetAndDestroy();
    if (how === "half and close") socket?.destroy();
  });
}
