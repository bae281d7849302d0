// One report of a few words: a list, watch rules and a policy against a small snapshot, on 20 November 2026.
import { calculate } from "../../../src/core/calculation/calculate.ts";
import type { Report, ReportLine } from "../../../src/core/generated/report.ts";
import { DEFAULT_POLICY, type ListEntry, type Policy, type WatchEntry } from "../../../src/core/monitor.ts";
import { type LineGiven, type SnapshotGiven, snapshotOf } from "./snapshot-builder.ts";

interface CaseGiven extends Omit<SnapshotGiven, "lines"> {
  readonly lines?: readonly LineGiven[];
  readonly list?: readonly ListEntry[];
  readonly watch?: readonly WatchEntry[];
  readonly policy?: Partial<Policy>;
}

/** The report of a case; what it does not say is the default. */
export function caseReport({ list = [], watch = [], policy = {}, ...given }: CaseGiven): Report {
  return calculate({
    parts: list,
    watch,
    policy: { ...DEFAULT_POLICY, ...policy },
    snapshot: snapshotOf(given),
    today: "2026-11-20",
  });
}

/** The part's line; throws if there is none. */
export function lineOf(report: Report, pk: number): ReportLine {
  const line = report.lines.find((each) => each.pk === pk);
  if (line === undefined) throw new Error(`The report has no line of part ${pk}`);
  return line;
}
