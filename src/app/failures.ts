import { formatProblem } from "../core/problem.ts";
import type { RunResult } from "./run.ts";

/** Everything that makes a run red, one sentence each, before the state is committed. */
export function failuresOf({
  read,
  selection,
  outcomes,
  state,
}: Pick<RunResult, "read" | "selection" | "outcomes" | "state">): string[] {
  const problems = read.problems.filter((problem) => problem.severity !== "warning").map(formatProblem);
  const broken = state.broken.map(({ path, message }) => `state branch, ${path}: ${message}`);
  const unknown = selection.unknown.map((id) => `There is no monitor ${id}.`);
  const failed = outcomes.flatMap((outcome): string[] => {
    const { id } = outcome.selected.monitor;
    if (outcome.kind === "failed") return [`${id}: ${outcome.failure.message}`];
    if (outcome.kind === "skipped") return [];
    return outcome.tellings.deliveries.flatMap(({ channel, outcome: delivery }) => {
      if (delivery.kind === "failed") return [`${id}: ${channel}: ${delivery.failure.message}`];
      if (delivery.kind === "would_tell") return [];
      return [...delivery.pending, ...delivery.refused].map(
        ({ address, reason }) => `${id}: ${channel}: ${address}: ${reason}`,
      );
    });
  });
  return [...problems, ...broken, ...unknown, ...failed];
}

/** What could not be remembered. */
export function stateFailures({ committed, stateFailure }: Pick<RunResult, "committed" | "stateFailure">): string[] {
  if (stateFailure !== null) return [`${stateFailure.message} What was told in this run may be told once more.`];
  return (committed?.skipped ?? []).map(
    (path) => `state branch, ${path}: left as it is; what this run learned of it is not remembered.`,
  );
}
