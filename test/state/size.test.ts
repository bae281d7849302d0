// How large the branch gets, and how much a run writes, at 500 lists and five years.
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { EMPTY_DELTA } from "../../src/core/notification/merge.ts";
import { HISTORY_MOST, RECENT_MOST } from "../../src/core/notification/merge-history.ts";
import type { MonitorHistory, RunDelta, StateDelta } from "../../src/core/notification/state.ts";
import { stateFileChanges } from "../../src/state/files.ts";
import { prettyJson } from "../../src/state/json.ts";
import { touchedBy } from "../../src/state/paths.ts";
import { reportOf } from "../core/notification/report.ts";
import { deliveredDelta } from "./conformance.ts";

const LISTS = 500;
const DAY_MS = 86_400_000;
const END = Date.UTC(2031, 0, 15, 7);
const RUN_URL = "https://github.com/a-company-of-some-size/monitoring-lists/actions/runs/12345678901";
const ids = Array.from({ length: LISTS }, (_, index) => `assembly-line-${index}-main-board`);

/** The check of a list on a day, told of something else each week; the hash looks as a hash does. */
function check(id: string, day: number): RunDelta {
  const at = new Date(END + (day - 1825) * DAY_MS).toISOString();
  let seed = (Math.floor(day / 7) * 7919 + id.length * 31 + Number(/\d+/.exec(id)?.[0] ?? 0)) % 2_147_483_647;
  const digit = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return (seed % 16).toString(16);
  };
  const hash = Array.from({ length: 64 }, digit).join("");
  const counts = {
    short: day % 17,
    to_build: day % 5,
    critical: day % 11,
    low: day % 3,
    out: day % 2,
    coverage: day % 100,
  };
  return {
    name: `Main board of ${id}, the batch of this quarter`,
    file: `monitors/${id}.yaml`,
    next_at: new Date(END + DAY_MS).toISOString(),
    last_run: {
      scheduled_for: at,
      started_at: at,
      finished_at: new Date(Date.parse(at) + 4_321).toISOString(),
      outcome: "unchanged",
      run_url: RUN_URL,
    },
    point: { at, hash, ...counts },
  };
}

function historyOf(id: string): MonitorHistory {
  const checks = Array.from({ length: HISTORY_MOST }, (_, index) => check(id, 1825 - HISTORY_MOST + index));
  return {
    schema_version: 2,
    id,
    points: checks.flatMap(({ point }) => (point === undefined ? [] : [{ ...point, hash: point.hash.slice(0, 16) }])),
    recent: checks.slice(-RECENT_MOST).map(({ last_run: { started_at }, point }) => {
      const {
        at: _at,
        hash: _hash,
        ...counts
      } = point ?? { at: "", hash: "", short: 0, to_build: 0, critical: 0, coverage: 0 };
      return { at: started_at, outcome: "unchanged", ms: 4_321, counts };
    }),
  };
}

function filled(): Map<string, string> {
  const day = 1824;
  const delta: StateDelta = {
    ...EMPTY_DELTA,
    root: ".",
    monitors: Object.fromEntries(
      ids.map((id) => [
        id,
        {
          ...deliveredDelta(id).monitors[id],
          name: `Main board of ${id}`,
          delivered: {},
          report: reportOf({ short: { 4: 5 } }),
        },
      ]),
    ),
    runs: Object.fromEntries(ids.map((id) => [id, check(id, day)])),
  };
  const texts = new Map(
    [...stateFileChanges(new Map(), delta).changes].flatMap(([path, text]) =>
      text === null ? [] : [[path, text] as const],
    ),
  );
  for (const id of ids) texts.set(`history/${id}.json`, prettyJson(historyOf(id)));
  return texts;
}

/** What git stores of these files: each deflated. */
function stored(texts: Iterable<string | null>): number {
  return [...texts].reduce((sum, text) => sum + (text === null ? 0 : deflateSync(text).length), 0);
}

/** The folders that change with them: a name, a mode and an id for each file. */
function trees(paths: readonly string[]): number {
  const folders = new Set(paths.flatMap((path) => (path.includes("/") ? [path.split("/")[0]] : [])));
  return (folders.size + 1) * 200 + [...folders].length * LISTS * 45;
}

describe("at 500 lists and five years", () => {
  const texts = filled();

  it("no file passes 2 MB", () => {
    const largest = [...texts]
      .map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) }))
      .sort((a, b) => b.bytes - a.bytes);
    expect(largest[0]?.bytes).toBeLessThan(2_000_000);
  });

  it.each([1, 5, 20])(
    "a run that finds nothing changed in the %i lists that are due writes less than 200 kB",
    (count) => {
      const runs = Object.fromEntries(ids.slice(0, count).map((id) => [id, check(id, 1825)]));
      const delta = { ...EMPTY_DELTA, runs, root: "." };
      const isWanted = touchedBy(delta)(texts.get("runs.json"));
      const { changes } = stateFileChanges(new Map([...texts].filter(([path]) => isWanted(path))), delta);
      expect(changes.size).toBe(count + 3);
      expect(stored(changes.values()) + trees([...changes.keys()])).toBeLessThan(200_000);
    },
  );
});
