import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inWords, markdownTable, median, verdict } from "./table.ts";

const ROOT = join(import.meta.dirname, "../..");
const RUNS = 9;
const AIM = 8;

/** How long the bundled action takes to its first request, as a ratio to a Node that does nothing. */
export async function benchColdStart(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "partwatch-bench-"));
  const api = await startListener();
  try {
    await prepare(home);
    const nothing: number[] = [];
    const action: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      nothing.push(await timeOf(["-e", "0"], { env: {}, home }));
      action.push(await api.untilRequest((env) => start([join(ROOT, "dist/action.cjs")], { env, home })));
    }
    const ratio = median(action) / median(nothing);
    return [
      "## Cold start",
      markdownTable(
        ["`node -e 0`, to its end", "bundled action, to its first request", "ratio"],
        [[inWords(median(nothing)), inWords(median(action)), ratio.toFixed(1)]],
      ),
      verdict(`start of the bundled action, median of ${RUNS}`, { value: ratio, aim: AIM, unit: "× node -e 0" }),
    ].join("\n\n");
  } finally {
    await api.close();
    await rm(home, { recursive: true, force: true });
  }
}

interface Place {
  readonly env: Readonly<Record<string, string>>;
  readonly home: string;
}

async function prepare(home: string): Promise<void> {
  await mkdir(join(home, "monitors"));
  await cp(join(ROOT, "partwatch.yaml"), join(home, "partwatch.yaml")).catch(() => {});
  const list = [
    "name: Bench",
    'cron_schedule: "7 6 * * *"',
    "timezone: UTC",
    "parts: [{ name: Board, quantity: 10 }]",
    "recipients: [bench@example.com]",
  ];
  await writeFile(join(home, "monitors/bench.yaml"), `${list.join("\n")}\n`);
}

/** A server that takes the place of GitHub and InvenTree, and only notes when it is asked first. */
async function startListener() {
  let asked = () => {};
  const server = createServer((_, response) => {
    asked();
    response.writeHead(404, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    untilRequest: async (begin: (env: Record<string, string>) => ReturnType<typeof start>): Promise<number> => {
      const began = performance.now();
      const first = new Promise<number>((resolve) => {
        asked = () => resolve(performance.now() - began);
      });
      const child = begin(environment(url));
      let output = "";
      child.stdout.on("data", (chunk) => {
        output += String(chunk);
      });
      const ended = new Promise<never>((_, reject) => {
        child.once("exit", () => reject(new Error(`the action asked for nothing:\n${output}`)));
      });
      const ms = await Promise.race([first, ended]).finally(() => child.kill());
      ended.catch(() => {});
      return ms;
    },
  };
}

function environment(url: string): Record<string, string> {
  return {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: url,
    GITHUB_GRAPHQL_URL: `${url}/graphql`,
    GITHUB_REPOSITORY: "acme/lists",
    GITHUB_EVENT_NAME: "schedule",
    GITHUB_REF: "refs/heads/main",
    GITHUB_REF_NAME: "main",
    INVENTREE_URL: url,
    INVENTREE_API_TOKEN: "bench-token",
    SMTP_HOST: "127.0.0.1",
    INPUT_COMMAND: "run",
    INPUT_TOKEN: "bench-token",
    INPUT_ALL: "true",
    "INPUT_DRY-RUN": "true",
  };
}

function start(args: readonly string[], { env, home }: Place) {
  return spawn(process.execPath, args, {
    cwd: home,
    env: { PATH: process.env.PATH ?? "", HOME: home, GITHUB_WORKSPACE: home, ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
}

async function timeOf(args: readonly string[], place: Place): Promise<number> {
  const began = performance.now();
  const child = start(args, place);
  await new Promise((resolve) => child.once("exit", resolve));
  return performance.now() - began;
}
