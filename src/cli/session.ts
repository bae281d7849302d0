import { statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Command } from "commander";
import type { Clock, Log, LogLevel } from "../core/ports.ts";
import { own, textIn } from "../core/records.ts";
import { SECRETS, secretShapes } from "../core/settings/variables.ts";
import { nearest } from "../core/text/suggestion.ts";
import { findRoot } from "../system/find-root.ts";
import { createLog } from "../system/log.ts";
import { CommandError, USAGE } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** What every command knows from the global options. */
interface Session {
  /** Absolute folder of the repository. */
  readonly root: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly io: Terminal;
  /** From now on, the log masks these values. */
  readonly mask: (secrets: readonly string[]) => void;
}

const LEVELS = ["error", "warning", "info", "debug"] as const satisfies readonly LogLevel[];

/** Reads the options that all commands share. Throws CommandError for an invalid value or a folder that does not exist. */
export function sessionOf({
  command,
  io,
  level,
  isNewFolder = false,
}: {
  readonly command: Command;
  readonly io: Terminal;
  readonly level: LogLevel;
  /** The repository's folder need not exist yet. */
  readonly isNewFolder?: boolean;
}): Session {
  const options: unknown = command.optsWithGlobals();
  const named = textIn(options, "root");
  const root = named === undefined ? found(io, { isNewFolder }) : isAbsolute(named) ? named : join(io.cwd, named);
  if (!isNewFolder && !statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new CommandError(`--root ${named}: there is no such folder.`, USAGE);
  const format = textIn(options, "logFormat") ?? "text";
  if (format !== "text" && format !== "json")
    throw new CommandError(`--log-format ${format}: must be text or json.${meant(format, ["text", "json"])}`, USAGE);
  const asked = textIn(options, "logLevel") ?? (io.env.RUNNER_DEBUG === "1" ? "debug" : level);
  const known = LEVELS.find((name) => name === asked);
  if (known === undefined)
    throw new CommandError(`--log-level ${asked}: must be ${LEVELS.join(", ")}.${meant(asked, LEVELS)}`, USAGE);
  const secrets = new Set(SECRETS.flatMap((name) => secretShapes(own(io.env, name) ?? "")));
  // Programs read logs too: a message stays on one line, except on a terminal.
  const write = format === "text" && io.interactive ? io.err : io.asIs.err;
  const log = createLog({ format, level: known, write, now: io.clock.now, secrets });
  const mask = (more: readonly string[]) => {
    for (const secret of more) secrets.add(secret);
  };
  return { root, log, clock: io.clock, io, mask };
}

function meant(word: string, words: readonly string[]): string {
  const near = nearest(word, words);
  return near === undefined ? "" : ` Did you mean ${near}?`;
}

/** The instant of `--now`; without it, that of the clock. Throws CommandError unless it is RFC 3339 with a zone. */
export function instantOf(text: string | undefined, clock: Clock): Date {
  if (text === undefined) return clock.now();
  const instant = new Date(text);
  if (
    !isCalendarDay(text.slice(0, 10)) ||
    !/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/.test(text) ||
    Number.isNaN(instant.getTime())
  ) {
    throw new CommandError(`--now ${text}: must be an instant with its zone, as in 2026-11-20T07:10:00+01:00.`, USAGE);
  }
  return instant;
}

/** JavaScript takes 30 February for 2 March. */
function isCalendarDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

/** The lists around the working directory; a command that creates a folder does so right there. */
function found({ cwd, env }: Terminal, { isNewFolder }: { readonly isNewFolder: boolean }): string {
  return (isNewFolder ? undefined : findRoot({ from: cwd, home: env.HOME })) ?? cwd;
}

export interface CommandContext {
  readonly io: Terminal;
  readonly exit: (code: number) => void;
}
