import { failureOf } from "../../core/failure.ts";
import type { StateDelta } from "../../core/notification/state.ts";
import type { Deps } from "../deps.ts";
import { AGAIN } from "./failures.ts";
import type { RunResult } from "./run-result.ts";
import { type MonitorOutcome, outcomeName } from "./state-delta.ts";

/** The commit at the end of a run. */
export async function remember(
  deps: Deps,
  {
    delta,
    outcomes,
    hasSent,
  }: { readonly delta: StateDelta; readonly outcomes: readonly MonitorOutcome[]; readonly hasSent: boolean },
): Promise<Pick<RunResult, "committed" | "stateFailure">> {
  try {
    const committed = await deps.store.commit(delta, commitMessage(outcomes, delta.removed));
    deps.log.info("state committed", {
      step: "state",
      commit: committed.commit.slice(0, 12),
      conflicts: committed.conflicts,
    });
    return { committed, stateFailure: null };
  } catch (error) {
    const failure = failureOf(error);
    deps.log.error(hasSent ? `${failure.message} ${AGAIN}` : failure.message, { step: "state" });
    return { committed: null, stateFailure: failure };
  }
}

/** `Check sensor-board: notified (short 3); cables: unchanged`: what `git log --oneline` of the state branch shows. */
function commitMessage(outcomes: readonly MonitorOutcome[], forgotten: readonly string[]): string {
  const message = checksMessage(outcomes);
  if (forgotten.length === 0) return message;
  return `${message}\n\nForget ${forgotten.join(", ")}: no file of theirs is left`;
}

function checksMessage(outcomes: readonly MonitorOutcome[]): string {
  const lines = outcomes.map((outcome) => {
    const short = outcome.kind === "checked" ? `, short ${outcome.checked.report.summary.short}` : "";
    return `${outcome.selected.monitor.id}: ${outcomeName(outcome).replace("_", " ")}${short}`;
  });
  if (lines.length === 0) return "Record incidents";
  if (lines.length === 1) return `Check ${lines[0]}`;
  return `Check ${lines.length} monitors\n\n${lines.join("\n")}`;
}
