import type { Clock, Environment } from "../core/ports.ts";
import type { Inputs } from "./inputs.ts";

/** The process as each of the action's commands gets it. */
export interface ActionCommand {
  readonly inputs: Inputs;
  readonly env: Environment;
  /** Values that must not be shown. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
}
