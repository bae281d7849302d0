import type { Failure } from "../../core/failure.ts";
import type { Report } from "../../core/generated/report.ts";
import type { RequestCost } from "../../core/ports.ts";
import type { Problem } from "../../core/problem.ts";
import { defined } from "../../core/records.ts";
import { jsonText } from "../../core/text/foreign-text.ts";
import type { Delivery } from "./delivery.ts";
import type { RunResult } from "./run-result.ts";
import { failureIn, type MonitorOutcome, outcomeName } from "./state-delta.ts";
import type { Times } from "./stopwatch.ts";

/** A run as machines read it: `run --json`, and the action's `report-json`. */
export interface RunJson {
  readonly monitors: readonly MonitorJson[];
  readonly problems: readonly Problem[];
  readonly failures: readonly string[];
  readonly state: { readonly commit: string | null; readonly conflicts: number; readonly error: Failure | null };
  /** What all servers have cost. */
  readonly spent: RequestCost;
  /** Where the time went, in milliseconds. */
  readonly times: Times;
}

export interface MonitorJson {
  readonly id: string;
  readonly name: string;
  readonly outcome: string;
  readonly reason: string;
  readonly error: Failure | null;
  readonly hash: string | null;
  readonly deliveries: readonly DeliveryJson[];
  readonly report: Report | null;
}

export interface DeliveryJson {
  readonly channel: string;
  readonly reason: string;
  /** Ids of the other lists in the same mail; absent: none. */
  readonly with?: readonly string[];
  readonly outcome: Delivery["outcome"]["kind"];
  readonly ref: string | null;
  readonly accepted: readonly string[];
  /** Who will get it later, including those who may already have it. */
  readonly pending: readonly string[];
  readonly refused: readonly string[];
  readonly error: Failure | null;
}

/** Makes the JSON of a run's result. */
export function runJson(result: RunResult, spent: RequestCost): RunJson {
  return {
    monitors: result.outcomes.map(monitorJson),
    problems: result.read.problems,
    failures: result.failures,
    state: {
      commit: result.committed?.commit ?? null,
      conflicts: result.committed?.conflicts ?? 0,
      error: result.stateFailure,
    },
    spent,
    times: result.times,
  };
}

/**
 * The same as `jsonText(json, 2)` and a line break, but monitor by monitor: 1,000 reports are 100 MB of text.
 */
export function* runJsonText(json: RunJson): Generator<string> {
  const { monitors, ...rest } = json;
  yield '{\n  "monitors": [';
  for (const [index, monitor] of monitors.entries()) {
    const text = jsonText(monitor, 2).replaceAll("\n", "\n    ");
    yield `${index === 0 ? "" : ","}\n    ${text}`;
  }
  yield monitors.length === 0 ? "]," : "\n  ],";
  // The rest goes on where its own brace would open.
  yield `${jsonText(rest, 2).slice(1)}\n`;
}

function monitorJson(outcome: MonitorOutcome): MonitorJson {
  const { monitor, reason } = outcome.selected;
  const checked = outcome.kind === "checked" ? outcome : undefined;
  return {
    id: monitor.id,
    name: monitor.name,
    outcome: outcomeName(outcome),
    reason,
    error: failureIn(outcome) ?? null,
    hash: checked?.checked.hash ?? null,
    deliveries: checked?.notifications.deliveries.map(deliveryJson) ?? [],
    report: checked?.checked.report ?? null,
  };
}

function deliveryJson(delivery: Delivery): DeliveryJson {
  const { channel, reason, with: others } = delivery;
  return { channel, reason, ...defined({ with: others }), ...outcomeJson(delivery) };
}

function outcomeJson({ outcome }: Delivery): Omit<DeliveryJson, "channel" | "reason" | "with"> {
  const nobody = { ref: null, accepted: [], pending: [], refused: [], error: null };
  switch (outcome.kind) {
    case "would_notify":
    case "elsewhere":
    case "waiting":
    case "gave_up":
    case "not_claimed":
    case "not_begun":
      return { outcome: outcome.kind, ...nobody };
    case "unknown":
      return { outcome: "unknown", ...nobody, error: outcome.failure };
    case "failed":
      return {
        outcome: "failed",
        ...nobody,
        refused: addresses(outcome.refused),
        error: outcome.failure,
      };
    case "accepted": {
      const { delivered, accepted, pending, refused, unconfirmed } = outcome;
      return {
        outcome: "accepted",
        ref: delivered.ref,
        accepted,
        pending: addresses([...pending, ...unconfirmed]),
        refused: addresses(refused),
        error: null,
      };
    }
    default:
      return outcome satisfies never;
  }
}

function addresses(refusals: readonly { readonly address: string }[]): readonly string[] {
  return refusals.map(({ address }) => address);
}
