import type { Log, LogFields, LogLevel } from "../core/ports.ts";

export type LogFormat = "text" | "json";

export interface LogOptions {
  readonly format: LogFormat;
  /** The least important level that is written. */
  readonly level: LogLevel;
  readonly write: (line: string) => void;
  readonly now: () => Date;
  /** Values that must never appear; each is replaced by ***. More may be added later: they count from the next line on. */
  readonly secrets?: Iterable<string>;
}

const RANK = { error: 0, warning: 1, info: 2, debug: 3 } satisfies Record<LogLevel, number>;

/** A log of one line per message. Text: `12:00:01 info sensor-board check: short 3`. JSON: one object per line. */
export function createLog(options: LogOptions, fields: LogFields = {}): Log {
  const at =
    (level: LogLevel) =>
    (message: string, more: LogFields = {}) => {
      if (RANK[level] > RANK[options.level]) return;
      const entry = { now: options.now(), level, message, fields: { ...fields, ...more } };
      const line = options.format === "json" ? jsonLine(entry) : textLine(entry);
      options.write(`${masked(line, options.secrets ?? [])}\n`);
    };
  return {
    error: at("error"),
    warning: at("warning"),
    info: at("info"),
    debug: at("debug"),
    with: (more) => createLog(options, { ...fields, ...more }),
  };
}

/** A log that writes nothing. */
export const silentLog: Log = {
  error: () => {},
  warning: () => {},
  info: () => {},
  debug: () => {},
  with: () => silentLog,
};

/** In JSON a secret with a quote in it looks different: both forms are masked. Very short ones would be found in any text. */
function masked(line: string, secrets: Iterable<string>): string {
  const long = Array.from(secrets).filter((secret) => secret.length > 3);
  const forms = long.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return forms.sort((a, b) => b.length - a.length).reduce((text, secret) => text.replaceAll(secret, "***"), line);
}

interface Entry {
  readonly now: Date;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

function jsonLine({ now, level, message, fields }: Entry): string {
  return JSON.stringify({ time: now.toISOString(), level, ...fields, message });
}

function textLine({ now, level, message, fields }: Entry): string {
  const { monitor, step, ...rest } = fields;
  const where = [monitor, step].filter((name) => name !== undefined).join(" ");
  const pairs = Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  const said = [where === "" ? message : `${where}: ${message}`, ...pairs].join(" ");
  const safe = Array.from(said, (character) => (isControl(character) ? " " : character)).join("");
  return `${now.toISOString().slice(11, 19)} ${level.padEnd(7)} ${safe}`;
}

/** Foreign text must not move the cursor, nor start a line that looks like another log line or a workflow command. */
function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0x2028 || code === 0x2029;
}
