import type { Monitor } from "../../core/monitor.ts";
import { overdue } from "../../core/notification/overdue.ts";
import type { StateFiles } from "../../core/notification/state.ts";
import { defined, own } from "../../core/records.ts";
import { isLeader, isPart, type RunScope } from "../../core/settings/scope.ts";
import type { RunRequest } from "./run-request.ts";
import { select } from "./select.ts";

/** What a run may report about things that other runs see as well. */
export interface ReportingRole {
  /** Other runs check the remaining monitors, perhaps at this very moment. */
  readonly isOneOfSeveral: boolean;
  /** Other runs read the same servers. */
  readonly sharesServers: boolean;
  /** Whether it reports on files, the state branch, and monitors that are gone or overdue. */
  readonly shared: boolean;
  /** Whether it reports on the server of that label before any other run does. */
  readonly server: (label: string) => boolean;
  /** Whether there are runs that check this monitor. */
  readonly hasActiveRun: (monitor: Monitor) => boolean;
  /**
   * Monitors whose check was due by this instant are overdue. With several runs, that of the latest run of any of them: after a
   * night without runs they all start together, and each would call the others overdue.
   */
  readonly present: Date;
}

/**
 * Runs that share the monitors all see the same broken file and the same unreachable server: one of them reports it. A run
 * whose monitors are overdue does not take place, so another one reports instead.
 */
export function electReporter(input: {
  readonly monitors: readonly Monitor[];
  readonly state: StateFiles;
  readonly order: RunRequest;
  readonly channelsOf: (monitor: Monitor) => readonly string[];
}): ReportingRole {
  const { monitors, state, order, channelsOf } = input;
  const { instance, shard, ...everywhere } = order;
  const scope: RunScope = { ...defined({ instance, shard }) };
  const present = isPart(scope) ? latestRun(state, order.now) : order.now;
  const hasActiveRun = (monitor: Monitor) =>
    monitor.active && overdue({ monitor, lastRun: own(state.runs, monitor.id)?.last_run, now: present }) === null;
  const asking = (label: string) =>
    select({ monitors, state, order: everywhere, channelsOf })
      .selected.map((selected) => selected.monitor)
      .filter((monitor) => monitor.instance === label && hasActiveRun(monitor));
  return {
    isOneOfSeveral: isPart(scope),
    sharesServers: shard !== undefined,
    shared: isLeader(scope, monitors.filter(hasActiveRun)),
    server: (label) => isLeader(scope, asking(label)),
    hasActiveRun,
    present,
  };
}

function latestRun({ runs }: StateFiles, now: Date): Date {
  const ends = Object.values(runs).map(({ last_run }) => Date.parse(last_run.finished_at));
  return ends.length === 0 ? now : new Date(Math.max(...ends));
}
