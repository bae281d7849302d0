import { formatProblem, type Problem } from "../core/problem.ts";

/** A problem of the user's files, or a failed check, channel or state. */
export const FAILED = 1;
/** The command line itself is wrong. */
export const USAGE = 2;

/** Ends a command if the settings are broken: figures calculated from half of them would be wrong. */
export function refuseBroken(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new CommandError(problems.map(formatProblem).join("\n"));
}

/** Ends a command with a message for the user and an exit code; not a bug, so no stack is shown. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: number;

  constructor(message: string, exitCode: number = FAILED) {
    super(message);
    this.exitCode = exitCode;
  }
}
