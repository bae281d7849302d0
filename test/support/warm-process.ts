// A process that has loaded the bundled program and runs it again and again, one run after the other: each with its own
// arguments, environment and folder, as if it had just been started. warm.ts starts it.
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

interface Call {
  readonly entry: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const KINDS = ["stdout", "stderr"] as const;
let calls = 0;
let ended: ((code: number) => void) | undefined;

// What would end the process ends the run.
process.exit = (code) => {
  ended?.(Number(code ?? process.exitCode ?? 0));
  return undefined as never;
};

process.on("message", (call: Call) => void answer(call));

async function answer({ entry, args, cwd, env }: Call): Promise<void> {
  calls += 1;
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  process.argv = [process.execPath, entry, ...args];
  process.exitCode = undefined;
  const written = { stdout: "", stderr: "" };
  for (const kind of KINDS) {
    process[kind].write = (chunk: string | Uint8Array, ...rest: readonly unknown[]) => {
      written[kind] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      const done = rest.at(-1);
      if (typeof done === "function") setImmediate(() => done());
      return true;
    };
    process[kind].removeAllListeners("error");
  }
  const code = await new Promise<number>((resolve) => {
    ended = resolve;
    // Another name of the same file: its text runs anew, with chunks that are loaded already.
    import(`${pathToFileURL(programOf(entry))}?${calls}`).then(
      () => resolve(Number(process.exitCode ?? 0)),
      (error: unknown) => {
        written.stderr += error instanceof Error ? `${error.stack}\n` : `${String(error)}\n`;
        resolve(1);
      },
    );
  });
  ended = undefined;
  process.exitCode = undefined;
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.removeAllListeners(signal);
  process.chdir("/");
  // Where the test gave up, nobody waits for it.
  if (process.connected) process.send?.({ code, ...written });
}

/** What the entry of the command line loads once it knows that this Node can run it: a second import of it would do nothing. */
function programOf(entry: string): string {
  const main = join(dirname(entry), "chunks/cli-main.mjs");
  return basename(entry) === "cli.mjs" && existsSync(main) ? main : entry;
}
