import { isOutlookDue, newInOrders } from "../../core/notification/merge-ahead.ts";
import { ordersRead } from "../../core/notification/orders-read.ts";
import type { StateDelta, StateFiles } from "../../core/notification/state.ts";
import type { Log } from "../../core/ports.ts";
import { own } from "../../core/records.ts";
import type { Config } from "../../core/settings/config.ts";
import { publicCopy } from "../dashboard/public-text.ts";
import type { SnapshotResult } from "./read.ts";
import { isLeft, type MonitorOutcome } from "./state-delta.ts";

type Ahead = Pick<StateDelta, "orders" | "outlooks">;

interface Recording {
  readonly outcomes: readonly MonitorOutcome[];
  readonly readings: ReadonlyMap<string, SnapshotResult>;
  /** As it was read. */
  readonly state: StateFiles;
  readonly defaults: Config["monitorDefaults"];
  readonly now: Date;
  readonly secrets: readonly string[];
  readonly log: Log;
}

/**
 * What a run remembers of open orders, and of what lies ahead, from what its checks have read anyway. That it cannot be made
 * breaks no check: what is known stands, and turns grey.
 */
export async function aheadOf(recording: Recording): Promise<Ahead> {
  const orders = new Map<string, NonNullable<Ahead["orders"]>[string]>();
  const outlooks = new Map<string, NonNullable<Ahead["outlooks"]>[string]>();
  const checked = recording.outcomes.filter((one) => one.kind === "checked").filter((one) => !isLeft(one));
  for (const [instance, its] of Map.groupBy(checked, ({ selected }) => selected.monitor.instance)) {
    const reading = recording.readings.get(instance);
    if (reading?.kind !== "read") continue;
    const { state, now, defaults, secrets, log } = recording;
    const { snapshot } = reading;
    const lists = its.map(({ selected: { monitor }, checked: { facts: report } }) => ({ monitor, report }));
    try {
      const read = ordersRead(
        lists.map(({ report }) => report),
        { snapshot, at: now },
      );
      const fresh = newInOrders(publicCopy(read, secrets), own(state.orders, instance));
      if (fresh !== undefined) orders.set(instance, fresh);
      const current = own(state.outlooks, instance);
      if (!isOutlookDue(current, { lists, now })) continue;
      // Once a day; other runs do without loading it.
      const { outlookMade } = await import("../../core/notification/outlook.ts");
      const made = outlookMade({ lists, snapshot, current, defaults, now });
      if (made !== undefined) outlooks.set(instance, publicCopy(made, secrets));
    } catch (error) {
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log.warning("what lies ahead could not be worked out; pages show what was known", {
        step: "state",
        instance,
        cause,
      });
    }
  }
  return {
    ...(orders.size === 0 ? {} : { orders: Object.fromEntries(orders) }),
    ...(outlooks.size === 0 ? {} : { outlooks: Object.fromEntries(outlooks) }),
  };
}
