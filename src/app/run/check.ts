import { calculate } from "../../core/calculation/calculate.ts";
import type { Snapshot } from "../../core/calculation/snapshot.ts";
import { type Failure, failureOf } from "../../core/failure.ts";
import type { Report } from "../../core/generated/report.ts";
import type { Monitor } from "../../core/monitor.ts";
import { nextAlerts } from "../../core/notification/alerts.ts";
import { settledReport } from "../../core/notification/settled-report.ts";
import { type Settling, settle } from "../../core/notification/settling.ts";
import { hashOf, listDigest, type SignificantResult, significantResult } from "../../core/notification/significant.ts";
import { applySilences } from "../../core/notification/silences.ts";
import type { Alert } from "../../core/notification/state.ts";
import { defined } from "../../core/records.ts";
import { localDate } from "../../core/schedule/local-date.ts";

/** A complete check. */
export interface Checked {
  readonly kind: "checked";
  /** Alerts that have not settled are as before. */
  readonly report: Report;
  /** As this check found it. */
  readonly facts: Report;
  /** Lines that have not settled are as before. */
  readonly significant: SignificantResult;
  /** As this check found it. */
  readonly present: SignificantResult;
  readonly hash: string;
  readonly listDigest: string;
  readonly alerts: readonly Alert[];
  /** Only where the list waits for more than one check. */
  readonly settling?: Settling;
}

export type CheckResult = Checked | { readonly kind: "failed"; readonly failure: Failure };

/**
 * Evaluates one monitor against a snapshot. What goes wrong inside is the failure of this check alone: a bug in one list
 * stops none of the others.
 */
export function checkMonitor(input: {
  readonly monitor: Monitor;
  readonly snapshot: Snapshot;
  /** As remembered. */
  readonly alerts: readonly Alert[];
  /** As remembered, and the occurrence that this check is for; absent: everything counts at once. */
  readonly settling?: Settling | undefined;
  readonly occurrence?: Date | undefined;
  /** As last notified: it knows the parts that are no lines any more. */
  readonly previousReport?: Report | undefined;
  readonly now: Date;
  readonly onBug?: (error: unknown) => void;
}): CheckResult {
  try {
    return evaluate(input);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === "bug") input.onBug?.(error);
    return { kind: "failed", failure };
  }
}

function evaluate(input: Parameters<typeof checkMonitor>[0]): Checked {
  const { monitor, snapshot, alerts: before, now } = input;
  const { parts, plan, watch, policy, timezone, suppliers } = monitor;
  const { lead_times: leadTimes, order_soon_days: orderSoonDays } = monitor;
  const today = localDate(now, timezone);
  const list = { parts, watch, policy, ...defined({ plan }) };
  const counted = calculate({ ...list, snapshot, today, leadTimes, orderSoonDays, suppliers });
  const found = nextAlerts({ alerts: before, report: counted, now, timezone });
  const facts = applySilences({ report: counted, monitor, alerts: found, snapshot, now });
  const present = significantResult(facts);
  const settling = settlingOf(input, { present, facts });
  const significant = settling?.settled ?? present;
  const report = settling === undefined ? facts : reportAsSettled(input, { facts, present, settling });
  // What has not settled is neither raised nor resolved.
  const alerts = report === facts ? found : nextAlerts({ alerts: before, report, now, timezone });
  return {
    kind: "checked",
    report,
    facts,
    significant,
    present,
    hash: hashOf(significant),
    listDigest: listDigest(monitor),
    alerts,
    ...defined({ settling }),
  };
}

function reportAsSettled(
  { monitor, previousReport }: Parameters<typeof checkMonitor>[0],
  found: Pick<Checked, "facts" | "present"> & { readonly settling: Settling },
): Report {
  const { for: appear, recover } = monitor;
  return settledReport({ ...found, appear, recover, previousReport });
}

function settlingOf(
  { monitor, settling: before, occurrence }: Parameters<typeof checkMonitor>[0],
  { present, facts }: Pick<Checked, "present" | "facts">,
): Settling | undefined {
  const { for: appear, recover } = monitor;
  if (occurrence === undefined || (appear === 1 && recover === 1)) return undefined;
  return settle({
    significant: present,
    silenced: facts.silenced,
    coverage: facts.summary.coverage,
    before,
    occurrence,
    appear,
    recover,
  });
}
