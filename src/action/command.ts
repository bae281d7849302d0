import type { Clock } from "../core/clock.ts";
import type { Environment } from "./environment.ts";
import type { Inputs } from "./inputs.ts";

/** What each of the action's commands gets from the process. */
export interface ActionCommand {
  readonly inputs: Inputs;
  readonly env: Environment;
  /** Values that must not be shown. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
}
