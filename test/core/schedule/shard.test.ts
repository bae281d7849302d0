import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isInScope, isLeader } from "../../../src/core/settings/scope.ts";
import { parseShard, shardOf, shardTexts } from "../../../src/core/settings/shard.ts";
import { cases } from "../../support/cases.ts";

const ids = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,63}$/);
const lists = fc.uniqueArray(fc.record({ id: ids, instance: fc.constantFrom("berlin", "default", "munich") }), {
  selector: ({ id }) => id,
  maxLength: 40,
});

/** Every run of a matrix over these shards, with or without servers. */
function matrix(count: number, perServer: boolean) {
  const shards = Array.from({ length: count }, (_, at) => ({ index: at + 1, count }));
  const labels = ["berlin", "default", "munich"];
  return perServer
    ? labels.flatMap((instance) => shards.map((shard) => ({ instance, shard })))
    : shards.map((shard) => ({ shard }));
}

describe("every monitor", () => {
  it("is seen to by exactly one of the runs that share them", () => {
    const law = fc.property(lists, fc.integer({ min: 1, max: 256 }), fc.boolean(), (monitors, count, perServer) => {
      const runs = matrix(count, perServer);
      for (const monitor of monitors) expect(runs.filter((run) => isInScope(monitor, run))).toHaveLength(1);
    });
    fc.assert(law, cases(60));
  });

  it.each([
    ["sensor-board", 2, 1],
    ["sensor-board", 4, 3],
    ["sensor-board", 64, 31],
    ["cables", 4, 2],
    ["board", 64, 52],
    ["5d7c1c1e-0000-4000-8000-000000000000", 64, 18],
  ])("stays in its shard for good: %s of %i is in %i", (id, count, index) => {
    expect(shardOf(id, count)).toBe(index);
  });

  it("is in a shard of about the same size as the others", () => {
    const sizes = new Map<number, number>();
    for (let at = 0; at < 4_000; at += 1) {
      const shard = shardOf(`list-${at}`, 8);
      sizes.set(shard, (sizes.get(shard) ?? 0) + 1);
    }
    expect([...sizes.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const size of sizes.values()) expect(Math.abs(size - 500)).toBeLessThan(100);
  });
});

describe("of the runs that share monitors", () => {
  it("exactly one speaks of what all of them see", () => {
    const law = fc.property(
      lists.filter((monitors) => monitors.length > 0),
      fc.integer({ min: 1, max: 16 }),
      fc.boolean(),
      (monitors, count, perServer) => {
        const speakers = matrix(count, perServer).filter((run) => isLeader(run, monitors));
        expect(speakers).toHaveLength(1);
        expect(monitors.some((monitor) => speakers.every((run) => isInScope(monitor, run)))).toBe(true);
      },
    );
    fc.assert(law, cases(100));
  });

  it("each speaks where none has a monitor, and one that is alone always does", () => {
    expect(matrix(3, true).every((run) => isLeader(run, []))).toBe(true);
    expect(isLeader({}, [{ id: "a", instance: "berlin" }])).toBe(true);
  });
});

describe("a shard", () => {
  it("is written as i/n", () => {
    expect(parseShard("2/4")).toEqual({ index: 2, count: 4 });
    expect(shardTexts(3).map(parseShard)).toEqual([1, 2, 3].map((index) => ({ index, count: 3 })));
  });

  it.each(["0/4", "5/4", "1/0", "1", "1/257", "a/b", "1/2/3", "-1/2", "1.5/2", ""])("is not written as %j", (text) => {
    expect(parseShard(text)).toBeUndefined();
  });
});
