import pLimit from "p-limit";
import { Pool } from "undici";
import { readFor } from "../../src/app/run/read.ts";
import type { BoughtParts } from "../../src/core/calculation/buying/to-order.ts";
import { calculate } from "../../src/core/calculation/calculate.ts";
import type { Snapshot } from "../../src/core/calculation/snapshot.ts";
import type { NeedSource, SnapshotRequest } from "../../src/core/calculation/snapshot-request.ts";
import { DEFAULT_POLICY } from "../../src/core/monitor.ts";
import { startPace } from "../../src/inventree/adaptive-concurrency.ts";
import { createClient } from "../../src/inventree/client.ts";
import { readOffers } from "../../src/inventree/offers.ts";
import { readSnapshot } from "../../src/inventree/snapshot.ts";
import { systemClock } from "../../src/system/clock.ts";
import { silentLog } from "../../src/system/log.ts";
import { type BenchServer, startBenchServer } from "./inventree.ts";
import { listOf } from "./lists.ts";
import { inWords, markdownTable, median, timed, verdict } from "./table.ts";

const MONITORS = [1, 20, 200, 1_000];
const LATENCIES_MS = [0, 20, 100];
const CONCURRENCY = 4;
const RUNS = 5;
/** So many requests of the per-part strategy are really made; the others are counted and take as long on average. */
const PER_PART_SAMPLE = 80;

/** Requests and wall time beside the same URLs with answers discarded, and beside one part at a time. */
export async function benchReading(): Promise<string> {
  const server = await startBenchServer();
  try {
    const rows: (string | number)[][] = [];
    const verdicts: string[] = [];
    for (const latencyMs of LATENCIES_MS) {
      await server.setLatency(latencyMs);
      for (const monitors of MONITORS) {
        const found = await measure(server, monitors);
        rows.push([
          `${latencyMs} ms`,
          monitors,
          found.requests,
          found.fewest,
          inWords(found.readMs),
          inWords(found.floorMs),
          (found.readMs / found.floorMs).toFixed(2),
          inWords(found.wholeMs),
          found.perPartRequests,
          inWords(found.perPartMs),
          `${(found.perPartMs / found.readMs).toFixed(0)} ×`,
        ]);
        verdicts.push(...judge(found, { latencyMs, monitors }));
      }
    }
    return [
      "## Reading, beside the floor and beside one part at a time",
      markdownTable(
        [
          "latency",
          "monitors",
          "requests",
          "sweeps alone",
          "read",
          "floor",
          "ratio",
          "read and calculated",
          "per part: requests",
          "per part: time",
          "faster",
        ],
        rows,
      ),
      verdicts.join("\n"),
    ].join("\n\n");
  } finally {
    server.close();
  }
}

interface Found {
  readonly requests: number;
  /** As many as reading everything in pages would take, without counts. */
  readonly fewest: number;
  readonly readMs: number;
  readonly floorMs: number;
  readonly wholeMs: number;
  readonly perPartRequests: number;
  readonly perPartMs: number;
}

function judge(found: Found, { latencyMs, monitors }: { readonly latencyMs: number; readonly monitors: number }) {
  const at = `${monitors} monitors at ${latencyMs} ms`;
  const ratio = found.readMs / found.floorMs;
  const slower = found.readMs / found.perPartMs;
  return [
    verdict(`${at}, time`, { value: ratio, aim: 1.15, unit: "× floor" }),
    verdict(`${at}, requests`, { value: found.requests, aim: found.fewest + 5, unit: "requests" }),
    ...(latencyMs === 20
      ? [verdict(`${at}, share of the per-part time`, { value: slower, aim: 0.05, unit: "×" })]
      : []),
  ];
}

async function measure(server: BenchServer, monitors: number): Promise<Found> {
  const lists = Array.from({ length: monitors }, (_, index) => listOf(index));
  const sources = lists.map((parts) => ({ parts, watch: [], policy: DEFAULT_POLICY, silences: [], timezone: "UTC" }));
  const read = () => readOnce(server, sources);
  await server.requests();
  const { snapshot } = await read();
  const urls = await server.requests();
  const reads: number[] = [];
  const floors: number[] = [];
  const wholes: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    const again = await read();
    reads.push(performance.now() - began);
    for (const parts of lists)
      calculate({ parts, watch: [], policy: DEFAULT_POLICY, snapshot: again.snapshot, today: "2026-11-20" });
    wholes.push(performance.now() - began);
    floors.push((await timed(() => fetchAll(server, urls))).ms);
  }
  const perPart = await timePerPart(
    server,
    partsReached(
      lists.flat().map((entry) => entry.pk ?? 0),
      snapshot,
    ),
  );
  return {
    requests: urls.length,
    fewest: Math.min(urls.length, pagesOfEverything(urls)),
    readMs: median(reads),
    floorMs: median(floors),
    wholeMs: median(wholes),
    perPartRequests: perPart.requests,
    perPartMs: perPart.ms,
  };
}

async function readOnce(
  { url, token }: BenchServer,
  sources: readonly (NeedSource & { readonly timezone: string })[],
): Promise<{ snapshot: Snapshot; bytes: number }> {
  const client = createClient({
    url,
    token,
    clock: systemClock,
    log: silentLog,
    limits: {
      maxConcurrency: CONCURRENCY,
      maxRequests: 2_000,
      requestTimeoutMs: 60_000,
      timeBudgetMs: 300_000,
      pageSize: 500,
    },
  });
  const world = { client, log: silentLog, clock: systemClock };
  const inventree = {
    url,
    read: (need: SnapshotRequest) => readSnapshot({ ...world, need }),
    readOffers: (parts: BoughtParts) => readOffers({ ...world, parts }),
    spent: client.spent,
  };
  const snapshot = await readFor(sources, { inventree, now: new Date("2026-11-20T08:00:00Z") });
  const { bytes } = client.spent();
  await client.close();
  return { snapshot, bytes };
}

/**
 * The floor: each URL once, at the concurrency that Partwatch keeps (pages of large lists begin with two in flight, pace.ts),
 * none waiting for another one's answer, nothing done with the answers.
 */
async function fetchAll({ url, token }: BenchServer, paths: readonly string[]): Promise<void> {
  const pool = new Pool(url, { connections: CONCURRENCY, pipelining: 1 });
  const slots = pLimit(CONCURRENCY);
  const pace = startPace(CONCURRENCY);
  const headers = { authorization: `Token ${token}`, accept: "application/json" };
  const fetchOne = async (path: string) => {
    const began = performance.now();
    const { body } = await pool.request({ path, method: "GET", headers });
    for await (const _ of body) {
      // discarded
    }
    pace.answered(path.replace(/offset=\d+/, ""), performance.now() - began);
  };
  await Promise.all(
    paths.map((path) => {
      const once = () => slots(() => fetchOne(path));
      return /offset=[1-9]/.test(path) ? pace.run(once) : once();
    }),
  );
  await pool.close();
}

/** Pages of parts, BOM lines and order lines, and the currency: what no plan for everything can avoid. */
function pagesOfEverything(urls: readonly string[]): number {
  const others = urls.filter((path) => !/^\/api\/(part|bom)\//.test(path)).length;
  return 10 + 40 + others;
}

/** The strategy of other tools: part, requirements, BOM and supplier parts of each part, one request at a time. */
async function timePerPart(server: BenchServer, parts: readonly number[]) {
  const paths = parts.flatMap((pk) => [
    `/api/part/${pk}/`,
    `/api/part/${pk}/requirements/`,
    `/api/bom/?part=${pk}`,
    `/api/company/part/?part=${pk}`,
  ]);
  const sample = paths.slice(0, PER_PART_SAMPLE);
  const headers = { authorization: `Token ${server.token}`, accept: "application/json" };
  const pool = new Pool(server.url, { connections: 1, pipelining: 1 });
  const { ms } = await timed(async () => {
    for (const path of sample) {
      const { body } = await pool.request({ path, method: "GET", headers });
      await body.json();
    }
  });
  await pool.close();
  return { requests: paths.length, ms: (ms / sample.length) * paths.length };
}

/** Each part behind the lists once: such tools remember what they have seen. */
function partsReached(roots: readonly number[], snapshot: Snapshot): readonly number[] {
  const found = new Set(roots);
  for (const pk of found) for (const line of snapshot.bomLines.get(pk) ?? []) found.add(line.subPart);
  return [...found];
}
