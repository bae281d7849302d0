// What a user has: a Git repository with lists, an InvenTree, a mail server, settings, and the bundled program.
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type EmbeddedInventree, type EmbeddedOptions, startInventree } from "../../demo/inventree/server.ts";
import { type MailSink, type MailSinkOptions, startMailSink } from "../../demo/mail-sink.ts";
import { plainMachine } from "./machine.ts";
import { smallProduct } from "./small-product.ts";
import { type Answer, runWarm } from "./warm.ts";

const PROGRAM = join(import.meta.dirname, "../../dist/cli.mjs");

/** Secrets of every workspace: they must not appear anywhere. */
export const TOKEN = "inv-9f2b71c4d0e85a3b";
export const PASSWORD = "horse battery+staple/7";

export interface WorkspaceOptions {
  /** Texts by path, as in `monitors/board.yaml`. */
  readonly files: Readonly<Record<string, string>>;
  /** Absent: the small product. */
  readonly inventree?: Partial<EmbeddedOptions>;
  readonly mail?: MailSinkOptions;
}

export interface Workspace extends AsyncDisposable {
  readonly root: string;
  /** Its settings, on a machine that nobody has configured. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly inventree: EmbeddedInventree;
  readonly sink: MailSink;
  /** Runs the bundled program to its end, in a process that has it loaded; never throws for its exit code. */
  readonly partwatch: (args: readonly string[], options?: RunOptions) => Promise<Finished>;
  /** Starts it, for those who want to end it before its end. */
  readonly begin: (args: readonly string[], options?: RunOptions) => Running;
  /** Runs git in the repository and gives what it wrote, trimmed. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  /** A file of the state branch, parsed if it is JSON; undefined if it is not there. */
  readonly state: (path: string) => Promise<unknown>;
  /** Commits on the state branch. */
  readonly commits: () => Promise<number>;
}

export interface RunOptions {
  /** Beside the workspace's own settings; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A folder inside the repository. */
  readonly cwd?: string;
}

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What it said on stdout, with sentences whole that are broken at the terminal's width. */
  readonly outText: string;
  /** The same of stderr. */
  readonly errText: string;
}

export interface Running {
  readonly finished: Promise<Finished>;
  /** Resolves with the first match of what it has said on stdout so far; rejects where it ends before. */
  readonly said: (words: RegExp) => Promise<RegExpExecArray>;
  /** Ends it at once, as a power cut does. */
  readonly kill: () => void;
  /** Asks it to end. */
  readonly signal: (name: "SIGTERM" | "SIGINT") => void;
}

/** Opens a workspace; `await using` closes it. */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const home = await mkdtemp(join(tmpdir(), "partwatch-scenario-"));
  const root = join(home, "lists");
  const inventree = await startInventree({ tables: smallProduct(), token: TOKEN, ...options.inventree });
  const sink = await startMailSink(options.mail);
  const env = { ...machine(home), ...settings(inventree, sink) };
  const begin = (args: readonly string[], more: RunOptions = {}) =>
    start(args, { cwd: join(root, more.cwd ?? "."), env: { ...env, ...more.env } });
  const git = async (...args: readonly string[]) => {
    const { stdout } = await promisify(execFile)("git", args, {
      cwd: root,
      env: machine(home),
      maxBuffer: 100_000_000,
    });
    return stdout.trim();
  };
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  for (const [path, text] of Object.entries(options.files)) await write(path, text);
  await mkdir(join(root, "monitors"), { recursive: true });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all");
  await git("commit", "--quiet", "--allow-empty", "--message=Add lists");
  return {
    root,
    env,
    inventree,
    sink,
    begin,
    partwatch: (args, more = {}) => {
      const call = { entry: PROGRAM, args, cwd: join(root, more.cwd ?? "."), env: { ...env, ...more.env } };
      return runWarm(call, env)?.then(asFinished) ?? begin(args, more).finished;
    },
    git,
    write,
    remove: (path) => rm(join(root, path)),
    state: async (path) => {
      const text = await git("show", `partwatch-state:${path}`).catch(() => undefined);
      return text !== undefined && path.endsWith(".json") ? parsed(text) : text;
    },
    commits: async () => Number(await git("rev-list", "--count", "partwatch-state").catch(() => "0")),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([inventree.close(), sink.close()]);
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A value inside parsed JSON; undefined if there is nothing of that name. */
export function inside(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
    value,
  );
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}

/** A machine that nobody has configured, whose user is known to Git. */
function machine(home: string): Record<string, string | undefined> {
  return {
    ...plainMachine(home),
    GIT_AUTHOR_NAME: "Tess",
    GIT_AUTHOR_EMAIL: "tess@example.com",
    GIT_COMMITTER_NAME: "Tess",
    GIT_COMMITTER_EMAIL: "tess@example.com",
  };
}

function settings(inventree: EmbeddedInventree, sink: MailSink): Record<string, string> {
  return {
    INVENTREE_URL: inventree.url,
    INVENTREE_API_TOKEN: TOKEN,
    EMAIL_SMTP_SERVER: sink.host,
    EMAIL_SMTP_PORT: String(sink.port),
    EMAIL_USE_TLS: "false",
    EMAIL_USE_SSL: "false",
    EMAIL_SENDER_ADDRESS: "partwatch@example.com",
    ADMIN_EMAIL_RECIPIENTS: "admin@example.com",
  };
}

function start(
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const stdout = Buffer.concat(out).toString("utf8");
      const stderr = Buffer.concat(err).toString("utf8");
      resolve(asFinished({ code: code ?? -1, stdout, stderr }));
    });
  });
  const said = (words: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = words.exec(Buffer.concat(out).toString("utf8"));
        if (match !== null) resolve(match);
      };
      child.stdout.on("data", look);
      child.on("close", () => reject(new Error(`It ended: ${Buffer.concat(err).toString("utf8")}`)));
      look();
    });
  return { finished, said, kill: () => child.kill("SIGKILL"), signal: (name) => child.kill(name) };
}

function asFinished({ code, stdout, stderr }: Answer): Finished {
  return { code, stdout, stderr, outText: unbroken(stdout), errText: unbroken(stderr) };
}

/** A line that has no room goes on in the next one, two blanks further in. */
export function unbroken(text: string): string {
  return text.replace(/\n {2,}(?=\S)/g, " ");
}
