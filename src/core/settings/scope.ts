import type { Monitor } from "../monitor.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { type Shard, shardOf } from "./shard.ts";

/** Which monitors a run checks; without both, all. */
export interface RunScope {
  /** Label of a server: only its monitors. */
  readonly instance?: string;
  readonly shard?: Shard;
}

type Placed = Pick<Monitor, "id" | "instance">;

/** Whether a run of this scope checks a monitor. Every monitor is in exactly one shard. */
export function isInScope({ id, instance }: Placed, scope: RunScope): boolean {
  if (scope.instance !== undefined && instance !== scope.instance) return false;
  return scope.shard === undefined || shardOf(id, scope.shard.count) === scope.shard.index;
}

/** Whether other runs check the remaining monitors. */
export function isPart({ instance, shard }: RunScope): boolean {
  return instance !== undefined || shard !== undefined;
}

/**
 * Of several runs that share the monitors and would all report the same, one is the leader: the first (by label, then by number)
 * that has one of these monitors. All of them come to the same answer without asking each other. Without monitors, every run.
 */
export function isLeader(scope: RunScope, monitors: readonly Placed[]): boolean {
  if (!isPart(scope) || monitors.length === 0) return true;
  const own: Place = { label: scope.instance ?? "", number: scope.shard?.index ?? 0 };
  const places = monitors.map((monitor) => placeOf(monitor, scope));
  return places.every((place) => byPlace(own, place) <= 0) && places.some((place) => byPlace(own, place) === 0);
}

interface Place {
  readonly label: string;
  readonly number: number;
}

function placeOf({ id, instance }: Placed, scope: RunScope): Place {
  return {
    label: scope.instance === undefined ? "" : instance,
    number: scope.shard === undefined ? 0 : shardOf(id, scope.shard.count),
  };
}

function byPlace(a: Place, b: Place): number {
  return byCodeUnits(a.label, b.label) || a.number - b.number;
}
