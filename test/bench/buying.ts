import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LARGE } from "./catalogue.ts";
import { type BenchServer, startBenchServer } from "./inventree.ts";
import { inFolder, measure, type Place } from "./monitors.ts";
import { inWords, markdownTable, median, verdict } from "./table.ts";

const LISTS = 1_000;
const RUNS = 3;
const AIM = 1.1;
/** As many lists as a plan shares. */
const PLANNED = 20;

/**
 * What offers, arrivals and plans add to a run of a thousand lists, from reading files and server to the decision whom to
 * tell: the same lists against a server where nobody supplies anything and nothing is on order, against one with suppliers,
 * prices and dated orders, and there with a plan beside them. Alternately, in one go; CPU time, so that what else the machine
 * does counts as little as it can.
 */
export async function benchBuying(): Promise<string> {
  const [without, priced] = [
    await startBenchServer(LARGE, { kind: "unsold" }),
    await startBenchServer(LARGE, { kind: "priced" }),
  ];
  const kinds: readonly (readonly [string, BenchServer, boolean])[] = [
    ["no offers, nothing on order", without, false],
    ["offers with prices, dated orders", priced, false],
    [`the same, and a plan of ${PLANNED} lists`, priced, true],
  ];
  try {
    const used = kinds.map((): number[] => []);
    for (let run = 0; run < RUNS; run++)
      for (const [at, [, server, planned]] of kinds.entries()) used[at]?.push(await cpuOf(server, planned));
    const medians = used.map(median);
    const [first = Number.NaN] = medians;
    return [
      "## Offers, arrivals, plans",
      markdownTable(
        [`${LISTS} lists`, "CPU", "beside the first"],
        kinds.map(([name], at) => {
          const cpu = medians[at] ?? Number.NaN;
          return [name, inWords(cpu), `${(cpu / first).toFixed(2)} ×`];
        }),
      ),
      verdict(`offers, arrivals and a plan, CPU, median of ${RUNS}`, {
        value: (medians.at(-1) ?? Number.NaN) / first,
        aim: AIM,
        unit: "×",
      }),
    ].join("\n\n");
  } finally {
    without.close();
    priced.close();
  }
}

async function cpuOf(server: BenchServer, planned: boolean): Promise<number> {
  const used = await inFolder(server, LISTS, async (place) => {
    if (planned) await writeFile(join(place.home, "monitors", "plan.yaml"), PLAN);
    const all: Place = { ...place, monitors: planned ? LISTS + 1 : LISTS };
    return await measure(all);
  });
  return used.cpuMs;
}

const PLAN = [
  "name: Plan",
  `lists: [${Array.from({ length: PLANNED }, (_, at) => `list-${at * 7}`).join(", ")}]`,
  'cron_schedule: "7 6 * * 1"',
  "timezone: UTC",
  "recipients: [bench@example.com]",
  "",
].join("\n");
