import { calculate } from "../../src/core/calculation/calculate.ts";
import type { Snapshot } from "../../src/core/calculation/snapshot.ts";
import { DEFAULT_POLICY, type ListEntry } from "../../src/core/monitor.ts";
import { type DeepSize, deepSnapshot } from "./deep-snapshot.ts";
import { inWords, markdownTable, median, timed, verdict } from "./table.ts";

const SIZE: DeepSize = { parts: 10_000, bomLines: 100_000, levels: 12 };
const AIM_MS = 150;
const RUNS = 7;
/** A run checks many lists: by then the code is compiled. The first time is told, too. */
const WARM_UP = 5;

/** How long the calculation takes on catalogues of growing size, and what can-build adds for each assembly listed. */
export async function benchCalculation(): Promise<string> {
  const rows: (string | number)[][] = [];
  let first = Number.NaN;
  for (const times of [1, 2, 4]) {
    const size = { ...SIZE, parts: SIZE.parts * times, bomLines: SIZE.bomLines * times };
    const snapshot = deepSnapshot(size);
    const one = await measure(snapshot, listOf(1));
    const eleven = await measure(snapshot, listOf(11));
    if (times === 1) first = one.ms;
    rows.push([
      `${times}×: ${size.parts} / ${size.bomLines} / ${size.levels}`,
      one.lines,
      inWords(one.coldMs),
      inWords(one.ms),
      inWords(eleven.ms),
      inWords((eleven.ms - one.ms) / 10),
    ]);
  }
  return [
    "## Calculation",
    markdownTable(
      [
        "parts / BOM lines / levels",
        "lines of the report",
        "first time",
        "one assembly",
        "eleven assemblies",
        "each further one",
      ],
      rows,
    ),
    verdict(`calculate, one assembly, 1×, median of ${RUNS}`, { value: first, aim: AIM_MS, unit: "ms" }),
  ].join("\n\n");
}

interface Measured {
  /** Also makes the index of the snapshot, which all lists of a run share. */
  readonly coldMs: number;
  readonly ms: number;
  readonly lines: number;
}

async function measure(snapshot: Snapshot, parts: readonly ListEntry[]): Promise<Measured> {
  // A fresh object: nothing is remembered of it.
  const fresh = { ...snapshot };
  const once = () => calculate({ parts, watch: [], policy: DEFAULT_POLICY, snapshot: fresh, today: "2026-11-20" });
  const cold = await timed(once);
  for (let run = 0; run < WARM_UP; run++) once();
  const all: number[] = [];
  for (let run = 0; run < RUNS; run++) all.push((await timed(once)).ms);
  return { coldMs: cold.ms, ms: median(all), lines: cold.result.lines.length };
}

function listOf(assemblies: number): readonly ListEntry[] {
  return Array.from({ length: assemblies }, (_, index) => ({ pk: index + 1, quantity: 1_000 }));
}
