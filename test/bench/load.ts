import { callsAlone } from "../../scripts/simulation-calls.ts";
import { LARGE } from "./catalogue.ts";
import { listOf } from "./lists.ts";
import { benchLoadState } from "./load-state.ts";
import { type ActionUse, openLoadWorld } from "./load-world.ts";
import { inWords, markdownTable, verdict } from "./table.ts";

const HUGE = { parts: 10_000, bomLines: 100_000 };
const MANY = 2_000;
const DRY = { all: "true", "dry-run": "true" };
const ALL = { all: "true" };

/** The action with very many lists, and what grows with the years: memory, CPU, API calls, the state's repository. */
export async function benchLoad(): Promise<string> {
  const half = await dryRun(500);
  const whole = await dryRun(1_000);
  const { first, quiet, grown } = await twoThousand();
  const rows: readonly (readonly [string, ActionUse])[] = [
    ["500 lists, dry run", half],
    ["1,000 lists, dry run", whole],
    ["2,000 lists, 10,000 parts × 100,000 BOM lines: the first run, all of them notify", first],
    ["the same without news", quiet],
  ];
  const table = markdownTable(
    ["the action", "CPU", "peak memory", "InvenTree: requests", "mails", "GitHub: API calls", "commits"],
    rows.map(([what, used]) => [
      what,
      inWords(used.cpuMs),
      `${used.megabytes.toFixed(0)} MB`,
      used.inventreeRequests,
      used.mails,
      used.githubRequests,
      used.commits,
    ]),
  );
  const standing = { lists: MANY, known: MANY, told: 0 };
  return [
    "## Load",
    table,
    [
      bound("1,000 lists, memory", { value: whole.megabytes, aim: 250, unit: "MB" }),
      bound("1,000 lists beside 500, CPU", { value: whole.cpuMs / half.cpuMs, aim: 2.6, unit: "×" }),
      bound("2,000 lists, first run, memory", { value: first.megabytes, aim: FIRST_MB, unit: "MB" }),
      bound("2,000 lists without news, memory", { value: quiet.megabytes, aim: QUIET_MB, unit: "MB" }),
      bound("API calls of the first run beside those of the simulation", {
        value: first.githubRequests / callsAlone({ lists: 0, known: 0, told: MANY }),
        aim: 1.01,
        unit: "×",
      }),
      bound("API calls without news beside those of the simulation", {
        value: quiet.githubRequests / callsAlone(standing),
        aim: 1.01,
        unit: "×",
      }),
      bound("commits of the first run", { value: first.commits, aim: MANY / 25 + 1, unit: "" }),
      bound("commits without news", { value: quiet.commits, aim: 1, unit: "" }),
      bound("the repository grows with a run without news, for each list", {
        value: grown / MANY,
        aim: GROWN_BYTES,
        unit: "bytes",
      }),
    ].join("\n"),
    await benchLoadState(bound),
  ].join("\n\n");
}

/** Packed by Git, with what stands in the files of a run without news: a point of the history, when it was, when it will be. */
const GROWN_BYTES = 400;
const FIRST_MB = 900;
const QUIET_MB = 900;

/** The verdict; the bench ends with 1 if it is not met. */
function bound(what: string, measured: Parameters<typeof verdict>[1]): string {
  if (!(measured.value <= measured.aim)) process.exitCode = 1;
  return verdict(what, measured);
}

async function dryRun(lists: number): Promise<ActionUse> {
  await using world = await openLoadWorld(LARGE, filesOf(lists));
  return checkedAll(await world.run(DRY), lists);
}

async function twoThousand() {
  await using world = await openLoadWorld(HUGE, filesOf(MANY));
  const first = checkedAll(await world.run(ALL), MANY);
  const before = await world.packedBytes();
  const quiet = checkedAll(await world.run(ALL), MANY);
  return { first, quiet, grown: (await world.packedBytes()) - before };
}

function checkedAll(used: ActionUse, lists: number): ActionUse {
  if (used.checked !== lists) throw new Error(`${used.checked} of ${lists} lists were checked`);
  return used;
}

function* filesOf(lists: number): Generator<readonly [path: string, text: string]> {
  yield [
    "partwatch.yaml",
    `limits: { monitors: ${MANY}, run_time: 60m }\nworkflow: { timeout_minutes: 120 }\nmail: { combine: false }\n`,
  ];
  for (let index = 0; index < lists; index += 1) {
    const parts = listOf(index).map(({ pk, quantity }) => `  - { pk: ${pk}, quantity: ${quantity} }`);
    const fields = [`name: List ${index}`, 'cron_schedule: "7 6 1 1 *"', "timezone: UTC", "parts:", ...parts];
    yield [`monitors/list-${index}.yaml`, `${[...fields, "recipients: [bench@example.com]"].join("\n")}\n`];
  }
}
