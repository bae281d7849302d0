import { calculate } from "../core/calculation/calculate.ts";
import type { Snapshot } from "../core/calculation/snapshot.ts";
import type { Report } from "../core/generated/report.ts";
import type { Monitor } from "../core/monitor.ts";
import { localDate } from "../core/schedule/local-date.ts";
import { needOf } from "../inventree/need.ts";
import type { InventreeSource } from "./deps.ts";

/** What a list that is no monitor yet is made of. */
export type CalcList = Pick<Monitor, "parts" | "watch" | "policy" | "timezone">;

export interface Calculated {
  readonly report: Report;
  readonly snapshot: Snapshot;
}

/**
 * Answers at once what is missing for a list; nothing is remembered, nobody is told. Throws FailureError if the server
 * cannot be read completely.
 */
export async function calc(question: {
  readonly list: CalcList;
  readonly inventree: InventreeSource;
  readonly now: Date;
}): Promise<Calculated> {
  const { parts, watch, policy, timezone } = question.list;
  const snapshot = await question.inventree.read(needOf([{ parts, watch, policy, silences: [] }]));
  const report = calculate({ parts, watch, policy, snapshot, today: localDate(question.now, timezone) });
  return { report, snapshot };
}
