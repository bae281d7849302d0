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
import { type CatalogueSize, LARGE, SMALL } from "./catalogue.ts";
import { type BenchServer, startBenchServer } from "./inventree.ts";
import { listOf } from "./lists.ts";
import { inWords, markdownTable, median, timed, verdict } from "./table.ts";

const CONCURRENCY = 4;
/** So many requests of the per-part strategy are really made; the others are counted and take as long on average. */
const PER_PART_SAMPLE = 80;

/** A server to read from, and how often: what answers for nothing is measured more often than what takes its time. */
interface Setting {
  readonly words: string;
  readonly size: CatalogueSize;
  /** Absent: answers cost nothing. */
  readonly workers?: number;
  readonly latencyMs: number;
  readonly monitors: readonly number[];
  readonly runs: number;
  readonly aims: Aims;
}

/** Times are shares: of the floor, and of one part at a time. */
interface Aims {
  readonly floor: number;
  /** At least so many times as fast as one part at a time, from so many monitors on. */
  readonly faster?: readonly (readonly [monitors: number, times: number])[];
  /** One list. */
  readonly requests?: number;
  readonly kB?: number;
}

const COST_AIMS: Aims = {
  floor: 1.2,
  faster: [
    [1, 3],
    [20, 15],
  ],
};

/** Answers for nothing: what Partwatch itself takes. */
const FOR_NOTHING: readonly Setting[] = [0, 20, 100].map((latencyMs) => ({
  words: `5,000 parts, ${latencyMs} ms away`,
  size: LARGE,
  latencyMs,
  monitors: [1, 20, 200, 1_000],
  runs: 5,
  aims: { floor: 1.15, ...(latencyMs === 20 ? { faster: [[1, 20]] as const } : {}) },
}));

/** Answers that cost what a real server's cost: what a run takes. */
const AT_COST: readonly Setting[] = [0, 50].flatMap((latencyMs) => [
  {
    words: `400 parts, ${latencyMs} ms away`,
    size: SMALL,
    workers: 4,
    latencyMs,
    monitors: [1, 20],
    runs: 3,
    aims: COST_AIMS,
  },
  {
    words: `5,000 parts, ${latencyMs} ms away`,
    size: LARGE,
    workers: 4,
    latencyMs,
    monitors: [1, 20, 200],
    runs: 3,
    aims: { ...COST_AIMS, requests: 12, kB: 400 },
  },
]);

const HEAD = [
  "server",
  "monitors",
  "requests",
  "pages of everything",
  "kB",
  "read",
  "floor",
  "ratio",
  "read and calculated",
  "per part: requests",
  "per part: time",
  "faster",
];

/** Requests and wall time beside the same URLs with answers discarded, and beside one part at a time. */
export function benchReading(): Promise<string> {
  return benchSettings(AT_COST, "## Reading from a server that costs what a real one costs");
}

export function benchReadingForNothing(): Promise<string> {
  return benchSettings(FOR_NOTHING, "## Reading from a server that answers for nothing");
}

async function benchSettings(settings: readonly Setting[], title: string): Promise<string> {
  const rows: (string | number)[][] = [];
  const verdicts: string[] = [];
  for (const setting of settings) {
    const server = await startBenchServer(setting.size, setting);
    await server.setLatency(setting.latencyMs);
    for (const monitors of setting.monitors) {
      const found = await measure(server, { monitors, setting });
      rows.push([
        setting.words,
        monitors,
        found.requests,
        found.fewest,
        found.kB.toFixed(0),
        inWords(found.readMs),
        inWords(found.floorMs),
        (found.readMs / found.floorMs).toFixed(2),
        inWords(found.wholeMs),
        found.perPartRequests,
        inWords(found.perPartMs),
        `${(found.perPartMs / found.readMs).toFixed(1)} ×`,
      ]);
      verdicts.push(...judge(found, { setting, monitors }));
    }
    server.close();
  }
  return [title, markdownTable(HEAD, rows), verdicts.join("\n")].join("\n\n");
}

interface Found {
  readonly requests: number;
  /** As many as reading everything in pages would take, without counts. */
  readonly fewest: number;
  readonly kB: number;
  readonly readMs: number;
  readonly floorMs: number;
  readonly wholeMs: number;
  readonly perPartRequests: number;
  readonly perPartMs: number;
}

function judge(found: Found, { setting, monitors }: { readonly setting: Setting; readonly monitors: number }) {
  const at = `${monitors} monitors, ${setting.words}`;
  const { aims } = setting;
  const times = aims.faster?.findLast(([from]) => monitors >= from)?.[1];
  const aim = (what: string, value: number, most: number | undefined, unit: string) =>
    most === undefined ? [] : [verdict(`${at}, ${what}`, { value, aim: most, unit })];
  return [
    ...aim("time", found.readMs / found.floorMs, aims.floor, "× floor"),
    ...aim("share of the per-part time", found.readMs / found.perPartMs, times && Number((1 / times).toFixed(2)), "×"),
    ...(monitors === 1 ? aim("requests", found.requests, aims.requests, "requests") : []),
    ...(monitors === 1 ? aim("size", found.kB, aims.kB, "kB") : []),
  ];
}

async function measure(
  server: BenchServer,
  { monitors, setting }: { readonly monitors: number; readonly setting: Setting },
): Promise<Found> {
  const { size } = setting;
  const lists = Array.from({ length: monitors }, (_, index) => listOf(index, size));
  const sources = lists.map((parts) => ({ parts, watch: [], policy: DEFAULT_POLICY, silences: [], timezone: "UTC" }));
  const read = () => readOnce(server, sources);
  await server.requests();
  const { snapshot, bytes } = await read();
  const urls = await server.requests();
  const reads: number[] = [];
  const floors: number[] = [];
  const wholes: number[] = [];
  for (let run = 0; run < setting.runs; run++) {
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
    fewest: pagesOfEverything(urls, size),
    kB: bytes / 1000,
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
function pagesOfEverything(urls: readonly string[], { parts, bomLines }: CatalogueSize): number {
  const others = urls.filter((path) => !/^\/api\/(part|bom)\//.test(path)).length;
  return Math.ceil(parts / 500) + Math.ceil(bomLines / 500) + others;
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
