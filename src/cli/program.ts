import { Command, CommanderError } from "commander";
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
import type { CommandContext } from "./commands.ts";
import { CommandError, FAILED, USAGE } from "./exit.ts";
import type { Io } from "./io.ts";

/** Runs one command line (without node and program name) and returns the exit code: 0, 1 or 2. */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  let exitCode = 0;
  const context: CommandContext = {
    io,
    exit: (code) => {
      exitCode = code;
    },
  };
  const program = createProgram(context);
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    return failed(error, io);
  }
}

/** The program with all its commands, not yet run. */
export function createProgram(context: CommandContext): Command {
  const { io } = context;
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
    .configureHelp({ helpWidth: io.columns, showGlobalOptions: true });
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
    add(program, context);
  return program;
}

function failed(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (error instanceof CommandError) {
    if (error.message !== "") io.err(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof FailureError) {
    io.err(`${error.message}\n`);
    return FAILED;
  }
  const refused = systemRefusal(error);
  if (refused !== undefined) {
    io.err(`${refused}\n`);
    return FAILED;
  }
  // A bug shows its stack.
  io.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return FAILED;
}
