import type { Command } from "commander";
import type { Io } from "./io.ts";

/** A command of the program: it adds itself, and sets the exit code by `exit`. */
export type AddCommand = (program: Command, context: CommandContext) => void;

export interface CommandContext {
  readonly io: Io;
  readonly exit: (code: number) => void;
}
