import type { Clock, Environment } from "../core/ports.ts";
import type { Inputs } from "./inputs.ts";

/** What each of the action's commands gets from the process. */
export interface ActionCommand {
  readonly inputs: Inputs;
  readonly env: Environment;
  /** Values that must not be shown. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
}
