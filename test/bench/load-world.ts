// What the action has for the part `load`: a checkout with many lists, an InvenTree, GitHub's API and a mail server on this
// machine. The action is the bundled one, a process of its own; the servers' time and memory are not counted with it.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type MailSink, startMailSink } from "../../demo/mail-sink.ts";
import { type GithubApiServer, startGithubApi } from "../support/github-api/server.ts";
import { plainMachine } from "../support/machine.ts";
import type { CatalogueSize } from "./catalogue.ts";
import { type BenchServer, startBenchServer } from "./inventree.ts";

const ROOT = join(import.meta.dirname, "../..");
const TOKEN = "ghs_bench";

/** What one run of the action has used. */
export interface ActionUse {
  readonly cpuMs: number;
  readonly megabytes: number;
  readonly checked: number;
  readonly notified: number;
  /** Requests to GitHub's API. */
  readonly githubRequests: number;
  /** Commits that the run has added to the state branch. */
  readonly commits: number;
  readonly inventreeRequests: number;
  readonly mails: number;
}

export interface LoadWorld extends AsyncDisposable {
  readonly github: GithubApiServer;
  readonly inventree: BenchServer;
  /** Writes a file of the checkout. */
  readonly write: (path: string, text: string) => Promise<void>;
  /** Runs the action with these inputs and counts. Rejects if it ends red. */
  readonly run: (inputs: Readonly<Record<string, string>>) => Promise<ActionUse>;
  /** Bytes of all objects of the repository behind GitHub's API, packed. */
  readonly packedBytes: () => Promise<number>;
}

/** Says at its end, in a file, what the process has used. */
const NOTE_AT_EXIT = `data:text/javascript,
  import { writeFileSync } from "node:fs";
  process.once("exit", () => writeFileSync(process.env.BENCH_USED, JSON.stringify(process.resourceUsage())));`;

/** Opens it with these files in its checkout; `await using` closes it. */
export async function openLoadWorld(
  size: CatalogueSize,
  files: Iterable<readonly [path: string, text: string]>,
): Promise<LoadWorld> {
  const home = await mkdtemp(join(tmpdir(), "partwatch-load-"));
  const root = join(home, "lists");
  await mkdir(join(root, "monitors"), { recursive: true });
  const inventree = await startBenchServer(size);
  const sink = await startMailSink();
  const github = await startGithubApi({ dir: join(home, "repository.git"), token: TOKEN });
  const write = (path: string, text: string) => writeFile(join(root, path), text);
  for (const [path, text] of files) await write(path, text);
  await promisify(execFile)("git", ["init", "--quiet", "--initial-branch=main", root], { env: plainMachine(home) });
  const commits = async () => {
    const head = await github.repository.head("partwatch-state");
    return head === undefined ? 0 : github.repository.count(head);
  };
  return {
    github,
    inventree,
    write,
    run: async (inputs) => {
      const before = { requests: github.requests.length, commits: await commits() };
      sink.forget();
      await inventree.requests();
      const env = {
        ...plainMachine(home),
        ...(await stepEnvironment({ home, root, github, inventree, sink, inputs })),
      };
      await runAction({ env, cwd: root });
      const used: unknown = JSON.parse(await readFile(join(home, "used.json"), "utf8"));
      const outputs = await readFile(join(home, "output"), "utf8");
      return {
        cpuMs: (numberIn(used, "userCPUTime") + numberIn(used, "systemCPUTime")) / 1_000,
        megabytes: (numberIn(used, "maxRSS") * 1_024) / 1e6,
        checked: outputNumber(outputs, "checked"),
        notified: outputNumber(outputs, "notified"),
        githubRequests: github.requests.length - before.requests,
        commits: (await commits()) - before.commits,
        inventreeRequests: (await inventree.requests()).length,
        mails: sink.mails().length,
      };
    },
    packedBytes: async () => {
      await github.repository.git(["repack", "-a", "-d", "-q"]);
      const counted = await github.repository.git(["count-objects", "-v"]);
      return 1_024 * Number(/^size-pack: (\d+)$/m.exec(counted)?.[1] ?? Number.NaN);
    },
    [Symbol.asyncDispose]: async () => {
      inventree.close();
      await Promise.all([sink.close(), github.close()]);
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function stepEnvironment(of: {
  readonly home: string;
  readonly root: string;
  readonly github: GithubApiServer;
  readonly inventree: BenchServer;
  readonly sink: MailSink;
  readonly inputs: Readonly<Record<string, string>>;
}): Promise<Readonly<Record<string, string>>> {
  const { home, root, github, inventree, sink, inputs } = of;
  const event = { repository: { full_name: "acme/lists", default_branch: "main" } };
  await writeFile(join(home, "event.json"), JSON.stringify(event));
  for (const name of ["output", "summary"]) await writeFile(join(home, name), "");
  const given = { command: "run", root: ".", "log-format": "text", token: TOKEN, ...inputs };
  return {
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION_REPOSITORY: "acme/partwatch",
    GITHUB_ACTION_REF: "0123456789abcdef0123456789abcdef01234567",
    GITHUB_API_URL: github.apiUrl,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "acme/lists",
    GITHUB_EVENT_NAME: "schedule",
    GITHUB_EVENT_PATH: join(home, "event.json"),
    GITHUB_OUTPUT: join(home, "output"),
    GITHUB_STEP_SUMMARY: join(home, "summary"),
    GITHUB_REF: "refs/heads/main",
    GITHUB_REF_NAME: "main",
    GITHUB_REF_TYPE: "branch",
    GITHUB_RUN_ID: "4711",
    GITHUB_WORKSPACE: root,
    INVENTREE_URL: inventree.url,
    INVENTREE_API_TOKEN: inventree.token,
    EMAIL_SMTP_SERVER: sink.host,
    EMAIL_SMTP_PORT: String(sink.port),
    EMAIL_USE_TLS: "false",
    EMAIL_SENDER_ADDRESS: "partwatch@example.com",
    BENCH_USED: join(home, "used.json"),
  };
}

async function runAction({ env, cwd }: { readonly env: Record<string, string | undefined>; readonly cwd: string }) {
  const args = ["--import", NOTE_AT_EXIT, join(ROOT, "dist/action.cjs")];
  try {
    await promisify(execFile)(process.execPath, args, { cwd, env, maxBuffer: 400_000_000 });
  } catch (error) {
    const said = error instanceof Error && "stdout" in error ? String(error.stdout).slice(-3_000) : "";
    throw new Error(`the action ended red: ${said}`, { cause: error });
  }
}

function outputNumber(outputs: string, name: string): number {
  return Number(new RegExp(`^${name}<<(\\S+)\\r?\\n(\\d+)\\r?\\n`, "m").exec(outputs)?.[2] ?? Number.NaN);
}

/** That number of an answer in JSON. */
export function numberIn(value: unknown, name: string): number {
  const number: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  if (typeof number !== "number") throw new Error(`no ${name} was measured`);
  return number;
}
