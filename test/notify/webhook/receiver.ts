// A real web server that gets what webhooks send, and misbehaves when asked to.
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import { afterEach } from "vitest";
import { createWebhooks, type WebhookOptions } from "../../../src/notify/webhook/channel.ts";
import { quietWorld } from "../channel-fixture.ts";

export interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** The next requests are answered so, one after the other; then all is well again. */
  readonly behave: (...replies: readonly (Reply | "drop" | "silence" | "cut")[]) => void;
  readonly close: () => Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const replies: (Reply | "drop" | "silence" | "cut")[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url: path, headers } = request;
      received.push({ method, path, headers, body: Buffer.concat(chunks).toString("utf8") });
      const reply = replies.shift() ?? { status: 200, body: "ok" };
      if (reply === "drop") request.socket.destroy();
      else if (reply === "cut") {
        response.writeHead(200, { "content-length": "100" });
        response.write("o", () => request.socket.destroy());
      } else if (reply !== "silence") response.writeHead(reply.status, reply.headers).end(reply.body ?? "");
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    behave: (...next) => void replies.push(...next),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Receivers and webhooks of one test file; closed after each test. */
export function webhookBench() {
  const open: { readonly close: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  const keep = <T extends { readonly close: () => Promise<void> }>(one: T): T => {
    open.push(one);
    return one;
  };
  return {
    receiver: async () => keep(await startReceiver()),
    /** Webhooks whose variables have these values, with log and waits of what they do. */
    webhooks: (variables: Readonly<Record<string, string>>, options: Partial<WebhookOptions> = {}) => {
      const world = quietWorld();
      const variable = (name: string) => variables[name];
      return { ...world, ...keep(createWebhooks({ variable, clock: world.clock, ...options })) };
    },
  };
}
