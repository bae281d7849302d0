// The bundled program, run to its end in a process that has it loaded already: a third of what a start costs, and a suite
// starts it a thousand times. PARTWATCH_COLD=1 starts a process of its own for each run.
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

export interface Call {
  /** dist/cli.mjs or dist/action.mjs, of whichever folder. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a process reads once, at its start, and never again. */
const AT_START = /^(?:NODE_.*|TZ|LANG|LC_.*|LD_.*|FAKETIME.*|SSL_CERT_.*|TMPDIR)$/;
/** Runs at once that share processes; more than these get one of their own. */
const MOST = 2;

const pool: { readonly child: ChildProcess; isBusy: boolean }[] = [];

/** Runs it in a warm process; undefined if it needs one of its own. `base` is the environment of all runs of its place. */
export function runWarm(call: Call, base: Call["env"]): Promise<Answer> | undefined {
  if (process.env.PARTWATCH_COLD === "1") return undefined;
  if (Object.keys(call.env).some((name) => AT_START.test(name) && call.env[name] !== base[name])) return undefined;
  const warm = pool.find(({ isBusy }) => !isBusy) ?? started(base);
  if (warm === undefined) return undefined;
  warm.isBusy = true;
  return new Promise<Answer>((resolve, reject) => {
    const { child } = warm;
    const gone = (code: number | null) => reject(new Error(`The warm process ended (${code}).`));
    child.once("exit", gone);
    child.once("message", (answer: Answer) => {
      child.off("exit", gone);
      warm.isBusy = false;
      resolve(answer);
    });
    child.send(call);
  });
}

function started(env: Call["env"]): (typeof pool)[number] | undefined {
  if (pool.length === MOST) return undefined;
  const child = fork(join(import.meta.dirname, "warm-process.ts"), { env: { ...env }, execArgv: [], stdio: "inherit" });
  child.unref();
  child.channel?.unref();
  const warm = { child, isBusy: false };
  pool.push(warm);
  child.once("exit", () => pool.splice(pool.indexOf(warm), 1));
  return warm;
}
