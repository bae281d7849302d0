import type { Failure } from "../core/failure.ts";
import type { BrokenFile } from "../core/telling/state.ts";
import { findId } from "./find-monitor.ts";
import type { RunResult } from "./run.ts";

/** Whether the run is red: something failed, or a file cannot be used. */
export function isRed({ read, failures }: Pick<RunResult, "read" | "failures">): boolean {
  return failures.length > 0 || read.problems.some((problem) => problem.severity !== "warning");
}

/** What failed before the state was committed, one sentence each; problems of files have their own place. */
export function failuresOf({
  read,
  selection,
  outcomes,
  state,
}: Pick<RunResult, "read" | "selection" | "outcomes" | "state">): string[] {
  const broken = state.broken.map(({ path, message }) => `state branch, ${path}: ${message}`);
  const unknown = selection.unknown.map((id) => unknownWords(read, id));
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
  return [...broken, ...unknown, ...failed];
}

/** What could not be remembered. */
export function stateFailures({ committed, stateFailure }: Pick<RunResult, "committed" | "stateFailure">): string[] {
  if (stateFailure !== null) return [`${stateFailure.message} What was told in this run may be told once more.`];
  return (committed?.skipped ?? []).map(
    (path) => `state branch, ${path}: left as it is; what this run learned of it is not remembered.`,
  );
}

/** Why a monitor is not told of: who does not know what was told would tell it again, with every run. */
export function unknownState({ path, message }: BrokenFile): Failure {
  const text = `state branch, ${path}: ${message} Until it is mended nobody is told of this monitor.`;
  return { kind: "state", retryable: false, message: text };
}

/** One whose file is broken is there, though nobody can check it. */
function unknownWords({ monitors, broken }: RunResult["read"], id: string): string {
  const file = broken.find((one) => one.id?.toLowerCase() === id.toLowerCase())?.file;
  if (file !== undefined) return `${id}: ${file} cannot be used, so it was not checked.`;
  return findId(
    monitors.map((monitor) => monitor.id),
    id,
  ).message;
}
