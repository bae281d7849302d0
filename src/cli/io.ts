import type { Clock } from "../core/clock.ts";
import { systemClock } from "../system/clock.ts";

/** The terminal, as the commands see it. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The time at which somebody sits there; commands with --now may mean another one. */
  readonly clock: Clock;
  /** Width for tables; 80 where there is no terminal. */
  readonly columns: number;
  /** Colours may be used on stdout. */
  readonly color: boolean;
  /** stderr is a terminal: progress may be shown there. */
  readonly interactive: boolean;
  /** Asks a question and gives the answer's line; null where nobody sits at a terminal. */
  readonly ask: ((question: string) => Promise<string>) | null;
}

/** The process's own terminal. NO_COLOR and pipes switch colours off. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    env,
    cwd: process.cwd(),
    clock: systemClock,
    // A pseudo-terminal that nobody has sized says 0.
    columns: Math.max(40, Math.min(stdout.columns || 80, 160)),
    color: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb",
    interactive: stderr.isTTY === true && env.TERM !== "dumb",
    ask: stdin.isTTY === true && stderr.isTTY === true ? askOnTerminal : null,
  };
}

/** An end of the input (Ctrl-D) is an empty answer. */
async function askOnTerminal(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
    return await Promise.race([terminal.question(question), ended]);
  } finally {
    terminal.close();
  }
}
