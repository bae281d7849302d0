import { Command, CommanderError, Help, type HelpConfiguration } from "commander";
import { FailureError } from "../core/failure.ts";
import { VERSION } from "../core/version.ts";
import { systemRefusal } from "../system/fs-error.ts";
import { addCommands } from "./commands.ts";
import { CommandError, FAILED, USAGE } from "./exit.ts";
import type { Io } from "./io.ts";
import { terminalOf } from "./terminal.ts";

/** Runs one command line (without node and program name) and returns the exit code: 0, 1 or 2. */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  let exitCode = 0;
  const { program, load } = createProgram({
    io,
    exit: (code) => {
      exitCode = code;
    },
  });
  try {
    // `help NAME` shows a command without running it.
    const [first, second] = program.parseOptions([...args]).operands;
    if (first === "help") await load(second);
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    const { words, code } = failed(error);
    if (words !== "") terminalOf(io).err(`${words}\n`);
    return code;
  }
}

export interface Program {
  readonly program: Command;
  /** Loads the options of the command with that name, or of all; a command that runs loads its own. */
  readonly load: (name?: string) => Promise<void>;
}

/** The program, not yet run; its commands have only what the overview shows. */
export function createProgram({ io: to, exit }: { readonly io: Io; readonly exit: (code: number) => void }): Program {
  const io = terminalOf(to);
  const program = new Command("partwatch")
    .description("Warns you about InvenTree parts you are about to run out of.")
    .version(VERSION)
    .option("-C, --root <folder>", "the folder with monitors/ and partwatch.yaml (default: this one or one above it)")
    .option("--log-format <format>", "log lines as text or json", "text")
    .option("--log-level <level>", "error, warning, info or debug")
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
    })
    .showHelpAfterError("Run partwatch --help to see all commands.")
    .addHelpText("after", "\nExample:\n  $ partwatch demo\n")
    .exitOverride()
    .configureHelp(helpFor(io.columns));
  return { program, load: addCommands(program, { io, exit }) };
}

/** The width that a description needs beside its option; on narrower terminals it goes below. */
const READABLE = 30;

function helpFor(columns: number): HelpConfiguration {
  return {
    helpWidth: columns,
    minWidthToWrap: 20,
    showGlobalOptions: true,
    subcommandTerm: (command) => `${command.name()} ${command.usage()}`,
    formatItem: (term, termWidth, description, help) => {
      if (description === "" || columns - termWidth - 4 >= READABLE)
        return Help.prototype.formatItem.call(help, term, termWidth, description, help);
      const below = help.boxWrap(description, columns - 6).replace(/^/gm, " ".repeat(6));
      return `  ${term}\n${below}`;
    },
  };
}

/** The message for an error; a bug shows its stack. */
function failed(error: unknown): { readonly words: string; readonly code: number } {
  if (error instanceof CommanderError) return { words: "", code: error.exitCode === 0 ? 0 : USAGE };
  if (error instanceof CommandError) return { words: error.message, code: error.exitCode };
  if (error instanceof FailureError) return { words: error.message, code: FAILED };
  const bug = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { words: systemRefusal(error) ?? bug, code: FAILED };
}
