import { createHash } from "node:crypto";

/** 128 bits, hex, another one at each call, and the same ones for the same seed. */
export function randomIdOf(seed: number): () => string {
  let calls = 0;
  return () => {
    calls += 1;
    return createHash("sha256").update(`${seed}.${calls}`).digest("hex").slice(0, 32);
  };
}
