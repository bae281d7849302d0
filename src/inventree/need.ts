import type { Silence } from "../core/generated/monitor.ts";
import type { ListEntry, Policy, WatchEntry } from "../core/monitor.ts";

/** What the due monitors of one server ask of a snapshot. */
export interface Need {
  readonly entries: readonly ListEntry[];
  readonly watch: readonly WatchEntry[];
  readonly policies: readonly Policy[];
  readonly silences: readonly Readonly<Silence>[];
}

/** The part of a monitor that decides what is read. */
export interface NeedSource {
  readonly parts: readonly ListEntry[];
  readonly watch: readonly WatchEntry[];
  readonly policy: Policy;
  readonly silences: readonly Readonly<Silence>[];
}

/** What all these monitors together need: one snapshot serves them all. */
export function needOf(monitors: readonly NeedSource[]): Need {
  return {
    entries: monitors.flatMap((monitor) => monitor.parts),
    watch: monitors.flatMap((monitor) => monitor.watch),
    policies: monitors.map((monitor) => monitor.policy),
    silences: monitors.flatMap((monitor) => monitor.silences),
  };
}

/** Whether somebody counts less than all stock, so that stock items are needed. */
export function narrowsStock(need: Need): boolean {
  return (
    need.policies.some(({ stock }) => stock.locations.length > 0 || stock.exclude.length > 0) || watchesLocation(need)
  );
}

/** Whether somebody names a location. */
export function namesLocation(need: Need): boolean {
  return need.policies.some(({ stock }) => stock.locations.length > 0) || watchesLocation(need);
}

/** Whether somebody names a category. */
export function namesCategory(need: Need): boolean {
  return [...need.watch, ...need.silences].some((rule) => rule.category !== undefined);
}

/** Whether what open orders require is counted, so that it must be exact. */
export function countsRequired(need: Need): boolean {
  return need.policies.some((policy) => policy.demand === "open_orders");
}

function watchesLocation(need: Need): boolean {
  return need.watch.some((rule) => rule.location !== undefined);
}
