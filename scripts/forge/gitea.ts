// A Gitea server on this machine, with one user, asked through its API.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Programs } from "./build.ts";

export interface GiteaServer {
  readonly url: string;
  readonly user: string;
  readonly token: string;
  readonly runnerToken: string;
  readonly database: string;
  /** Asks the API, `path` below `/api/v1`; throws for what is not 2xx. */
  readonly api: (method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

const USER = "tess";

/** Starts one with everything in that folder. */
export async function startGiteaServer(programs: Programs, folder: string): Promise<GiteaServer> {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = join(folder, "app.ini");
  const database = join(folder, "gitea.db");
  await writeFile(config, settings({ folder, port, url, database, programs }));
  const server = spawn(programs.gitea, ["web", "--config", config], { stdio: "ignore" });
  await answers(`${url}/api/v1/version`, server);
  const admin = (...args: readonly string[]) =>
    execFileSync(programs.gitea, ["--config", config, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    })
      .trim()
      .split("\n")
      .at(-1) ?? "";
  const password = `Aa1-${crypto.randomUUID()}`;
  admin(
    ...["admin", "user", "create", "--username", USER, "--password", password, "--email", "tess@example.com"],
    ...["--admin", "--must-change-password=false"],
  );
  const token = admin(
    ...[
      "admin",
      "user",
      "generate-access-token",
      "--username",
      USER,
      "--raw",
      "--scopes",
      "all",
      "--token-name",
      "forge",
    ],
  );
  return {
    url,
    user: USER,
    token,
    runnerToken: admin("actions", "generate-runner-token"),
    database,
    api: (method, path, body) => ask({ method, url: `${url}/api/v1${path}`, token, body }),
    close: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
    },
  };
}

function settings(of: {
  readonly folder: string;
  readonly port: number;
  readonly url: string;
  readonly database: string;
  readonly programs: Programs;
}): string {
  return `RUN_USER = ${userInfo().username}
RUN_MODE = prod
WORK_PATH = ${of.folder}
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${of.port}
ROOT_URL = ${of.url}/
DISABLE_SSH = true
OFFLINE_MODE = true
STATIC_ROOT_PATH = ${of.programs.static}
[database]
DB_TYPE = sqlite3
PATH = ${of.database}
[security]
INSTALL_LOCK = true
[actions]
ENABLED = true
[log]
MODE = file
LEVEL = Warn
`;
}

async function ask(of: {
  readonly method: string;
  readonly url: string;
  readonly token: string;
  readonly body: unknown;
}): Promise<unknown> {
  const answer = await fetch(of.url, {
    method: of.method,
    headers: { authorization: `token ${of.token}`, "content-type": "application/json" },
    ...(of.body === undefined ? {} : { body: JSON.stringify(of.body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${of.method} ${of.url}: ${answer.status} ${text.slice(0, 300)}`);
  const value: unknown = text === "" ? null : JSON.parse(text);
  return value;
}

/** Throws where it has not answered within two minutes, or has ended. */
async function answers(url: string, { exitCode }: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 240 && exitCode === null; tries += 1) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("Gitea does not start");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address === null || typeof address === "string" ? reject(new Error("no port")) : resolve(address.port),
      );
    });
  });
}
