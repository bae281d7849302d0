import { calculate } from "../core/calculation/calculate.ts";
import type { Snapshot } from "../core/calculation/snapshot.ts";
import type { Failure } from "../core/failure.ts";
import { failureOf } from "../core/failure.ts";
import type { Report } from "../core/generated/report.ts";
import type { Monitor } from "../core/monitor.ts";
import { localDate } from "../core/schedule/local-date.ts";
import { nextAlerts } from "../core/telling/alerts.ts";
import { hashOf, listDigest, significantResult } from "../core/telling/significant.ts";
import { applySilences } from "../core/telling/silences.ts";
import type { Alert, SignificantResult } from "../core/telling/state.ts";

/** A complete check. */
export interface Checked {
  readonly kind: "checked";
  readonly report: Report;
  readonly significant: SignificantResult;
  readonly hash: string;
  readonly listDigest: string;
  readonly alerts: readonly Alert[];
}

export type CheckResult = Checked | { readonly kind: "failed"; readonly failure: Failure };

/**
 * Evaluates one monitor against a snapshot. What goes wrong inside is the failure of this check alone: a bug in one list
 * stops none of the others.
 */
export function checkMonitor(question: {
  readonly monitor: Monitor;
  readonly snapshot: Snapshot;
  /** As remembered. */
  readonly alerts: readonly Alert[];
  readonly now: Date;
  readonly onBug?: (error: unknown) => void;
}): CheckResult {
  try {
    return evaluate(question);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === "bug") question.onBug?.(error);
    return { kind: "failed", failure };
  }
}

function evaluate({ monitor, snapshot, alerts: before, now }: Parameters<typeof checkMonitor>[0]): Checked {
  const { parts, watch, policy, timezone } = monitor;
  const facts = calculate({ parts, watch, policy, snapshot, today: localDate(now, timezone) });
  const alerts = nextAlerts({ alerts: before, report: facts, now, timezone });
  const report = applySilences({ report: facts, monitor, alerts, snapshot, now });
  const significant = significantResult(report);
  return { kind: "checked", report, significant, hash: hashOf(significant), listDigest: listDigest(monitor), alerts };
}
