/** The terminal, as the commands see it. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Width for tables; 80 where there is no terminal. */
  readonly columns: number;
  /** Colours may be used on stdout. */
  readonly color: boolean;
  /** stderr is a terminal: progress may be shown there. */
  readonly interactive: boolean;
}

/** The process's own terminal. NO_COLOR and pipes switch colours off. */
export function processIo(): Io {
  const { stdout, stderr, env } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    env,
    cwd: process.cwd(),
    // A pseudo-terminal that nobody has sized says 0.
    columns: Math.max(40, Math.min(stdout.columns || 80, 160)),
    color: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb",
    interactive: stderr.isTTY === true && env.TERM !== "dumb",
  };
}
