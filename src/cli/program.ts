import { Command, CommanderError, Help, type HelpConfiguration } from "commander";
import { FailureError } from "../core/failure.ts";
import { VERSION } from "../core/version.ts";
import { systemRefusal } from "../system/refusal.ts";
import { addAck } from "./command-ack.ts";
import { addAlerts } from "./command-alerts.ts";
import { addCalc } from "./command-calc.ts";
import { addDemo } from "./command-demo.ts";
import { addDoctor } from "./command-doctor.ts";
import { addGenerate } from "./command-generate.ts";
import { addImport } from "./command-import.ts";
import { addInit } from "./command-init.ts";
import { addMonitor } from "./command-monitor.ts";
import { addPreview } from "./command-preview.ts";
import { addRun } from "./command-run.ts";
import { addStatus } from "./command-status.ts";
import { addValidate } from "./command-validate.ts";
import { CommandError, FAILED, USAGE } from "./exit.ts";
import type { Io } from "./io.ts";
import { terminalOf } from "./terminal.ts";

/** Runs one command line (without node and program name) and returns the exit code: 0, 1 or 2. */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  let exitCode = 0;
  const program = createProgram({
    io,
    exit: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    const { words, code } = failed(error);
    if (words !== "") terminalOf(io).err(`${words}\n`);
    return code;
  }
}

/** The program with all its commands, not yet run. */
export function createProgram({ io: to, exit }: { readonly io: Io; readonly exit: (code: number) => void }): Command {
  const io = terminalOf(to);
  const program = new Command("partwatch")
    .description("Tells which InvenTree parts you are about to run out of.")
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
    .showHelpAfterError("(add --help for what there is)")
    .addHelpText("after", "\nExample:\n  $ partwatch demo\n")
    .exitOverride()
    .configureHelp(helpFor(io.columns));
  for (const add of [
    addRun,
    addCalc,
    addValidate,
    addPreview,
    addStatus,
    addMonitor,
    addAlerts,
    addAck,
    addImport,
    addGenerate,
    addInit,
    addDoctor,
    addDemo,
  ])
    add(program, { io, exit });
  return program;
}

/** What a description needs beside its option; it stands below where a narrow terminal does not have that. */
const READABLE = 30;

function helpFor(columns: number): HelpConfiguration {
  return {
    helpWidth: columns,
    minWidthToWrap: 20,
    showGlobalOptions: true,
    formatItem: (term, termWidth, description, help) => {
      if (description === "" || columns - termWidth - 4 >= READABLE)
        return Help.prototype.formatItem.call(help, term, termWidth, description, help);
      const below = help.boxWrap(description, columns - 6).replace(/^/gm, " ".repeat(6));
      return `  ${term}\n${below}`;
    },
  };
}

/** What to say of an error; a bug shows its stack. */
function failed(error: unknown): { readonly words: string; readonly code: number } {
  if (error instanceof CommanderError) return { words: "", code: error.exitCode === 0 ? 0 : USAGE };
  if (error instanceof CommandError) return { words: error.message, code: error.exitCode };
  if (error instanceof FailureError) return { words: error.message, code: FAILED };
  const bug = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { words: systemRefusal(error) ?? bug, code: FAILED };
}
