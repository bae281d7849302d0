import { createHash } from "node:crypto";

/** One of `count` parts of all monitors, which runs of their own check; `index` begins at 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** GitHub starts at most so many jobs of a matrix. */
export const MOST_SHARDS = 256;

/**
 * The shard (from 1) of a monitor: the first 32 bits of its id's SHA-256, modulo the number of shards. It
 * depends on nothing else, so a monitor stays in its shard whatever happens to the others.
 */
export function shardOf(id: string, count: number): number {
  const digest = createHash("sha256").update(id, "utf8").digest();
  return (digest.readUInt32BE(0) % count) + 1;
}

/** `2/4` as a shard; undefined if it is none. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^([1-9][0-9]{0,2})\/([1-9][0-9]{0,2})$/.exec(text.trim()) ?? [];
  if (index === undefined || count === undefined) return undefined;
  const shard = { index: Number(index), count: Number(count) };
  return shard.index <= shard.count && shard.count <= MOST_SHARDS ? shard : undefined;
}

/** All shards of so many, as `--shard` takes them. */
export function shardTexts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${at + 1}/${count}`);
}
