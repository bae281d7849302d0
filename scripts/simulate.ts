// npm run simulate: how far instances × shards go. Prints the tables of docs/instances.md; asks nobody, takes seconds.
import { fileURLToPath } from "node:url";
import { markdownTable } from "../test/bench/table.ts";
import { HOURLY_CALLS, type HourResult, inventreeMs, simulateHour } from "./simulation.ts";
import { callsAlone } from "./simulation-calls.ts";

const LISTS = [100, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000];
/** limits.monitors in partwatch.yaml. */
const MOST_LISTS = 10_000;
/** limits.run_time. */
const RUN_TIME_MS = 12 * 60_000;
/** Of all lists, those that have something new to say on a usual day. */
const USUAL = 0.05;
/** So much of the hour's requests may be used: somebody starts a run by hand, too. */
const ROOM = 0.9;
const SHARDS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];
/** What chance does is taken from so many hours. */
const SEEDS = [1, 2, 3, 4, 5];

export interface Setting {
  readonly lists: number;
  readonly repositories: number;
  readonly shards: number;
}

/** A usual run: all lists are due, one of twenty has something new. The worst of several seeds. */
export function usualHour({ lists, repositories, shards }: Setting): HourResult {
  const share = Math.ceil(lists / repositories);
  const told = Math.ceil(share * USUAL);
  return worst({ lists: share, known: share, due: share, told, shards, readers: shards * repositories });
}

/** The first day: every list tells of itself. As many hours as it takes, one run in each. */
export function firstDay({ lists, repositories, shards }: Setting): readonly HourResult[] {
  const share = Math.ceil(lists / repositories);
  const hours: HourResult[] = [];
  let told = 0;
  while (told < share && hours.length < 48) {
    const left = share - told;
    const readers = shards * repositories;
    const hour = worst({ lists: share, known: told, due: left, told: left, shards, readers });
    if (hour.told === 0) break;
    hours.push(hour);
    told += hour.told;
  }
  return told < share ? [] : hours;
}

function worst(hour: Omit<Parameters<typeof simulateHour>[0], "seed" | "runTimeMs">): HourResult {
  const all = SEEDS.map((seed) => simulateHour({ ...hour, seed, runTimeMs: RUN_TIME_MS }));
  const most = (of: (one: HourResult) => number) => Math.max(...all.map(of));
  return {
    calls: most(({ calls }) => calls),
    commits: most(({ commits }) => commits),
    conflicts: most(({ conflicts }) => conflicts),
    told: Math.min(...all.map(({ told }) => told)),
    failed: most(({ failed }) => failed),
    ms: most(({ ms }) => ms),
  };
}

/** The fewest repositories, then the fewest shards, with which a usual run has room in its hour and in its time. */
export function recommended(lists: number): Setting {
  for (let repositories = Math.ceil(lists / MOST_LISTS); ; repositories += 1)
    for (const shards of SHARDS) {
      const setting = { lists, repositories, shards };
      const hour = usualHour(setting);
      const isWhole = hour.failed === 0 && hour.told >= Math.ceil((lists / repositories) * USUAL);
      if (isWhole && hour.calls <= ROOM * HOURLY_CALLS && hour.ms <= RUN_TIME_MS) return setting;
    }
}

/** What stands in docs/instances.md. */
export function tables(): string {
  return [recommendations(), writers()].join("\n\n");
}

function recommendations(): string {
  const rows = LISTS.map((lists) => {
    const setting = recommended(lists);
    const { repositories, shards } = setting;
    const share = Math.ceil(lists / repositories);
    const quiet = callsAlone({ known: share, lists: share, told: 0 });
    const usual = usualHour(setting);
    const first = firstDay(setting);
    return [
      number(lists),
      repositories,
      shards,
      quiet,
      Math.floor((ROOM * HOURLY_CALLS) / quiet),
      usual.calls,
      minutes(usual.ms),
      minutes(inventreeMs(repositories * shards)),
      first.length,
      Math.max(...first.map(({ calls }) => calls)),
    ];
  });
  return markdownTable(
    [
      "lists",
      "repositories",
      "`shards`",
      "API calls of a run with no news",
      "such runs an hour",
      "API calls, 5 % with news",
      "its run time",
      "of it InvenTree is busy",
      "first day: hours",
      "first day: API calls an hour",
    ],
    rows,
  );
}

/** What more writers cost: one repository of 2,000 lists, a usual run and the first hour of all. */
function writers(): string {
  const lists = 2_000;
  const rows = [1, 2, 4, 8, 16].map((shards) => {
    const setting = { lists, repositories: 1, shards };
    const usual = usualHour(setting);
    const [first] = firstDay(setting);
    const told = first === undefined ? "–" : number(first.told);
    return [
      shards,
      minutes(inventreeMs(shards)),
      usual.calls,
      perCommit(usual),
      minutes(usual.ms),
      usual.failed,
      first === undefined ? "–" : perCommit(first),
      told,
    ];
  });
  return markdownTable(
    [
      "`shards` of 2,000 lists",
      "InvenTree is busy",
      "API calls, 5 % with news",
      "conflicts for each commit",
      "run time",
      "jobs that fail",
      "first hour: conflicts for each commit",
      "first hour: lists notified",
    ],
    rows,
  );
}

function perCommit({ conflicts, commits }: HourResult): string {
  return (conflicts / Math.max(1, commits)).toFixed(1);
}

function minutes(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(tables());
