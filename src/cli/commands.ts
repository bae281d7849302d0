import type { Io } from "./io.ts";

export interface CommandContext {
  readonly io: Io;
  readonly exit: (code: number) => void;
}
