import type { Clock, Environment } from "../core/ports.ts";
import { own } from "../core/records.ts";
import { escaped, withoutCommands } from "../core/text/foreign-text.ts";
import { systemClock } from "../system/clock.ts";

/** The terminal, as the commands see it. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Environment;
  readonly cwd: string;
  /** The real time; commands with --now may use another one. */
  readonly clock: Clock;
  /** Width for tables; 80 if there is no terminal. */
  readonly columns: number;
  /** Colours may be used on stdout. */
  readonly color: boolean;
  /** stderr is a terminal: progress may be shown there. */
  readonly interactive: boolean;
  /** Asks a question and returns the answer's line; null if there is no terminal. */
  readonly ask: ((input: string) => Promise<string>) | null;
}

/** The process's own terminal. NO_COLOR and pipes switch colours off. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  const color = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  const interactive = stderr.isTTY === true && env.TERM !== "dumb";
  const shown = (text: string) => terminalText(text, { codes: color || interactive, inStep: isStep(env) });
  return {
    out: (text) => void stdout.write(shown(text)),
    err: (text) => void stderr.write(shown(text)),
    env,
    cwd: process.cwd(),
    clock: systemClock,
    // A pseudo-terminal without a size says 0.
    columns: Math.max(40, Math.min(stdout.columns || 80, 160)),
    color,
    interactive,
    ask: stdin.isTTY === true && stderr.isTTY === true ? askOnTerminal : null,
  };
}

/** What we write ourselves: colours, and the progress line that is overwritten. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are a terminal's codes.
const CODES = /(^\r\u001b\[K|\u001b\[(?:0|1|2|31|32|33)m)/;

/**
 * All output passes through here: text from elsewhere cannot move the cursor, hide anything, change the reading direction,
 * or be a command to the runner of a workflow's step.
 */
function terminalText(text: string, options: { readonly codes: boolean; readonly inStep: boolean }): string {
  // Every second piece is one of our codes.
  const safe = options.codes
    ? text
        .split(CODES)
        .map((piece, index) => (index % 2 === 1 ? piece : escaped(piece)))
        .join("")
    : escaped(text);
  return options.inStep ? withoutCommands(safe) : safe;
}

function isStep(env: Io["env"]): boolean {
  return ["GITHUB_ACTIONS", "GITEA_ACTIONS", "FORGEJO_ACTIONS"].some((name) => own(env, name) === "true");
}

/** An end of the input (Ctrl-D) is an empty answer. */
async function askOnTerminal(options: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
    return await Promise.race([terminal.question(escaped(options)), ended]);
  } finally {
    terminal.close();
  }
}
