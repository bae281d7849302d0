import type { Failure } from "../../core/failure.ts";
import type { BrokenStateFile } from "../../core/notification/state.ts";
import { formatProblem, isError } from "../../core/problem.ts";
import { findId } from "../manage/find-monitor.ts";
import { givenUpOn, givenUpWords } from "./describe-delivery.ts";
import type { RunResult } from "./run-result.ts";

/** Whether the run is red: something failed, or a file cannot be used. */
export function isRed({ read, failures }: Pick<RunResult, "read" | "failures">): boolean {
  return failures.length > 0 || read.problems.some(isError);
}

/** All that makes a run red, one sentence each; also problems of files. */
export function allFailures({ read, failures }: Pick<RunResult, "read" | "failures">): readonly string[] {
  return [...failures, ...read.problems.filter(isError).map(formatProblem)];
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
    return outcome.notifications.deliveries.flatMap(({ channel, outcome: delivery }) => {
      if (delivery.kind === "failed") return [`${id}: ${channel}: ${delivery.failure.message}`];
      if (delivery.kind === "unknown") {
        const given = givenUpOn(delivery);
        const rest = given === undefined ? UNKNOWN : given.words;
        return [`${id}: ${channel}: ${delivery.failure.message}: ${rest}`];
      }
      if (delivery.kind === "gave_up") return [`${id}: ${channel}: ${givenUpWords(delivery.sending)}`];
      if (delivery.kind !== "accepted") return [];
      const given = givenUpOn(delivery);
      const doubts = delivery.unconfirmed
        .filter(({ address }) => given?.to.includes(address) !== true)
        .map((one) => ({ ...one, reason: `${one.reason}: ${UNKNOWN}` }));
      const words = [...delivery.pending, ...delivery.refused, ...doubts].map(
        ({ address, reason }) => `${address}: ${reason}`,
      );
      return [...words, ...(given === undefined ? [] : [given.words])].map((one) => `${id}: ${channel}: ${one}`);
    });
  });
  return [...broken, ...unknown, ...failed];
}

const UNKNOWN = "nobody knows whether it arrived; the next runs make up for it.";

/** What could not be claimed or recorded, and why a run ended early. */
export function stateFailures({
  committed,
  stateFailure,
  claimFailure,
  ended,
  hasSent,
}: Pick<RunResult, "committed" | "stateFailure" | "claimFailure" | "ended"> & {
  readonly hasSent: boolean;
}): string[] {
  return [
    ...(ended === null ? [] : [ended]),
    ...(claimFailure === null ? [] : [`${claimFailure.message} ${NOBODY}`]),
    ...(stateFailure === null || stateFailure.message === claimFailure?.message
      ? []
      : [hasSent ? `${stateFailure.message} ${AGAIN}` : stateFailure.message]),
    ...skippedWords(committed),
  ];
}

/** For when the claim could not be written. */
export const NOBODY =
  "Nobody was notified of what could not be recorded first: otherwise every run would send the same. Fix this, and the next run catches up.";
/** For when something was sent and not recorded. */
export const AGAIN = "What was sent in this run could not be recorded: the next run may send it once more.";

function skippedWords(committed: RunResult["committed"]): string[] {
  return (committed?.skipped ?? []).map(
    (path) => `state branch, ${path}: left as it is; what this run found out is not recorded.`,
  );
}

/** Why a monitor sends nothing: without the record of what was delivered, every run would notify again. */
export function unknownState({ path, message }: BrokenStateFile): Failure {
  const text = `state branch, ${path}: ${message} Until it is fixed, nobody is notified about this monitor.`;
  return { kind: "state", retryable: false, message: text };
}

/** A monitor whose file is broken exists, though it cannot be checked. */
function unknownWords({ monitors, broken }: RunResult["read"], id: string): string {
  const file = broken.find((one) => one.id?.toLowerCase() === id.toLowerCase())?.file;
  if (file !== undefined) return `${id}: ${file} cannot be used, so it was not checked.`;
  return findId({ ids: monitors.map((monitor) => monitor.id), named: monitors, reference: id }).message;
}
