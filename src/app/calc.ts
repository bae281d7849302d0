import { calculate } from "../core/calculation/calculate.ts";
import type { Snapshot } from "../core/calculation/snapshot.ts";
import type { Report } from "../core/generated/report.ts";
import type { Monitor } from "../core/monitor.ts";
import { localDate } from "../core/schedule/local-date.ts";
import type { InventreeSource } from "./deps.ts";
import { readFor } from "./run/read.ts";

/** A list that is not a monitor (yet). */
export type CalcList = Pick<
  Monitor,
  "parts" | "watch" | "policy" | "timezone" | "lead_times" | "order_soon_days" | "suppliers"
>;

export interface Calculated {
  readonly report: Report;
  readonly snapshot: Snapshot;
}

/**
 * Calculates what is missing for a list, without a run; nothing is recorded, nobody is notified. Throws FailureError if the server
 * cannot be read completely.
 */
export async function calc(input: {
  readonly list: CalcList;
  readonly inventree: InventreeSource;
  readonly now: Date;
  /** Whether to calculate how many of each assembly could be built by when. */
  readonly byWhen?: boolean;
}): Promise<Calculated> {
  const {
    parts,
    watch,
    policy,
    timezone,
    lead_times: leadTimes,
    order_soon_days: orderSoonDays,
    suppliers,
  } = input.list;
  const { byWhen = false } = input;
  const lists = [{ parts, watch, policy, silences: [], timezone, byWhen }];
  const snapshot = await readFor(lists, input);
  const today = localDate(input.now, timezone);
  const report = calculate({ parts, watch, policy, snapshot, today, leadTimes, orderSoonDays, suppliers, byWhen });
  return { report, snapshot };
}
