// What the action has on a runner: a checkout, an event, files for outputs and summary, GitHub's API, an InvenTree, a mail
// server. The action is the bundled one, as a process of its own.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { type EmbeddedInventree, startInventree } from "../../demo/inventree/server.ts";
import { type MailSink, startMailSink } from "../../demo/mail-sink.ts";
import { type Annotation, annotationsIn, outputsIn } from "./action-log.ts";
import { type GithubApiServer, startGithubApi } from "./github-api/server.ts";
import { plainMachine } from "./machine.ts";
import { smallProduct } from "./small-product.ts";
import { runWarm } from "./warm.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Secrets: they must not be seen anywhere. */
export const SECRETS = {
  github: "ghs_4f1d0b7a9c2e6385",
  inventree: "inv-9f2b71c4d0e85a3b",
  password: "horse battery+staple/7",
} as const;

export interface ActionRun {
  readonly event: string;
  /** What stands in the event file beside the repository. */
  readonly payload?: Readonly<Record<string, unknown>>;
  /** Full name of the ref; default: the default branch. */
  readonly ref?: string;
  /** `with:` of the step; the rest has the defaults of action.yml. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Another action beside the one that checks: its folder. */
  readonly beside?: "dashboard";
  /** Folder of the action; default: this checkout. */
  readonly program?: string;
  /** Gets what ends the process at once, as a power cut does. */
  readonly onStart?: (kill: () => void) => void;
  /** Beside what runner and workflow give; a secret that is not set arrives as an empty text. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ActionResult {
  readonly code: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** `::error file=a.yaml,line=7::…`, unescaped. */
  readonly annotations: readonly Annotation[];
}

export interface Runner extends AsyncDisposable {
  /** The checkout. */
  readonly root: string;
  readonly inventree: EmbeddedInventree;
  readonly sink: MailSink;
  readonly github: GithubApiServer;
  readonly run: (run: ActionRun) => Promise<ActionResult>;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly move: (from: string, to: string) => Promise<void>;
  /** Runs git in the checkout. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  /** A file of the state branch behind GitHub's API, parsed; undefined if it is not there. */
  readonly state: (path: string) => Promise<unknown>;
  /** Messages of the commits on the state branch, newest first. */
  readonly commits: () => Promise<readonly string[]>;
}

/** Opens a runner with these files in its checkout; `await using` closes it. */
export async function openRunner(files: Readonly<Record<string, string>>): Promise<Runner> {
  const home = await mkdtemp(join(tmpdir(), "partwatch-action-"));
  const root = join(home, "lists");
  const inventree = await startInventree({ tables: smallProduct(), token: SECRETS.inventree });
  const sink = await startMailSink({ user: { name: "partwatch", password: SECRETS.password } });
  const github = await startGithubApi({ dir: join(home, "repository.git"), token: SECRETS.github });
  const settings = settingsOf(inventree, sink);
  let runs = 0;
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  const git = async (...args: readonly string[]) => {
    const { stdout } = await promisify(execFile)("git", args, {
      cwd: root,
      env: { ...plainMachine(home), ...IDENTITY },
    });
    return stdout.trim();
  };
  const run = async (of: ActionRun): Promise<ActionResult> => {
    runs += 1;
    const step = join(home, `step-${runs}`);
    await mkdir(step);
    const repository = { full_name: "acme/lists", default_branch: "main" };
    await writeFile(join(step, "event.json"), JSON.stringify({ repository, ...of.payload }));
    for (const name of ["output", "summary"]) await writeFile(join(step, name), "");
    const inputs = { ...(await defaults(of.beside)), ...of.inputs };
    const env = {
      ...plainMachine(home),
      ...runnerOf({ step, root, github, run: of }),
      ...settings,
      ...inputsOf(inputs),
      ...of.env,
    };
    const { code, log } = await execute({
      program: of.program ?? ROOT,
      env,
      cwd: root,
      onStart: of.onStart,
      beside: of.beside,
    });
    return {
      code,
      log,
      summary: await readFile(join(step, "summary"), "utf8"),
      outputs: outputsIn(await readFile(join(step, "output"), "utf8")),
      annotations: annotationsIn(log),
    };
  };
  for (const [path, text] of Object.entries(files)) await write(path, text);
  await mkdir(join(root, "monitors"), { recursive: true });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all");
  await git("commit", "--quiet", "--allow-empty", "--message=Add lists");
  return {
    root,
    inventree,
    sink,
    github,
    run,
    write,
    move: (from, to) => rename(join(root, from), join(root, to)),
    git,
    state: async (path) => {
      const text = await github.repository.git(["show", `partwatch-state:${path}`]).catch(() => undefined);
      const value: unknown = text !== undefined && path.endsWith(".json") ? JSON.parse(text) : text;
      return value;
    },
    commits: async () => {
      const log = await github.repository.git(["log", "--format=%s", "partwatch-state"]).catch(() => "");
      return log.split("\n").filter((line) => line !== "");
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([inventree.close(), sink.close(), github.close()]);
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** What a fork's pull request has of secrets and variables: nothing. */
export const NO_SETTINGS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...[
      "INVENTREE_URL",
      "INVENTREE_API_TOKEN",
      "EMAIL_SMTP_SERVER",
      "EMAIL_SMTP_PORT",
      "EMAIL_USE_TLS",
      "EMAIL_USE_SSL",
    ],
    ...["EMAIL_USERNAME", "EMAIL_PASSWORD", "EMAIL_SENDER_ADDRESS", "ADMIN_EMAIL_RECIPIENTS"],
  ].map((name) => [name, ""]),
);

function settingsOf(inventree: EmbeddedInventree, sink: MailSink): Record<string, string> {
  return {
    INVENTREE_URL: inventree.url,
    INVENTREE_API_TOKEN: SECRETS.inventree,
    EMAIL_SMTP_SERVER: sink.host,
    EMAIL_SMTP_PORT: String(sink.port),
    EMAIL_USE_TLS: "false",
    EMAIL_USE_SSL: "",
    EMAIL_USERNAME: "partwatch",
    EMAIL_PASSWORD: SECRETS.password,
    EMAIL_SENDER_ADDRESS: "partwatch@example.com",
    ADMIN_EMAIL_RECIPIENTS: "admin@example.com",
    GLOBAL_EMAIL_NOTIFICATIONS_ENABLED: "",
  };
}

const IDENTITY = {
  GIT_AUTHOR_NAME: "Tess",
  GIT_AUTHOR_EMAIL: "tess@example.com",
  GIT_COMMITTER_NAME: "Tess",
  GIT_COMMITTER_EMAIL: "tess@example.com",
};

function runnerOf(of: {
  readonly step: string;
  readonly root: string;
  readonly github: GithubApiServer;
  readonly run: ActionRun;
}): Record<string, string> {
  const { step, root, github, run } = of;
  const ref = run.ref ?? "refs/heads/main";
  return {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION_REPOSITORY: "acme/partwatch",
    GITHUB_ACTION_REF: "0123456789abcdef0123456789abcdef01234567",
    GITHUB_API_URL: github.apiUrl,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "acme/lists",
    GITHUB_EVENT_NAME: run.event,
    GITHUB_EVENT_PATH: join(step, "event.json"),
    GITHUB_OUTPUT: join(step, "output"),
    GITHUB_STEP_SUMMARY: join(step, "summary"),
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(?:heads|tags|pull)\//, ""),
    GITHUB_REF_TYPE: ref.startsWith("refs/tags/") ? "tag" : "branch",
    GITHUB_RUN_ID: "4711",
    GITHUB_WORKSPACE: root,
  };
}

/** The inputs as action.yml has them; what it takes from the context is the token. */
async function defaults(beside = "."): Promise<Record<string, string>> {
  const manifest: unknown = parse(await readFile(join(ROOT, beside, "action.yml"), "utf8"));
  const inputs: unknown = typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "inputs") : {};
  if (typeof inputs !== "object" || inputs === null) throw new Error("action.yml has no inputs");
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { default: value }]) => [
      name,
      String(value).replace(/^\$\{\{ github\.token \}\}$/, SECRETS.github),
    ]),
  );
}

function inputsOf(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

async function execute({
  program,
  env,
  cwd,
  onStart,
  beside,
}: {
  readonly beside: ActionRun["beside"];
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly onStart: ActionRun["onStart"];
}): Promise<{ readonly code: number; readonly log: string }> {
  const options = { cwd, env, maxBuffer: 100_000_000 };
  const entry = beside === undefined ? "action" : `${beside}-action`;
  const warm =
    onStart === undefined && program === ROOT
      ? runWarm({ entry: join(program, `dist/${entry}.mjs`), args: [], cwd, env }, env)
      : undefined;
  if (warm !== undefined) {
    const { code, stdout, stderr } = await warm;
    return { code, log: stdout + stderr };
  }
  try {
    const running = promisify(execFile)(process.execPath, [join(program, `dist/${entry}.cjs`)], options);
    onStart?.(() => running.child.kill("SIGKILL"));
    const { stdout, stderr } = await running;
    return { code: 0, log: stdout + stderr };
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || !("stdout" in error) || !("stderr" in error)) throw error;
    return { code: Number(error.code), log: `${error.stdout}${error.stderr}` };
  }
}
