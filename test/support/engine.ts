// GitHub's part, played by act on this machine: it reads the generated workflow, fetches the actions that it names (from
// folders), evaluates its expressions, and runs its steps.
import { spawn } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { type Runner, SECRETS } from "./action.ts";
import { plainMachine } from "./machine.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The action as the workflows name it: pinned by a commit that only act knows of. */
export const ACTION = `acme/partwatch@${"0123456789".repeat(4)}`;

export interface Workflow {
  readonly file: "partwatch.yml" | "partwatch-pull-request.yml";
  readonly event: "schedule" | "push" | "workflow_dispatch" | "repository_dispatch" | "pull_request";
  readonly payload?: Readonly<Record<string, unknown>>;
  /** Whether the repository's secrets and variables are there; a fork's pull request has none. */
  readonly withSettings: boolean;
  /** Further variables of the repository. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface EngineRun {
  readonly code: number;
  /** Of a step that failed, act does not wait for the last lines: what they say is tested without it (test/github/action). */
  readonly log: string;
  /** Outputs of all steps. */
  readonly outputs: Readonly<Record<string, string>>;
  /** How each step ended, by name, as in `success`. */
  readonly steps: Readonly<Record<string, string>>;
}

/** Executes a workflow of the runner's checkout. */
export async function execute(act: string, runner: Runner, workflow: Workflow): Promise<EngineRun> {
  const home = join(runner.root, "../engine");
  const files = await prepare(runner, { home, workflow });
  const args = [
    workflow.event,
    ...["--workflows", `.github/workflows/${workflow.file}`, "--eventpath", files.event],
    ...["--platform", "ubuntu-latest=-self-hosted", "--json", "--no-skip-checkout"],
    ...["--local-repository", `${ACTION}=${files.action}`],
    ...["--local-repository", `${files.checkoutName}=${files.checkout}`],
    ...["--env", `GITHUB_API_URL=${runner.github.apiUrl}`, "--env", `GITHUB_GRAPHQL_URL=${runner.github.graphqlUrl}`],
    ...["--env", `SAMPLE_REPOSITORY=${runner.root}`],
    ...["--secret", `GITHUB_TOKEN=${SECRETS.github}`],
    ...(workflow.withSettings ? settingsOf(runner) : []),
    ...Object.entries(workflow.variables ?? {}).flatMap(([name, value]) => ["--var", `${name}=${value}`]),
  ];
  const { code, text } = await ended(act, { args, cwd: runner.root, home });
  const lines = text.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));
  return { code, log: text, ...summed(lines) };
}

function summed(lines: readonly unknown[]): Pick<EngineRun, "outputs" | "steps"> {
  const outputs: Record<string, string> = {};
  const steps: Record<string, string> = {};
  for (const line of lines) {
    if (typeof line !== "object" || line === null) continue;
    const { command, name, arg, step, stepResult, stage } = { ...line } as Readonly<Record<string, unknown>>;
    if (command === "set-output") outputs[String(name)] = String(arg);
    if (stage === "Main" && stepResult !== undefined) steps[String(step)] = String(stepResult);
  }
  return { outputs, steps };
}

interface Prepared {
  readonly event: string;
  readonly action: string;
  readonly checkout: string;
  readonly checkoutName: string;
}

async function prepare(
  runner: Runner,
  { home, workflow }: { readonly home: string; readonly workflow: Workflow },
): Promise<Prepared> {
  const [event, action, checkout] = [join(home, "event.json"), join(home, "action"), join(home, "checkout")];
  for (const folder of [action, checkout]) await mkdir(folder, { recursive: true });
  const repository = { full_name: "acme/lists", default_branch: "main" };
  await writeFile(event, JSON.stringify({ repository, ...workflow.payload }));
  await cp(join(ROOT, "action.yml"), join(action, "action.yml"));
  await cp(join(ROOT, "dist"), join(action, "dist"), { recursive: true });
  await writeFile(join(checkout, "action.yml"), CHECKOUT);
  const text = await readFile(join(runner.root, ".github/workflows", workflow.file), "utf8");
  const [, checkoutName] = /uses: (actions\/checkout@[0-9a-f]{40})/.exec(text) ?? [];
  if (checkoutName === undefined) throw new Error(`${workflow.file} checks nothing out`);
  return { event, action, checkout, checkoutName };
}

/** Stands for actions/checkout, which would ask github.com. */
const CHECKOUT = `name: checkout
description: Copies the sample repository
inputs:
  persist-credentials: { description: Must be false, default: "true" }
  fetch-depth: { description: Not needed, default: "1" }
runs:
  using: composite
  steps:
    - shell: bash
      env: { PERSIST: "\${{ inputs.persist-credentials }}" }
      run: test "$PERSIST" = false && cp -R "$SAMPLE_REPOSITORY/." "$GITHUB_WORKSPACE/"
`;

/** As somebody sets them in the repository's settings: what is no secret as variables. */
function settingsOf({ inventree, sink }: Runner): readonly string[] {
  const secrets = { INVENTREE_API_TOKEN: SECRETS.inventree, EMAIL_PASSWORD: SECRETS.password };
  const variables = {
    INVENTREE_URL: inventree.url,
    EMAIL_SMTP_SERVER: sink.host,
    EMAIL_SMTP_PORT: String(sink.port),
    EMAIL_USE_TLS: "false",
    EMAIL_USERNAME: "partwatch",
    EMAIL_SENDER_ADDRESS: "partwatch@example.com",
    ADMIN_EMAIL_RECIPIENTS: "admin@example.com",
  };
  return [
    ...Object.entries(secrets).flatMap(([name, value]) => ["--secret", `${name}=${value}`]),
    ...Object.entries(variables).flatMap(([name, value]) => ["--var", `${name}=${value}`]),
  ];
}

/** Node 24 stands first on the path, as on a runner; nothing else of this machine's settings is there. */
function ended(
  act: string,
  { args, cwd, home }: { readonly args: readonly string[]; readonly cwd: string; readonly home: string },
): Promise<{ readonly code: number; readonly text: string }> {
  const path = [dirname(process.execPath), process.env.PATH ?? ""].join(delimiter);
  const none = ["--env-file", "--secret-file", "--var-file", "--input-file"].flatMap((flag) => [
    flag,
    join(home, "none"),
  ]);
  const env = { ...plainMachine(home), PATH: path };
  const child = spawn(act, [...args, ...none], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? -1, text: Buffer.concat(chunks).toString("utf8") }));
  });
}
