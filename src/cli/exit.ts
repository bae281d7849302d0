/** The user's problem, or a failed check, channel or state. */
export const FAILED = 1;
/** The command line itself is wrong. */
export const USAGE = 2;

/** Ends a command with a message for the user and an exit code; it is no bug, so no stack is shown. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: number;

  constructor(message: string, exitCode: number = FAILED) {
    super(message);
    this.exitCode = exitCode;
  }
}
