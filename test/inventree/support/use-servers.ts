import { afterEach } from "vitest";
import type { ClientLimits } from "../../../src/inventree/budget.ts";
import { type Bench, bench } from "./client.ts";
import { type Answer, startServer, type TestServer } from "./server.ts";

interface Closable {
  readonly close: () => Promise<void>;
}

export interface Servers {
  /** A server with that answer, and a client for it. */
  readonly serve: (answer: Answer, limits?: Partial<ClientLimits>) => Promise<Bench & { readonly server: TestServer }>;
  /** Closes these after the test, in this order. */
  readonly keep: (...things: readonly Closable[]) => void;
}

/** Servers and clients that end with the test that made them; to be called once in a test file. */
export function useServers(): Servers {
  const open: Closable[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  return {
    keep: (...things) => {
      open.push(...things);
    },
    serve: async (answer, limits) => {
      const server = await startServer(answer);
      const tools = bench(server.url, limits);
      open.push(tools.client, server);
      return { ...tools, server };
    },
  };
}
