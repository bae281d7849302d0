import type { Silence } from "../generated/monitor.ts";
import type { ListEntry, Monitor, Policy, WatchEntry } from "../monitor.ts";

/** What the due monitors of one server ask of a snapshot. */
export interface SnapshotRequest {
  readonly entries: readonly ListEntry[];
  readonly watch: readonly WatchEntry[];
  readonly policies: readonly Policy[];
  readonly silences: readonly Readonly<Silence>[];
  /** Somebody asks by when, though no entry has a day. */
  readonly byWhen?: boolean;
  /** Somebody asks what open builds and sales take, and when. */
  readonly demands?: boolean;
  /** Somebody records what is on order of every part of a list. */
  readonly orders?: boolean;
}

/** The part of a monitor that decides what is read. */
export interface NeedSource extends Pick<Monitor, "parts" | "plan" | "watch" | "policy" | "silences"> {
  readonly byWhen?: boolean;
  readonly demands?: boolean;
  readonly orders?: boolean;
}

/** What all these monitors together need: one snapshot serves them all. */
export function snapshotRequest(monitors: readonly NeedSource[]): SnapshotRequest {
  return {
    entries: monitors.flatMap((monitor) => monitor.parts),
    watch: monitors.flatMap((monitor) => monitor.watch),
    policies: monitors.map((monitor) => monitor.policy),
    silences: monitors.flatMap((monitor) => monitor.silences),
    byWhen: monitors.some((monitor) => monitor.byWhen === true || monitor.plan !== undefined),
    demands: monitors.some((monitor) => monitor.demands === true),
    orders: monitors.some((monitor) => monitor.orders === true),
  };
}

/** Whether somebody counts less than all stock, so that stock items are needed. */
export function narrowsStock(need: SnapshotRequest): boolean {
  return (
    need.policies.some(({ stock }) => stock.locations.length > 0 || stock.exclude.length > 0) || watchesLocation(need)
  );
}

/** Whether somebody names a location. */
export function namesLocation(need: SnapshotRequest): boolean {
  return need.policies.some(({ stock }) => stock.locations.length > 0) || watchesLocation(need);
}

/** Whether somebody names a category. */
export function namesCategory(need: SnapshotRequest): boolean {
  return [...need.watch, ...need.silences].some((rule) => rule.category !== undefined);
}

/** Whether what open orders require is counted, so that it must be exact. */
export function countsRequired(need: SnapshotRequest): boolean {
  return need.policies.some((policy) => policy.demand === "open_orders") || asksForDemands(need);
}

/** Whether each line of open builds and sales is needed, with its day. */
export function asksForDemands(need: SnapshotRequest): boolean {
  return need.demands === true && need.policies.some((policy) => policy.demand !== "none");
}

/** Whether somebody asks by when something is there, so that builds and their days are needed. */
export function asksByWhen(need: SnapshotRequest): boolean {
  return need.byWhen === true || need.entries.some(({ needed_by }) => needed_by !== undefined);
}

/** What identifies the parts that lists, watch rules and policies name. A reference of a policy may be IPN or name. */
export interface NamedParts {
  readonly pks: ReadonlySet<number>;
  readonly ipns: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

/** The parts that are named. The first key of an entry that is there decides, as in the calculation. */
export function namedParts({ entries, watch, policies }: SnapshotRequest): NamedParts {
  const pks = new Set<number>();
  const ipns = new Set<string>();
  const names = new Set<string>();
  for (const { pk, ipn, name } of entries) {
    if (pk !== undefined) pks.add(pk);
    else if (ipn !== undefined) ipns.add(ipn);
    else if (name !== undefined) names.add(name);
  }
  for (const reference of [...watch.map((rule) => rule.part), ...policies.flatMap(({ buy }) => buy)]) {
    if (typeof reference === "number") pks.add(reference);
    else if (reference !== undefined) {
      ipns.add(reference);
      names.add(reference);
    }
  }
  return { pks, ipns, names };
}

function watchesLocation(need: SnapshotRequest): boolean {
  return need.watch.some((rule) => rule.location !== undefined);
}
