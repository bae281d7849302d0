import { execFile, fork } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { type BenchServer, startBenchServer } from "./inventree.ts";
import { listOf } from "./lists.ts";
import { inWords, markdownTable, verdict } from "./table.ts";

const ROOT = join(import.meta.dirname, "../..");
const COUNTS = [1, 250, 500, 1_000];
const AIM_CPU_S = 5;
const AIM_MB = 300;

/**
 * What it takes to check many lists, from reading their files to the decision whom to tell: a dry run of the use case, in
 * a process of its own, without what its entries print; and the same by the bundled command line, which prints everything.
 */
export async function benchMonitors(): Promise<string> {
  const server = await startBenchServer();
  try {
    const all: Used[] = [];
    for (const monitors of COUNTS) all.push(await inFolder(server, monitors, measure));
    const printed = await inFolder(server, 1_000, measureCommand);
    const cpu = (monitors: number) => all.find((used) => used.checked === monitors)?.cpuMs ?? Number.NaN;
    const megabytes = all.at(-1)?.megabytes ?? Number.NaN;
    return [
      "## Many monitors",
      markdownTable(
        ["monitors", "lines of reports", "CPU", "of it calculation", "wall", "heap in use at the end", "peak memory"],
        all.map((used) => [
          used.checked,
          used.lines,
          inWords(used.cpuMs),
          inWords(used.calculationMs),
          inWords(used.wallMs),
          `${used.heapMegabytes.toFixed(0)} MB`,
          `${used.megabytes.toFixed(0)} MB`,
        ]),
      ),
      `\`partwatch run --all --dry-run\` of 1,000 lists: ${inWords(printed.cpuMs)} of CPU, ${printed.megabytes.toFixed(0)} MB at the most, ${(printed.bytes / 1e6).toFixed(0)} MB of text.`,
      [
        verdict("1,000 monitors, CPU", { value: cpu(1_000) / 1000, aim: AIM_CPU_S, unit: "s" }),
        verdict("1,000 monitors, memory", { value: megabytes, aim: AIM_MB, unit: "MB" }),
        verdict("linear: 500 more monitors beside the 250 before them, twice", {
          value: (cpu(1_000) - cpu(500)) / (2 * (cpu(500) - cpu(250))),
          aim: 1.2,
          unit: "×",
        }),
      ].join("\n"),
    ].join("\n\n");
  } finally {
    server.close();
  }
}

interface Used {
  readonly checked: number;
  readonly lines: number;
  readonly cpuMs: number;
  readonly calculationMs: number;
  readonly wallMs: number;
  readonly heapMegabytes: number;
  readonly megabytes: number;
}

export interface Place {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly monitors: number;
}

/** Makes a repository with so many lists for a measurement, and takes it away again. */
export async function inFolder<T>(
  server: BenchServer,
  monitors: number,
  task: (place: Place) => Promise<T>,
): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), "partwatch-bench-"));
  try {
    await mkdir(join(home, "monitors"));
    await promisify(execFile)("git", ["init", "-q", home]);
    await writeFile(join(home, "partwatch.yaml"), `limits: { monitors: ${Math.max(...COUNTS) + 1} }\n`);
    for (let index = 0; index < monitors; index++)
      await writeFile(join(home, "monitors", `list-${index}.yaml`), fileOf(index));
    const env = { PATH: process.env.PATH, HOME: home, INVENTREE_URL: server.url, INVENTREE_API_TOKEN: server.token };
    return await task({ home, env, monitors });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Checks all lists there, in a process of its own. */
export async function measure({ home, env, monitors }: Place): Promise<Used> {
  const child = fork(await bundled(home), [home], { env });
  const used = await new Promise<unknown>((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`the check of ${monitors} lists ended with ${code}`)));
  });
  if (numberIn(used, "checked") !== monitors)
    throw new Error(`${numberIn(used, "checked")} of ${monitors} were checked`);
  return {
    checked: monitors,
    lines: numberIn(used, "lines"),
    cpuMs: numberIn(used, "cpuMs"),
    calculationMs: numberIn(used, "calculationMs"),
    wallMs: numberIn(used, "wallMs"),
    heapMegabytes: numberIn(used, "heapMegabytes"),
    megabytes: numberIn(used, "megabytes"),
  };
}

/** Says at its end, in a file, what the process has used. */
const NOTE_AT_EXIT = `data:text/javascript,
  import { writeFileSync } from "node:fs";
  process.once("exit", () => writeFileSync("used.json", JSON.stringify(process.resourceUsage())));`;

async function measureCommand({
  home,
  env,
}: Place): Promise<Pick<Used, "cpuMs" | "megabytes"> & { readonly bytes: number }> {
  const args = ["--import", NOTE_AT_EXIT, join(ROOT, "dist/cli.mjs"), "run", "--all", "--dry-run"];
  const options = { cwd: home, env, maxBuffer: 200_000_000 };
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  const used: unknown = JSON.parse(await readFile(join(home, "used.json"), "utf8"));
  return {
    cpuMs: (numberIn(used, "userCPUTime") + numberIn(used, "systemCPUTime")) / 1_000,
    megabytes: (numberIn(used, "maxRSS") * 1_024) / 1e6,
    bytes: Buffer.byteLength(stdout),
  };
}

/** The process's program, bundled as the real ones are: reading and stripping 200 files is not what is measured. */
async function bundled(home: string): Promise<string> {
  const outfile = join(home, "monitors-process.mjs");
  await build({
    entryPoints: [fileURLToPath(import.meta.resolve("./monitors-process.ts"))],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  return outfile;
}

function fileOf(index: number): string {
  const parts = listOf(index).map(({ pk, quantity }) => `  - { pk: ${pk}, quantity: ${quantity} }`);
  const lines = [
    `name: List ${index}`,
    'cron_schedule: "7 6 * * 1"',
    "timezone: UTC",
    "parts:",
    ...parts,
    "recipients: [bench@example.com]",
  ];
  return `${lines.join("\n")}\n`;
}

function numberIn(value: unknown, name: string): number {
  const number: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  if (typeof number !== "number") throw new Error(`no ${name} was measured`);
  return number;
}
