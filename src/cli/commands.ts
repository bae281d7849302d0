import type { Terminal } from "./terminal.ts";

export interface CommandContext {
  readonly io: Terminal;
  readonly exit: (code: number) => void;
}
