import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type CatalogueSize, LARGE } from "./catalogue.ts";

/** A server in another process, whose answers take as long as one wants. */
export interface BenchServer {
  readonly url: string;
  readonly token: string;
  readonly setLatency: (milliseconds: number) => Promise<void>;
  /** Paths and queries since the last time it was asked this, in the order of the answers. */
  readonly requests: () => Promise<readonly string[]>;
  readonly close: () => void;
}

/**
 * Starts it with a catalogue of that size. `workers`: it works on its answers as long as a real one, on so many at once;
 * absent: they cost nothing. unsold: nobody supplies anything, and nothing is on order. priced: what suppliers offer has prices.
 */
export async function startBenchServer(
  { parts, bomLines }: CatalogueSize = LARGE,
  { workers = 0, kind = "usual" }: { readonly workers?: number; readonly kind?: "usual" | "unsold" | "priced" } = {},
): Promise<BenchServer> {
  const program = fileURLToPath(import.meta.resolve("./inventree-process.ts"));
  const child = fork(program, [String(parts), String(bomLines), String(workers), kind]);
  const next = () => new Promise<unknown>((resolve) => child.once("message", resolve));
  const url = await next();
  if (typeof url !== "string") throw new Error("the server did not say where it is");
  const ask = async (message: number | string): Promise<unknown> => {
    const answer = next();
    child.send(message);
    return await answer;
  };
  return {
    url,
    token: "inv-embedded-token",
    setLatency: async (milliseconds) => {
      await ask(milliseconds);
    },
    requests: async () => {
      const paths = await ask("requests");
      return Array.isArray(paths) ? paths.map(String) : [];
    },
    close: () => child.disconnect(),
  };
}
