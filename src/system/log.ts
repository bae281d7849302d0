import type { Log, LogFields, LogLevel } from "../core/log.ts";

export type LogFormat = "text" | "json";

export interface LogOptions {
  readonly format: LogFormat;
  /** The least important level that is written. */
  readonly level: LogLevel;
  readonly write: (line: string) => void;
  readonly now: () => Date;
  /** Values that must never appear; each is replaced by ***. */
  readonly secrets?: readonly string[];
}

const RANK = { error: 0, warning: 1, info: 2, debug: 3 } satisfies Record<LogLevel, number>;

/** A log of one line per message. Text: `12:00:01 info sensor-board check: short 3`. JSON: one object per line. */
export function createLog(options: LogOptions, fields: LogFields = {}): Log {
  // In JSON a secret with a quote in it looks different: both forms are masked.
  const long = (options.secrets ?? []).filter((secret) => secret.length > 3);
  const secrets = long.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  const at =
    (level: LogLevel) =>
    (message: string, more: LogFields = {}) => {
      if (RANK[level] > RANK[options.level]) return;
      const all = { ...fields, ...more };
      const line =
        options.format === "json"
          ? jsonLine(options.now(), level, message, all)
          : textLine(options.now(), level, message, all);
      options.write(`${secrets.reduce((text, secret) => text.replaceAll(secret, "***"), line)}\n`);
    };
  return {
    error: at("error"),
    warning: at("warning"),
    info: at("info"),
    debug: at("debug"),
    with: (more) => createLog(options, { ...fields, ...more }),
  };
}

/** A log that says nothing. */
export const silentLog: Log = {
  error: () => {},
  warning: () => {},
  info: () => {},
  debug: () => {},
  with: () => silentLog,
};

function jsonLine(now: Date, level: LogLevel, message: string, fields: LogFields): string {
  return JSON.stringify({ time: now.toISOString(), level, ...fields, message });
}

function textLine(now: Date, level: LogLevel, message: string, fields: LogFields): string {
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
