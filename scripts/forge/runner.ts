// Gitea's runner: it asks the server for jobs by the runners' protocol (Connect, as JSON), and lets Gitea's act execute them.
// The runner itself (gitea.com/gitea/runner) is not to be had from the Go module proxy; this does what it does with a job.
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { field, isRecord, textIn } from "../../src/core/records.ts";
import type { Programs } from "./build.ts";
import type { GiteaServer } from "./gitea.ts";

export interface JobDone {
  readonly event: string;
  /** Of the workflow, as the server names it. */
  readonly job: string;
  readonly code: number;
  readonly log: string;
}

export interface Runner {
  /** Does the next job; undefined where there is none within so many seconds. */
  readonly next: (seconds: number) => Promise<JobDone | undefined>;
}

/** Registers a runner that executes on this machine. */
export async function startRunner(programs: Programs, server: GiteaServer, folder: string): Promise<Runner> {
  const labels = ["ubuntu-latest"];
  const register = { name: "forge", token: server.runnerToken, version: "v1.0.0", labels };
  const { runner } = record(await call(server, "Register", register, {}));
  const headers = { "x-runner-uuid": textIn(runner, "uuid") ?? "", "x-runner-token": textIn(runner, "token") ?? "" };
  await call(server, "Declare", { version: "v1.0.0", labels }, headers);
  let count = 0;
  return {
    next: async (seconds) => {
      for (let tries = 0; tries < seconds; tries += 1) {
        const { task } = record(await call(server, "FetchTask", { tasksVersion: "0" }, headers));
        if (task !== undefined && task !== null) {
          count += 1;
          return doJob({ programs, server, folder: join(folder, `job-${count}`), task, headers });
        }
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
      return undefined;
    },
  };
}

async function call(
  { url }: GiteaServer,
  method: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<unknown> {
  const answer = await fetch(`${url}/api/actions/runner.v1.RunnerService/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${text.slice(0, 300)}`);
  const value: unknown = JSON.parse(text);
  return value;
}

interface Job {
  readonly programs: Programs;
  readonly server: GiteaServer;
  readonly folder: string;
  readonly task: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

async function doJob({ programs, server, folder, task, headers }: Job): Promise<JobDone> {
  const context = field(task, "context");
  const event = textIn(context, "event_name") ?? "";
  const workspace = join(folder, "workspace");
  await mkdir(workspace, { recursive: true });
  const [payload, eventFile] = [join(folder, "workflow.yml"), join(folder, "event.json")];
  const workflow = Buffer.from(textIn(task, "workflowPayload") ?? "", "base64").toString("utf8");
  await writeFile(payload, workflow);
  await writeFile(eventFile, JSON.stringify(field(context, "event") ?? {}));
  const token = textIn(context, "token") ?? "";
  const secrets = { ...record(field(task, "secrets")), GITHUB_TOKEN: token, GITEA_TOKEN: token };
  const args = [
    ...[event, "--workflows", payload, "--eventpath", eventFile, "--directory", workspace],
    ...["--platform", "ubuntu-latest=-self-hosted", "--no-skip-checkout", "--no-cache-server"],
    ...["--github-instance", server.url, "--action-cache-path", join(folder, "actions")],
    ...["--actor", textIn(context, "actor") ?? "", "--defaultbranch", "main"],
    ...pairs("--env", environmentOf(context)),
    ...pairs("--secret", secrets),
    ...pairs("--var", record(field(task, "vars"))),
  ];
  const started = new Date().toISOString();
  const { code, log } = await ended(programs.act, args, folder);
  const taskId = String(field(task, "id"));
  const rows = log.split("\n").map((content) => ({ time: new Date().toISOString(), content }));
  await call(server, "UpdateLog", { taskId, index: "0", rows, noMore: true }, headers);
  const result = code === 0 ? "RESULT_SUCCESS" : "RESULT_FAILURE";
  const state = { id: taskId, result, startedAt: started, stoppedAt: new Date().toISOString(), steps: [] };
  await call(server, "UpdateTask", { state, outputs: {} }, headers);
  const [, job = ""] = /^jobs:\n\s+["']?([\w-]+)/m.exec(workflow) ?? [];
  return { event, job, code, log };
}

/** What a runner gives its steps of the job's context. */
function environmentOf(context: unknown): Readonly<Record<string, string>> {
  const names = [
    "repository",
    "repository_owner",
    "ref",
    "ref_name",
    "ref_type",
    "head_ref",
    "base_ref",
    "run_id",
    "run_number",
  ];
  const given = names.map((name) => [`GITHUB_${name.toUpperCase()}`, textIn(context, name) ?? ""]);
  return { ...Object.fromEntries(given), SHA_REF: textIn(context, "sha") ?? "", GITEA_ACTIONS: "true" };
}

function pairs(flag: string, values: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** Ends it after five minutes, whatever it does. Node 24 stands first on the path, as on a runner. */
function ended(
  act: string,
  args: readonly string[],
  folder: string,
): Promise<{ readonly code: number; readonly log: string }> {
  const none = ["--env-file", "--secret-file", "--var-file", "--input-file"].flatMap((flag) => [
    flag,
    join(folder, "none"),
  ]);
  const env = {
    PATH: [dirname(process.execPath), process.env.PATH ?? ""].join(delimiter),
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
  };
  const child = spawn(act, [...args, ...none], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 300_000,
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? -1, log: Buffer.concat(chunks).toString("utf8") }));
  });
}
