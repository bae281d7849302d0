import { setTimeout } from "node:timers/promises";
import type { Clock } from "../core/ports.ts";

/** The machine's own time and randomness. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds) => setTimeout(milliseconds),
  random: () => Math.random(),
};
