import { fitLines } from "../core/text/fit-lines.ts";
import { jsonText } from "../core/text/foreign-text.ts";
import type { Io } from "./io.ts";

/** How commands write. `out` and `err` are for people: no line is wider than the terminal. */
export interface Terminal extends Io {
  /** For programs: one JSON text on stdout. */
  readonly json: (value: unknown) => void;
  /** Output that must not be wrapped: data in pieces, diffs, log lines, cursor movements. */
  readonly asIs: Pick<Io, "out" | "err">;
}

/** The one place where text for people is fitted to the terminal. */
export function terminalOf(io: Io): Terminal {
  const { out, err, ask, columns } = io;
  const fitted = (text: string) => fitLines(text, columns);
  return {
    ...io,
    out: (text) => out(fitted(text)),
    err: (text) => err(fitted(text)),
    // The answer is typed after the question's last blank.
    ask: ask === null ? null : (input) => ask(fitLines(input, columns - 4)),
    json: (value) => out(`${jsonText(value, 2)}\n`),
    asIs: { out, err },
  };
}
